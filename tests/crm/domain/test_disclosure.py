"""Small private counts stay hidden, also from whoever subtracts what is published from what is published."""

import random
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest

from crm.domain.areas import Box, Kelurahan
from crm.domain.disclosure import STEP, Counted, Part, at_most, publish, stepped, tallies_of_places
from crm.domain.places import JAKARTA, UNPLACED, Places
from crm.domain.status import Status
from crm.domain.tally import WHOLE_OF, CountedReport, Tally, added

NOWHERE = Box(0, 0, 0, 0)
CODES = [
    f"31.7{kota}.0{kecamatan}.100{kelurahan}" for kota, kecamatan, kelurahan in product("12", "12", "123")
]
PLACES = Places([Kelurahan(code, code, code[:8], code[:5], 0, 0, 1, NOWHERE) for code in CODES])
CATEGORIES = ("jalan", "pju", "sampah", "pungli")
FILED = datetime(2026, 11, 3, 4, tzinfo=UTC)


def report(place: str = CODES[0], *, is_public: bool = False, **changes: object) -> CountedReport:
    values: dict[str, object] = {"status": Status.MENUNGGU, "category_code": "jalan", "channel": "web"}
    return CountedReport(place, is_public, filed_at=FILED, **(values | changes))  # type: ignore[arg-type]


def month_of(*reports: CountedReport) -> Counted:
    leaves: dict[str, Tally] = {}
    for one in reports:
        leaves.setdefault(one.kelurahan_code or "", Tally()).count(one)
    return publish(tallies_of_places(leaves, PLACES), PLACES)


def year_of(*months: Counted) -> Counted:
    total = {place: added(month.tallies[place] for month in months) for place in months[0].tallies}
    return publish(total, PLACES, months)


@pytest.mark.parametrize(
    ("number", "shown"), [(0, 0), (1, 0), (4, 0), (5, 5), (9, 5), (10, 10), (14_233, 14_230)]
)
def test_private_counts_come_in_steps_of_five(number: int, shown: int) -> None:
    assert stepped(number) == shown


def test_public_reports_are_counted_one_by_one() -> None:
    published = month_of(report(is_public=True), *[report() for _ in range(4)]).published
    assert published[CODES[0]]["category:jalan"] == 1
    assert published[JAKARTA]["received"] == 1


def test_the_whole_city_is_counted_exactly_from_five_on() -> None:
    published = month_of(*[report(code) for code in CODES]).published
    assert published[JAKARTA]["received"] == 12
    assert CODES[0] not in published


def test_a_sum_says_no_more_than_its_parts_leave_open() -> None:
    """Two of four, shown as none: a sum of eight would tell both; of five that each is at least one."""
    assert at_most(8, [Part(4, 0), Part(4, 0)]) == 4
    assert at_most(7, [Part(5, 5), Part(2, 0)]) == 7
    assert at_most(12, [Part(9, 5), Part(3, 0)]) == 9
    assert at_most(14, [Part(9, 5), Part(5, 5)]) == 14, "nothing is hidden there"
    assert at_most(3, [Part(3, 0)]) == 0


def test_a_kecamatan_does_not_tell_what_its_only_reporting_kelurahan_hides() -> None:
    published = month_of(
        *[report(CODES[0]) for _ in range(4)], *[report(CODES[1]) for _ in range(4)]
    ).published
    assert published["31.71.01"]["received"] == 5, "three kelurahan could share five"
    assert CODES[0] not in published


def test_a_year_does_not_tell_what_its_months_hide() -> None:
    january, february = month_of(*[report() for _ in range(3)]), month_of(*[report() for _ in range(2)])
    assert CODES[0] not in year_of(january, february).published
    more = [month_of(*[report() for _ in range(3)]) for _ in range(6)]
    assert year_of(*more).published[CODES[0]]["received"] == 15


def test_times_of_few_private_reports_are_not_published() -> None:
    quick = report(is_public=True, finished_at=FILED + timedelta(hours=1))
    slow = report(finished_at=FILED + timedelta(hours=99))
    assert month_of(quick, *[slow] * 4).published[CODES[0]]["finish_mean"] == 60
    assert month_of(quick, *[slow] * 5).published[CODES[0]]["finish_mean"] == round(60 * (5 * 99 + 1) / 6)
    assert "finish_mean" not in month_of(*[slow] * 4).published.get(CODES[0], {})


def test_what_a_kecamatan_does_not_show_holds_nothing_back() -> None:
    reports = [report(CODES[0]) for _ in range(3)] + [report(CODES[3]) for _ in range(200)]
    assert month_of(*reports, *[report("") for _ in range(50)]).published["31.71"]["channel:web"] == 200
    assert month_of(*reports, *[report("") for _ in range(50)]).published[JAKARTA]["received"] == 253


