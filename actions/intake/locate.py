"""Where the problem is: words, a picked area or a shared point, until the kelurahan is settled or unknown."""

from dataclasses import replace

from actions.draft import Place
from actions.intake.decision import Decision, Geography, Moment
from actions.intake.place_words import joined, place_words
from actions.intake.questions import proceed
from actions.reference import Areas, areas, opens_with_a_correction, words_of
from actions.turn import SaidLocation, Turn

# A shared point beyond Jakarta has no name; the question says "titik itu".
NAMELESS = "-"

# Intents whose words may be a place although no place was recognised in them.
FREE_WORDS = frozenset({"give_location", "change_answer"})
# Intents whose words are taken for a place only when the citizen says it again.
UNCLEAR = frozenset({"nlu_fallback", "out_of_scope", "file_complaint"})
NO = frozenset({"deny", "skip"})
# Intents that take back what was said of the place before.
CORRECTING = frozenset({"change_answer", "deny"})


def place_from(turn: Turn, geography: Geography) -> Place | None:
    """Return the place that the turn gives, None when it gives none."""
    if turn.position:
        point = turn.position
        around = geography.around(point.lat, point.lon)
        outside = None if around else NAMELESS
        return Place(lat=point.lat, lon=point.lon, candidates=around, outside=outside)
    if turn.kelurahan_code and geography.areas.find(turn.kelurahan_code):
        return Place(kelurahan_code=turn.kelurahan_code)
    return _place_in_words(turn.location, place_words(turn), geography.areas) if turn.location else None


def answer_place(moment: Moment) -> Decision | None:
    """Take the message as the answer to "where is it?"."""
    place = place_from(moment.turn, moment.geography) or _own_words(moment)
    return proceed(replace(moment.draft, place=place)) if place else None


def answer_area(moment: Moment) -> Decision | None:
    """Take the message as the answer to "which kelurahan?"; not knowing is an answer too."""
    place = moment.draft.place or Place()
    settled = _chosen(place, moment) or _named(place, moment) or _without_area(place, moment)
    return proceed(replace(moment.draft, place=settled)) if settled else None


def answer_landmark(moment: Moment) -> Decision | None:
    """Take the message as what helps officers find the spot, or as a wish to skip."""
    place = replace(moment.draft.place or Place(), landmark_asked=True)
    turn = moment.turn
    if turn.intent in NO:
        return proceed(replace(moment.draft, place=place))
    words = _own_words(moment, freely=turn.words > 1)
    if not words or (turn.location and turn.location.names_an_area):
        return None
    return proceed(replace(moment.draft, place=_with_words(place, words.text)))


def corrected_place(
    place: Place | None, turn: Turn, geography: Geography, *, replaces: bool = False
) -> Place | None:
    """Return the place as the turn corrects or completes it, None when the turn names no place.

    Another area replaces the place, an area completes one without; words without an area are added, or
    replace those before when they correct them (``replaces``: they surely do). A point leaves the words, and
    the area where it lies in it.
    """
    new = place_from(turn, geography)
    if new is None and turn.intent == "give_location" and turn.typed and turn.words > 1:
        new = Place(text=place_words(turn))
    if place is None or place.outside or new is None or new.outside:
        return new
    if new.is_point:
        return _with_point(place, new)
    if replaces or turn.intent in CORRECTING or opens_with_a_correction(turn.text):
        names_an_area = turn.location is not None and turn.location.names_an_area
        is_around_it = replaces and not new.kelurahan_code and _lies_in(place, new)
        is_elsewhere = names_an_area and not is_around_it
        return new if is_elsewhere else replace(place, text=new.text, landmark_asked=True)
    if place.kelurahan_code and not _lies_in(place, new):
        return new
    return _completed(place, new)


def _lies_in(place: Place, new: Place) -> bool:
    """Tell whether ``new`` may be in the kelurahan of ``place``."""
    named = (new.kelurahan_code,) if new.kelurahan_code else new.candidates
    return not named or place.kelurahan_code in named


