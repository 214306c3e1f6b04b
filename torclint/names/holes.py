"""Patterns with the consumer's own parameter in them (`^prep_{s}_`): which names does each value match?

Torc puts the value into the pattern unescaped. Values of lists are put in one by one. The numbers of a range stay
symbolic where the pattern begins with plain text and holes that can be laid along the name in one way only.
"""

from __future__ import annotations

from torclint.names import rust_regex
from torclint.names.counting import bind
from torclint.names.passage import slot_texts
from torclint.names.relation import ANY, Term, Test
from torclint.names.rust_regex.shape import END, START
from torclint.names.template import Slot, Template, is_integer_slot
from torclint.names.unify import Undecided, fixed_width, unify, unify_beginning
from torclint.record import TYPE_CHECKING
from torclint.spec.domain import Domain, RangeAxis, RowsAxis

if TYPE_CHECKING:
    from torclint.names.template import Part
    from torclint.names.unify import Match
    from torclint.spec.domain import Axis

_HELD = 0xF0000  # private characters stand for holes while the pattern is taken apart
_VALUES = 2000  # values that are put in one by one
_DIGITS = "0123456789"


def pattern_terms(pattern: Template, domain_a: Domain, names: Template, domain_b: Domain) -> list[Term]:
    """The pairs (item of a, item of b) in which b's name matches the pattern with a's values in it.

    Raises Undecided where that cannot be said without listing, and RegexError where a value makes the pattern invalid.
    """
    if not pattern.slots:
        return [_tested(pattern.text, names)]
    rows = [number for number in sorted(pattern.axes(domain_a)) if isinstance(domain_a.axes[number], RowsAxis)]
    if rows:
        return _each_value(pattern, domain_a, rows[0], names, domain_b)
    try:
        return _along_text(pattern, domain_a, names, domain_b)
    except Undecided:
        shortest = min(pattern.axes(domain_a), key=lambda number: domain_a.axes[number].length)
        return _each_value(pattern, domain_a, shortest, names, domain_b)


def _tested(pattern: str, names: Template, match: Match = ANY) -> Term:
    regex = rust_regex.compile(pattern)
    if regex.dfa.start == regex.dfa.MATCHED:
        return Term(match)  # it matches before the first character: every name, also one with a line break
    return Term(match, (), (Test((names.text, pattern), names, regex.dfa),))


def _each_value(pattern: Template, domain_a: Domain, axis: int, names: Template, domain_b: Domain) -> list[Term]:
    length = domain_a.axes[axis].length
    if length > _VALUES:
        raise Undecided
    alone = Domain((domain_a.axes[axis],))
    indices: dict[Template, list[int]] = {}
    for index in range(length):
        indices.setdefault(bind(pattern, alone, (index,)), []).append(index)
    terms: list[Term] = []
    for filled, showing in indices.items():
        kept = frozenset(showing)
        for term in pattern_terms(filled, domain_a, names, domain_b):
            only_a = {**term.match.only_a, axis: kept & term.match.only_a.get(axis, kept)}
            terms.append(term._replace(match=term.match._replace(only_a=only_a)))
    return terms


def _along_text(pattern: Template, domain_a: Domain, names: Template, domain_b: Domain) -> list[Term]:
    """All holes are numbers of ranges and stand in the plain text that the pattern begins with."""
    slots = list(pattern.slots)
    try:
        sequence = rust_regex.compile(_held(pattern)).sequence
    except rust_regex.RegexError:
        raise Undecided from None
    anchored = bool(sequence) and sequence[0] == START
    rest = sequence[1:] if anchored else sequence
    if not rest or not isinstance(rest[0], str):
        raise Undecided
    leading = _released(rest[0], slots)
    rest = rest[1:]
    if sum(isinstance(part, Slot) for part in leading) != len(slots):
        raise Undecided
    to_end = rest == (END,)
    matches = _laid(leading, domain_a, names, domain_b, anchored, to_end)
    if not rest or to_end:
        return [Term(match) for match in matches]
    if len(matches) > 1 and not anchored:
        raise Undecided
    any_number = "".join(part if isinstance(part, str) else _any_of(domain_a, part) for part in pattern.parts)
    return [_tested(any_number, names, match) for match in matches]


