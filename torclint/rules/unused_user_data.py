"""User data that no job reads or writes."""

from __future__ import annotations

from torclint.graph.clauses import USER_DATA
from torclint.graph.unused import unused
from torclint.record import TYPE_CHECKING
from torclint.rules.base import INFO, STYLE, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class UnusedUserData(Rule):
    """User data is declared and no job reads or writes it.

    ## What it does
    Flags named items of `user_data` that no list, pattern or `${user_data...}` token of a job picks out.

    ## Why
    Torc ties jobs together by the user data that they name. What no job names ties nothing: often a job lacks its
    `output_user_data` or `input_user_data`.

    ## Example
    ```yaml
    name: w
    user_data:
      - {name: settings, data: {steps: 5}}
    jobs:
      - {name: make, command: "./make"}
    ```

    ## Use instead
    ```yaml
    name: w
    user_data:
      - {name: settings, data: {steps: 5}}
    jobs:
      - {name: make, command: "./make", input_user_data: [settings]}
    ```
    """

    code, name, severity, effect = "TL208", "unused-user-data", INFO, STYLE

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for group in unused(graph, USER_DATA):
            name = group.item.name
            empty = graph.workflow.user_data[group.index].content_node is None
            if group.size:
                yield self.finding(
                    f"no job reads or writes the user data {name.text}",
                    name.node.span,
                    subject=f"user data {name.text}",
                    label="ties no jobs together",
                    help=(
                        "tokens such as ${user_data.output." + name.text + "} find only items with data: use the lists"
                        if empty
                        else "name it in input_user_data or output_user_data of the jobs that use it, or remove it",
                    ),
                )
