"""Letting jobs wait for barriers in the place of some of their entries."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING
from torclint.syntax.insertion import CannotEdit, remove_items, rename_key, replace_by_several, replace_string
from torclint.syntax.node import Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from torclint.fix.planning.plan import Redirect
    from torclint.spec.model import JobSpec
    from torclint.syntax.node import Document, Node, Scalar
    from torclint.text.edits import Edit

NAMES, PATTERNS = "depends_on", "depends_on_regexes"


def redirect(
    document: Document, jobs: dict[int, JobSpec], redirects: dict[int, list[Redirect]], values: list[Any]
) -> Iterator[Edit]:
    """The edits for all job specs in `redirects`, by their index; `values`, the plain jobs, become what is intended.

    Raises CannotEdit.
    """
    sharing = _sharing(jobs[index] for index in redirects)
    for index, each in redirects.items():
        yield from _Job(document, jobs[index], sharing).redirect(each, values[index])


def _sharing(jobs: Any) -> dict[int, int]:
    """How many of the job specs an entry belongs to, by the id of its node."""
    found: dict[int, int] = {}
    for job in jobs:
        for field in (NAMES, PATTERNS):
            items = job.node.get(field)
            for item in items.items if isinstance(items, Sequence) else ():
                found[id(item)] = found.get(id(item), 0) + 1
    return found


class _Job:
    """One job spec and its two lists."""

    def __init__(self, document: Document, job: JobSpec, sharing: dict[int, int]) -> None:
        self._document = document
        self._job = job
        self._sharing = sharing

    def redirect(self, redirects: list[Redirect], value: Any) -> Iterator[Edit]:
        """Barriers take the places of entries, in the list of names if there is one; what is left over is removed."""
        dropped = {id(clause.written.node) for each in redirects for clause in each.dropped}
        added = {
            is_pattern: [
                str(clause.written.node.value)
                for each in redirects
                for clause in each.added
                if clause.is_pattern == is_pattern
            ]
            for is_pattern in (False, True)
        }
        barriers = list(dict.fromkeys([*(name for each in redirects for name in each.barriers), *added[False]]))
        names, patterns = self._dropped(NAMES, dropped), self._dropped(PATTERNS, dropped)
        if len(names) + len(patterns) != len(dropped):
            raise CannotEdit("an entry is not written in the lists of its job")
        if not added[True] and self._can_rename(patterns, barriers):
            yield from self._rename(patterns, barriers, value)
            return
        in_names = barriers if self._has_room(NAMES, names, len(barriers)) else barriers[: len(names)]
        in_patterns = [*added[True], *(f"^{_escaped(name)}$" for name in barriers[len(in_names) :])]
        if in_patterns and not patterns:
            raise CannotEdit("there is more to wait for than names that it takes the place of")
        if not self._has_room(PATTERNS, patterns, len(in_patterns)):
            in_patterns = _joined(added[True], barriers[len(in_names) :], len(patterns))
        yield from self._put(NAMES, names, in_names, value)
        yield from self._put(PATTERNS, patterns, in_patterns, value)

    def _dropped(self, field: str, dropped: set[int]) -> list[Scalar]:
        items = self._job.node.get(field)
        if not isinstance(items, Sequence):
            return []
        return [item for item in items.items if id(item) in dropped]  # type: ignore[misc]

    def _has_room(self, field: str, dropped: list[Scalar], number: int) -> bool:
        """Whether so many strings can take the places of those dropped from a list."""
        if number <= len(dropped):
            return True
        try:
            return bool(dropped) and self._several(field, dropped[-1], ["a", "b"]) is not None
        except CannotEdit:
            return False

    def _several(self, field: str, item: Scalar, written: list[str], name: str = "") -> Edit:
        items = self._job.node.get(field)
        assert isinstance(items, Sequence)
        if len(written) == 1:
            return replace_string(self._document, item, written[0])
        return replace_by_several(self._document, name or field, items, item, written)

    def _can_rename(self, patterns: list[Scalar], barriers: list[str]) -> bool:
        """Whether all patterns give way to names in a job without a list of names."""
        items = self._job.node.get(PATTERNS)
        if not patterns or not isinstance(items, Sequence) or len(items.items) != len(patterns):
            return False
        if self._document.format == "kdl" and len(patterns) > 1:  # nodes of their own
            return False
        shared = items.alias or self._sharing[id(patterns[0])] > 1 or self._document.text[items.start] in "&!"
        if shared or self._job.node.key(NAMES) is not None:
            return False
        return len(barriers) == 1 or self._has_room(PATTERNS, patterns[:1], len(barriers))

    def _rename(self, patterns: list[Scalar], barriers: list[str], value: Any) -> Iterator[Edit]:
        key = self._job.node.key(PATTERNS)
        assert key is not None
        yield rename_key(self._document, key, NAMES)
        yield self._several(PATTERNS, patterns[0], barriers, NAMES)
        if len(patterns) > 1:
            yield from remove_items(self._document, self._job.node, PATTERNS, list(patterns[1:]))
        fields = [(NAMES, barriers) if name == PATTERNS else (name, each) for name, each in value.items()]
        value.clear()
        value.update(fields)

    def _put(self, field: str, dropped: list[Scalar], written: list[str], value: Any) -> Iterator[Edit]:
        """Write `written` over the first of the `dropped` entries, what is more over the last, and take out the others."""
        if not dropped:
            return
        places = {id(item): [text] for item, text in zip(dropped, written, strict=False)}
        if len(written) > len(dropped):
            places[id(dropped[-1])] += written[len(dropped) :]
        for item in dropped[: len(written)]:
            yield self._several(field, item, places[id(item)])
        gone: list[Node] = list(dropped[len(written) :])
        items = self._job.node.get(field)
        assert isinstance(items, Sequence)
        if gone and not (items.alias and all(self._sharing[id(item)] > 1 for item in gone)):
            yield from remove_items(self._document, self._job.node, field, gone)
        left = [
            text
            for item, each in zip(items.items, value[field], strict=True)
            if not any(item is other for other in gone)
            for text in places.get(id(item), [each])
        ]
        if left:
            value[field] = left
        else:
            del value[field]


def _joined(patterns: list[str], names: list[str], places: int) -> list[str]:
    """As many patterns, the last of them for all that are left; with others than names in it, any of them."""
    known = [*patterns, *(f"^{_escaped(name)}$" for name in names)]
    rest = known[places - 1 :]
    if len(patterns) < places:
        return [*known[: places - 1], "^(?:" + "|".join(each[1:-1] for each in rest) + ")$"]
    return [*known[: places - 1], "|".join(f"(?:{each})" for each in rest)]


def _escaped(name: str) -> str:
    """The name as a pattern; parameters in it stay, since Torc puts their values in."""
    return "".join(
        part if part.startswith("{") else re.escape(part) for part in re.split(r"(\{\w+(?::[^{}]*)?\})", name)
    )
