"""The CRM tells which photos belong to reports."""

from crm.bootstrap import Crm
from tests.crm.conftest import draft


def test_photos_of_reports_are_told_from_others(crm: Crm) -> None:
    crm.file_complaint(draft(photos=("a.jpg", "b.jpg")))
    assert crm.attached_photos(["a.jpg", "c.jpg"]) == {"a.jpg"}
    assert crm.attached_photos([]) == frozenset()
