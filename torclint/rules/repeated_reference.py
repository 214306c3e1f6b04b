"""The same name twice in one dependency list."""

from __future__ import annotations

from torclint.graph.resolution import REPEATED
from torclint.record import TYPE_CHECKING
from torclint.rules.base import ERROR, FIXES_AT_ONCE, REJECTED, SAFE, Rule
from torclint.syntax.node import Sequence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.resolution import Unresolved
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding, FixOffer
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

    ## Fix safety
    `torclint fix` removes the second of two equal names. The fix is safe: the dependencies are the same, and it is proven.
    It is not offered where two different entries give the same name for some values of the parameters only.
    """

    code, name, severity, effect, fixable = "TL203", "repeated-reference", ERROR, REJECTED, True

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        repeated = (each for each in graph.unresolved if each.reason == REPEATED)
        for number, each in enumerate(repeated):
            yield self.finding(
                f"`{each.text}` stands twice in `{each.field}` of {each.job}",
                each.clause.written.node.span,
                subject=f"job {each.group.item.name.text}",
                label="remove one of them",
                help=("`torc create --dry-run` does not catch this",),
                fix=self._fix(graph, each) if number < FIXES_AT_ONCE else None,
            )

    def _fix(self, graph: WorkflowGraph, each: Unresolved) -> FixOffer | None:
        from torclint.rules.offers import dropping

        owner, entry = each.group.item.node, each.clause.written
        items = owner.get(each.field)
        if not isinstance(items, Sequence) or sum(item.plain == entry.node.value for item in items.items) < 2:
            return None
        return dropping(graph.workflow.document, owner, each.field, entry, self.code, SAFE)
