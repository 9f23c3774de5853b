"""Asks where it is: the place, its kelurahan when several fit, a landmark when there is only an area."""

from actions import responses
from actions.ask.question import AskQuestion, Wording
from actions.base import Domain, label
from actions.draft import Draft, Place, Question
from actions.reference import areas
from actions.wording import button

# A kecamatan has at most 11 kelurahan, WhatsApp's lists hold 10 rows, one of them is "Tidak tahu".
MOST_CANDIDATES = 9


class AskPlace(AskQuestion):
    """Asks for the place, or says kindly that a place lies outside Jakarta."""

    question = Question.PLACE

    def wording(self, draft: Draft, domain: Domain, *, again: bool) -> Wording:
        """Return the question that fits the place given so far."""
        place = draft.place
        if place and place.outside:
            if place.is_point:
                return Wording(responses.ASK_PLACE_OUTSIDE_POINT)
            return Wording(responses.ASK_PLACE_OUTSIDE, {"outside": place.outside})
        if place:
            return Wording(responses.ASK_PLACE_ANEW)
        return Wording(responses.ASK_PLACE_AGAIN if again else responses.ASK_PLACE)


class AskArea(AskQuestion):
    """Asks for the kelurahan, with buttons where there are candidates."""

    question = Question.AREA

    def wording(self, draft: Draft, domain: Domain, *, again: bool) -> Wording:
        """Return the question; a shared point names its likeliest kelurahan."""
        place = draft.place or Place()
        buttons = _candidate_buttons(place)
        if not buttons:
            return Wording(responses.ASK_AREA)
        unknown = button(label(domain, responses.LABEL_UNKNOWN_AREA), "/skip")
        likely = areas().find(place.candidates[0])
        if place.is_point and likely:
            near = {"kelurahan": likely.name, "kecamatan": likely.kecamatan}
            return Wording(responses.ASK_AREA_NEAR, near, (*buttons, unknown))
        return Wording(responses.ASK_AREA_CHOOSE, buttons=(*buttons, unknown))


class AskLandmark(AskQuestion):
    """Asks once what helps officers find the spot."""

    question = Question.LANDMARK

    def wording(self, draft: Draft, domain: Domain, *, again: bool) -> Wording:
        """Return the question."""
        return Wording(responses.ASK_LANDMARK)


def _candidate_buttons(place: Place) -> tuple[dict[str, str], ...]:
    found = [area for code in place.candidates[:MOST_CANDIDATES] if (area := areas().find(code))]
    return tuple(button(area.name, f'/give_location{{"kelurahan_code": "{area.code}"}}') for area in found)
