"""When do two templates give the same name? The answer as links between their parameters, never as a list of names.

The two texts are walked along each other. Where a slot meets a slot or text, the walk goes on only if it is certain
where the slot's text ends: a number ends before a character that no number holds. Otherwise the question is left open.
"""

from __future__ import annotations

from torclint.names.links import Line, Pairs, both, equal_numbers
from torclint.names.passage import slot_texts
from torclint.names.template import Slot, Template
from torclint.record import TYPE_CHECKING, Record
from torclint.spec.domain import Domain, RangeAxis, RowsAxis
from torclint.spec.formatting import format_value

if TYPE_CHECKING:
    from torclint.names.links import Link
    from torclint.names.template import Part
    from torclint.spec.domain import Axis

_NUMERALS = frozenset("0123456789-")
_BRANCHES = 4000
_SLOTS = 200  # of both sides together: the walk goes one deeper with each
_LISTED = 250_000  # numbers of a range that are looked at one by one
_PAIRS = 250_000  # of rows that show the same text: tables that repeat their values thousands of times
_BIG = 10**400


class Match(Record):
    """A set of (a, b) item pairs: all that satisfy every link and keep to the indices left on single axes.

    `links`: (axis of a, axis of b) -> index pairs; `only_a`, `only_b`: axis -> indices that are left.
    `rest_b`: what of b's parts was not used up, when only a beginning of b had to match.
    """

    links: dict[tuple[int, int], Link]
    only_a: dict[int, frozenset[int]]
    only_b: dict[int, frozenset[int]]
    rest_b: tuple[Part, ...] = ()


class Undecided(Exception):
    """The walk cannot tell where one slot ends; the names have to be compared in another way."""


def unify(a: Template, domain_a: Domain, b: Template, domain_b: Domain) -> list[Match]:
    """All pairs with equal names, as disjoint or overlapping matches. Raises Undecided."""
    return [match for match in _Walk(domain_a, domain_b).along(a.parts, b.parts) if not match.rest_b]


def unify_beginning(a: tuple[Part, ...], domain_a: Domain, b: tuple[Part, ...], domain_b: Domain) -> list[Match]:
    """All pairs in which the text of `a` is the beginning of the text of `b`. Raises Undecided."""
    return list(_Walk(domain_a, domain_b, beginning=True).along(a, b))


