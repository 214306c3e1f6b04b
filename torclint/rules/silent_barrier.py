"""Barriers that leave no trace in their output."""

from __future__ import annotations

from torclint.graph.barriers import barriers_of, is_silent
from torclint.record import TYPE_CHECKING
from torclint.rules.base import INFO, STYLE, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class SilentBarrier(Rule):
    """A barrier prints nothing.

    ## What it does
    Flags a job that stands between two stages, is called a barrier, and whose command is only `true`, `:`, `sleep` or the
    like.

    ## Why
    What a barrier prints is the only record, in the output of the workflow, of when a stage was complete and of how much it
    was. It costs nothing.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: "prep_{i}", command: "true", parameters: {i: "1:99"}}
      - {name: barrier_prep_complete, command: "true", depends_on_regexes: ["^prep_"]}
      - {name: "next_{i}", command: "true", parameters: {i: "1:99"}, depends_on: [barrier_prep_complete]}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: "prep_{i}", command: "true", parameters: {i: "1:99"}}
      - {name: barrier_prep_complete, command: "echo 'prep: 99 jobs complete' && date", depends_on_regexes: ["^prep_"]}
      - {name: "next_{i}", command: "true", parameters: {i: "1:99"}, depends_on: [barrier_prep_complete]}
    ```
    """

    code, name, severity, effect = "TL605", "silent-barrier", INFO, STYLE

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for barrier in barriers_of(graph):
            job = barrier.job
            if barrier.is_named_so and is_silent(job.command.text):
                yield self.finding(
                    f"the barrier {job.name.text} prints nothing",
                    job.command.node.span,
                    subject=f"job {job.name.text}",
                    label=f"after {barrier.producers:,} jobs",
                    help=(f"say what is complete: echo '{barrier.producers:,} jobs complete' && date",),
                )
