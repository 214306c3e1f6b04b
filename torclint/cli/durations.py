"""Spans of time on the command line."""

from __future__ import annotations

import re

from torclint.spec.quantities import QuantityError, runtime

_UNITS = {"": 1, "s": 1, "m": 60, "h": 3600, "d": 86400}


def seconds_of(text: str) -> float:
    """Seconds of `90`, `1.5h` or, as in a spec, `PT1H30M`. Raises QuantityError."""
    if text.startswith("P"):
        found = runtime(text)
        if found.ignored:
            raise QuantityError(
                f"the end of {text!r} means nothing: {found.ignored!r}", "write 90, 15m, 1.5h or PT1H30M"
            )
        seconds = float(found.seconds)
    else:
        match = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?) ?([smhd]?)", text.strip())
        if match is None:
            raise QuantityError(f"{text!r} is no span of time", "write 90, 15m, 1.5h or PT1H30M")
        seconds = float(match[1]) * _UNITS[match[2]]
    if seconds <= 0:
        raise QuantityError("no time at all", "write 90, 15m, 1.5h or PT1H30M")
    return seconds
