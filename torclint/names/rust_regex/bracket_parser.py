"""Reads a bracketed class with its nested classes, set operators and POSIX names (ast/parse.rs)."""

from __future__ import annotations

from torclint.names.rust_regex.escapes import parse_escape
from torclint.names.rust_regex.syntax_tree import (
    Assertion,
    Bracketed,
    Empty,
    Literal,
    Node,
    Posix,
    SetOperation,
    Span,
    Union,
)
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NoReturn

    from torclint.names.rust_regex.scanner import Scanner

POSIX_NAMES = frozenset(
    ("alnum", "alpha", "ascii", "blank", "cntrl", "digit", "graph", "lower", "print", "punct", "space", "upper")
) | {"word", "xdigit"}


class _Open:
    """A class that is still open: what was read in it, and the left side of an operator that waits for its right."""

    __slots__ = ("items", "items_start", "left", "negated", "operator", "span_end", "start")

    def __init__(self, start: int, negated: bool) -> None:
        self.start = start
        self.negated = negated
        self.span_end = start
        self.items: list[Node] = []
        self.items_start = start
        self.operator = ""
        self.left: Node | None = None

    def content(self) -> Node:
        """The set read so far, with a waiting operator applied."""
        right = _joined(self.items, self.items_start)
        if self.left is None:
            return right
        return SetOperation(self.left.start, right.end, self.operator, self.left, right)


def parse_bracketed(scanner: Scanner) -> Bracketed:
    """The class at the scanner, which stands on its opening bracket."""
    stack: list[_Open] = []
    while True:
        scanner.skip_space()
        if scanner.at_end:
            _fail_unclosed(scanner, stack)
        char = scanner.char
        if char == "[":
            posix = _try_posix(scanner) if stack else None
            if posix is not None:
                stack[-1].items.append(posix)
            else:
                stack.append(_open(scanner))
        elif char == "]":
            closing = stack.pop()
            content = closing.content()
            scanner.bump()
            done = Bracketed(closing.start, scanner.offset, closing.negated, content)
            if not stack:
                return done
            stack[-1].items.append(done)
        elif char in "&-~" and scanner.peek() == char:
            top = stack[-1]
            scanner.offset += 2
            top.left = top.content()
            top.operator = char
            top.items = []
            top.items_start = scanner.offset
        else:
            stack[-1].items.append(_parse_item_or_span(scanner, stack))


def _joined(items: list[Node], offset: int) -> Node:
    if not items:
        return Empty(offset, offset)
    if len(items) == 1:
        return items[0]
    return Union(items[0].start, items[-1].end, items)


def _fail_unclosed(scanner: Scanner, stack: list[_Open]) -> NoReturn:
    scanner.fail("unclosed character class", stack[-1].start, stack[-1].span_end)


def _open(scanner: Scanner) -> _Open:
    start = scanner.offset
    unclosed = "unclosed character class"
    if not scanner.bump_and_skip():
        scanner.fail(unclosed, start, scanner.offset)
    negated = scanner.char == "^"
    if negated and not scanner.bump_and_skip():
        scanner.fail(unclosed, start, scanner.offset)
    opened = _Open(start, negated)
    opened.items_start = scanner.offset
    while scanner.char == "-":
        opened.items.append(Literal(scanner.offset, scanner.offset + 1, "-"))
        if not scanner.bump_and_skip():
            scanner.fail(unclosed, start, start)
    if not opened.items and scanner.char == "]":
        opened.items.append(Literal(scanner.offset, scanner.offset + 1, "]"))
        if not scanner.bump_and_skip():
            scanner.fail(unclosed, start, scanner.offset)
    opened.span_end = scanner.offset
    return opened


def _try_posix(scanner: Scanner) -> Posix | None:
    """`[:name:]`; None, and nothing read, where it is not one: then it is a nested class like any other."""
    pattern, start = scanner.pattern, scanner.offset
    if not pattern.startswith("[:", start):
        return None
    negated = pattern.startswith("^", start + 2)
    name_start = start + 2 + negated
    name_end = pattern.find(":", name_start)
    if name_end < 0 or not pattern.startswith(":]", name_end):
        return None
    name = pattern[name_start:name_end]
    if name not in POSIX_NAMES:
        return None
    scanner.offset = name_end + 2
    return Posix(start, scanner.offset, name, negated)


def _parse_item_or_span(scanner: Scanner, stack: list[_Open]) -> Node:
    low = _parse_item(scanner)
    scanner.skip_space()
    if scanner.at_end:
        _fail_unclosed(scanner, stack)
    if scanner.char != "-" or scanner.peek_past_space() in ("]", "-"):
        if isinstance(low, Assertion):
            scanner.fail("invalid escape sequence found in character class", low.start, low.end)
        return low
    if not scanner.bump_and_skip():
        _fail_unclosed(scanner, stack)
    high = _parse_item(scanner)
    for side in (low, high):
        if not isinstance(side, Literal):
            scanner.fail("invalid range boundary, must be a literal", side.start, side.end)
    assert isinstance(low, Literal)
    assert isinstance(high, Literal)
    if low.text > high.text:
        message = "invalid character class range, the start must be <= the end"
        scanner.fail(message, low.start, high.end)
    return Span(low.start, high.end, low, high)


def _parse_item(scanner: Scanner) -> Node:
    if scanner.char == "\\":
        return parse_escape(scanner)
    item = Literal(scanner.offset, scanner.offset + 1, scanner.char)
    scanner.bump()
    return item
