"""Finding one item in a domain of any size by asking about parts of it."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.spec.domain import Domain, RangeAxis, RowsAxis

if TYPE_CHECKING:
    from collections.abc import Callable

    from torclint.spec.domain import Axis


def first_point(domain: Domain, shows: Callable[[Domain], bool]) -> tuple[int, ...]:
    """A point of `domain`, given that `shows` holds for the whole of it and says of each part whether it has such a point."""
    point: list[int] = []
    axes = list(domain.axes)
    for number, axis in enumerate(domain.axes):
        low, high = 0, axis.length
        while high - low > 1:
            middle = (low + high) // 2
            axes[number] = part_of(axis, low, middle)
            if shows(Domain(tuple(axes))):
                high = middle
            else:
                low = middle
        axes[number] = part_of(axis, low, low + 1)
        point.append(low)
    return tuple(point)


def part_of(axis: Axis, low: int, high: int) -> Axis:
    """The indices low..high-1 of an axis."""
    if isinstance(axis, RowsAxis):
        return RowsAxis(axis.names, axis.rows[low:high])
    starts = tuple(start + step * low for start, step in zip(axis.starts, axis.steps, strict=True))
    return RangeAxis(axis.names, starts, axis.steps, high - low)
