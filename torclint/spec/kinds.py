"""The kinds of value: how each is read; a check returns the value, or WRONG after reporting why it is none."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.spec import fields as table
from torclint.spec.describe import quoted, shown
from torclint.spec.model import Written
from torclint.spec.rust_text import I32_MAX, I32_MIN, I64_MAX, I64_MIN
from torclint.spec.suggest import did_you_mean
from torclint.spec.variables import effective, plain
from torclint.syntax.node import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from torclint.spec.fields import Field
    from torclint.spec.reader import Reader
    from torclint.syntax.node import Node

    Check = Callable[[Reader, Node, Field], Any]

WRONG = object()  # what a check returns instead of a value

_new = tuple.__new__  # a record is made by the hundred thousand here, and its own constructor takes twice as long


def string(reader: Reader, node: Node, field: Field) -> Any:
    if node.__class__ is Scalar and node.value.__class__ is str:
        return _new(Written, (reader.text(node), node))
    return reader.mistyped(node, field)


def i64(reader: Reader, node: Node, field: Field) -> Any:
    return _integer(reader, node, field, I64_MIN, I64_MAX)


def i32(reader: Reader, node: Node, field: Field) -> Any:
    return _integer(reader, node, field, I32_MIN, I32_MAX)


def _integer(reader: Reader, node: Node, field: Field, least: int, most: int) -> Any:
    if not isinstance(node, Scalar) or node.value.__class__ is not int:
        return reader.mistyped(node, field)
    number: int = node.value
    if not least <= number <= most:
        bits = 64 if most == I64_MAX else 32
        reader.refuse("wrong-type", f"`{field.name}` does not fit into {bits} bits: {shown(node)}", node.span)
        return WRONG
    return number


def real(reader: Reader, node: Node, field: Field) -> Any:
    if isinstance(node, Scalar) and node.value.__class__ in (int, float):
        return float(node.value)
    return reader.mistyped(node, field)


def boolean(reader: Reader, node: Node, field: Field) -> Any:
    if isinstance(node, Scalar) and node.value.__class__ is bool:
        return node.value
    return reader.mistyped(node, field)


def strings(reader: Reader, node: Node, field: Field) -> Any:
    if node.__class__ is not Sequence:
        return reader.mistyped(node, field)
    found = []
    for item in node.items:
        if item.__class__ is Scalar and item.value.__class__ is str:
            found.append(_new(Written, (reader.text(item), item)))
        else:
            _bad_item(reader, item, field, "strings", quoted(item))
    return tuple(found) if len(found) == len(node.items) else WRONG


def names(reader: Reader, node: Node, field: Field) -> Any:
    variables, reader.variables = reader.variables, {}
    found = strings(reader, node, field)
    reader.variables = variables
    return found


def i32s(reader: Reader, node: Node, field: Field) -> Any:
    if not isinstance(node, Sequence):
        return reader.mistyped(node, field)
    found = []
    for item in node.items:
        value = item.value if isinstance(item, Scalar) else None
        if isinstance(value, int) and value.__class__ is not bool and I32_MIN <= value <= I32_MAX:
            found.append(value)
        else:
            _bad_item(reader, item, field, "32-bit integers", "")
    return tuple(found) if len(found) == len(node.items) else WRONG


def _bad_item(reader: Reader, node: Node, field: Field, wanted: str, advice: str) -> None:
    reader.refuse(
        "wrong-type", f"`{field.name}` must be a list of {wanted}, and holds {shown(node)}", node.span, advice
    )


def string_map(reader: Reader, node: Node, field: Field) -> Any:
    """(key, Written) pairs, in the order of the file."""
    if not isinstance(node, Mapping):
        return reader.mistyped(node, field)
    entries = entries_that_count(reader, node)
    found = []
    for key, value in entries.items():
        if not isinstance(value, Scalar) or not isinstance(value.value, str):
            message = f"`{key}` in `{field.name}` must be a string, not {shown(value)}"
            reader.refuse("wrong-type", message, value.span, quoted(value))
            continue
        # keys with these names are left alone at any depth (workflow_spec.rs:1290-1307)
        untouched = key in ("variables", "parameters", "use_parameters")
        found.append((key, Written(value.value if untouched else reader.text(value), value)))
    return tuple(found) if len(found) == len(entries) else WRONG


def constants(reader: Reader, node: Node, field: Field) -> Any:
    """`variables` again, as they are: what is wrong with them was told when they were read first."""
    if reader.variables_told:
        return reader.variables
    variables = string_map(reader, node, field)
    return variables if variables is WRONG else {name: value.text for name, value in variables}


def entries_that_count(reader: Reader, node: Mapping) -> dict[str, Node]:
    """The entries of a free map that count; those that are lost to a later one are reported."""
    entries = effective(node)
    if len(entries) != len(node.entries):
        reader.doubled(node)
    return entries


def parameters(reader: Reader, node: Node, field: Field) -> Any:
    """The nodes of the values, by parameter name."""
    if not isinstance(node, Mapping):
        return reader.mistyped(node, field)
    return entries_that_count(reader, node)


def anything(reader: Reader, node: Node, field: Field) -> Any:
    """(plain value after variables, node)."""
    _doubled_below(reader, node)
    return plain(node, reader.variables), node


def any_map(reader: Reader, node: Node, field: Field) -> Any:
    """(plain value after variables, node)."""
    if not isinstance(node, Mapping):
        return reader.mistyped(node, field)
    return anything(reader, node, field)


def _doubled_below(reader: Reader, node: Node) -> None:
    stack = [node]
    while stack:
        current = stack.pop()
        if isinstance(current, Sequence):
            stack.extend(current.items)
        elif isinstance(current, Mapping):
            stack.extend(entries_that_count(reader, current).values())


def enum(reader: Reader, node: Node, field: Field) -> Any:
    variants = table.ENUMS[field.of]
    named = node
    if isinstance(node, Mapping) and len(node.entries) == 1:
        # {combined: null} is what serde also takes for a variant without content
        named, content = node.entries[0]
        if not isinstance(content, Scalar) or content.value is not None:
            return reader.mistyped(node, field)
        text = str(named.value)
    elif isinstance(node, Scalar) and isinstance(node.value, str):
        text = reader.text(node)
    else:
        return reader.mistyped(node, field)
    if text in variants:
        return text
    advice = did_you_mean(text, variants) or ("known values: " + ", ".join(variants),)
    reader.refuse("unknown-value", f"`{field.name}` cannot be {text!r}", named.span, *advice)
    return WRONG


def nested(reader: Reader, node: Node, field: Field) -> Any:
    read = reader.struct(node, table.ALL_STRUCTS[field.of])
    return WRONG if read is None else read


def structs(reader: Reader, node: Node, field: Field) -> Any:
    """Those items of a list that could be read, as Decoded."""
    if not isinstance(node, Sequence):
        return reader.mistyped(node, field)
    struct = table.ALL_STRUCTS[field.of]
    found = []
    read_item = reader.item_of_list if struct.name in table.ITEM_STRUCTS else reader.struct
    for index, item in enumerate(node.items):
        read = read_item(item, struct, index)
        if read is not None:
            found.append(read)
        elif struct.name in table.ITEM_STRUCTS:
            reader.complete = False
    if struct.name in table.SUBJECT_STRUCTS:
        reader.item = None
    return found


def struct_map(reader: Reader, node: Node, field: Field) -> Any:
    if not isinstance(node, Mapping):
        return reader.mistyped(node, field)
    struct = table.ALL_STRUCTS[field.of]
    found = {key: reader.struct(value, struct) for key, value in entries_that_count(reader, node).items()}
    return {key: read for key, read in found.items() if read is not None}


CHECKS: dict[str, Check] = {
    table.STRING: string,
    table.I64: i64,
    table.I32: i32,
    table.FLOAT: real,
    table.BOOL: boolean,
    table.STRINGS: strings,
    table.NAMES: names,
    table.I32S: i32s,
    table.STRING_MAP: string_map,
    table.VARIABLES: constants,
    table.PARAMETERS: parameters,
    table.ANY: anything,
    table.ANY_MAP: any_map,
    table.ENUM: enum,
    table.STRUCT: nested,
    table.STRUCTS: structs,
    table.STRUCT_MAP: struct_map,
}
