"""Taking items out of lists, and with the last of them the whole field. Comments on the way stay where they are."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.syntax.insertion.places import (
    BLANKS,
    before_comments,
    comments_within,
    indent_at,
    indent_of_line,
    line_start,
    newline_of,
)
from torclint.syntax.insertion.style import CannotEdit
from torclint.syntax.node import Mapping, Sequence
from torclint.text.edits import Edit

if TYPE_CHECKING:
    from torclint.syntax.kdl_tree import KdlNode
    from torclint.syntax.node import Document, Node, Scalar


def remove_items(document: Document, owner: Mapping, field: str, gone: list[Node]) -> list[Edit]:
    """Take the items `gone` out of the list under `field` of `owner`; the field itself where nothing would be left.

    Raises CannotEdit where that would touch anything else but aliases: see `with_anchors`.
    """
    items, key = owner.get(field), owner.key(field)
    if not isinstance(items, Sequence) or key is None:
        raise CannotEdit(f"{field} is not written as a list")
    if owner.alias or (items.alias and len(gone) < len(items.items)):
        raise CannotEdit(f"the list {field} is written as an alias")
    places = [place for place, item in enumerate(items.items) if any(item is each for each in gone)]
    if len(places) != len(gone):
        raise CannotEdit(f"what is to be removed is not written in {field}")
    if document.format == "kdl":
        return [_without_node(document, owner, item) for item in gone]
    if len(places) == len(items.items):
        return _remove_field(document, owner, key, items)
    if items.flow:
        ends = [(item.start, item.end) for item in items.items]
        return _without_flow(document, ends, places, items.end)
    return [_without_dashes(document, items.items[first], items.items[last]) for first, last in _runs(places)]


def _remove_field(document: Document, owner: Mapping, key: Scalar, value: Node) -> list[Edit]:
    if sum(each.value == key.value for each, _ in owner.entries) > 1:
        raise CannotEdit(f"the key {key.value} is written twice")
    place = next(number for number, (each, _) in enumerate(owner.entries) if each is key)
    if owner.flow or document.format != "yaml":
        ends = [(_entry_start(document, owner, each), last.end) for each, (_, last) in enumerate(owner.entries)]
        return _without_flow(document, ends, [place], owner.end)
    text = document.text
    start = _entry_start(document, owner, place)
    if indent_at(text, start) is not None:
        return [_without_lines(document, start, value.end)]
    if place or len(owner.entries) < 2:
        raise CannotEdit(f"{key.value} does not stand on a line of its own")
    # the first field, behind the dash of its item: the next one takes its place
    following = _entry_start(document, owner, 1)
    between = newline_of(text) + " " * (start - line_start(text, start))
    comments = comments_within(document, start, following)
    return [Edit(start, following, "".join(text[span.start : span.end] + between for span in comments))]


def _entry_start(document: Document, owner: Mapping, place: int) -> int:
    """Where the entry begins: at its key, or at the `?` that stands before that."""
    key = owner.entries[place][0]
    before = before_comments(document, key.start) - 1
    least = owner.entries[place - 1][1].end if place else owner.start
    return before if before >= least and document.text[before] == "?" and document.format == "yaml" else key.start


def _without_dashes(document: Document, first: Node, last: Node) -> Edit:
    """Block items from `first` to `last` go with their lines."""
    start = before_comments(document, first.start)
    if document.text[start - 1 : start] != "-" or indent_at(document.text, start - 1) is None:
        raise CannotEdit("an item of the list does not stand on a line of its own")
    return _without_lines(document, start - 1, last.end)


def _without_lines(document: Document, start: int, end: int) -> Edit:
    """Take text[start:end] out with the lines that it fills; comments within, and at its end, get lines of their own."""
    text = document.text
    indent = indent_at(text, start) or ""
    line_end = _end_of_line(text, end)
    comments = comments_within(document, start, line_end)
    rest = text[end:line_end]
    for span in comments:
        if span.start >= end:
            rest = text[end : span.start]
    if rest.strip(BLANKS):
        raise CannotEdit("something else stands on the same line")
    newline = newline_of(text)
    kept = newline.join(indent + text[span.start : span.end] for span in comments)
    first = line_start(text, start)
    if comments:
        return Edit(first, max(line_end, comments[-1].end), kept)
    after = _after_break(text, line_end)
    if after == line_end and first:  # the last line, without a break: the one before takes its place
        first = _before_break(text, first)
    return Edit(first, after, "")


def _end_of_line(text: str, offset: int) -> int:
    ends = [place for place in (text.find("\n", offset), text.find("\r", offset)) if place >= 0]
    return min(ends, default=len(text))


def _after_break(text: str, offset: int) -> int:
    return offset + (2 if text.startswith("\r\n", offset) else 1 if text[offset : offset + 1] in ("\n", "\r") else 0)


def _before_break(text: str, offset: int) -> int:
    return offset - (2 if text[offset - 2 : offset] == "\r\n" else 1)


def _without_flow(document: Document, ends: list[tuple[int, int]], gone: list[int], close: int) -> list[Edit]:
    """Take parts between commas out; `ends` are where all of them start and end, `close` the end of the brackets."""
    text = document.text
    edits: list[Edit] = []
    for first, last in _runs(gone):
        start, end = ends[first][0], ends[last][1]
        comma = _comma_in(document, end, ends[last + 1][0] if last + 1 < len(ends) else close - 1)
        if comma is not None:
            end = comma + 1
        elif first:  # the last ones, and no comma behind them: the one before them goes
            comma = _comma_in(document, ends[first - 1][1], start)
            if comma is not None:
                edits.append(Edit(comma, comma + 1, ""))
        leading = _alone(text, start) or (not first and last + 1 == len(ends))
        edits.append(_without_blanks(document, start, end, leading))
    return _joined(text, edits)


def _runs(places: list[int]) -> list[tuple[int, int]]:
    """The first and the last of each run of places that follow each other."""
    runs: list[tuple[int, int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1] = runs[-1][0], place
        else:
            runs.append((place, place))
    return runs


def _joined(text: str, edits: list[Edit]) -> list[Edit]:
    """Deletions with nothing but blanks in between made one."""
    joined: list[Edit] = []
    for edit in sorted(edits):
        bare = joined and not joined[-1].replacement and not edit.replacement
        if bare and not text[joined[-1].end : edit.start].strip(BLANKS):
            joined[-1] = joined[-1]._replace(end=max(joined[-1].end, edit.end))
        else:
            joined.append(edit)
    return joined


def _alone(text: str, start: int) -> bool:
    return indent_at(text, start) is not None and line_start(text, start) > 0


def _without_blanks(document: Document, start: int, end: int, leading: bool) -> Edit:
    """text[start:end] with the blanks on one side of it, or with its whole line if nothing else stands there.

    Comments within stay, at the indent of the line.
    """
    text = document.text
    line_end = _end_of_line(text, end)
    comments = comments_within(document, start, end)
    if comments:
        between = newline_of(text) + indent_of_line(text, start)
        written = [text[span.start : span.end] for span in comments]
        kept = "".join(each + (" " if each.startswith("/*") else between) for each in written)
        if kept.startswith("#") and not text[start - 1].isspace():
            kept = " " + kept
        while text[end : end + 1] in (" ", "\t"):
            end += 1
        return Edit(start, end, kept.rstrip(BLANKS + "\r\n") if end == line_end else kept)
    if leading and not text[end:line_end].strip(BLANKS):
        return Edit(line_start(text, start), _after_break(text, line_end), "")
    after = end
    while text[after : after + 1] in (" ", "\t"):
        after += 1
    is_last = after == line_end or text[after] in "]}"
    if is_last or (text[after] in "#/" and indent_at(text, start) is None):  # on its line, but for a comment
        while text[start - 1] in BLANKS:
            start -= 1
        return Edit(start, end, "")
    return Edit(start, after, "")


def _comma_in(document: Document, start: int, end: int) -> int | None:
    """The comma in text[start:end], outside of comments."""
    place = start
    while True:
        place = document.text.find(",", place, end)
        if place < 0:
            return None
        around = next((span for span in comments_within(document, start, place) if place < span.end), None)
        if around is None:
            return place
        place = around.end


def _without_node(document: Document, owner: Mapping, item: Node) -> Edit:
    """Take the KDL node that is `item`, or of which it is the only entry, out of the block of `owner`."""
    text = document.text
    if isinstance(item, Mapping):
        start, end = item.start, item.end
        if any(text.startswith("/-", span.start) for span in comments_within(document, start, end)):
            raise CannotEdit("something is taken out by `/-` in the node")
    else:
        node = _node_at(text[owner.start : owner.end], item.start - owner.start)
        if node is None or len(node.entries) != 1 or node.children is not None:
            raise CannotEdit("the node holds something else as well")
        start, end = owner.start + node.start, owner.start + node.end
    after = end
    while text[after : after + 1] in (" ", "\t"):
        after += 1
    if text[after : after + 1] == ";":
        end = after + 1
    line_end = _end_of_line(text, end)
    rest = text[end:line_end].strip(BLANKS)
    if indent_at(text, start) is not None and (not rest or rest.startswith("//")):
        return _without_lines(document, start, end)
    kept = ""
    for span in comments_within(document, start, end):
        comment = text[span.start : span.end]
        if comment.startswith("/-"):
            raise CannotEdit("something is taken out by `/-` in the node")
        kept += comment + (newline_of(text) if comment.startswith("//") else " ")
    after = end
    while text[after : after + 1] in (" ", "\t"):
        after += 1
    return Edit(start, after, kept)


def _node_at(text: str, offset: int) -> KdlNode | None:
    from torclint.syntax.kdl_nodes import NodeReader

    pending = list(NodeReader(text))
    while pending:
        node = pending.pop()
        if any(entry.start == offset for entry in node.entries):
            return node
        pending.extend(node.children or ())
    return None
