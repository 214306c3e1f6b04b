"""From what a store holds to where its run goes on: what stays as it is, and what runs again."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from torclint.run.keeper import NO_PAST, OVER, Kept, Past
from torclint.run.outcome import NOT_RUN
from torclint.run.scheduler import CANCELED, COMPLETED, FAILED, PENDING_FAILED, READY, TERMINATED
from torclint.run.store.digests import action_keys
from torclint.run.store.schema import PLACES, RECOVERING, Row

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Mapping

    from torclint.run.plan import Action, Plan

_AT_THE_END = ("on_workflow_complete", "on_worker_complete")


class Restored(NamedTuple):
    """`past` is for the runner; the rest is what has to be changed in the store before it goes on.

    `again`: attempts that are superseded, `tried`: rows of jobs that are between two attempts, `rows`: all rows that are
    to be in the table, where the numbers of jobs have changed (None: they are as they were).
    """

    past: Past = NO_PAST
    again: tuple[Row, ...] = ()
    waiting: tuple[Row, ...] = ()
    tried: tuple[Row, ...] = ()
    gone: tuple[Row, ...] = ()
    actions: tuple[int, ...] = ()
    rows: tuple[Row, ...] | None = None

    def apply(self, database: sqlite3.Connection) -> None:
        """Make the store so, within the transaction that is open."""
        superseded = [*self.again, *self.gone]
        database.executemany(f"INSERT INTO past VALUES ({PLACES})", superseded)
        if self.rows is not None:
            database.execute("DELETE FROM job")
            database.executemany(f"INSERT INTO job VALUES ({PLACES})", self.rows)
        else:
            database.executemany("DELETE FROM job WHERE number = ?", ((row.number,) for row in superseded))
            database.execute("DELETE FROM job WHERE status = ?", (CANCELED,))  # follows from the others
        database.executemany(f"INSERT OR REPLACE INTO job VALUES ({PLACES})", self.waiting)
        database.executemany("DELETE FROM action WHERE key = ?", ((key,) for key in self.actions))


def numbered(plan: Plan, rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """The rows with the numbers that their jobs have in `plan`, and those whose jobs are not in it."""
    numbers: dict[str, int] = {}
    found, gone = [], []
    for row in rows:
        if row.number < plan.size and plan.jobs.name(row.number) == row.name:
            found.append(row)
            continue
        if not numbers:
            numbers = {plan.jobs.name(number): number for number in range(plan.size)}
        number = numbers.get(row.name)
        if number is None:
            gone.append(row)
        else:
            found.append(row._replace(number=number))
    return found, gone


def restore(
    plan: Plan,
    stored: Collection[Row],
    actions: Mapping[int, int],
    *,
    place: int,
    run: int,
    retry: bool = False,
    dirty: Collection[int] = (),
) -> Restored:
    """Where to go on as run number `run`. `actions`: per key, how many commands of an action are done.

    Jobs that were running, or were ended with the run, run again under the same attempt. With `retry`, so do those that
    failed, from the first attempt on; and the completed ones in `dirty` do.
    """
    found, gone = numbered(plan, stored)
    ended: list[Kept] = []
    tried: list[Row] = []
    recovering: list[Kept] = []
    again: list[Row] = []
    waiting: list[Row] = []
    renewed: set[int] = set()
    for row in found:
        number, status = row.number, row.status
        if number in dirty or (retry and status in (FAILED, PENDING_FAILED, TERMINATED)):
            again.append(row)
            renewed.add(number)
        elif status in (COMPLETED, FAILED, PENDING_FAILED, TERMINATED):
            ended.append(_kept(row))
        elif status == CANCELED:
            if retry or dirty:
                renewed.add(number)
        elif status == READY:
            tried.append(row)
        elif status == RECOVERING:
            tried.append(row)
            recovering.append(_kept(row))
        else:
            again.append(row)
            if row.attempts > 1:
                waiting.append(_before(row))
    forgotten = _forgotten(plan.actions, actions, renewed)
    past = Past(
        place,
        run,
        ended,
        [_kept(row) for row in (*(row for row in tried if row.status == READY), *waiting)],
        recovering,
        {
            place: actions[key]
            for place, key in enumerate(action_keys(plan.actions))
            if key in actions and key not in forgotten
        },
    )
    moved = bool(gone) or any(row.number != old.number for row, old in zip(found, stored, strict=False))
    superseded = {row.number for row in again}
    rows = tuple(row for row in found if row.number not in superseded and row.status != CANCELED) if moved else None
    # A row without seconds stands for an attempt that is in the past already.
    tried = [row for row in tried if row.seconds is not None]
    return Restored(past, tuple(again), tuple(waiting), tuple(tried), tuple(gone), tuple(forgotten), rows)


def _kept(row: Row) -> Kept:
    code = NOT_RUN if row.code is None else row.code
    return Kept(row.number, row.status, code, row.attempts, row.seconds or 0.0)


def _before(row: Row) -> Row:
    """The job of a row as it was before the attempt that the row is about."""
    return row._replace(status=READY, attempts=row.attempts - 1, code=None, seconds=None, pid=None, booted=None)


def _forgotten(plan_actions: Iterable[Action], known: Mapping[int, int], renewed: set[int]) -> set[int]:
    """The keys of actions that run again since jobs do for which they waited, or since the end comes once more."""
    if not renewed:
        return set()
    plan_actions = tuple(plan_actions)
    return {
        key
        for key, action in zip(action_keys(plan_actions), plan_actions, strict=True)
        if known.get(key) == OVER and (action.trigger in _AT_THE_END or not action.jobs.isdisjoint(renewed))
    }
