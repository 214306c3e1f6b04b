"""Text to tree: one interface over YAML, JSON, JSON5 and KDL, every value with its span."""

from __future__ import annotations

from torclint.syntax.node import Document, Mapping, Node, Note, ParseError, Scalar, Sequence, Span

__all__ = ["FORMATS", "Document", "Mapping", "Node", "Note", "ParseError", "Scalar", "Sequence", "Span", "parse"]

FORMATS = ("yaml", "json", "json5", "kdl")


def parse(text: str, format: str) -> Document:
    """Read `text` in `format`, one of FORMATS, as Torc does. Raises ParseError."""
    if format == "yaml":
        from torclint.syntax.yaml import parse as read
    elif format == "json":
        from torclint.syntax.json import parse as read
    elif format == "json5":
        from torclint.syntax.json5 import parse as read
    elif format == "kdl":
        from torclint.syntax.kdl import parse as read
    else:
        raise ValueError(f"unknown format {format!r}; one of {', '.join(FORMATS)}")
    return read(text)
