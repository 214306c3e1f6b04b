"""Parameter values as text, and templates with the values put in (Torc 1.0.0, parameter_expansion.rs:24, 537)."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.spec.rust_text import parse_unsigned

if TYPE_CHECKING:
    from collections.abc import Mapping

    from torclint.spec.domain import Value

# Rust keeps widths and precisions in 16 bits; Torc panics beyond that
MAX_WIDTH = 65_535


def format_value(value: Value, spec: str | None = None) -> str:
    """The text of `value` for `{p}` (spec None) or `{p:spec}`.

    Only `0<width>d` for an integer and `.<digits>f` for a float do something; any other spec gives the plain text.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, int):
        width = padding_width(spec) if spec is not None else None
        return str(value) if width is None else f"{value:0{width}d}" if width else str(value)
    digits = precision(spec) if spec is not None else None
    if digits is None or value != value or value in (_INF, -_INF):
        return _plain_float(value)
    return f"{value:.{digits}f}"


def padding_width(spec: str) -> int | None:
    """The width that `0<width>d` asks for, at most MAX_WIDTH; None where Torc ignores the spec for an integer."""
    if not (spec.startswith("0") and spec.endswith("d") and len(spec) > 2):
        return None
    width = parse_unsigned(spec[1:-1])
    return None if width is None else min(width, MAX_WIDTH)


def precision(spec: str) -> int | None:
    """The digits that `.<digits>f` asks for, at most MAX_WIDTH; None where Torc ignores the spec for a float."""
    if not (spec.startswith(".") and spec.endswith("f") and len(spec) > 2):
        return None
    digits = parse_unsigned(spec[1:-1])
    return None if digits is None else min(digits, MAX_WIDTH)


_INF = float("inf")


def _plain_float(value: float) -> str:
    """The shortest digits that read back as `value`, never with an exponent, as Rust's Display."""
    if value != value:
        return "NaN"
    if value in (_INF, -_INF):
        return "inf" if value > 0 else "-inf"
    mantissa, _, exponent = repr(value).partition("e")
    sign = "-" if mantissa.startswith("-") else ""
    whole, _, fraction = mantissa.lstrip("-").partition(".")
    fraction = "" if fraction == "0" else fraction
    shift = int(exponent or "0")
    if shift >= 0:
        whole, fraction = whole + fraction[:shift].ljust(shift, "0"), fraction[shift:]
    else:
        padded = whole.rjust(-shift + 1, "0")
        whole, fraction = padded[:shift], padded[shift:] + fraction
    return sign + (whole.lstrip("0") or "0") + ("." + fraction if fraction else "")


def substitute(text: str, values: Mapping[str, Value]) -> str:
    """`text` with the values of one item put in, as Torc does it: for each parameter every `{p:...}`, then every `{p}`.

    There is no escape: `${i}` becomes `$7` and `{{i}}` becomes `{7}`. Torc takes the parameters in random order, which
    matters only where the text of one value makes a token of another parameter; here the order is that of `values`.
    """
    if "{" not in text:
        return text
    for name, value in values.items():
        opening = "{" + name + ":"
        if opening in text:
            text = _put_formatted(text, opening, value)
        token = "{" + name + "}"
        if token in text:
            text = text.replace(token, format_value(value, None))
    return text


def _put_formatted(text: str, opening: str, value: Value) -> str:
    pieces = []
    cursor = 0
    while True:
        start = text.find(opening, cursor)
        end = text.find("}", start) if start >= 0 else -1
        if end < 0:
            break
        pieces.append(text[cursor:start])
        pieces.append(format_value(value, text[start + len(opening) : end]))
        cursor = end + 1
    pieces.append(text[cursor:])
    return "".join(pieces)
