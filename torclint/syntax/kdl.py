"""KDL as Torc reads it: crate kdl 6.7.1, version 2 of the language only, with spans."""

from __future__ import annotations

from typing import Any

from torclint.syntax.kdl_nodes import KdlNode, read_nodes


def load_nodes(text: str) -> list[dict[str, Any]]:
    """The nodes of `text`: name, type, entries as [key or None, value, type], children. Raises ParseError."""
    return _plain(read_nodes(text).nodes)


def _plain(nodes: list[KdlNode]) -> list[dict[str, Any]]:
    return [
        {
            "name": node.name,
            "type": node.type,
            "entries": [[entry.key, entry.value, entry.type] for entry in node.entries],
            "children": _plain(node.children or []),
        }
        for node in nodes
    ]