class _Walk:
    def __init__(self, domain_a: Domain, domain_b: Domain, beginning: bool = False) -> None:
        self.domain_a = domain_a
        self.domain_b = domain_b
        self.beginning = beginning
        self._branches = 0

    def along(self, a: tuple[Part, ...], b: tuple[Part, ...]) -> list[Match]:
        if sum(isinstance(part, Slot) for part in (*a, *b)) > _SLOTS:
            raise Undecided
        self._found: list[Match] = []
        self._go(a, b, Match({}, {}, {}))
        return self._found

    def _go(self, a: tuple[Part, ...], b: tuple[Part, ...], so_far: Match) -> None:
        self._branches += 1
        if self._branches > _BRANCHES:
            raise Undecided
        while a and b and isinstance(a[0], str) and isinstance(b[0], str):
            length = min(len(a[0]), len(b[0]))
            if a[0][:length] != b[0][:length]:
                return
            a, b = _cut(a, length), _cut(b, length)
        if not a:
            if not b or self.beginning:
                self._found.append(so_far._replace(rest_b=b))
            elif any(isinstance(part, str) for part in b):
                return
            else:
                self._rest_empty(b, so_far)
            return
        if not b:
            if any(isinstance(part, str) for part in a):
                return
            raise Undecided  # slots left over match where all their texts are empty
        if isinstance(a[0], Slot) and isinstance(b[0], Slot):
            self._slot_slot(a, b, so_far)
        elif isinstance(a[0], Slot):
            self._slot_text(a, b, so_far, True)
        else:
            self._slot_text(b, a, so_far, False)

    def _rest_empty(self, b: tuple[Part, ...], so_far: Match) -> None:
        if all(isinstance(self._axis(part, False)[0], RangeAxis) for part in b if isinstance(part, Slot)):
            return  # numbers are never empty
        raise Undecided

    def _axis(self, slot: Slot, of_a: bool) -> tuple[Axis, int, int]:
        domain = self.domain_a if of_a else self.domain_b
        place = domain.axis_of(slot.parameter)
        assert place is not None
        return domain.axes[place[0]], place[0], place[1]

    def _slot_text(self, mine: tuple[Part, ...], other: tuple[Part, ...], so_far: Match, of_a: bool) -> None:
        slot, text = mine[0], other[0]
        assert isinstance(slot, Slot)
        assert isinstance(text, str)
        axis, number, column = self._axis(slot, of_a)
        if isinstance(axis, RowsAxis):
            for shown in slot_texts(axis, column, slot):
                fixed = self._only(so_far, number, _rows_showing(axis, column, slot, shown), of_a)
                filled = _joined((shown, *mine[1:]) if shown else mine[1:])
                self._go(filled if of_a else other, other if of_a else filled, fixed)
            return
        if self.beginning and not of_a and len(other) == 1:
            self._go((), mine[1:], self._only(so_far, number, _beginning_with(text, axis, column, slot), of_a))
        for shown in self._numerals(mine, other, axis, column, slot, of_a):
            index = _index_of(axis, column, slot, shown)
            if index is None:
                continue
            fixed = self._only(so_far, number, frozenset((index,)), of_a)
            left = _cut(other, len(shown))
            self._go(mine[1:] if of_a else left, left if of_a else mine[1:], fixed)

    def _numerals(
        self, mine: tuple[Part, ...], other: tuple[Part, ...], axis: RangeAxis, column: int, slot: Slot, of_a: bool
    ) -> list[str]:
        """What of the other side's text the slot can be."""
        text = other[0]
        assert isinstance(text, str)
        width = fixed_width(axis, column, slot)
        ends_inside = self.beginning and not of_a and len(other) == 1  # told by `_beginning_with`
        if width is not None:
            if len(text) < width and len(other) > 1:
                raise Undecided
            return [] if ends_inside and len(text) <= width else [text[:width]]
        length = 1 if text[:1] == "-" else 0
        while length < len(text) and "0" <= text[length] <= "9":
            length += 1
        if length == len(text) and len(other) > 1:
            raise Undecided
        if self.beginning and of_a and len(mine) == 1:
            return [text[:end] for end in range(1, length + 1)]
        if ends_inside and not mine[1:]:
            return []
        if not self._ends_numeral(mine[1:]):
            raise Undecided
        return [] if ends_inside and length == len(text) else [text[:length]]

    def _ends_numeral(self, following: tuple[Part, ...]) -> bool:
        if not following:
            return not self.beginning
        return _begins_no_digit(following[0])

    def _slot_slot(self, a: tuple[Part, ...], b: tuple[Part, ...], so_far: Match) -> None:
        slot_a, slot_b = a[0], b[0]
        assert isinstance(slot_a, Slot)
        assert isinstance(slot_b, Slot)
        axis_a, number_a, column_a = self._axis(slot_a, True)
        axis_b, number_b, column_b = self._axis(slot_b, False)
        if isinstance(axis_a, RangeAxis) and isinstance(axis_b, RangeAxis):
            width_a, width_b = fixed_width(axis_a, column_a, slot_a), fixed_width(axis_b, column_b, slot_b)
            same_width = width_a is not None and width_a == width_b
            if not same_width and not (self._ends_numeral(a[1:]) and (not b[1:] or _begins_no_digit(b[1]))):
                raise Undecided
            links: list[Link] = list(_equal_numerals(axis_a, column_a, slot_a, axis_b, column_b, slot_b))
        else:
            texts_a = _Texts(axis_a, column_a, slot_a)
            texts_b = _Texts(axis_b, column_b, slot_b)
            if not self._end_together(a[1:], b[1:], texts_a, texts_b):
                self._branch_on_rows(a, b, so_far)
                return
            links = _equal_texts(texts_a, texts_b)
        for link in links:
            known = so_far.links.get((number_a, number_b))
            joined = link if known is None else both(known, link)
            if joined is not None:
                self._go(a[1:], b[1:], so_far._replace(links={**so_far.links, (number_a, number_b): joined}))

    def _end_together(self, rest_a: tuple[Part, ...], rest_b: tuple[Part, ...], *texts: _Texts) -> bool:
        lengths = [each.length for each in texts]
        if lengths[0] is not None and lengths[0] == lengths[1]:
            return True
        if not rest_a and not rest_b:
            return not self.beginning
        if not rest_a or not rest_b or isinstance(rest_a[0], Slot) or isinstance(rest_b[0], Slot):
            return False
        return rest_a[0][0] == rest_b[0][0] and not any(each.may_hold(rest_a[0][0]) for each in texts)

    def _branch_on_rows(self, a: tuple[Part, ...], b: tuple[Part, ...], so_far: Match) -> None:
        for parts, of_a in ((a, True), (b, False)):
            slot = parts[0]
            assert isinstance(slot, Slot)
            axis, number, column = self._axis(slot, of_a)
            if isinstance(axis, RangeAxis):
                continue
            for shown in slot_texts(axis, column, slot):
                fixed = self._only(so_far, number, _rows_showing(axis, column, slot, shown), of_a)
                filled = _joined((shown, *parts[1:]) if shown else parts[1:])
                self._go(filled if of_a else a, b if of_a else filled, fixed)
            return
        raise Undecided

    def _only(self, match: Match, axis: int, indices: frozenset[int], of_a: bool) -> Match:
        known = match.only_a if of_a else match.only_b
        kept = indices if axis not in known else indices & known[axis]
        merged = {**known, axis: kept}
        return match._replace(only_a=merged) if of_a else match._replace(only_b=merged)


