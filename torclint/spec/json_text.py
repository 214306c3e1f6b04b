"""JSON text as serde_json writes it: compact, keys sorted, only what must be escaped is."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

_MUST_ESCAPE = re.compile('["\\\\\x00-\x1f]')
_SHORT = {'"': '\\"', "\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def compact_json(value: Any) -> str:
    """`value` (None, bool, int, float, str, list, dict) as compact JSON; serde_json's maps are sorted by key."""
    if value is None:
        return "null"
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        return _float(value)
    if isinstance(value, list):
        return "[" + ",".join(map(compact_json, value)) + "]"
    return "{" + ",".join(f"{_string(key)}:{compact_json(value[key])}" for key in sorted(value)) + "}"


def _string(text: str) -> str:
    return '"' + _MUST_ESCAPE.sub(_escape, text) + '"'


def _escape(found: re.Match[str]) -> str:
    character = found.group()
    return _SHORT.get(character) or f"\\u{ord(character):04x}"


def _float(value: float) -> str:
    """Shortest digits; an exponent (`1e-7`, `1.5e20`) outside 1e-5 .. 1e16, where Python's repr differs in the form."""
    mantissa, mark, exponent = repr(value).partition("e")
    if not mark:
        return mantissa
    power = int(exponent)
    if power != -5:
        return f"{mantissa}e{power}"
    sign = "-" if mantissa.startswith("-") else ""
    return f"{sign}0.0000{mantissa.lstrip('-').replace('.', '')}"
