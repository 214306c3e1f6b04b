"""What a value that Torc reads in a way of its own comes to: parameters, memory, run times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.editor.wording import code, field_documentation
from torclint.report.numbers import plural
from torclint.spec import fields as table
from torclint.spec.parameters import parse_values, raw_text
from torclint.spec.quantities import QuantityError, memory_bytes, runtime, walltime_seconds
from torclint.spec.ranges import IntRange, ParameterError
from torclint.syntax.node import Scalar

if TYPE_CHECKING:
    from torclint.editor.spot import Spot
    from torclint.spec.model import Workflow

_FIRST = 3


def about_value(spot: Spot, workflow: Workflow) -> str:
    """What is to be said of the value at a place; "" for nothing."""
    if spot.field.kind == table.PARAMETERS and len(spot.inside) == 1:
        return _parameter(spot.inside[0], raw_text(spot.node, workflow.variables))
    if not isinstance(spot.node, Scalar) or not isinstance(spot.node.value, str) or spot.inside:
        return ""
    told = _quantity(spot.field.name, spot.node.value)
    return f"{code(spot.node.value)} is {told}\n\n{field_documentation(spot.field)}" if told else ""


def _parameter(name: str, text: str) -> str:
    try:
        values = parse_values(text)
    except ParameterError as error:
        return f"parameter {code(name)}: {error.message}"
    count = values.length if isinstance(values, IntRange) else len(values)
    if isinstance(values, IntRange):
        first = [str(values.start + values.step * place) for place in range(min(count, _FIRST))]
        last = str(values.start + values.step * (count - 1))
    else:
        first, last = [str(value) for value in values[:_FIRST]], str(values[-1]) if values else ""
    shown = ", ".join(map(code, first)) + (f" ... {code(last)}" if count > _FIRST else "")
    return f"parameter {code(name)}: {plural(count, 'value')}" + (f": {shown}" if count else "")


def _quantity(field: str, text: str) -> str:
    try:
        if field in ("memory", "mem"):
            return f"{memory_bytes(text):,} bytes"
        if field == "runtime":
            return _seconds(runtime(text).seconds)
        if field == "walltime":
            return _seconds(walltime_seconds(text))
    except QuantityError:
        pass
    return ""


def _seconds(seconds: int) -> str:
    hours, rest = divmod(seconds, 3600)
    parts = ((hours, "h"), (rest // 60, "min"), (rest % 60, "s"))
    return " ".join(f"{number:,} {unit}" for number, unit in parts if number) or "0 s"
