"""Nodes to typed values, driven by the table of fields; what does not fit becomes a Problem, and reading goes on.

Torc converts one JSON value to its structs (Torc 1.0.0, workflow_spec.rs:1611); these are serde's rules for that.
"""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.spec import fields as table
from torclint.spec.model import Problem, Written
from torclint.spec.parameters import Sources
from torclint.spec.rust_text import I32_MAX, I32_MIN, I64_MAX, I64_MIN
from torclint.spec.suggest import did_you_mean, nearest
from torclint.spec.variables import effective, plain, put_in
from torclint.syntax.node import Mapping, Scalar, Sequence, Span

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from torclint.spec.fields import Field, Struct
    from torclint.syntax.node import Node

    Check = Callable[["Reader", Node, Field], Any]

ITEM_STRUCTS = frozenset(("JobSpec", "FileSpec", "UserDataSpec"))
VITAL_STRUCTS = ITEM_STRUCTS | {"WorkflowSpec"}

MAX_LISTED = 14  # names that are listed where none is near

# Fields of earlier versions: what is written instead (workflow_spec.rs:1599)
REMOVED_FIELDS = {"slurm_config": "execution_config"}

# Structs that problems inside them are said to be about
SUBJECT_STRUCTS = ITEM_STRUCTS | {
    "WorkflowActionSpec",
    "ResourceRequirementsSpec",
    "FailureHandlerSpec",
    "SlurmSchedulerSpec",
}

# Fields that decide which items there are and how they hang together: without them the graph says nothing
VITAL_FIELDS = frozenset(
    (
        "command",
        "data",
        "depends_on",
        "depends_on_regexes",
        "files",
        "input_file_regexes",
        "input_files",
        "input_user_data",
        "input_user_data_regexes",
        "invocation_script",
        "jobs",
        "name",
        "output_file_regexes",
        "output_files",
        "output_user_data",
        "output_user_data_regexes",
        "parameter_mode",
        "parameters",
        "parameters_file",
        "path",
        "use_parameters",
        "use_parameters_file",
        "user_data",
    )
)


class Decoded:
    """A struct that was read: its values by field name, without those that are absent, null or wrong.

    `wrong`: fields that are there and could not be read, or are required and missing.
    """

    __slots__ = ("index", "node", "values", "wrong")

    def __init__(self, node: Mapping, index: int, values: dict[str, Any], wrong: frozenset[str]) -> None:
        self.node = node
        self.index = index
        self.values = values
        self.wrong = wrong


_new = tuple.__new__  # a record is made by the hundred thousand here, and its own constructor takes twice as long

WRONG = object()  # what a check returns instead of a value

_NO_FIELDS: frozenset[str] = frozenset()


