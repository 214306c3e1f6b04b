"""Names of environment variables (Torc 1.0.0, models.rs:16-23)."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.spec.checks.wording import key_span
from torclint.spec.model import Problem
from torclint.spec.variables import is_identifier
from torclint.syntax.node import Mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.spec.model import Workflow, Written

# Set by the runner after the spec's own, so the spec's value is lost (async_cli_command.rs:351-374)
SET_BY_RUNNER = frozenset(
    (
        "TORC_API_URL",
        "TORC_ATTEMPT_ID",
        "TORC_JOB_ID",
        "TORC_JOB_NAME",
        "TORC_OUTPUT_DIR",
        "TORC_RUN_ID",
        "TORC_WORKFLOW_ID",
    )
)


def problems(workflow: Workflow) -> Iterator[Problem]:
    if workflow.node is not None and workflow.env:
        yield from _of(workflow.node, workflow.env, "")
    for job in workflow.jobs:
        if job.env and job.domain.size:
            yield from _of(job.node, job.env, f"job {job.name.text}")


def _of(owner: Mapping, env: tuple[tuple[str, Written], ...], subject: str) -> Iterator[Problem]:
    node = owner.get("env")
    if not isinstance(node, Mapping):
        return
    for name, _ in env:
        if name in SET_BY_RUNNER:
            yield Problem(
                "ignored-field",
                f"the runner sets {name} itself; the value here is lost",
                key_span(node, name),
                subject,
                ("use another name",),
            )
        if is_identifier(name):
            continue
        repaired = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in name)
        repaired = "_" + repaired if repaired[:1].isdigit() else repaired
        yield Problem(
            "bad-env-name",
            f"{name!r} is no name of an environment variable",
            key_span(node, name),
            subject,
            (f"write {repaired}" if repaired else "use letters, digits and underscores, no digit first",),
        )
