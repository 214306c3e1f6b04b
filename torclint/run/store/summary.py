"""What a store says about its run at a glance, without touching it: state, counts, and what came of each job."""

from __future__ import annotations

import time
from contextlib import closing
from typing import TYPE_CHECKING, NamedTuple

from torclint.run.scheduler import FAILED, PENDING_FAILED, RUNNING, TERMINATED
from torclint.run.store.database import NeverBegun, open_store, read_about, storable, understood
from torclint.run.store.lock import holder
from torclint.run.store.places import folder_of
from torclint.run.store.rows import read_rows
from torclint.run.store.schema import COLUMNS, RECOVERING, SHOWN, STOPPED, Row
from torclint.run.store.sessions import KILLED, sessions_in

if TYPE_CHECKING:
    from collections.abc import Iterator

UNFINISHED = (KILLED, "interrupted")
RUNS = (RUNNING, RECOVERING)
UNSUCCESSFUL = (FAILED, TERMINATED, PENDING_FAILED, STOPPED)


class Summary(NamedTuple):
    """`state` is running, killed, interrupted, completed or failed; `pid` that of the runner, 0 where there is none;
    `runs` how often it was started; `counts` the jobs by status, `waiting` among them. Times in seconds since 1970;
    `seconds` how long a runner was at work on it, without the time between an interruption and going on."""

    store: str
    spec: str
    path: str
    workflow: str
    size: int
    folder: str
    output_dir: str
    options: str
    place: int
    state: str
    reason: str
    pid: int
    runs: int
    started: float
    ended: float | None
    counts: dict[str, int]
    seconds: float

    @property
    def is_over(self) -> bool:
        """Whether it came to its end, and nothing of it goes on."""
        return not self.pid and self.state not in UNFINISHED


def summary_of(path: str) -> Summary:
    """Raises StoreError; NeverBegun for a store in which no run has begun."""
    database = open_store(path)
    with closing(database), understood(path):
        about = read_about(path, database)
        pid = holder(path)
        sessions = sessions_in(path, database, pid=pid, now=time.time())
        counted = database.execute("SELECT status, count(*) FROM job GROUP BY status").fetchall()
    if not sessions:
        raise NeverBegun(path)
    last = sessions[-1]
    counts: dict[str, int] = {}
    for status, count in counted:
        name = SHOWN.get(status, "?")
        counts[name] = counts.get(name, 0) + count
    waiting = about.size - sum(counts.values())
    if waiting > 0:
        counts["waiting"] = waiting
    return Summary(
        path,
        about.spec,
        about.path,
        about.workflow,
        about.size,
        folder_of(path, about.folder),
        about.output_dir,
        about.options,
        about.place,
        last.state,
        last.reason,
        pid,
        len(sessions),
        sessions[0].began,
        None if last.state in ("running", KILLED) else last.ended,
        counts,
        sum(session.ended - session.began for session in sessions),
    )


def jobs_in(path: str) -> list[Row]:
    """The newest attempt of every job of which something is known, by number. Raises StoreError."""
    database = open_store(path)
    with closing(database), understood(path):
        return sorted(read_rows(path, database), key=_number)


def notable_jobs_in(path: str) -> list[Row]:
    """The same for the jobs that run or went wrong, of which there are few. Raises StoreError."""
    database = open_store(path)
    with closing(database), understood(path):
        return sorted(read_rows(path, database, statuses=(*RUNS, *UNSUCCESSFUL)), key=_number)


def attempts_of(path: str, name: str) -> list[Row]:
    """All attempts of the job with this name, the newest last. Raises StoreError."""
    database = open_store(path)
    with closing(database), understood(path):
        query = f"SELECT {COLUMNS} FROM %s WHERE name = ? AND attempts > 0"
        rows = [
            *database.execute(query % "past", (storable(name),)),
            *database.execute(query % "job", (storable(name),)),
        ]
    found = map(Row._make, rows)
    return sorted((row for row in found if row.started is not None), key=lambda row: (row.run, row.attempts))


def names_in(path: str) -> Iterator[str]:
    """The names of all jobs of which something is known."""
    database = open_store(path)
    with closing(database), understood(path):
        yield from (name for (name,) in database.execute("SELECT name FROM job WHERE attempts > 0 ORDER BY number"))


def _number(row: Row) -> int:
    return row.number


def is_running(row: Row) -> bool:
    return row.status in RUNS


def went_wrong(row: Row) -> bool:
    return row.status in UNSUCCESSFUL
