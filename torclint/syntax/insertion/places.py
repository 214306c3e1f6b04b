"""Where lines begin, which comments stand above one, and what a line break looks like."""

from __future__ import annotations

from bisect import bisect_left

from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from torclint.syntax.node import Document, Sequence, Span

BLANKS = " \t"


class Place(Record):
    """Where a new item goes: the offset, and whether a blank line sets items apart there."""

    offset: int
    is_spaced: bool


def line_start(text: str, offset: int) -> int:
    """Where the line of `offset` begins."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def newline_of(text: str) -> str:
    """The line break of the text's first line."""
    line_feed, carriage_return = text.find("\n"), text.find("\r")
    if carriage_return < 0 or 0 <= line_feed < carriage_return:
        return "\n"
    return "\r\n" if line_feed == carriage_return + 1 else "\r"


def indent_at(text: str, offset: int) -> str | None:
    """The blanks from which the line of `offset` starts, up to it; None if anything else stands there."""
    before = text[line_start(text, offset) : offset]
    return None if before.strip(BLANKS) else before


def indent_of_line(text: str, offset: int) -> str:
    """The blanks with which the line of `offset` starts."""
    start = line_start(text, offset)
    end = start
    while text[end : end + 1] in (" ", "\t"):
        end += 1
    return text[start:end]


def above(document: Document, items: Sequence, first: int, column: int) -> Place:
    """The place above the line that begins at `first`, with an item of `items` at `column`, and above its comments.

    A comment belongs to the item if it has lines of its own directly above and is not indented deeper than it: then it
    would belong to the item before.
    """
    text = document.text
    place = first
    while (span := _comment_above(document, place)) is not None:
        start = line_start(text, span.start)
        if text[start : span.start].strip(BLANKS) or span.start - start > column:
            break
        place = start
    return Place(place, _is_blank(text, place) or _is_first_of_spaced(document, items, first))


def _comment_above(document: Document, first: int) -> Span | None:
    """The comment that ends the line above the one that begins at `first`; what KDL's `/-` takes out is none."""
    if not first:
        return None
    text = document.text
    end = _line_end(text, first)
    while end and text[end - 1] in BLANKS:
        end -= 1
    comments = document.comments
    place = bisect_left(comments, end, key=lambda span: span.start) - 1
    if place < 0 or not end <= comments[place].end <= first or text.startswith("/-", comments[place].start):
        return None
    return comments[place]


def _line_end(text: str, first: int) -> int:
    """Where the line above the one that begins at `first` ends, its line break not counted."""
    return first - (2 if text[first - 2 : first] == "\r\n" else 1)


def _is_blank(text: str, first: int) -> bool:
    """Whether the line above the one that begins at `first` is blank."""
    if not first:
        return False
    end = _line_end(text, first)
    return not text[line_start(text, end) : end].strip(BLANKS)


def _is_first_of_spaced(document: Document, items: Sequence, first: int) -> bool:
    """Whether the item on this line is the first of several with blank lines in between."""
    if len(items.items) < 2 or items.items[0].start < first or items.items[1].start == first:
        return False
    if document.text[first : items.items[0].start].strip(BLANKS + "-"):
        return False
    between = document.text[items.items[0].end : items.items[1].start]
    return any(not line.strip() for line in between.splitlines()[1:-1])


def comments_within(document: Document, start: int, end: int) -> list[Span]:
    """The comments that begin in text[start:end]."""
    comments = document.comments
    first = bisect_left(comments, start, key=lambda span: span.start)
    return comments[first : bisect_left(comments, end, lo=first, key=lambda span: span.start)]


def before_comments(document: Document, offset: int) -> int:
    """The end of what stands before `offset`, blanks, line breaks and comments left out."""
    text = document.text
    while True:
        while offset and text[offset - 1].isspace():
            offset -= 1
        comment = _comment_before(document, offset)
        if comment is None:
            return offset
        offset = comment.start


def before_comments_on_line(document: Document, offset: int) -> int:
    """Where the comments directly before `offset` on its line begin: they belong to what stands behind them."""
    text = document.text
    first = line_start(text, offset)
    end = offset
    while True:
        while end > first and text[end - 1] in BLANKS:
            end -= 1
        comment = _comment_before(document, end)
        if comment is None or comment.start < first or text.startswith("/-", comment.start):
            return offset
        offset = end = comment.start


def _comment_before(document: Document, end: int) -> Span | None:
    """The comment that ends at `end`."""
    comments = document.comments
    place = bisect_left(comments, end, key=lambda span: span.start) - 1
    return comments[place] if place >= 0 and comments[place].end == end else None
