"""How far a run is on its way to a stop, by signals, by a failure, or by something that it lacks."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

from torclint.report.numbers import plural
from torclint.run.deadlines import GRACE
from torclint.run.interrupts import DRAIN, END, KILL, NOTHING

if TYPE_CHECKING:
    from collections.abc import Sized

    from torclint.run.commands import Note
    from torclint.run.interrupts import Interrupts


class Halt:
    """`level`: NOTHING, DRAIN (start nothing more), END or KILL. `trouble`: what keeps the run from going on, "" if nothing.

    `gave_up`: the run ends by itself, after a failure.
    """

    def __init__(self, running: Sized, note: Note) -> None:
        self.level = NOTHING
        self.trouble = ""
        self.gave_up = False
        self.interrupts: Interrupts | None = None  # while the run goes on
        self._running = running
        self._note = note
        self._kill_at = float("inf")

    @property
    def is_wanted(self) -> bool:
        """Whether a stop was asked for that is not heeded yet, or is."""
        return self.level != NOTHING or (self.interrupts is not None and self.interrupts.level != NOTHING)

    def stop_for(self, trouble: str) -> None:
        """Start nothing more, since that would be lost or fail; what is running may finish."""
        if self.trouble:
            return
        self.trouble = trouble
        rest = ", those that are running may finish" if len(self._running) else ""
        self._note(f"{trouble}; no more jobs are started{rest}")
        self.level = max(self.level, DRAIN)
        self._ask(self.level)

    def give_up(self, cause: str) -> None:
        """A job failed, and the run is to end for it."""
        if self.gave_up:
            return
        self.gave_up = self.interrupts is not None and self.interrupts.level == NOTHING
        self._ask(END)
        self._note(f"{cause} did not complete, so the run is ended")

    def heed(self) -> int | None:
        """The signal that all that is running is to get now, if a new level or the end of a grace asks for one."""
        level = self.interrupts.level if self.interrupts is not None else self.level
        if level == END and time.monotonic() >= self._kill_at:
            level = KILL
        if level == self.level:
            return None
        self.level = level
        if level == DRAIN:
            rest = f": waiting for {plural(len(self._running), 'running job')}; once more ends them"
            self._note(f"interrupted{rest if len(self._running) else ''}")
            return None
        if level == END:
            self._note(f"ending {plural(len(self._running), 'running job')}")
            self._kill_at = time.monotonic() + GRACE
            return signal.SIGTERM
        self._ask(KILL)
        return signal.SIGKILL

    def wait(self, now: float) -> float | None:
        """Seconds until a grace is over; None where there is none."""
        return self._kill_at - now if self.level == END else None

    def _ask(self, level: int) -> None:
        if self.interrupts is not None:
            self.interrupts.level = max(self.interrupts.level, level)
