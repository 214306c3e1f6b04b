"""Reading rows of a store, with nothing taken on trust."""

from __future__ import annotations

import sqlite3
from functools import partial
from typing import TYPE_CHECKING

from torclint.run.scheduler import RUNNING
from torclint.run.store.database import StoreError
from torclint.run.store.schema import COLUMNS, RECOVERING, SHOWN, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

_AGES = 1e11  # seconds: some 3,000 years


def read_rows(path: str, database: sqlite3.Connection, *, statuses: Sequence[int] = ()) -> list[Row]:
    """The newest attempts of all jobs, or of those with one of `statuses`. Raises StoreError for a row that cannot have
    been written."""
    query = f"SELECT {COLUMNS} FROM job"
    if statuses:
        query += f" WHERE status IN ({', '.join('?' * len(statuses))})"
    rows = list(map(Row._make, database.execute(query, statuses)))
    return list(map(partial(_checked, path), rows))


def each_attempt(path: str, database: sqlite3.Connection) -> Iterator[tuple[Row, bool]]:
    """All attempts and whether each is the newest one of its job, one by one: those that others followed come first, in the
    order in which they ended. Jobs that never ran have a row, too, if they were cancelled. Raises StoreError."""
    for table in ("past", "job"):
        for row in map(Row._make, database.execute(f"SELECT {COLUMNS} FROM {table} ORDER BY rowid")):
            yield _checked(path, row), table == "job"


def _checked(path: str, row: Row) -> Row:
    if not _sound(row):
        raise StoreError(path, f"is damaged: what it says of job {row.number} makes no sense")
    return row


def started_processes(database: sqlite3.Connection) -> list[tuple[int, float]]:
    """(process, uptime right after it was started) of all that had not ended when the last runner did."""
    found: list[Any] = database.execute(
        "SELECT pid, booted FROM job WHERE status IN (?, ?) AND pid IS NOT NULL "
        "UNION ALL SELECT pid, booted FROM action WHERE pid IS NOT NULL",
        (RUNNING, RECOVERING),
    ).fetchall()
    return [(pid, booted) for pid, booted in found if isinstance(pid, int) and isinstance(booted, float)]


def _sound(row: Row) -> bool:
    return (
        isinstance(row.number, int)
        and row.number >= 0
        and isinstance(row.name, str)
        and row.status in SHOWN
        and isinstance(row.attempts, int)
        and row.attempts >= 0
        and isinstance(row.code, int | None)
        and is_time(row.seconds)
        and isinstance(row.command, int | None)
        and isinstance(row.run, int)
        and is_time(row.started)
    )


def is_time(value: object) -> bool:
    """Whether it can be a moment or a duration, in seconds; None is one that is not known."""
    return value is None or (isinstance(value, float) and abs(value) < _AGES)
