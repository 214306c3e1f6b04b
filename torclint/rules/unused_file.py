"""Files that no job reads or writes."""

from __future__ import annotations

from torclint.graph.clauses import FILES
from torclint.graph.unused import unused
from torclint.record import TYPE_CHECKING
from torclint.rules.base import INFO, STYLE, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class UnusedFile(Rule):
    """A file is declared and no job reads or writes it.

    ## What it does
    Flags items of `files` that no list, pattern or `${files...}` token of a job picks out. One with an `identifier` or an
    `st_mtime` is there for its own sake.

    ## Why
    Torc ties jobs together by the files that they name. A file that no job names ties nothing: often a job lacks its
    `output_files` or `input_files`, and starts too early.

    ## Example
    ```yaml
    name: w
    files:
      - {name: result, path: result.csv}
    jobs:
      - {name: make, command: "./make > result.csv"}
    ```

    ## Use instead
    ```yaml
    name: w
    files:
      - {name: result, path: result.csv}
    jobs:
      - {name: make, command: "./make > result.csv", output_files: [result]}
    ```
    """

    code, name, severity, effect = "TL207", "unused-file", INFO, STYLE

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for group in unused(graph, FILES):
            item = graph.workflow.files[group.index]
            if group.size and item.identifier is None and item.st_mtime is None:
                yield self.finding(
                    f"no job reads or writes the file {item.name.text}",
                    item.name.node.span,
                    subject=f"file {item.name.text}",
                    label="ties no jobs together",
                    help=("name it in input_files or output_files of the jobs that use it, or remove it",),
                )
