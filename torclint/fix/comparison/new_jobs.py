"""Jobs that only the second spec has: they may stand between others, as long as they do nothing and cannot fail."""

from __future__ import annotations

from torclint.fix.comparison.difference import AFTER, NEW_JOB, Difference
from torclint.graph.barriers import only_prints
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph
    from torclint.spec.model import JobSpec


def heavy_new_jobs(after: WorkflowGraph, new: tuple[Group, ...]) -> Iterator[Difference]:
    """What keeps a new job from being a mere light between: it could fail, write, or treat failures in another way."""
    for group in new:
        job = after.workflow.jobs[group.index]
        for reason in _reasons(job):
            name = job.name.text
            yield Difference(NEW_JOB, f"the new job {name} {reason}", AFTER, job.name.node.span, name)


def is_mere_light(job: JobSpec) -> bool:
    """Whether a job does nothing, cannot fail and hands failures on: waiting for it is waiting for what it waits for."""
    return next(_reasons(job), None) is None


def _reasons(job: JobSpec) -> Iterator[str]:
    if not only_prints(job.command.text):
        yield "runs more than echo, printf, date or true, so that it could fail or change something"
    if job.invocation_script is not None:
        yield "has an invocation_script"
    if not job.cancel_on_blocking_job_failure:
        yield "has cancel_on_blocking_job_failure: false, so that failures would not get past it"
    if job.failure_handler is not None:
        yield "has a failure_handler"
    if job.output_files or job.output_file_regexes or job.output_user_data or job.output_user_data_regexes:
        yield "writes files or user data"
