"""What is to be run: jobs, what each waits for, and what happens around them. What is many is held as numbers."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING, NamedTuple, Protocol

from torclint.spec.model import Stdio

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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
    """Where the jobs come from, by number from 0; a job's Torc id is its number plus 1."""

    def name(self, number: int) -> str: ...

    def job(self, number: int) -> Job: ...


class JobList:
    """Jobs that are written out."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self._jobs = jobs

    def name(self, number: int) -> str:
        return self._jobs[number].name

    def job(self, number: int) -> Job:
        return self._jobs[number]


class Gates:
    """Who waits for whom. A gate is a set of jobs that others wait for together: it opens when all of them have ended.

    1,000 jobs that each wait for the same 1,000 are one gate and 2,000 numbers, not a million pairs.
    """

    __slots__ = ("gates_of", "sizes", "waiters", "waits")

    def __init__(self, jobs: int) -> None:
        self.sizes = array("q")  # per gate: its members
        self.waiters: list[array[int]] = []  # per gate: the jobs that wait for it
        self.gates_of: list[tuple[int, ...]] = [()] * jobs  # per job: the gates it is a member of
        self.waits = array("i", bytes(4 * jobs))  # per job: the gates it waits for

    def add(self, members: Iterable[int], waiters: Iterable[int]) -> None:
        """Let every waiter wait for all members. A job may stand on both sides: then it waits for ever."""
        gate = len(self.sizes)
        shared: dict[tuple[int, ...], tuple[int, ...]] = {}  # one tuple for all members with the same gates
        size = 0
        for member in members:
            before = self.gates_of[member]
            self.gates_of[member] = shared.setdefault(before, (*before, gate))
            size += 1
        if not size:
            return
        self.sizes.append(size)
        self.waiters.append(array("i", waiters))
        for waiter in self.waiters[gate]:
            self.waits[waiter] += 1

    @classmethod
    def of(cls, jobs: int, waited: Iterable[tuple[int, frozenset[int]]]) -> Gates:
        """The gates of (job, the jobs it waits for) pairs, each job at most once; equal sets make one gate."""
        sharing: dict[frozenset[int], array[int]] = {}
        for job, members in waited:
            if members:
                sharing.setdefault(members, array("i")).append(job)
        gates = cls(jobs)
        for members, waiters in sharing.items():
            gates.add(members, waiters)
        return gates

    def levels(self) -> Iterator[list[int]]:
        """The jobs that wait for nothing, those that wait only for these, and so on; jobs in a cycle are left out."""
        left = array("q", self.sizes)
        waits = array("i", self.waits)
        level = [job for job, gates in enumerate(waits) if not gates]
        while level:
            yield level
            following = []
            for job in level:
                for gate in self.gates_of[job]:
                    left[gate] -= 1
                    if left[gate]:
                        continue
                    for waiter in self.waiters[gate]:
                        waits[waiter] -= 1
                        if not waits[waiter]:
                            following.append(waiter)
            level = sorted(following)

    def ending(self, willing: Iterable[int]) -> bytearray:
        """Which jobs come to an end (1) where only the `willing` ones can: the others wait for ever."""
        ended = bytearray(len(self.waits))
        left = array("q", self.sizes)
        waits = array("i", self.waits)
        never = bytearray(b"\1") * len(self.waits)
        for job in willing:
            never[job] = 0
        stack = [job for job in range(len(waits)) if not waits[job] and not never[job]]
        while stack:
            job = stack.pop()
            ended[job] = 1
            for gate in self.gates_of[job]:
                left[gate] -= 1
                if left[gate]:
                    continue
                for waiter in self.waiters[gate]:
                    waits[waiter] -= 1
                    if not waits[waiter] and not never[waiter]:
                        stack.append(waiter)
        return ended


class Action(NamedTuple):
    """Commands that run at a moment of the workflow; `jobs` are the numbers that a job-gated trigger waits for."""

    trigger: str
    commands: tuple[str, ...]
    jobs: frozenset[int] = frozenset()


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
    remarks: tuple[str, ...] = ()  # what of the spec has no effect here

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
