"""Patterns and names by which a job waits for itself."""

from __future__ import annotations

from torclint.graph.self_waits import self_waits
from torclint.record import TYPE_CHECKING
from torclint.rules.base import ERROR, REJECTED, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class SelfMatch(Rule):
    """A `depends_on_regexes` pattern that matches the name of its own job, or a `depends_on` that names it.

    ## What it does
    Flags clauses by which a job waits for itself.

    ## Why
    Torc tests a pattern against every job name, that of the job itself included. A job that waits for itself is a cycle, and
    Torc refuses the spec. A barrier called `stage1_complete` with the pattern `^stage1_.*` is the classic case.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: "stage1_{i}", command: "true", parameters: {i: "1:3"}}
      - {name: stage1_complete, command: "echo done", depends_on_regexes: ["^stage1_.*"]}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: "stage1_{i}", command: "true", parameters: {i: "1:3"}}
      - {name: barrier_stage1_complete, command: "echo done", depends_on_regexes: ["^stage1_.*"]}
    ```
    """

    code, name, severity, effect = "TL405", "self-match", ERROR, REJECTED

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for group in graph.groups:
            for clause, point in self_waits(graph, group):
                job = group.template.fill(group.domain.values(point))
                what = "pattern" if clause.is_pattern else "name"
                yield self.finding(
                    f"the {what} `{clause.template.text}` matches {job} itself, so that it would wait for itself",
                    clause.written.node.span,
                    subject=f"job {group.item.name.text}",
                    label="matches its own job",
                    help=("rename the job so that the pattern does not match it, or make the pattern narrower",),
                )
