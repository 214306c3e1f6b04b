"""KDL as Torc reads it: crate kdl 6.7.1, version 2 of the language only, with spans."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.syntax.kdl_comments import find_comments
from torclint.syntax.kdl_nodes import NodeReader
from torclint.syntax.kdl_torc import spec_tree
from torclint.syntax.node import Document, Node, Span

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from torclint.syntax.kdl_tree import KdlNode


def parse(text: str) -> Document:
    """Read a spec in KDL into the tree that Torc makes of it; `notes` tell what Torc passes over. Raises ParseError."""
    nodes = NodeReader(text)
    root, notes = spec_tree(text, nodes)

    def comments(text: str, root: Node) -> list[Span]:
        return find_comments(text, nodes.dropped)

    return Document(text, "kdl", root, comments, notes)


def load_nodes(text: str) -> list[dict[str, Any]]:
    """The nodes of `text`: name, type, entries as [key or None, value, type], children. Raises ParseError."""
    return _plain(NodeReader(text))


def _plain(nodes: Iterable[KdlNode]) -> list[dict[str, Any]]:
    return [
        {
            "name": node.name,
            "type": node.annotation,
            "entries": [[entry.key, entry.value, entry.annotation] for entry in node.entries],
            "children": _plain(node.children or []),
        }
        for node in nodes
    ]
