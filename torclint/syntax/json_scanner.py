"""One reader for JSON and JSON5: brackets, commas and spans are the same, a `Dialect` holds what differs."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING, Record
from torclint.syntax.node import Mapping, Node, ParseError, Scalar, Sequence
from torclint.syntax.surrogates import refuse_surrogates

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import NoReturn

# the groups of `Dialect.value`
_DOUBLE_QUOTED, _SINGLE_QUOTED, _OPENING, _NUMBER, _WORD = range(1, 6)
# the groups of `Dialect.after`
_CLOSING, _COMMA = 1, 2

_WORDS = {"true": True, "false": False, "null": None}

UNICODE_ESCAPE = r"u(?:(?![dD][89a-fA-F])[0-9a-fA-F]{4}|[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2})"


class BadToken(ValueError):
    """What is wrong with a string or number, and how many code points into it."""

    def __init__(self, message: str, at: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.at = at


class Dialect(Record):
    """What tells JSON from JSON5. All patterns begin with optional white space (and comments)."""

    name: str
    max_depth: int
    space: re.Pattern[str]
    value: re.Pattern[str]  # groups: "plain", 'plain', [ or {, number, true/false/null
    key: re.Pattern[str]  # a key with its colon; groups: "plain", 'plain', identifier
    after: re.Pattern[str]  # groups: ] or } with the comma that may stand before it, or a comma
    quotes: str
    number: Callable[[str], int | float | None]  # raises BadToken
    string: Callable[[str, int], tuple[str, int]]  # text and offset of the quote; value and end; raises BadToken
    identifier: Callable[[str, int], tuple[str, int]]  # a key that `key` does not know; raises BadToken


def decode_unicode_escape(escape: str) -> str:
    """The character of `\\uXXXX`, or of a surrogate pair of two of them."""
    first = int(escape[2:6], 16)
    if len(escape) == 6:
        return chr(first)
    return chr(0x10000 + ((first - 0xD800) << 10) + int(escape[8:12], 16) - 0xDC00)


def read(text: str, dialect: Dialect) -> Node:
    """The tree of `text`. Raises ParseError."""
    refuse_surrogates(text)
    return _Reader(text, dialect).run()


class _Reader:
    """Reads without recursion: `_open` holds the lists and mappings around the innermost one."""

    def __init__(self, text: str, dialect: Dialect) -> None:
        self._text = text
        self._dialect = dialect
        self._open: list[tuple[Sequence | Mapping, Scalar | None]] = []
        self._names: dict[str, str] = {}

    def run(self) -> Node:
        text, match_value, match_after = self._text, self._dialect.value.match, self._dialect.after.match
        number, around = self._dialect.number, self._open
        inner: Sequence | Mapping | None = None
        key: Scalar | None = None
        node: Node
        position = 0
        while True:
            found = match_value(text, position)
            kind = found.lastindex if found is not None else 0
            if found is None or kind is None:
                node = self._escaped_string(position)
            elif kind <= _SINGLE_QUOTED:
                node = Scalar(found[kind], found.start(kind) - 1, found.end())
            elif kind == _NUMBER:
                start = found.start(kind)
                try:
                    node = Scalar(number(found[kind]), start, found.end())
                except BadToken as error:
                    raise ParseError(error.message, text, start + error.at) from None
            elif kind == _WORD:
                node = Scalar(_WORDS[found[kind]], found.start(kind), found.end())
            else:
                if inner is not None:
                    around.append((inner, key))
                inner, key, position = self._opened(found.start(kind))
                if position >= 0:
                    continue
                node = inner
                inner, key = around.pop() if around else (None, None)
            position = node.end
            while inner is not None:
                if key is None:
                    inner.items.append(node)  # type: ignore[union-attr]
                else:
                    inner.entries.append((key, node))  # type: ignore[union-attr]
                found = match_after(text, position)
                if found is None:
                    self._refuse_after(inner, position)
                position = found.end()
                if found.lastindex == _COMMA:
                    if key is not None:
                        key, position = self._key(position)
                    break
                if found[_CLOSING] != ("]" if key is None else "}"):
                    self._refuse_after(inner, found.start(_CLOSING))
                node = inner
                node.end = position
                inner, key = around.pop() if around else (None, None)
            if inner is None:
                self._refuse_rest(position)
                return node

    def _opened(self, start: int) -> tuple[Sequence | Mapping, Scalar | None, int]:
        """The list or mapping that opens at `start`, its first key, and where to read on: -1 if it is empty."""
        if len(self._open) >= self._dialect.max_depth:
            raise ParseError(f"nested deeper than {self._dialect.max_depth} levels", self._text, start)
        is_list = self._text[start] == "["
        inner: Sequence | Mapping = (Sequence if is_list else Mapping)([], start, start, True)
        first = self._skip(start + 1)
        if self._text.startswith("]" if is_list else "}", first):
            inner.end = first + 1
            return inner, None, -1
        if is_list:
            return inner, None, first
        key, position = self._key(first)
        return inner, key, position

    def _skip(self, position: int) -> int:
        found = self._dialect.space.match(self._text, position)
        return found.end() if found is not None else position

    def _key(self, position: int) -> tuple[Scalar, int]:
        """The key at `position` and the offset after its colon."""
        found = self._dialect.key.match(self._text, position)
        if found is None or found.lastindex is None:
            return self._unusual_key(self._skip(position))
        kind = found.lastindex
        name = found[kind]
        start, end = found.span(kind)
        if kind <= _SINGLE_QUOTED:
            start, end = start - 1, end + 1
        return Scalar(self._names.setdefault(name, name), start, end), found.end()

    def _unusual_key(self, start: int) -> tuple[Scalar, int]:
        text, dialect = self._text, self._dialect
        mark = text[start : start + 1]
        if not mark:
            raise ParseError("the text ends where a key should stand", text, start)
        try:
            name, end = (dialect.string if mark in dialect.quotes else dialect.identifier)(text, start)
        except BadToken as error:
            self._refuse_comment(start)
            raise ParseError(error.message, text, start + error.at) from None
        colon = self._skip(end)
        if not text.startswith(":", colon):
            raise ParseError("expected ':' after the key", text, colon)
        return Scalar(self._names.setdefault(name, name), start, end), colon + 1

    def _escaped_string(self, position: int) -> Scalar:
        text, dialect = self._text, self._dialect
        start = self._skip(position)
        mark = text[start : start + 1]
        if not mark or mark not in dialect.quotes:
            self._refuse_value(start)
        try:
            value, end = dialect.string(text, start)
        except BadToken as error:
            raise ParseError(error.message, text, start + error.at) from None
        return Scalar(value, start, end)

    def _refuse_value(self, start: int) -> NoReturn:
        self._refuse_comment(start)
        mark = self._text[start : start + 1]
        if not mark:
            raise ParseError("the text ends where a value should stand", self._text, start)
        if mark == "\ufeff":
            raise ParseError("a byte order mark, which Torc refuses here", self._text, start)
        if mark in "]}" and self._text[:start].rstrip().endswith(","):
            raise ParseError(f"a comma before '{mark}'", self._text, start)
        raise ParseError(f"expected a value, found {mark!r}", self._text, start)

    def _refuse_after(self, inner: Sequence | Mapping, position: int) -> NoReturn:
        start = self._skip(position)
        self._refuse_comment(start)
        closing = "]" if isinstance(inner, Sequence) else "}"
        mark = self._text[start : start + 1]
        if not mark:
            raise ParseError(f"the text ends before the '{closing}' of what opens here", self._text, inner.start)
        raise ParseError(f"expected ',' or '{closing}', found {mark!r}", self._text, start)

    def _refuse_rest(self, position: int) -> None:
        start = self._skip(position)
        if start == len(self._text):
            return
        self._refuse_comment(start)
        raise ParseError(f"more text after the value: {self._text[start]!r}", self._text, start)

    def _refuse_comment(self, start: int) -> None:
        if not self._text.startswith("/", start):
            return
        mark = self._text[start : start + 2]
        if mark in ("//", "/*"):
            unclosed = mark == "/*" and self._text.find("*/", start + 2) < 0
            message = "this comment is never closed" if unclosed else f"{self._dialect.name} has no comments"
            raise ParseError(message, self._text, start)
