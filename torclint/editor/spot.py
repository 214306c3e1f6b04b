"""Which field of the spec a place of the tree belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from torclint.spec import fields as table
from torclint.spec.fields import WORKFLOW, Field, Struct
from torclint.syntax.node import Mapping, Scalar, Sequence

if TYPE_CHECKING:
    from torclint.syntax.node import Document, Node

STRUCTURED = frozenset((table.STRUCT, table.STRUCTS, table.STRUCT_MAP))


class Spot(NamedTuple):
    """A place in a spec: the innermost field around it, with the struct that has it.

    `key` is where the field is named, `on_key` whether the place is there, `node` the innermost value around the place.
    `inside`: the keys between the field and that value, in fields that take any: `parameters`, `env`, `metadata`.
    """

    struct: Struct
    field: Field
    key: Scalar
    on_key: bool
    node: Node
    inside: tuple[str, ...] = ()


def spot_at(document: Document, offset: int, version: str) -> Spot | None:
    """The field around text[offset], as the Torc release `version` has it; None outside of known ones."""
    found: Spot | None = None
    node: Node = document.root
    struct: Struct | None = WORKFLOW.at(version)
    while True:
        entry = None
        if isinstance(node, Sequence):
            inner = _around(node.items, offset)
            if inner is None:
                return found
            node = inner
        elif isinstance(node, Mapping):
            entry = next((pair for pair in reversed(node.entries) if _holds(pair, offset)), None)
            if entry is None:
                return found
        else:
            return found
        if entry is None:
            found = found._replace(node=node) if found is not None else None
            continue
        key, node = entry
        on_key = key.start <= offset <= key.end
        if struct is None:  # below a field that takes any keys
            if found is None:
                return None
            found = found._replace(key=key, on_key=on_key, node=node, inside=(*found.inside, str(key.value)))
        else:
            field = next((each for each in struct.fields if each.name == key.value), None)
            if field is None:
                return None
            found = Spot(struct, field, key, on_key, node)
            struct = table.ALL_STRUCTS[field.of].at(version) if field.kind in STRUCTURED else None
            if field.kind == table.STRUCT_MAP and isinstance(node, Mapping) and not on_key:
                inner = _around([value for _, value in node.entries], offset)
                if inner is None:
                    return found
                node = inner
        if on_key:
            return found


def _holds(pair: tuple[Scalar, Node], offset: int) -> bool:
    key, value = pair
    return key.start <= offset <= key.end or value.start <= offset <= value.end


def _around(nodes: list[Node], offset: int) -> Node | None:
    return next((node for node in nodes if node.start <= offset <= node.end), None)
