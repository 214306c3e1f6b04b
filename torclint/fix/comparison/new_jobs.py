"""Jobs that only the second spec has: they may stand between others, as long as they do nothing and cannot fail."""

from __future__ import annotations

import re

from torclint.fix.comparison.difference import AFTER, NEW_JOB, Difference
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph
    from torclint.spec.model import JobSpec

_QUOTED = r"'[^'\n]*'|\"[^\"$`\\!\n]*\""
_LIGHT = re.compile(rf"(?:echo|printf|date|true|:)(?:[ \t]+(?:{_QUOTED}|[\w.,:%+@=/{{}}-]+))*")
_BETWEEN = re.compile(r"\s*(?:&&|;|\n)\s*")


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
    if not is_light(job.command.text):
        yield "runs more than echo, printf, date or true, so that it could fail or change something"
    if job.invocation_script is not None:
        yield "has an invocation_script"
    if not job.cancel_on_blocking_job_failure:
        yield "has cancel_on_blocking_job_failure: false, so that failures would not get past it"
    if job.failure_handler is not None:
        yield "has a failure_handler"
    if job.output_files or job.output_file_regexes or job.output_user_data or job.output_user_data_regexes:
        yield "writes files or user data"


def is_light(command: str) -> bool:
    """Whether a command only prints, or does nothing: it cannot fail and changes no file."""
    text = command.strip()
    position = 0
    while True:
        found = _LIGHT.match(text, position)
        if found is None:
            return False
        if found.end() == len(text):
            return True
        between = _BETWEEN.match(text, found.end())
        if between is None:
            return False
        position = between.end()
