"""Patterns that Torc's regex engine refuses."""

from __future__ import annotations

from torclint.graph.resolution import INVALID
from torclint.names import rust_regex
from torclint.names.rust_regex.advice import advice
from torclint.record import TYPE_CHECKING
from torclint.rules.base import ERROR, REJECTED, UNSAFE, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.resolution import Unresolved
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding, FixOffer
    from torclint.rules.thresholds import Thresholds


class InvalidPattern(Rule):
    """A pattern that is no regular expression of Torc's engine, the Rust crate `regex`.

    ## What it does
    Flags patterns in `depends_on_regexes`, `job_name_regexes` and the lists of files and user data
    (`input_file_regexes`, `output_file_regexes`, `input_user_data_regexes`, `output_user_data_regexes`) that do not
    compile, among them what Python accepts and Rust does not: look-around, back-references, `\\Z`, and a `{name}` that
    is no parameter of the job.

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

    ## Fix safety
    `torclint fix --unsafe-fixes` writes in Rust's syntax what other engines write otherwise: `\\Z`, `\\Q..\\E`, `(?>..)`,
    `{,n}`, a look-ahead at the very end, and the like. The fix is unsafe: Torc never ran with the pattern as it was.
    """

    code, name, severity, effect, fixable = "TL401", "invalid-pattern", ERROR, REJECTED, True

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
                fix=self._fix(graph, each),
            )

    def _fix(self, graph: WorkflowGraph, each: Unresolved) -> FixOffer | None:
        from torclint.names.rust_regex.dialects import in_rust
        from torclint.rules.offers import rewriting

        entry = each.clause.written
        new = in_rust(entry.text)
        if new is None:
            return None
        document, owner = graph.workflow.document, each.group.item.node
        return rewriting(document, owner, each.field, entry, new, self.code, UNSAFE)


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
