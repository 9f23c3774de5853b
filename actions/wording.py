"""How values look inside the responses: places, categories, units, photos (dates: ``crm.domain.dates``).

Called by the actions that show a draft, a receipt or a report. Sentences are in ``domain.yml``.
"""

from actions import responses
from actions.base import Domain, label
from actions.draft import Draft, Place
from actions.reference import areas
from crm.domain.complaint import Location

# What fits a summary; the report itself keeps every word.
SUMMARY_LENGTH = 300
PLACE_LENGTH = 150

# WhatsApp's limit for the title of a reply button.
BUTTON_LENGTH = 20


def place_in_words(place: Place | Location, domain: Domain) -> str:
    """Join the citizen's words for a place with the official names of its kelurahan, saying neither twice."""
    shared = label(domain, responses.LABEL_SHARED_POINT) if place.lat is not None else ""
    said = shortened(plain(place.text or shared), PLACE_LENGTH)
    area = areas().find(place.kelurahan_code) if place.kelurahan_code else None
    if area is None:
        return said
    official = f"Kel. {area.name}, Kec. {area.kecamatan}, {area.kota}"
    return official if areas().is_only_an_area(said) else f"{said} ({official})"


def draft_photos(draft: Draft, domain: Domain) -> str:
    """Write how many photos a draft has."""
    if not draft.photos:
        return label(domain, responses.LABEL_NO_PHOTOS)
    return label(domain, responses.LABEL_PHOTOS).format(count=len(draft.photos))


def shortened(text: str, length: int) -> str:
    """Cut ``text`` to ``length`` characters, the last of them an ellipsis when something is missing."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def plain(text: str) -> str:
    """Put ``text`` on one line, without "0[": Rasa takes that for a placeholder that it failed to fill."""
    return " ".join(text.split()).replace("0[", "0 [")


def button(title: str, payload: str) -> dict[str, str]:
    """Return a button whose title fits every channel."""
    return {"title": shortened(title, BUTTON_LENGTH), "payload": payload}
