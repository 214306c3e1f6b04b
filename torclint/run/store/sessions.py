"""When runners were at work on a run: each start of it, with its end, also of those that could not say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from torclint.run.store.database import StoreError
from torclint.run.store.rows import is_time

if TYPE_CHECKING:
    import sqlite3

KILLED = "killed"  # the runner died and could not say so
_RUNNING = "running"
_SIGNS = """
SELECT run, max(started + coalesce(seconds, 0)) FROM (
    SELECT run, started, seconds FROM past UNION ALL SELECT run, started, seconds FROM job
) WHERE started IS NOT NULL GROUP BY run
"""


class Session(NamedTuple):
    """One start of the runner. `run` is its number, `state` as in a summary; times in seconds since 1970."""

    run: int
    began: float
    ended: float
    state: str
    reason: str


def sessions_in(path: str, database: sqlite3.Connection, *, pid: int, now: float) -> list[Session]:
    """All of them, in order; none begins before the last one ended. The last one goes on, and ends `now`, if a runner with
    this `pid` is at work; one that was killed ended with its last sign of life. Raises StoreError."""
    rows = database.execute("SELECT id, started, ended, state, reason FROM run ORDER BY id").fetchall()
    moments = [moment for _, began, ended, _, _ in rows for moment in (began, ended)]
    signs: dict[int, float] = dict(database.execute(_SIGNS)) if None in moments else {}
    if not all(map(is_time, (*moments, *signs.values()))):
        raise StoreError(path, "is damaged: when the run was started, or jobs, makes no sense")
    sessions: list[Session] = []
    for run, began, ended, state, reason in rows:
        if pid and run == rows[-1][0]:
            ended, state = now, _RUNNING
        elif state == _RUNNING:
            state = KILLED
        if ended is None:
            ended = signs.get(run) or began
        if sessions and began < sessions[-1].ended:  # somebody has set the clock back
            began = sessions[-1].ended
        sessions.append(Session(run, began, max(began, ended), state, reason))
    return sessions
