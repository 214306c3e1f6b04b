"""Resource requirements that no job has."""

from __future__ import annotations

from torclint.graph.named import unnamed
from torclint.record import TYPE_CHECKING
from torclint.rules.base import INFO, STYLE, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class UnusedResourceRequirements(Rule):
    """Resource requirements are declared and no job has them.

    ## What it does
    Flags items of `resource_requirements` that no job names.

    ## Why
    A job without requirements gets Torc's default: 1 CPU, 1 MB, one minute. Requirements that no job names often were meant
    for one that lacks the line.

    ## Example
    ```yaml
    name: w
    resource_requirements:
      - {name: large, num_cpus: 16, memory: 32g, runtime: PT2H}
    jobs:
      - {name: train, command: "./train"}
    ```

    ## Use instead
    ```yaml
    name: w
    resource_requirements:
      - {name: large, num_cpus: 16, memory: 32g, runtime: PT2H}
    jobs:
      - {name: train, command: "./train", resource_requirements: large}
    ```
    """

    code, name, severity, effect = "TL209", "unused-resource-requirements", INFO, STYLE

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for each in unnamed(graph.workflow, "resource_requirements", graph.workflow.resource_requirements):
            yield self.finding(
                f"no job has the resource requirements {each.name.text}",
                each.name.node.span,
                subject=f"resource requirements {each.name.text}",
                label="no job names them",
                help=("name them in resource_requirements of the jobs they are meant for, or remove them",),
            )
