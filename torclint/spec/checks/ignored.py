"""What a spec says and Torc passes over (Torc 1.0.0, workflow_spec.rs:611-669, 3290, 3356-3371, 3472, 3858, 3984, 4429)."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.spec.checks.wording import key_span, value_span
from torclint.spec.fields import SLURM_DEFAULTS_EXCLUDED, STRUCT_LIST
from torclint.spec.model import Problem
from torclint.spec.suggest import did_you_mean
from torclint.syntax.node import Mapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.spec.model import Workflow
    from torclint.spec.reader import Decoded

_NAME = "ignored-field"


def problems(workflow: Workflow) -> Iterator[Problem]:
    if workflow.node is None:
        return
    yield from _kdl_notes(workflow)
    yield from _top_level(workflow, workflow.node)
    yield from _supports_termination(workflow)
    yield from _unnamed(workflow)
    yield from _slurm_defaults(workflow, workflow.node)


def _kdl_notes(workflow: Workflow) -> Iterator[Problem]:
    known = [field.name for struct in STRUCT_LIST for field in struct.fields]
    for note in workflow.document.notes:
        written = workflow.document.text[note.span.start : note.span.end]
        advice = did_you_mean(written, known) if note.kind == "unknown-node" else ()
        yield Problem("ignored-kdl", note.text, note.span, "", advice)


def _top_level(workflow: Workflow, node: Mapping) -> Iterator[Problem]:
    if "user" in workflow.fields:
        message = "`user` has no effect: Torc puts in the name of whoever creates the workflow"
        yield Problem(_NAME, message, key_span(node, "user"), "", ("remove it",))
    field = "compute_node_expiration_buffer_seconds"
    if field in workflow.fields:
        advice = ("remove it, or set execution_config.sigkill_headroom_seconds",)
        yield Problem(_NAME, f"Torc drops `{field}`", key_span(node, field), "", advice)
    execution: Decoded | None = workflow.fields.get("execution_config")
    own_stdio = next((job for job in workflow.jobs if job.stdio is not None and job.domain.size), None)
    if execution is not None and execution.values.get("job_stdio_overrides") and own_stdio is not None:
        yield Problem(
            _NAME,
            "all of `job_stdio_overrides` is dropped, because a job has `stdio` of its own",
            key_span(execution.node, "job_stdio_overrides"),
            "",
            ("write `stdio` in the jobs instead",),
            ((key_span(own_stdio.node, "stdio"), "this one"),),
        )


def _supports_termination(workflow: Workflow) -> Iterator[Problem]:
    jobs: list[Decoded] = workflow.fields.get("jobs", [])
    holders = [job for job in jobs if "supports_termination" in job.values]
    if holders:
        count = f" ({len(holders):,} job specs have it)" if len(holders) > 1 else ""
        message = f"Torc 1.0 ignores `supports_termination`{count}"
        yield Problem(_NAME, message, key_span(holders[0].node, "supports_termination"), "", ("remove it",))


def _unnamed(workflow: Workflow) -> Iterator[Problem]:
    for field, noun in (("user_data", "user data"), ("slurm_schedulers", "scheduler")):
        found: list[Decoded] = workflow.fields.get(field, [])
        for one in found:
            if "name" not in one.values and "name" not in one.wrong:
                message = f"without a name this {noun} is never created"
                yield Problem(_NAME, message, one.node.span, f"{noun} #{one.index + 1}", ("add a name",))


def _slurm_defaults(workflow: Workflow, node: Mapping) -> Iterator[Problem]:
    defaults = node.get("slurm_defaults")
    if "slurm_defaults" not in workflow.fields or not isinstance(defaults, Mapping):
        return
    content, _ = workflow.fields["slurm_defaults"]
    for name, value in content.items():
        if name.lower() in SLURM_DEFAULTS_EXCLUDED:
            yield Problem(
                "excluded-slurm-default",
                f"slurm_defaults cannot set `{name}`: Torc sets it for each scheduler",
                key_span(defaults, name),
                "",
                ("write it under `slurm_schedulers`",),
            )
        elif value is None or isinstance(value, list | dict):
            advice = ("write a string, a number, true or false",)
            message = f"Torc skips `{name}`: its value is no string, number or boolean"
            yield Problem(_NAME, message, value_span(defaults, name), "", advice)
