"""The jobs that are running: which process group is which, and the limits of memory and time that they are held to."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING, NamedTuple

from torclint.run.deadlines import Deadlines
from torclint.run.limits import MemoryLimits
from torclint.run.process import signal_group
from torclint.run.scheduler import FAILED, TERMINATED
from torclint.spec.amounts import time_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.run.plan import Job, Plan
    from torclint.run.policy import Policy
    from torclint.run.process import Exit, Streams


class Running(NamedTuple):
    """An attempt of a job. `started`: by the monotonic clock."""

    number: int
    job: Job
    attempt: int
    started: float
    streams: Streams


class End(NamedTuple):
    """The code that an attempt counts with, why it is not its own, and the status that follows if it is a failure."""

    code: int
    reason: str = ""
    failure: int = FAILED


class RunningJobs:
    """The attempts whose process is there, by process group."""

    def __init__(self, plan: Plan, policy: Policy) -> None:
        self._plan = plan
        self._jobs: dict[int, Running] = {}
        self._memory = MemoryLimits(plan)
        self._deadlines = Deadlines(plan, policy)
        self._over_memory: set[int] = set()

    def __len__(self) -> int:
        return len(self._jobs)

    def __iter__(self) -> Iterator[int]:
        """The process groups."""
        return iter(self._jobs)

    def __contains__(self, group: int) -> bool:
        return group in self._jobs

    def add(self, group: int, running: Running) -> None:
        kind = self._plan.kind_of[running.number]
        self._jobs[group] = running
        self._memory.add(group, kind, running.started)
        self._deadlines.add(group, kind, running.started)

    def remove(self, ended: Exit) -> tuple[Running, End]:
        """A process is over: what ran in it, and what its end counts as."""
        group = ended.pid
        running = self._jobs.pop(group)
        self._memory.remove(group)
        limit = self._deadlines.remove(group)
        is_over_memory = group in self._over_memory
        self._over_memory.discard(group)
        if is_over_memory and ended.code == 128 + signal.SIGKILL:
            return running, End(self._plan.oom_exit_code, "used more memory than its limit")
        if limit is not None and ended.code != 0:
            return running, End(
                self._plan.time_up.code, f"took longer than its limit of {time_text(limit)}", TERMINATED
            )
        return running, End(ended.code)

    def hold_to_limits(self, now: float) -> None:
        """End those that use more memory or time than they may."""
        for group in self._memory.exceeded(now):
            self._over_memory.add(group)
            signal_group(group, signal.SIGKILL)
        for due in self._deadlines.due(now):
            signal_group(due.group, due.signal)
            signal_group(due.group, signal.SIGCONT)

    def waits(self, now: float) -> Iterator[float]:
        """The seconds after which a limit wants a look."""
        if self._memory.interval:
            yield self._memory.interval
        due = self._deadlines.wait(now)
        if due is not None:
            yield due
