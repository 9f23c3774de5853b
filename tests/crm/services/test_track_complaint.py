"""Tracking: own, public, anonymous; everything else is refused alike."""

import pytest

from crm.bootstrap import Crm
from crm.domain.complaint import Location
from crm.domain.errors import ComplaintNotFound
from crm.domain.privacy import Privacy
from crm.domain.status import Role, Status
from crm.services.track_complaint import track_complaint
from tests.crm.conftest import draft


def test_the_reporter_sees_everything_in_order(crm: Crm) -> None:
    number = crm.file_complaint(draft()).report_number
    crm.change_status(number, Status.KOORDINASI, role=Role.KELURAHAN, unit="sda", note="bukan wewenang kami")
    view = crm.track_complaint(str(number).lower(), reporter="warga")
    assert [(change.status, change.unit, change.note) for change in view.history] == [
        (Status.MENUNGGU, "bina_marga", ""),
        (Status.KOORDINASI, "sda", "bukan wewenang kami"),
    ]
    assert (view.status, view.unit) == (Status.KOORDINASI, "sda")


def test_a_public_report_is_everybodys_but_without_personal_data(crm: Crm) -> None:
    words = "parkir B 1234 XYZ, hubungi 0812-3456-7890 atau budi@contoh.id"
    number = crm.file_complaint(
        draft(Privacy.PUBLIK, description=words, location=Location(words))
    ).report_number
    crm.change_status(number, Status.PROSES, role=Role.KELURAHAN, note="sudah ditelepon 081234567890")
    assert crm.track_complaint(number, reporter="warga").description == words
    seen = crm.track_complaint(number, reporter="tetangga")
    shown = f"{seen.description} {seen.location.text} {seen.history[1].note}"
    assert not [secret for secret in ("1234", "7890", "budi", "XYZ") if secret in shown]
    assert seen.description.startswith("parkir")


@pytest.mark.parametrize("privacy", [Privacy.PRIVAT, Privacy.ANONIM])
@pytest.mark.parametrize("secret_code", [None, "7KQM-4TXD"])
def test_somebody_elses_report_is_refused_like_one_that_does_not_exist(
    crm: Crm, privacy: Privacy, secret_code: str | None
) -> None:
    number = crm.file_complaint(draft(privacy)).report_number
    refusals = []
    for asked in (str(number), "JK2611249999", "JK2699999999", "bukan nomor"):
        with pytest.raises(ComplaintNotFound) as refused:
            crm.track_complaint(asked, reporter="tetangga", secret_code=secret_code)
        refusals.append(str(refused.value))
    assert set(refusals) == {""}


class CountingHasher:
    """Counts how often the slow comparison is made; the comparison itself is the real one."""

    def __init__(self, crm: Crm) -> None:
        self._real = crm._hasher
        self.comparisons = 0

    def hash(self, code: str) -> str:
        return self._real.hash(code)

    def verify(self, secret_hash: str | None, code: str) -> bool:
        self.comparisons += 1
        return self._real.verify(secret_hash, code)


def test_a_guessed_code_costs_one_slow_comparison_whether_or_not_the_number_exists(crm: Crm) -> None:
    numbers = [
        crm.file_complaint(draft(privacy)).report_number for privacy in (Privacy.ANONIM, Privacy.PRIVAT)
    ]
    costs = []
    for number in [*numbers, "JK2611249999"]:
        hasher = CountingHasher(crm)
        with pytest.raises(ComplaintNotFound):
            track_complaint(
                number, reporter="tetangga", secret_code="7KQM-4TXD", store=crm._store, hasher=hasher
            )
        costs.append(hasher.comparisons)
    assert costs == [1, 1, 1]


def test_the_empty_code_opens_nothing(crm: Crm) -> None:
    number = crm.file_complaint(draft()).report_number
    with pytest.raises(ComplaintNotFound):
        crm.track_complaint(number, secret_code="")
