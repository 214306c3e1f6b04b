"""Jobs that wait for each other through files or user data."""

from __future__ import annotations

from torclint.graph.cycles import find_cycle
from torclint.record import TYPE_CHECKING
from torclint.rules.base import ERROR, STUCK, Related, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class ArtifactCycle(Rule):
    """Jobs that wait for each other in a ring that goes through files or user data.

    ## What it does
    Finds a cycle that only appears once the dependencies from files and user data are added (`input_files`, `output_files`,
    `input_user_data`, `output_user_data`), such as a job that reads the file it writes.

    ## Why
    Torc adds these dependencies when the workflow starts and does not look for cycles then. It accepts the spec, and the
    jobs wait for ever. `torc create --dry-run` does not catch this.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true", input_files: [f], output_files: [f]}
    files:
      - {name: f, path: f.txt}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true", input_files: [f], output_files: [g]}
    files:
      - {name: f, path: f.txt}
      - {name: g, path: g.txt}
    ```
    """

    code, name, severity, effect = "TL503", "artifact-cycle", ERROR, STUCK

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        if not graph.has_artifacts or graph.explicit_cycle is not None:
            return
        cycle = find_cycle(graph, explicit_only=False)
        if cycle is None:
            return
        first = cycle.groups[0].item.name
        yield self.finding(
            f"these jobs wait for each other through files or user data: {cycle.path}",
            first.node.span,
            subject=f"job {first.text}",
            help=("Torc accepts this, and the jobs wait for ever; `torc create --dry-run` does not catch it",),
            related=tuple(Related(group.item.name.node.span, "part of the cycle") for group in cycle.others),
        )
