"""Names of resource requirements, schedulers, failure handlers and access groups: defined once, and where they are used.

Torc 1.0.0, workflow_spec.rs:3925-4060 and 4477-4521.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.spec.checks.wording import DRY_RUN, action_subject, example, value_span
from torclint.spec.model import Problem
from torclint.spec.suggest import did_you_mean
from torclint.spec.texts import texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.spec.model import JobSpec, Workflow, Written


def problems(workflow: Workflow) -> Iterator[Problem]:
    yield from _repeated(workflow)
    yield from _missing(workflow)


def _repeated(workflow: Workflow) -> Iterator[Problem]:
    named: tuple[tuple[str, list[Written], tuple[str, ...]], ...] = (
        ("resource requirements", [one.name for one in workflow.resource_requirements], ()),
        ("scheduler", [one.name for one in workflow.schedulers if one.name is not None], ()),
        ("failure handler", [one.name for one in workflow.failure_handlers], (DRY_RUN,)),
        ("access group", list(workflow.fields.get("access_groups", ())), (DRY_RUN,)),
    )
    for noun, names, caveat in named:
        seen: dict[str, Written] = {}
        for name in names:
            first = seen.setdefault(name.text, name)
            if first is name:
                continue
            yield Problem(
                "duplicate-definition",
                f"{noun} {name.text!r} is there twice",
                name.node.span,
                "",
                ("rename or remove one of them", *caveat),
                ((first.node.span, "first here"),),
            )


def _missing(workflow: Workflow) -> Iterator[Problem]:
    requirements = {one.name.text for one in workflow.resource_requirements}
    schedulers = {one.name.text for one in workflow.schedulers if one.name is not None}
    handlers = {one.name.text for one in workflow.failure_handlers}
    # of many jobs that name one missing thing each gets its own problem; the names are looked up once
    known: dict[tuple[str, str], tuple[str, ...]] = {}
    for job in workflow.jobs:
        for field, noun, written, names in (
            ("resource_requirements", "resource requirements", job.resource_requirements, requirements),
            ("scheduler", "scheduler", job.scheduler, schedulers),
        ):
            if written is not None and (job.domain.axes or written.text not in names):
                yield from _unknown(job, field, noun, written, names, known)
        handler = job.failure_handler
        if handler is not None and handler.text not in handlers and job.domain.size:
            advice = did_you_mean(handler.text, sorted(handlers)) or ("add it under `failure_handlers`",)
            if "{" in handler.text and job.domain.axes:
                advice = ("parameters are not put into `failure_handler`: write its name out",)
            yield Problem(
                "missing-definition",
                f"there is no failure handler {handler.text!r}",
                handler.node.span,
                f"job {job.name.text}",
                (*advice, DRY_RUN),
            )


def _unknown(
    job: JobSpec,
    field: str,
    noun: str,
    written: Written,
    names: set[str],
    known: dict[tuple[str, str], tuple[str, ...]],
) -> Iterator[Problem]:
    for found in texts(job, written.text):
        text = found.texts[0]
        if text in names:
            continue
        advice = known.get((field, text))
        if advice is None:
            advice = known[field, text] = _advice(field, text, names)
        message = f"there is no {noun} {text!r}" if noun == "scheduler" else f"there are no {noun} {text!r}"
        yield Problem(
            "missing-definition",
            message + example(job, found.point),
            written.node.span,
            f"job {job.name.text}",
            advice,
        )
        return


def _advice(field: str, text: str, names: set[str]) -> tuple[str, ...]:
    if field == "resource_requirements" and text == "default":
        return ("leave `resource_requirements` out: Torc makes `default` itself and only for such jobs",)
    where = "slurm_schedulers" if field == "scheduler" else field
    return did_you_mean(text, sorted(names)) or (f"add it under `{where}`",)


def missing_slurm_scheduler(workflow: Workflow, names: set[str]) -> Iterator[Problem]:
    """Schedulers that `schedule_nodes` actions name and that are not there."""
    for action in workflow.actions:
        if action.action_type.text != "schedule_nodes" or action.scheduler is None:
            continue
        if action.scheduler_type is None or action.scheduler_type.text != "slurm" or action.scheduler.text in names:
            continue
        advice = did_you_mean(action.scheduler.text, sorted(names)) or ("add it under `slurm_schedulers`",)
        yield Problem(
            "missing-definition",
            f"there is no scheduler {action.scheduler.text!r}",
            value_span(action.node, "scheduler"),
            action_subject(workflow, action),
            advice,
        )
