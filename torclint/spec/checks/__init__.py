"""What Torc refuses, or takes for something else, that can be said without the graph of jobs: one module per subject."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.spec.model import JobSpec, Problem, Workflow


def spec_problems(workflow: Workflow) -> Iterator[Problem]:
    """Every problem of these checks, subject by subject; subjects that the spec says nothing about are not loaded."""
    for subject in _subjects(workflow):
        module = __import__(f"torclint.spec.checks.{subject}", fromlist=["problems"])
        yield from module.problems(workflow)


def _subjects(workflow: Workflow) -> Iterator[str]:
    jobs, files, user_data = workflow.jobs, workflow.files, workflow.user_data
    yield "ignored"
    yield "numbers"
    if workflow.env or any(job.env for job in jobs):
        yield "environment"
    if any(job.labels for job in jobs):
        yield "labels"
    named = workflow.resource_requirements or workflow.schedulers or workflow.failure_handlers
    if named or "access_groups" in workflow.fields or any(_refers(job) for job in jobs):
        yield "definitions"
    if workflow.resource_requirements or workflow.schedulers:
        yield "resources"
    if workflow.failure_handlers:
        yield "failures"
    if workflow.schedulers:
        yield "fit"
    if workflow.actions:
        yield "actions"
    if workflow.actions or "execution_config" in workflow.fields:
        yield "execution"
    if any(file.identifier is not None for file in files):
        yield "identifiers"
    if any(one.content.__class__ in (int, float) for one in user_data):
        yield "user_data"
    free = "metadata" in workflow.fields or "slurm_defaults" in workflow.fields
    if free or any(one.content.__class__ in (list, dict) for one in user_data):
        yield "nesting"
    items = (*jobs, *files, *user_data)
    if any(item.domain.axes or item.node.get("parameter_mode") is not None for item in items):
        yield "parameters"
    if (
        workflow.parameters
        or any(item.domain.axes or "{" in item.name.text for item in items)
        or any("{" in file.path.text for file in files)
    ):
        yield "slots"


def _refers(job: JobSpec) -> bool:
    return not (job.resource_requirements is None and job.scheduler is None and job.failure_handler is None)
