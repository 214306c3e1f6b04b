"""Writes down what happens in a run, in time: a finish before anything starts that waited for it, the rest 20 times a
second at most."""

from __future__ import annotations

import os
import sqlite3
import time
from typing import TYPE_CHECKING

from torclint.run.faults import arm, crash_point
from torclint.run.keeper import Keeper
from torclint.run.outcome import NOT_RUN
from torclint.run.scheduler import CANCELED, READY, RUNNING
from torclint.run.store.database import trouble_of, write_about
from torclint.run.store.digests import Contents, action_keys, command_digest
from torclint.run.store.schema import ENDLESS, MACHINE, PLACES, RECOVERING, STOPPED, Row
from torclint.run.store.surroundings import boot_id, environment, uptime

if TYPE_CHECKING:
    from torclint.run.listen import Ended
    from torclint.run.outcome import Ledger, Outcome
    from torclint.run.outputs import OutputFolder
    from torclint.run.plan import Job, Plan
    from torclint.run.scheduler import Scheduler
    from torclint.run.store.restoring import Restored
    from torclint.run.store.schema import About

BATCH = 0.05  # seconds
_AGAIN = 1.0  # seconds until the next try where writing failed
_INSERT = f"INSERT OR REPLACE INTO job VALUES ({PLACES})"
_KEEP = f"INSERT INTO past VALUES ({PLACES})"


