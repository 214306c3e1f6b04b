r"""Reads what follows a backslash: escaped characters, `\x41`, `\p{..}`, `\d`, `\b{start}` (ast/parse.rs)."""

from __future__ import annotations

from torclint.names.rust_regex.syntax_tree import (
    END_TEXT,
    HALF_END,
    HALF_START,
    NOT_WORD,
    START_TEXT,
    WORD,
    WORD_END,
    WORD_START,
    Assertion,
    Literal,
    Node,
    Perl,
    Property,
)
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from torclint.names.rust_regex.scanner import Scanner

_UNEXPECTED_END = "incomplete escape sequence, reached end of pattern prematurely"
_CONTROLS = {"a": "\a", "f": "\f", "t": "\t", "n": "\n", "r": "\r", "v": "\v"}
_ASSERTIONS = {"A": START_TEXT, "z": END_TEXT, "B": NOT_WORD, "<": WORD_START, ">": WORD_END}
_NAMED_BOUNDARIES = {"start": WORD_START, "end": WORD_END, "start-half": HALF_START, "end-half": HALF_END}
_HEX_DIGITS = frozenset("0123456789abcdefABCDEF")
_HEX_WIDTH = {"x": 2, "u": 4, "U": 8}


def parse_escape(scanner: Scanner) -> Node:
    """The escape at the scanner, which stands on the backslash."""
    start = scanner.offset
    if not scanner.bump():
        scanner.fail(_UNEXPECTED_END, start, scanner.offset)
    char = scanner.char
    if "0" <= char <= "9":
        scanner.fail("backreferences are not supported", start, scanner.offset + 1)
    if char in "xuU":
        return _parse_hex(scanner, start)
    if char in "pP":
        return _parse_property(scanner, start)
    scanner.bump()
    end = scanner.offset
    if char in "dswDSW":
        return Perl(start, end, char.lower(), char.isupper())
    if char.isascii() and not char.isalnum() and char not in "<>":
        return Literal(start, end, char)
    if char in _CONTROLS:
        return Literal(start, end, _CONTROLS[char])
    if char in _ASSERTIONS:
        return Assertion(start, end, _ASSERTIONS[char])
    if char != "b":
        scanner.fail("unrecognized escape sequence", start, end)
    kind = _parse_named_boundary(scanner, start) if scanner.char == "{" else WORD
    return Assertion(start, scanner.offset, kind)


def _parse_named_boundary(scanner: Scanner, boundary_start: int) -> int:
    r"""The kind of `\b{...}`; WORD, and nothing read, where the braces can only be a repetition."""
    start = scanner.offset
    if not scanner.bump_and_skip():
        scanner.fail(
            "found either the beginning of a special word boundary or a bounded repetition on a \\b with an opening"
            " brace, but no closing brace",
            boundary_start,
            scanner.offset,
        )
    content_start = scanner.offset
    if not _in_boundary_name(scanner.char):
        scanner.offset = start
        return WORD
    letters = []
    while not scanner.at_end and _in_boundary_name(scanner.char):
        letters.append(scanner.char)
        scanner.bump_and_skip()
    if scanner.char != "}":
        scanner.fail(
            "special word boundary assertion is either unclosed or contains an invalid character", start, scanner.offset
        )
    kind = _NAMED_BOUNDARIES.get("".join(letters))
    if kind is None:
        scanner.fail(
            "unrecognized special word boundary assertion, valid choices are: start, end, start-half or end-half",
            content_start,
            scanner.offset,
        )
    scanner.bump()
    return kind


def _in_boundary_name(char: str) -> bool:
    return char == "-" or (char.isascii() and char.isalpha())


def _parse_hex(scanner: Scanner, start: int) -> Literal:
    letter = scanner.char
    if not scanner.bump_and_skip():
        scanner.fail(_UNEXPECTED_END, scanner.offset, scanner.offset)
    if scanner.char == "{":
        return _parse_hex_braces(scanner, start)
    digits_start = scanner.offset
    digits = ""
    for index in range(_HEX_WIDTH[letter]):
        if index and not scanner.bump_and_skip():
            scanner.fail(_UNEXPECTED_END, scanner.offset, scanner.offset)
        digits += _hex_digit(scanner)
    scanner.bump_and_skip()
    char = _scalar(scanner, digits, digits_start, scanner.offset)
    return Literal(start, scanner.offset, char, is_byte=letter == "x")


def _parse_hex_braces(scanner: Scanner, start: int) -> Literal:
    brace = scanner.offset
    digits = ""
    while scanner.bump_and_skip() and scanner.char != "}":
        digits += _hex_digit(scanner)
    if scanner.at_end:
        scanner.fail(_UNEXPECTED_END, brace, scanner.offset)
    digits_end = scanner.offset
    scanner.bump_and_skip()
    if not digits:
        scanner.fail("hexadecimal literal empty", brace, scanner.offset)
    return Literal(start, scanner.offset, _scalar(scanner, digits, brace + 1, digits_end))


def _hex_digit(scanner: Scanner) -> str:
    if scanner.char not in _HEX_DIGITS:
        scanner.fail("invalid hexadecimal digit", scanner.offset, scanner.offset + 1)
    return scanner.char


def _scalar(scanner: Scanner, digits: str, start: int, end: int) -> str:
    significant = digits.lstrip("0") or "0"
    code = int(significant, 16) if len(significant) <= 6 else -1
    if not 0 <= code <= 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        scanner.fail("hexadecimal literal is not a Unicode scalar value", start, end)
    return chr(code)


def _parse_property(scanner: Scanner, start: int) -> Property:
    negated = scanner.char == "P"
    if not scanner.bump_and_skip():
        scanner.fail(_UNEXPECTED_END, scanner.offset, scanner.offset)
    if scanner.char != "{":
        letter = scanner.char
        if letter == "\\":
            scanner.fail("invalid Unicode character class", scanner.offset, scanner.offset + 1)
        scanner.bump_and_skip()
        return Property(start, scanner.offset, letter, None, negated)
    letters = []
    while scanner.bump_and_skip() and scanner.char != "}":
        letters.append(scanner.char)
    if scanner.at_end:
        scanner.fail(_UNEXPECTED_END, scanner.offset, scanner.offset)
    scanner.bump()
    content = "".join(letters)
    for operator in ("!=", ":", "="):
        name, found, value = content.partition(operator)
        if found:
            return Property(start, scanner.offset, name, value, negated != (operator == "!="))
    return Property(start, scanner.offset, content, None, negated)
