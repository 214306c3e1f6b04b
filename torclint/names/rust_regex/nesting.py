"""The crate's nest limit: how deep the tree of a pattern may be (regex-syntax, ast/parse.rs, NestLimiter)."""

from __future__ import annotations

from torclint.names.rust_regex.errors import RegexError
from torclint.names.rust_regex.syntax_tree import (
    Alternation,
    Bracketed,
    Concat,
    Group,
    Literal,
    Node,
    Repetition,
    SetOperation,
    Union,
)

NEST_LIMIT = 250


def check_nesting(pattern: str, tree: Node) -> None:
    """Raises RegexError at the first node, in reading order, that lies too deep."""
    if len(pattern) <= NEST_LIMIT:
        return  # each level takes a character of its own
    stack = [(tree, 0)]
    while stack:
        node, depth = stack.pop()
        children = _children(node)
        if children is None:
            continue
        if depth == NEST_LIMIT:
            message = f"exceed the maximum number of nested parentheses/brackets ({NEST_LIMIT})"
            raise RegexError("syntax", message, pattern, node.start, node.end)
        stack.extend((child, depth + 1) for child in reversed(children))


def _children(node: Node) -> list[Node] | None:
    """What a node holds that may be deep itself; None where the node adds no level."""
    if isinstance(node, Concat):
        return [child for child in node.items if not isinstance(child, Literal)]
    if isinstance(node, Literal):
        # A run of characters is a concatenation, unless it is part of one, which the line above leaves out.
        return [] if len(node.text) > 1 else None
    if isinstance(node, Alternation | Union):
        return node.items
    if isinstance(node, Repetition | Group):
        return [node.body]
    if isinstance(node, SetOperation):
        return [node.left, node.right]
    if isinstance(node, Bracketed):
        return [node.content]
    return None
