"""Keys that Torc does not know."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.rules.base import ERROR, REJECTED, UNSAFE, FixOffer, ReadingRule
from torclint.rules.offers import command_for
from torclint.text.edits import Edit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds
    from torclint.spec.model import Problem


class UnknownField(ReadingRule):
    """There is no field of this name here.

    ## What it does
    Flags keys that are no field of their struct, and names the field that was probably meant. YAML merge keys
    (`<<`) and `x-` keys are unknown fields, too.

    ## Why
    Torc refuses unknown keys, and of several names only the first in the alphabet.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true"}
      - {name: b, command: "true", depend_on: [a]}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true"}
      - {name: b, command: "true", depends_on: [a]}
    ```

    ## Fix safety
    `torclint fix --unsafe-fixes` writes the name that the finding suggests. The fix is unsafe: only you know what was meant.
    """

    code, name, severity, effect, fixable = "TL103", "unknown-field", ERROR, REJECTED, True

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        text = graph.workflow.document.text
        for problem in graph.workflow.problems:
            if problem.rule == self.name:
                yield self._report(problem)._replace(fix=_fix(text, problem))


def _fix(text: str, problem: Problem) -> FixOffer | None:
    """Another key in the same quotes."""
    start, end = problem.span
    raw = text[start:end]
    if not problem.instead or raw[:1] in "*&!" or not raw.strip("'\"").isidentifier():
        return None
    quote = raw[0] if raw[0] in "'\"" else ""
    edit = Edit(start, end, f"{quote}{problem.instead}{quote}")
    return FixOffer(UNSAFE, f"write `{problem.instead}`", command_for(UnknownField.code, UNSAFE), (edit,))
