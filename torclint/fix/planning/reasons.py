"""Blocks that would gain by a barrier and do not get one, and why."""

from __future__ import annotations

from torclint.graph.blocks import worth_a_barrier
from torclint.graph.labels import DIFFERENT_LABELS, PARAMETERS_IN_LABELS, labels_of
from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.fix.planning.plan import Unit
    from torclint.graph.blocks import Block
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.thresholds import Thresholds
    from torclint.syntax.node import Span


class Withheld(Record):
    """A block that would gain by a barrier and does not get one. `by_hand`: what to write, in lines, if that is known."""

    block: Block
    reason: str
    by_hand: tuple[str, ...] = ()


def withheld_blocks(
    graph: WorkflowGraph, thresholds: Thresholds, spared: list[Span], dropped: set[int], known: dict[int, str]
) -> Iterator[Withheld]:
    """The blocks worth a barrier of which no entry is among those `dropped` (ids of their nodes); `known` reasons first."""
    for block in graph.blocks:
        if not block.is_explicit or not worth_a_barrier(block, thresholds.min_jobs, thresholds.min_saving):
            continue
        if any(span.start <= block.span.start < span.end for span in spared):
            continue
        nodes = [id(clause.written.node) for clauses in block.clauses for clause in clauses]
        if any(node in dropped for node in nodes):
            continue
        reason = next((known[node] for node in nodes if node in known), None)
        yield Withheld(block, reason or _labels_differ(graph, block) or "no barrier was found that saves enough")


def withheld_units(graph: WorkflowGraph, unit: Unit, reason: str, by_hand: tuple[str, ...]) -> tuple[Withheld, ...]:
    """The blocks that a unit would have done away with."""
    nodes = {id(clause.written.node) for each in unit.redirects for clause in each.dropped}
    blocks = (
        block
        for block in graph.blocks
        if block.is_explicit and any(id(clause.written.node) in nodes for one in block.clauses for clause in one)
    )
    largest = sorted(blocks, key=lambda block: -block.edges)
    told = largest[: max(1, len(unit.barriers))]
    return tuple(Withheld(block, reason, by_hand if block is told[-1] else ()) for block in told)


def _labels_differ(graph: WorkflowGraph, block: Block) -> str:
    jobs = graph.workflow.jobs
    around = {group.index for group in block.consumers} | block.producers.plain | block.producers.terms.keys()
    labels = {labels_of(jobs[index]) for index in around}
    if None in labels:
        return PARAMETERS_IN_LABELS
    if len(labels) > 1:
        return DIFFERENT_LABELS
    return ""
