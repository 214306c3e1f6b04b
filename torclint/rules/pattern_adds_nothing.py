"""Patterns that add no new name to the list they stand in."""

from __future__ import annotations

from torclint.graph.resolution import NOTHING_NEW
from torclint.record import TYPE_CHECKING
from torclint.rules.base import ERROR, REJECTED, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class PatternAddsNothing(Rule):
    """A pattern that matches nothing, or only what the list already has.

    ## What it does
    Flags a pattern that, for one of the jobs at least, matches no name that the exact names and the patterns before it
    have not picked out already.

    ## Why
    Torc refuses the whole spec with "did not match any jobs", also where the pattern does match jobs, but only ones
    that are in the list already.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: prep_1, command: "true"}
      - {name: after, command: "true", depends_on: [prep_1], depends_on_regexes: ["^prep_"]}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: prep_1, command: "true"}
      - {name: after, command: "true", depends_on_regexes: ["^prep_"]}
    ```
    """

    code, name, severity, effect = "TL402", "pattern-adds-nothing", ERROR, REJECTED

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for each in graph.unresolved:
            if each.reason != NOTHING_NEW:
                continue
            yield self.finding(
                f"the pattern `{each.text}` adds no {each.target} to `{each.field}` of {each.job}",
                each.clause.written.node.span,
                subject=f"job {each.group.item.name.text}",
                label="matches nothing, or nothing new",
                help=("Torc counts only names that the entries before it have not picked out",),
            )
