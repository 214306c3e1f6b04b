"""What is different when Torc runs a workflow, told before it does, each with the setting that helps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.run.forecast.tell import ROUND
from torclint.spec.amounts import time_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.run.plan import Plan
    from torclint.spec.model import Workflow

_MONITORED = 0.1  # seconds that the monitor costs a job that ends (resource_monitor.rs:416)
_WORTH_TELLING = 30  # seconds
_FILES = 2000  # of output, from which on they are told


def advice(workflow: Workflow, plan: Plan, *, own_server: bool, submitted: bool) -> Iterator[str]:
    """One text for each thing. A server of our own releases jobs soon; jobs submitted to Slurm have time limits."""
    levels = sum(1 for _ in plan.gates.levels())
    if levels > 1 and not own_server:
        yield (
            f"its server releases jobs every {ROUND} s: {levels:,} levels wait up to {time_text(ROUND * (levels - 1))} "
            "together; torc-server run --completion-check-interval-secs 1 shortens that"
        )
    monitored = plan.size * _MONITORED
    if _monitors(workflow) and monitored >= _WORTH_TELLING:
        yield (
            f"its resource monitor takes {_MONITORED} s for each job that ends: {time_text(monitored)} for {plan.size:,} jobs; "
            "resource_monitor: {enabled: false} in the spec switches it off, and memory limits with it"
        )
    limited = any(kind.resources.name != "default" for kind in plan.kinds)
    if limited and not submitted:
        yield "torc run ends no job for its runtime; write `timeout` before commands that may hang"
    files = sum(_files(plan.kinds[kind].stdio.mode) for kind in plan.kind_of)
    if files >= _FILES:
        yield (
            f"it writes {files:,} files of output; execution_config: {{stdio: {{mode: combined}}}} makes one a job, "
            "delete_on_success: true keeps those of failed jobs only"
        )


def _monitors(workflow: Workflow) -> bool:
    """Whether jobs are watched; Torc does it unless the spec says otherwise (main.rs:697)."""
    settings = workflow.resource_monitor
    if settings is None:
        return True
    jobs = settings.get("jobs")
    return bool(settings.get("enabled", True)) and (jobs is None or bool(jobs.get("enabled", True)))


def _files(mode: str) -> int:
    return {"separate": 2, "none": 0}.get(mode, 1)
