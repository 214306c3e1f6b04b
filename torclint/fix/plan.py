"""Which barriers a workflow gains by, and what each of them has to be so that nothing but the number of edges changes."""

from __future__ import annotations

from torclint.fix.naming import Names, stage_of
from torclint.graph.barriers import worth_a_barrier
from torclint.graph.blocks import BY_PATTERN
from torclint.graph.edges import UNCOUNTABLE
from torclint.names.relation import count_pairs
from torclint.record import TYPE_CHECKING, Record
from torclint.spec.domain import Domain
from torclint.spec.quantities import QuantityError, memory_bytes, runtime

if TYPE_CHECKING:
    from collections.abc import Callable

    from torclint.graph.blocks import Block
    from torclint.graph.clauses import Clause
    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.thresholds import Thresholds
    from torclint.spec.model import Workflow
    from torclint.syntax.node import Span

    Spared = Callable[[WorkflowGraph], list[Span]]

_MEMORY = 1024**3
_SECONDS = 600


class ResourceClass(Record):
    """A resource class for barriers; `is_new` if the spec does not have it yet."""

    name: str
    is_new: bool


TINY: tuple[tuple[str, str | int], ...] = (
    ("num_cpus", 1), ("num_gpus", 0), ("num_nodes", 1), ("memory", "100m"), ("runtime", "PT1M"),
)  # fmt: skip


class Barrier(Record):
    """A barrier to insert: it waits for what `block` waits for, and the consumers of the block wait for it."""

    name: str
    command: str
    block: Block
    resources: ResourceClass | None
    labels: tuple[str, ...]
    priority: int

    @property
    def pattern(self) -> Clause:
        """The pattern that the barrier takes over from its first consumer."""
        return self.block.clauses[0][0]

    @property
    def first_consumer(self) -> Group:
        return min(self.block.consumers, key=lambda group: group.index)


class Withheld(Record):
    """A block that would gain by a barrier and does not get one."""

    block: Block
    reason: str


class Plan(Record):
    barriers: tuple[Barrier, ...]
    withheld: tuple[Withheld, ...]


class CannotPlan(ValueError):
    """Why a block gets no barrier."""


def nothing(_graph: WorkflowGraph) -> list[Span]:
    """Spares no part of the text."""
    return []


def plan_barriers(graph: WorkflowGraph, thresholds: Thresholds, spared: Spared = nothing) -> Plan:
    """The barriers that save at least what `thresholds` ask for; one for all consumers that wait for the same jobs.

    Blocks that begin in one of the `spared` parts of the text are left alone: somebody wants them as they are.
    """
    barriers: list[Barrier] = []
    withheld: list[Withheld] = []
    names = Names(graph)
    left_alone = spared(graph)
    blocks = [block for block in graph.blocks if _can_be_cut(block) and not _begins_in(left_alone, block)]
    for block in merge_equal(graph, blocks):
        if not worth_a_barrier(block, thresholds.min_jobs, thresholds.min_saving):
            continue
        try:
            barriers.append(_barrier(graph, block, names))
        except CannotPlan as error:
            withheld.append(Withheld(block, str(error)))
    return Plan(tuple(barriers), tuple(withheld))


def _begins_in(spans: list[Span], block: Block) -> bool:
    return any(span.start <= block.span.start < span.end for span in spans)


def _can_be_cut(block: Block) -> bool:
    steady = not block.clauses[0][0].template.slots
    return block.kind == BY_PATTERN and steady and block.everyone and block.producer_jobs > 1


def merge_equal(graph: WorkflowGraph, blocks: list[Block]) -> list[Block]:
    """Blocks that wait for the same jobs made one, whatever words their patterns use."""
    merged: list[Block] = []
    alike: dict[object, list[int]] = {}
    for block in blocks:
        places = alike.setdefault(_numbers(graph, block), [])
        for place in places:
            known = merged[place]
            if _same_producers(graph, known, block):
                merged[place] = known._replace(
                    consumers=(*known.consumers, *block.consumers),
                    clauses=(*known.clauses, *block.clauses),
                    consumer_jobs=known.consumer_jobs + block.consumer_jobs,
                    edges=known.edges + block.edges,
                )
                break
        else:
            places.append(len(merged))
            merged.append(block)
    return merged


def _numbers(graph: WorkflowGraph, block: Block) -> object:
    """How many jobs of which groups a block waits for: the same for all blocks that wait for the same jobs."""
    try:
        counts = {
            index: count_pairs(terms, Domain(), graph.groups[index].domain)
            for index, terms in block.producers.terms.items()
        }
    except UNCOUNTABLE:
        return None
    return block.producers.plain, frozenset((index, number) for index, number in counts.items() if number)


def _same_producers(graph: WorkflowGraph, one: Block, other: Block) -> bool:
    """Whether two blocks wait for the same jobs, given that they wait for equally many of every group."""
    everything = Domain()
    try:
        for index in one.producers.terms.keys() | other.producers.terms.keys():
            domain = graph.groups[index].domain
            mine, others = one.producers.terms.get(index, []), other.producers.terms.get(index, [])
            together = [*mine, *(term for term in others if term not in mine)]
            if count_pairs(together, everything, domain) != count_pairs(mine, everything, domain):
                return False
    except UNCOUNTABLE:
        return False
    return True


def _barrier(graph: WorkflowGraph, block: Block, names: Names) -> Barrier:
    workflow = graph.workflow
    consumers = [workflow.jobs[group.index] for group in block.consumers]
    stage = stage_of(graph, block)
    labels = _labels(graph, block)
    name = names.choose(block, stage)
    if name is None:
        raise CannotPlan("every name for the barrier would match a pattern of this spec")
    return Barrier(
        name,
        f"echo '{stage}: {block.producer_jobs} jobs complete' && date",
        block,
        _resource_class(workflow),
        labels,
        max(0, *(job.priority for job in consumers)),
    )


def _labels(graph: WorkflowGraph, block: Block) -> tuple[str, ...]:
    """The labels that all jobs around the barrier share: a runner takes only jobs whose labels it has (api.rs:166)."""
    jobs = graph.workflow.jobs
    around = {group.index for group in block.consumers} | block.producers.plain | block.producers.terms.keys()
    if any("{" in label.text for index in around for label in jobs[index].labels if jobs[index].domain.axes):
        raise CannotPlan("labels with parameters in them: a barrier could not carry them all")
    sets = {tuple(sorted({label.text for label in jobs[index].labels})) for index in around}
    if len(sets) > 1:
        raise CannotPlan("the jobs around the barrier have different labels, so no one runner would take them all")
    return sets.pop()


def _resource_class(workflow: Workflow) -> ResourceClass | None:
    """The smallest class of the spec that is small enough, else a new one; None if the spec uses none."""
    if not workflow.resource_requirements:
        return None
    small: list[tuple[int, int, str]] = []
    for each in workflow.resource_requirements:
        try:
            memory, seconds = memory_bytes(each.memory.text), runtime(each.runtime.text).seconds
        except QuantityError:
            continue
        modest = each.num_cpus <= 1 and each.num_gpus <= 0 and each.num_nodes <= 1
        if modest and memory <= _MEMORY and 30 <= seconds <= _SECONDS:
            small.append((memory, seconds, each.name.text))
    if small:
        return ResourceClass(min(small)[2], False)
    taken = {each.name.text for each in workflow.resource_requirements}
    number = 1
    name = "tiny"
    while name in taken:
        number += 1
        name = f"tiny_{number}"
    return ResourceClass(name, True)