def _held(pattern: Template) -> str:
    """The pattern with private characters in the place of its slots."""
    text = ""
    for part in pattern.parts:
        text += part if isinstance(part, str) else chr(_HELD + sum(ord(char) >= _HELD for char in text))
    return text


def valid_for_all_numbers(pattern: Template, domain: Domain) -> bool:
    """Whether the pattern is valid whatever its values are: all are numbers, and stand where any plain text may stand.

    False also where only trying out the values could tell.
    """
    if not all(is_integer_slot(slot, domain) for slot in pattern.slots):
        return False
    try:
        sequence = rust_regex.compile(_held(pattern)).sequence
    except rust_regex.RegexError:
        return False
    return sum(ord(char) >= _HELD for part in sequence if isinstance(part, str) for char in part) == len(pattern.slots)


def _released(text: str, slots: list[Slot]) -> tuple[Part, ...]:
    parts: list[Part] = []
    for char in text:
        place = ord(char) - _HELD
        if 0 <= place < len(slots):
            parts.append(slots[place])
        elif parts and isinstance(parts[-1], str):
            parts[-1] += char
        else:
            parts.append(char)
    return tuple(parts)


def _any_of(domain: Domain, slot: Slot) -> str:
    """A pattern for the slot's text; where it ends is certain, or `_laid` would have given up."""
    place = domain.axis_of(slot.parameter)
    assert place is not None
    axis = domain.axes[place[0]]
    width = fixed_width(axis, place[1], slot) if isinstance(axis, RangeAxis) else None
    return "(?:-?[0-9]+)" if width is None else f"[-0-9]{{{width}}}"


def _laid(
    leading: tuple[Part, ...], domain_a: Domain, names: Template, domain_b: Domain, anchored: bool, to_end: bool
) -> list[Match]:
    """All ways to lay the leading text along the names: at their start, or wherever its first words can stand."""
    if anchored:
        return _from(leading, domain_a, names.parts, domain_b, to_end)
    first = leading[0]
    if not isinstance(first, str):
        raise Undecided
    matches: list[Match] = []
    for place, part in enumerate(names.parts):
        if not isinstance(part, str):
            continue
        if _may_straddle(first, part, place, names, domain_b):
            raise Undecided
        start = part.find(first)
        while start >= 0:
            matches += _from(leading, domain_a, (part[start:], *names.parts[place + 1 :]), domain_b, to_end)
            start = part.find(first, start + 1)
    if any(_may_hold(first, names, slot, domain_b) for slot in names.slots):
        raise Undecided
    return matches


def _from(
    leading: tuple[Part, ...], domain_a: Domain, parts: tuple[Part, ...], domain_b: Domain, to_end: bool
) -> list[Match]:
    if to_end:
        return unify(Template(leading), domain_a, Template(parts), domain_b)
    return [match._replace(rest_b=()) for match in unify_beginning(leading, domain_a, parts, domain_b)]


def _alphabet(names: Template, slot: Slot, domain: Domain) -> frozenset[str]:
    place = domain.axis_of(slot.parameter)
    assert place is not None
    axis: Axis = domain.axes[place[0]]
    if isinstance(axis, RangeAxis):
        return frozenset(_DIGITS + "-")
    return frozenset(char for text in slot_texts(axis, place[1], slot) for char in text)


def _may_straddle(first: str, part: str, place: int, names: Template, domain: Domain) -> bool:
    """Whether `first` could stand partly in this text and partly in the slot before or after it."""
    before = names.parts[place - 1] if place else None
    after = names.parts[place + 1] if place + 1 < len(names.parts) else None
    for length in range(1, len(first)):
        if (
            isinstance(after, Slot)
            and part.endswith(first[:length])
            and first[length] in _alphabet(names, after, domain)
        ):
            return True
        ends_before = isinstance(before, Slot) and part.startswith(first[length:])
        if ends_before and isinstance(before, Slot) and first[length - 1] in _alphabet(names, before, domain):
            return True
    inside = len(part) < len(first) and part in first
    return inside and isinstance(before, Slot) and isinstance(after, Slot)


def _may_hold(first: str, names: Template, slot: Slot, domain: Domain) -> bool:
    """Whether `first` could stand wholly inside the slot's text."""
    return set(first) <= _alphabet(names, slot, domain)
