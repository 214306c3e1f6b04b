"""Barriers whose names do not say what completed."""

from __future__ import annotations

from torclint.graph.barriers import barriers_of, says_nothing
from torclint.record import TYPE_CHECKING
from torclint.rules.base import INFO, STYLE, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class VagueBarrierName(Rule):
    """A barrier called `barrier1`, `sync` or `wait`.

    ## What it does
    Flags a job that stands between two stages and whose name does not say which of them completed.

    ## Why
    In a list of ten thousand jobs the barriers are the landmarks. `barrier_preprocess_complete` tells where a workflow is;
    `barrier1` does not.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: "prep_{i}", command: "true", parameters: {i: "1:9"}}
      - {name: barrier1, command: "echo done", depends_on_regexes: ["^prep_"]}
      - {name: "next_{i}", command: "true", parameters: {i: "1:9"}, depends_on: [barrier1]}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: "prep_{i}", command: "true", parameters: {i: "1:9"}}
      - {name: barrier_prep_complete, command: "echo done", depends_on_regexes: ["^prep_"]}
      - {name: "next_{i}", command: "true", parameters: {i: "1:9"}, depends_on: [barrier_prep_complete]}
    ```
    """

    code, name, severity, effect = "TL602", "vague-barrier-name", INFO, STYLE

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for barrier in barriers_of(graph):
            if not says_nothing(barrier.job.name.text):
                continue
            yield self.finding(
                f"the name `{barrier.job.name.text}` does not say what is complete",
                barrier.job.name.node.span,
                subject=f"job {barrier.job.name.text}",
                label=f"waits for {barrier.producers:,} jobs",
                help=("name it after the stage before it, such as `barrier_preprocess_complete`",),
            )
