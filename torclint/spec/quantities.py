"""Memory, run time, wall time and GPUs as Torc reads them from text (Torc 1.0.0: memory_utils.rs:32, time_utils.rs:7,
commands/slurm.rs:1032, hpc/slurm.rs:378; iso8601 0.6.6, parsers.rs:249)."""

from __future__ import annotations

import re

from torclint.record import Record
from torclint.spec.rust_text import I64_MAX, parse_i64, parse_unsigned, trim

U32_MAX = 2**32 - 1

_UNITS = {"k": 1024, "m": 1024**2, "g": 1024**3, "t": 1024**4}
_UNIT_SECONDS = {"Y": 31_557_600, "m": 2_629_800, "W": 604_800, "D": 86_400, "H": 3_600, "M": 60, "S": 1}

_COMPONENT = re.compile(r"([0-9]+)([A-Z])")
_FRACTION = re.compile(r"([0-9]+)[,.][0-9]*S")
_TIMESTAMP = re.compile(
    r"P(?P<Y>[0-9]{4})-?(?P<m>0[1-9]|1[0-2])-?(?P<D>0[1-9]|[12][0-9]|3[01])"
    r"T(?P<H>[01][0-9]|2[0-4]):?(?P<M>[0-5][0-9])(?::?(?P<S>[0-5][0-9]|60))?(?:[,.][0-9]*)?"
)


class QuantityError(ValueError):
    """Torc cannot read a quantity. `advice` says what to write."""

    def __init__(self, message: str, advice: str) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice


class Duration(Record):
    """A run time: what Torc makes of it, and the end of the text that it ignores."""

    seconds: int
    ignored: str


_MEMORY_ADVICE = "write an integer with at most one of the letters k, m, g, t: 512m, 4g"


def memory_bytes(text: str) -> int:
    """Bytes of a memory text: an integer with at most one letter, 1024-based. Raises QuantityError."""
    text = trim(text)
    if not text:
        raise QuantityError("an empty text is no amount of memory", _MEMORY_ADVICE)
    number, factor = text, 1
    if text[-1].isalpha():
        if not text[-1].isascii():
            raise QuantityError(f"Torc crashes on memory {text!r}, which ends in {text[-1]!r}", _MEMORY_ADVICE)
        unit = _UNITS.get(text[-1].lower())
        if unit is None:
            raise QuantityError(f"memory {text!r} has the unknown unit {text[-1]!r}", _unit_advice(text))
        number, factor = text[:-1], unit
    amount = parse_i64(number)
    if amount is None:
        raise QuantityError(f"memory {text!r} is not an integer with a unit", _unit_advice(text))
    if amount < 0:
        raise QuantityError(f"memory {text!r} is negative", _MEMORY_ADVICE)
    if amount * factor > I64_MAX:
        raise QuantityError(f"memory {text!r} does not fit into 64 bits of bytes", _MEMORY_ADVICE)
    return amount * factor


_WORDY = re.compile(r"\s*\+?([0-9]+)(?:\.([0-9]+))?\s*([kmgt])?(i?b|ib?)?\s*", re.IGNORECASE)
_SMALLER = {"t": "g", "g": "m", "m": "k"}


def _unit_advice(text: str) -> str:
    found = _WORDY.fullmatch(text)
    if found is None:
        return _MEMORY_ADVICE
    whole, fraction, unit = found.group(1), found.group(2), (found.group(3) or "").lower()
    if not fraction:
        return f"write {whole}{unit}"
    if unit in _SMALLER:
        places = 10 ** min(len(fraction), 6)
        return f"write {int(whole[:12]) * 1024 + int(fraction[:6]) * 1024 // places}{_SMALLER[unit]}"
    return _MEMORY_ADVICE


def runtime(text: str) -> Duration:
    """Seconds of an ISO 8601 duration, in upper case. What cannot be read at its end is ignored. Raises QuantityError."""
    text = trim(text)
    if not text:
        raise QuantityError("an empty text is no run time", "write an ISO 8601 duration: PT30M, PT2H, P1DT12H")
    if text.startswith("P"):
        found = _date_and_time(text) or _weeks(text) or _timestamp(text)
        if found is not None:
            return found
    raise QuantityError(f"run time {text!r} is no ISO 8601 duration", _runtime_advice(text))


