"""Quoted and raw strings of KDL 2, on one line and on many, as crate kdl 6.7.1 reads them (v2_parser.rs)."""

from __future__ import annotations

import re

BLANK = r"\t \xa0\u1680\u2000-\u200a\u202f\u205f\u3000"
NEWLINE = r"\n\r\x0b\x0c\x85\u2028\u2029"
FORBIDDEN = r"\x00-\x08\x0e-\x1f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
LINE_BREAK = rf"(?:\r\n|[{NEWLINE}])"

_CHARACTERS = rf'[^"\\{NEWLINE}{FORBIDDEN}]++'
_ESCAPED = rf'\\(?:[\\"bfnrts]|u\{{[0-9a-fA-F]{{1,6}}\}}|[{BLANK}{NEWLINE}]++)'
_BODY = re.compile(rf"((?:{_CHARACTERS}|{_ESCAPED})*+)")
_ESCAPE = re.compile(_ESCAPED)
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "s": " ", "\\": "\\", '"': '"'}

_LINE_BREAK = re.compile(LINE_BREAK)
_LINE = re.compile(rf'((?:{_CHARACTERS}|{_ESCAPED}|"(?!""))*+){LINE_BREAK}')
_LAST_LINE = re.compile(rf'([{BLANK}]*+)(?:\\[{BLANK}{NEWLINE}]++)*+"""')
_EMPTY_LINE = re.compile(rf"[{BLANK}]*+{LINE_BREAK}")

_HASHES = re.compile(r"#++")
_RAW_LINE = re.compile(rf"([^{NEWLINE}{FORBIDDEN}]*+){LINE_BREAK}")
_BLANKS = re.compile(rf"[{BLANK}]*+")
_NOT_RAW = re.compile(rf"[{NEWLINE}{FORBIDDEN}]")


class MalformedString(ValueError):
    """What is wrong with a string, and where in the text."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


def quoted(text: str, start: int) -> tuple[str, int]:
    """The string in `"` or `\"\"\"` that starts at `start`, and its end. Raises MalformedString."""
    if text.startswith('"""', start):
        return _many_lines(text, start)
    found = _BODY.match(text, start + 1)
    assert found is not None  # it matches nothing as well
    end = found.end()
    if not text.startswith('"', end):
        raise MalformedString(*_complaint(text, start, end))
    return _decode(text, start + 1, end), end + 1


def _complaint(text: str, start: int, end: int) -> tuple[str, int]:
    if end >= len(text):
        return "this string is never closed", start
    if text[end] == "\\":
        return f"no such escape in KDL: {text[end : end + 2]!r}", end
    if _LINE_BREAK.match(text, end):
        return 'this string is not closed on its line; """ opens one that may span lines', start
    return f"the character U+{ord(text[end]):04X} may not stand in KDL; write it as an escape", end


def _decode(text: str, start: int, end: int) -> str:
    if text.find("\\", start, end) < 0:
        return text[start:end]

    def character(found: re.Match[str]) -> str:
        escape = found[0]
        if escape[1] != "u":
            return _ESCAPES.get(escape[1], "")
        code = int(escape[3:-1], 16)
        if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
            raise MalformedString(f"no such character: {escape}", start + found.start())
        return chr(code)

    return _ESCAPE.sub(character, text[start:end])


def _many_lines(text: str, start: int) -> tuple[str, int]:
    position = _first_line(text, start + 3)
    if position < 0:
        raise MalformedString('""" must be followed by a line end', start)
    lines: list[tuple[int, int]] = []
    while (last := _LAST_LINE.match(text, position)) is None:
        line = _LINE.match(text, position)
        if line is None:
            raise MalformedString('this string is not closed: """ must stand on a line of its own', start)
        lines.append((position, line.end(1)))
        position = line.end()
    indent = last[1]
    return "\n".join([_decode(text, *_unindented(text, indent, *line)) for line in lines]), last.end()


def raw(text: str, start: int) -> tuple[str, int] | None:
    """The raw string at `start`, where a `#` stands, and its end; None if it is none. Raises MalformedString."""
    found = _HASHES.match(text, start)
    assert found is not None
    opening = found.end()
    position = _first_line(text, opening + 3) if text.startswith('"""', opening) else -1
    if position >= 0:
        body = _many_raw_lines(text, position, '"""' + found[0])
    elif text.startswith('"', opening):
        body = _one_raw_line(text, opening + 1, '"' + found[0])
    else:
        return None
    if body is not None and body[0] == '"':
        raise MalformedString("a raw string may not be a single quote", start)
    return body


def _one_raw_line(text: str, start: int, closing: str) -> tuple[str, int] | None:
    end = text.find(closing, start)
    if end < 0 or _NOT_RAW.search(text, start, end):
        return None
    return text[start:end], end + len(closing)


def _many_raw_lines(text: str, position: int, closing: str) -> tuple[str, int] | None:
    lines: list[tuple[int, int]] = []
    while True:
        blanks = _BLANKS.match(text, position)
        assert blanks is not None
        if text.startswith(closing, blanks.end()):
            break
        line = _RAW_LINE.match(text, position)
        if line is None or closing in line[1]:
            return None
        lines.append((position, line.end(1)))
        position = line.end()
    parts = [_unindented(text, blanks[0], *line) for line in lines]
    return "\n".join([text[first:last] for first, last in parts]), blanks.end() + len(closing)


def _first_line(text: str, position: int) -> int:
    found = _LINE_BREAK.match(text, position)
    return found.end() if found is not None else -1


def _unindented(text: str, indent: str, start: int, end: int) -> tuple[int, int]:
    """Where the line from `start` to `end` begins and ends without `indent`; a line of blanks alone is empty."""
    if text.startswith(indent, start):
        start += len(indent)
        return (end, end) if _EMPTY_LINE.match(text, start) else (start, end)
    if _EMPTY_LINE.match(text, start):
        return end, end
    raise MalformedString('a line of a """ string must be indented like the line that closes it', start)
