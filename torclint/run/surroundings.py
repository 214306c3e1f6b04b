"""What of a workflow lies around its jobs: its actions, and settings that matter on one machine or do not."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

from torclint.names import rust_regex
from torclint.run.plan import Action, Refused, TimeUp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from torclint.spec.model import Action as ActionSpec
    from torclint.spec.model import Workflow, Written

_GATED = ("on_jobs_ready", "on_jobs_complete")


def actions_of(workflow: Workflow, names: Callable[[], Iterable[str]], numbers: Sequence[int]) -> tuple[Action, ...]:
    """The actions that run commands. `names()` are all jobs in the order of the spec, `numbers` their job numbers.

    Raises Refused where a job-gated action waits for no job at all (Torc 1.0.0, workflow_spec.rs:4117).
    """
    found = []
    for action in workflow.actions:
        if action.action_type.text != "run_commands":
            continue
        jobs = frozenset(numbers[place] for place in _selected(action, names))
        trigger = action.trigger_type.text
        if not jobs and (action.has_jobs or action.has_job_name_regexes):
            raise Refused([f"an action with the trigger {trigger} selects no job"])
        commands = tuple(command.text for command in action.commands or ())
        found.append(Action(trigger, commands, jobs if trigger in _GATED else frozenset()))
    return tuple(found)


def _selected(action: ActionSpec, names: Callable[[], Iterable[str]]) -> Iterator[int]:
    if not action.jobs and not action.job_name_regexes:
        return
    missing = {written.text for written in action.jobs}
    wanted = frozenset(missing)
    matchers = [_compiled(pattern).is_match for pattern in action.job_name_regexes]
    for place, name in enumerate(names()):
        if name in wanted or any(matches(name) for matches in matchers):
            missing.discard(name)
            yield place
    if missing:
        raise Refused([f"an action names a job that does not exist: {name}" for name in sorted(missing)])


def _compiled(pattern: Written) -> rust_regex.RustRegex:
    try:
        return rust_regex.compile(pattern.text)
    except rust_regex.RegexError as error:
        raise Refused([f"an action has an invalid pattern {pattern.text!r}: {error}"]) from error


def enforces_memory(workflow: Workflow) -> bool:
    """Whether Torc 1.0.0 would end a job for its memory (async_cli_command.rs:421): resources are limited and jobs
    are monitored, which `torc run` turns on where the spec says nothing about it."""
    if not workflow.execution_config["limit_resources"]:
        return False
    monitor = workflow.resource_monitor
    if monitor is None:
        return True
    jobs = monitor["jobs"]
    return bool(monitor["enabled"] if jobs is None else jobs["enabled"])


def time_up_of(workflow: Workflow) -> TimeUp:
    """How Torc 1.0.0 would end a job whose time is over (job_runner.rs:1932-2070)."""
    config = workflow.execution_config
    name = config["termination_signal"].strip().upper()
    number = getattr(signal, name if name.startswith("SIG") else f"SIG{name}", None)
    return TimeUp(
        number if isinstance(number, signal.Signals) else signal.SIGTERM,
        float(max(0, config["sigterm_lead_seconds"])),
        config["timeout_exit_code"],
    )


def remarks_of(workflow: Workflow) -> tuple[str, ...]:
    """What the spec asks for and this runner does not do, one text each."""
    remarks = []
    scheduling = sum(action.action_type.text == "schedule_nodes" for action in workflow.actions)
    if scheduling:
        actions = "action that schedules nodes has" if scheduling == 1 else "actions that schedule nodes have"
        remarks.append(f"{scheduling} {actions} no effect here: the jobs run on this machine")
    if workflow.execution_config["mode"] == "slurm":
        remarks.append("execution_config asks for Slurm; the jobs run directly on this machine")
    return tuple(remarks)
