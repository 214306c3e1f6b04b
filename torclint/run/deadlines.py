"""Time limits of running jobs: who is to be asked to end now, and who is to be ended because it did not."""

from __future__ import annotations

import signal
from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from torclint.run.plan import Plan
    from torclint.run.policy import Policy

GRACE = 5.0  # seconds from SIGTERM to SIGKILL
TIMED_OUT = 152  # the code of a job that ran out of time (Torc 1.0.0, job_runner.rs:1932-2070)


class Due(NamedTuple):
    """A process group whose time is over, and the signal that it gets."""

    group: int
    signal: int


class Deadlines:
    """The running jobs that have a limit, by process group."""

    def __init__(self, plan: Plan, policy: Policy) -> None:
        self._limits = [_limit(kind.resources.runtime, policy) for kind in plan.kinds]
        self._limit_of: dict[int, float] = {}
        self._next: list[tuple[float, int, int]] = []  # when, group, which signal
        self._over: set[int] = set()

    def add(self, group: int, kind: int, now: float) -> None:
        limit = self._limits[kind]
        if limit is not None:
            self._limit_of[group] = limit
            heappush(self._next, (now + limit, group, signal.SIGTERM))

    def remove(self, group: int) -> float | None:
        """The job has ended. Its limit in seconds, if it was told to end for it."""
        limit = self._limit_of.pop(group, None)
        if group not in self._over:
            return None
        self._over.discard(group)
        return limit

    def wait(self, now: float) -> float | None:
        """Seconds until somebody is due; None where nobody will be."""
        while self._next and self._next[0][1] not in self._limit_of:
            heappop(self._next)
        return max(0.0, self._next[0][0] - now) if self._next else None

    def due(self, now: float) -> list[Due]:
        found = []
        while self._next and self._next[0][0] <= now:
            when, group, number = heappop(self._next)
            if group not in self._limit_of:
                continue
            if number == signal.SIGTERM:
                heappush(self._next, (when + GRACE, group, signal.SIGKILL))
            self._over.add(group)
            found.append(Due(group, number))
        return found


def _limit(runtime: int, policy: Policy) -> float | None:
    limits = [policy.timeout] if policy.timeout is not None else []
    if policy.enforces_runtime:
        limits.append(float(runtime))
    return min(limits, default=None)
