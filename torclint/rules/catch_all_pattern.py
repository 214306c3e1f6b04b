"""Patterns that match every name."""

from __future__ import annotations

from torclint.names import rust_regex
from torclint.record import TYPE_CHECKING
from torclint.rules.base import SURPRISE, WARNING, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class CatchAllPattern(Rule):
    """A pattern that matches every name there can be, such as `.*` or the empty text.

    ## What it does
    Flags dependency patterns that match every name.

    ## Why
    In `depends_on_regexes` such a pattern matches the job's own name too, so the job waits for itself and Torc refuses the
    spec. In the other lists it ties the job to everything that is ever added to the spec.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: prep, command: "true"}
      - {name: after, command: "true", depends_on_regexes: [".*"]}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: prep, command: "true"}
      - {name: after, command: "true", depends_on_regexes: ["^prep"]}
    ```
    """

    code, name, severity, effect = "TL404", "catch-all-pattern", WARNING, SURPRISE

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for job in graph.workflow.jobs:
            lists = (
                job.depends_on_regexes, job.input_file_regexes, job.output_file_regexes,
                job.input_user_data_regexes, job.output_user_data_regexes,
            )  # fmt: skip
            for written in (each for patterns in lists for each in patterns):
                if not _matches_everything(written.text):
                    continue
                yield self.finding(
                    f"the pattern `{written.text}` matches every name",
                    written.node.span,
                    subject=f"job {job.name.text}",
                    label="matches everything",
                    help=("begin it with `^` and the words that the names you mean begin with",),
                )


def _matches_everything(pattern: str) -> bool:
    try:
        return rust_regex.compile(pattern).matches_everything
    except rust_regex.RegexError:
        return False
