"""Two levels for a huge fan-in: barriers that each wait for a tenth of the jobs, by the last digit of their names.

Torc looks through the growing list of what a job waits for at every name that matches (workflow_spec.rs:2967), so that ten lists
of a tenth are made in a tenth of the time. They save no dependency, and cost one more round of the release timer.
"""

from __future__ import annotations

import re

from torclint.fix.planning.naming import stage_of
from torclint.fix.planning.parameters import parameters_for
from torclint.fix.planning.plan import Barrier, Redirect, Unit
from torclint.graph.blocks import BY_PATTERN
from torclint.graph.clauses import Clause
from torclint.graph.cost import block_seconds
from torclint.graph.edges import UNCOUNTABLE
from torclint.graph.groups import NO_PARAMETERS
from torclint.graph.labels import labels_of
from torclint.names.relation import count_pairs
from torclint.names.template import Slot, parse_template
from torclint.record import TYPE_CHECKING
from torclint.spec.domain import Domain, RangeAxis
from torclint.spec.model import Written
from torclint.syntax.node import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.fix.planning.carrier import ResourceClass
    from torclint.fix.planning.naming import Names
    from torclint.graph.blocks import Block
    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.thresholds import Thresholds
    from torclint.syntax.node import Span

RELEASE_SECONDS = 30  # Torc's release timer by default (torc-server.rs:272): what one more level costs
_PARTS = Domain((RangeAxis(("part",), (0,), (1,), 10),))


def split_units(
    graph: WorkflowGraph, thresholds: Thresholds, spared: list[Span], names: Names, resources: ResourceClass | None
) -> Iterator[Unit]:
    """A unit for each block in which one level more saves creation more time than it costs the run."""
    for block in graph.blocks:
        if any(span.start <= block.span.start < span.end for span in spared):
            continue
        producers = _producers(graph, block, thresholds)
        if producers is not None:
            unit = _unit(graph, block, producers, names, resources)
            if unit is not None:
                yield unit


def _producers(graph: WorkflowGraph, block: Block, thresholds: Thresholds) -> Group | None:
    """The one group of which a single job, or a few, wait for every job by one pattern."""
    if block.kind != BY_PATTERN or not block.everyone or block.producer_jobs < thresholds.fan_in:
        return None
    if block.producers.plain or len(block.producers.terms) != 1 or block_seconds(block) <= 2 * RELEASE_SECONDS:
        return None
    group = graph.groups[next(iter(block.producers.terms))]
    around = {labels_of(graph.workflow.jobs[each.index]) for each in (*block.consumers, group)}
    return group if len(around) == 1 and None not in around and group.size == block.producer_jobs else None


def _unit(
    graph: WorkflowGraph, block: Block, producers: Group, names: Names, resources: ResourceClass | None
) -> Unit | None:
    clause = _by_last_digit(producers)
    if clause is None or not _makes_up(graph, clause, producers):
        return None
    first = min(block.consumers, key=lambda group: group.index)
    stage = stage_of(graph, {producers.index: producers.size}, ())
    name = names.choose(stage, first, _PARTS, ())
    if name is None:
        return None
    copies = _PARTS.size
    jobs = graph.workflow.jobs
    barrier = Barrier(
        name,
        f"echo '{stage or 'stage'}: part {{part}} complete' && date",
        (clause,),
        (),
        parameters_for(_PARTS, jobs[first.index]),
        copies,
        resources,
        labels_of(jobs[first.index]) or (),
        max(0, *(jobs[group.index].priority for group in block.consumers)),
        block.consumers,
        block.consumer_jobs * copies,
        producers.size,
        block.edges,
        producers.size,
    )
    all_parts = _pattern(f"^{'[0-9]'.join(map(re.escape, name.split('{part}')))}$", NO_PARAMETERS)
    redirects = (
        Redirect(group, clauses, (all_parts,), ())
        for group, clauses in zip(block.consumers, block.clauses, strict=True)
    )
    return Unit((barrier,), tuple(redirects), (), 0, is_split=True)


def _by_last_digit(group: Group) -> Clause | None:
    """A pattern with a hole for the digit in which names of the group end; None if they end in no number."""
    parts = group.template.parts
    if not parts or not isinstance(parts[-1], Slot) or not isinstance(parts[0], str):
        return None
    words = "".join(".*" if isinstance(part, Slot) else re.escape(part) for part in parts[:-1])
    return _pattern(f"^{words}\\d*{{part}}$", _PARTS)


def _pattern(text: str, domain: Domain) -> Clause:
    """An entry that stands nowhere yet."""
    return Clause(parse_template(text, domain), Written(text, Scalar(text, 0, 0)), True)


def _makes_up(graph: WorkflowGraph, clause: Clause, group: Group) -> bool:
    """Whether the parts are together all jobs of the group, each once, and no others."""
    try:
        found = graph.edges_by_group.jobs.find(clause, _PARTS)
        if found.plain or found.terms.keys() != {group.index}:
            return False
        return count_pairs(found.terms[group.index], _PARTS, group.domain) == group.size
    except UNCOUNTABLE:
        return False
