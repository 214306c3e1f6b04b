"""Inserting barriers from an editor: the edits of `torclint fix`, for one block of dependencies or for all."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from torclint.fix.barriers import insert_barriers
from torclint.fix.both import meant
from torclint.graph.blocks import worth_a_barrier

if TYPE_CHECKING:
    from collections.abc import Callable

    from torclint.config.settings import Settings
    from torclint.fix.barriers import Fixed
    from torclint.graph.blocks import Block
    from torclint.graph.workflow import WorkflowGraph
    from torclint.syntax.node import Span
    from torclint.text.edits import Edit


class Inserted(NamedTuple):
    """The edits, or why there are none."""

    edits: tuple[Edit, ...]
    reason: str = ""


def insert(graph: WorkflowGraph, path: str, settings: Settings, block: Block | None = None) -> Inserted:
    """Barriers for all blocks of a spec that gain by them, or only for `block`; proven, as `torclint fix` proves them."""
    spared = _sparing_others(block, path, settings) if block is not None else lambda each: meant(each, path, settings)
    fixed = insert_barriers(graph, settings.thresholds, spared)
    return Inserted(() if fixed.after is None else fixed.edits, _reason(fixed))


def block_at(graph: WorkflowGraph, offset: int, settings: Settings) -> Block | None:
    """The block worth a barrier of which an entry is at text[offset]."""
    limits = settings.thresholds
    for block in graph.blocks:
        if not block.is_explicit or not worth_a_barrier(block, limits.min_jobs, limits.min_saving):
            continue
        nodes = [clause.written.node for several in block.clauses for clause in several]
        if any(node.start <= offset <= node.end for node in nodes):
            return block
    return None


def _sparing_others(block: Block, path: str, settings: Settings) -> Callable[[WorkflowGraph], list[Span]]:
    wanted = _key(block)

    def spared(graph: WorkflowGraph) -> list[Span]:
        others = (each for each in graph.blocks if _key(each) != wanted)
        spans = [clause.written.node.span for each in others for several in each.clauses for clause in several]
        return [*spans, *meant(graph, path, settings)]

    return spared


def _key(block: Block) -> tuple[object, ...]:
    """What tells a block from others, wherever its place moves."""
    return block.kind, block.text, tuple(group.item.name.text for group in block.consumers)


def _reason(fixed: Fixed) -> str:
    if fixed.after is not None:
        return ""
    if fixed.failed:
        return fixed.failed
    if fixed.refused:
        return f"mend this first: {fixed.refused[0].message}"
    if fixed.withheld:
        return fixed.withheld[0].reason
    return "no barrier saves enough here"
