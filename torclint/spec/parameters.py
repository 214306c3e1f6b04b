"""Texts of parameters to values, and values to a Domain (Torc 1.0.0, parameter_expansion.rs:60-536)."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.spec.domain import Domain, RangeAxis, RowsAxis
from torclint.spec.json_text import compact_json
from torclint.spec.ranges import IntRange, ParameterError, infer, parse_list, parse_range
from torclint.spec.rust_text import trim
from torclint.spec.variables import plain

if TYPE_CHECKING:
    from torclint.spec.domain import Axis, Value
    from torclint.spec.tables import Table
    from torclint.syntax.node import Node

    Values = IntRange | tuple[Value, ...]


def raw_text(node: Node, variables: dict[str, str]) -> str:
    """What Torc takes a parameter's value for: a string as it is, anything else as its JSON text."""
    value = plain(node, variables)
    return value if isinstance(value, str) else compact_json(value)


def parse_values(text: str) -> Values:
    """The values of one parameter. Raises ParameterError."""
    text = trim(text)
    if text.startswith("@"):
        from torclint.spec.tables import read_values

        return read_values(text[1:])
    if text.startswith("{") and text.endswith("}") and "," not in text:
        text = trim(text[1:-1])
    if text.startswith("[") and text.endswith("]"):
        return parse_list(text)
    if ":" in text:
        return parse_range(text)
    return (infer(text),)


def product(parameters: dict[str, Values]) -> Domain:
    """Every combination: one axis per parameter."""
    return Domain(tuple(_axis(name, values) for name, values in parameters.items()))


def _axis(name: str, values: Values) -> Axis:
    if isinstance(values, IntRange):
        return RangeAxis((name,), (values.start,), (values.step,), values.length)
    return RowsAxis((name,), tuple((value,) for value in values))


def zipped(parameters: dict[str, Values]) -> Domain:
    """The parameters side by side. Raises ParameterError where they have different numbers of values."""
    if not parameters:
        return Domain()
    names = tuple(parameters)
    lengths = [values.length if isinstance(values, IntRange) else len(values) for values in parameters.values()]
    for name, length in zip(names, lengths, strict=True):
        if length != lengths[0]:
            counts = f"`{names[0]}` has {lengths[0]:,} and `{name}` {length:,}"
            raise ParameterError(
                f"parameter_mode zip needs equally many values; {counts}",
                "give them equally many values, or leave parameter_mode out to get every combination",
            )
    ranges = [values for values in parameters.values() if isinstance(values, IntRange)]
    if len(ranges) == len(names):
        starts, steps = tuple(one.start for one in ranges), tuple(one.step for one in ranges)
        return Domain((RangeAxis(names, starts, steps, lengths[0]),))
    columns = [_listed(values) for values in parameters.values()]
    return Domain((RowsAxis(names, tuple(zip(*columns, strict=True))),))


def _listed(values: Values) -> tuple[Value, ...]:
    if isinstance(values, IntRange):
        stop = values.start + values.step * values.length
        return tuple(range(values.start, stop, values.step))
    return values


def of_table(table: Table) -> Domain:
    """One item per row."""
    return Domain((RowsAxis(table.names, table.rows),))


class Sources:
    """Parsed parameter texts and tables, each read once."""

    __slots__ = ("_tables", "_values")

    def __init__(self) -> None:
        self._values: dict[str, Values | ParameterError] = {}
        self._tables: dict[str, Table | ParameterError] = {}

    def values(self, text: str) -> Values:
        """As parse_values. Raises ParameterError."""
        known = self._values.get(text)
        if known is None:
            try:
                known = parse_values(text)
            except ParameterError as error:
                known = error
            self._values[text] = known
        if isinstance(known, ParameterError):
            raise known
        return known

    def table(self, path: str) -> Table:
        """As read_table. Raises ParameterError."""
        from torclint.spec.tables import read_table

        known = self._tables.get(path)
        if known is None:
            try:
                known = read_table(path)
            except ParameterError as error:
                known = error
            self._tables[path] = known
        if isinstance(known, ParameterError):
            raise known
        return known
