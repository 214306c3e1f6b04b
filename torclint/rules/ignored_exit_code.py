"""Commands that fail and are followed by others, so that nobody learns of it."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.rules.base import SURPRISE, WARNING, Rule
from torclint.rules.within import span_of
from torclint.spec.shell import THEN, commands, pipelines, sets_option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds
    from torclint.spec.model import JobSpec
    from torclint.spec.shell import Command

# what is there to prepare, to tell or to tidy up: its failure is told by what comes next, or does not matter
_HARMLESS = frozenset(
    ["echo", "printf", "date", "set", "export", "module", "ml", "source", ".", "conda", "mamba", "spack", "ulimit", "alias",
     "unset", "cd", "pushd", "popd", "mkdir", "rm", "sleep", "true", "hostname", "ls", "pwd", "env", "trap", "wait", "kill",
     "umask", "shopt", "local", "declare", "readonly", "nvidia-smi", "df", "du", "touch", "chmod", "ln", "which", "cat",
     "grep", "diff", "cmp", "find", "pgrep", "pkill", "killall", "exec", "eval", "read", "test", "[", ":", "exit", "nproc",
     "free", "lscpu", "uname", "id", "whoami", "time"]
)  # fmt: skip
# what says only that something is done, or returns whatever came before
_SAYS_DONE = frozenset(["echo", "printf", "date", "true", ":", "touch", "rm", "ls", "sleep", "hostname"])
_MEANT = frozenset(["true", ":"])  # at the end they say, as in `|| true`, that a failure does not matter


class IgnoredExitCode(Rule):
    """A program may fail and the job completes all the same, since something harmless runs after it.

    ## What it does
    Flags each `command` in which a program is followed, after `;` or on the next line, by nothing but commands like `echo`,
    `date` or `rm`, without `set -e`.

    ## Why
    Torc runs commands with `bash -c` and sets no options: the job returns what its last command returns. With
    `python a.py; echo done` it is completed even if the program failed, and the jobs after it run.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: a, command: "python a.py; echo finished"}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: a, command: "python a.py && echo finished"}
    ```
    """

    code, name, severity, effect = "TL711", "ignored-exit-code", WARNING, SURPRISE

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        for job in graph.workflow.jobs:
            text = job.command.text
            lost = _lost(job) if (";" in text or "\n" in text.strip()) and "$?" not in text else None
            if lost is not None:
                risky, last = lost
                yield self.finding(
                    f"the job completes even if `{risky.program}` fails: it returns what `{last.program}` at its end returns",
                    span_of(graph, job.command, risky.text),
                    subject=f"job {job.name.text}",
                    label="its failure is lost",
                    help=("begin with `set -e`, or write && between them; Torc sets no options of the shell",),
                )


def _lost(job: JobSpec) -> tuple[Command, Command] | None:
    """The last command whose failure is lost, and the one at the end."""
    found = commands(job.command.text)
    before = [] if job.invocation_script is None else commands(job.invocation_script.text)
    if sets_option([*before, *found], "e", "errexit"):
        return None
    done = list(pipelines(found))
    for place in range(len(done) - 1, 0, -1):
        if done[place][0].program not in _SAYS_DONE or len(done[place]) > 1:
            return None
        if done[place][0].program in _MEANT and place == len(done) - 1:
            return None
        risky = done[place - 1][-1]
        if _can_fail(risky):
            return (risky, done[-1][-1]) if risky.after == THEN else None
    return None


def _can_fail(command: Command) -> bool:
    return bool(command.program) and command.program not in _HARMLESS
