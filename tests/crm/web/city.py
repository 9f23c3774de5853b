"""A small city for the tests of pages: officers of every role, and reports they can work on."""

from crm.bootstrap import Crm
from crm.domain.complaint import Location
from crm.domain.officers import NewOfficer, Officer
from crm.domain.privacy import Privacy
from crm.domain.report_number import ReportNumber
from crm.domain.status import Role
from tests.crm.conftest import draft
from tests.crm.web.reader import PASSWORD

# Cipete Selatan, Cilandak.
KELURAHAN_CODE = "31.74.06.1005"
POINT = (-6.2737, 106.8003)

ACCOUNTS = [
    NewOfficer("lurah", "Siti Aminah", Role.KELURAHAN, area=KELURAHAN_CODE),
    NewOfficer("dinas", "Budi Santoso", Role.DINAS, unit="bina_marga"),
    NewOfficer("sudin", "Rina Wulandari", Role.SUDIN, unit="sudin_bina_marga", area="31.74"),
    NewOfficer("biro", "Agus Pratama", Role.BIRO_PEMERINTAHAN),
    NewOfficer("supervisor", "Dewi Lestari", Role.SUPERVISOR),
    NewOfficer("admin", "Hendra Gunawan", Role.ADMINISTRATOR),
]


def make_officers(crm: Crm) -> dict[str, Officer]:
    return {one.username: crm.create_officer(one, PASSWORD, by=None) for one in ACCOUNTS}


def file_report(
    crm: Crm,
    description: str = "Jalan berlubang di depan pasar, sudah dua motor jatuh.",
    category: str = "jalan",
    privacy: Privacy = Privacy.PUBLIK,
    location: Location | None = None,
    photos: tuple[str, ...] = (),
    reporter: str = "warga",
) -> ReportNumber:
    place = location or Location("depan Pasar Cipete", KELURAHAN_CODE, *POINT)
    filed = draft(
        privacy, reporter, description=description, category_code=category, location=place, photos=photos
    )
    return crm.file_complaint(filed).report_number
