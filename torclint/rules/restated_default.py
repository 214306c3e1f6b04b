"""Fields that say what holds without them."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.rules.base import INFO, STYLE, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds

_DEFAULTS: dict[str, object] = {"cancel_on_blocking_job_failure": True, "priority": 0, "parameter_mode": "product"}


class RestatedDefault(Rule):
    """A job says what Torc assumes without it.

    ## What it does
    Flags `cancel_on_blocking_job_failure: true`, `priority: 0`, `parameter_mode: product` and empty lists in jobs.

    ## Why
    What is there to read should make a difference: a flag that repeats the default looks like one that changes it.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true", priority: 0, depends_on: []}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: a, command: "true"}
    ```
    """

    code, name, severity, effect = "TL801", "restated-default", INFO, STYLE

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for job in graph.workflow.jobs:
            for key, value in job.node.entries:
                plain = value.plain
                known = str(key.value)
                if plain == [] or (
                    known in _DEFAULTS and plain == _DEFAULTS[known] and type(plain) is type(_DEFAULTS[known])
                ):
                    yield self.finding(
                        f"{known} says what holds without it",
                        key.span,
                        subject=f"job {job.name.text}",
                        label="the default",
                        help=("leave it out",),
                    )
