"""New jobs between others have to be taken as soon as those: by the same runners, in no worse order, for no more resources."""

from __future__ import annotations

from torclint.fix.comparison.difference import AFTER, NEW_JOB, Difference
from torclint.fix.comparison.waits import waits
from torclint.record import TYPE_CHECKING, Record
from torclint.spec.quantities import QuantityError, memory_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph
    from torclint.spec.model import JobSpec

_LIGHT = (1, 0, 1, 1024**3)  # CPUs, GPUs, nodes, bytes that every runner has
_DEFAULT = (1, 0, 1, 1024**2)  # workflow_spec.rs: the class `default`


class _Claim(Record):
    """What decides who takes a job, and when."""

    labels: frozenset[str]
    priority: int
    scheduler: str
    needs: tuple[int, int, int, int]


def ill_placed(after: WorkflowGraph, new: tuple[Group, ...]) -> Iterator[Difference]:
    """New jobs that jobs around them could have to wait for longer than for each other. Raises Undecided."""
    claims = _claims(after) if new else []
    if all(_is_well_anywhere(claims[group.index], set(claims)) for group in new):
        return
    numbers = {group.index for group in new}
    behind: dict[int, set[int]] = {index: set() for index in numbers}
    before: dict[int, set[int]] = {}
    for group in after.groups:
        direct = waits(after, group)
        awaited = {*direct.plain, *direct.terms}
        if group.index in numbers:
            before[group.index] = awaited
        for index in awaited & numbers:
            behind[index].add(group.index)
    for group in new:
        mine = claims[group.index]
        waiting = [claims[index] for index in sorted(behind[group.index])]
        around = [*waiting, *(claims[index] for index in sorted(before[group.index]))]
        job = after.workflow.jobs[group.index]
        for reason in _reasons(mine, waiting, around):
            name = job.name.text
            yield Difference(NEW_JOB, f"the new job {name} {reason}", AFTER, job.name.node.span, name)


def _is_well_anywhere(mine: _Claim, all_claims: set[_Claim]) -> bool:
    return (
        not mine.scheduler
        and all(need <= least for need, least in zip(mine.needs, _LIGHT, strict=True))
        and all(each.labels == mine.labels and each.priority <= mine.priority for each in all_claims)
    )


def _reasons(mine: _Claim, waiting: list[_Claim], around: list[_Claim]) -> Iterator[str]:
    if any(each.labels != mine.labels for each in around):
        yield "has other labels than a job around it, so that other runners would take it"
    most = max((each.priority for each in waiting), default=mine.priority)
    if most > mine.priority:
        yield f"has priority {mine.priority}, a job that waits for it has {most}: it could start after less urgent ones"
    if mine.scheduler and any(each.scheduler != mine.scheduler for each in around):
        yield "has another scheduler than a job around it"
    least = [max(values) for values in zip(_LIGHT, *(each.needs for each in around), strict=True)]
    if any(need > given for need, given in zip(mine.needs, least, strict=True)):
        yield "needs more resources than the jobs around it"


def _claims(after: WorkflowGraph) -> list[_Claim]:
    classes = {each.name.text: each for each in after.workflow.resource_requirements}
    needs: dict[str, tuple[int, int, int, int]] = {}
    for name, each in classes.items():
        try:
            memory = memory_bytes(each.memory.text)
        except QuantityError:
            memory = 0
        needs[name] = each.num_cpus, each.num_gpus, each.num_nodes, memory
    return [_claim(job, needs) for job in after.workflow.jobs]


def _claim(job: JobSpec, needs: dict[str, tuple[int, int, int, int]]) -> _Claim:
    named = job.resource_requirements
    return _Claim(
        frozenset(label.text for label in job.labels),
        job.priority or 0,
        "" if job.scheduler is None else job.scheduler.text,
        _DEFAULT if named is None else needs.get(named.text, _DEFAULT),
    )
