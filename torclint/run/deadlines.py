"""Time limits of running jobs: who is to be asked to end now, and who is to be ended because it did not."""

from __future__ import annotations

import signal
from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from torclint.run.plan import Plan
    from torclint.run.policy import Policy

GRACE = 5.0  # seconds from SIGTERM to SIGKILL where a spec has no say


class Due(NamedTuple):
    """A process group whose time is over, and the signal that it gets."""

    group: int
    signal: int


class _Limited(NamedTuple):
    """A running job. `turn` tells it from others that had the same group before: numbers of groups come again."""

    turn: int
    limit: float


class Deadlines:
    """The running jobs that have a limit, by process group."""

    def __init__(self, plan: Plan, policy: Policy) -> None:
        self._time_up = plan.time_up
        self._limits = [_limit(kind.resources.runtime, policy) for kind in plan.kinds]
        self._limited: dict[int, _Limited] = {}
        self._turns = 0
        self._next: list[tuple[float, int, int, int]] = []  # when, which turn, group, which signal
        self._over: set[int] = set()

    def add(self, group: int, kind: int, now: float) -> None:
        limit = self._limits[kind]
        if limit is not None:
            self._turns += 1
            self._limited[group] = _Limited(self._turns, limit)
            heappush(self._next, (now + limit, self._turns, group, self._time_up.signal))

    def remove(self, group: int) -> float | None:
        """The job has ended. Its limit in seconds, if it was told to end for it."""
        limited = self._limited.pop(group, None)
        if group not in self._over or limited is None:
            return None
        self._over.discard(group)
        return limited.limit

    def wait(self, now: float) -> float | None:
        """Seconds until somebody is due; None where nobody will be."""
        while self._next and not self._is_running(*self._next[0][1:3]):
            heappop(self._next)
        return max(0.0, self._next[0][0] - now) if self._next else None

    def due(self, now: float) -> list[Due]:
        """Those whose time is over, and those that did not end when they were asked to."""
        found = []
        while self._next and self._next[0][0] <= now:
            when, turn, group, number = heappop(self._next)
            if not self._is_running(turn, group):
                continue
            if number != signal.SIGKILL:
                heappush(self._next, (when + self._time_up.lead, turn, group, signal.SIGKILL))
            self._over.add(group)
            found.append(Due(group, number))
        return found

    def _is_running(self, turn: int, group: int) -> bool:
        limited = self._limited.get(group)
        return limited is not None and limited.turn == turn


def _limit(runtime: int, policy: Policy) -> float | None:
    limits = [policy.timeout] if policy.timeout is not None else []
    if policy.enforces_runtime:
        limits.append(float(runtime))
    return min(limits, default=None)
