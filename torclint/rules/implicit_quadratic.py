"""Many jobs that each read what many others write."""

from __future__ import annotations

from torclint.graph.blocks import BY_FILE, worth_a_barrier
from torclint.graph.cost import size
from torclint.record import TYPE_CHECKING
from torclint.rules.base import SLOW, WARNING, Rule
from torclint.rules.quadratic_dependencies import the_same_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.blocks import Block
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class ImplicitQuadratic(Rule):
    """Many jobs that each read the files or user data of many others.

    ## What it does
    Counts the edges that come from files and user data (`input_files`, `input_file_regexes`, `input_user_data`,
    `input_user_data_regexes`), without expanding them, and flags a list or pattern by which many
    jobs read what many others write. `--min-jobs` and `--min-saving` say from where on, as for quadratic-dependencies.

    ## Why
    Torc adds a row for each pair of a reader and a writer when the workflow is started, and goes through all of them
    whenever jobs complete. A barrier does not help here: the files themselves tie the jobs together.

    ## Example
    ```yaml
    name: w
    files:
      - {name: "part_{i}", path: "part_{i}.csv", parameters: {i: "1:500"}}
    jobs:
      - {name: "make_{i}", command: "true", output_files: ["part_{i}"], parameters: {i: "1:500"}}
      - {name: "use_{i}", command: "true", input_file_regexes: ["^part_"], parameters: {i: "1:500"}}
    ```

    ## Use instead
    ```yaml
    name: w
    files:
      - {name: "part_{i}", path: "part_{i}.csv", parameters: {i: "1:500"}}
      - {name: all_parts, path: "parts.txt"}
    jobs:
      - {name: "make_{i}", command: "true", output_files: ["part_{i}"], parameters: {i: "1:500"}}
      - {name: gather, command: "ls part_*.csv > parts.txt", input_file_regexes: ["^part_"], output_files: [all_parts]}
      - {name: "use_{i}", command: "true", input_files: [all_parts], parameters: {i: "1:500"}}
    ```
    """

    code, name, severity, effect = "TL509", "implicit-quadratic", WARNING, SLOW

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for block in graph.blocks:
            if not block.is_explicit and worth_a_barrier(block, thresholds.min_jobs, thresholds.min_saving):
                yield self._report(block)

    def _report(self, block: Block) -> Finding:
        what = "files" if block.kind == BY_FILE else "user data"
        each = f"each read {what} of {block.producer_jobs:,} jobs" if block.everyone else f"read {what} of others"
        after = block.consumer_jobs + block.producer_jobs
        return self.finding(
            f"{block.consumer_jobs:,} jobs {each}: {block.edges:,} dependencies",
            block.span,
            subject=f"job {block.consumers[0].item.name.text}",
            label=f"{what} of {block.producer_jobs:,} jobs, for {block.consumers[0].shown}",
            help=(
                f"Torc adds one row for each when the workflow is started: {block.edges:,} rows, about {size(block.edges)}.",
                f"let one job gather them, and the others read what it writes: {after:,} dependencies",
            ),
            related=the_same_for(block),
            others=block.other_spans,
        )
