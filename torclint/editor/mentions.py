"""Where a spec speaks of jobs, files, user data, resource requirements, schedulers and failure handlers by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from torclint.graph.clauses import FILES, JOBS, TOKEN, USER_DATA
from torclint.graph.groups import NO_PARAMETERS
from torclint.spec.model import Action, FileSpec, Item, JobSpec, UserDataSpec, Written
from torclint.syntax.node import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.spec.domain import Domain
    from torclint.spec.model import FailureHandler, ResourceRequirements, Scheduler, Workflow

    Part = Item | ResourceRequirements | FailureHandler | Scheduler | Action

RESOURCES, SCHEDULER, HANDLER = "resource requirements", "scheduler", "failure handler"

_KINDS = {JobSpec: JOBS, FileSpec: FILES, UserDataSpec: USER_DATA}
# lists of a job: what they name, and whether by patterns
_LISTS = (
    ("depends_on", JOBS, False),
    ("depends_on_regexes", JOBS, True),
    ("input_files", FILES, False),
    ("input_file_regexes", FILES, True),
    ("output_files", FILES, False),
    ("output_file_regexes", FILES, True),
    ("input_user_data", USER_DATA, False),
    ("input_user_data_regexes", USER_DATA, True),
    ("output_user_data", USER_DATA, False),
    ("output_user_data_regexes", USER_DATA, True),
)
_SINGLE = (("resource_requirements", RESOURCES), ("scheduler", SCHEDULER), ("failure_handler", HANDLER))


class Mention(NamedTuple):
    """A name or pattern at one place. `field` is that of the spec, "name" where the thing itself stands.

    `span`: the name as written, with its quotes; in a command, the name within `${files.input.NAME}`.
    """

    kind: str
    field: str
    written: Written
    is_pattern: bool
    domain: Domain
    part: Part
    span: Span

    @property
    def is_definition(self) -> bool:
        return self.field == "name"

    @property
    def in_command(self) -> bool:
        return self.span != self.written.node.span


def parts_of(workflow: Workflow) -> Iterator[Part]:
    """All that has a name or names others."""
    yield from workflow.jobs
    yield from workflow.files
    yield from workflow.user_data
    yield from workflow.resource_requirements
    yield from workflow.failure_handlers
    yield from workflow.schedulers
    yield from workflow.actions


def mention_at(workflow: Workflow, offset: int) -> Mention | None:
    """The name or pattern that text[offset] is in, or that ends there."""
    for part in parts_of(workflow):
        if part.node.start <= offset <= part.node.end:
            for mention in mentions_in(part, workflow.document.text):
                if mention.span.start <= offset <= mention.span.end:
                    return mention
    return None


def mentions_in(part: Part, text: str) -> Iterator[Mention]:
    """Every name and pattern of one part of a spec with the text `text`."""
    name = getattr(part, "name", None)
    domain: Domain = getattr(part, "domain", NO_PARAMETERS)
    if name is not None:
        yield _mention(kind_of(part), "name", name, False, domain, part)
    if isinstance(part, JobSpec):
        yield from _of_job(part, text)
    elif isinstance(part, Action):
        for written in part.jobs:
            yield _mention(JOBS, "jobs", written, False, NO_PARAMETERS, part)
        for written in part.job_name_regexes:
            yield _mention(JOBS, "job_name_regexes", written, True, NO_PARAMETERS, part)
        if part.scheduler is not None:
            yield _mention(SCHEDULER, "scheduler", part.scheduler, False, NO_PARAMETERS, part)


def kind_of(part: Part) -> str:
    """What its name is the name of."""
    known = _KINDS.get(type(part))  # type: ignore[arg-type]
    if known is not None:
        return known
    return {"ResourceRequirements": RESOURCES, "FailureHandler": HANDLER}.get(type(part).__name__, SCHEDULER)


def _mention(kind: str, field: str, written: Written, is_pattern: bool, domain: Domain, part: Part) -> Mention:
    return Mention(kind, field, written, is_pattern, domain, part, written.node.span)


def _of_job(job: JobSpec, text: str) -> Iterator[Mention]:
    for field, kind, is_pattern in _LISTS:
        for written in getattr(job, field):
            yield _mention(kind, field, written, is_pattern, job.domain, job)
    for field, kind in _SINGLE:
        single: Written | None = getattr(job, field)
        if single is not None:
            # Torc puts no parameters into the name of a failure handler (workflow_spec.rs:823-951)
            domain = NO_PARAMETERS if kind == HANDLER else job.domain
            yield _mention(kind, field, single, False, domain, job)
    for field, command in (("command", job.command), ("invocation_script", job.invocation_script)):
        if command is not None and "${" in command.text:
            yield from _in_command(job, field, command, text)


def _in_command(job: JobSpec, field: str, command: Written, text: str) -> Iterator[Mention]:
    node = command.node
    for token in TOKEN.finditer(text, node.start, node.end):
        kind = FILES if token[1] == "files" else USER_DATA
        yield Mention(kind, field, Written(token[3], node), False, job.domain, job, Span(*token.span(3)))
