"""How Rust reads numbers and white space in text, where Python's own functions take more or less."""

from __future__ import annotations

import re

# Unicode White_Space, which str::trim strips; Python's strip() also takes U+001C to U+001F
WHITE_SPACE = (
    "\t\n\x0b\x0c\r \x85\xa0\u1680" + "".join(map(chr, range(0x2000, 0x200B))) + "\u2028\u2029\u202f\u205f\u3000"
)

I64_MIN, I64_MAX = -(2**63), 2**63 - 1
I32_MIN, I32_MAX = -(2**31), 2**31 - 1
U64_MAX = 2**64 - 1

_INTEGER = re.compile(r"[+-]?[0-9]+")
_UNSIGNED = re.compile(r"\+?[0-9]+")
_FLOAT = re.compile(
    r"[+-]?(?:inf|infinity|nan|(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[+-]?[0-9]+)?)", re.IGNORECASE | re.ASCII
)
_LINE_END = re.compile(r"\r?\n")


def trim(text: str) -> str:
    """`str::trim`."""
    return text.strip(WHITE_SPACE)


def parse_i64(text: str) -> int | None:
    """`str::parse::<i64>`: a sign and digits, nothing else; None where Rust gives an error."""
    if _INTEGER.fullmatch(text) is None:
        return None
    number = _digits(text)
    return number if number is not None and I64_MIN <= number <= I64_MAX else None


def parse_unsigned(text: str, limit: int = U64_MAX) -> int | None:
    """`str::parse::<u64>`, or with another `limit` that of a smaller type; None where Rust gives an error."""
    if _UNSIGNED.fullmatch(text) is None:
        return None
    number = _digits(text)
    return number if number is not None and number <= limit else None


def _digits(text: str) -> int | None:
    significant = text.lstrip("+-").lstrip("0")
    if len(significant) > 20:
        return None
    number = int(significant or "0")
    return -number if text.startswith("-") else number


def parse_f64(text: str) -> float | None:
    """`str::parse::<f64>`: also `.5`, `5.`, `1e3`, `inf` and `nan` in any case; None where Rust gives an error."""
    if _FLOAT.fullmatch(text) is None:
        return None
    return float(text)


def lines(text: str) -> list[str]:
    """`str::lines`: ends at LF or CRLF, without an empty line at the end."""
    found = _LINE_END.split(text)
    if found[-1] == "":
        found.pop()
    return found
