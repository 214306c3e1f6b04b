"""Reading a YAML text again after an edit: only the entries around the edit are parsed, the others move.

Entries of the top level, and items of a list below it, begin on lines of their own and are read from the same state of
libyaml's scanner, whatever stands before them; so a run of them gives by itself the nodes that it gives in the whole text.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from torclint.record import TYPE_CHECKING, Record
from torclint.syntax.node import Mapping, ParseError, Sequence
from torclint.syntax.yaml import parse_part
from torclint.text.change import change_between

if TYPE_CHECKING:
    from torclint.syntax.node import Document, Node
    from torclint.text.edits import Edit

_ALIAS = re.compile(r"\*(?<=[\s\[{,:-]\*)[A-Za-z0-9_-]")
_ANCHOR = re.compile(r"&[A-Za-z0-9_-]")
_OF_DOCUMENT = re.compile("(?m)(?:^|[\r\x85\u2028\u2029])(?:---|[.]{3}|%)|\ufeff")
_DASH = re.compile(r"( *)- +")


class _Run(Record):
    """Entries first..last-1 of the top level, or of the list `items` below it, with the lines text[start:end] they take."""

    items: Sequence | None
    first: int
    last: int
    start: int
    end: int
    indent: int


def read_again(document: Document, text: str) -> bool:
    """Make `document` what `parse(text)` gives. False, and nothing done, where that takes reading all of it.

    Its nodes stay the same objects where nothing was edited: whoever holds some of before has the new places.
    """
    if document.format != "yaml" or _ALIAS.search(document.text):
        return False
    change = change_between(document.text, text)
    run = _run_around(document, change)
    if run is None:
        return False
    shift = len(text) - len(document.text)
    part = text[run.start : run.end + shift]
    if _OF_DOCUMENT.search(part) or _ANCHOR.search(document.text, run.start, run.end):
        return False
    if run.end < len(document.text) and not part.endswith(("\n", "\r")):
        return False
    try:
        found = parse_part(part, 0 if run.items is None else 1)
    except ParseError:
        return False
    wanted = Mapping if run.items is None else Sequence
    if not isinstance(found, (Mapping, Sequence)) or found.__class__ is not wanted:
        return False
    if found.flow or found.start != run.indent:
        return False
    _put_in(document, run, found, shift)
    document.renew(text)
    return True


def _run_around(document: Document, change: Edit) -> _Run | None:
    root, text = document.root, document.text
    if not isinstance(root, Mapping) or root.flow or not root.entries:
        return None
    # what is put in at the start of an entry may belong to the one before
    before, until = change.start - 1, max(change.end, change.start) - 1
    starts = [key.start for key, _ in root.entries]
    first, last = bisect_right(starts, before) - 1, bisect_right(starts, until)
    if first < 0:
        return None
    start, end = starts[first], starts[last] if last < len(starts) else len(text)
    if _line_start(text, start) != start or (end < len(text) and _line_start(text, end) != end):
        return None
    value = root.entries[first][1]
    if last == first + 1 and isinstance(value, Sequence) and not value.flow and value.items:
        inner = _run_of_items(text, value, change, before, until, end)
        if inner is not None:
            return inner
    return _Run(None, first, last, start, end, 0)


def _run_of_items(text: str, items: Sequence, change: Edit, before: int, until: int, end: int) -> _Run | None:
    starts = [item.start for item in items.items]
    first, last = bisect_right(starts, before) - 1, bisect_right(starts, until)
    if first < 0:
        return None
    start = _line_start(text, starts[first])
    dash = _DASH.fullmatch(text, start, starts[first])
    if dash is None or change.start <= start + len(dash[1]):
        return None
    if last < len(starts):
        end = _line_start(text, starts[last])
        following = _DASH.fullmatch(text, end, starts[last])
        if following is None or following[1] != dash[1] or change.end > end:
            return None
    return _Run(items, first, last, start, end, len(dash[1]))


def _line_start(text: str, offset: int) -> int:
    return max(text.rfind("\n", 0, offset), text.rfind("\r", max(offset - 10_000, 0), offset)) + 1


def _put_in(document: Document, run: _Run, found: Mapping | Sequence, shift: int) -> None:
    root = document.root
    assert isinstance(root, Mapping)
    _move([found], run.start)
    entry = run.first
    if run.items is None:
        assert isinstance(found, Mapping)
        _move([node for pair in root.entries[run.last :] for node in pair], shift)
        root.entries[run.first : run.last] = found.entries
    else:
        assert isinstance(found, Sequence)
        entry = next(place for place, (_, value) in enumerate(root.entries) if value is run.items)
        _move(list(run.items.items[run.last :]), shift)
        _move([node for pair in root.entries[entry + 1 :] for node in pair], shift)
        run.items.items[run.first : run.last] = found.items
        run.items.end = run.items.items[-1].end
    root.end = root.entries[-1][1].end


def _move(nodes: list[Node], shift: int) -> None:
    if not shift:
        return
    while nodes:
        node = nodes.pop()
        node.start += shift
        node.end += shift
        if node.__class__ is Mapping:
            for key, value in node.entries:
                key.start += shift
                key.end += shift
                nodes.append(value)
        elif node.__class__ is Sequence:
            nodes += node.items
