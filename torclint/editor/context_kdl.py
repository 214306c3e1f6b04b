"""Contexts in KDL: which nodes are open, and whether a name or a value is typed."""

from __future__ import annotations

import re

from torclint.editor.context import KEY, VALUE, Context

_PIECE = re.compile(
    r"""(?P<string>(\#+)".*?(?:"\2|\Z)|\"{3}.*?(?:\"{3}|\Z)|"(?:[^"\\]|\\.)*"?)|(?P<comment>//[^\n]*|/\*.*?(?:\*/|\Z))"""
    r"""|(?P<mark>[{};\n]|\\\s*\n)|(?P<word>[^\s{};"\\/=()]+|.)""",
    re.VERBOSE | re.DOTALL,
)


def kdl_context(text: str, offset: int) -> Context | None:
    path: list[str] = []
    siblings: list[list[str]] = [[]]
    node: str | None = None  # the name of the node whose entries are read
    at_cursor: re.Match[str] | None = None
    for piece in _PIECE.finditer(text, 0, offset):
        kind = piece.lastgroup
        at_cursor = (
            piece if piece.end() == offset and kind in ("string", "word", "comment") and piece[0].strip() else None
        )
        if kind == "mark":
            if piece[0] == "{":
                path.append(node or "")
                siblings.append([])
            elif piece[0] == "}" and path:
                path.pop()
                siblings.pop()
            if not piece[0].startswith("\\"):
                node = None
        elif kind in ("string", "word") and piece[0].strip() and node is None and at_cursor is None:
            node = piece[0].strip('"#')
            siblings[-1].append(node)
    written = "" if at_cursor is None else at_cursor[0]
    if at_cursor is not None and at_cursor.lastgroup == "comment":
        return None
    quote = '"' if written.startswith('"') else ""
    if quote and len(written) > 1 and written.endswith('"'):
        return None
    typed = written[len(quote) :]
    if node is None:
        return Context(tuple(path), KEY, typed, offset - len(typed), quote, frozenset(siblings[-1]))
    return Context((*path, node), VALUE, typed, offset - len(typed), quote)
