"""Which part of a spec an ignore covers: the line or the item that a comment stands at, or what a pointer leads to."""

from __future__ import annotations

import re
from bisect import bisect_right

from torclint.record import TYPE_CHECKING, Record
from torclint.syntax.node import Mapping, Sequence, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.syntax.node import Document, Node

_BLANK = re.compile(r"[\s,;]*")
_DASHES = re.compile(r"(?:-[ \t]+)*")
_ONLY_DASHES = re.compile(r"\s*(?:-[ \t]+)*\Z")


class _Item(Record):
    """An item of a list of the spec, or a top-level field that is no list of items."""

    start: int
    end: int
    first_line: int
    last_line: int


class Regions:
    """The items of one spec, and which of them a comment belongs to."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._lines = document.lines
        self._comment_ends = {comment.start: comment.end for comment in document.comments}
        self._items = sorted(self._all_items())
        self._starts = [item.start for item in self._items]

    def covered_by(self, comment: Span) -> list[Span]:
        """What an ignore in `comment` covers: its line, the item that holds the comment, or the one that follows."""
        text, line = self._document.text, self._lines.position(comment.start).line
        line_start = self._lines.starts[line - 1]
        covered = []
        if _ONLY_DASHES.match(text, line_start, comment.start):
            following = self._item_from(self._next_content(comment.end))
            if following is not None:
                covered.append(Span(following.start, following.end))
        else:
            covered.append(Span(line_start, comment.start))
        holding = self._holding(comment, line, comment.start - line_start)
        if holding is not None:
            covered.append(Span(holding.start, holding.end))
        return covered

    def _all_items(self) -> Iterator[_Item]:
        root = self._document.root
        for key, value in root.entries if isinstance(root, Mapping) else ():
            if isinstance(value, Sequence) and any(isinstance(item, Mapping) for item in value.items):
                # the field stands for all of its items, from the line with its key
                yield self._item(key.start, key.end)
                yield from (self._item(item.start, item.end) for item in value.items)
            else:
                yield self._item(min(key.start, value.start), max(key.end, value.end))

    def _item(self, start: int, end: int) -> _Item:
        last = self._lines.position(len(self._document.text[start:end].rstrip()) + start).line
        return _Item(start, end, self._lines.position(start).line, last)

    def _next_content(self, offset: int) -> int:
        """Where the next thing that is no comment begins; dashes of a YAML list are passed over."""
        text = self._document.text
        while True:
            blank = _BLANK.match(text, offset)
            offset = blank.end() if blank else offset
            if offset not in self._comment_ends:
                break
            offset = self._comment_ends[offset]
        dashes = _DASHES.match(text, offset)
        return dashes.end() if dashes else offset

    def _item_from(self, offset: int) -> _Item | None:
        place = bisect_right(self._starts, offset) - 1
        item = self._items[place] if place >= 0 else None
        return item if item is not None and item.start == offset else None

    def _holding(self, comment: Span, line: int, indent: int) -> _Item | None:
        """The item on whose lines the comment stands, or which it still belongs to by its indentation."""
        place = bisect_right(self._starts, comment.start) - 1
        if place < 0:
            return None
        item = self._items[place]
        if line <= item.last_line:
            return item
        column = item.start - self._lines.starts[item.first_line - 1]
        between = self._document.text[item.end : comment.start]
        only_comments = all(not part.strip() or part.lstrip().startswith(("#", "//")) for part in between.splitlines())
        return item if column and indent >= column and only_comments else None


def at_pointer(root: Node, pointer: str) -> Span | None:
    """The part of the spec that a JSON pointer (RFC 6901) leads to, with its key; None if there is no such part."""
    node, span = root, root.span
    for part in pointer.split("/")[1:]:
        name = part.replace("~1", "/").replace("~0", "~")
        if isinstance(node, Mapping):
            key, value = node.key(name), node.get(name)
            if key is None or value is None:
                return None
            node, span = value, Span(min(key.start, value.start), max(key.end, value.end))
        elif isinstance(node, Sequence) and name.isascii() and name.isdigit() and int(name) < len(node.items):
            node = node.items[int(name)]
            span = node.span
        else:
            return None
    return span


def at_job(root: Node, name: str) -> list[Span]:
    """The items of `jobs` with the name `name`, as written."""
    jobs = root.get("jobs") if isinstance(root, Mapping) else None
    items = jobs.items if isinstance(jobs, Sequence) else []
    return [item.span for item in items if isinstance(item, Mapping) and _name_of(item) == name]


def _name_of(item: Mapping) -> object:
    node = item.get("name")
    return None if node is None else node.plain
