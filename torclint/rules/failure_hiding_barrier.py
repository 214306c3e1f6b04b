"""Barriers that let the next stage run although the stage before failed."""

from __future__ import annotations

from torclint.graph.barriers import barriers_of
from torclint.record import TYPE_CHECKING
from torclint.rules.base import SURPRISE, WARNING, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds

_FLAG = "cancel_on_blocking_job_failure"


class FailureHidingBarrier(Rule):
    """A barrier runs even if jobs before it failed, and so hides their failure from the next stage.

    ## What it does
    Flags a job between two stages with `cancel_on_blocking_job_failure: false`, where jobs of the next stage wait for it
    that are to be cancelled when something before them fails.

    ## Why
    The jobs of the next stage look at the barrier only. It runs and completes although jobs of the stage before failed, so
    the next stage runs on results that are not there, which its own flag was to prevent.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: "prep_{i}", command: "true", parameters: {i: "1:99"}}
      - name: barrier_prep_complete
        command: "echo 'prep complete'"
        depends_on_regexes: ["^prep_"]
        cancel_on_blocking_job_failure: false
      - {name: "next_{i}", command: "true", parameters: {i: "1:99"}, depends_on: [barrier_prep_complete]}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: "prep_{i}", command: "true", parameters: {i: "1:99"}}
      - name: barrier_prep_complete
        command: "echo 'prep complete'"
        depends_on_regexes: ["^prep_"]
      - {name: "next_{i}", command: "true", parameters: {i: "1:99"}, depends_on: [barrier_prep_complete]}
    ```
    """

    code, name, severity, effect = "TL606", "failure-hiding-barrier", WARNING, SURPRISE

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for barrier in barriers_of(graph):
            job = barrier.job
            strict = sum(
                group.size
                for group in barrier.next_stage
                if graph.workflow.jobs[group.index].cancel_on_blocking_job_failure
            )
            if barrier.is_heavy or job.cancel_on_blocking_job_failure or not strict:
                continue
            node = job.node.get(_FLAG)
            yield self.finding(
                f"the barrier {job.name.text} completes even if jobs before it fail: then {strict:,} jobs after it run, "
                "which were to be cancelled",
                job.name.node.span if node is None else node.span,
                subject=f"job {job.name.text}",
                label=f"hides the failure of any of {barrier.producers:,} jobs",
                help=(f"leave {_FLAG} out here, or set it to false for the jobs of the next stage as well",),
            )