class Reader:
    """Reads the parts of one spec and gathers what is wrong with them."""

    __slots__ = (
        "complete",
        "item",
        "item_index",
        "item_noun",
        "problems",
        "refused",
        "sources",
        "variables",
        "variables_told",
    )

    def __init__(self) -> None:
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
        if node.__class__ is not Mapping:
            named = self._positional(node, struct)
            if named is None:
                return None
            node = named
        assert isinstance(node, Mapping)
        if struct.name in SUBJECT_STRUCTS:
            self.item, self.item_noun, self.item_index = node, struct.noun, index
        plan = PLANS[struct.name]
        entries = {key.value: value for key, value in node.entries}
        if len(entries) != len(node.entries):
            self._doubled(node)
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
                read = self._mistyped(value, field)
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
        if wrong and struct.name in VITAL_STRUCTS and not VITAL_FIELDS.isdisjoint(wrong):
            self.complete = False
        return Decoded(node, index, values, frozenset(wrong))

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

    def _doubled(self, node: Mapping) -> None:
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
        if struct is table.WORKFLOW and name in REMOVED_FIELDS:
            return
        known = [field.name for field in struct.fields]
        found = nearest(name, known)
        if struct.open:
            message = f"`{name}` is no field of {article(struct.noun)}; Torc ignores it"
            self.report("ignored-field", message, span, *did_you_mean(name, known))
            return
        if found in VITAL_FIELDS and struct.name in VITAL_STRUCTS:
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

    def _missing(self, node: Mapping, name: str, struct: Struct) -> None:
        field = PLANS[struct.name].fields[name]
        example = field.examples[0] if field.examples else "..."
        span = node.span
        if node.entries and not node.flow:
            span = node.entries[0][0].span
        self.refuse("missing-field", f"{article(struct.noun)} needs `{name}`", span, f"add {name}: {example}")

    def _mistyped(self, node: Node, field: Field) -> Any:
        wanted = EXPECTED[field.kind] if field.kind in EXPECTED else article(_noun(field))
        self.refuse(
            "wrong-type", f"`{field.name}` must be {wanted}, not {shown(node)}", node.span, _repair(node, field)
        )
        return WRONG

    # The checks: each reads one kind of value and returns it, or WRONG after reporting why not.

    def string(self, node: Node, field: Field) -> Any:
        if node.__class__ is Scalar and node.value.__class__ is str:
            return _new(Written, (self.text(node), node))
        return self._mistyped(node, field)

    def i64(self, node: Node, field: Field) -> Any:
        return self._integer(node, field, I64_MIN, I64_MAX)

    def i32(self, node: Node, field: Field) -> Any:
        return self._integer(node, field, I32_MIN, I32_MAX)

    def _integer(self, node: Node, field: Field, least: int, most: int) -> Any:
        if not isinstance(node, Scalar) or node.value.__class__ is not int:
            return self._mistyped(node, field)
        number: int = node.value
        if not least <= number <= most:
            bits = 64 if most == I64_MAX else 32
            self.refuse("wrong-type", f"`{field.name}` does not fit into {bits} bits: {shown(node)}", node.span)
            return WRONG
        return number

    def real(self, node: Node, field: Field) -> Any:
        if isinstance(node, Scalar) and node.value.__class__ in (int, float):
            return float(node.value)
        return self._mistyped(node, field)

    def boolean(self, node: Node, field: Field) -> Any:
        if isinstance(node, Scalar) and node.value.__class__ is bool:
            return node.value
        return self._mistyped(node, field)

    def strings(self, node: Node, field: Field) -> Any:
        if node.__class__ is not Sequence:
            return self._mistyped(node, field)
        found = []
        for item in node.items:
            if item.__class__ is Scalar and item.value.__class__ is str:
                found.append(_new(Written, (self.text(item), item)))
            else:
                self._bad_item(item, field, "strings", _quoted(item))
        return tuple(found) if len(found) == len(node.items) else WRONG

    def names(self, node: Node, field: Field) -> Any:
        variables, self.variables = self.variables, {}
        found = self.strings(node, field)
        self.variables = variables
        return found

    def i32s(self, node: Node, field: Field) -> Any:
        if not isinstance(node, Sequence):
            return self._mistyped(node, field)
        found = []
        for item in node.items:
            value = item.value if isinstance(item, Scalar) else None
            if isinstance(value, int) and value.__class__ is not bool and I32_MIN <= value <= I32_MAX:
                found.append(value)
            else:
                self._bad_item(item, field, "32-bit integers", "")
        return tuple(found) if len(found) == len(node.items) else WRONG

    def _bad_item(self, node: Node, field: Field, wanted: str, advice: str) -> None:
        self.refuse(
            "wrong-type", f"`{field.name}` must be a list of {wanted}, and holds {shown(node)}", node.span, advice
        )

    def string_map(self, node: Node, field: Field) -> Any:
        """(key, Written) pairs, in the order of the file."""
        if not isinstance(node, Mapping):
            return self._mistyped(node, field)
        entries = self.entries(node)
        found = []
        for key, value in entries.items():
            if not isinstance(value, Scalar) or not isinstance(value.value, str):
                message = f"`{key}` in `{field.name}` must be a string, not {shown(value)}"
                self.refuse("wrong-type", message, value.span, _quoted(value))
                continue
            # keys with these names are left alone at any depth (workflow_spec.rs:1290-1307)
            untouched = key in ("variables", "parameters", "use_parameters")
            found.append((key, Written(value.value if untouched else self.text(value), value)))
        return tuple(found) if len(found) == len(entries) else WRONG

    def constants(self, node: Node, field: Field) -> Any:
        """`variables` again, as they are: what is wrong with them was told when they were read first."""
        if self.variables_told:
            return self.variables
        variables = self.string_map(node, field)
        return variables if variables is WRONG else {name: value.text for name, value in variables}

    def entries(self, node: Mapping) -> dict[str, Node]:
        """The entries of a free map that count; those that are lost to a later one are reported."""
        entries = effective(node)
        if len(entries) != len(node.entries):
            self._doubled(node)
        return entries

    def parameters(self, node: Node, field: Field) -> Any:
        """The nodes of the values, by parameter name."""
        if not isinstance(node, Mapping):
            return self._mistyped(node, field)
        return self.entries(node)

    def anything(self, node: Node, field: Field) -> Any:
        """(plain value after variables, node)."""
        self._doubled_below(node)
        return plain(node, self.variables), node

    def any_map(self, node: Node, field: Field) -> Any:
        """(plain value after variables, node)."""
        if not isinstance(node, Mapping):
            return self._mistyped(node, field)
        return self.anything(node, field)

    def _doubled_below(self, node: Node) -> None:
        stack = [node]
        while stack:
            current = stack.pop()
            if isinstance(current, Sequence):
                stack.extend(current.items)
            elif isinstance(current, Mapping):
                stack.extend(self.entries(current).values())

    def enum(self, node: Node, field: Field) -> Any:
        variants = table.ENUMS[field.of]
        named = node
        if isinstance(node, Mapping) and len(node.entries) == 1:
            # {combined: null} is what serde also takes for a variant without content
            named, content = node.entries[0]
            if not isinstance(content, Scalar) or content.value is not None:
                return self._mistyped(node, field)
            text = str(named.value)
        elif isinstance(node, Scalar) and isinstance(node.value, str):
            text = self.text(node)
        else:
            return self._mistyped(node, field)
        if text in variants:
            return text
        advice = did_you_mean(text, variants) or ("known values: " + ", ".join(variants),)
        self.refuse("unknown-value", f"`{field.name}` cannot be {text!r}", named.span, *advice)
        return WRONG

    def nested(self, node: Node, field: Field) -> Any:
        read = self.struct(node, table.ALL_STRUCTS[field.of])
        return WRONG if read is None else read

    def structs(self, node: Node, field: Field) -> Any:
        """Those items of a list that could be read, as Decoded."""
        if not isinstance(node, Sequence):
            return self._mistyped(node, field)
        struct = table.ALL_STRUCTS[field.of]
        found = []
        for index, item in enumerate(node.items):
            read = self.struct(item, struct, index)
            if read is not None:
                found.append(read)
            elif struct.name in ITEM_STRUCTS:
                self.complete = False
        if struct.name in SUBJECT_STRUCTS:
            self.item = None
        return found

    def struct_map(self, node: Node, field: Field) -> Any:
        if not isinstance(node, Mapping):
            return self._mistyped(node, field)
        struct = table.ALL_STRUCTS[field.of]
        found = {key: self.struct(value, struct) for key, value in self.entries(node).items()}
        return {key: read for key, read in found.items() if read is not None}


