"""Patterns that Torc's regex engine refuses."""

from __future__ import annotations

from torclint.graph.resolution import INVALID
from torclint.names import rust_regex
from torclint.names.rust_regex.advice import advice
from torclint.record import TYPE_CHECKING
from torclint.rules.base import ERROR, REJECTED, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class InvalidPattern(Rule):
    """A pattern that is no regular expression of Torc's engine, the Rust crate `regex`.

    ## What it does
    Flags patterns that do not compile, among them what Python accepts and Rust does not: look-around, back-references,
    `\\Z`, and a `{name}` that is no parameter of the job.

    ## Why
    Torc refuses the whole spec.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: a_1, command: "true"}
      - {name: b, command: "true", depends_on_regexes: ["^a_(?=1)"]}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: a_1, command: "true"}
      - {name: b, command: "true", depends_on_regexes: ["^a_1"]}
    ```
    """

    code, name, severity, effect = "TL401", "invalid-pattern", ERROR, REJECTED

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for each in graph.unresolved:
            if each.reason != INVALID:
                continue
            yield self.finding(
                f"Torc cannot read the pattern `{each.text}`: {_error(each.text)}",
                each.clause.written.node.span,
                subject=f"job {each.group.item.name.text}",
                label=f"in `{each.field}`",
                help=_instead(each.text),
            )


def _instead(pattern: str) -> tuple[str, ...]:
    try:
        rust_regex.compile(pattern)
    except rust_regex.RegexError as error:
        told = advice(error)
        return (told,) if told else ()
    return ()


def _error(pattern: str) -> str:
    try:
        rust_regex.compile(pattern)
    except rust_regex.RegexError as error:
        return f"{error.message} at character {error.start + 1}" if error.kind == "syntax" else error.message
    return "it is refused for another value of the parameters"
