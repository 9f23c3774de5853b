"""A citizen who talks straight to the decisions of an intake: no Rasa, no store, no words of ours."""

from typing import Any

from actions.draft import Draft, Question
from actions.intake.decide import begin, decide
from actions.intake.decision import Geography, Moment
from actions.reference import areas
from actions.turn import Turn, read_turn

TEBET_TIMUR = "31.74.01.1001"
TEBET_BARAT = "31.74.01.1002"
MENTENG_DALAM = "31.74.01.1003"

NOTHING: dict[str, Any] = {
    "categories": [],
    "location": None,
    "privacy": None,
    "danger": None,
    "report_number": None,
    "secret_code": None,
    "has_problem": False,
    "language": "id",
}
ROAD = [{"code": "jalan", "score": 0.93}, {"code": "trotoar", "score": 0.04}]
ROAD_OR_PAVEMENT = [{"code": "jalan", "score": 0.45}, {"code": "trotoar", "score": 0.4}]


def typed(text: str, intent: str, **understood: Any) -> Turn:
    """Give the turn of typed words as the NLU components would understand them."""
    return read_turn({"text": text, "intent": {"name": intent}, "understanding": {**NOTHING, **understood}})


def problem(text: str = "jalan berlubang", **understood: Any) -> Turn:
    """Give the turn of a complaint about a road."""
    return typed(text, "file_complaint", **{"has_problem": True, "categories": ROAD, **understood})


def place(text: str, intent: str = "give_location", **location: Any) -> Turn:
    """Give the turn that names a place."""
    return typed(text, intent, location={"text": text, **location})


def tapped(intent: str, **entities: Any) -> Turn:
    """Give the turn of a button, a pin or a photo."""
    values = [{"entity": name, "value": value} for name, value in entities.items()]
    return read_turn({"text": f"[{intent}]", "intent": {"name": intent}, "entities": values})


class Citizen:
    """An intake under way: ``says`` a turn, then look at ``draft``, ``question`` and ``heard``."""

    def __init__(self) -> None:
        self.draft = Draft()
        self.question: Question | None = None
        self.heard: list[str] = []
        self.digressed = False
        self.danger_mentioned = False
        self._begun = False

    def says(self, *turns: Turn) -> "Citizen":
        """Take the turns one after the other."""
        for turn in turns:
            self._take(turn)
        return self

    def ready_to_confirm(self) -> "Citizen":
        """Give a whole complaint; the summary stands."""
        self.says(
            problem(privacy="privat"), place("depan SDN 01", kelurahan_code=TEBET_TIMUR), tapped("skip")
        )
        assert self.question is Question.CONFIRMATION
        return self

    def _take(self, turn: Turn) -> None:
        geography = Geography(areas(), _around)
        question = self.question or Question.DESCRIPTION
        moment = Moment(self.draft, question, turn, geography, self.danger_mentioned)
        decision = decide(moment) if self._begun else begin(moment)
        self._begun = True
        self.digressed = decision is None
        self.heard = [say.response for say in decision.says] if decision else []
        if decision:
            self.draft, self.question = decision.draft, decision.question


def _around(lat: float, lon: float) -> tuple[str, ...]:
    """Three kelurahan of Tebet inside Jakarta's rough box, none outside."""
    inside = -6.4 < lat < -5.9 and 106.6 < lon < 107.0
    return (TEBET_TIMUR, TEBET_BARAT, MENTENG_DALAM) if inside else ()
