"""What the wrappers wrote down about jobs, told to those who listen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.run.engines.hyperqueue import records
from torclint.run.engines.hyperqueue.tasks import NOBODY
from torclint.run.interrupts import END
from torclint.run.scheduler import BLOCKED, FAILED, NAMES, READY, RUNNING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from torclint.run.actions import Triggers
    from torclint.run.engines.hyperqueue.records import Record, Records
    from torclint.run.engines.mirror import Teller
    from torclint.run.interrupts import Interrupts
    from torclint.run.keeper import Keeper
    from torclint.run.outputs import OutputFolder
    from torclint.run.plan import Plan

OPEN = (BLOCKED, READY, RUNNING)  # the statuses of jobs that have not ended
_STATUS = {name: number for number, name in enumerate(NAMES)}


class News:
    """Passes on what is new. `outputs`: where the jobs write of which it is, since an earlier run may have submitted them."""

    def __init__(
        self,
        plan: Plan,
        teller: Teller,
        triggers: Triggers,
        keeper: Keeper,
        interrupts: Interrupts,
        outputs: OutputFolder,
    ) -> None:
        self._plan = plan
        self._teller = teller
        self._triggers = triggers
        self._keeper = keeper
        self._interrupts = interrupts
        self.outputs = outputs

    def tell(self, written: Records, *, finals_only: bool = False) -> bool:
        """Whether there was any."""
        canceled: list[int] = []
        record = None
        for record in written.new():
            if self._teller.mirror.status[record.number] not in OPEN:
                continue  # known from before, or told twice by a job that ran on a worker that was lost
            if record.what == records.CANCELED:
                canceled.append(record.number)
            elif record.what == records.ENDED or not finals_only:
                self._tell(record)
        if canceled:
            self._teller.canceled(canceled, "what they wait for")
            self._triggers.ended(canceled)
        if record is not None:
            self._keeper.released()
        return record is not None

    def _tell(self, record: Record) -> None:
        teller, number = self._teller, record.number
        if record.what == records.STARTED:
            teller.started(number, record.attempt)
            self._triggers.ready((number,))
        elif record.what == records.STOPPED and self._interrupts.level >= END:
            teller.stopped(number, record.attempt, record.seconds)
        elif record.what == records.STOPPED:
            teller.mirror.put(number, READY)
            teller.note(
                f"{self._plan.jobs.name(number)} was ended with its worker; HyperQueue starts it again elsewhere"
            )
        else:
            status = _STATUS.get(record.status, FAILED) if record.what == records.ENDED else READY
            stdio = self._plan.kind(number).stdio
            streams = self.outputs.streams(stdio, self._plan.jobs.id(number), record.attempt)
            teller.ended(number, status, record.code, record.attempt, record.seconds, streams, record.reason)
            if record.what == records.ENDED:
                self._triggers.ended((number,))

    def tell_lost(self, failures: Mapping[int, str], jobs_of: Sequence[int]) -> None:
        """Jobs whose wrappers could not say what became of them, with what HyperQueue says, by task; `jobs_of`: the job of
        each task."""
        mirror = self._teller.mirror
        for place, error in sorted(failures.items()):
            number = jobs_of[place]
            if number != NOBODY and mirror.status[number] in OPEN:
                streams = self.outputs.streams(self._plan.kind(number).stdio, self._plan.jobs.id(number), 1)
                self._teller.ended(number, FAILED, 1, 1, 0.0, streams, f"HyperQueue: {error}")
