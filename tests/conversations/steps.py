"""Stretches of a dialogue that many tests need: up to the summary, and a filed report."""

from tests.conversations.citizen import Citizen

ROAD = "jalan berlubang besar di depan SDN 01, kelurahan Tebet Timur"


def reach_photos(citizen: Citizen, complaint: str = ROAD) -> None:
    """Tell problem and place in one message; photos are asked for."""
    citizen.says(complaint)
    citizen.is_asked_for("photos")


def reach_privacy(citizen: Citizen) -> None:
    """Leave out the photos; privacy is asked for."""
    reach_photos(citizen)
    citizen.taps("Lewati")
    citizen.is_asked_for("privacy")


def reach_confirmation(citizen: Citizen, privacy: str = "Privat (disarankan)") -> None:
    """Choose who may see it; the summary stands."""
    reach_privacy(citizen)
    citizen.taps(privacy)
    citizen.is_asked_for("confirmation")


def file_report(citizen: Citizen, privacy: str = "Privat (disarankan)") -> str:
    """File a report about a road; gives its number."""
    reach_confirmation(citizen, privacy)
    citizen.taps("Kirim")
    return citizen.report_number
