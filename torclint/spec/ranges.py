"""Ranges and lists of parameter values (Torc 1.0.0, parameter_expansion.rs:60-175, 372-459)."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record
from torclint.spec.domain import ROW_BUDGET
from torclint.spec.rust_text import I64_MAX, I64_MIN, parse_f64, parse_i64, trim

if TYPE_CHECKING:
    from torclint.spec.domain import Value


class IntRange(Record):
    """Integers in arithmetic progression."""

    start: int
    step: int
    length: int


class ParameterError(ValueError):
    """Torc refuses a parameter. `rule` names the rule that reports it, `advice` says what to write."""

    def __init__(self, message: str, advice: str = "", rule: str = "bad-parameter") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.rule = rule


def infer(text: str) -> Value:
    """A list item, line or cell: an integer, else a float, else the text."""
    number = parse_i64(text)
    if number is not None:
        return number
    real = parse_f64(text)
    return text if real is None else real


def parse_list(text: str) -> tuple[Value, ...]:
    """`[a,b]`: split at every comma, quotes or not; quotes are stripped from each item that is not a number."""
    inner = trim(text.lstrip("[").rstrip("]"))
    if not inner:
        return ()
    return tuple(map(_list_item, inner.split(",")))


def _list_item(text: str) -> Value:
    value = infer(trim(text))
    if isinstance(value, str):
        return value.lstrip("'").rstrip("'").lstrip('"').rstrip('"')
    return value


def parse_range(text: str) -> IntRange | tuple[Value, ...]:
    """`start:end` or `start:end:step`, the end included. Raises ParameterError.

    A range of integers stays symbolic; one of floats, or out of 64 bits, is added up step by step as Torc does, at most
    ROW_BUDGET values.
    """
    parts = [trim(part) for part in text.split(":")]
    if len(parts) > 3:
        raise ParameterError(
            f"{text!r} has {len(parts) - 1} colons; a value with a colon is a range, start:end or start:end:step",
            "put the value in a list to keep its colons: [..., ...]",
        )
    written_step = parts[2] if len(parts) == 3 else ""
    start, end = parse_i64(parts[0]), parse_i64(parts[1])
    if start is not None and end is not None:
        step = parse_i64(written_step) if written_step else 1
        if step is None:
            raise ParameterError(
                f"step {written_step!r} of the integer range {text!r} is not an integer",
                f"write the bounds as floats: {parts[0]}.0:{parts[1]}.0:{written_step}"
                if parse_f64(written_step) is not None
                else "write an integer step",
            )
        return _integers(text, start, end, step)
    low, high = parse_f64(parts[0]), parse_f64(parts[1])
    if low is None or high is None:
        raise ParameterError(
            f"{text!r} has a colon, so it is read as a range; {parts[0] if low is None else parts[1]!r} is no number",
            "write start:end or start:end:step in numbers, or put the text in a list: [..., ...]",
        )
    gap = parse_f64(written_step) if written_step else 1.0
    if gap is None:
        raise ParameterError(f"step {written_step!r} of the range {text!r} is not a number", "write a number")
    return _floats(text, low, high, gap)


def _integers(text: str, start: int, end: int, step: int) -> IntRange | tuple[Value, ...]:
    if step == 0:
        raise ParameterError(f"the step of the range {text!r} is 0", "write a step other than 0")
    length = max(0, (end - start) // step + 1)
    if length and not I64_MIN <= start + step * length <= I64_MAX:
        return _starting_over(text, start, end, step)
    return IntRange(start, step, length)


def _starting_over(text: str, start: int, end: int, step: int) -> tuple[Value, ...]:
    """What leaves the 64-bit integers goes on at their other end; that may get past the end of the range after all."""
    values: list[Value] = []
    current = start
    stride = step & -step  # all that it ever comes to is a multiple of this away from the start
    last = I64_MAX - (I64_MAX - start) % stride if step > 0 else I64_MIN + (start - I64_MIN) % stride
    endless = last <= end if step > 0 else last >= end
    while current <= end if step > 0 else current >= end:
        if endless or len(values) >= ROW_BUDGET:
            raise ParameterError(
                f"the range {text!r} never ends: its last step leaves the 64-bit integers and Torc starts over",
                f"end it at least one step before {I64_MAX if step > 0 else I64_MIN}",
                "endless-range",
            )
        values.append(current)
        current = (current + step - I64_MIN) % 2**64 + I64_MIN
    return tuple(values)


def _floats(text: str, start: float, end: float, step: float) -> tuple[Value, ...]:
    if step == 0.0:
        raise ParameterError(f"the step of the range {text!r} is 0", "write a step other than 0")
    rising = step > 0.0
    limit = end + 1e-10 if rising else end - 1e-10  # the tolerance of Torc 1.0.0, parameter_expansion.rs:438
    if (limit - start) / step >= ROW_BUDGET:
        raise _too_long(text, start, step)
    values: list[Value] = []
    current = start
    while current <= limit if rising else current >= limit:
        values.append(current)
        following = current + step
        if following == current or len(values) > ROW_BUDGET:
            raise _too_long(text, current, step)
        current = following
    return tuple(values)


def _too_long(text: str, current: float, step: float) -> ParameterError:
    if current + step == current or abs(current) == float("inf"):
        return ParameterError(
            f"the range {text!r} never ends: adding {step} to {current} does not change it",
            "write bounds and a step that a 64-bit float can tell apart",
            "endless-range",
        )
    return ParameterError(
        f"the range {text!r} has more than {ROW_BUDGET:,} floats, or never ends",
        "write an integer range and work out the float in the command",
        "endless-range",
    )
