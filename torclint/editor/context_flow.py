"""Contexts within brackets: JSON, JSON5 and the flow style of YAML, scanned from where the first bracket opens."""

from __future__ import annotations

import re

from torclint.editor.context import ITEM, KEY, VALUE, Context

_PIECE = re.compile(
    r"""(?P<string>"(?:[^"\\]|\\.)*"?|'(?:[^'\\]|\\.|'')*'?)|(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z)|(?:(?<=\s)|\A)\#[^\n]*)"""
    r"""|(?P<mark>[\[\]{},:])|(?P<word>[^\s\[\]{},:"'/\#]+|[/\#])""",
    re.VERBOSE | re.DOTALL,
)
_YAML_PIECE = re.compile(
    r"""(?P<string>"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?)|(?P<comment>(?:(?<=\s)|\A)\#[^\n]*)"""
    r"""|(?P<mark>[\[\]{},]|:(?=[\s,\[\]{}]|\Z)|(?<=["']):)|(?P<word>(?:[^\s\[\]{},:"']|:(?=[^\s,\[\]{}])|(?<=[^\s\[{,:])["'])+)""",
    re.VERBOSE | re.DOTALL,
)


class _Open:
    """A bracket that is not closed: `keys` are those of a mapping so far, `key` is the one whose value comes."""

    __slots__ = ("is_mapping", "key", "keys", "last")

    def __init__(self, is_mapping: bool) -> None:
        self.is_mapping = is_mapping
        self.keys: list[str] = []
        self.key: str | None = None
        self.last = ""  # what was read since the last comma


def flow_context(text: str, start: int, offset: int, path: tuple[str, ...], *, is_yaml: bool) -> Context | None:
    """The context at text[offset] if a bracket that opens at text[start] or later is open there; `path` leads to `start`."""
    opened: list[_Open] = []
    at_cursor: re.Match[str] | None = None
    for piece in (_YAML_PIECE if is_yaml else _PIECE).finditer(text, start, offset):
        at_cursor = piece if piece.end() == offset else None
        kind = piece.lastgroup
        if kind == "comment":
            continue
        if kind != "mark":
            if opened:
                opened[-1].last = _plain(piece[0])
            continue
        at_cursor = None
        if piece[0] in "[{":
            opened.append(_Open(piece[0] == "{"))
        elif not opened:
            return None
        elif piece[0] in "]}":
            opened.pop()
            if not opened and is_yaml:
                return None
        elif piece[0] == ":":
            _take_key(opened[-1])
        else:
            opened[-1].key, opened[-1].last = None, ""
    if not opened or (at_cursor is not None and at_cursor.lastgroup == "comment"):
        return None
    return _context(opened, text, offset, path, at_cursor, is_yaml)


def _take_key(inner: _Open) -> None:
    inner.key = inner.last
    if inner.is_mapping:
        inner.keys.append(inner.last)


def _context(
    opened: list[_Open],
    text: str,
    offset: int,
    path: tuple[str, ...],
    at_cursor: re.Match[str] | None,
    is_yaml: bool,
) -> Context | None:
    written = "" if at_cursor is None else at_cursor[0]
    quote = written[:1] if written[:1] in ("'", '"') else ""
    if quote and len(written) > 1 and written.endswith(quote):
        return None  # behind a string that is closed
    around = (*path, *(each.key for each in opened if each.key is not None))
    inner = opened[-1]
    role = ITEM if not inner.is_mapping else KEY if inner.key is None else VALUE
    taken = frozenset(inner.keys) | _keys_after(text, offset) if role == KEY else frozenset()
    return Context(around, role, written[len(quote) :], offset - len(written) + len(quote), quote, taken, is_yaml)


_AFTER = re.compile(r"""["']?([A-Za-z_]\w*)["']?\s*:""")


def _keys_after(text: str, offset: int) -> frozenset[str]:
    """Keys that follow on the way to the next bracket."""
    end = min((place for mark in "[]{}" if (place := text.find(mark, offset)) >= 0), default=len(text))
    return frozenset(found[1] for found in _AFTER.finditer(text, offset, min(end, offset + 2000)))


def _plain(word: str) -> str:
    return word.strip("\"'") if word[:1] in ("'", '"') else word
