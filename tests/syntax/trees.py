"""What the tests of all readers ask of a tree."""

from __future__ import annotations

from torclint import syntax


def nodes(root):
    """All nodes below `root`, itself first; keys of mappings are left out."""
    pending = [root]
    while pending:
        node = pending.pop()
        yield node
        if isinstance(node, syntax.Sequence):
            pending += node.items
        elif isinstance(node, syntax.Mapping):
            pending += [value for _, value in node.entries]


def keys(root):
    """All keys of all mappings below `root`."""
    for node in nodes(root):
        if isinstance(node, syntax.Mapping):
            yield from (key for key, _ in node.entries)


def written(text, node):
    return text[node.start : node.end]


def refusal(text, kind):
    """(line, column, message) with which `text` is refused."""
    try:
        syntax.parse(text, kind)
    except syntax.ParseError as error:
        return error.line, error.column, error.message
    raise AssertionError(f"{kind} took {text!r}")
