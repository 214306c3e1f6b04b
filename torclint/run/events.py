"""Progress for programs: one JSON object a line for everything that happens."""

from __future__ import annotations

import json
import time
from typing import TYPE_CHECKING, TextIO

from torclint.run.listen import Ended, Listener
from torclint.run.scheduler import NAMES

if TYPE_CHECKING:
    from torclint.run.outcome import Ledger, Outcome
    from torclint.run.plan import Plan
    from torclint.run.scheduler import Scheduler

SCHEMA = 1


class Events(Listener):
    """Each event has `event` and `time`, in seconds since 1970; the first one says which schema the others follow."""

    def __init__(self, stream: TextIO) -> None:
        self._stream: TextIO | None = stream

    def begin(self, plan: Plan, scheduler: Scheduler, ledger: Ledger) -> None:
        self._plan = plan
        self._tell("begin", schema=SCHEMA, workflow=plan.name, jobs=plan.size)

    def started(self, number: int, name: str, attempt: int, group: int) -> None:
        self._tell("started", job=name, id=self._plan.jobs.id(number), attempt=attempt, group=group)

    def ended(self, end: Ended) -> None:
        self._tell(
            "ended",
            job=end.name,
            id=self._plan.jobs.id(end.number),
            attempt=end.attempt,
            status=NAMES[end.status],
            return_code=end.code,
            seconds=round(end.seconds, 3),
            retried=end.retried,
            reason=end.reason,
            log=end.log,
            tail=list(end.tail),
        )

    def canceled(self, numbers: list[int], cause: str) -> None:
        for number in numbers:
            self._tell("canceled", job=self._plan.jobs.name(number), id=self._plan.jobs.id(number), cause=cause)

    def note(self, text: str) -> None:
        self._tell("note", text=text)

    def finish(self, outcome: Outcome) -> None:
        counts = {name: outcome.count(status) for status, name in enumerate(NAMES) if outcome.count(status)}
        self._tell(
            "finish",
            seconds=round(outcome.seconds, 3),
            counts=counts,
            interrupted=outcome.interrupted,
            exit_code=outcome.exit_code,
        )

    def _tell(self, event: str, **fields: object) -> None:
        if self._stream is None:
            return
        line = json.dumps({"event": event, "time": round(time.time(), 3), **fields}, ensure_ascii=True)
        try:
            self._stream.write(line + "\n")
            self._stream.flush()
        except OSError:  # nobody reads any more; the run goes on
            self._stream = None
