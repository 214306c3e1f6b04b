"""How times and sizes are written for people, the same everywhere."""

from __future__ import annotations

import time


def time_text(seconds: float | None) -> str:
    """`45 s`, `1 min 30 s`, `12 min`, `3 h 05 min`, `5 d 02 h`; tenths below a minute where there are any; `never` for None."""
    if seconds is None:
        return "never"
    if round(seconds, 1) < 60:
        return f"{seconds:.0f} s" if seconds == int(seconds) else f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest:02d} s" if rest else f"{minutes} min"
    hours, minutes = divmod(round(seconds / 60), 60)
    if hours < 48:
        return f"{hours} h {minutes:02d} min" if minutes else f"{hours} h"
    days, hours = divmod(round(seconds / 3600), 24)
    return f"{days:,} d {hours:02d} h" if hours else f"{days:,} d"


def measured(seconds: float) -> str:
    """A time that was measured: always with tenths below a minute."""
    return f"{seconds:.1f} s" if round(seconds, 1) < 60 else time_text(seconds)


def size_text(number_of_bytes: int) -> str:
    """`512 MiB`, `1.5 GiB`."""
    number = float(number_of_bytes)
    for unit in ("B", "KiB", "MiB", "GiB", "TiB"):
        if number < 1024 or unit == "TiB":
            return f"{number:,.0f} {unit}" if number == int(number) else f"{number:,.1f} {unit}"
        number /= 1024
    raise AssertionError


def moment(time_stamp: float) -> str:
    """Seconds since 1970 as date and time of this place."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(time_stamp))
