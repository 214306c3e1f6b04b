"""How text looks in a terminal: cells it takes, characters that must not reach it raw, and lines of limited width."""

from __future__ import annotations

import re

_GAP = "..."  # in the place of what is cut out
_BREAK = re.compile(r" (?!(?<=\d )(?:s|min|h|d|B|kB|MB|GB|TB|KiB|MiB|GiB|TiB)\b)")
_SET_IN = 2  # cells by which a line that goes on is set in
TAB = 4  # cells from one tab stop to the next in an excerpt

# control characters, text-direction overrides, lone surrogates: a file must not be able to steer the terminal
_RAW = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_LOOKS = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;[^\x1b]*\x1b\\")  # colours and links, which take no room
_ESCAPES = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}


def visible(text: str) -> str:
    """`text` on one line, with every control character written as an escape."""
    return _RAW.sub(_escape, text)


def _escape(found: re.Match[str]) -> str:
    char = found.group()
    code = ord(char)
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"  # a byte of a file name that is no text
    return _ESCAPES.get(char) or (f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}")


def lay_out(line: str) -> tuple[list[str], list[int]]:
    """What to print for each code point of `line`, and the cell that each starts at; one more start for the end.

    A tab becomes spaces up to the next tab stop, any other control character one `?`-like mark.
    """
    shown: list[str] = []
    starts = [0]
    cell = 0
    for char in line:
        if char == "\t":
            piece = " " * (TAB - cell % TAB)
            width = len(piece)
        elif _RAW.match(char):
            piece, width = "\ufffd" if ord(char) > 127 else "?", 1
        else:
            piece, width = char, 1 if char.isascii() else _width(char)
        shown.append(piece)
        cell += width
        starts.append(cell)
    return shown, starts


def _width(char: str) -> int:
    from unicodedata import category, east_asian_width  # only texts beyond ASCII pay for the tables

    if category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if east_asian_width(char) in "WF" else 1


def width(text: str) -> int:
    """Cells that `text` takes, whatever its colours."""
    if "\x1b" in text:
        text = _LOOKS.sub("", text)
    return len(text) if text.isascii() else sum(1 if char.isascii() else _width(char) for char in text)


def wrap(text: str, limit: int, first: int | None = None) -> list[str]:
    """`text` in lines of at most `limit` cells, and `first` for the first one, broken between words, but not between a number
    and its unit; a longer word has a line of its own."""
    lines: list[str] = []
    line = ""
    for word in _BREAK.split(text):
        if line and width(line) + 1 + width(word) > (limit if lines or first is None else first):
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def broken(line: str, limit: int) -> list[str]:
    """`line` as one or more of at most `limit` cells: what goes on stands below, set in."""
    if width(line) <= limit:
        return [line]
    text = line.lstrip(" ")
    indent = min(len(line) - len(text), limit // 2)
    first, *rest = wrap(text, max(limit - indent - _SET_IN, 1), limit - indent)
    return [" " * indent + first, *(" " * (indent + _SET_IN) + more for more in rest)]


def cut(text: str, limit: int) -> str:
    """`text` in at most `limit` cells; what is too long is cut out behind its middle, since names differ at either end."""
    if width(text) <= limit:
        return text
    if limit <= len(_GAP):
        return _GAP[:limit]
    head = tail = text
    while width(head) > (limit - len(_GAP)) * 2 // 3:
        head = head[:-1]
    while width(head) + len(_GAP) + width(tail) > limit:
        tail = tail[1:]
    return f"{head}{_GAP}{tail}"
