"""What the citizen has just said: the only reader of Rasa's parse data (docs/architecture.md, section 2).

Called by every action that looks at the message. Buttons, pins and photos come as entities that the gateway
injected; typed words come with ``understanding`` of the NLU components.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from actions.no_danger import denies_danger
from actions.reference import answer_named_in, mentions, says_one_of

# Intents of messages that may tell of a problem; behind short answers the model sees problems that are none.
TELLING = frozenset(
    {"file_complaint", "send_photo", "change_answer", "still_open", "add_detail", "nlu_fallback"}
)
MAY_TELL = frozenset(
    {"give_location", "greet", "thank", "insult", "small_talk", "out_of_scope", "choose_privacy"}
)
WORDS_OF_A_SENTENCE = 4

# What only buttons may say; typed it is a text that means nothing.
PAYLOAD = re.compile(r"\w+\s*\{.*\}", re.DOTALL)


@dataclass(frozen=True)
class CategoryGuess:
    """A category the words may belong to, with the probability the model gives it."""

    code: str
    score: float


@dataclass(frozen=True)
class SaidLocation:
    """A place named in words; ``kelurahan_code`` only when the words settle it."""

    text: str
    kelurahan_code: str | None = None
    kecamatan: str | None = None
    kota: str | None = None
    candidates: tuple[str, ...] = ()
    outside: str | None = None

    @property
    def names_an_area(self) -> bool:
        """Tell whether the words name a kelurahan or kecamatan, not only a street or landmark."""
        return bool(self.kelurahan_code or self.kecamatan or self.candidates or self.outside)


@dataclass(frozen=True)
class Position:
    """A point the citizen shared, WGS 84 degrees."""

    lat: float
    lon: float


@dataclass(frozen=True)
class Turn:
    """One message, read once; whatever it does not hold is empty.

    ``again``: a button that takes up what the citizen said before it. ``reports_again``: a problem that is still
    there although it was reported. The last four come from buttons about a filed report.
    """

    intent: str
    text: str = ""
    typed: bool = False
    categories: tuple[CategoryGuess, ...] = ()
    location: SaidLocation | None = None
    privacy: str | None = None
    danger: str | None = None
    denies_danger: bool = False
    has_problem: bool = False
    language: str = "id"
    report_number: str | None = None
    secret_code: str | None = None
    position: Position | None = None
    kelurahan_code: str | None = None
    category: str | None = None
    photos: tuple[str, ...] = ()
    answer: str | None = None
    page: int | None = None
    again: bool = False
    reports_again: bool = False
    rating: int | None = None
    question: int | None = None
    sure: str | None = None
    wanted: str | None = None

    @property
    def words(self) -> int:
        """Count what looks like words: emoji and punctuation are none."""
        return sum(any(map(str.isalnum, word)) for word in self.text.split())

    @property
    def names_a_place(self) -> bool:
        """Tell whether a place was given, in words, as a point, or picked."""
        return bool(self.location or self.position or self.kelurahan_code)


def read_turn(message: Mapping[str, Any], offered: Sequence[Mapping[str, str]] = ()) -> Turn:
    """Read ``tracker.latest_message``; a message without ``understanding`` was tapped, not typed.

    ``offered`` are the buttons just shown: whoever types a button's title, or its place in the row, taps it.
    """
    payload = _payload_typed((message.get("text") or "").strip(), offered)
    if payload:
        return _read(_tapped(payload, message))
    turn = _read(message)
    if turn.typed and PAYLOAD.fullmatch(turn.text):
        return Turn("nlu_fallback", turn.text, typed=True, danger=turn.danger)
    return without_denied_danger(turn) if turn.typed else turn


def retold(turn: Turn) -> Turn:
    """Return the turn as the complaint that the citizen now says it is."""
    return replace(
        turn, intent="file_complaint", has_problem=turn.typed and turn.words > 0, reports_again=False
    )


def without_denied_danger(turn: Turn) -> Turn:
    """Return the turn as it is meant when it says that nobody is in danger."""
    if not denies_danger(turn.text):
        return turn
    return Turn("deny", turn.text, typed=True, denies_danger=True, language=turn.language)


def _payload_typed(text: str, offered: Sequence[Mapping[str, str]]) -> str | None:
    for place, button in enumerate(offered, start=1):
        if text.casefold() == button["title"].casefold() or (text == str(place) and len(offered) > 1):
            return button["payload"]
    return None


def _tapped(payload: str, message: Mapping[str, Any]) -> dict[str, Any]:
    intent, brace, entities = payload.removeprefix("/").partition("{")
    values = json.loads(brace + entities) if brace else {}
    return {
        "text": message.get("text"),
        "intent": {"name": intent},
        "entities": [{"entity": name, "value": value} for name, value in values.items()],
    }


def _read(message: Mapping[str, Any]) -> Turn:
    understanding = message.get("understanding") or {}
    entities = _entities(message)
    text = (message.get("text") or "").strip()
    typed = bool(understanding)
    intent = (message.get("intent") or {}).get("name") or "nlu_fallback"
    return Turn(
        intent=intent,
        text=text,
        typed=typed,
        categories=tuple(
            CategoryGuess(guess["code"], float(guess["score"]))
            for guess in understanding.get("categories") or ()
        ),
        location=_location(understanding.get("location")),
        privacy=_first(entities, "privacy") or understanding.get("privacy"),
        danger=understanding.get("danger"),
        has_problem=_has_problem(intent, text, bool(understanding.get("has_problem"))),
        language=understanding.get("language") or "id",
        report_number=_first(entities, "report_number") or understanding.get("report_number"),
        secret_code=understanding.get("secret_code"),
        position=_position(_first(entities, "position")),
        kelurahan_code=_first(entities, "kelurahan_code"),
        category=_first(entities, "category"),
        photos=tuple(entities.get("photo", ())),
        answer=_first(entities, "answer") or (answer_named_in(text) if typed else None),
        page=_number(entities, "page"),
        again=bool(_first(entities, "again")),
        reports_again=_reports_again(intent, text, bool(understanding.get("has_problem"))),
        rating=_number(entities, "rating"),
        question=_number(entities, "question"),
        sure=_first(entities, "sure"),
        wanted=_first(entities, "wanted"),
    )


def _has_problem(intent: str, text: str, problem_found: bool) -> bool:
    """Believe that a message tells of a problem where its intent allows it; a remark must be a sentence."""
    if intent == "report_danger":
        return True
    return problem_found and (
        intent in TELLING or (intent in MAY_TELL and len(text.split()) >= WORDS_OF_A_SENTENCE)
    )


def _reports_again(intent: str, text: str, problem_found: bool) -> bool:
    """Tell whether the message is about a problem that an earlier report of the citizen did not end."""
    speaks_of_a_report = intent == "check_status" or mentions(text, "earlier_report")
    return problem_found and speaks_of_a_report and says_one_of(text, "still_there")


def _entities(message: Mapping[str, Any]) -> dict[str, list[Any]]:
    values: dict[str, list[Any]] = {}
    for entity in message.get("entities") or ():
        values.setdefault(entity["entity"], []).append(entity["value"])
    return values


def _first(entities: Mapping[str, list[Any]], name: str) -> Any:
    return next(iter(entities.get(name, ())), None)


def _number(entities: Mapping[str, list[Any]], name: str) -> int | None:
    value = _first(entities, name)
    return int(value) if value else None


def _location(said: Mapping[str, Any] | None) -> SaidLocation | None:
    if not said or not said.get("text"):
        return None
    return SaidLocation(
        text=said["text"],
        kelurahan_code=said.get("kelurahan_code"),
        kecamatan=said.get("kecamatan"),
        kota=said.get("kota"),
        candidates=tuple(said.get("candidates") or ()),
        outside=said.get("outside"),
    )


def _position(value: Mapping[str, Any] | None) -> Position | None:
    return Position(float(value["lat"]), float(value["lon"])) if value else None
