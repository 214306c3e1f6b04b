"""Patterns that add no new name to the list they stand in."""

from __future__ import annotations

from torclint.graph.resolution import NOTHING_NEW
from torclint.record import TYPE_CHECKING
from torclint.rules.base import ERROR, FIXES_AT_ONCE, REJECTED, SAFE, UNSAFE, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.additions import Addition
    from torclint.graph.resolution import Unresolved
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding, FixOffer
    from torclint.rules.thresholds import Thresholds

_LOOKED_INTO = 20  # findings for which other patterns are tried


class PatternAddsNothing(Rule):
    """A pattern that matches nothing, or only what the list already has.

    ## What it does
    Flags a pattern in `depends_on_regexes`, `input_file_regexes`, `output_file_regexes`, `input_user_data_regexes` or
    `output_user_data_regexes` that, for one of the jobs at least, matches no name that the exact names and the patterns
    before it have not picked out already.

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

    ## Fix safety
    `torclint fix` removes a pattern that adds nothing for any of the jobs. The fix is safe where the pattern matches names
    that the list has already: the dependencies are the same, and it is proven. It is unsafe where the pattern matches
    nothing at all, since it may be misspelt.
    """

    code, name, severity, effect, fixable = "TL402", "pattern-adds-nothing", ERROR, REJECTED, True

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        nothing_new = (each for each in graph.unresolved if each.reason == NOTHING_NEW)
        for number, each in enumerate(nothing_new):
            share = self._share(graph, each) if number < FIXES_AT_ONCE else None
            nothing = share is not None and not share.matched
            near = (
                self._near(graph, each) if number < _LOOKED_INTO and (nothing or share is None or share.added) else None
            )
            yield self.finding(
                f"the pattern `{each.text}` adds no {each.target} to `{each.field}` of {each.job}",
                each.clause.written.node.span,
                subject=f"job {each.group.item.name.text}",
                label="matches nothing" if nothing else "matches nothing, or nothing new",
                help=(near or "Torc counts only names that the entries before it have not picked out",),
                fix=self._fix(graph, each, share) if share is not None and not share.added else None,
            )

    def _share(self, graph: WorkflowGraph, each: Unresolved) -> Addition | None:
        from torclint.graph.additions import addition_of

        return addition_of(graph, each)

    def _near(self, graph: WorkflowGraph, each: Unresolved) -> str | None:
        from torclint.graph.suggestions import near_pattern

        return near_pattern(graph, each)

    def _fix(self, graph: WorkflowGraph, each: Unresolved, share: Addition) -> FixOffer | None:
        from torclint.rules.offers import dropping

        owner, entry = each.group.item.node, each.clause.written
        applicability = SAFE if share.matched else UNSAFE
        return dropping(graph.workflow.document, owner, each.field, entry, self.code, applicability)
