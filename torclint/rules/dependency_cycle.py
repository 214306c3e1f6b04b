"""Jobs that wait for each other in a ring."""

from __future__ import annotations

from torclint.graph.cycles import find_cycle
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
    Finds a cycle among the jobs themselves, after all parameters are put in, and shows it as a short path.

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
        cycle = find_cycle(graph, explicit_only=True)
        if cycle is None:
            return
        path = " -> ".join((*cycle.jobs, cycle.jobs[0]))
        others = {group.index: group for group in cycle.groups[1:] if group is not cycle.groups[0]}
        yield self.finding(
            f"these jobs wait for each other: {path}",
            cycle.groups[0].item.name.node.span,
            subject=f"job {cycle.groups[0].item.name.text}",
            related=tuple(Related(group.item.name.node.span, "part of the cycle") for group in others.values()),
        )
