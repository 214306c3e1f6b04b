"""Barriers between jobs that each need only one job of the stage before."""

from __future__ import annotations

from torclint.graph.barriers import barriers_of
from torclint.graph.blocks import BY_DATA, BY_FILE
from torclint.record import TYPE_CHECKING
from torclint.rules.base import INFO, SLOW, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.barriers import Barrier
    from torclint.graph.blocks import Block
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class ForcedStages(Rule):
    """A barrier makes jobs wait for a whole stage although each reads what one job of it writes.

    ## What it does
    Flags a barrier where every job of the next stage reads files or user data of exactly one job of the stage before, so
    that Torc ties the two already.

    ## Why
    Without the barrier each job starts as soon as its own input is there; with it all of them wait for the slowest job of
    the stage before, and for one more round of Torc's release timer, 30 s by default.

    ## Example
    ```yaml
    name: w
    files:
      - {name: "part_{i}", path: "part_{i}.csv", parameters: {i: "1:99"}}
    jobs:
      - {name: "make_{i}", command: "true", output_files: ["part_{i}"], parameters: {i: "1:99"}}
      - {name: barrier_make_complete, command: "echo 'all made'", depends_on_regexes: ["^make_"]}
      - name: "use_{i}"
        command: "true"
        input_files: ["part_{i}"]
        depends_on: [barrier_make_complete]
        parameters: {i: "1:99"}
    ```

    ## Use instead
    ```yaml
    name: w
    files:
      - {name: "part_{i}", path: "part_{i}.csv", parameters: {i: "1:99"}}
    jobs:
      - {name: "make_{i}", command: "true", output_files: ["part_{i}"], parameters: {i: "1:99"}}
      - name: "use_{i}"
        command: "true"
        input_files: ["part_{i}"]
        parameters: {i: "1:99"}
    ```
    """

    code, name, severity, effect = "TL607", "forced-stages", INFO, SLOW

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        read: dict[int, list[Block]] = {}
        for block in graph.blocks:
            if block.kind in (BY_FILE, BY_DATA):
                for group in block.consumers:
                    read.setdefault(group.index, []).append(block)
        for barrier in barriers_of(graph):
            if barrier.is_heavy or barrier.consumers < 2:
                continue
            if all(_reads_one_each(read.get(group.index, []), barrier) for group in barrier.next_stage):
                yield self.finding(
                    f"the barrier {barrier.job.name.text} makes {barrier.consumers:,} jobs wait for {barrier.producers:,}, "
                    "of which each needs one",
                    barrier.job.name.node.span,
                    subject=f"job {barrier.job.name.text}",
                    label="each job after it reads what one job before it writes",
                    help=("the files tie them already: leave the barrier out unless a job needs the whole stage",),
                )


def _reads_one_each(blocks: list[Block], barrier: Barrier) -> bool:
    """Whether all that the jobs of a group read of the stage before comes from one job for each of them."""
    stage = barrier.previous_stage.plain | barrier.previous_stage.terms.keys()
    tied = [block for block in blocks if (block.producers.plain | block.producers.terms.keys()) & stage]
    return len(tied) == 1 and len(tied[0].producers.terms) == 1 and tied[0].edges == tied[0].consumer_jobs
