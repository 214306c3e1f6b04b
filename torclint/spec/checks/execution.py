"""execution_config against its mode (Torc 1.0.0, workflow_spec.rs:143-157, 3518-3628); checked only when it is created."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING
from torclint.spec.checks.wording import DRY_RUN, action_subject, key_span
from torclint.spec.model import Problem
from torclint.spec.rust_text import trim

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.spec.model import Action, Workflow
    from torclint.spec.reader import Decoded

_NAME = "bad-execution-config"
_MPI = re.compile(r"[A-Za-z0-9+_.-]+")

# async_cli_command.rs:663: any other name is taken for SIGTERM
_SIGNALS = ("TERM", "INT", "USR1", "USR2", "HUP", "KILL")

_DIRECT_ONLY = {
    "termination_signal": "use srun_termination_signal",
    "sigterm_lead_seconds": "use srun_termination_signal, as in TERM@120",
    "oom_exit_code": "Slurm itself stops jobs that take too much memory",
}


def problems(workflow: Workflow) -> Iterator[Problem]:
    config: Decoded | None = workflow.fields.get("execution_config")
    per_node = [
        action
        for action in workflow.actions
        if action.action_type.text == "schedule_nodes" and action.start_one_worker_per_node
    ]
    mode = "direct" if config is None else config.values.get("mode", "direct")
    if config is not None:
        uses_slurm = mode == "slurm" or (mode == "auto" and bool(workflow.schedulers))
        yield from _mpi(config, bool(per_node))
        yield from _slurm_mode(config) if uses_slurm else _direct_mode(config)
        yield from _signal(config)
    if mode != "direct":
        yield from _per_node(workflow, per_node, mode)


def _mpi(config: Decoded, per_node: bool) -> Iterator[Problem]:
    if "srun_mpi" not in config.values:
        return
    text = config.values["srun_mpi"].text
    span = key_span(config.node, "srun_mpi")
    if trim(text) != text or _MPI.fullmatch(text) is None:
        advice = ("write one word, such as none or pmix", DRY_RUN)
        yield Problem(_NAME, f"srun_mpi {text!r} is not one word of letters, digits and + _ . -", span, "", advice)
    if not per_node:
        yield Problem(
            _NAME,
            "srun_mpi needs a schedule_nodes action with start_one_worker_per_node: true",
            span,
            "",
            ("it is about the srun that starts the runners; remove it if there is none", DRY_RUN),
        )


def _slurm_mode(config: Decoded) -> Iterator[Problem]:
    if config.values.get("limit_resources") is False:
        advice = ("remove it: Slurm mode needs the limits", DRY_RUN)
        span = key_span(config.node, "limit_resources")
        yield Problem(_NAME, "limit_resources: false is for direct mode only", span, "", advice)
    for field, instead in _DIRECT_ONLY.items():
        if field in config.values:
            span = key_span(config.node, field)
            yield Problem(_NAME, f"`{field}` is for direct mode only", span, "", (instead, DRY_RUN))


def _direct_mode(config: Decoded) -> Iterator[Problem]:
    if "srun_termination_signal" in config.values:
        span = key_span(config.node, "srun_termination_signal")
        advice = ("use termination_signal, or mode: slurm", DRY_RUN)
        yield Problem(_NAME, "`srun_termination_signal` is for Slurm mode only", span, "", advice)
    if config.values.get("enable_cpu_bind") is True:
        span = key_span(config.node, "enable_cpu_bind")
        advice = ("remove it, or use mode: slurm", DRY_RUN)
        yield Problem(_NAME, "enable_cpu_bind: true is for Slurm mode only", span, "", advice)


def _signal(config: Decoded) -> Iterator[Problem]:
    written = config.values.get("termination_signal")
    if written is not None and written.text.removeprefix("SIG") not in _SIGNALS:
        advice = ("write one of " + ", ".join("SIG" + name for name in _SIGNALS),)
        message = f"Torc knows no signal {written.text!r} and sends SIGTERM"
        yield Problem("unknown-signal", message, written.node.span, "", advice)


def _per_node(workflow: Workflow, actions: list[Action], mode: str) -> Iterator[Problem]:
    for action in actions:
        yield Problem(
            _NAME,
            f"start_one_worker_per_node needs execution_config.mode direct, and it is {mode}",
            key_span(action.node, "start_one_worker_per_node"),
            action_subject(workflow, action),
            ("write mode: direct, or remove start_one_worker_per_node", DRY_RUN),
        )
