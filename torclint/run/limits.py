"""Memory limits of running jobs: who uses more than was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.run.proctable import resident

if TYPE_CHECKING:
    from torclint.run.plan import Plan

INTERVAL = 1.0  # seconds between two looks


class MemoryLimits:
    """The running jobs that have a limit, by process group. A job has used too much if all of its group together has."""

    def __init__(self, plan: Plan) -> None:
        self._of_kind = [
            kind.resources.memory if plan.enforces_memory and kind.resources.limits_memory else 0 for kind in plan.kinds
        ]
        self._watched: dict[int, tuple[int, float]] = {}  # group -> bytes, and from when on it is looked at
        self._next = 0.0

    def add(self, group: int, kind: int, now: float) -> None:
        """A job was started. Torc looks for the first time after ten seconds; short jobs are not looked at here either."""
        limit = self._of_kind[kind]
        if limit:
            self._watched[group] = (limit, now + INTERVAL)

    def remove(self, group: int) -> None:
        self._watched.pop(group, None)

    @property
    def interval(self) -> float | None:
        """When to look again, in seconds; None while there is nothing to look at."""
        return INTERVAL if self._watched else None

    def exceeded(self, now: float) -> list[int]:
        """The groups that are over their limit, at most one look an interval."""
        if not self._watched or now < self._next:
            return []
        self._next = now + INTERVAL
        limits = {group: limit for group, (limit, since) in self._watched.items() if now >= since}
        used = resident(set(limits)) if limits else {}
        return [group for group, limit in limits.items() if used.get(group, 0) > limit]
