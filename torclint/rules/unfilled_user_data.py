"""User data that is read, has no data and is written by nobody."""

from __future__ import annotations

from torclint.graph.clauses import USER_DATA
from torclint.record import TYPE_CHECKING
from torclint.rules.base import ERROR, UNREADY, Related, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class UnfilledUserData(Rule):
    """User data that a job reads although it has no data and no job writes it.

    ## What it does
    Flags user data items without `data` that are in `input_user_data` of a job and in `output_user_data` of none.

    ## Why
    Torc accepts the spec and refuses to start it. `torc create --dry-run` does not catch this.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true", input_user_data: [settings]}
    user_data:
      - {name: settings}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true", input_user_data: [settings]}
    user_data:
      - {name: settings, data: {depth: "3"}}
    ```
    """

    code, name, severity, effect = "TL206", "unfilled-user-data", ERROR, UNREADY

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        if not graph.workflow.user_data:
            return
        for each in graph.unmade:
            if each.kind != USER_DATA:
                continue
            item = graph.workflow.user_data[each.item.index]
            if item.content_node is not None:
                continue
            yield self.finding(
                f"the user data {item.name.text} has no data, and no job writes it",
                item.name.node.span,
                subject=f"user data {item.name.text}",
                label="give it `data`, or a job that writes it",
                help=("`torc create --dry-run` does not catch this",),
                related=(Related(each.clause.written.node.span, f"read by {each.reader.item.name.text}"),),
            )
