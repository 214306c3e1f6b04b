"""The picture of a workflow: boxes and links, as every format draws them."""

from __future__ import annotations

from torclint.graph.cost import roughly, workflow_seconds
from torclint.record import TYPE_CHECKING, Record
from torclint.report.cells import visible
from torclint.report.diagram.folding import folded
from torclint.report.diagram.levels import levels_of
from torclint.report.diagram.pieces import pieces_of
from torclint.report.numbers import plural, shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.report.diagram.boxes import Box, Link
    from torclint.report.diagram.pieces import Pieces


_IN_A_ROW = 6  # boxes that no link leads to or from


class Picture(Record):
    """`level[k]` is where box k stands, 0 at the top. `total` and `about` sum up; `notes`: what else a reader has to know."""

    name: str
    total: str
    about: str
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    level: tuple[int, ...]
    notes: tuple[str, ...] = ()


def picture_of(graph: WorkflowGraph, limit: int) -> Picture:
    """The picture of one spec with at most `limit` boxes."""
    pieces = pieces_of(graph)
    boxes, links = folded(pieces, limit)
    level, back = levels_of(len(boxes), ((link.source, link.target) for link in links))
    placed = tuple(link._replace(leads_back=(link.source, link.target) in back) for link in links)
    counts = graph.counts
    total = f"{shown(counts.total)} {'dependency' if counts.total == 1 else 'dependencies'}"
    level = _with_lone_ones_last(level, links)
    name = graph.workflow.name
    notes = tuple(_notes(pieces, len(boxes)))
    return Picture(visible(name.text) if name else "", total, _about(graph), boxes, placed, tuple(level), notes)


def _with_lone_ones_last(level: list[int], links: tuple[Link, ...]) -> list[int]:
    """The levels, with the boxes that no link leads to or from in rows of their own below the others, so that a hundred of
    them are no picture of one row."""
    tied = {end for link in links for end in (link.source, link.target)}
    lone = [box for box in range(len(level)) if box not in tied]
    depth = max((level[box] for box in tied), default=-1) + 1
    rows = {box: depth + number // _IN_A_ROW for number, box in enumerate(lone)}
    return [rows.get(box, place) for box, place in enumerate(level)]


def _about(graph: WorkflowGraph) -> str:
    counts = graph.counts
    created = roughly(workflow_seconds(graph))
    return f"{plural(counts.jobs, 'job')} from {plural(counts.job_specs, 'job spec')}; torc create takes {created}"


def _notes(pieces: Pieces, boxes: int) -> Iterator[str]:
    if boxes < len(pieces.all):
        items = sum(each.is_job for each in pieces.all.values())
        what = "job specs" if items == len(pieces.all) else "job specs, files and user data items"
        yield f"{len(pieces.all):,} {what} are folded into {plural(boxes, 'box')}; --limit N shows more"
    if pieces.uncounted:
        yield f"what {plural(pieces.uncounted, 'job spec')} wait for could not be counted and is left out"
