"""All attempts of a run in a few bytes each, read in one go: when, of which job; and the few that are told by name."""

from __future__ import annotations

from array import array
from collections import Counter
from heapq import heappush, heappushpop
from typing import TYPE_CHECKING, NamedTuple

from torclint.page.charts.tracks import DONE, OPEN
from torclint.page.run.failures import Failures, outcome_of
from torclint.page.run.known import Recalled
from torclint.page.run.levels import STRETCHES
from torclint.run.scheduler import CANCELED, READY, TERMINAL
from torclint.run.store.database import StoreError
from torclint.run.store.rows import each_attempt

if TYPE_CHECKING:
    import sqlite3

    from torclint.page.run.clock import Clock
    from torclint.page.run.known import Groups
    from torclint.run.store.schema import Row

FEW = 300  # attempts up to which each is told
FEW_OF_A_GROUP = 12  # and of one group, where there are more in all
SLOWEST = 20
_NONE = -1


class Told(NamedTuple):
    """An attempt that is told by name. Times in seconds of the run."""

    row: Row
    group: int
    outcome: str
    start: float
    end: float


class Columns:
    """Per attempt `number` of the job (-1: no longer in the spec), `group`, `start`, `end` and `free`: when the attempt before
    it ended, 0 without one. Per job `group_of`, `first` (start of its first attempt, -1 without any) and `over` (when it
    ended, -1 if it has not). `done`: per group the seconds of all jobs that completed."""

    def __init__(self, size: int, seconds: float) -> None:
        """Of so many jobs, in a run of so many seconds."""
        self.number = array("i")
        self.group = array("i")
        self.start = array("d")
        self.end = array("d")
        self.free = array("d")
        self.group_of = array("i", [_NONE]) * size
        self.first = array("d", [-1.0]) * size
        self.over = array("d", [-1.0]) * size
        self.done: dict[int, array[float]] = {}
        self.failed: Counter[int] = Counter()  # per group, jobs that failed or were ended for good
        self.canceled: Counter[int] = Counter()
        self.retried: Counter[int] = Counter()
        self.failures = Failures()
        self.few: list[Told] = []
        self.first_of: dict[int, list[Told]] = {}  # the first attempts of each group
        self.attempts: Counter[int] = Counter()  # per group
        self.bands: dict[int, list[int]] = {}  # per group: how many attempts failed in each stretch of the time
        self._wide = seconds / STRETCHES
        self._slow: list[tuple[float, int, Told]] = []

    @property
    def slowest(self) -> list[Told]:
        return [told for _, _, told in sorted(self._slow, key=lambda each: (-each[0], -each[1]))]

    def add(self, told: Told, number: int, before: float) -> None:
        row, group, outcome, start, end = told
        self.number.append(number)
        self.group.append(group)
        self.start.append(start)
        self.end.append(end)
        self.free.append(before)
        if number >= 0 and self.first[number] < 0:
            self.first[number] = start
        if len(self.few) <= FEW:
            self.few.append(told)
        self.attempts[group] += 1
        if self.attempts[group] <= FEW_OF_A_GROUP:
            self.first_of.setdefault(group, []).append(told)
        if row.seconds is not None:
            entry = (row.seconds, -len(self.number), told)
            if len(self._slow) < SLOWEST:
                heappush(self._slow, entry)
            elif entry > self._slow[0]:
                heappushpop(self._slow, entry)
        if outcome not in (DONE, OPEN):
            self.failures.add(outcome, group, row)
            stretch = min(int(end / self._wide), STRETCHES - 1) if self._wide else 0
            self.bands.setdefault(group, [0] * STRETCHES)[stretch] += 1


def columns_of(
    path: str, database: sqlite3.Connection, size: int, clock: Clock, groups: Groups, known: Recalled | None
) -> Columns:
    """Raises StoreError."""
    columns = Columns(size, clock.seconds)
    numbers = _Numbers(path, size, known)
    if known is not None:
        plan = known.plan
        stages = [groups.of_stage[kind.stage] for kind in plan.kinds]
        columns.group_of = array("i", map(stages.__getitem__, plan.kind_of))
    before = array("d", bytes(8 * size))  # per job: the end of its attempt before
    for row, is_newest in each_attempt(path, database):
        number = numbers.of(row, is_newest=is_newest)
        group = columns.group_of[number] if number >= 0 else _NONE
        if group == _NONE:
            group = groups.of_name(row.name)
            if number >= 0:
                columns.group_of[number] = group
        if row.started is None or (row.status == READY and row.seconds is None):
            if row.status == CANCELED:
                columns.canceled[group] += 1
            continue
        start = clock.at(row.started)
        if row.seconds is None:  # it runs, or ran when the runner died
            end = max(start, clock.end_of(row.run))
        else:
            end = clock.at(row.started + max(0.0, row.seconds))
        outcome = outcome_of(row, is_newest=is_newest)
        columns.add(Told(row, group, outcome, start, end), number, before[number] if number >= 0 else 0.0)
        if not is_newest:
            if number >= 0:
                before[number] = end
            columns.retried[group] += 1
            continue
        if outcome == DONE:
            columns.done.setdefault(group, array("d")).append(row.seconds or 0.0)
        elif outcome != OPEN and row.status != READY:
            columns.failed[group] += 1
        if row.status in TERMINAL:
            columns.over[number] = end
    return columns


class _Numbers:
    """The numbers that jobs have now. Attempts of earlier starts may have others, if the spec has changed in between."""

    def __init__(self, path: str, size: int, known: Recalled | None) -> None:
        self._path = path
        self._size = size
        self._jobs = known.plan.jobs if known is not None else None
        self._by_name: dict[str, int] | None = None

    def of(self, row: Row, *, is_newest: bool) -> int:
        """-1 for a job that is no longer there."""
        if is_newest:
            if row.number >= self._size:
                raise StoreError(self._path, f"is damaged: it has a job {row.number} of {self._size}")
            return row.number
        if self._jobs is None:
            return row.number if row.number < self._size else _NONE
        if row.number < self._size and self._jobs.name(row.number) == row.name:
            return row.number
        if self._by_name is None:
            self._by_name = {name: number for number, name in enumerate(self._jobs.names())}
        return self._by_name.get(row.name, _NONE)
