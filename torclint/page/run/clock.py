"""Time as a run counts it: seconds since it began, without those in which no runner was at work."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from torclint.run.store.database import StoreError
from torclint.run.store.rows import is_time
from torclint.run.store.summary import KILLED

if TYPE_CHECKING:
    import sqlite3

    from torclint.run.store.summary import Summary

_ENDS = """
SELECT run, max(started + coalesce(seconds, 0)) FROM (
    SELECT run, started, seconds FROM past UNION ALL SELECT run, started, seconds FROM job
) WHERE started IS NOT NULL GROUP BY run
"""


class Session(NamedTuple):
    """One start of the runner. Times in seconds since 1970; `state` as in a summary; `run` is its number."""

    run: int
    began: float
    ended: float
    state: str
    reason: str


class Clock:
    """From moments to seconds of the run."""

    def __init__(self, sessions: tuple[Session, ...]) -> None:
        self.sessions = sessions
        self._began = [session.began for session in sessions]
        self._before: list[float] = []  # per session: seconds of the run before it
        total = 0.0
        for session in sessions:
            self._before.append(total)
            total += max(0.0, session.ended - session.began)
        self.seconds = total

    def at(self, moment: float) -> float:
        """The seconds from the begin of the run to `moment`; what lies between two sessions is when the first ended."""
        place = max(0, bisect_right(self._began, moment) - 1)
        session = self.sessions[place]
        return self._before[place] + max(0.0, min(moment, session.ended) - session.began)

    def end_of(self, run: int) -> float:
        """When the session with this number was over, in seconds of the run."""
        for place, session in enumerate(self.sessions):
            if session.run == run:
                return self._before[place] + (session.ended - session.began)
        return self.seconds

    def pauses(self) -> list[tuple[float, float]]:
        """(second of the run, how long nobody was at work then)."""
        return [
            (self._before[place + 1], max(0.0, later.began - earlier.ended))
            for place, (earlier, later) in enumerate(zip(self.sessions, self.sessions[1:], strict=False))
        ]


def clock_of(found: Summary, database: sqlite3.Connection, now: float) -> Clock:
    """`now` is when a run that goes on is looked at. A runner that was killed ended with the last thing it told.

    Raises StoreError.
    """
    rows = database.execute("SELECT id, started, ended, state, reason FROM run ORDER BY id").fetchall()
    moments = [moment for _, began, ended, _, _ in rows for moment in (began, ended)]
    known: dict[int, float] = {}
    if None in moments:
        known = dict(database.execute(_ENDS))
        if found.pid:
            known[rows[-1][0]] = now
    if not all(map(is_time, (*moments, *known.values()))):
        raise StoreError(found.store, "is damaged: when the run was started, or jobs, makes no sense")
    sessions: list[Session] = []
    for place, (run, began, ended, state, reason) in enumerate(rows):
        if ended is None or (found.pid and place == len(rows) - 1):
            ended = max(began, known.get(run) or began)
            state = found.state if place == len(rows) - 1 else KILLED
        if sessions and began < sessions[-1].ended:  # somebody has set the clock back
            began = sessions[-1].ended
        sessions.append(Session(run, began, max(began, ended), state, reason))
    return Clock(tuple(sessions))