@pytest.mark.parametrize("figure", ["day", "channel", "status", "finished_category"])
def test_small_places_are_broken_down_by_category_only(figure: str) -> None:
    reports = [report(status=Status.SELESAI, finished_at=FILED) for _ in range(50)]
    published = month_of(*reports).published
    assert any(name.startswith(f"{figure}:") for name in published["31.71"])
    assert not any(name.startswith(f"{figure}:") for name in published["31.71.01"])
    assert published["31.71.01"]["category:jalan"] == 50


@pytest.mark.parametrize("seed", range(120))
def test_subtracting_tells_nobody_that_a_hidden_count_is_not_none(seed: int) -> None:
    """An attacker who knows the rule and every sum narrows all private counts down as far as intervals go."""
    chance = random.Random(seed)
    months = [month_of(*_random_reports(chance)) for _ in range(chance.choice((2, 3, 6)))]
    attack = Attack([*months, year_of(*months)])
    attack.narrow()
    assert attack.is_sound()
    assert attack.told() == []


def _random_reports(chance: random.Random) -> Iterator[CountedReport]:
    """Yield some reports: few or many, in few or many kelurahan."""
    codes = chance.sample(CODES, chance.randint(1, len(CODES)))
    for _ in range(chance.choice((3, 10, 30, 120))):
        finished = FILED + timedelta(hours=9) if chance.random() < 0.5 else None
        yield report(
            chance.choice([*codes, ""]),
            is_public=chance.random() < 0.3,
            status=Status.SELESAI if finished else chance.choice([Status.MENUNGGU, Status.PROSES]),
            category_code=chance.choice(CATEGORIES),
            channel=chance.choice(["web", "telegram", "whatsapp"]),
            finished_at=finished,
        )


Cell = tuple[int, str, str]


class Attack:
    """Knows what is published, which reports are public, and the rule; narrows down the private counts."""

    def __init__(self, periods: list[Counted]) -> None:
        self._periods = periods
        whole = periods[-1].tallies[JAKARTA]
        figures = {*WHOLE_OF, "received", "finished"}
        names = {*whole.public, *whole.private}
        self._names = sorted(name for name in names if name.partition(":")[0] in figures)
        self._low: dict[Cell, int] = {}
        self._high: dict[Cell, int] = {}
        for at, period in enumerate(periods):
            for place, name in product(period.tallies, self._names):
                self._start((at, place, name), period)

    def _start(self, cell: Cell, period: Counted) -> None:
        """Note what is published: at least so many; of what sums nothing up, at most four more."""
        at, place, name = cell
        shown = period.published.get(place, {}).get(name, 0) - period.tallies[place].public[name]
        is_month = at < len(self._periods) - 1
        is_smallest = is_month and place in CODES and name.startswith("category:")
        self._low[cell] = max(0, shown)
        self._high[cell] = max(0, shown) + STEP - 1 if is_smallest else 10_000

    def _sums(self) -> Iterator[tuple[Cell, list[Cell]]]:
        last = len(self._periods) - 1
        for at, name in product(range(len(self._periods)), self._names):
            for place in PLACES:
                parts = [part.code for part in PLACES.parts(place)]
                if parts:
                    extra = [UNPLACED] if place == JAKARTA else []
                    yield (at, place, name), [(at, part, name) for part in [*parts, *extra]]
        for place, name in product(self._periods[0].tallies, self._names):
            yield (last, place, name), [(at, place, name) for at in range(last)]
        for at, place, (figure, whole) in product(range(last + 1), PLACES, WHOLE_OF.items()):
            keys = [name for name in self._names if name.startswith(f"{figure}:")]
            if keys:
                yield (at, place, whole), [(at, place, key) for key in keys]

    def narrow(self) -> None:
        """Take from each sum what it says about its parts, from the parts what they say about it, until the end."""
        low, high = self._low, self._high
        sums = list(self._sums())
        for _ in range(20):
            before = dict(low)
            for whole, parts in sums:
                low[whole] = max(low[whole], sum(low[part] for part in parts))
                high[whole] = min(high[whole], sum(high[part] for part in parts))
                most = sum(high[part] for part in parts)
                for part in parts:
                    low[part] = max(low[part], low[whole] - (most - high[part]))
            if before == low:
                return

    def is_sound(self) -> bool:
        """Tell whether the truth lies within what was narrowed down: else nothing was learned."""
        return all(self._low[cell] <= self._true(cell) <= self._high[cell] for cell in self._low)

    def told(self) -> list[tuple[Cell, int]]:
        """Return the hidden counts of which is known now that they are not none."""
        return [
            (cell, true)
            for cell, low in self._low.items()
            if 0 < (true := self._true(cell)) < STEP and low > 0
        ]

    def _true(self, cell: Cell) -> int:
        at, place, name = cell
        tallies: Mapping[str, Tally] = self._periods[at].tallies
        return tallies[place].private[name]