def _completed(place: Place, new: Place) -> Place:
    text = _with_area_words(place.text, new)
    if place.kelurahan_code or not (new.kelurahan_code or new.candidates):
        return replace(place, text=text, landmark_asked=True)
    return replace(new, text=text, lat=place.lat, lon=place.lon, landmark_asked=place.landmark_asked)


def _with_area_words(text: str, new: Place) -> str:
    """Join the words; an area's name alone need not be repeated when its code stands for it."""
    says_only_the_area = bool(new.kelurahan_code) and areas().is_only_an_area(new.text)
    return text if text and says_only_the_area else joined(text, new.text)


def _with_point(place: Place, point: Place) -> Place:
    if place.kelurahan_code in point.candidates:
        return replace(place, lat=point.lat, lon=point.lon)
    return replace(point, text=place.text)


def _place_in_words(location: SaidLocation, words: str, known: Areas) -> Place:
    candidates = location.candidates
    if location.kecamatan and not location.kelurahan_code:
        candidates = known.in_kecamatan(location.kecamatan) or candidates
    return Place(
        text=words,
        kelurahan_code=location.kelurahan_code,
        candidates=() if location.kelurahan_code else candidates,
        outside=location.outside,
    )


def _own_words(moment: Moment, *, freely: bool = False) -> Place | None:
    turn = moment.turn
    if turn.location:
        return Place(text=place_words(turn))
    if not turn.typed or not turn.words or turn.has_problem:
        return None
    insists = turn.intent in UNCLEAR and (freely or moment.draft.misunderstood > 0)
    words = place_words(turn) if turn.intent in FREE_WORDS or insists else ""
    return Place(text=words) if words else None


def _chosen(place: Place, moment: Moment) -> Place | None:
    turn = moment.turn
    code = turn.kelurahan_code
    if turn.intent == "affirm" and place.is_point and place.candidates:
        code = place.candidates[0]
    if not code and turn.typed:
        code = _pointed_at(place, turn, moment.geography.areas)
    if not code or not moment.geography.areas.find(code):
        return None
    return replace(place, kelurahan_code=code, candidates=(), outside=None)


def _pointed_at(place: Place, turn: Turn, known: Areas) -> str | None:
    """Find the one candidate that words like "yang timur" or "Tebet Barat" mean."""
    said = set(words_of(turn.text))
    if not known.is_only_an_area(turn.text):
        return None
    fits = []
    for code in place.candidates:
        area = known.find(code)
        if area and said & set(words_of(area.name)):
            fits.append((len(said & set(words_of(area.name))), code))
    best = max(fits, default=(0, ""))[0]
    winners = [code for score, code in fits if score == best]
    return winners[0] if len(winners) == 1 else None


def _named(place: Place, moment: Moment) -> Place | None:
    """Join a newly named area, or a shared point, with the words given before."""
    new = place_from(moment.turn, moment.geography)
    if new is None:
        return None
    if new.is_point or new.outside:
        return replace(new, text=place.text)
    merged = replace(new, text=_with_area_words(place.text, new), lat=place.lat, lon=place.lon)
    has_area = bool(new.kelurahan_code or new.candidates)
    return merged if has_area else replace(merged, area_unknown=True, candidates=place.candidates)


def _without_area(place: Place, moment: Moment) -> Place | None:
    turn = moment.turn
    if turn.intent in NO:
        wrong_guess = turn.intent == "deny" and place.is_point and place.candidates
        return replace(place, candidates=(), area_unknown=not wrong_guess)
    words = None if place.candidates else _own_words(moment)
    return replace(place, text=joined(place.text, words.text), area_unknown=True) if words else None


def _with_words(place: Place, words: str) -> Place:
    """Put ``words`` before the area; the area's name alone need not stay when its code does."""
    return replace(place, text=words if place.kelurahan_code else joined(words, place.text))
