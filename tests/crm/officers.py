"""Officers for the tests, and the steps they take most often."""

from itertools import count

from crm.bootstrap import Crm
from crm.domain.officers import Officer
from crm.domain.report_number import ReportNumber
from crm.domain.status import Role, Status

_ids = count(100)
# Where tests.crm.conftest.draft says that the problem is.
KELURAHAN_CODE = "31.74.01.1001"


def officer(role: Role, unit: str | None = None, area: str | None = None) -> Officer:
    number = next(_ids)
    return Officer(number, f"petugas{number}", f"Petugas {number}", role, unit, area)


LURAH = officer(Role.KELURAHAN, "kelurahan", KELURAHAN_CODE)
OTHER_LURAH = officer(Role.KELURAHAN, "kelurahan", "31.71.01.1001")
DINAS = officer(Role.DINAS, "bina_marga")
OTHER_DINAS = officer(Role.DINAS, "sda")
SUDIN = officer(Role.SUDIN, "sudin_bina_marga", "31.74")
OTHER_SUDIN = officer(Role.SUDIN, "sudin_bina_marga", "31.71")
BIRO = officer(Role.BIRO_PEMERINTAHAN, "biro_pemerintahan")
SUPERVISOR = officer(Role.SUPERVISOR)
ADMINISTRATOR = officer(Role.ADMINISTRATOR)


def hand_on(crm: Crm, number: ReportNumber, unit: str = "bina_marga") -> None:
    crm.change_status(number, Status.KOORDINASI, officer=LURAH, unit=unit)


def declare_done(crm: Crm, number: ReportNumber) -> None:
    """Bring a new report to the point where the kelurahan says that it is done."""
    crm.change_status(number, Status.PROSES, officer=LURAH)
    crm.change_status(
        number, Status.MENUNGGU_VALIDASI, officer=LURAH, note="sudah diganti", photos=["bukti.jpg"]
    )


def finish(crm: Crm, number: ReportNumber) -> None:
    """Bring a new report to "Selesai"."""
    declare_done(crm, number)
    crm.change_status(number, Status.SELESAI, officer=BIRO)


def told(crm: Crm) -> list[str]:
    """Take all news and name them as their responses do: by kind, or by status."""
    names = []
    while news := crm.pending_news(50):
        names += [item.status.name.lower() if item.kind == "status" else item.kind.value for item in news]
        crm.news_relayed([item.news_id for item in news])
    return names
