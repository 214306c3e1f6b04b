"""Nodes to typed values, driven by the table of fields; what does not fit becomes a Problem, and reading goes on.

Torc converts one JSON value to its structs (Torc 1.0.0, workflow_spec.rs:1611); these are serde's rules for that.
"""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.spec import fields as table
from torclint.spec.describe import article, expected, repair, shown
from torclint.spec.kinds import CHECKS, WRONG
from torclint.spec.model import Problem
from torclint.spec.parameters import Sources
from torclint.spec.suggest import did_you_mean, nearest
from torclint.spec.variables import put_in
from torclint.syntax.node import Mapping, Scalar, Sequence, Span

if TYPE_CHECKING:
    from typing import Any

    from torclint.spec.fields import Field, Struct
    from torclint.spec.memory import Memory
    from torclint.spec.model import Item
    from torclint.syntax.node import Node

MAX_LISTED = 14  # names that are listed where none is near


class Decoded:
    """A struct that was read: its values by field name, without those that are absent, null or wrong.

    `wrong`: fields that are there and could not be read, or are required and missing.
    `item`: the part of the workflow that was made of it, if that has no parameters and no problem came up.
    """

    __slots__ = ("index", "item", "node", "values", "wrong")

    def __init__(self, node: Mapping, index: int, values: dict[str, Any], wrong: frozenset[str]) -> None:
        self.node = node
        self.index = index
        self.values = values
        self.wrong = wrong
        self.item: Item | None = None


_NO_FIELDS: frozenset[str] = frozenset()


