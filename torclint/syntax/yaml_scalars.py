"""What a plain YAML scalar means to Torc: serde_yaml 0.9 read into a JSON value (serde_yaml de.rs:925-1147)."""

from __future__ import annotations

import re

_FLOAT = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_LEADING_ZERO = re.compile(r"[+-]?0[0-9]+")
_DECIMAL = re.compile(r"[+-]?[0-9]+")
_RADIX = re.compile(r"([+-]?)0(?:x([0-9a-fA-F]+)|o([0-7]+)|b([01]+))")
_NULLS = frozenset(["", "~", "null", "Null", "NULL"])
_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_NOT_FINITE = frozenset(
    [".inf", ".Inf", ".INF", "-.inf", "-.Inf", "-.INF", ".nan", ".NaN", ".NAN", "+.inf", "+.Inf", "+.INF"]
)
_FIRST = frozenset("+-.0123456789")

YAML_TAG = "tag:yaml.org,2002:"


class OutOfRange(ValueError):
    """An integer that JSON numbers of Torc cannot hold: below i64 or above u64, within 128 bits."""


class NotOfTag(ValueError):
    """The text does not fit the tag it is written with, such as `!!int x`."""


def resolve_plain(text: str) -> bool | int | float | str | None:
    """The value of the plain scalar `text`. Raises OutOfRange."""
    if text in _NULLS:
        return None
    if text in _BOOLS:
        return _BOOLS[text]
    if text[0] not in _FIRST:
        return text
    number = _integer(text)
    if number is not None:
        return number
    if _LEADING_ZERO.fullmatch(text):
        return text
    return _float(text)


def resolve_tagged(text: str, tag: str) -> bool | int | float | str | None:
    """The value of a scalar with a `!!tag`; a tag that serde_yaml does not know makes it a string. Raises NotOfTag."""
    kind = tag.removeprefix(YAML_TAG)
    if kind == "bool" and tag != kind:
        if text in _BOOLS:
            return _BOOLS[text]
        raise NotOfTag("a boolean")
    if kind == "null" and tag != kind:
        if text in _NULLS and text:
            return None
        raise NotOfTag("null")
    if kind == "int" and tag != kind:
        number = _integer(text)
        if number is None:
            raise NotOfTag("an integer")
        return number
    if kind == "float" and tag != kind:
        value = _float(text)
        if value == text:
            raise NotOfTag("a float")
        return value
    return text


def _integer(text: str) -> int | None:
    if _DECIMAL.fullmatch(text):
        if _LEADING_ZERO.fullmatch(text):
            return None
        if len(text) > 60:
            return None
        return _within_json(int(text))
    radix = _RADIX.fullmatch(text)
    if radix is None:
        return None
    sign, hexadecimal, octal, binary = radix.groups()
    digits, base = (hexadecimal, 16) if hexadecimal else (octal, 8) if octal else (binary, 2)
    if len(digits) > 200 and not digits.lstrip("0"):
        return 0
    number = int(digits, base)
    return _within_json(-number if sign == "-" else number)


def _within_json(number: int) -> int | None:
    if -(2**63) <= number < 2**64:
        return number
    if -(2**127) <= number < 2**128:
        raise OutOfRange("JSON number out of range")
    return None


def _float(text: str) -> float | str | None:
    if text in _NOT_FINITE:
        return None  # serde_json has no such number: it becomes null
    if not _FLOAT.fullmatch(text):
        return text
    number = float(text)
    return text if number in (float("inf"), float("-inf")) else number
