"""Works out where the parts of a chart stand; ``charts.html`` draws them as SVG. Used by ``crm.web.statistics.page``.

All charts are as wide as a small telephone, so that their words stay readable there; larger screens enlarge them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import count

WIDTH = 320
COLUMNS_TOP, COLUMNS_HEIGHT, LEFT = 12, 150, 44
GAP = 0.25
LABELS_AT_MOST, STEPS_AT_MOST = 7, 4
ROW_HEIGHT, BAR_TOP, BAR_HEIGHT = 40, 20, 12


@dataclass(frozen=True)
class Tick:
    """A line across a chart and the number it stands for."""

    y: float
    value: int


@dataclass(frozen=True)
class Column:
    """A column; ``inner`` is the height of the part of it that is finished, where that is shown."""

    x: float
    width: float
    y: float
    height: float
    label: str
    value: int
    inner: float | None = None
    has_label: bool = True


@dataclass(frozen=True)
class Columns:
    """A chart of columns, in time."""

    columns: Sequence[Column]
    ticks: Sequence[Tick]
    width: int = WIDTH
    left: int = LEFT
    bottom: int = COLUMNS_TOP + COLUMNS_HEIGHT
    height: int = COLUMNS_TOP + COLUMNS_HEIGHT + 26


@dataclass(frozen=True)
class Bar:
    """A bar with its words above it."""

    y: float
    width: float
    label: str
    value: int
    inner: float | None = None


@dataclass(frozen=True)
class Bars:
    """A chart of bars, the longest first."""

    bars: Sequence[Bar]
    height: int
    width: int = WIDTH
    bar_top: int = BAR_TOP
    bar_height: int = BAR_HEIGHT


def columns_of(values: Mapping[str, int], finished: Mapping[str, int] | None = None) -> Columns:
    """Return a chart of columns from left to right; ``finished`` is the part of each that is finished."""
    ticks = _ticks(max(values.values(), default=0))
    scale = COLUMNS_HEIGHT / ticks[-1]
    step = (WIDTH - LEFT) / max(len(values), 1)
    every = -(-len(values) // LABELS_AT_MOST)
    columns = [
        Column(
            x=round(LEFT + step * (at + GAP / 2), 1),
            width=round(step * (1 - GAP), 1),
            y=round(COLUMNS_TOP + COLUMNS_HEIGHT - value * scale, 1),
            height=round(value * scale, 1),
            label=label,
            value=value,
            inner=None if finished is None else round(min(finished.get(label, 0), value) * scale, 1),
            has_label=at % every == 0,
        )
        for at, (label, value) in enumerate(values.items())
    ]
    lines = [Tick(round(COLUMNS_TOP + COLUMNS_HEIGHT - value * scale, 1), value) for value in ticks]
    return Columns(columns, lines)


def bars_of(values: Mapping[str, int], finished: Mapping[str, int] | None = None) -> Bars:
    """Return a chart of bars from top to bottom."""
    scale = WIDTH / max([*values.values(), 1])
    bars = [
        Bar(
            y=at * ROW_HEIGHT,
            width=round(value * scale, 1),
            label=label,
            value=value,
            inner=None if finished is None else round(min(finished.get(label, 0), value) * scale, 1),
        )
        for at, (label, value) in enumerate(values.items())
    ]
    return Bars(bars, height=len(values) * ROW_HEIGHT)


def _ticks(largest: int) -> list[int]:
    """Return round numbers from 0 to at least the largest value, four steps at most."""
    steps = (factor * 10**power for power in count() for factor in (1, 2, 5))
    step = next(step for step in steps if step * STEPS_AT_MOST >= largest)
    return [step * at for at in range(max(-(-largest // step), 1) + 1)]
