"""What the jobs of a workflow have in common, and which job is of which kind."""

from __future__ import annotations

from array import array
from math import prod
from typing import TYPE_CHECKING

from torclint.names.template import parse_template
from torclint.run.plan import Kind, Refused, Resources
from torclint.spec.domain import Domain
from torclint.spec.quantities import QuantityError, memory_bytes, runtime

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from torclint.names.template import Template
    from torclint.spec.domain import Value
    from torclint.spec.model import FailureRule, JobSpec, ResourceRequirements, Stdio, Workflow


def kinds_of(workflow: Workflow) -> tuple[list[Kind], array[int]]:
    """All kinds, and the kind of every job in the order of the spec. Raises Refused for a name that is not declared."""
    known = _Known(workflow)
    kinds: dict[Kind, int] = {}
    kind_of = array("i")
    for stage, job in enumerate(workflow.jobs):
        for kind, count in _kinds_of_job(stage, job, known):
            kind_of.extend([kinds.setdefault(kind, len(kinds))] * count)
    return list(kinds), kind_of


def kinds_by_spec(workflow: Workflow) -> Callable[[int], Iterator[tuple[Kind, int]]]:
    """The kinds of the jobs of a job spec, given by its number, in order, with how many of each follow one another.

    Raises Refused, also when it is asked, for a name that is not declared.
    """
    known = _Known(workflow)
    return lambda stage: _kinds_of_job(stage, workflow.jobs[stage], known)


class _Known:
    """What jobs refer to by name."""

    def __init__(self, workflow: Workflow) -> None:
        self.resources = {need.name.text: _resources(need) for need in workflow.resource_requirements}
        self.rules = {handler.name.text: handler.rules for handler in workflow.failure_handlers}
        self.stdio = workflow.stdio
        overrides: dict[str, Stdio] = workflow.execution_config["job_stdio_overrides"]
        # they are replaced as soon as any job has its own (Torc 1.0.0, workflow_spec.rs:3356)
        self.overrides = {} if any(job.stdio for job in workflow.jobs) else overrides

    def resources_called(self, name: str | None) -> Resources:
        if name is None:
            return Resources()
        if name not in self.resources:
            raise Refused([f"there is no resource requirement {name!r}"])
        return self.resources[name]

    def rules_called(self, name: str | None) -> tuple[FailureRule, ...] | None:
        if name is None:
            return None
        if name not in self.rules:
            raise Refused([f"there is no failure handler {name!r}"])
        return self.rules[name]


def _resources(need: ResourceRequirements) -> Resources:
    """Raises Refused for what Torc's server does not take (Torc 1.0.0, resource_requirements.rs:119)."""
    if need.num_cpus <= 0 or need.num_nodes <= 0:
        raise Refused([f"the resource requirement {need.name.text!r} must ask for at least one CPU and one node"])
    try:
        memory, seconds = memory_bytes(need.memory.text), runtime(need.runtime.text).seconds
    except QuantityError as error:
        raise Refused([f"the resource requirement {need.name.text!r}: {error.message}"]) from error
    return Resources(need.name.text, need.num_cpus, memory, need.num_gpus, need.num_nodes, seconds)


def _kinds_of_job(stage: int, job: JobSpec, known: _Known) -> Iterator[tuple[Kind, int]]:
    """The kinds of the jobs of one job spec, in order, with how many of each follow one another."""
    if not job.domain.axes and not known.overrides:
        yield _kind_as_written(stage, job, known), 1
        return
    needs = _template(job, job.resource_requirements.text if job.resource_requirements else "")
    scheduler = _template(job, job.scheduler.text if job.scheduler else "")
    labels = [_template(job, label.text) for label in job.labels]
    rules = known.rules_called(job.failure_handler.text if job.failure_handler else None)

    def kind(values: dict[str, Value], stdio: Stdio) -> Kind:
        return Kind(
            stage,
            known.resources_called(needs.fill(values) if job.resource_requirements else None),
            job.priority,
            tuple(sorted({label.fill(values) for label in labels})),
            scheduler.fill(values) if job.scheduler else None,
            job.cancel_on_blocking_job_failure,
            rules,
            stdio,
        )

    stdio = job.stdio or known.stdio
    if not known.overrides:
        used = frozenset[int]().union(*(template.axes(job.domain) for template in (needs, scheduler, *labels)))
        yield from _by_axes(job.domain, sorted(used), lambda values: kind(values, stdio))
        return
    name = _template(job, job.name.text)
    for point in job.domain.points():
        values = job.domain.values(point)
        yield kind(values, known.overrides.get(name.fill(values), stdio)), 1


def _by_axes(domain: Domain, used: list[int], kind: Callable[[dict[str, Value]], Kind]) -> Iterator[tuple[Kind, int]]:
    """The kinds of all items where they depend on the axes `used` alone: each is made once."""
    if not domain.size:
        return
    first = domain.axes[: used[-1] + 1] if used else ()
    alike = prod(axis.length for axis in domain.axes[len(first) :])
    known: dict[tuple[int, ...], Kind] = {}
    for point in Domain(first).points():
        key = tuple([point[axis] for axis in used])
        if key not in known:
            known[key] = kind(Domain(first).values(point))
        yield known[key], alike


def _kind_as_written(stage: int, job: JobSpec, known: _Known) -> Kind:
    """The kind of a job without parameters: there may be a hundred thousand of them."""
    return Kind(
        stage,
        known.resources_called(job.resource_requirements.text if job.resource_requirements else None),
        job.priority,
        tuple(sorted({label.text for label in job.labels})),
        job.scheduler.text if job.scheduler else None,
        job.cancel_on_blocking_job_failure,
        known.rules_called(job.failure_handler.text if job.failure_handler else None),
        job.stdio or known.stdio,
    )


def _template(job: JobSpec, text: str) -> Template:
    return parse_template(text, job.domain)
