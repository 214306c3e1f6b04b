"""Barriers that save nothing."""

from __future__ import annotations

from torclint.graph.barriers import barriers_of
from torclint.record import TYPE_CHECKING
from torclint.rules.base import INFO, SLOW, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class NeedlessBarrier(Rule):
    """A barrier where direct dependencies would be as few.

    ## What it does
    Flags a light job, called a barrier, between N jobs and M jobs where N + M is not less than N x M: before a single job,
    after a single job, or between two and two. In a workflow of fewer than `small-workflow` (100) jobs it flags those as
    well that save fewer dependencies than `min-saving`.

    ## Why
    A barrier costs a job and one more round of Torc's release timer, 30 s by default. Between 1,000 jobs and one report it
    saves no dependency: the report can wait for the 1,000 itself.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: "prep_{i}", command: "true", parameters: {i: "1:9"}}
      - {name: barrier_prep_complete, command: "echo done", depends_on_regexes: ["^prep_"]}
      - {name: report, command: "python report.py", depends_on: [barrier_prep_complete]}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: "prep_{i}", command: "true", parameters: {i: "1:9"}}
      - {name: report, command: "python report.py", depends_on_regexes: ["^prep_"]}
    ```
    """

    code, name, severity, effect = "TL603", "needless-barrier", INFO, SLOW

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        jobs = sum(group.size for group in graph.groups)
        for barrier in barriers_of(graph):
            direct = barrier.producers * barrier.consumers
            through = barrier.producers + barrier.consumers
            if not barrier.is_named_so or barrier.is_heavy:
                continue
            told = f"the barrier {barrier.job.name.text} makes {through:,} dependencies of {direct:,}"
            if direct > through:
                if jobs >= thresholds.small_workflow or direct - through >= thresholds.min_saving:
                    continue
                told += f", in a workflow of {jobs:,} jobs"
            yield self.finding(
                told,
                barrier.job.name.node.span,
                subject=f"job {barrier.job.name.text}",
                label=f"between {_jobs(barrier.producers)} and {_jobs(barrier.consumers)}",
                help=("it costs one more round of Torc's release timer, 30 s by default",),
            )


def _jobs(number: int) -> str:
    return "1 job" if number == 1 else f"{number:,} jobs"
