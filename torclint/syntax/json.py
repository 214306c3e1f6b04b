"""JSON as Torc reads it: serde_json 1.0.154 without arbitrary_precision and float_roundtrip, with spans."""

from __future__ import annotations

import re

from torclint.syntax.json_scanner import UNICODE_ESCAPE, BadToken, Dialect, decode_unicode_escape, read
from torclint.syntax.node import Document, Node, Span

_SPACE = r"[ \t\n\r]*+"
_PLAIN = r'"([^"\\\x00-\x1f]*+)"'
_NEVER = r"((?!))"

_STRING = re.compile(rf'"((?:[^"\\\x00-\x1f]++|\\(?:["\\/bfnrt]|{UNICODE_ESCAPE}))*+)')
_ESCAPE = re.compile(rf"\\(?:{UNICODE_ESCAPE}|.)")
_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}

_FLOAT = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?)([0-9]+))?")
_MAX_U64 = 2**64 - 1
_MAX_EXPONENT = 2**31 - 1
_POWERS = [float(f"1e{exponent}") for exponent in range(309)]


def parse(text: str) -> Document:
    """Read one JSON value. Raises ParseError."""
    return Document(text, "json", read(text, _DIALECT), _find_comments)


def _find_comments(text: str, root: Node) -> list[Span]:
    return []


def _string(text: str, start: int) -> tuple[str, int]:
    found = _STRING.match(text, start)
    end = found.end() if found is not None else start
    if found is None or not text.startswith('"', end):
        raise _bad_string(text, start, end)
    return _ESCAPE.sub(_unescape, found[1]), end + 1


def _unescape(found: re.Match[str]) -> str:
    escape = found[0]
    if escape[1] == "u":
        return decode_unicode_escape(escape)
    return _ESCAPES.get(escape[1], escape[1])


def _bad_string(text: str, start: int, end: int) -> BadToken:
    if end >= len(text):
        return BadToken("this string is never closed")
    if text[end] == "\\":
        return BadToken(f"no such escape in JSON: {text[end : end + 2]!r}", end - start)
    return BadToken("a control character in a string; write it as an escape", end - start)


def _identifier(text: str, start: int) -> tuple[str, int]:
    raise BadToken(f"expected a key in double quotes, found {text[start]!r}")


def _number(text: str) -> int | float:
    if len(text) < 19 and (text.isdigit() or (text[0] == "-" and text[1:].isdigit() and text != "-0")):
        return int(text)
    found = _FLOAT.fullmatch(text)
    assert found is not None  # the value pattern is narrower
    sign, whole, fraction, exponent_sign, exponent = found.groups()
    magnitude = _magnitude(whole, fraction, exponent_sign == "-", exponent)
    if isinstance(magnitude, float):
        return -magnitude if sign else magnitude
    if not sign:
        return magnitude
    return -magnitude if 0 < magnitude <= 2**63 else -float(magnitude)


def _magnitude(whole: str, fraction: str | None, negative_exponent: bool, exponent: str | None) -> int | float:
    """The number without its sign, digit by digit as serde_json's de.rs takes it: the last bit may be off."""
    significand, used = _append(0, whole)
    scale = len(whole) - used
    if fraction is None and exponent is None and not scale:
        return significand
    if fraction is not None:
        significand, used = _append(significand, fraction)
        scale -= used
    if exponent is not None:
        digits = exponent.lstrip("0")
        if len(digits) > 10 or int(digits or "0") > _MAX_EXPONENT:
            if significand and not negative_exponent:
                raise BadToken("number out of range")
            return 0.0
        scale += -int(digits or "0") if negative_exponent else int(digits or "0")
    return _scaled(significand, scale)


def _append(significand: int, digits: str) -> tuple[int, int]:
    """`significand` with `digits` written behind it as far as 64 bits hold them, and how many they are."""
    for used, digit in enumerate(digits):
        longer = significand * 10 + int(digit)
        if longer > _MAX_U64:
            return significand, used
        significand = longer
    return significand, len(digits)


def _scaled(significand: int, exponent: int) -> float:
    value = float(significand)
    while exponent < -308 and value:
        value /= 1e308
        exponent += 308
    if not value:
        return value
    if exponent < 0:
        return value / _POWERS[-exponent]
    if exponent > 308 or value * _POWERS[exponent] == float("inf"):
        raise BadToken("number out of range")
    return value * _POWERS[exponent]


_DIALECT = Dialect(
    name="JSON",
    max_depth=127,  # serde_json de.rs:63, counted down before the value is read
    space=re.compile(_SPACE),
    value=re.compile(
        rf"{_SPACE}(?:{_PLAIN}|{_NEVER}|([\[{{])|(-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?+(?:[eE][+-]?+[0-9]++)?+)"
        r"|(true|false|null))"
    ),
    key=re.compile(rf"{_SPACE}(?:{_PLAIN}|{_NEVER}|{_NEVER}){_SPACE}:"),
    after=re.compile(rf"{_SPACE}(?:([\]}}])|(,))"),
    quotes='"',
    number=_number,
    string=_string,
    identifier=_identifier,
)
