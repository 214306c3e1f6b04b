"""What is to be run: jobs, what each waits for, and what happens around them. What is many is held as numbers."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, NamedTuple, Protocol

from torclint.spec.model import Stdio

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterator, Mapping, Sequence

    from torclint.run.gates import Gates
    from torclint.spec.model import FailureRule


class Resources(NamedTuple):
    """What one job needs. `memory` in bytes, `runtime` in seconds (it orders jobs; nothing is ended by it)."""

    name: str = "default"
    cpus: int = 1
    memory: int = 1 << 20
    gpus: int = 0
    nodes: int = 1
    runtime: int = 60

    @property
    def limits_memory(self) -> bool:
        """The implicit requirement limits nothing (Torc 1.0.0, async_cli_command.rs:422)."""
        return self.name != "default" and self.memory > 0


class Kind(NamedTuple):
    """What many jobs have in common. `stage` counts the job specs from 0."""

    stage: int
    resources: Resources = Resources()
    priority: int = 0
    labels: tuple[str, ...] = ()
    scheduler: str | None = None
    cancel_on_failure: bool = True
    rules: tuple[FailureRule, ...] | None = None  # of its failure handler; None without one
    stdio: Stdio = Stdio()


class Job(NamedTuple):
    """One job, ready to be started. `outputs` are the paths that must be there once it ends with 0."""

    name: str
    command: str
    env: dict[str, str] = {}  # noqa: RUF012 - shared and never written
    outputs: tuple[str, ...] = ()


class Jobs(Protocol):
    """Where the jobs come from, by number from 0."""

    def id(self, number: int) -> int:
        """What Torc would number the job; the job's number plus 1 in a plan of all jobs."""
        ...

    def name(self, number: int) -> str: ...

    def names(self) -> Iterator[str]:
        """All names, in order."""
        ...

    def inputs(self, number: int) -> tuple[str, ...]:
        """The paths of the files that the job reads, as far as the spec says so."""
        ...

    def job(self, number: int) -> Job: ...

    def command(self, number: int) -> str:
        """The command as the spec has it, with the values of parameters: no file names or user data are put in."""
        ...


class JobList:
    """Jobs that are written out."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = jobs

    def id(self, number: int) -> int:
        return number + 1

    def name(self, number: int) -> str:
        return self._jobs[number].name

    def names(self) -> Iterator[str]:
        return (job.name for job in self._jobs)

    def inputs(self, number: int) -> tuple[str, ...]:
        return ()

    def job(self, number: int) -> Job:
        return self._jobs[number]

    def command(self, number: int) -> str:
        return self._jobs[number].command


class Action(NamedTuple):
    """Commands that run at a moment of the workflow; `jobs` are the numbers that a job-gated trigger waits for."""

    trigger: str
    commands: tuple[str, ...]
    jobs: frozenset[int] = frozenset()


class TimeUp(NamedTuple):
    """What becomes of a job that takes too long: the signal that it gets, after `lead` seconds SIGKILL, and its code."""

    signal: int = signal.SIGTERM
    lead: float = 30.0
    code: int = 152


class Plan(NamedTuple):
    """A workflow, ready to be run on one machine."""

    name: str
    stages: tuple[str, ...]  # the name of each job spec, as written
    kinds: list[Kind]
    kind_of: array[int]  # per job: its place in `kinds`
    jobs: Jobs
    gates: Gates
    actions: tuple[Action, ...] = ()
    use_pending_failed: bool = False
    enforces_memory: bool = True
    oom_exit_code: int = 137
    time_up: TimeUp = TimeUp()
    remarks: tuple[str, ...] = ()  # what of the spec has no effect here
    expected: Mapping[int, float] = {}  # seconds that jobs took before, by number; others by their declared runtime

    @property
    def size(self) -> int:
        return len(self.kind_of)

    def kind(self, number: int) -> Kind:
        return self.kinds[self.kind_of[number]]


class Refused(Exception):
    """Torc would not start this workflow. `reasons` is one text per reason."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = tuple(reasons)
