"""The arguments and properties of a KDL node, with those that `/-` takes out."""

from __future__ import annotations

import re

from torclint.syntax.kdl_lexer import IDENTIFIER, PLAIN_STRING, RESERVED, Lexer
from torclint.syntax.kdl_strings import BLANK, NEWLINE
from torclint.syntax.kdl_tree import Entry
from torclint.syntax.node import ParseError, Span

MAX_DROPS = 200  # `/- /- /- ...`: the crate has no limit but its stack

_SPACE = rf"[{BLANK}]"
_NO_KEY = rf"(?!{_SPACE}*+(?:=|/\*|\\))"
_ENDS = rf"(?=[{BLANK}{NEWLINE};{{}}]|\Z)"
# what most entries are; groups: key, quoted string, bare string, keyword, whole number
_COMMON_ENTRY = re.compile(
    rf"{_SPACE}++(?:({IDENTIFIER})=)?+(?:{PLAIN_STRING}|({IDENTIFIER})|#(true|false|null)|(-?[0-9]{{1,18}}))"
    rf"{_ENDS}{_NO_KEY}"
)
_KEYWORDS = {"true": True, "false": False, "null": None}


class EntryReader:
    """Reads entries; the spans that `/-` takes out of them go to `dropped`."""

    __slots__ = ("_dropped", "_lexer", "_text")

    def __init__(self, lexer: Lexer, dropped: list[Span]) -> None:
        self._text = lexer.text
        self._lexer = lexer
        self._dropped = dropped

    def entry(self, position: int) -> Entry | None:
        """The entry after the space at `position`, if there are both."""
        return self._common_entry(position) or self._entry_after_space(position)

    def dropped(self, position: int, depth: int = 0) -> list[Span]:
        """The entries from `position` on that `/-` takes out; none if it takes out something else."""
        lexer = self._lexer
        spans: list[Span] = []
        while self._text.startswith("/-", position):
            start = lexer.node_space(lexer.line_space(position + 2))
            entry = self._entry(start, depth + 1)
            if entry is None:
                break
            spans.append(Span(position, entry.end))
            space = lexer.node_space(entry.end)
            if space == entry.end:
                break
            position = space
        return spans

    def _common_entry(self, position: int) -> Entry | None:
        found = _COMMON_ENTRY.match(self._text, position)
        if found is None:
            return None
        key, quoted, bare, keyword, number = found.groups()
        if key in RESERVED or bare in RESERVED:
            return None
        key_start, key_end = found.span(1)
        if quoted is not None:
            return Entry(quoted, found.start(2) - 1, found.end(2) + 1, None, key, key_start, key_end)
        if bare is not None:
            return Entry(bare, found.start(3), found.end(3), None, key, key_start, key_end)
        if keyword is not None:
            return Entry(_KEYWORDS[keyword], found.start(4) - 1, found.end(4), None, key, key_start, key_end)
        return Entry(int(number), found.start(5), found.end(5), None, key, key_start, key_end)

    def _entry_after_space(self, position: int) -> Entry | None:
        start = self._lexer.node_space(position)
        return self._entry(start, 0) if start > position else None

    def _entry(self, position: int, depth: int) -> Entry | None:
        """The entry at `position`, behind the dropped ones that stand before it."""
        text, lexer = self._text, self._lexer
        if text.startswith("/-", position):
            if depth > MAX_DROPS:
                raise ParseError(f"more than {MAX_DROPS} times '/-' in a row", text, position)
            spans = self.dropped(position, depth)
            end = spans[-1].end if spans else position
            start = lexer.node_space(end)
            if start == end:
                return None
            entry = self._bare_entry(start)
            if entry is not None and depth == 0:
                self._dropped += spans
            return entry
        return self._bare_entry(position)

    def _bare_entry(self, position: int) -> Entry | None:
        text, lexer = self._text, self._lexer
        key = None if text.startswith("(", position) else lexer.string(position)
        if key is None:
            return self._value(position)
        name, end = key
        equals = lexer.node_space(end)
        if not text.startswith("=", equals):
            return Entry(name, position, end)
        start = lexer.node_space(equals + 1)
        entry = self._value(start)
        if entry is None:
            raise ParseError(f"expected a value for the property {name!r}", text, start)
        entry.key, entry.key_start, entry.key_end = name, position, end
        return entry

    def _value(self, position: int) -> Entry | None:
        lexer = self._lexer
        annotation = None
        start = position
        if self._text.startswith("(", position):
            annotation, position = lexer.annotation(position)
            start = lexer.node_space(position)
        found = lexer.value(start)
        if found is not None:
            return Entry(found[0], start, found[1], annotation)
        if annotation is not None:
            raise ParseError("expected a value after its type", self._text, start)
        return None
