"""RO-Crate identifiers of files that patterns take for something else than inputs."""

from __future__ import annotations

from torclint.graph.identified import misplaced
from torclint.record import TYPE_CHECKING
from torclint.rules.base import ERROR, REJECTED, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class MisplacedIdentifier(Rule):
    """A file with an identifier that a pattern takes for an output, or that no pattern takes for an input.

    ## What it does
    Looks for the names of files with an `identifier` among what `output_file_regexes` and `input_file_regexes` match.

    ## Why
    Torc refuses the workflow. Identifiers stay with input files only: those of outputs would be overwritten.

    ## Example
    ```yaml
    name: w
    enable_ro_crate: true
    jobs:
      - {name: a, command: "true", output_file_regexes: ["^table"]}
      - {name: b, command: "true", input_files: [table_raw]}
    files:
      - {name: table_raw, path: raw.csv, identifier: "https://doi.org/10.1/x"}
      - {name: table_clean, path: clean.csv}
    ```

    ## Use instead
    ```yaml
    name: w
    enable_ro_crate: true
    jobs:
      - {name: a, command: "true", output_file_regexes: ["^table_clean$"]}
      - {name: b, command: "true", input_files: [table_raw, table_clean]}
    files:
      - {name: table_raw, path: raw.csv, identifier: "https://doi.org/10.1/x"}
      - {name: table_clean, path: clean.csv}
    ```
    """

    code, name, severity, effect = "TL226", "misplaced-identifier", ERROR, REJECTED

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for each in misplaced(graph.workflow):
            subject = f"file {each.file.name.text}"
            yield self.finding(each.message, each.identifier.node.span, subject=subject, help=(each.advice,))
