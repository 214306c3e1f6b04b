"""Failure handlers that no job has."""

from __future__ import annotations

from torclint.graph.named import unnamed
from torclint.record import TYPE_CHECKING
from torclint.rules.base import INFO, STYLE, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class UnusedFailureHandler(Rule):
    """A failure handler is declared and no job has it.

    ## What it does
    Flags items of `failure_handlers` that no job names.

    ## Why
    A job without a failure handler fails at its first failure. A handler that no job names handles nothing.

    ## Example
    ```yaml
    name: w
    failure_handlers:
      - {name: again, rules: [{exit_codes: [75], max_retries: 3}]}
    jobs:
      - {name: fetch, command: "./fetch"}
    ```

    ## Use instead
    ```yaml
    name: w
    failure_handlers:
      - {name: again, rules: [{exit_codes: [75], max_retries: 3}]}
    jobs:
      - {name: fetch, command: "./fetch", failure_handler: again}
    ```
    """

    code, name, severity, effect = "TL210", "unused-failure-handler", INFO, STYLE

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for each in unnamed(graph.workflow, "failure_handler", graph.workflow.failure_handlers):
            yield self.finding(
                f"no job has the failure handler {each.name.text}",
                each.name.node.span,
                subject=f"failure handler {each.name.text}",
                label="handles nothing",
                help=("name it in failure_handler of the jobs it is meant for, or remove it",),
            )
