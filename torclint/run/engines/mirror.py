"""The state of every job, as an engine elsewhere tells it, and passing it on to whoever listens here."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from torclint.run.listen import Ended
from torclint.run.outcome import Ledger, Outcome
from torclint.run.outputs import tail
from torclint.run.process import Streams
from torclint.run.scheduler import COMPLETED, RUNNING, Capacity, Scheduler

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torclint.run.listen import Listener
    from torclint.run.plan import Plan

_TAIL_LINES = 10


def endless(plan: Plan) -> Capacity:
    """A machine that has room for every job."""
    return Capacity(1 << 60, 1 << 80, max((kind.resources.gpus for kind in plan.kinds), default=0))


class Mirror(Scheduler):
    """Hands out no jobs: another one does."""

    def put(self, number: int, status: int) -> None:
        """The job has this status now; nothing follows from it."""
        self.running += (status == RUNNING) - (self.status[number] == RUNNING)
        self._set(number, status)


class Teller:
    """What happens elsewhere, told to the listeners of a run here."""

    def __init__(self, plan: Plan, listeners: Sequence[Listener], output_dir: str) -> None:
        self.plan = plan
        self.mirror = Mirror(plan, endless(plan))
        self.ledger = Ledger(plan.size)
        self._listeners = tuple(listeners)
        self._output_dir = output_dir
        self._began = time.monotonic()

    def begin(self) -> None:
        for listener in self._listeners:
            listener.begin(self.plan, self.mirror, self.ledger)
        for text in self.plan.remarks:
            self.note(text)

    def note(self, text: str) -> None:
        for listener in self._listeners:
            listener.note(text)

    def turn(self) -> None:
        now = time.monotonic()
        for listener in self._listeners:
            listener.turn(now)

    def started(self, number: int, attempt: int) -> None:
        """A job runs; no process of it is here."""
        self.ledger.attempts[number] = attempt
        self.mirror.put(number, RUNNING)
        for listener in self._listeners:
            listener.started(number, self.plan.jobs.name(number), attempt, 0)

    def ended(self, number: int, status: int, code: int, attempt: int, seconds: float, streams: Streams) -> None:
        """An attempt of a job is over, and its status is final."""
        ledger = self.ledger
        ledger.codes[number], ledger.attempts[number], ledger.seconds[number] = code, attempt, seconds
        self.mirror.put(number, status)
        log, lines = ("", []) if status == COMPLETED else tail(streams, _TAIL_LINES)
        name = self.plan.jobs.name(number)
        end = Ended(number, name, status, code, attempt, seconds, log=log, tail=tuple(lines))
        for listener in self._listeners:
            listener.ended(end)

    def canceled(self, numbers: list[int], cause: str) -> None:
        """Jobs were cancelled."""
        for listener in self._listeners:
            listener.canceled(numbers, cause)

    def outcome(self, *, interrupted: bool) -> Outcome:
        """The run is over; the listeners are told."""
        for listener in self._listeners:
            listener.close()
        seconds = time.monotonic() - self._began
        outcome = Outcome(self.plan, self.mirror, self.ledger, interrupted, seconds, self._output_dir)
        for listener in self._listeners:
            listener.finish(outcome)
        return outcome
