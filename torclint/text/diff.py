"""A unified diff made from the edits themselves: its cost grows with the edits, not with the text."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record
from torclint.text.edits import apply
from torclint.text.lines import LineIndex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from torclint.text.edits import Edit

CONTEXT = 3  # unchanged lines around a change


class _Change(Record):
    """The lines first..last-1 (from 0) of the old text, and what stands there in the new one."""

    first: int
    last: int
    new: tuple[str, ...]


def unified_diff(text: str, edits: Iterable[Edit], before: str, after: str) -> Iterator[str]:
    """The lines of a unified diff of `text` against `text` with `edits`; `before` and `after` name the two."""
    lines = LineIndex(text)
    old = lines.texts
    if old[-1] == "":
        old.pop()
    changes = [change for change in _changes(lines, old, sorted(edits)) if change.first < change.last or change.new]
    if not changes:
        return
    yield f"--- {before}"
    yield f"+++ {after}"
    shift = 0
    for hunk in _hunks(changes):
        first = max(0, hunk[0].first - CONTEXT)
        last = min(len(old), hunk[-1].last + CONTEXT)
        added = sum(len(change.new) - (change.last - change.first) for change in hunk)
        yield f"@@ -{_range(first, last - first)} +{_range(first + shift, last - first + added)} @@"
        shift += added
        place = first
        for change in hunk:
            yield from (" " + line for line in old[place : change.first])
            yield from ("-" + line for line in old[change.first : change.last])
            yield from ("+" + line for line in change.new)
            place = change.last
        yield from (" " + line for line in old[place:last])


def _changes(lines: LineIndex, old: list[str], edits: list[Edit]) -> Iterator[_Change]:
    """The edits as changes of whole lines; edits on one line make one change."""
    together: list[Edit] = []
    reach = -1
    for edit in edits:
        first = lines.position(edit.start).line - 1
        if together and first > reach:
            yield _change(lines, old, together)
            together = []
        together.append(edit)
        reach = max(reach, lines.position(edit.end).line - 1)
    if together:
        yield _change(lines, old, together)


def _change(lines: LineIndex, old: list[str], edits: list[Edit]) -> _Change:
    starts, text = lines.starts, lines.text
    first = lines.position(edits[0].start).line - 1
    last = min(lines.position(max(edit.end for edit in edits)).line, len(starts))
    start, end = starts[first], starts[last] if last < len(starts) else len(text)
    moved = [edit._replace(start=edit.start - start, end=edit.end - start) for edit in edits]
    made = LineIndex(apply(text[start:end], moved)).texts
    if made[-1] == "":
        made.pop()
    last = min(last, len(old))
    while first < last and made and old[first] == made[0]:
        first += 1
        made.pop(0)
    while first < last and made and old[last - 1] == made[-1]:
        last -= 1
        made.pop()
    return _Change(first, last, tuple(made))


def _hunks(changes: list[_Change]) -> Iterator[list[_Change]]:
    hunk = [changes[0]]
    for change in changes[1:]:
        if change.first - hunk[-1].last > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(change)
    yield hunk


def _range(first: int, length: int) -> str:
    """A range of lines as diff writes it: counted from 1, and from the line before where it is empty."""
    if length == 1:
        return str(first + 1)
    return f"{first + 1 if length else first},{length}"
