"""A trace of a run in Chrome's format, for chrome://tracing and Perfetto: what ran when, and beside what.

The format is the array of events of "Trace Event Format" (Google, 2016): complete events ("X") on one lane for each job
that ran at the same time as others, instants ("i") for what else happened, metadata ("M") with the names.
"""

from __future__ import annotations

import json
import time
from heapq import heappop, heappush
from typing import TYPE_CHECKING

from torclint.report.numbers import plural
from torclint.run.listen import Ended, Listener
from torclint.run.scheduler import NAMES

if TYPE_CHECKING:
    from torclint.run.outcome import Ledger, Outcome
    from torclint.run.plan import Plan
    from torclint.run.scheduler import Scheduler

_PROCESS = 1
_COLORS = {"completed": "good", "failed": "terrible", "terminated": "bad", "pending_failed": "terrible"}


class Trace(Listener):
    """Writes the events as they happen; the file is whole once the run is over, and readable before."""

    def __init__(self, path: str) -> None:
        """Raises OSError where the file cannot be written."""
        self._file = open(path, "w", encoding="utf-8")  # noqa: SIM115 - closed when the run is over
        self._broken = False
        self._lanes: dict[int, int] = {}  # running job -> lane
        self._free: list[int] = []
        self._count = 0

    def begin(self, plan: Plan, scheduler: Scheduler, ledger: Ledger) -> None:
        self._plan = plan
        self._begun = time.monotonic()
        self._write("[\n" + _text({"name": "process_name", "ph": "M", "pid": _PROCESS, "args": {"name": plan.name}}))

    def started(self, number: int, name: str, attempt: int, group: int) -> None:
        if self._free:
            self._lanes[number] = heappop(self._free)
            return
        self._count += 1
        self._lanes[number] = self._count
        self._event({"name": "thread_name", "ph": "M", "tid": self._count, "args": {"name": f"slot {self._count}"}})

    def ended(self, end: Ended) -> None:
        lane = self._lanes.pop(end.number, None)
        if lane is None:  # it could not be started
            self._instant(f"{end.name}: {end.reason}")
            return
        heappush(self._free, lane)
        status = NAMES[end.status] if not end.retried else "failed"
        stage = self._plan.stages[self._plan.kind(end.number).stage]
        self._event(
            {
                "name": end.name,
                "cat": stage,
                "ph": "X",
                "ts": round(self._now() - end.seconds * 1e6),
                "dur": round(end.seconds * 1e6),
                "tid": lane,
                "cname": _COLORS.get(status, "grey"),
                "args": {"status": status, "return_code": end.code, "attempt": end.attempt, "reason": end.reason},
            }
        )

    def canceled(self, numbers: list[int], cause: str) -> None:
        self._instant(f"{plural(len(numbers), 'job')} canceled: {cause} did not complete")

    def note(self, text: str) -> None:
        self._instant(text)

    def finish(self, outcome: Outcome) -> None:
        self._write("\n]\n")
        try:
            self._file.close()
        except OSError:
            self._broken = True

    def _now(self) -> float:
        """Microseconds since the beginning."""
        return (time.monotonic() - self._begun) * 1e6

    def _instant(self, text: str) -> None:
        self._event({"name": text, "ph": "i", "ts": round(self._now()), "tid": 0, "s": "p"})

    def _event(self, event: dict[str, object]) -> None:
        self._write(",\n" + _text({**event, "pid": _PROCESS}))

    def _write(self, text: str) -> None:
        if self._broken:
            return
        try:
            self._file.write(text)
        except OSError:  # a full disk, say: the run is worth more than its picture
            self._broken = True


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
