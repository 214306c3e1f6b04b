"""Jobs that leave their work running behind them."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.rules.base import SURPRISE, WARNING, Rule
from torclint.rules.within import span_of
from torclint.spec.shell import BACKGROUND, commands

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds


class BackgroundJob(Rule):
    """A command puts a program into the background and does not wait for it.

    ## What it does
    Flags each `command` with `&` after a program and no `wait`.

    ## Why
    Torc takes the job for completed when the shell ends, which is at once. The jobs after it start before the work is done,
    a failure is never seen, and the program uses CPUs and memory that Torc gives to other jobs.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: both, command: "python a.py & python b.py &"}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: both, command: "python a.py & pid=$!; python b.py && wait $pid"}
    ```
    """

    code, name, severity, effect = "TL712", "background-job", WARNING, SURPRISE

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for job in graph.workflow.jobs:
            found = commands(job.command.text) if "&" in job.command.text else []
            if not found or any(command.program in ("wait", "kill", "trap") for command in found):
                continue
            # a server for the programs after it is meant to end with them
            behind = found[-1] if found[-1].after == BACKGROUND else None
            if behind is not None and behind.program:
                yield self.finding(
                    f"the job completes at once: `{behind.program}` goes on in the background",
                    span_of(graph, job.command, behind.text),
                    subject=f"job {job.name.text}",
                    label="nobody waits for it",
                    help=("leave the & out, or end with `wait`",),
                )
