"""Single jobs that wait for very many by a pattern."""

from __future__ import annotations

from torclint.graph.blocks import BY_PATTERN, worth_a_barrier
from torclint.graph.cost import block_seconds, roughly
from torclint.record import TYPE_CHECKING
from torclint.rules.base import SLOW, WARNING, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class HugeFanIn(Rule):
    """A job waits for so many others by one pattern that creating the workflow takes long.

    ## What it does
    Flags patterns in `depends_on_regexes` that match `fan-in` (30,000) jobs or more for a single job or a few, where no
    barrier would help.

    ## Why
    While it creates a job, Torc looks through the growing list of what the job waits for at every name that the pattern
    matches: the time grows with the square of the matches.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: "work_{i}", command: "true", parameters: {i: "1:100000"}}
      - {name: report, command: "true", depends_on_regexes: ["^work_"]}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: "work_{a}_{i}", command: "true", parameters: {a: "0:99", i: "0:999"}}
      - {name: "part_{a}", command: "echo part {a} complete", parameters: {a: "0:99"}, depends_on_regexes: ["^work_{a}_"]}
      - {name: report, command: "true", depends_on_regexes: ["^part_"]}
    ```
    """

    code, name, severity, effect = "TL505", "huge-fan-in", WARNING, SLOW

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for block in graph.blocks:
            if block.kind != BY_PATTERN or not block.everyone or block.producer_jobs < thresholds.fan_in:
                continue
            if worth_a_barrier(block, thresholds.min_jobs, thresholds.min_saving):
                continue
            consumer = block.consumers[0]
            yield self.finding(
                f"{block.consumer_jobs:,} job{'s wait' if block.consumer_jobs > 1 else ' waits'} for "
                f"{block.producer_jobs:,} by one pattern: creating this takes Torc {roughly(block_seconds(block))}",
                block.clauses[0][0].written.node.span,
                subject=f"job {consumer.item.name.text}",
                label=f"matches {block.producer_jobs:,} jobs",
                help=(
                    "put barriers in two levels: each waits for some of the jobs, and the last one for the barriers",
                ),
            )
