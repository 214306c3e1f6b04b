"""Names of jobs, files or user data that nothing in the spec has."""

from __future__ import annotations

from torclint.graph.resolution import MISSING
from torclint.record import TYPE_CHECKING
from torclint.rules.base import ERROR, FIXES_AT_ONCE, REJECTED, UNSAFE, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.resolution import Unresolved
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding, FixOffer
    from torclint.rules.thresholds import Thresholds


class MissingReference(Rule):
    """A name in a dependency list that no job, file or user data has.

    ## What it does
    Flags `depends_on`, `input_files`, `output_files`, `input_user_data` and `output_user_data` entries that name
    nothing, for one of the jobs at least.

    ## Why
    Torc refuses the whole spec. With parameters the padding is a common cause: `prep_{i}` gives `prep_0` where the jobs
    are called `prep_000`.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: "prep_{i:03d}", command: "true", parameters: {i: "0:9"}}
      - {name: "analyze_{i}", command: "true", parameters: {i: "0:9"}, depends_on: ["prep_{i}"]}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: "prep_{i:03d}", command: "true", parameters: {i: "0:9"}}
      - {name: "analyze_{i}", command: "true", parameters: {i: "0:9"}, depends_on: ["prep_{i:03d}"]}
    ```

    ## Fix safety
    `torclint fix --unsafe-fixes` writes the name that the finding suggests: the same with the padding of the jobs, or one
    that is spelt much like it. The fix is unsafe: only you know what was meant.
    """

    code, name, severity, effect, fixable = "TL201", "missing-reference", ERROR, REJECTED, True

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        missing = (each for each in graph.unresolved if each.reason == MISSING)
        for number, each in enumerate(missing):
            from torclint.graph.suggestions import near_name

            near = near_name(graph, each) if number < FIXES_AT_ONCE else None
            yield self.finding(
                f"no {each.target} is called `{each.text}`, which {each.job} names in `{each.field}`",
                each.clause.written.node.span,
                subject=f"job {each.group.item.name.text}",
                label="names nothing",
                help=(f"did you mean `{near}`?",) if near else (),
                fix=self._fix(graph, each, near) if near else None,
            )

    def _fix(self, graph: WorkflowGraph, each: Unresolved, near: str) -> FixOffer | None:
        from torclint.rules.offers import rewriting

        owner, entry = each.group.item.node, each.clause.written
        return rewriting(graph.workflow.document, owner, each.field, entry, near, self.code, UNSAFE)
