"""Patterns that end in the middle of a number or a word."""

from __future__ import annotations

from torclint.graph.edges import UNCOUNTABLE
from torclint.graph.strays import strays_of
from torclint.names import rust_regex
from torclint.record import TYPE_CHECKING
from torclint.rules.base import SURPRISE, WARNING, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.clauses import Clause
    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds

_SHOWN = 3


class RunsOnPattern(Rule):
    """A pattern ends in the middle of a number or a word and also matches names that go on.

    ## What it does
    Flags `depends_on_regexes` that begin with `^` and end with a digit or a letter, where the name that was meant ends there
    or goes on with another kind of character, and others go on: `^stage1` matches `stage1_a`, and `stage10_a` as well.

    ## Why
    Torc does not look for whole words. Jobs of the neighbour are waited for, and the workflow has dependencies that nobody
    meant.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: "stage1_{i}", command: "true", parameters: {i: "1:3"}}
      - {name: "stage10_{i}", command: "true", parameters: {i: "1:3"}}
      - {name: after, command: "true", depends_on_regexes: ["^stage1"]}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: "stage1_{i}", command: "true", parameters: {i: "1:3"}}
      - {name: "stage10_{i}", command: "true", parameters: {i: "1:3"}}
      - {name: after, command: "true", depends_on_regexes: ["^stage1_"]}
    ```
    """

    code, name, severity, effect = "TL406", "runs-on-pattern", WARNING, SURPRISE

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        edges = graph.edges_by_group
        seen: dict[str, list[str]] = {}
        for group, clauses in zip(edges.jobs.all, edges.clauses, strict=True):
            for clause in clauses.waits.patterns if clauses else ():
                pattern = clause.template.text
                if clause.template.slots or not _ends_within(pattern):
                    continue
                if pattern not in seen:
                    same = "0-9" if pattern[-1].isdigit() else "A-Za-z"
                    try:
                        seen[pattern] = strays_of(edges.jobs, pattern, f"(?:{pattern})(?:[^{same}]|$)")
                    except UNCOUNTABLE:
                        seen[pattern] = []
                if seen[pattern]:
                    yield self._report(group, clause, seen[pattern])

    def _report(self, group: Group, clause: Clause, strays: list[str]) -> Finding:
        pattern = clause.template.text
        shown = ", ".join(strays[:_SHOWN]) + (", .." if len(strays) > _SHOWN else "")
        kind = "number" if pattern[-1].isdigit() else "word"
        return self.finding(
            f"`{pattern}` ends within a {kind}: it also matches {shown}",
            clause.written.node.span,
            subject=f"job {group.item.name.text}",
            label=f"also matches {shown}",
            help=(f"say what comes next: `{pattern}_`, or `{pattern}$` for the whole name",),
        )


def _ends_within(pattern: str) -> bool:
    """Whether the pattern is `^` and plain text that ends with a letter or a digit."""
    if not (pattern[-1:].isascii() and pattern[-1:].isalnum()):
        return False
    try:
        regex = rust_regex.compile(pattern)
    except rust_regex.RegexError:
        return False
    return regex.is_anchored_start and regex.literal_prefix == pattern.removeprefix("^")
