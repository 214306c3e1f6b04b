"""Commands whose failure the rest of a pipe hides."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.rules.base import SURPRISE, WARNING, Rule
from torclint.rules.within import span_of
from torclint.spec.shell import commands, pipelines, sets_option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds
    from torclint.spec.model import JobSpec
    from torclint.spec.shell import Command

# what practically always succeeds, whatever comes in; but for `head`, which ends what writes into it with a signal
_ALWAYS_DONE = frozenset(["tee", "cat", "tail", "sort", "wc", "uniq", "tr", "cut", "sed", "ts", "less", "nl", "column"])
# what is not there to be checked
_HARMLESS = frozenset(
    ["echo", "printf", "cat", "ls", "date", "true", "yes", "seq", "head", "tail", "sort", "find", "du", "df", "ps", "env",
     "hostname", "which", "set", "cut", "tr", "grep", "wc", "uniq", "sed", "awk", "module", "history"]
)  # fmt: skip


class PipeHidesFailure(Rule):
    """A program writes into a pipe that succeeds although the program fails.

    ## What it does
    Flags each `command` in which the output of a program goes through a pipe into `tee`, `tail`, `sort` or another
    program that succeeds whatever it reads, without `set -o pipefail`.

    ## Why
    Torc runs commands with `bash -c` and sets no options, and a pipe returns what its last program returns: with
    `python train.py | tee log` the job is completed even if the training failed, and the jobs after it run.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: train, command: "python train.py 2>&1 | tee train.log"}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: train, command: "set -o pipefail; python train.py 2>&1 | tee train.log"}
    ```
    """

    code, name, severity, effect = "TL710", "pipe-hides-failure", WARNING, SURPRISE

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for job in graph.workflow.jobs:
            text = job.command.text
            hidden = _hidden(job) if "|" in text and "PIPESTATUS" not in text else None
            if hidden is not None:
                risky, last = hidden
                yield self.finding(
                    f"the job completes even if `{risky.program}` fails: the pipe returns what `{last.program}` returns",
                    span_of(graph, job.command, risky.text),
                    subject=f"job {job.name.text}",
                    label="its failure is lost",
                    help=("write `set -o pipefail` before it; Torc runs commands with `bash -c` and sets no options",),
                )


def _hidden(job: JobSpec) -> tuple[Command, Command] | None:
    """The first command whose failure a pipe hides, and the one that hides it."""
    found = commands(job.command.text)
    before = [] if job.invocation_script is None else commands(job.invocation_script.text)
    if sets_option([*before, *found], "", "pipefail"):
        return None
    for pipeline in pipelines(found):
        last = pipeline[-1]
        if len(pipeline) > 1 and last.program in _ALWAYS_DONE:
            risky = next((one for one in pipeline[:-1] if _can_fail(one)), None)
            if risky is not None:
                return risky, last
    return None


def _can_fail(command: Command) -> bool:
    return bool(command.program) and command.program not in _HARMLESS
