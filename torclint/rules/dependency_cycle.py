"""Jobs that wait for each other in a ring."""

from __future__ import annotations

from torclint.graph.self_waits import self_waits
from torclint.record import TYPE_CHECKING
from torclint.rules.base import ERROR, REJECTED, Related, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class DependencyCycle(Rule):
    """Jobs that wait for each other in a ring by `depends_on` or `depends_on_regexes`.

    ## What it does
    Finds a cycle among the jobs themselves, after all parameters are put in, and shows it as a short path. A job that waits
    for itself is told by self-match (TL405).

    ## Why
    Torc refuses the whole spec. Its own message names every job that comes after the cycle as well.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true", depends_on: [b]}
      - {name: b, command: "true", depends_on: [a]}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true"}
      - {name: b, command: "true", depends_on: [a]}
    ```
    """

    code, name, severity, effect = "TL502", "dependency-cycle", ERROR, REJECTED

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        cycle = graph.explicit_cycle
        if cycle is None or (len(cycle.jobs) == 1 and any(self_waits(graph, cycle.groups[0]))):
            return  # of a job that waits for itself TL405 tells, with the entry that makes it do so
        first = cycle.groups[0].item.name
        yield self.finding(
            f"these jobs wait for each other: {cycle.path}",
            first.node.span,
            subject=f"job {first.text}",
            related=tuple(Related(group.item.name.node.span, "part of the cycle") for group in cycle.others),
        )
