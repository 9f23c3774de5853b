"""File a complaint: the one place where a draft becomes a numbered report.

Called by ``crm.bootstrap.Crm`` for the chat. Takes the suggested unit and the targets from the reference
data, writes through one unit of work. The receipt leaves this module only after the commit.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from hashlib import sha256

from crm.domain.complaint import Complaint, ComplaintDraft, Receipt, StatusChange
from crm.domain.errors import DraftIncomplete
from crm.domain.privacy import Privacy
from crm.domain.reference import Reference
from crm.domain.report_number import ReportNumber
from crm.domain.secret_code import bare, new_secret_code
from crm.domain.status import Role, Status
from crm.domain.times import Clock, day_in_jakarta, hour_of
from crm.services.ports import DraftAlreadyFiled, SecretHasher, Store, UnitOfWork

# So long after its end a report of the same category and kelurahan counts as the same problem come back.
SAME_PROBLEM = timedelta(days=90)


@dataclass(frozen=True)
class Filing:
    """What filing needs: the store, the facts, the hasher, the clock, the prefix of report numbers."""

    store: Store
    reference: Reference
    hasher: SecretHasher
    clock: Clock
    prefix: str

    def file(self, draft: ComplaintDraft) -> Receipt:
        """Store ``draft`` and return its receipt.

        Filing the same draft twice returns the first report's number: platforms redeliver, and citizens press
        "Kirim" again when the network is slow. An anonymous report gets a new secret code then and loses the
        earlier one: only its hash was kept, so it cannot be told again (docs/adr/0004).

        Raises:
            DraftIncomplete: required answers are missing; nothing was stored.
            StoreUnavailable: the outcome is unknown; file the same draft again.
        """
        self.check(draft)
        try:
            return self._file_once(draft)
        except DraftAlreadyFiled:
            return self._file_once(draft)

    def check(self, draft: ComplaintDraft) -> None:
        """Let a complete draft pass.

        Raises:
            DraftIncomplete: required answers are missing or unknown.
        """
        problems = draft.problems()
        if draft.category_code and draft.category_code not in self.reference.categories:
            problems += ("category_code",)
        if problems:
            raise DraftIncomplete(problems)

    def _file_once(self, draft: ComplaintDraft) -> Receipt:
        code = new_secret_code() if draft.privacy is Privacy.ANONIM else None
        secret_hash = self.hasher.hash(bare(code)) if code else None
        key = _draft_key(draft.draft_id)
        with self.store.writing() as work:
            if filed := work.complaints.filed_as(key):
                return self._receipt_again(filed, work)
            complaint = replace(self.numbered(draft, work), follows=self._follows(draft, work))
            work.complaints.add(complaint, draft_key=key, secret_hash=secret_hash)
            return _receipt(complaint, code)

    def _receipt_again(self, filed: Complaint, work: UnitOfWork) -> Receipt:
        if not filed.privacy.anonymous:
            return _receipt(filed, None)
        code = new_secret_code()
        work.complaints.replace_secret(filed.report_number, self.hasher.hash(bare(code)))
        return _receipt(filed, code)

    def numbered(self, draft: ComplaintDraft, work: UnitOfWork) -> Complaint:
        """Return a draft as the next report of today, not yet kept."""
        now = self.clock()
        day = day_in_jakarta(now)
        number = ReportNumber(self.prefix, day, work.complaints.next_sequence(day))
        return self._complaint(draft, number, hour_of(now) if draft.privacy.anonymous else now)

    def _follows(self, draft: ComplaintDraft, work: UnitOfWork) -> ReportNumber | None:
        """Return the reporter's earlier report on what is probably the same problem."""
        kelurahan = draft.location.kelurahan_code
        if draft.reporter is None or kelurahan is None:
            return None
        return work.complaints.latest_like(
            draft.reporter,
            category_code=draft.category_code,
            kelurahan_code=kelurahan,
            closed_since=self.clock() - SAME_PROBLEM,
        )

    def _complaint(self, draft: ComplaintDraft, number: ReportNumber, at: datetime) -> Complaint:
        category = self.reference.categories[draft.category_code]
        unit = self.reference.suggested_unit(draft.category_code, draft.description).unit
        return Complaint(
            report_number=number,
            description=draft.description,
            category_code=draft.category_code,
            predicted_category=draft.predicted_category,
            unit=unit,
            location=draft.location,
            photos=draft.photos,
            channel=draft.channel,
            privacy=draft.privacy,
            reporter=draft.reporter,
            status=Status.MENUNGGU,
            filed_at=at,
            respond_by=at + timedelta(hours=category.respond_hours),
            finish_by=at + timedelta(days=category.finish_days),
            history=(StatusChange(Status.MENUNGGU, at, Role.PELAPOR, unit),),
        )


def _draft_key(draft_id: str) -> str:
    """Return what is kept of a draft id: enough to know it again, not enough to read it back."""
    return sha256(draft_id.encode()).hexdigest()


def _receipt(complaint: Complaint, secret_code: str | None) -> Receipt:
    return Receipt(
        report_number=complaint.report_number,
        secret_code=secret_code,
        category_code=complaint.category_code,
        unit=complaint.unit,
        privacy=complaint.privacy,
        filed_at=complaint.filed_at,
        respond_by=complaint.respond_by,
        finish_by=complaint.finish_by,
    )
