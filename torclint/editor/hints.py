"""Numbers within the text: how many jobs a name stands for, how many edges an entry makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lsprotocol import types

from torclint.graph.cost import block_seconds, duration, size
from torclint.report.numbers import plural
from torclint.spec.model import FileSpec, JobSpec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.editor.view import View

MOST = 2000


def hints(view: View, wanted: types.Range) -> list[types.InlayHint]:
    """The hints in a range of the text."""
    if view.graph is None or not view.reading.is_spec:
        return []
    first, last = view.places.offset(wanted.start), view.places.offset(wanted.end)
    found: list[types.InlayHint] = []
    for offset, label, tooltip in _all(view):
        place = view.range((offset, offset))
        if place is None or not first <= view.places.offset(place.end) <= last:
            continue
        found.append(types.InlayHint(place.end, label, tooltip=tooltip, padding_left=True))
        if len(found) == MOST:
            break
    return found


def _all(view: View) -> Iterator[tuple[int, str, str]]:
    assert view.graph is not None
    workflow = view.graph.workflow
    for item in (*workflow.jobs, *workflow.files, *workflow.user_data):
        if item.domain.axes:
            noun = {JobSpec: "job", FileSpec: "file"}.get(type(item), "user data")
            yield item.name.node.end, plural(item.domain.size, noun), "after expansion"
    for block in view.graph.blocks:
        cost = (
            f"{block.consumer_jobs:,} x {block.producer_jobs:,}, {size(block.edges)}, {duration(block_seconds(block))}"
        )
        for group, several in zip(block.consumers, block.clauses, strict=True):
            if block.edges <= 1 or (group.size == 1 and len(several) > 1 and block.edges == len(several)):
                continue
            clause = several[-1]
            if clause.written.node.span.end <= group.item.node.end:
                share = block.edges * group.size // block.consumer_jobs
                yield clause.written.node.end, plural(share, "edge"), cost
