"""Two jobs, files or user data items with one name."""

from __future__ import annotations

from torclint.graph.duplicates import duplicates
from torclint.record import TYPE_CHECKING
from torclint.rules.base import ERROR, REJECTED, Related, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.duplicates import Duplicate
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class DuplicateName(Rule):
    """Two jobs, files or user data items that come to have the same name.

    ## What it does
    Flags names that stand twice after all parameters are put in.

    ## Why
    Torc refuses the whole spec. Most often a template lacks a parameter: with `parameters: {i: "1:3"}` the name `job`
    gives three jobs called `job`.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: job, command: "echo {i}", parameters: {i: "1:3"}}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: "job_{i}", command: "echo {i}", parameters: {i: "1:3"}}
    ```
    """

    code, name, severity, effect = "TL202", "duplicate-name", ERROR, REJECTED

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        edges = graph.edges_by_group
        for kind, groups in (("job", edges.jobs), ("file", edges.files), ("user data", edges.user_data)):
            for each in duplicates(groups):
                yield self._report(kind, each)

    def _report(self, kind: str, duplicate: Duplicate) -> Finding:
        written = duplicate.group.item.name
        if duplicate.group is duplicate.earlier:
            used = {slot.parameter for slot in duplicate.group.template.slots}
            unused = [name for name in duplicate.group.domain.names if name not in used]
            hint = f"put {' and '.join(f'`{{{name}}}`' for name in unused)} into the name" if unused else ""
            message = f"{duplicate.group.size:,} {kind} items share the name `{duplicate.name}`"
            if not unused:
                message = f"two values of the parameters give the {kind} name `{duplicate.name}`"
            return self.finding(
                message, written.node.span, subject=f"{kind} {written.text}", help=(hint,) if hint else ()
            )
        earlier = duplicate.earlier.item.name.node.span
        return self.finding(
            f"a second {kind} called `{duplicate.name}`",
            written.node.span,
            subject=f"{kind} {written.text}",
            related=(Related(earlier, "the first one is here"),),
        )
