"""Patterns that end in the middle of a number or a word."""

from __future__ import annotations

from torclint.graph.strays import stray_matches
from torclint.names import rust_regex
from torclint.record import TYPE_CHECKING
from torclint.rules.base import SURPRISE, WARNING, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


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
        for stray in stray_matches(graph, _whole):
            pattern = stray.clause.template.text
            kind = "number" if pattern[-1].isdigit() else "word"
            yield self.finding(
                f"`{pattern}` ends within a {kind}: it also matches {stray.shown}",
                stray.clause.written.node.span,
                subject=f"job {stray.group.item.name.text}",
                label=f"also matches {stray.shown}",
                help=(f"say what comes next: `{pattern}_`, or `{pattern}$` for the whole name",),
            )


def _whole(pattern: str) -> str | None:
    """The same pattern for names that end there, or go on with another kind of character."""
    if not _ends_within(pattern):
        return None
    same = "0-9" if pattern[-1].isdigit() else "A-Za-z"
    return f"(?:{pattern})(?:[^{same}]|$)"


def _ends_within(pattern: str) -> bool:
    """Whether the pattern is `^` and plain text that ends with a letter or a digit."""
    if not (pattern[-1:].isascii() and pattern[-1:].isalnum()):
        return False
    try:
        regex = rust_regex.compile(pattern)
    except rust_regex.RegexError:
        return False
    return regex.is_anchored_start and regex.literal_prefix == pattern.removeprefix("^")
