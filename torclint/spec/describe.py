"""Values and fields as messages name them, and what to write instead of a value of the wrong type."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.spec import fields as table
from torclint.syntax.node import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from torclint.spec.fields import Field
    from torclint.syntax.node import Node

_EXPECTED = {
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
    table.ANY: "any value",
    table.ANY_MAP: "a mapping",
    table.STRUCT_MAP: "a mapping",
}


def expected(field: Field) -> str:
    """The kind of value that a field takes."""
    return _EXPECTED[field.kind] if field.kind in _EXPECTED else article(_noun(field))


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


def quoted(node: Node) -> str:
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


def repair(node: Node, field: Field) -> str:
    """What to write instead, where that can be said."""
    if isinstance(node, Scalar) and node.value is None:
        if field.presence == table.DEFAULTED:
            return f"leave `{field.name}` out to get the default"
        return "write [] for none" if field.kind in (table.STRINGS, table.STRUCTS) else ""
    if field.kind == table.STRING:
        return quoted(node)
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
