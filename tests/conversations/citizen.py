"""A citizen in the web chat: does things, and sees what comes back.

The face of the dialogue tests; how to write one is told in ``conftest``. Drives ``city``.
"""

import io
import re
from dataclasses import dataclass
from datetime import timedelta

from PIL import Image

from tests.conversations.city import City
from tests.conversations.responses import known_names, names_of

REPORT_NUMBER = re.compile(r"\b[A-Z]{2}\d{10}\b")
SECRET_CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b")


@dataclass(frozen=True)
class Answer:
    """One bubble of Aduan's; ``buttons`` maps titles to tokens, ``responses`` names what it may be."""

    text: str
    buttons: dict[str, str]
    ask: str | None = None
    kind: str = "reply"
    image: str | None = None
    secret: bool = False

    @property
    def responses(self) -> frozenset[str]:
        return names_of(self.text)


class Citizen:
    """One conversation; ``answers`` is what came since the citizen's last deed, ``history`` all of it."""

    def __init__(self, city: City) -> None:
        self.city = city
        self.answers: list[Answer] = []
        self.history: list[Answer] = []
        self._transcript: list[str] = []
        self.conversation_id = city.begin_conversation()
        self._look("(membuka percakapan)")

    # What a citizen does

    def says(self, *texts: str) -> None:
        """Send a text; several are sent at once, before any is answered."""
        for text in texts:
            self.city.keep(self.conversation_id, type="text", text=text)
        self._look(" | ".join(texts))

    def taps(self, title: str) -> None:
        """Tap the newest button with this title, even one that is old by now."""
        offered = next((answer for answer in reversed(self.history) if title in answer.buttons), None)
        assert offered, f"no button {title!r} was ever offered{self}"
        self.city.keep(self.conversation_id, type="button", token=offered.buttons[title], title=title)
        self._look(f"[{title}]")

    def shares_position(self, lat: float, lon: float) -> None:
        """Share a position, degrees WGS 84."""
        self.city.keep(self.conversation_id, type="location", lat=lat, lon=lon)
        self._look(f"(posisi {lat}, {lon})")

    def picks_area(self, kelurahan_code: str) -> None:
        """Choose a kelurahan in the picker."""
        self.city.keep(self.conversation_id, type="area", kelurahan_code=kelurahan_code)
        self._look(f"(kelurahan {kelurahan_code})")

    def sends_photo(self, caption: str = "") -> None:
        """Send a small photo."""
        self.city.keep_photo(self.conversation_id, _a_photo(), caption)
        self._look(f"(foto) {caption}")

    def waits(self, *, hours: float = 0, minutes: float = 0, seconds: float = 0) -> None:
        """Let time pass: what failed is tried again, drafts expire, news arrives."""
        self.city.clock.wait(timedelta(hours=hours, minutes=minutes, seconds=seconds))
        self._look(f"({timedelta(hours=hours, minutes=minutes, seconds=seconds)} kemudian)")

    def looks(self) -> None:
        """Look at the chat without doing anything: news may have come."""
        self._look("(melihat)")

    # What a citizen sees

    @property
    def last(self) -> Answer:
        assert self.answers, f"Aduan was silent{self}"
        return self.answers[-1]

    @property
    def text(self) -> str:
        """All words of the answers."""
        return "\n".join(answer.text for answer in self.answers)

    @property
    def buttons(self) -> list[str]:
        """Titles of all buttons in the answers."""
        return [title for answer in self.answers for title in answer.buttons]

    @property
    def report_number(self) -> str:
        """The newest report number in the whole history."""
        return self._newest(REPORT_NUMBER, "report number")

    @property
    def secret_code(self) -> str:
        """The newest secret code in the whole history."""
        return self._newest(SECRET_CODE, "secret code")

    def sees(self, *fragments: str) -> None:
        """Expect every fragment somewhere in the answers, in any case."""
        missing = [fragment for fragment in fragments if fragment.lower() not in self.text.lower()]
        assert not missing, f"not seen: {missing}{self}"

    def does_not_see(self, *fragments: str) -> None:
        """Expect none of the fragments in the answers."""
        seen = [fragment for fragment in fragments if fragment.lower() in self.text.lower()]
        assert not seen, f"seen: {seen}{self}"

    def gets(self, *responses: str) -> None:
        """Expect each of these responses of domain.yml (with or without ``utter_``) among the answers."""
        expected = {_full_name(name) for name in responses}
        assert expected <= known_names(), f"domain.yml has no {sorted(expected - known_names())}"
        assert expected <= self._got(), f"not given: {sorted(expected - self._got())}{self}"

    def does_not_get(self, *responses: str) -> None:
        """Expect none of these responses among the answers."""
        unwanted = {_full_name(name) for name in responses}
        assert unwanted <= known_names(), f"domain.yml has no {sorted(unwanted - known_names())}"
        assert not unwanted & self._got(), f"given: {sorted(unwanted & self._got())}{self}"

    def is_asked_for(self, what: str) -> None:
        """Expect the last answer to be the question for ``what``, first or again: ``utter_ask_<what>…``."""
        names = {name.replace("complaint_form_", "") for name in self.last.responses}
        question = f"utter_ask_{what}"
        assert any(f"{name}_".startswith(f"{question}_") for name in names), (
            f"the last answer is {sorted(names)}, not a question for {what}{self}"
        )

    def is_offered(self, *titles: str) -> None:
        """Expect buttons with these titles."""
        missing = [title for title in titles if title not in self.buttons]
        assert not missing, f"not offered: {missing}{self}"

    def __str__(self) -> str:
        return "\n\n" + "\n".join(self._transcript)

    def _look(self, deed: str) -> None:
        self.city.settle()
        rows = self.city.fetch(self.conversation_id)
        self.answers = [
            Answer(
                text=row.text,
                buttons={button["title"]: button["token"] for button in row.buttons},
                ask=row.ask,
                kind=row.kind,
                image=row.image,
                secret=row.secret,
            )
            for row in rows
        ]
        self.history += self.answers
        self._transcript.append(f"> {deed}")
        self._transcript += [
            f"  {answer.text} {list(answer.buttons) or ''} {sorted(answer.responses)}"
            for answer in self.answers
        ]

    def _got(self) -> set[str]:
        return {name for answer in self.answers for name in answer.responses}

    def _newest(self, pattern: re.Pattern[str], what: str) -> str:
        found = [match for answer in self.history for match in pattern.findall(answer.text)]
        assert found, f"no {what} was ever given{self}"
        return found[-1]


def _full_name(response: str) -> str:
    return response if response.startswith("utter_") else f"utter_{response}"


def _a_photo() -> bytes:
    content = io.BytesIO()
    Image.new("RGB", (64, 48), "grey").save(content, "JPEG")
    return content.getvalue()
