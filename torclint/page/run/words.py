"""Numbers of a run in words."""

from __future__ import annotations

from torclint.spec.amounts import measured

_SHORT = 0.1  # seconds below which milliseconds are told
_HOUR = 3600


def lasted(seconds: float) -> str:
    """`12 ms`, `4.2 s`, `3 min 05 s`, `2 h 05 min`."""
    return f"{seconds * 1000:.0f} ms" if 0 < seconds < _SHORT else measured(seconds)


def cpu_time(seconds: float) -> str:
    """`4.2 CPU-s`, `12.5 CPU-min`, `1,234.5 CPU-h`."""
    for size, unit in ((_HOUR, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds / size:,.1f} CPU-{unit}"
    return f"{seconds:,.1f} CPU-s"


def share(part: float, whole: float) -> str:
    """`37%`; `under 1%` rather than a zero that is none."""
    percent = 100 * part / whole if whole > 0 else 0.0
    return "under 1%" if 0 < percent < 1 else f"{percent:.0f}%"
