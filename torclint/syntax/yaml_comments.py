"""Where the comments of a YAML text are: libyaml drops them, but they can only lie between scalars."""

from __future__ import annotations

import re
from bisect import bisect_right

from torclint.syntax.node import Mapping, Node, Scalar, Sequence, Span
from torclint.syntax.yaml_properties import body_start

_COMMENT = re.compile(r"#[^\r\n]*")
_BLOCK_HEADER = re.compile(r"[|>][0-9+-]*[ \t]+(#[^\r\n]*)")


def find_comments(text: str, root: Node) -> list[Span]:
    """The spans of all comments, from `#` to the end of the line, in order."""
    comments: list[Span] = []
    found = _candidate(text, 0)
    if found is None:
        return comments
    scalars = _scalar_spans(root)
    while found is not None:
        start, end = found.span()
        place = bisect_right(scalars, (start, len(text))) - 1
        if place < 0 or scalars[place][1] <= start or _is_in_front(text, *scalars[place], start):
            comments.append(Span(start, end))
        else:
            end = scalars[place][1]
        found = _candidate(text, end)
    return comments


def _is_in_front(text: str, start: int, end: int, offset: int) -> bool:
    """Whether a comment at `offset` stands before the value of a scalar: behind its anchor, tag or block mark."""
    body = body_start(text, start, end)
    header = _BLOCK_HEADER.match(text, body, end)
    return offset < body or (header is not None and header.start(1) == offset)


def _candidate(text: str, offset: int) -> re.Match[str] | None:
    """The next `#` that blanks or the start of the text stand before, with all that follows on its line."""
    found = _COMMENT.search(text, offset)
    while found is not None and found.start() and not text[found.start() - 1].isspace():
        found = _COMMENT.search(text, found.start() + 1)
    return found


def _scalar_spans(root: Node) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    pending: list[Node] = [root]
    while pending:
        node = pending.pop()
        if node.__class__ is Scalar or node.alias:
            spans.append((node.start, node.end))
        elif isinstance(node, Sequence):
            pending += node.items
        elif isinstance(node, Mapping):
            for key, value in node.entries:
                spans.append((key.start, key.end))
                if value.__class__ is Scalar:
                    spans.append((value.start, value.end))
                else:
                    pending.append(value)
    spans.sort()
    return spans
