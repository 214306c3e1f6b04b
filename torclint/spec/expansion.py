"""Which parameters an item has and the Domain they make (Torc 1.0.0, workflow_spec.rs:97-131, 1621-1822)."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.spec.domain import Domain
from torclint.spec.parameters import of_table, product, raw_text, zipped
from torclint.spec.ranges import IntRange, ParameterError
from torclint.spec.suggest import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from torclint.spec.model import Written
    from torclint.spec.parameters import Values
    from torclint.spec.reader import Decoded, Reader
    from torclint.syntax.node import Mapping, Node

NOT_PARAMETERISED = Domain()

_INLINE = ("parameters", "parameter_mode", "use_parameters")
_SOURCES = frozenset(("parameters", "use_parameters", "parameters_file", "use_parameters_file"))


class Expander:
    """Finds the Domain of items; reports through its Reader what Torc refuses or passes over."""

    __slots__ = ("_domains", "_texts", "reader", "shared", "table_path")

    def __init__(self, reader: Reader, shared: dict[str, Node] | None, table_path: Written | None) -> None:
        self.reader = reader
        self.shared = shared  # the workflow's `parameters`
        self.table_path = table_path  # the workflow's `parameters_file`
        # a list that many items share is read once, however long it is
        self._texts: dict[int, str] = {}
        self._domains: dict[tuple[Callable[[dict[str, Values]], Domain], tuple[tuple[str, str], ...]], Domain] = {}

    def domain(self, decoded: Decoded) -> Domain | None:
        """The Domain of an item; None where Torc refuses its parameters, which is then reported."""
        values = decoded.values
        if _SOURCES.isdisjoint(values):
            return NOT_PARAMETERISED
        if not self._one_source(decoded):
            return None
        path = values.get("parameters_file")
        if path is not None:
            return self._table(path, path.node)
        if values.get("use_parameters_file") is True:
            assert self.table_path is not None
            return self._table(self.table_path, self.table_path.node)
        parameters = self._parameters(decoded)
        return NOT_PARAMETERISED if parameters is None else self._combine(decoded, parameters)

    def _one_source(self, decoded: Decoded) -> bool:
        values = decoded.values
        shared_table = values.get("use_parameters_file") is True
        inline = [name for name in _INLINE if name in values]
        if ("parameters_file" in values or shared_table) and inline:
            used = "use_parameters_file" if shared_table else "parameters_file"
            self._conflict(
                decoded.node, inline[0], f"`{used}` cannot stand beside `{inline[0]}`", "keep one source of parameters"
            )
            return False
        if "parameters_file" in values and shared_table:
            message = "`parameters_file` and `use_parameters_file: true` cannot both be there"
            self._conflict(decoded.node, "use_parameters_file", message, "remove one of them")
            return False
        if shared_table and self.table_path is None:
            message = "`use_parameters_file: true` needs a `parameters_file` of the workflow"
            advice = "add parameters_file at the top level, or name the table here with parameters_file"
            self._conflict(decoded.node, "use_parameters_file", message, advice)
            return False
        return True

    def _conflict(self, node: Mapping, key: str, message: str, advice: str) -> None:
        place = node.key(key) or node
        self.reader.refuse("parameter-conflict", message, place.span, advice)

    def _table(self, path: Written, place: Node) -> Domain | None:
        try:
            return of_table(self.reader.sources.table(path.text))
        except ParameterError as error:
            self.reader.refuse(error.rule, error.message, place.span, error.advice)
            return None

    def _parameters(self, decoded: Decoded) -> dict[str, Node] | None:
        """The nodes of the parameters that count; None where the item is not parameterised."""
        values = decoded.values
        local: dict[str, Node] | None = values.get("parameters")
        wanted: tuple[Written, ...] | None = values.get("use_parameters")
        if local is not None:
            if wanted:
                key = decoded.node.key("use_parameters") or decoded.node
                self.reader.report(
                    "unknown-parameter",
                    "`use_parameters` is ignored because the item has `parameters` of its own",
                    key.span,
                    "write all of them under `parameters`, or remove `use_parameters`",
                )
            return local
        if wanted is None:
            return None
        shared = self.shared or {}
        for name in wanted:
            if name.text not in shared:
                self.reader.report(
                    "unknown-parameter",
                    f"`{name.text}` is no parameter of the workflow; Torc leaves it out in silence",
                    name.node.span,
                    *did_you_mean(name.text, shared),
                )
        found = {name.text: shared[name.text] for name in wanted if name.text in shared}
        return found or None

    def _combine(self, decoded: Decoded, nodes: dict[str, Node]) -> Domain | None:
        mode: Written | None = decoded.values.get("parameter_mode")
        # any text but exactly "zip" is product (workflow_spec.rs:84)
        combine = zipped if mode is not None and mode.text == "zip" else product
        texts = {name: self._text(node) for name, node in nodes.items()}
        key = combine, tuple(texts.items())
        domain = self._domains.get(key)
        if domain is None:
            domain = self._combined(combine, texts, nodes, decoded)
            if domain is None:
                return None
            self._domains[key] = domain
        if domain.size == 0:
            self._report_empty(nodes, texts)
        return domain

    def _text(self, node: Node) -> str:
        known = self._texts.get(id(node))
        if known is None:
            known = self._texts[id(node)] = raw_text(node, self.reader.variables)
        return known

    def _combined(
        self,
        combine: Callable[[dict[str, Values]], Domain],
        texts: dict[str, str],
        nodes: dict[str, Node],
        decoded: Decoded,
    ) -> Domain | None:
        parameters: dict[str, Values] = {}
        for name, text in texts.items():
            try:
                parameters[name] = self.reader.sources.values(text)
            except ParameterError as error:
                message = f"parameter `{name}`: {error.message}"
                self.reader.refuse(error.rule, message, nodes[name].span, error.advice)
        if len(parameters) < len(texts):
            return None
        try:
            return combine(parameters)
        except ParameterError as error:
            place = decoded.node.get("parameter_mode") or decoded.node
            self.reader.refuse(error.rule, error.message, place.span, error.advice)
            return None

    def _report_empty(self, nodes: dict[str, Node], texts: dict[str, str]) -> None:
        for name, text in texts.items():
            values = self.reader.sources.values(text)
            if (values.length if isinstance(values, IntRange) else len(values)) == 0:
                self.reader.report(
                    "empty-expansion",
                    f"parameter `{name}` has no values, so Torc makes no item at all and says nothing",
                    nodes[name].span,
                    "a range runs upwards unless its step is negative: 10:1:-1",
                )
                return


def workflow_values(reader: Reader, shared: dict[str, Any]) -> dict[str, tuple[str, Values | None]]:
    """Raw text and values of each workflow parameter; None where they cannot be parsed, which alone is no error."""
    found: dict[str, tuple[str, Values | None]] = {}
    for name, node in shared.items():
        text = raw_text(node, reader.variables)
        try:
            found[name] = text, reader.sources.values(text)
        except ParameterError as error:
            found[name] = text, None
            if error.rule == "endless-range":
                # Torc parses every workflow parameter for `env`, used or not (workflow_spec.rs:1631)
                reader.refuse(error.rule, f"parameter `{name}`: {error.message}", node.span, error.advice)
    return found
