"""Tables for people: columns as wide as what stands in them, and narrower where the place is."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record
from torclint.report.cells import cut, width

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

GAP = "  "


class Column(Record):
    """`least`: cells that it keeps where room is short; 0 if it is never cut. `rank`: of columns for which there is no room
    the highest are left out first; 0 if it always stays."""

    heading: str
    is_right: bool = False
    least: int = 0
    rank: int = 0


class Fitted(Record):
    """The columns that there is room for, by number, and the cells that each has."""

    columns: Sequence[Column]
    places: Sequence[int]
    widths: Sequence[int]

    def cells(self, row: Sequence[str]) -> list[str]:
        """What stands in the columns that are shown, each as wide as its column."""
        return [
            filled(row[place], room, is_right=self.columns[place].is_right)
            for place, room in zip(self.places, self.widths, strict=True)
        ]


def fit(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int) -> Fitted:
    """How to show `rows`, which have a text for each of `columns`, in lines of `room` cells."""
    natural = [max([width(column.heading), *(width(row[n]) for row in rows)]) for n, column in enumerate(columns)]
    places = list(range(len(columns)))
    while True:
        least = [min(natural[n], columns[n].least or natural[n]) for n in places]
        spare = room - len(GAP) * (len(places) - 1) - sum(least)
        can_go = [n for n in places if columns[n].rank]
        if spare >= 0 or not can_go:
            break
        places.remove(max(can_go, key=lambda n: columns[n].rank))
    return Fitted(columns, places, _shared([natural[n] for n in places], least, max(spare, 0)))


def _shared(natural: list[int], least: list[int], spare: int) -> list[int]:
    """The widths, where `spare` cells more than `least` are there: those that are narrowest get what they lack first."""
    widths = list(least)
    while spare:
        short = [n for n in range(len(widths)) if widths[n] < natural[n]]
        if not short:
            break
        widths[min(short, key=lambda n: widths[n])] += 1
        spare -= 1
    return widths


def aligned(columns: Sequence[Column], rows: Sequence[Sequence[str]], room: int) -> Iterator[str]:
    """The heading and the rows as lines."""
    fitted = fit(columns, rows, room)
    for row in ([column.heading for column in columns], *rows):
        yield GAP.join(fitted.cells(row)).rstrip()


def filled(text: str, room: int, *, is_right: bool = False) -> str:
    """`text` in exactly `room` cells."""
    text = cut(text, room)
    padding = " " * (room - width(text))
    return padding + text if is_right else text + padding
