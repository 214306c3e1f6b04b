"""JSON5 as Torc reads it: crate json5 1.3.6 into a JSON value, with spans and comments."""

from __future__ import annotations

import re

from torclint.syntax.json_scanner import UNICODE_ESCAPE, BadToken, Dialect, decode_unicode_escape, read
from torclint.syntax.node import Document, Node, Span

_LINE_END = r"\n\r\u2028\u2029"
_COMMENT = rf"//[^{_LINE_END}]*+|/\*[^*]*+(?:\*(?!/)[^*]*+)*+\*/"
_BLANK = r"[\t-\r \xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]"
_SPACE = rf"{_BLANK}*+(?:(?:{_COMMENT}){_BLANK}*+)*+"
_DOUBLE_QUOTED = r'"([^"\\\n\r]*+)"'
_SINGLE_QUOTED = r"'([^'\\\n\r]*+)'"

_ESCAPED = rf"\\(?:{UNICODE_ESCAPE}|\r\n|x[0-9a-fA-F]{{2}}|0(?![0-9])|[^ux0-9])"
_STRINGS = {mark: re.compile(rf"{mark}((?:[^{mark}\\\n\r]++|{_ESCAPED})*+)", re.DOTALL) for mark in "\"'"}
_ESCAPE = re.compile(_ESCAPED, re.DOTALL)
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "0": "\0"}
_UNICODE_ESCAPE = re.compile(rf"\\{UNICODE_ESCAPE}")

_COMMENT_OR_STRING = re.compile(rf"""({_COMMENT})|"(?:[^"\\]|\\.)*+"|'(?:[^'\\]|\\.)*+'""", re.DOTALL)

_WHOLE = re.compile(r"[+-]?[0-9]+")
_FLOAT = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_INFINITE = frozenset([float("inf"), float("-inf")])


def parse(text: str) -> Document:
    """Read one JSON5 value. Raises ParseError."""
    return Document(text, "json5", read(text, _DIALECT), _find_comments)


def _find_comments(text: str, root: Node) -> list[Span]:
    """The spans of all comments of a text that was read without error."""
    return [Span(*found.span()) for found in _COMMENT_OR_STRING.finditer(text) if found.lastindex]


def _string(text: str, start: int) -> tuple[str, int]:
    found = _STRINGS[text[start]].match(text, start)
    assert found is not None  # it takes any text that starts with the quote
    end = found.end()
    if not text.startswith(text[start], end):
        raise _bad_string(text, start, end)
    return _ESCAPE.sub(_unescape, found[1]), end + 1


def _unescape(found: re.Match[str]) -> str:
    escape = found[0]
    mark = escape[1]
    if mark == "u":
        return decode_unicode_escape(escape)
    if mark == "x":
        return chr(int(escape[2:], 16))
    if mark in "\n\r\u2028\u2029":
        return ""
    return _ESCAPES.get(mark, mark)


def _bad_string(text: str, start: int, end: int) -> BadToken:
    if end >= len(text):
        return BadToken("this string is never closed")
    if text[end] == "\\":
        return BadToken(f"no such escape in JSON5: {text[end : end + 2]!r}", end - start)
    return BadToken("this string is not closed on its line")


def _identifier(text: str, start: int) -> tuple[str, int]:
    from torclint.syntax.json5_letters import continues_key, starts_key

    fits = starts_key
    position = start
    characters: list[str] = []
    while position < len(text):
        character = text[position]
        escape = _UNICODE_ESCAPE.match(text, position) if character == "\\" else None
        if escape is not None:
            character = decode_unicode_escape(escape[0])
        if not fits(character):
            if escape is not None or not characters:
                raise BadToken(f"expected a key, found {character!r}", position - start)
            break
        characters.append(character)
        position = escape.end() if escape is not None else position + 1
        fits = continues_key
    return "".join(characters), position


def _number(text: str) -> int | float | None:
    if text.isdigit() and len(text) < 19:
        return int(text)
    bare = text.lstrip("+-")
    if bare in ("Infinity", "NaN"):
        return None  # serde_json has no such number
    if bare[:2] in ("0x", "0X"):
        return _hexadecimal(bare[2:].lstrip("0"), text[0] == "-")
    if bare == "0":
        return 0  # `-0` too: json5 de.rs reads a lone 0 without its sign
    if _WHOLE.fullmatch(text) and len(text) < 60:
        whole = int(text)
        if -(2**127) <= whole < 2**128:
            return _within_json(whole)
    if not _FLOAT.fullmatch(text):
        raise BadToken(f"{text[:40]!r} is not a number")
    value = float(text)
    return None if value in _INFINITE else value


def _hexadecimal(digits: str, negative: bool) -> int:
    if len(digits) > 32:
        raise BadToken("number out of range")
    return _within_json(-int(digits or "0", 16) if negative else int(digits or "0", 16))


def _within_json(whole: int) -> int:
    if not -(2**63) <= whole < 2**64:
        raise BadToken("JSON number out of range")
    return whole


_DIALECT = Dialect(
    name="JSON5",
    max_depth=300,  # the crate has no limit but its stack; plain data nested deeper would not fit Python's
    space=re.compile(_SPACE),
    value=re.compile(
        rf"{_SPACE}(?:{_DOUBLE_QUOTED}|{_SINGLE_QUOTED}|([\[{{])"
        r"|([+-]?+(?:0(?:[xX][0-9a-fA-F]++|[.eE][0-9+\-.eE]*+|(?![0-9]))|[.1-9][0-9+\-.eE]*+|Infinity|NaN))"
        r"|(true|false|null))"
    ),
    key=re.compile(rf"{_SPACE}(?:{_DOUBLE_QUOTED}|{_SINGLE_QUOTED}|([$_a-zA-Z][$_a-zA-Z0-9]*+)){_SPACE}:"),
    after=re.compile(rf"{_SPACE}(?:,?{_SPACE}([\]}}])|(,))"),
    quotes="\"'",
    number=_number,
    string=_string,
    identifier=_identifier,
)
