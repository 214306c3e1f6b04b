"""What came of a run: every job's status, return code and number of attempts."""

from __future__ import annotations

import json
from array import array
from typing import TYPE_CHECKING, NamedTuple

from torclint.run.scheduler import COMPLETED, FAILED, NAMES, PENDING_FAILED, TERMINATED, Scheduler

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.run.keeper import Past
    from torclint.run.plan import Plan

DONE, SOME_FAILED, REFUSED, INTERRUPTED = 0, 1, 2, 130
SCHEMA = 1  # of the JSON report
NOT_RUN = -1  # in place of a return code


class Ledger:
    """What is written down of each job: return code, attempts, and the seconds of its last attempt."""

    __slots__ = ("attempts", "codes", "seconds")

    def __init__(self, jobs: int) -> None:
        self.codes = array("i", [NOT_RUN]) * jobs
        self.attempts = array("i", [0]) * jobs
        self.seconds = array("d", [0.0]) * jobs

    @classmethod
    def of(cls, jobs: int, past: Past) -> Ledger:
        """What is known from before the run goes on."""
        ledger = cls(jobs)
        for kept in (*past.ended, *past.tried, *past.recovering):
            ledger.codes[kept.number] = kept.code
            ledger.attempts[kept.number] = kept.attempts
            ledger.seconds[kept.number] = kept.seconds
        return ledger


class Result(NamedTuple):
    """One job after a run. `return_code` is None, and `attempts` 0, for a job that never ran."""

    name: str
    status: str
    return_code: int | None
    attempts: int
    seconds: float


class Outcome(NamedTuple):
    """A run that is over, completed or not. `seconds` is its wall time, `output_dir` where the jobs' output lies,
    `trouble` what kept it from going on."""

    plan: Plan
    scheduler: Scheduler
    ledger: Ledger
    interrupted: bool
    seconds: float
    output_dir: str
    trouble: str = ""

    @property
    def exit_code(self) -> int:
        """0 all jobs completed, 1 some did not, 130 interrupted."""
        if self.interrupted:
            return INTERRUPTED
        return DONE if self.count(COMPLETED) == self.plan.size else SOME_FAILED

    def count(self, status: int) -> int:
        return self.scheduler.total(status)

    def results(self) -> Iterator[Result]:
        """Every job, in the order of the job numbers."""
        for number in range(self.plan.size):
            code = self.ledger.codes[number]
            yield Result(
                self.plan.jobs.name(number),
                NAMES[self.scheduler.status[number]],
                None if code == NOT_RUN else code,
                self.ledger.attempts[number],
                self.ledger.seconds[number],
            )

    def failures(self) -> Iterator[int]:
        """The jobs that ran and did not complete."""
        for number, status in enumerate(self.scheduler.status):
            if status in (FAILED, TERMINATED, PENDING_FAILED):
                yield number

    def to_json(self) -> Iterator[str]:
        """The lines of the report of `torclint run --format json`; one for each job."""
        head = {
            "schema": SCHEMA,
            "workflow": self.plan.name,
            "output_dir": self.output_dir,
            "seconds": round(self.seconds, 3),
            "interrupted": self.interrupted,
            "counts": {name: self.count(status) for status, name in enumerate(NAMES) if self.count(status)},
        }
        yield "{"
        for key, value in head.items():
            yield f" {_text(key)}: {_text(value)},"
        yield ' "jobs": {'
        before = ""
        for row in self.results():
            if before:
                yield before + ","
            columns = {
                "status": row.status,
                "return_code": row.return_code,
                "attempts": row.attempts,
                "seconds": round(row.seconds, 3),
            }
            before = f"  {_text(row.name)}: {_text(columns)}"
        if before:
            yield before
        yield " }"
        yield "}"


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def refused_json(reasons: tuple[str, ...]) -> str:
    """The report of a run that was not started."""
    return json.dumps({"schema": SCHEMA, "refused": list(reasons), "jobs": {}}, ensure_ascii=False, indent=1)
