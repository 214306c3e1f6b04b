"""Templates: text with `{p}` and `{p:03d}` slots, cut into literal text and slots."""

from __future__ import annotations

import re
from itertools import repeat

from torclint.record import TYPE_CHECKING, Record
from torclint.spec.domain import Domain, RangeAxis
from torclint.spec.formatting import format_value, padding_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.spec.domain import Axis, Value


class Slot(Record):
    """A place where the value of a parameter goes in. `spec` is the text after the colon, None without one."""

    parameter: str
    spec: str | None

    @property
    def source(self) -> str:
        return "{" + self.parameter + ("" if self.spec is None else ":" + self.spec) + "}"

    def text_of(self, value: Value | None) -> str:
        """What stands in a name in place of the slot; without a value, what is written."""
        if value is None:
            return self.source
        text = format_value(value, self.spec)
        if self.spec is not None and isinstance(value, str):
            # Torc puts `{p:spec}` in first and then looks for `{p}` in all that stands there (parameter_expansion.rs:545)
            text = text.replace("{" + self.parameter + "}", value)
        return text

    @property
    def width(self) -> int:
        """To how many characters an integer is zero-padded here; 0 for not at all (parameter_expansion.rs:24)."""
        return (padding_width(self.spec) or 0) if self.spec is not None else 0


Part = str | Slot


class Template(Record):
    """The parts of a template, literal text and slots; two literals never stand next to each other."""

    parts: tuple[Part, ...]

    @property
    def slots(self) -> tuple[Slot, ...]:
        if len(self.parts) == 1 and isinstance(self.parts[0], str):
            return ()
        return tuple(part for part in self.parts if isinstance(part, Slot))

    @property
    def literal(self) -> str | None:
        """The text itself where there are no slots."""
        if not self.parts:
            return ""
        first = self.parts[0]
        return first if len(self.parts) == 1 and isinstance(first, str) else None

    @property
    def text(self) -> str:
        if len(self.parts) == 1 and isinstance(self.parts[0], str):
            return self.parts[0]
        return "".join(part if isinstance(part, str) else part.source for part in self.parts)

    def fill(self, values: dict[str, Value]) -> str:
        """The name for one set of values; a slot without a value stays as it is written."""
        return "".join(
            part if isinstance(part, str) else part.text_of(values.get(part.parameter)) for part in self.parts
        )

    def names(self, domain: Domain) -> Iterator[str]:
        """Every name over `domain`, in the order of its points, duplicates included."""
        if not self.slots:
            text = self.text
            for _ in range(domain.size):
                yield text
            return
        yield from _filled(self.parts, domain)

    def may_equal(self, other: Template) -> bool:
        """False where the literal beginnings or endings already tell that no name of one is a name of the other."""
        return fits(self.beginning, other.beginning) and fits(self.ending[::-1], other.ending[::-1])

    @property
    def beginning(self) -> str:
        """The literal text that every name begins with."""
        return self.parts[0] if self.parts and isinstance(self.parts[0], str) else ""

    @property
    def ending(self) -> str:
        """The literal text that every name ends with."""
        return self.parts[-1] if self.parts and isinstance(self.parts[-1], str) else ""

    def axes(self, domain: Domain) -> frozenset[int]:
        """The axes of `domain` that have a say in the name."""
        places = (domain.axis_of(slot.parameter) for slot in self.slots)
        return frozenset(place[0] for place in places if place is not None)


def fits(one: str, other: str) -> bool:
    """Whether one text begins with the other."""
    return one.startswith(other) or other.startswith(one)


def _filled(parts: tuple[Part, ...], domain: Domain) -> Iterator[str]:
    """The names over `domain`, the last axis fastest; slots that are left stay as they are written."""
    axes = domain.axes
    written = [part if isinstance(part, str) else part.source for part in parts]
    if not axes:
        yield "".join(written)
        return
    places = _places(parts, domain)
    loops = [_texts(parts, places[0], axes[0])]
    while loops:  # no recursion: a spec may have thousands of parameters
        level = len(loops) - 1
        for texts in loops[-1]:
            for place, text in zip(places[level], texts, strict=True):
                written[place] = text
            if level + 1 < len(axes):
                loops.append(_texts(parts, places[level + 1], axes[level + 1]))
                break
            yield "".join(written)
        else:
            loops.pop()


def _places(parts: tuple[Part, ...], domain: Domain) -> list[list[int]]:
    """For each axis the places of the parts that it fills."""
    places: list[list[int]] = [[] for _ in domain.axes]
    numbers = domain.numbers
    for place, part in enumerate(parts):
        if isinstance(part, Slot) and part.parameter in numbers:
            places[numbers[part.parameter]].append(place)
    return places


def _texts(parts: tuple[Part, ...], places: list[int], axis: Axis) -> Iterator[tuple[str, ...]]:
    """What stands at `places`, for each index of the axis."""
    slots = [part for part in (parts[place] for place in places) if isinstance(part, Slot)]
    return zip(*(_shown(axis, slot) for slot in slots), strict=True) if slots else repeat((), axis.length)


def _shown(axis: Axis, slot: Slot) -> Iterator[str]:
    """The texts of one slot along its axis."""
    column = axis.names.index(slot.parameter)
    if isinstance(axis, RangeAxis):
        start, step, width = axis.starts[column], axis.steps[column], slot.width
        for index in range(axis.length):
            yield f"{start + step * index:0{width}d}" if width else str(start + step * index)
        return
    for row in axis.rows:
        yield slot.text_of(row[column])


def parse_template(text: str, domain: Domain) -> Template:
    """Cut `text` at the slots of the parameters of `domain`; anything else in braces is literal text.

    Torc replaces `{p:` up to the next `}` and then `{p}`, without escapes (parameter_expansion.rs:537-567).
    """
    names = domain.names if "{" in text else ()
    if not names:
        return Template((text,) if text else ())
    parts: list[Part] = []
    position = 0
    for found in _slot_pattern(names).finditer(text):
        if found.start() > position:
            parts.append(text[position : found.start()])
        parts.append(Slot(found[1], found[2]))
        position = found.end()
    if position < len(text):
        parts.append(text[position:])
    return Template(tuple(parts))


_patterns: dict[tuple[str, ...], re.Pattern[str]] = {}


def _slot_pattern(names: tuple[str, ...]) -> re.Pattern[str]:
    pattern = _patterns.get(names)
    if pattern is None:
        longest_first = sorted(names, key=len, reverse=True)
        alternatives = "|".join(re.escape(name) for name in longest_first)
        pattern = re.compile(r"\{(" + alternatives + r")(?::([^}]*))?\}")
        if len(_patterns) > 1000:
            _patterns.clear()
        _patterns[names] = pattern
    return pattern


def is_integer_slot(slot: Slot, domain: Domain) -> bool:
    """Whether the slot shows the integers of a range, so that its text is an optional minus and digits."""
    place = domain.axis_of(slot.parameter)
    return place is not None and isinstance(domain.axes[place[0]], RangeAxis)