class Journal(Keeper):
    """Keeps a run in an open store. What was told is held back until it is written: a full disk loses nothing of it."""

    def __init__(self, path: str, database: sqlite3.Connection, about: About, restored: Restored) -> None:
        """`path`: where the database lies."""
        super().__init__(f"{about.uid}.{restored.past.run}", restored.past)
        self._database = database
        self._about = about
        self._restored = restored
        self._run = restored.past.run
        self._rows: dict[int, Row] = {}  # job -> its newest attempt, where that is not written yet
        self._open: dict[int, Row] = {}  # what is known of jobs that run, or are between two attempts
        self._old: list[Row] = []  # attempts that came before others
        self._actions: dict[int, tuple[int, str, int, int, int | None, float | None]] = {}
        self._contents = Contents()
        # digests of the job that is being started
        self._command = 0
        self._inputs: int | None = None
        self._next = 0.0  # monotonic; when to write again
        self._path = path
        self._file = _identity(self._path)

    def placed(self, folder: OutputFolder) -> None:
        self._about = self._about._replace(output_dir=folder.path, place=folder.workflow)

    def begin(self, plan: Plan, scheduler: Scheduler, ledger: Ledger) -> None:
        """Raises sqlite3.Error where not even the beginning can be written."""
        arm()
        self._keys = action_keys(plan.actions)
        self._triggers = [action.trigger for action in plan.actions]
        self._name = plan.jobs.name
        self._id = plan.jobs.id
        self._inputs_of = plan.jobs.inputs
        database = self._database
        about = self._about._replace(workflow=plan.name, size=plan.size)
        start = (self._run, os.getpid(), boot_id(), time.time(), "running", environment())
        crash_point()
        database.execute("BEGIN IMMEDIATE")
        write_about(database, about)
        database.execute(
            "INSERT INTO run (id, pid, boot, started, state, environment) VALUES (?, ?, ?, ?, ?, ?)", start
        )
        database.execute(MACHINE)
        limits = (None if most is None or most >= ENDLESS else most for most in scheduler.capacity)
        database.execute("INSERT INTO machine VALUES (?, ?, ?, ?, ?)", (self._run, *limits))
        self._restored.apply(database)
        if self.past.ended:
            canceled = (number for number, status in enumerate(scheduler.status) if status == CANCELED)
            database.executemany(_INSERT, map(self._canceled_row, canceled))
        database.execute("COMMIT")
        crash_point()
        self._open.update((row.number, row) for row in self._restored.tried)

    def starting(self, number: int, job: Job) -> None:
        self._command = command_digest(job)
        self._inputs = self._contents.digest(self._inputs_of(number))

    def started(self, number: int, name: str, attempt: int, group: int) -> None:
        before = self._open.get(number)
        if before is not None:
            self._old.append(before)
        self._open[number] = self._rows[number] = self._row(number, name, attempt, group, uptime())
        self.interval = BATCH

    def ended(self, end: Ended) -> None:
        number = end.number
        row = self._open.pop(number, None)
        if row is None or row.status != RUNNING:  # it could not be started
            if row is not None:
                self._old.append(row)
            row = self._row(number, end.name, end.attempt, None, None)
        status = READY if end.retried else STOPPED if end.stopped else end.status
        row = row._replace(status=status, code=end.code, seconds=end.seconds, reason=end.reason)
        if (
            row.started is not None
        ):  # told a little after it was so: what follows must not seem to start before this ended
            row = row._replace(started=min(row.started, time.time() - end.seconds))
        self._rows[number] = row
        if end.retried:
            self._open[number] = row
            self.urgent = True  # the next attempt follows from this one
        self.interval = BATCH

    def canceled(self, numbers: list[int], cause: str) -> None:
        for number in numbers:
            self._rows[number] = self._canceled_row(number)._replace(reason=f"{cause} did not complete")

    def released(self) -> None:
        self.urgent = True

    def recovering(self, number: int, group: int | None) -> None:
        self._change(number, status=RECOVERING, pid=group, booted=uptime())

    def recovered(self, number: int) -> None:
        self._change(number, status=READY)
        self.urgent = True

    def acting(self, place: int, command: int, group: int) -> None:
        self._act(place, command, group, uptime())

    def acted(self, place: int, commands: int) -> None:
        self._act(place, commands, None, None)
        self.urgent = True

    def turn(self, now: float) -> None:
        if (self.urgent and not self.trouble) or (self.interval and now >= self._next):
            self._write()
            self._next = now + (_AGAIN if self.trouble else BATCH)

    def close(self) -> None:
        self._write()

    def finish(self, outcome: Outcome) -> None:
        state = "interrupted" if outcome.interrupted else "completed" if outcome.exit_code == 0 else "failed"
        if self.trouble:
            return
        try:
            self._database.execute(
                "UPDATE run SET state = ?, reason = ?, ended = ? WHERE id = ?",
                (state, outcome.trouble, time.time(), self._run),
            )
        except sqlite3.Error as error:
            self.trouble = trouble_of(error)

    def _change(self, number: int, **changes: object) -> None:
        row = self._open.get(number)
        if row is not None:
            self._open[number] = self._rows[number] = row._replace(**changes)  # type: ignore[arg-type]
            self.interval = BATCH

    def _act(self, place: int, done: int, group: int | None, booted: float | None) -> None:
        key = self._keys[place]
        self._actions[key] = (key, self._triggers[place], done, self._run, group, booted)
        self.interval = BATCH

    def _row(self, number: int, name: str, attempt: int, pid: int | None, booted: float | None) -> Row:
        """A job that has just been started, as far as it could be."""
        now = time.time()
        return Row(
            number,
            name,
            self._id(number),
            RUNNING,
            None,
            attempt,
            self._run,
            None,
            now,
            pid,
            booted,
            self._command,
            self._inputs,
            "",
        )

    def _canceled_row(self, number: int) -> Row:
        name = self._name(number)
        return Row(
            number, name, self._id(number), CANCELED, NOT_RUN, 0, self._run, None, None, None, None, None, None, ""
        )

    def _write(self) -> None:
        """All that is held back, as one transaction. A failure is remembered, and what was held back still is."""
        if not (self._rows or self._old or self._actions):
            self._written()
            return
        database = self._database
        crash_point()
        try:
            database.execute("BEGIN IMMEDIATE")
            if self._old:
                database.executemany(_KEEP, self._old)
            database.executemany(_INSERT, self._rows.values())
            if self._actions:
                database.executemany("INSERT OR REPLACE INTO action VALUES (?, ?, ?, ?, ?, ?)", self._actions.values())
            database.execute("COMMIT")
        except sqlite3.Error as error:
            self.trouble = trouble_of(error)
            self.interval = _AGAIN
            if database.in_transaction:
                database.execute("ROLLBACK")
            return
        crash_point()
        self._rows.clear()
        self._old.clear()
        self._actions.clear()
        self._written()

    def _look_for_store(self) -> None:
        """SQLite goes on writing to a file that somebody has removed."""
        if self._file and not self.loss and _identity(self._path) != self._file:
            self.loss = (
                f"the state of this run is gone: {self._path} was removed; the run goes on, but once it breaks off it cannot be "
                "resumed"
            )

    def _written(self) -> None:
        self._look_for_store()
        self.urgent = False
        self.interval = None
        self.trouble = ""


def _identity(path: str) -> tuple[int, int] | None:
    """Which file is at `path`; None if there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116
    except OSError:
        return None
    return found.st_dev, found.st_ino
