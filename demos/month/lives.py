"""What becomes of a report: each life is told step by step, and pauses while time passes.

Called by ``demos.month.__main__``, which lets many lives go on in the order of time. Everything is done through the
services, so that nothing happens that could not happen. A life ends early where the table does not let it go on.
"""

from collections import defaultdict, deque
from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import timedelta

from crm.bootstrap import Crm
from crm.domain.complaint import ComplaintDraft, Receipt
from crm.domain.officers import Officer
from crm.domain.report_number import ReportNumber
from crm.domain.status import Role, Status
from demos.month.scenario import Scenario

Life = Generator[timedelta, None, None]
# Dinas with a suku dinas they instruct.
SUDIN = {
    "bina_marga": "sudin_bina_marga",
    "dishub": "sudin_dishub",
    "tamhut": "sudin_tamhut",
    "sda": "sudin_sda",
}
REMEMBERED = 3


@dataclass
class Lives:
    """Tells lives; remembers the last reports of each place and category, into which others are merged."""

    crm: Crm
    scenario: Scenario
    photos: list[str]
    asking: Officer
    recent: defaultdict[tuple[str | None, str], deque[ReportNumber]] = field(
        default_factory=lambda: defaultdict(lambda: deque(maxlen=REMEMBERED))
    )

    def file(self, draft: ComplaintDraft) -> Life:
        """File a report and return its life."""
        receipt = self.crm.file_complaint(draft)
        return self._life(receipt, draft)

    def _life(self, receipt: Receipt, draft: ComplaintDraft) -> Life:
        number, throw = receipt.report_number, self.scenario
        yield throw.hours(1.5, 1.1)
        if throw.happens(0.02):
            self._withdraw(number, draft, receipt)
            return
        alike = self.recent[draft.location.kelurahan_code, draft.category_code]
        if alike and throw.happens(0.15) and self._is_open(alike[-1]):
            self.crm.change_status(number, Status.DIGABUNG, role=Role.KELURAHAN, into=alike[-1])
            return
        alike.append(number)
        if throw.happens(0.03):
            reason = throw.dice.choice(["luar_kewenangan", "tidak_ditemukan", "kurang_jelas", "bukan_aduan"])
            self._change(number, Status.DITOLAK, Role.KELURAHAN, "refuse", reason=reason)
            return
        worker = yield from self._hand_on(receipt)
        if throw.happens(0.03):
            yield from self._ask(number, draft, receipt)
        while True:
            yield from self._work(number, worker)
            if not (yield from self._verdict(number, draft, receipt)):
                return

    def _hand_on(self, receipt: Receipt) -> Generator[timedelta, None, Role]:
        """Bring a report to whoever works on it; return in what role."""
        number, throw = receipt.report_number, self.scenario
        if receipt.unit == "kelurahan" or throw.happens(0.1):
            return Role.KELURAHAN
        self._change(number, Status.KOORDINASI, Role.KELURAHAN, "hand_on", unit=receipt.unit)
        yield throw.hours(10)
        if throw.happens(0.04):
            unit = throw.dice.choice(["satpol_pp", "dlh", "sda", "dishub"])
            self._change(number, Status.KOORDINASI, Role.SUPERVISOR, "hand_on", unit=unit)
            yield throw.hours(12)
        elif receipt.unit in SUDIN and throw.happens(0.6):
            self._change(number, Status.DISPOSISI, Role.DINAS, "instruct", unit=SUDIN[receipt.unit])
            yield throw.hours(9)
            return Role.SUDIN
        return Role.DINAS

    def _work(self, number: ReportNumber, worker: Role) -> Life:
        throw = self.scenario
        self._change(number, Status.PROSES, worker, "start")
        yield throw.hours(40 if worker is Role.KELURAHAN else 70, 0.8)
        if throw.happens(0.93):
            photo = throw.dice.choice(self.photos)
            self._change(number, Status.MENUNGGU_VALIDASI, worker, "done", photos=[photo])
        else:
            reason = throw.say("no_photo")
            self._change(number, Status.MENUNGGU_VALIDASI, worker, "done", no_photo_reason=reason)
        yield throw.hours(9, 0.6)

    def _verdict(
        self, number: ReportNumber, draft: ComplaintDraft, receipt: Receipt
    ) -> Generator[timedelta, None, bool]:
        """Have the work looked at and the reporter asked; return whether it is to be done again."""
        throw = self.scenario
        if throw.happens(0.05):
            self._change(number, Status.TL_DITOLAK, Role.BIRO_PEMERINTAHAN, "send_back")
            yield throw.hours(6)
            return True
        self._change(number, Status.SELESAI, Role.BIRO_PEMERINTAHAN, "accept")
        yield throw.hours(14)
        if throw.happens(0.04):
            self.crm.still_open(
                number, throw.say("still_open"), reporter=draft.reporter, secret_code=receipt.secret_code
            )
            yield throw.hours(8)
            return True
        if throw.happens(0.25):
            rating = throw.dice.choices(range(1, 6), (4, 5, 12, 35, 44))[0]
            self.crm.confirm_done(
                number,
                rating=rating,
                comment=throw.say("comments"),
                reporter=draft.reporter,
                secret_code=receipt.secret_code,
            )
        return False

    def _ask(self, number: ReportNumber, draft: ComplaintDraft, receipt: Receipt) -> Life:
        throw = self.scenario
        question = self.crm.ask_reporter(number, self.asking, throw.say("questions"))
        yield throw.hours(5)
        if throw.happens(0.6):
            self.crm.answer_question(
                question.question_id,
                throw.say("answers"),
                reporter=draft.reporter,
                secret_code=receipt.secret_code,
            )
        if throw.happens(0.3):
            self.crm.add_detail(
                number, throw.say("details"), reporter=draft.reporter, secret_code=receipt.secret_code
            )

    def _withdraw(self, number: ReportNumber, draft: ComplaintDraft, receipt: Receipt) -> None:
        note = self.scenario.say("withdraw")
        self.crm.withdraw(number, reporter=draft.reporter, secret_code=receipt.secret_code, note=note)

    def _change(self, number: ReportNumber, to: Status, role: Role, what: str, **given: object) -> None:
        self.crm.change_status(number, to, role=role, note=self.scenario.say(what), **given)  # type: ignore[arg-type]

    def _is_open(self, number: ReportNumber) -> bool:
        return self.crm.read_complaint(number).status.is_open
