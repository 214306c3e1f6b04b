"""The parameters of a barrier that there is one of for each value: a part of those of its consumers."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING, Record
from torclint.spec.domain import Domain, RangeAxis, RowsAxis
from torclint.syntax.node import Mapping, Sequence

if TYPE_CHECKING:
    from torclint.spec.domain import Axis, Value
    from torclint.spec.model import JobSpec

_VALUES = 200  # as many are written out
_WORD = re.compile(r"[A-Za-z_][A-Za-z0-9_.\-]*")
_NUMBERS = re.compile(r"nan|inf|infinity", re.IGNORECASE)


class Parameters(Record):
    """`fields` are those of a job spec, in their order: `parameters`, `parameter_mode`, `use_parameters`."""

    fields: tuple[tuple[str, str | list[str] | dict[str, str]], ...]


class CannotWrite(ValueError):
    """Values that have no form as a parameter; `str()` says why."""


def restricted(domain: Domain, names: set[str]) -> Domain | None:
    """The values that some of the parameters take together, each once; None if there are rows without a value."""
    axes = []
    for axis in domain.axes:
        columns = [place for place, name in enumerate(axis.names) if name in names]
        if not columns:
            continue
        kept = _columns(axis, columns)
        if kept is None:
            return None
        axes.append(kept)
    return Domain(tuple(axes))


def _columns(axis: Axis, columns: list[int]) -> Axis | None:
    names = tuple(axis.names[place] for place in columns)
    if isinstance(axis, RangeAxis):
        steps = tuple(axis.steps[place] for place in columns)
        if axis.length > 1 and not any(steps):
            return None
        return RangeAxis(names, tuple(axis.starts[place] for place in columns), steps, axis.length)
    rows = tuple(dict.fromkeys(tuple(row[place] for place in columns) for row in axis.rows))
    return None if any(value is None for row in rows for value in row) else RowsAxis(names, rows)


def parameters_for(domain: Domain, job: JobSpec) -> Parameters:
    """How a barrier gets the values of `domain`, which are some of those of `job`. Raises CannotWrite."""
    if not domain.axes:
        return Parameters(())
    single = all(len(axis.names) == 1 for axis in domain.axes)
    whole = single and all(axis in job.domain.axes for axis in domain.axes)
    names = [name for axis in domain.axes for name in axis.names]
    own, used = job.node.get("parameters"), job.node.get("use_parameters")
    if whole and own is None and isinstance(used, Sequence):
        return Parameters((("use_parameters", names),))
    written: dict[str, str] = {}
    for axis in domain.axes:
        for column, name in enumerate(axis.names):
            raw = own.get(name) if whole and isinstance(own, Mapping) else None
            as_written = raw.plain if raw is not None else None
            written[name] = as_written if isinstance(as_written, str) else _text(axis, column)
    fields: list[tuple[str, str | dict[str, str]]] = [("parameters", dict(written))]
    if not single:
        fields.append(("parameter_mode", "zip"))
    return Parameters(tuple(fields))


def _text(axis: Axis, column: int) -> str:
    """One parameter of an axis as Torc reads it."""
    if isinstance(axis, RangeAxis):
        start, step = axis.starts[column], axis.steps[column]
        if not step:
            raise CannotWrite("a parameter that stays the same while another one counts")
        last = start + step * (axis.length - 1)
        return f"{start}:{last}" if step == 1 else f"{start}:{last}:{step}"
    if axis.length > _VALUES:
        raise CannotWrite(f"{axis.length:,} values, which the barrier would have to list")
    return "[" + ", ".join(_item(row[column]) for row in axis.rows) + "]"


def _item(value: Value | None) -> str:
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    if isinstance(value, str):
        if _WORD.fullmatch(value) and not _NUMBERS.fullmatch(value):
            return value
        if value and not re.search(r"[,\[\]'\"\\{}]|^\s|\s$", value) and value.isprintable():
            return f"'{value}'"
    raise CannotWrite(f"the value {value!r}, which has no form in a list")
