"""Free windows of a terminal: the example of the style and type pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import NewType, assert_never

# ANCHOR: types
TerminalId = NewType("TerminalId", int)
ContainerNo = NewType("ContainerNo", str)


class Direction(Enum):
    COLLECT = "collect"
    DELIVER = "deliver"


@dataclass(frozen=True, slots=True)
class Window:
    terminal: TerminalId
    starts_at: datetime
    free: int

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(hours=1)
# ANCHOR_END: types


# ANCHOR: exhaustive
def lane(direction: Direction) -> str:
    match direction:
        case Direction.COLLECT:
            return "out"
        case Direction.DELIVER:
            return "in"
        case _:
            assert_never(direction)
# ANCHOR_END: exhaustive


# ANCHOR: style
def next_free_windows(
    windows: Iterable[Window],
    *,
    after: datetime,
    wanted: int = 3,
) -> list[Window]:
    """Return up to `wanted` windows that start after `after` and have capacity.

    The order is by start. Windows of several terminals may be mixed.
    """
    if after.tzinfo is None:
        raise ValueError("`after` needs a time zone")
    later = (w for w in windows if w.free > 0 and w.starts_at > after)
    return sorted(later, key=lambda w: w.starts_at)[:wanted]
# ANCHOR_END: style


def load_per_hour(
    windows: Iterable[Window], capacity: Mapping[TerminalId, int]
) -> dict[datetime, float]:
    """Share of the capacity that is booked, per hour, over all terminals."""
    used: dict[datetime, int] = {}
    total: dict[datetime, int] = {}
    for window in windows:
        places = capacity[window.terminal]
        used[window.starts_at] = used.get(window.starts_at, 0) + places - window.free
        total[window.starts_at] = total.get(window.starts_at, 0) + places
    return {hour: used[hour] / total[hour] for hour in sorted(total)}
