"""Processes that outlive their job in its process group: they may serve later jobs, but not outlive the run."""

from __future__ import annotations

import signal
import time
from pathlib import Path

from torclint.run.process import signal_group
from torclint.run.proctable import alive

GRACE = 2.0  # seconds from SIGTERM to SIGKILL
_LOOK = 0.02  # seconds; they are nobody's children, so their end is not reported


class Survivors:
    """The process groups that still had members when their job ended."""

    def __init__(self) -> None:
        self._groups: set[int] = set()

    def look_at(self, group: int) -> None:
        """The leader of `group` has just been reaped: remember the group if somebody is left in it."""
        if signal_group(group, 0):
            self._groups.add(group)

    def end(self) -> None:
        """End all that is left: SIGTERM, and SIGKILL for what does not listen."""
        left = self._left()
        for group in left:
            signal_group(group, signal.SIGTERM)
            signal_group(group, signal.SIGCONT)
        left = self._wait_for(left)
        for group in left:
            signal_group(group, signal.SIGKILL)
        self._wait_for(left)  # a killed process is gone only when the kernel has got round to it
        self._groups.clear()

    def _wait_for(self, left: set[int]) -> set[int]:
        """The groups that are still there after the grace."""
        patience = time.monotonic() + GRACE
        while left and time.monotonic() < patience:
            time.sleep(_LOOK)
            left = self._left()
        return left

    def _left(self) -> set[int]:
        if not self._groups:
            return set()
        if Path("/proc/self/stat").exists():
            return alive(self._groups)
        return {group for group in self._groups if signal_group(group, 0)}