CHECKS: dict[str, Check] = {
    table.STRING: Reader.string,
    table.I64: Reader.i64,
    table.I32: Reader.i32,
    table.FLOAT: Reader.real,
    table.BOOL: Reader.boolean,
    table.STRINGS: Reader.strings,
    table.NAMES: Reader.names,
    table.I32S: Reader.i32s,
    table.STRING_MAP: Reader.string_map,
    table.VARIABLES: Reader.constants,
    table.PARAMETERS: Reader.parameters,
    table.ANY: Reader.anything,
    table.ANY_MAP: Reader.any_map,
    table.ENUM: Reader.enum,
    table.STRUCT: Reader.nested,
    table.STRUCTS: Reader.structs,
    table.STRUCT_MAP: Reader.struct_map,
}

EXPECTED = {
    table.STRING: "a string",
    table.I64: "an integer",
    table.I32: "an integer",
    table.FLOAT: "a number",
    table.BOOL: "true or false",
    table.STRINGS: "a list of strings",
    table.NAMES: "a list of strings",
    table.I32S: "a list of integers",
    table.STRING_MAP: "a mapping with string values",
    table.VARIABLES: "a mapping with string values",
    table.PARAMETERS: "a mapping from parameter names to values",
    table.ANY_MAP: "a mapping",
    table.STRUCT_MAP: "a mapping",
}


