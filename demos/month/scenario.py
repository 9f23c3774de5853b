"""Invents reports: when, what, where, by whom. Seeded, so that the same seed gives the same month.

Called by ``demos.month.__main__``. Shares and hours follow what Jakarta publishes; the words are of ``words.yml``.
"""

import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import yaml

from crm.domain.areas import Kelurahan
from crm.domain.complaint import ComplaintDraft, Location
from crm.domain.privacy import Privacy
from crm.domain.reference import Reference
from crm.domain.times import WIB

Chosen = TypeVar("Chosen")
WORDS = Path(__file__).with_name("words.yml")
CHANNELS = {"whatsapp": 50, "web": 35, "telegram": 15}
PRIVACY = {Privacy.PRIVAT: 60, Privacy.PUBLIK: 30, Privacy.ANONIM: 10}
# Reports of each hour in Jakarta, from midnight.
HOURS = (1, 1, 1, 1, 1, 3, 6, 9, 10, 9, 8, 7, 6, 6, 6, 7, 8, 9, 9, 8, 7, 5, 3, 2)
WEEKEND = 0.7
# One citizen in so many has reported before.
COMES_BACK = 0.35
DEGREES_PER_KM = 1 / 111


class Scenario:
    """The reports of a month, and the dice for what becomes of them."""

    def __init__(self, reference: Reference, seed: int) -> None:
        self.dice = random.Random(seed)  # noqa: S311 (a demo, no secret)
        self.words: dict[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
        self._areas = reference.areas
        self._weights = [self.dice.lognormvariate(0, 0.6) * area.area_km2**0.4 for area in reference.areas]
        self._shares = {code: entry["share"] for code, entry in self.words["complaints"].items()}

    def filing_times(self, number: int, until: datetime, days: int) -> list[datetime]:
        """Return when the reports are filed, in order."""
        slots = [until.astimezone(WIB) - timedelta(hours=at) for at in range(days * 24)]
        weights = [HOURS[slot.hour] * (WEEKEND if slot.weekday() >= 5 else 1) for slot in slots]
        hours = self.dice.choices(slots, weights, k=number)
        return sorted(hour - timedelta(seconds=self.dice.uniform(0, 3600)) for hour in hours)

    def drafts(self, number: int) -> Iterator[ComplaintDraft]:
        """Yield what citizens file."""
        for at in range(number):
            yield self._draft(at)

    def say(self, what: str) -> str:
        """Return one of the sentences for an occasion."""
        return str(self.dice.choice(self.words["notes"][what]))

    def happens(self, chance: float) -> bool:
        """Throw the dice."""
        return self.dice.random() < chance

    def hours(self, median: float, spread: float = 0.9) -> timedelta:
        """Return how long something takes: mostly about as long as the median, now and then much longer."""
        return timedelta(hours=median * self.dice.lognormvariate(0, spread))

    def _draft(self, at: int) -> ComplaintDraft:
        category = self._pick(self._shares)
        (area,) = self.dice.choices(self._areas, self._weights)
        channel, privacy = self._pick(CHANNELS), self._pick(PRIVACY)
        # Conversations of browsers that never come back: what is told them waits, and no platform is asked to send it.
        reporter = None if privacy is Privacy.ANONIM else f"web:demo{self._citizen(at)}"
        where = self.dice.choice(self.words["landmarks"])
        return ComplaintDraft(
            draft_id=f"demo-{self.dice.getrandbits(64):x}",
            description=self._description(category, where),
            category_code=category,
            predicted_category=category if self.happens(0.9) else "lainnya",
            location=self._location(area, where),
            photos=(),
            channel=channel,
            privacy=privacy,
            reporter=reporter,
        )

    def _description(self, category: str, where: str) -> str:
        text = self.dice.choice(self.words["complaints"][category]["texts"])
        text = text.format(where=where, since=self.dice.choice(self.words["since"]))
        opening = self.dice.choice(self.words["openings"])
        return f"{opening}{text if opening else text[0].upper() + text[1:]}.{self.dice.choice(self.words['closings'])}"

    def _location(self, area: Kelurahan, where: str) -> Location:
        if self.happens(0.03):
            return Location(f"{where}, {area.kota}")
        if self.happens(0.5):
            return Location(where, area.code)
        reach = (area.area_km2**0.5) / 3 * DEGREES_PER_KM
        return Location(where, area.code, self.dice.gauss(area.lat, reach), self.dice.gauss(area.lon, reach))

    def _citizen(self, at: int) -> int:
        return self.dice.randint(0, at) if self.happens(COMES_BACK) else at

    def _pick(self, shares: dict[Chosen, int]) -> Chosen:
        return self.dice.choices(list(shares), list(shares.values()))[0]
