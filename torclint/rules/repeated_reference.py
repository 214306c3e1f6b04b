"""The same name twice in one dependency list."""

from __future__ import annotations

from torclint.graph.resolution import REPEATED
from torclint.record import TYPE_CHECKING
from torclint.rules.base import ERROR, REJECTED, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class RepeatedReference(Rule):
    """The same name twice in one list of a job.

    ## What it does
    Flags a name that stands twice in one `depends_on`, `input_files`, `output_files`, `input_user_data` or
    `output_user_data`, also where it does so only for some values of the parameters.

    ## Why
    The server stores each pair once and answers the second with an error, so the creation fails.
    `torc create --dry-run` does not catch this.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true"}
      - {name: b, command: "true", depends_on: [a, a]}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true"}
      - {name: b, command: "true", depends_on: [a]}
    ```
    """

    code, name, severity, effect = "TL203", "repeated-reference", ERROR, REJECTED

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for each in graph.unresolved:
            if each.reason != REPEATED:
                continue
            yield self.finding(
                f"`{each.text}` stands twice in `{each.field}` of {each.job}",
                each.clause.written.node.span,
                subject=f"job {each.group.item.name.text}",
                label="remove one of them",
                help=("`torc create --dry-run` does not catch this",),
            )
