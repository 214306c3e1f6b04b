"""How long jobs took the last time, so that the longest way to the end is known better than by declared runtimes."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from torclint.run.scheduler import COMPLETED
from torclint.run.store.database import StoreError, open_store, understood
from torclint.run.store.finding import is_run_of
from torclint.run.store.places import stem_of, stores
from torclint.run.store.summary import summary_of

if TYPE_CHECKING:
    from torclint.run.plan import Plan

_DIGITS = 2  # after the point, of seconds: what differs by less is alike


def with_times(plan: Plan, spec: str) -> Plan:
    """The plan with the times of the newest run here of the spec at this path in which anything completed.

    A job that has not run yet goes by the mean of those of its stage that have. A store that cannot be read is left out.
    """
    known = _times_of(spec)
    if not known:
        return plan
    expected: dict[int, float] = {}
    sums: dict[int, tuple[float, int]] = {}  # by stage: seconds of all, and how many
    for number, name in enumerate(plan.jobs.names()):
        seconds = known.get(name)
        if seconds is not None:
            expected[number] = round(seconds, _DIGITS)
            stage = plan.kind(number).stage
            total, jobs = sums.get(stage, (0.0, 0))
            sums[stage] = (total + seconds, jobs + 1)
    means = {stage: round(total / jobs, _DIGITS) for stage, (total, jobs) in sums.items()}
    for number in range(plan.size):
        if number not in expected and (mean := means.get(plan.kind(number).stage)) is not None:
            expected[number] = mean
    return plan._replace(expected=expected)


def _times_of(spec: str) -> dict[str, float]:
    """By the names of the jobs."""
    for path in stores():
        if path.stem.partition("-")[2] != stem_of(spec):
            continue
        try:
            if not is_run_of(summary_of(str(path)), spec):
                continue
            with closing(open_store(str(path))) as database, understood(str(path)):
                found = _read(database)
        except StoreError:
            continue
        if found:
            return found
    return {}


def _read(database: sqlite3.Connection) -> dict[str, float]:
    rows = database.execute("SELECT name, seconds FROM job WHERE status = ?", (COMPLETED,))
    return {name: seconds for name, seconds in rows if isinstance(name, str) and isinstance(seconds, float)}