def _date_and_time(text: str) -> Duration | None:
    seconds, place, any_part = 0, 1, False
    for letter, unit in (("Y", "Y"), ("M", "m"), ("D", "D")):
        amount, after = _component(text, place, letter)
        if amount is not None:
            seconds, place, any_part = seconds + amount * _UNIT_SECONDS[unit], after, True
    if not text.startswith("T", place):
        return Duration(seconds, text[place:]) if any_part else None
    place += 1
    for letter in ("H", "M"):
        amount, after = _component(text, place, letter)
        if amount is not None:
            seconds, place = seconds + amount * _UNIT_SECONDS[letter], after
    amount, after = _component(text, place, "S")
    if amount is None:
        fraction = _FRACTION.match(text, place)
        amount = None if fraction is None else parse_unsigned(fraction.group(1), U32_MAX)
        after = place if fraction is None else fraction.end()
    if amount is not None:
        seconds, place = seconds + amount, after
    return Duration(seconds, text[place:])


def _component(text: str, place: int, letter: str) -> tuple[int | None, int]:
    found = _COMPONENT.match(text, place)
    if found is None or found.group(2) != letter:
        return None, place
    # a number that does not fit into 32 bits makes the component vanish (iso8601, parsers.rs:29)
    return parse_unsigned(found.group(1), U32_MAX), found.end()


def _weeks(text: str) -> Duration | None:
    amount, place = _component(text, 1, "W")
    return None if amount is None else Duration(amount * _UNIT_SECONDS["W"], text[place:])


def _timestamp(text: str) -> Duration | None:
    found = _TIMESTAMP.match(text)
    if found is None:
        return None
    parts = found.groupdict()
    seconds = sum(int(parts[unit] or 0) * _UNIT_SECONDS[unit] for unit in "YmDHMS")
    return Duration(seconds, text[found.end() :])


_CLOCK = re.compile(r"(?:([0-9]+)-)?([0-9]+):([0-9]+):([0-9]+)")
_SHORT = re.compile(r"([0-9]+)\s*(s|sec|seconds?|m|mins?|minutes?|h|hrs?|hours?|d|days?)", re.IGNORECASE)


def _runtime_advice(text: str) -> str:
    clock = _CLOCK.fullmatch(text)
    if clock is not None:
        days, *parts = clock.groups()
        clock_part = "".join(
            f"{part.lstrip('0')}{unit}" for part, unit in zip(parts, "HMS", strict=True) if part.strip("0")
        )
        day_part = f"{days.lstrip('0')}D" if days and days.strip("0") else ""
        if clock_part or day_part:
            return f"write P{day_part}" + (f"T{clock_part}" if clock_part else "")
    short = _SHORT.fullmatch(text)
    if short is not None:
        unit = short.group(2)[0].upper()
        return f"write P{short.group(1)}D" if unit == "D" else f"write PT{short.group(1)}{unit}"
    upper = text.upper()
    if upper != text and upper.startswith("P") and _date_and_time(upper) is not None:
        return f"write it in upper case: {upper}"
    return "write an ISO 8601 duration: PT30M, PT2H, P1DT12H"


_WALLTIME_ADVICE = "write MM, MM:SS, HH:MM:SS or D-HH:MM:SS"


def walltime_seconds(text: str) -> int:
    """Seconds of a Slurm wall time; after `D-` too, a single number is minutes. Raises QuantityError.

    Torc reckons in 64 bits without a look at overflow (Torc 1.0.0, commands/slurm.rs:1032).
    """
    text = trim(text)
    days, dash, rest = text.partition("-")
    clock = (rest if dash else text).split(":")
    numbers = [parse_unsigned(part) for part in ([days] if dash else []) + clock]
    if len(clock) > 3 or None in numbers:
        raise QuantityError(f"wall time {text!r} cannot be read", _WALLTIME_ADVICE)
    known = [number or 0 for number in numbers]
    seconds = known.pop(0) * 86_400 if dash else 0
    if len(known) == 3:
        seconds += known.pop(0) * 3_600
    seconds += known[0] * 60 + (known[1] if len(known) == 2 else 0)
    return seconds % 2**64


def gpu_count(gres: str) -> int:
    """GPUs of a gres text: of the first entry `gpu:N` or `gpu:TYPE:N` with N above 0, else 0."""
    for entry in gres.split(","):
        parts = entry.partition("(")[0].split(":")
        if parts[0] == "gpu" and len(parts) in (2, 3):
            count = parse_unsigned(parts[-1], U32_MAX)
            if count:
                return count
    return 0