class Reader:
    """Reads the parts of one spec and gathers what is wrong with them."""

    __slots__ = (
        "complete",
        "item",
        "item_index",
        "item_noun",
        "known",
        "memory",
        "plans",
        "problems",
        "refused",
        "sources",
        "variables",
        "variables_told",
    )

    def __init__(self, version: str, memory: Memory | None = None) -> None:
        self.memory = memory
        self.known: dict[int, Decoded] = {}  # items that were decoded before, by the identity of their nodes
        self.plans = plans_of(version)
        self.problems: list[Problem] = []
        self.variables: dict[str, str] = {}
        self.variables_told = False  # what is wrong with them was reported
        self.sources = Sources()
        self.refused = False
        self.complete = True
        self.item: Mapping | None = None  # what problems are about, for their subject
        self.item_noun = ""
        self.item_index = 0

    def refuse(self, rule: str, message: str, span: Span, *advice: str) -> None:
        """Report something for which Torc does not load the spec."""
        self.refused = True
        self.report(rule, message, span, *advice)

    def report(self, rule: str, message: str, span: Span, *advice: str) -> None:
        self.problems.append(Problem(rule, message, span, self._subject(), tuple(line for line in advice if line)))

    def _subject(self) -> str:
        if self.item is None:
            return ""
        name = self.item.get("name")
        if isinstance(name, Scalar) and isinstance(name.value, str):
            return f"{self.item_noun} {put_in(name.value, self.variables)}"
        return f"{self.item_noun} #{self.item_index + 1}"

    def text(self, node: Scalar) -> str:
        """The text of a string after variables."""
        text: str = node.value  # type: ignore[assignment]
        return put_in(text, self.variables) if self.variables and "{" in text else text

    def struct(self, node: Node, struct: Struct, index: int = 0) -> Decoded | None:
        """Read `node` as `struct`; None where it is no struct at all."""
        struct = self.plans[struct.name].struct
        if node.__class__ is not Mapping:
            named = self._positional(node, struct)
            if named is None:
                return None
            node = named
        assert isinstance(node, Mapping)
        if struct.name in table.SUBJECT_STRUCTS:
            self.item, self.item_noun, self.item_index = node, struct.noun, index
        plan = self.plans[struct.name]
        entries = {key.value: value for key, value in node.entries}
        if len(entries) != len(node.entries):
            self.doubled(node)
        values: dict[str, Any] = {}
        wrong: set[str] | frozenset[str] = _NO_FIELDS
        checks = plan.checks
        for name, value in entries.items():
            known = checks.get(name)  # type: ignore[arg-type]
            if known is None:
                self._unknown(node, str(name), struct)
                continue
            field, check = known
            if value.__class__ is Scalar and value.value is None:
                if field.nullable:
                    continue
                read = self.mistyped(value, field)
            else:
                read = check(self, value, field)
            if read is WRONG:
                wrong = {*wrong, field.name}
                continue
            values[field.name] = read
        if not plan.required <= values.keys():
            missing = [name for name in plan.required_in_order if name not in entries]
            for name in missing:
                self._missing(node, name, struct)
            wrong = {*wrong, *missing}
        if wrong and struct.name in table.VITAL_STRUCTS and not table.VITAL_FIELDS.isdisjoint(wrong):
            self.complete = False
        return Decoded(node, index, values, frozenset(wrong))

    def item_of_list(self, node: Node, struct: Struct, index: int) -> Decoded | None:
        """The same for an item of a list of the workflow, which may be known from before."""
        known = self.known.get(id(node))
        if known is not None:
            known.index = index
        else:
            before = len(self.problems)
            known = self.struct(node, struct, index)
            if self.memory is None or known is None or known.node is not node or len(self.problems) > before:
                return known
        assert self.memory is not None
        self.memory.keep(node, known)
        return known

    def _positional(self, node: Node, struct: Struct) -> Mapping | None:
        """A struct written as a list of its values in order of declaration (serde_json, value/de.rs:410-424)."""
        if not isinstance(node, Sequence):
            self.refuse(
                "wrong-type",
                f"{shown(node)} stands where {article(struct.noun)} is expected",
                node.span,
                self._keys(struct),
            )
            return None
        count, most = len(node.items), len(struct.fields)
        least = most
        while least and struct.fields[least - 1].presence in (table.DEFAULTED, table.OPTIONAL_AT_END):
            least -= 1
        if not least <= count <= most:
            wanted = f"{most:,}" if least == most else f"{least:,} to {most:,}"
            self.refuse(
                "wrong-type",
                f"a list of {count:,} values stands where {article(struct.noun)} is expected"
                + (f"; as a list it would need {wanted}" if count else ""),
                node.span,
                self._keys(struct),
            )
            return None
        entries: list[tuple[Scalar, Node]] = [
            (Scalar(field.name, item.start, item.start), item)
            for field, item in zip(struct.fields, node.items, strict=False)
        ]
        return Mapping(entries, node.start, node.end, node.flow, node.alias)

    def _keys(self, struct: Struct) -> str:
        required = [field.name for field in struct.fields if field.presence == table.REQUIRED] or [
            struct.fields[0].name
        ]
        return "write it as a mapping: " + ", ".join(f"{name}: ..." for name in required)

    def doubled(self, node: Mapping) -> None:
        """Report every key of `node` that stands twice."""
        seen: dict[str, Scalar] = {}
        for key, _ in node.entries:
            name = str(key.value)
            before = seen.get(name)
            if before is not None:
                advice = "remove one of them"
                problem = Problem(
                    "duplicate-key",
                    f"`{name}` stands here a second time; Torc takes the last value in silence",
                    key.span,
                    self._subject(),
                    (advice,),
                    ((before.span, "and here first"),),
                )
                self.problems.append(problem)
            seen[name] = key

    def _unknown(self, node: Mapping, name: str, struct: Struct) -> None:
        key = node.key(name)
        span = key.span if key is not None else node.span
        if struct.name == table.WORKFLOW.name and name in table.REMOVED_FIELDS:
            return
        known = [field.name for field in struct.fields]
        found = nearest(name, known)
        if struct.open:
            message = f"`{name}` is no field of {article(struct.noun)}; Torc ignores it"
            self.report("ignored-field", message, span, *did_you_mean(name, known))
            return
        if found in table.VITAL_FIELDS and struct.name in table.VITAL_STRUCTS:
            self.complete = False
        if name == "<<":
            advice = "Torc does not apply YAML merge keys: write the fields out"
        elif found is not None:
            advice = f"did you mean `{found}`?"
        else:
            owner = OWNERS.get(name)
            listed = "known fields: " + ", ".join(known) if len(known) <= MAX_LISTED else ""
            advice = f"`{name}` is a field of {owner}" if owner else listed
        self.refuse("unknown-field", f"`{name}` is no field of {article(struct.noun)}", span, advice)
        if found is not None and node.key(found) is None:
            self.problems[-1] = self.problems[-1]._replace(instead=found)

    def _missing(self, node: Mapping, name: str, struct: Struct) -> None:
        field = self.plans[struct.name].fields[name]
        example = field.examples[0] if field.examples else "..."
        span = node.span
        if node.entries and not node.flow:
            span = node.entries[0][0].span
        self.refuse("missing-field", f"{article(struct.noun)} needs `{name}`", span, f"add {name}: {example}")

    def mistyped(self, node: Node, field: Field) -> Any:
        """Report that `node` is no value for `field`; WRONG."""
        message = f"`{field.name}` must be {expected(field)}, not {shown(node)}"
        self.refuse("wrong-type", message, node.span, repair(node, field))
        return WRONG


class Plan:
    """What decoding needs to know of a struct, looked up once."""

    __slots__ = ("checks", "fields", "required", "required_in_order", "struct")

    def __init__(self, struct: Struct) -> None:
        self.struct = struct
        self.fields = {field.name: field for field in struct.fields}
        self.checks = {field.name: (field, CHECKS[field.kind]) for field in struct.fields}
        self.required_in_order = [field.name for field in struct.fields if field.presence == table.REQUIRED]
        self.required = frozenset(self.required_in_order)


_plans: dict[str, dict[str, Plan]] = {}


def plans_of(version: str) -> dict[str, Plan]:
    """The plans of all structs as they are in a Torc release, by name."""
    if version not in _plans:
        _plans[version] = {struct.name: Plan(struct.at(version)) for struct in table.STRUCT_LIST}
    return _plans[version]


# Fields that exist in one kind of struct only: written elsewhere, they are told where they belong
OWNERS = {
    field.name: owner
    for struct, owner in ((table.WORKFLOW, "the workflow"), (table.JOB, "a job"), (table.SCHEDULER, "a scheduler"))
    for field in struct.fields
}
