"""The nodes of a parsed pattern. `start` and `end` are code point offsets in the pattern, as the crate's spans are."""

from __future__ import annotations

# Kinds of assertion as written; flags decide later what `^` and `$` mean and whether words are Unicode.
START_LINE, END_LINE, START_TEXT, END_TEXT, WORD, NOT_WORD, WORD_START, WORD_END, HALF_START, HALF_END = range(10)


class Node:
    """A part of the pattern."""

    __slots__ = ("end", "start")

    def __init__(self, start: int, end: int) -> None:
        self.start = start
        self.end = end


class Empty(Node):
    """Nothing, as between the bars of `a||b`."""

    __slots__ = ()


class Literal(Node):
    r"""Characters that stand for themselves: a run of plain ones, or one that was escaped.

    `is_byte` marks `\xNN`, which without the `u` flag stands for a byte.
    """

    __slots__ = ("is_byte", "text")

    def __init__(self, start: int, end: int, text: str, is_byte: bool = False) -> None:
        self.start = start
        self.end = end
        self.text = text
        self.is_byte = is_byte


class Dot(Node):
    """Any character, or any but the line ends."""

    __slots__ = ()


class Assertion(Node):
    """A condition on a place between characters."""

    __slots__ = ("kind",)

    def __init__(self, start: int, end: int, kind: int) -> None:
        self.start = start
        self.end = end
        self.kind = kind


class Perl(Node):
    r"""`\d`, `\s`, `\w` or one of their complements."""

    __slots__ = ("letter", "negated")

    def __init__(self, start: int, end: int, letter: str, negated: bool) -> None:
        self.start = start
        self.end = end
        self.letter = letter
        self.negated = negated


class Property(Node):
    r"""`\p{name}` or `\p{name=value}`; `value` is None in the first form."""

    __slots__ = ("name", "negated", "value")

    def __init__(self, start: int, end: int, name: str, value: str | None, negated: bool) -> None:
        self.start = start
        self.end = end
        self.name = name
        self.value = value
        self.negated = negated


class Posix(Node):
    """`[:name:]` inside a bracketed class."""

    __slots__ = ("name", "negated")

    def __init__(self, start: int, end: int, name: str, negated: bool) -> None:
        self.start = start
        self.end = end
        self.name = name
        self.negated = negated


class Span(Node):
    """A range `a-z` inside a bracketed class; its ends are literals of one character."""

    __slots__ = ("high", "low")

    def __init__(self, start: int, end: int, low: Literal, high: Literal) -> None:
        self.start = start
        self.end = end
        self.low = low
        self.high = high


class Union(Node):
    """Two or more class items side by side, or none."""

    __slots__ = ("items",)

    def __init__(self, start: int, end: int, items: list[Node]) -> None:
        self.start = start
        self.end = end
        self.items = items


class SetOperation(Node):
    """`left && right`, `left -- right` or `left ~~ right`."""

    __slots__ = ("left", "operator", "right")

    def __init__(self, start: int, end: int, operator: str, left: Node, right: Node) -> None:
        self.start = start
        self.end = end
        self.operator = operator
        self.left = left
        self.right = right


class Bracketed(Node):
    """`[...]` or `[^...]`."""

    __slots__ = ("content", "negated")

    def __init__(self, start: int, end: int, negated: bool, content: Node) -> None:
        self.start = start
        self.end = end
        self.negated = negated
        self.content = content


class SetFlags(Node):
    """`(?flags)`: holds from here to the end of the group."""

    __slots__ = ("flags",)

    def __init__(self, start: int, end: int, flags: dict[str, bool]) -> None:
        self.start = start
        self.end = end
        self.flags = flags


class Group(Node):
    """`(...)` with a capture index, or `(?flags:...)` with index 0."""

    __slots__ = ("body", "flags", "index", "name")

    def __init__(self, start: int, end: int, index: int, name: str, flags: dict[str, bool]) -> None:
        self.start = start
        self.end = end
        self.index = index
        self.name = name
        self.flags = flags
        self.body: Node = Empty(end, end)


class Repetition(Node):
    """`body{least,most}`; `most` is None where there is no upper bound."""

    __slots__ = ("body", "greedy", "least", "most")

    def __init__(self, start: int, end: int, body: Node, least: int, most: int | None, greedy: bool) -> None:
        self.start = start
        self.end = end
        self.body = body
        self.least = least
        self.most = most
        self.greedy = greedy


class Concat(Node):
    """Two or more parts one after the other."""

    __slots__ = ("items",)

    def __init__(self, start: int, end: int, items: list[Node]) -> None:
        self.start = start
        self.end = end
        self.items = items


class Alternation(Node):
    """Two or more branches between bars."""

    __slots__ = ("items",)

    def __init__(self, start: int, end: int, items: list[Node]) -> None:
        self.start = start
        self.end = end
        self.items = items
