"""Writing new items, keys and strings into a text, in the style of the text around them.

Every function gives an Edit on the original text; nothing is ever dumped from the tree.
"""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.syntax.insertion.anchors import with_anchors
from torclint.syntax.insertion.removal import remove_items
from torclint.syntax.insertion.replace import rename_key, replace_string
from torclint.syntax.insertion.several import replace_by_several
from torclint.syntax.insertion.style import CannotEdit
from torclint.syntax.node import Mapping, Sequence

if TYPE_CHECKING:
    from torclint.syntax.insertion.style import Fields, New
    from torclint.syntax.node import Document, Node
    from torclint.text.edits import Edit

    __all__ = [
        "CannotEdit", "Fields", "New", "insert_before", "remove_items", "rename_key", "replace_by_several", "replace_string",
        "with_anchors",
    ]  # fmt: skip
else:
    __all__ = [
        "CannotEdit", "insert_before", "remove_items", "rename_key", "replace_by_several", "replace_string", "with_anchors",
    ]  # fmt: skip


def insert_before(document: Document, field: str, before: Node, fields: Fields) -> Edit:
    """A new item with `fields` in the list under `field` of the top level, in front of its item `before` and of the
    comments that belong to that.

    Raises CannotEdit where it would touch anything else.
    """
    root = document.root
    items = root.get(field) if isinstance(root, Mapping) else None
    if not isinstance(items, Sequence):
        raise CannotEdit(f"{field} is not written as a list")
    if items.alias or before.alias:
        raise CannotEdit(f"the list of {field}, or an item of it, is written as an alias")
    if not isinstance(before, Mapping) or not before.entries:
        raise CannotEdit(f"the list of {field} holds something else than mappings")
    if document.format == "kdl":
        from torclint.syntax.insertion.kdl import insert_node

        return insert_node(document, field, items, before, fields)
    if items.flow:
        from torclint.syntax.insertion.flow import insert_into_flow

        return insert_into_flow(document, items, before, fields)
    from torclint.syntax.insertion.block import insert_into_block

    return insert_into_block(document, items, before, fields)
