"""What the jobs of a workflow have in common, and which job is of which kind."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, Any

from torclint.names.template import parse_template
from torclint.run.plan import Kind, Refused, Resources
from torclint.spec.model import Stdio
from torclint.spec.quantities import memory_bytes, runtime_seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.names.template import Template
    from torclint.spec.domain import Value
    from torclint.spec.model import FailureRule, JobSpec, Workflow


def kinds_of(workflow: Workflow) -> tuple[list[Kind], array[int]]:
    """All kinds, and the kind of every job in the order of the spec. Raises Refused for a name that is not declared."""
    known = _Known(workflow)
    kinds: dict[Kind, int] = {}
    kind_of = array("i")
    for stage, job in enumerate(workflow.jobs):
        for kind, count in _kinds_of_job(stage, job, known):
            kind_of.extend([kinds.setdefault(kind, len(kinds))] * count)
    return list(kinds), kind_of


class _Known:
    """What jobs refer to by name."""

    def __init__(self, workflow: Workflow) -> None:
        self.resources = {
            need.name.text: Resources(
                need.name.text,
                need.num_cpus,
                memory_bytes(need.memory.text),
                need.num_gpus,
                need.num_nodes,
                runtime_seconds(need.runtime.text),
            )
            for need in workflow.resource_requirements
        }
        self.rules = {handler.name.text: handler.rules for handler in workflow.failure_handlers}
        self.stdio = workflow.stdio
        overrides = workflow.execution_config.get("job_stdio_overrides") or {}
        # they are replaced as soon as any job has its own (Torc 1.0.0, workflow_spec.rs:3356)
        self.overrides: dict[str, Any] = {} if any(job.stdio for job in workflow.jobs) else overrides

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


def _kinds_of_job(stage: int, job: JobSpec, known: _Known) -> Iterator[tuple[Kind, int]]:
    """The kinds of the jobs of one job spec, in order, with how many of each follow one another."""
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
    if not known.overrides and not any(template.slots for template in (needs, scheduler, *labels)):
        if job.domain.size:
            yield kind({}, stdio), job.domain.size
        return
    name = _template(job, job.name.text)
    for point in job.domain.points():
        values = job.domain.values(point)
        override = known.overrides.get(name.fill(values))
        yield kind(values, _stdio(override) if override else stdio), 1


def _template(job: JobSpec, text: str) -> Template:
    return parse_template(text, job.domain)


def _stdio(plain: dict[str, Any]) -> Stdio:
    return Stdio(plain.get("mode") or "separate", bool(plain.get("delete_on_success")))
