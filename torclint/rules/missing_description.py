"""Workflows that do not say what they are for."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.rules.base import INFO, STYLE, Rule
from torclint.syntax.node import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class MissingDescription(Rule):
    """A workflow has no description.

    ## What it does
    Flags a spec without `description`, or with an empty one.

    ## Why
    `torc workflows list` shows the description beside the name: months later, among hundreds of runs, it is what tells them
    apart.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true"}
    ```

    ## Use instead
    ```yaml
    name: w
    description: Says that it has run
    jobs:
      - {name: a, command: "true"}
    ```
    """

    code, name, severity, effect = "TL802", "missing-description", INFO, STYLE

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        root = graph.workflow.node
        node = None if root is None else root.get("description")
        if root is None or (node is not None and str(node.plain or "").strip()):
            return
        name = graph.workflow.name
        yield self.finding(
            "the workflow has no description",
            node.span if node is not None else name.node.span if name is not None else Span(root.start, root.start),
            label="what is it for?",
            help=("add a line: description: ...",),
        )
