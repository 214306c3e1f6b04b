"""Names of resource requirements, schedulers, failure handlers and access groups: defined once, and where they are used.

Torc 1.0.0, workflow_spec.rs:3925-4060 and 4477-4521.
"""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.spec.checks.wording import DRY_RUN, action_subject, example, value_span
from torclint.spec.model import Problem
from torclint.spec.suggest import did_you_mean
from torclint.spec.texts import texts
from torclint.syntax.node import Scalar, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.spec.model import JobSpec, Workflow, Written
    from torclint.spec.reader import Decoded


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


class _Missing:
    """A name that is not defined: where it stands first, and how many job specs have it."""

    __slots__ = ("count", "field", "job", "place", "text", "written")

    def __init__(self, field: str, text: str, job: JobSpec, written: Written, place: str) -> None:
        self.field = field
        self.text = text
        self.job = job
        self.written = written
        self.place = place
        self.count = 0


def _missing(workflow: Workflow) -> Iterator[Problem]:
    names = {field: defined(workflow, section) for field, section in _SECTIONS.items()}
    found: dict[tuple[str, str], _Missing] = {}
    for job in workflow.jobs:
        for field, written in (
            ("resource_requirements", job.resource_requirements),
            ("scheduler", job.scheduler),
            ("failure_handler", job.failure_handler),
        ):
            known = names[field]
            if written is None or known is None or (written.text in known and "{" not in written.text):
                continue
            first = _first_missing(job, field, written, known)
            if first is not None:
                found.setdefault((field, first.text), first).count += 1
    for missing in found.values():
        yield _problem(missing, names[missing.field] or set())


def defined(workflow: Workflow, section: str) -> set[str] | None:
    """The names that a top-level list defines; None where it was not read as a whole, so that any name may be there."""
    written = None if workflow.node is None else workflow.node.get(section)
    if section not in workflow.fields:
        return set() if written is None or (isinstance(written, Scalar) and written.value is None) else None
    found: list[Decoded] = workflow.fields[section]
    if (
        any("name" in one.wrong for one in found)
        or not isinstance(written, Sequence)
        or len(written.items) > len(found)
    ):
        return None
    return {one.values["name"].text for one in found if "name" in one.values}


def _first_missing(job: JobSpec, field: str, written: Written, names: set[str]) -> _Missing | None:
    # parameters are not put into failure_handler (workflow_spec.rs:823-951)
    for found in texts(job, "" if field == "failure_handler" else written.text):
        text = written.text if field == "failure_handler" else found.texts[0]
        if text not in names:
            return _Missing(field, text, job, written, example(job, found.point))
    return None


_SECTIONS = {
    "resource_requirements": "resource_requirements",
    "scheduler": "slurm_schedulers",
    "failure_handler": "failure_handlers",
}
_NOUNS = {
    "resource_requirements": "there are no resource requirements",
    "scheduler": "there is no scheduler",
    "failure_handler": "there is no failure handler",
}


def _problem(missing: _Missing, names: set[str]) -> Problem:
    users = f", which {missing.count:,} job specs name" if missing.count > 1 else missing.place
    return Problem(
        "missing-definition",
        f"{_NOUNS[missing.field]} {missing.text!r}{users}",
        missing.written.node.span,
        f"job {missing.job.name.text}",
        _advice(missing, sorted(names)),
    )


def _advice(missing: _Missing, names: list[str]) -> tuple[str, ...]:
    if missing.field == "resource_requirements" and missing.text == "default":
        return ("leave `resource_requirements` out: Torc makes `default` itself, and only for such jobs",)
    advice = did_you_mean(missing.text, names) or (f"add it under `{_SECTIONS[missing.field]}`",)
    if missing.field != "failure_handler":
        return advice
    if "{" in missing.text and missing.job.domain.axes:
        advice = ("parameters are not put into `failure_handler`: write its name out",)
    return (*advice, DRY_RUN)


def missing_slurm_scheduler(workflow: Workflow) -> Iterator[Problem]:
    """Schedulers that `schedule_nodes` actions name and that are not there."""
    names = defined(workflow, "slurm_schedulers")
    if names is None:
        return
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
