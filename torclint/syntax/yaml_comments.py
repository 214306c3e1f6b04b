"""Where the comments of a YAML text are: libyaml drops them, but they can only lie between scalars."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING
from torclint.syntax.node import Mapping, Node, Scalar, Sequence, Span
from torclint.syntax.yaml_properties import body_start

if TYPE_CHECKING:
    from collections.abc import Iterator

_COMMENT = re.compile(r"(?:(?<=[\s])|\A)#[^\r\n]*")
_BLOCK_HEADER = re.compile(r"[|>][0-9+-]*[ \t]+(#[^\r\n]*)")


def find_comments(text: str, root: Node) -> list[Span]:
    """The spans of all comments, from `#` to the end of the line, in order."""
    comments: list[Span] = []
    position = 0
    for start, end in sorted(set(_scalar_spans(root))):
        if start > position:
            comments.extend(_within(text, position, start))
        body = body_start(text, start, end)
        comments.extend(_within(text, start, body))
        header = _BLOCK_HEADER.match(text, body, end)
        if header is not None:
            comments.append(Span(*header.span(1)))
        position = max(position, end)
    comments.extend(_within(text, position, len(text)))
    return comments


def _within(text: str, start: int, end: int) -> Iterator[Span]:
    for found in _COMMENT.finditer(text, start, end):
        yield Span(*found.span())


def _scalar_spans(root: Node) -> Iterator[tuple[int, int]]:
    pending: list[Node] = [root]
    while pending:
        node = pending.pop()
        if isinstance(node, Scalar) or node.alias:
            yield node.start, node.end
        elif isinstance(node, Sequence):
            pending.extend(node.items)
        elif isinstance(node, Mapping):
            for key, value in node.entries:
                yield key.start, key.end
                pending.append(value)
