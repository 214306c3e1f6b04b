"""The values that the parameters of one item take, kept as axes: a range of a million integers is three numbers."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    Value = int | float | str

ROW_BUDGET = 2_000_000  # values of one axis that are ever listed


class RangeAxis(Record):
    """Integers in arithmetic progression: at index t in 0..length-1, parameter k has starts[k] + steps[k] * t.

    Several parameters on one axis are ranges zipped together.
    """

    names: tuple[str, ...]
    starts: tuple[int, ...]
    steps: tuple[int, ...]
    length: int

    def row(self, index: int) -> tuple[Value | None, ...]:
        return tuple(start + step * index for start, step in zip(self.starts, self.steps, strict=True))


class RowsAxis(Record):
    """Values written out: one row per item, one column per parameter; None where a table row lacks the column."""

    names: tuple[str, ...]
    rows: tuple[tuple[Value | None, ...], ...]

    @property
    def length(self) -> int:
        return len(self.rows)

    def row(self, index: int) -> tuple[Value | None, ...]:
        return self.rows[index]


Axis = RangeAxis | RowsAxis


class Domain(Record):
    """A product of axes. Without axes it holds one item: a job spec that is not parameterised."""

    axes: tuple[Axis, ...] = ()

    @property
    def size(self) -> int:
        size = 1
        for axis in self.axes:
            size *= axis.length
        return size

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for axis in self.axes for name in axis.names)

    @property
    def numbers(self) -> dict[str, int]:
        """The number of each parameter's axis: for who asks about many, where `axis_of` looks through the axes each time."""
        return {name: number for number, axis in enumerate(self.axes) for name in axis.names}

    def axis_of(self, name: str) -> tuple[int, int] | None:
        """Where parameter `name` lives: (axis number, column)."""
        for number, axis in enumerate(self.axes):
            if name in axis.names:
                return number, axis.names.index(name)
        return None

    def points(self) -> Iterator[tuple[int, ...]]:
        """Every item as one index per axis, the last axis fastest. As many as `size`: ask for a few of a large one."""
        point = [0] * len(self.axes)
        lengths = [axis.length for axis in self.axes]
        if not all(lengths):
            return
        while True:
            yield tuple(point)
            place = len(point) - 1
            while place >= 0 and point[place] == lengths[place] - 1:
                point[place] = 0
                place -= 1
            if place < 0:
                return
            point[place] += 1

    def point_at(self, place: int) -> tuple[int, ...]:
        """The point at a place in the order of `points`."""
        point = []
        for axis in reversed(self.axes):
            place, index = divmod(place, axis.length)
            point.append(index)
        return tuple(reversed(point))

    def values(self, point: tuple[int, ...]) -> dict[str, Value]:
        """The parameter values at `point`; parameters that a table row lacks are left out."""
        return {
            name: value
            for axis, index in zip(self.axes, point, strict=True)
            for name, value in zip(axis.names, axis.row(index), strict=True)
            if value is not None
        }
