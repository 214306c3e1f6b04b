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

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

KILLED = "killed"  # the runner died and could not say so
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
        runs = database.execute("SELECT state, reason, started, ended, id FROM run ORDER BY id").fetchall()
        pid = holder(path)
        seconds = sum(_end_of(run, database, is_running=bool(pid) and run is runs[-1]) - run[2] for run in runs)
        counted = database.execute("SELECT status, count(*) FROM job GROUP BY status").fetchall()
    if not runs:
        raise NeverBegun(path)
    state, reason, _, ended, _ = runs[-1]
    if pid:
        state, ended = "running", None
    elif state == "running":
        state = KILLED
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
        state,
        reason,
        pid,
        len(runs),
        runs[0][2],
        ended,
        counts,
        max(0.0, seconds),
    )


def _end_of(run: tuple[str, str, float, float | None, int], database: sqlite3.Connection, *, is_running: bool) -> float:
    """When a runner ended; of one that was killed, the last sign of life."""
    _, _, started, ended, number = run
    if is_running:
        return time.time()
    if ended is not None:
        return ended
    seen: float | None = None
    for table in ("job", "past"):
        query = f"SELECT max(started + coalesce(seconds, 0)) FROM {table} WHERE run = ?"
        (last,) = database.execute(query, (number,)).fetchone()
        seen = max(filter(None, (seen, last)), default=None)
    return started if seen is None else max(started, seen)


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
