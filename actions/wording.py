"""How values look inside the responses: dates in WIB, places, categories, units, photos.

Called by the actions that show a draft, a receipt or a report. Sentences are in ``domain.yml``.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from actions import responses
from actions.base import Domain, label
from actions.draft import Draft, Place
from actions.reference import areas

WIB = ZoneInfo("Asia/Jakarta")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des")
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")

# What fits a summary; the report itself keeps every word.
SUMMARY_LENGTH = 300

# WhatsApp's limit for the title of a reply button.
BUTTON_LENGTH = 20


def moment_in_words(moment: datetime) -> str:
    """Write a point in time as people in Jakarta do: "Selasa, 24 Nov 2026 pukul 10.15 WIB"."""
    local = _in_wib(moment)
    return f"{DAYS[local.weekday()]}, {_date(local)} pukul {local:%H.%M} WIB"


def short_moment(moment: datetime) -> str:
    """Write a point in time for a list: "24 Nov 2026, 10.15 WIB"."""
    local = _in_wib(moment)
    return f"{_date(local)}, {local:%H.%M} WIB"


def short_date(moment: datetime) -> str:
    """Write a day: "24 Nov 2026"."""
    return _date(_in_wib(moment))


def day_in_words(moment: datetime) -> str:
    """Write a day with its name: "Selasa, 24 Nov 2026"."""
    local = _in_wib(moment)
    return f"{DAYS[local.weekday()]}, {_date(local)}"


def place_in_words(text: str, kelurahan_code: str | None) -> str:
    """Join the citizen's words for a place with the official names of its kelurahan, saying neither twice."""
    area = areas().find(kelurahan_code) if kelurahan_code else None
    if area is None:
        return text
    official = f"Kel. {area.name}, Kec. {area.kecamatan}, {area.kota}"
    return official if areas().is_only_an_area(text) else f"{text} ({official})"


def draft_place(place: Place, domain: Domain) -> str:
    """Write the place of a draft; a shared point without words is named as such."""
    shared = label(domain, responses.LABEL_SHARED_POINT) if place.is_point and not place.text else ""
    return place_in_words(place.text or shared, place.kelurahan_code)


def draft_photos(draft: Draft, domain: Domain) -> str:
    """Write how many photos a draft has."""
    if not draft.photos:
        return label(domain, responses.LABEL_NO_PHOTOS)
    return label(domain, responses.LABEL_PHOTOS).format(count=len(draft.photos))


def shortened(text: str, length: int) -> str:
    """Cut ``text`` to ``length`` characters, the last of them an ellipsis when something is missing."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def button(title: str, payload: str) -> dict[str, str]:
    """Return a button whose title fits every channel."""
    return {"title": shortened(title, BUTTON_LENGTH), "payload": payload}


def _date(local: datetime) -> str:
    return f"{local.day} {MONTHS[local.month - 1]} {local.year}"


def _in_wib(moment: datetime) -> datetime:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(WIB)
