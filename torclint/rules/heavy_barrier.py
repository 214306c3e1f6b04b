"""Barriers that do more than say that a stage is complete."""

from __future__ import annotations

from torclint.graph.barriers import barriers_of, heavy_command, heavy_resources, validation
from torclint.record import TYPE_CHECKING
from torclint.rules.base import SLOW, WARNING, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class HeavyBarrier(Rule):
    """A barrier that runs a program or asks for large resources.

    ## What it does
    Flags a job that stands between two stages and is called a barrier (`..._complete`, `barrier_...`, `..._done`) but runs
    more than a few light commands, or asks for more than 1 CPU, a GPU, more than 1 GiB or more than 10 minutes.
    A validation is told by validation-in-barrier (TL604).

    ## Why
    Nothing of the next stage runs while the barrier does, and a barrier that asks for a large node waits for one to be
    free. Work belongs in a job of its own after the barrier.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: "stage1_{i}", command: "true", parameters: {i: "1:9"}}
      - {name: all_stage1_complete, command: "python merge_all.py", depends_on_regexes: ["^stage1_"]}
      - {name: "next_{i}", command: "true", parameters: {i: "1:9"}, depends_on: [all_stage1_complete]}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: "stage1_{i}", command: "true", parameters: {i: "1:9"}}
      - {name: all_stage1_complete, command: "echo 'stage 1 complete'", depends_on_regexes: ["^stage1_"]}
      - {name: merge_outputs, command: "python merge_all.py", depends_on: [all_stage1_complete]}
      - {name: "next_{i}", command: "true", parameters: {i: "1:9"}, depends_on: [merge_outputs]}
    ```
    """

    code, name, severity, effect = "TL601", "heavy-barrier", WARNING, SLOW

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for barrier in barriers_of(graph):
            if not barrier.is_named_so:
                continue
            job = barrier.job
            program = heavy_command(job.command.text)
            if program is not None and validation(job.command.text) is None:
                yield self.finding(
                    f"the barrier {job.name.text} runs `{program}`, and the next stage waits for it",
                    job.command.node.span,
                    subject=f"job {job.name.text}",
                    label="keep a barrier to echo and date",
                    help=("put the work into a job of its own that waits for the barrier",),
                )
            needs = heavy_resources(graph.workflow, job)
            if needs and job.resource_requirements is not None:
                yield self.finding(
                    f"the barrier {job.name.text} asks for {needs}",
                    job.resource_requirements.node.span,
                    subject=f"job {job.name.text}",
                    label="more than a barrier needs",
                    help=("1 CPU, 100m and PT1M are enough for a barrier",),
                )
