"""Chains of jobs that Torc cancels only in part."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.rules.base import SURPRISE, WARNING, Related, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.chains import Chain
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds
    from torclint.spec.model import Workflow

_LEVELS = 100  # Torc 1.0.0, status.rs:274-297


class DeepCascade(Rule):
    """A chain of jobs is deeper than the 100 levels that Torc cancels when its first job fails.

    ## What it does
    Looks for the longest chain of jobs of which each waits for the one before, through dependencies, files and user data, and
    flags it if it has more than 101 jobs that are to be cancelled on failure.

    ## Why
    When a job fails, Torc cancels the jobs that wait for it, then those that wait for them, and stops after 100 levels. The
    next job is released as if all before it were complete, and runs without their results.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: step_0, command: "true"}
      - name: "step_{i}"
        command: "true"
        depends_on: ["step_{before}"]
        parameter_mode: zip
        parameters: {i: "1:150", before: "0:149"}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: step_0, command: "true"}
      - name: "step_{i}"
        command: "true"
        depends_on: ["step_{before}"]
        parameter_mode: zip
        parameters: {i: "1:75", before: "0:74"}
      - {name: second_half, command: "for i in $(seq 76 150); do ./step $i || exit 1; done", depends_on: [step_75]}
    ```
    """

    code, name, severity, effect = "TL504", "deep-cascade", WARNING, SURPRISE

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        chain = graph.longest_chain
        if chain.length <= _LEVELS + 1 or not _is_cancelled(graph.workflow, chain):
            return
        (first, beginning), (survivor, group) = chain.job(0), chain.job(_LEVELS + 1)
        yield self.finding(
            f"{chain.length:,} jobs in a row: if {first} fails, {_LEVELS} of them are cancelled, and {survivor} runs",
            group.item.name.node.span,
            subject=f"job {group.item.name.text}",
            label=f"{survivor} runs without what it waits for",
            help=("make the chain shorter, or let jobs test for the files of the one before",),
            related=(Related(beginning.item.name.node.span, "the chain begins here"),)
            if beginning is not group
            else (),
        )


def _is_cancelled(workflow: Workflow, chain: Chain) -> bool:
    """Whether every job after the first is to be cancelled when the one before it fails."""
    stretches = chain.stretches if chain.stretches[0].jobs > 1 else chain.stretches[1:]
    return all(workflow.jobs[one.group.index].cancel_on_blocking_job_failure for one in stretches)
