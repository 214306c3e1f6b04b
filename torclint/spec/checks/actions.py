"""Actions by themselves; which jobs they pick is a question to the graph (Torc 1.0.0, workflow_spec.rs:2161-2247, 4071)."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.spec.checks.definitions import missing_slurm_scheduler
from torclint.spec.checks.wording import DRY_RUN, action_subject, key_span, value_span
from torclint.spec.fields import ACTION_TYPES, JOB_TRIGGERS, TRIGGER_TYPES
from torclint.spec.model import Problem
from torclint.spec.suggest import did_you_mean
from torclint.syntax.node import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.spec.model import Action, Workflow

_NAME = "bad-action"


def problems(workflow: Workflow) -> Iterator[Problem]:
    for action in workflow.actions:
        subject = action_subject(workflow, action)
        yield from _trigger(action, subject)
        if action.action_type.text == "run_commands":
            yield from _commands(action, subject)
        elif action.action_type.text == "schedule_nodes":
            yield from _nodes(action, subject)
        else:
            kind = action.action_type.text
            advice = did_you_mean(kind, ACTION_TYPES) or ("write " + " or ".join(ACTION_TYPES),)
            span = action.action_type.node.span
            yield Problem(_NAME, f"there is no action type {kind!r}", span, subject, (*advice, DRY_RUN))
    yield from missing_slurm_scheduler(workflow)


def _trigger(action: Action, subject: str) -> Iterator[Problem]:
    trigger = action.trigger_type.text
    if trigger not in TRIGGER_TYPES:
        advice = did_you_mean(trigger, TRIGGER_TYPES) or ("write one of " + ", ".join(TRIGGER_TYPES),)
        yield Problem(_NAME, f"there is no trigger {trigger!r}", action.trigger_type.node.span, subject, advice)
        return
    if trigger in JOB_TRIGGERS:
        if not action.jobs and not action.job_name_regexes:
            advice = ("add jobs: [...] or job_name_regexes: [...]",)
            yield Problem(_NAME, f"{trigger} needs jobs", action.trigger_type.node.span, subject, advice)
        return
    for field, is_there in (("jobs", action.jobs), ("job_name_regexes", action.job_name_regexes)):
        if is_there:
            message = f"`{field}` has no effect with {trigger}, which is about the whole workflow"
            advice = ("use " + " or ".join(JOB_TRIGGERS) + ", or remove it",)
            yield Problem("ignored-field", message, key_span(action.node, field), subject, advice)


def _commands(action: Action, subject: str) -> Iterator[Problem]:
    if action.commands is None:
        if _is_absent(action, "commands"):
            span = action.action_type.node.span
            advice = ("add commands: [...]", DRY_RUN)
            yield Problem(_NAME, "run_commands needs `commands`", span, subject, advice)
    elif not action.commands:
        span = value_span(action.node, "commands")
        yield Problem(_NAME, "`commands` is empty", span, subject, ("add a command, or remove the action", DRY_RUN))


def _is_absent(action: Action, field: str) -> bool:
    """Whether the field is not there or null; one of a wrong type is refused as such."""
    node = action.node.get(field)
    return node is None or (isinstance(node, Scalar) and node.value is None)


def _nodes(action: Action, subject: str) -> Iterator[Problem]:
    for field, value in (("scheduler_type", action.scheduler_type), ("scheduler", action.scheduler)):
        if value is None and _is_absent(action, field):
            advice = ("add scheduler_type: slurm" if field == "scheduler_type" else "add the name of a scheduler",)
            span = action.action_type.node.span
            yield Problem(_NAME, f"schedule_nodes needs `{field}`", span, subject, advice)
    kind = action.scheduler_type
    if kind is not None and kind.text != "slurm":
        yield Problem(
            "idle-action",
            f"no runner starts nodes of the scheduler type {kind.text!r}; the action is never done",
            kind.node.span,
            subject,
            did_you_mean(kind.text, ("slurm",)) or ("write scheduler_type: slurm",),
        )
    if action.commands:
        message = "`commands` has no effect with schedule_nodes"
        advice = ("write a second action with action_type: run_commands",)
        yield Problem("ignored-field", message, key_span(action.node, "commands"), subject, advice)
