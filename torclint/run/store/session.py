"""A run with a store, from its lock to its last word: begun, or gone on with."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING

from torclint.run.outcome import Ledger, Outcome
from torclint.run.scheduler import Scheduler
from torclint.run.store.changes import because_of, changed_jobs, told
from torclint.run.store.database import StoreError, create, discard, open_store, read_about, understood
from torclint.run.store.journal import Journal
from torclint.run.store.leftovers import StillAlive, end_leftovers
from torclint.run.store.lock import Lock
from torclint.run.store.places import folder_of
from torclint.run.store.restoring import Restored, numbered, restore
from torclint.run.store.rows import read_rows, started_processes
from torclint.run.store.surroundings import changed_variables

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any

    from torclint.run.plan import Plan
    from torclint.run.scheduler import Capacity
    from torclint.run.store.schema import About

REFUSE, RERUN, KEEP = "refuse", "rerun", "keep"  # what to do about completed jobs that are no longer the same


class Changed(StoreError):
    """Completed jobs are no longer what they were, and it was not said what to do about them."""


class Session:
    """One runner at work on a store. While it is entered it holds the lock.

    Raises StoreError, Locked where another runner is at work, and OSError.
    """

    def __init__(self, path: str, about: About | None = None) -> None:
        """With `about` the store is a new one, which goes again if no run begins."""
        self.path = path
        self._new = about
        self._lock = Lock(path)
        self._notes: list[str] = []

    def __enter__(self) -> Session:
        self._lock.__enter__()
        try:
            if self._new is not None:
                self._database = create(self.path, self._new)
            else:
                self._database = open_store(self.path, check=True)
            self.about = read_about(self.path, self._database)
            with understood(self.path):
                self._runs = self._database.execute(
                    "SELECT id, boot, state, environment FROM run ORDER BY id"
                ).fetchall()
        except BaseException as error:
            if self._new is not None:
                discard(self.path)
            self._lock.__exit__(type(error), error, None)
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        never_begun = self._new is not None and not self._has_begun()
        try:
            self._database.close()  # a full disk: what is in the log stays there
        except sqlite3.Error as trouble:
            self._notes.append(str(trouble))
        if never_begun:
            discard(self.path)
        self._lock.__exit__(kind, error, trace)

    def note(self, text: str) -> None:
        """Something that is to be told before the run goes on."""
        self._notes.append(text)

    @property
    def options(self) -> dict[str, Any]:
        """How the run was started."""
        options: dict[str, Any] = json.loads(self.about.options)
        return options

    @property
    def folder(self) -> str:
        """Where its jobs run."""
        return folder_of(self.path, self.about.folder)

    def first_keeper(self) -> Journal:
        """For a run that begins."""
        return Journal(self.path, self._database, self.about, Restored())

    def keeper(self, plan: Plan, text: str, *, retry: bool, changed: str) -> Journal:
        """For a run that goes on with the spec `text`, of which `plan` was made. With `retry` failed jobs run again;
        `changed` says what completed jobs do that are no longer the same. Raises Changed."""
        self._end_leftovers()
        with understood(self.path):
            rows = read_rows(self.path, self._database)
            actions = dict(self._database.execute("SELECT key, done FROM action"))
        same = text == self.about.text and not _reads_files(text) and changed != RERUN
        dirty = {} if same else self._dirty(plan, rows, changed)
        run = 1 + max((row[0] for row in self._runs), default=0)
        self._restored = restore(plan, rows, actions, place=self.about.place, run=run, retry=retry, dirty=dirty.keys())
        if self._restored.gone:
            names = [row.name for row in self._restored.gone]
            self._notes.append(f"no longer in the spec: {told(names)}")
        if self._runs and (variables := changed_variables(self._runs[-1][3])):
            self._notes.append(f"not as it was when this run was last started: {', '.join(variables)}")
        journal = Journal(self.path, self._database, self.about._replace(text=text), self._restored)
        journal.notes = (*self._notes, *journal.notes)
        return journal

    def outcome_if_over(self, plan: Plan, capacity: Capacity, keeper: Journal) -> Outcome | None:
        """What came of the run if it had come to its end before, and nothing of it is to run again."""
        restored = self._restored
        ended = bool(self._runs) and self._runs[-1][2] in ("completed", "failed")
        if not ended or restored.again or restored.tried or restored.rows is not None or plan.size > self.about.size:
            return None
        past = keeper.past
        scheduler = Scheduler(plan, capacity, past=past.statuses())
        if Scheduler(plan, capacity, past=past.statuses()).claim() is not None:
            return None  # it ended at the first failure
        return Outcome(plan, scheduler, Ledger.of(plan.size, past), False, 0.0, self.about.output_dir)

    def _dirty(self, plan: Plan, rows: list[Any], changed: str) -> dict[int, str]:
        """The completed jobs that run again, with the reason."""
        reasons = changed_jobs(plan, numbered(plan, rows)[0], inputs=changed == RERUN)
        if not reasons:
            return {}
        if changed == RERUN:
            reasons = because_of(plan, reasons)
            self._notes += (f"{plan.jobs.name(number)} runs again: {why}" for number, why in sorted(reasons.items()))
            return reasons
        names = [plan.jobs.name(number) for number in sorted(reasons)]
        if changed == KEEP:
            self._notes.append(f"completed, though no longer the same: {told(names)}")
            return {}
        raise Changed(
            self.path,
            f"completed jobs are no longer the same in the spec: {told(names)}; --rerun-changed runs them again with all "
            "that depends on them, --keep-changed leaves them as they are",
        )

    def _end_leftovers(self) -> None:
        if not self._runs or self._runs[-1][2] != "running":
            return  # the last runner left nothing behind
        with understood(self.path):
            started = started_processes(self._database)
        try:
            count = end_leftovers(self.about.uid, self._runs[-1][1], started)
        except StillAlive as error:
            raise StoreError(self.path, str(error)) from None
        if count:
            self._notes.append(f"ended {count} process{'es' if count > 1 else ''} that the last runner left behind")

    def _has_begun(self) -> bool:
        try:
            return bool(self._database.execute("SELECT 1 FROM run").fetchone())
        except sqlite3.Error:
            return True


def _reads_files(text: str) -> bool:
    """Whether the spec may take parameters from other files, so that the same text may mean other jobs."""
    return "parameters_file" in text or "@" in text
