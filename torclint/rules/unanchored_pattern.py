"""Patterns without `^`, which also match in the middle of other names."""

from __future__ import annotations

from torclint.graph.strays import stray_matches
from torclint.names import rust_regex
from torclint.record import TYPE_CHECKING
from torclint.rules.base import SURPRISE, UNSAFE, WARNING, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.strays import Stray
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds
    from torclint.syntax.node import Document


class UnanchoredPattern(Rule):
    """A dependency pattern without `^` also matches in the middle of other names.

    ## What it does
    Flags `depends_on_regexes` that are not anchored at the start and match a name that they would not match with `^`.

    ## Why
    Torc searches the pattern anywhere in the name: `stage1` also matches `my_stage1_test`. Python's `re.match`, with which
    patterns are often tried out, does not.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: "stage1_{i}", command: "true", parameters: {i: "1:3"}}
      - {name: my_stage1_test, command: "true"}
      - {name: after, command: "true", depends_on_regexes: ["stage1"]}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: "stage1_{i}", command: "true", parameters: {i: "1:3"}}
      - {name: my_stage1_test, command: "true"}
      - {name: after, command: "true", depends_on_regexes: ["^stage1_"]}
    ```

    ## Fix safety
    `torclint fix --unsafe-fixes` puts `^` before the pattern. The fix is unsafe: the jobs that are matched in the middle of
    their names are no longer waited for.
    """

    code, name, severity, effect, fixable = "TL403", "unanchored-pattern", WARNING, SURPRISE, True

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for stray in stray_matches(graph, lambda pattern: f"^(?:{pattern})" if _searches(pattern) else None):
            yield self._report(graph.workflow.document, stray)

    def _report(self, document: Document, stray: Stray) -> Finding:
        from torclint.names.rust_regex.anchoring import anchored
        from torclint.rules.offers import rewriting

        written, item = stray.clause.written, stray.group.item
        instead = anchored(written.text)
        return self.finding(
            f"`{written.text}` is not anchored: it also matches {stray.shown}",
            written.node.span,
            subject=f"job {item.name.text}",
            label=f"also matches {stray.shown}",
            help=(f"if that is not meant, write `{instead}`",),
            fix=rewriting(document, item.node, "depends_on_regexes", written, instead, self.code, UNSAFE),
        )


def _searches(pattern: str) -> bool:
    try:
        regex = rust_regex.compile(pattern)
    except rust_regex.RegexError:
        return False
    return not regex.is_anchored_start and not regex.matches_everything