class Plan:
    """What decoding needs to know of a struct, looked up once."""

    __slots__ = ("checks", "fields", "required", "required_in_order")

    def __init__(self, struct: Struct) -> None:
        self.fields = {field.name: field for field in struct.fields}
        self.checks = {field.name: (field, CHECKS[field.kind]) for field in struct.fields}
        self.required_in_order = [field.name for field in struct.fields if field.presence == table.REQUIRED]
        self.required = frozenset(self.required_in_order)


PLANS = {struct.name: Plan(struct) for struct in table.STRUCT_LIST}

# Fields that exist in one kind of struct only: written elsewhere, they are told where they belong
OWNERS = {
    field.name: article
    for struct, article in ((table.WORKFLOW, "the workflow"), (table.JOB, "a job"), (table.SCHEDULER, "a scheduler"))
    for field in struct.fields
}


def shown(node: Node) -> str:
    """A value as a message names it."""
    if isinstance(node, Sequence):
        return "a list"
    if isinstance(node, Mapping):
        return "a mapping"
    value = node.value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"the string {value[:40]!r}" + ("..." if len(value) > 40 else "")
    return f"the number {str(value)[:40]}"


def article(noun: str) -> str:
    """`noun` with a or an, where it takes one."""
    if noun in ("user data", "resource requirements", "dynamic jobs"):
        return noun
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _noun(field: Field) -> str:
    if field.kind == table.STRUCTS:
        return "list"
    return table.ALL_STRUCTS[field.of].noun if field.kind == table.STRUCT else "string"


def _quoted(node: Node) -> str:
    if isinstance(node, Scalar) and not isinstance(node.value, str):
        text = (
            "null"
            if node.value is None
            else str(node.value).lower()
            if isinstance(node.value, bool)
            else str(node.value)
        )
        return f'write it in quotes: "{text[:40]}"'
    return ""


def _repair(node: Node, field: Field) -> str:
    """What to write instead, where that can be said."""
    if isinstance(node, Scalar) and node.value is None:
        if field.presence == table.DEFAULTED:
            return f"leave `{field.name}` out to get the default"
        return "write [] for none" if field.kind in (table.STRINGS, table.STRUCTS) else ""
    if field.kind == table.STRING:
        return _quoted(node)
    if not isinstance(node, Scalar):
        return ""
    if field.kind in (table.STRINGS, table.NAMES) and isinstance(node.value, str):
        return f"write a list: [{node.value[:40]!r}]"
    if field.kind in (table.I64, table.I32) and isinstance(node.value, str) and node.value.strip("+-").isdigit():
        return f"write it without quotes: {node.value}"
    if field.kind in (table.I64, table.I32) and isinstance(node.value, float) and node.value.is_integer():
        return f"write it without a point or exponent: {int(node.value)}"
    if field.kind == table.BOOL:
        return "write true or false" + (", without quotes" if isinstance(node.value, str) else "")
    if field.kind == table.ANY_MAP and isinstance(node.value, str):
        return "write the mapping itself, not its JSON text"
    return ""
