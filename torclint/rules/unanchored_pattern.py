"""Patterns without `^`, which also match in the middle of other names."""

from __future__ import annotations

from torclint.graph.edges import UNCOUNTABLE
from torclint.graph.strays import strays_of
from torclint.names import rust_regex
from torclint.record import TYPE_CHECKING
from torclint.rules.base import SURPRISE, UNSAFE, WARNING, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.clauses import Clause
    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds
    from torclint.syntax.node import Document

_SHOWN = 3


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
        edges = graph.edges_by_group
        seen: dict[str, list[str]] = {}
        for group, clauses in zip(edges.jobs.all, edges.clauses, strict=True):
            for clause in clauses.waits.patterns if clauses else ():
                pattern = clause.template.text
                if clause.template.slots or not _searches(pattern):
                    continue
                if pattern not in seen:
                    try:
                        seen[pattern] = strays_of(edges.jobs, pattern, f"^(?:{pattern})")
                    except UNCOUNTABLE:
                        seen[pattern] = []
                if seen[pattern]:
                    yield self._report(graph.workflow.document, group, clause, seen[pattern])

    def _report(self, document: Document, group: Group, clause: Clause, strays: list[str]) -> Finding:
        from torclint.names.rust_regex.anchoring import anchored
        from torclint.rules.offers import rewriting

        shown = ", ".join(strays[:_SHOWN]) + (", .." if len(strays) > _SHOWN else "")
        return self.finding(
            f"`{clause.template.text}` is not anchored: it also matches {shown}",
            clause.written.node.span,
            subject=f"job {group.item.name.text}",
            label=f"also matches {shown}",
            help=(f"if that is not meant, write `{anchored(clause.template.text)}`",),
            fix=rewriting(
                document, group.item.node, "depends_on_regexes", clause.written, anchored(clause.template.text),
                self.code, UNSAFE,
            ),
        )  # fmt: skip


def _searches(pattern: str) -> bool:
    try:
        regex = rust_regex.compile(pattern)
    except rust_regex.RegexError:
        return False
    return not regex.is_anchored_start and not regex.matches_everything