def _beginning_with(text: str, axis: RangeAxis, column: int, slot: Slot) -> frozenset[int]:
    """The indices whose number begins with `text`, or is it."""
    if any(char not in _NUMERALS for char in text):
        return frozenset()
    if axis.length > _LISTED:
        raise Undecided
    start, step = axis.starts[column], axis.steps[column]
    return frozenset(index for index in range(axis.length) if slot.text_of(start + step * index).startswith(text))


class _Texts:
    """The texts of one slot."""

    def __init__(self, axis: Axis, column: int, slot: Slot) -> None:
        self.axis, self.column, self.slot = axis, column, slot
        self.shown = {} if isinstance(axis, RangeAxis) else slot_texts(axis, column, slot)

    @property
    def length(self) -> int | None:
        if isinstance(self.axis, RangeAxis):
            return fixed_width(self.axis, self.column, self.slot)
        lengths = {len(text) for text in self.shown}
        return lengths.pop() if len(lengths) == 1 else None

    def may_hold(self, char: str) -> bool:
        if isinstance(self.axis, RangeAxis):
            return char in _NUMERALS
        return any(char in text for text in self.shown)


def _equal_numerals(
    axis_a: RangeAxis, column_a: int, slot_a: Slot, axis_b: RangeAxis, column_b: int, slot_b: Slot
) -> list[Line]:
    wider = max(slot_a.width, slot_b.width)
    if slot_a.width == slot_b.width or wider <= 1:
        bounds = [(-_BIG, _BIG)]
    else:
        # different padding shows the same text only where the number fills the wider one
        bounds = [(10 ** (wider - 1), _BIG), (-_BIG, -(10 ** max(0, wider - 2)))]
    of_a = (axis_a.starts[column_a], axis_a.steps[column_a], axis_a.length)
    of_b = (axis_b.starts[column_b], axis_b.steps[column_b], axis_b.length)
    lines = (equal_numbers(*of_a, *of_b, low, high) for low, high in bounds)
    return [line for line in lines if line is not None]


def _equal_texts(texts_a: _Texts, texts_b: _Texts) -> list[Link]:
    rows_a, rows_b = _indices_by_text(texts_a, texts_b), _indices_by_text(texts_b, texts_a)
    if sum(len(mine) * len(rows_b.get(text, ())) for text, mine in rows_a.items()) > _PAIRS:
        raise Undecided
    pairs = [(i, j) for text, mine in rows_a.items() for i in mine for j in rows_b.get(text, ())]
    return [Pairs(tuple(sorted(pairs)))] if pairs else []


def _indices_by_text(texts: _Texts, other: _Texts) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    axis, column, slot = texts.axis, texts.column, texts.slot
    if isinstance(axis, RangeAxis):
        for text in other.shown:
            index = _index_of(axis, column, slot, text)
            if index is not None:
                found[text] = [index]
        return found
    for index, row in enumerate(axis.rows):
        found.setdefault(slot.text_of(row[column]), []).append(index)
    return found


def _rows_showing(axis: RowsAxis, column: int, slot: Slot, text: str) -> frozenset[int]:
    return frozenset(index for index, row in enumerate(axis.rows) if slot.text_of(row[column]) == text)


def _index_of(axis: RangeAxis, column: int, slot: Slot, text: str) -> int | None:
    """At which index the slot shows `text`; None if it never does."""
    digits = text.removeprefix("-")
    if not digits or not digits.isascii() or not digits.isdigit() or len(digits) > 400:
        return None
    value = int(text)
    if format_value(value, slot.spec) != text:
        return None
    index, remainder = divmod(value - axis.starts[column], axis.steps[column] or 1)
    return None if remainder or not 0 <= index < axis.length else index


def fixed_width(axis: RangeAxis, column: int, slot: Slot) -> int | None:
    """The length of the slot's text where it is the same for all numbers of the range."""
    first, last = axis.starts[column], axis.starts[column] + axis.steps[column] * (axis.length - 1)
    if (first < 0) != (last < 0):
        if slot.width and max(len(str(first)), len(str(last))) <= slot.width:
            return slot.width
        return None
    width_first, width_last = (max(slot.width, len(str(value))) for value in (first, last))
    return width_first if width_first == width_last else None


def _begins_no_digit(part: Part) -> bool:
    return isinstance(part, str) and part[0] not in "0123456789"


def _cut(parts: tuple[Part, ...], length: int) -> tuple[Part, ...]:
    first = parts[0]
    assert isinstance(first, str)
    return (first[length:], *parts[1:]) if length < len(first) else parts[1:]


def _joined(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """Two literal parts at the beginning made one."""
    if len(parts) > 1 and isinstance(parts[0], str) and isinstance(parts[1], str):
        return (parts[0] + parts[1], *parts[2:])
    return parts
