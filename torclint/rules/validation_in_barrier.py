"""Barriers that validate what the stage before made."""

from __future__ import annotations

from torclint.graph.barriers import barriers_of, validation
from torclint.record import TYPE_CHECKING
from torclint.rules.base import SLOW, WARNING, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class ValidationInBarrier(Rule):
    """A barrier runs a program that validates the results of the stage before.

    ## What it does
    Flags a job that stands between two stages, is called a barrier, and runs a program whose name or arguments speak of
    validating, verifying or checking.

    ## Why
    A barrier should be done at once, with next to no resources, and never fail for a reason of its own: where it fails, the
    next stage is cancelled, and its name says that the stage before did not complete. A validation takes time and resources
    and is there to fail. As a job of its own after the barrier it has its own resources, its own name in what went wrong,
    and can be run again alone.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: "stage1_{i}", command: "true", parameters: {i: "1:9"}}
      - {name: all_stage1_complete, command: "python expensive_validation.py", depends_on_regexes: ["^stage1_"]}
      - {name: "next_{i}", command: "true", parameters: {i: "1:9"}, depends_on: [all_stage1_complete]}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: "stage1_{i}", command: "true", parameters: {i: "1:9"}}
      - {name: all_stage1_complete, command: "echo 'stage 1 complete'", depends_on_regexes: ["^stage1_"]}
      - {name: validate_stage1, command: "python expensive_validation.py", depends_on: [all_stage1_complete]}
      - {name: "next_{i}", command: "true", parameters: {i: "1:9"}, depends_on: [validate_stage1]}
    ```
    """

    code, name, severity, effect = "TL604", "validation-in-barrier", WARNING, SLOW

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for barrier in barriers_of(graph):
            job = barrier.job
            part = validation(job.command.text) if barrier.is_named_so else None
            if part is not None:
                yield self.finding(
                    f"the barrier {job.name.text} validates: `{part}`",
                    job.command.node.span,
                    subject=f"job {job.name.text}",
                    label=f"{barrier.consumers:,} jobs wait for it",
                    help=(
                        "put the validation into a job that waits for the barrier, and let the next stage wait for that job",
                    ),
                )
