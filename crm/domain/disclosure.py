"""Decides which numbers may be published, so that nobody is singled out (docs/adr/0014).

Of the reports only officers and their reporters may read, every number is given in steps of five, downward: less
than five look like none. A number that sums up others says no more than these leave open: each of them that hides
a few reports could still be none. Used by ``crm.services.refresh_figures``; nothing else is ever published.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from crm.domain.places import JAKARTA, UNPLACED, Places
from crm.domain.tally import WHOLE_OF, Tally, added, durations, mean_minutes, median_minutes

STEP = 5
PLAIN = frozenset({"received", "finished", "answered", "proven", "reopened", "refused_closures"})
# Below a kota, where most counts are small, reports are broken down by category only.
LARGE = frozenset({"provinsi", "kota"})
Numbers = Mapping[str, int]


@dataclass(frozen=True)
class Part:
    """One of the numbers that make up a sum: the true one, and what is shown of it."""

    true: int
    shown: int


@dataclass(frozen=True)
class Counted:
    """What was counted in a period, by place, and what was published of it."""

    tallies: Mapping[str, Tally]
    published: Mapping[str, Numbers]

    def part(self, place: str, name: str) -> Part:
        """Return the private reports behind one number."""
        tally = self.tallies[place]
        shown = self.published.get(place, {}).get(name, 0)
        return Part(tally.private[name], max(0, shown - tally.public[name]))


def stepped(number: int) -> int:
    """Return a number downward in steps of five."""
    return number // STEP * STEP


def at_most(whole: int, parts: Sequence[Part]) -> int:
    """Return how much a sum may say beside its parts.

    If it said more, whoever takes the most that all other parts can be would know that a hidden one is not none.
    """
    if not any(0 < part.true < STEP for part in parts):
        return whole
    return min(whole, sum(part.shown for part in parts) + (STEP - 1) * (len(parts) - 1))


def publish(tallies: Mapping[str, Tally], places: Places, months: Sequence[Counted] = ()) -> Counted:
    """Return what may be published of a period; of a year besides its tallies, its months must be given."""
    return Counted(tallies, _Publishing(tallies, places, months).numbers())


def tallies_of_places(leaves: Mapping[str, Tally], places: Places) -> dict[str, Tally]:
    """Add up kelurahan to all places; what lies in none of them counts for Jakarta only."""
    tallies = {UNPLACED: added(tally for code, tally in leaves.items() if code not in places)}
    for code in sorted(places, key=len, reverse=True):
        parts = [tallies[part.code] for part in places.parts(code)]
        if code == JAKARTA:
            parts.append(tallies[UNPLACED])
        tallies[code] = added(parts) if parts else leaves.get(code, Tally())
    return tallies


class _Publishing:
    """Works from the smallest places up: what a place shows depends on what its parts show."""

    def __init__(self, tallies: Mapping[str, Tally], places: Places, months: Sequence[Counted]) -> None:
        self._tallies = tallies
        self._places = places
        self._months = months
        self._shown: dict[str, Counter[str]] = {}
        names = {*tallies[JAKARTA].public, *tallies[JAKARTA].private}
        self._keys = {
            figure: [name for name in names if name.startswith(f"{figure}:")] for figure in WHOLE_OF
        }
        self._small = PLAIN.union(self._keys["category"])
        self._large = PLAIN.union(*self._keys.values())
        self._is_large = {code: code == UNPLACED or places[code].level in LARGE for code in tallies}

    def numbers(self) -> dict[str, Numbers]:
        for code in sorted(self._tallies, key=len, reverse=True):
            self._shown[code] = self._show(code)
        return {code: numbers for code in self._places if (numbers := self._numbers(code))}

    def _numbers(self, code: str) -> Numbers:
        public, shown = self._tallies[code].public, self._shown[code]
        names = (name for name in {*public, *shown} if self._is_published(name, code))
        numbers = {name: public[name] + shown[name] for name in names}
        return {name: number for name, number in numbers.items() if number} | _times(self._tallies[code])

    def _show(self, code: str) -> Counter[str]:
        """Return what is shown of a place's private reports: the breakdowns first, then what they divide."""
        true = self._tallies[code].private
        names = [name for name in true if self._is_published(name, code)]
        shown: Counter[str] = Counter()
        for name in sorted(names, key=lambda one: ":" not in one):
            limit = min(at_most(true[name], parts) for parts in self._sums(code, name, shown))
            is_exact = code == JAKARTA and name in PLAIN and true[name] >= STEP
            shown[name] = limit if is_exact else stepped(limit)
        return shown

    def _sums(self, code: str, name: str, shown: Counter[str]) -> Iterator[Sequence[Part]]:
        """Yield the ways in which others can add a number up: places, months, the keys of a breakdown."""
        codes = [one for one in self._parts(code) if self._is_published(name, one)]
        yield [Part(self._tallies[one].private[name], self._shown[one][name]) for one in codes]
        yield [month.part(code, name) for month in self._months]
        true = self._tallies[code].private
        for figure, whole in WHOLE_OF.items():
            if whole == name:
                keys = [key for key in self._keys[figure] if self._is_published(key, code)]
                yield [Part(true[key], shown[key]) for key in keys]

    def _is_published(self, name: str, code: str) -> bool:
        return name in (self._large if self._is_large[code] else self._small)

    def _parts(self, code: str) -> list[str]:
        parts = [] if code == UNPLACED else [place.code for place in self._places.parts(code)]
        return [*parts, UNPLACED] if code == JAKARTA else parts


def _times(tally: Tally) -> dict[str, int]:
    """Return mean and median times in minutes; fewer than five private reports are left out of them."""
    numbers: dict[str, int] = {}
    for figure in ("answer", "finish"):
        is_enough = sum(durations(tally.private, figure).values()) >= STEP
        counter = tally.public + tally.private if is_enough else tally.public
        if found := durations(counter, figure):
            numbers[f"{figure}_mean"] = mean_minutes(found, counter[f"{figure}_seconds"])
            numbers[f"{figure}_median"] = median_minutes(found)
    return numbers
