"""The state of every job, as an engine elsewhere tells it, and passing it on to whoever listens here."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from torclint.run.keeper import Keeper
from torclint.run.listen import Ended
from torclint.run.outcome import Ledger, Outcome
from torclint.run.outputs import tail
from torclint.run.scheduler import BLOCKED, CANCELED, COMPLETED, READY, RUNNING, TERMINATED, Capacity, Scheduler

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torclint.run.listen import Listener
    from torclint.run.plan import Plan
    from torclint.run.process import Streams

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

    def settle(self) -> None:
        """Nothing more happens: what has not ended is ready or blocked by what has."""
        ended = [
            (number, status) for number, status in enumerate(self.status) if status not in (BLOCKED, READY, RUNNING)
        ]
        for number, status in enumerate(Scheduler(self.plan, self.capacity, past=ended).status):
            if status != self.status[number]:
                self.put(number, status)


class Teller:
    """What happens elsewhere, told to the listeners of a run here, and first to its keeper."""

    def __init__(
        self,
        plan: Plan,
        capacity: Capacity,
        listeners: Sequence[Listener],
        output_dir: str,
        keeper: Keeper | None = None,
    ) -> None:
        """Goes on where the past of `keeper` ends. `capacity`: what is larger than that never runs."""
        self.plan = plan
        self._keeper = keeper or Keeper()
        self.mirror = Mirror(plan, capacity, past=self._keeper.past.statuses())
        self.ledger = Ledger.of(plan.size, self._keeper.past)
        self._listeners = (self._keeper, *listeners)
        self._output_dir = output_dir
        self._began = time.monotonic()

    def begin(self) -> None:
        for listener in self._listeners:
            listener.begin(self.plan, self.mirror, self.ledger)
        for text in (*self._keeper.notes, *self.plan.remarks):
            self.note(text)

    def note(self, text: str) -> None:
        for listener in self._listeners:
            listener.note(text)

    def turn(self) -> None:
        now = time.monotonic()
        for listener in self._listeners:
            listener.turn(now)

    def started(self, number: int, attempt: int) -> None:
        """A job runs; no process of it is ours."""
        self.ledger.attempts[number] = attempt
        self.mirror.put(number, RUNNING)
        job = self.plan.jobs.job(number)
        self._keeper.starting(number, job)
        for listener in self._listeners:
            listener.started(number, job.name, attempt, 0)

    def ended(
        self, number: int, status: int, code: int, attempt: int, seconds: float, streams: Streams, reason: str = ""
    ) -> None:
        """An attempt of a job is over, and its status is final; READY where another attempt follows."""
        ledger = self.ledger
        ledger.codes[number], ledger.attempts[number], ledger.seconds[number] = code, attempt, seconds
        self.mirror.put(number, status)
        log, lines = ("", []) if status == COMPLETED else tail(streams, _TAIL_LINES)
        name = self.plan.jobs.name(number)
        end = Ended(
            number, name, status, code, attempt, seconds, reason, retried=status == READY, log=log, tail=tuple(lines)
        )
        self._tell(end)

    def carried(self, number: int, seconds: float) -> None:
        """A job completed before; nobody is told."""
        self.ledger.codes[number], self.ledger.attempts[number], self.ledger.seconds[number] = 0, 1, seconds
        self.mirror.put(number, COMPLETED)

    def stopped(self, number: int, attempt: int, seconds: float) -> None:
        """An attempt was ended with the run; the job runs again when that goes on."""
        self.ledger.seconds[number] = seconds
        self.mirror.put(number, TERMINATED)
        name = self.plan.jobs.name(number)
        self._tell(Ended(number, name, TERMINATED, 0, attempt, seconds, "ended with the run", stopped=True))

    def canceled(self, numbers: list[int], cause: str) -> None:
        """Jobs are cancelled."""
        for number in numbers:
            self.mirror.put(number, CANCELED)
        for listener in self._listeners:
            listener.canceled(numbers, cause)

    def outcome(self, *, interrupted: bool, trouble: str = "") -> Outcome:
        """The run is over; the listeners are told."""
        for listener in self._listeners:
            listener.close()
        seconds = time.monotonic() - self._began
        outcome = Outcome(self.plan, self.mirror, self.ledger, interrupted, seconds, self._output_dir, trouble)
        for listener in self._listeners:
            listener.finish(outcome)
        return outcome

    def _tell(self, end: Ended) -> None:
        for listener in self._listeners:
            listener.ended(end)
