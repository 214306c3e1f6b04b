"""How a parameter value is written into a text: Rust's own number formats (Torc 1.0.0, parameter_expansion.rs:10-48)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torclint.spec.domain import Value

_MAX_WIDTH = 10_000  # characters; Torc has no limit, a name has

_PADDED = re.compile(r"0\+?([0-9]+)d")
_FIXED = re.compile(r"\.\+?([0-9]+)f")


def format_value(value: Value, spec: str | None = None) -> str:
    """The text of `value` in a slot `{p}` or `{p:spec}`; a spec that does not fit the type is ignored, as Torc does."""
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        width = padded_width(spec)
        return f"{value:0{width}d}" if width else str(value)
    found = _FIXED.fullmatch(spec) if spec else None
    if found is None or value != value or value in (float("inf"), float("-inf")):
        return _shortest(value)
    return f"{value:.{min(int(found[1]), _MAX_WIDTH)}f}"


def padded_width(spec: str | None) -> int:
    """To how many characters, the minus sign included, `spec` pads an integer with zeros; 0 for not at all."""
    found = _PADDED.fullmatch(spec) if spec else None
    return min(int(found[1]), _MAX_WIDTH) if found else 0


def _shortest(value: float) -> str:
    """The shortest decimal that reads back as `value`, never with an exponent and without a trailing `.0`."""
    if value != value:
        return "NaN"
    text = repr(value)
    if "e" not in text:
        return text.removesuffix(".0")
    mantissa, _, exponent = text.partition("e")
    sign = "-" if mantissa.startswith("-") else ""
    whole, _, fraction = mantissa.lstrip("-").partition(".")
    digits, point = whole + fraction, len(whole) + int(exponent)
    if point <= 0:
        return f"{sign}0.{'0' * -point}{digits}"
    return sign + digits + "0" * (point - len(digits))
