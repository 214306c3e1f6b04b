"""Progress as plain lines: for logs, CI and pipes. What fails is told at once, with the end of the job's output."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TextIO

from torclint.graph.cost import roughly
from torclint.report.cells import visible
from torclint.report.terminal import PLAIN, WIDE
from torclint.run.listen import Ended, Listener
from torclint.run.pace import Pace
from torclint.run.scheduler import (
    BLOCKED,
    CANCELED,
    COMPLETED,
    FAILED,
    NAMES,
    PENDING_FAILED,
    READY,
    RUNNING,
    TERMINATED,
    Scheduler,
)
from torclint.run.stages import stage_lines, stages_of, unfinished
from torclint.spec.amounts import measured

if TYPE_CHECKING:
    from torclint.run.outcome import Ledger, Outcome
    from torclint.run.plan import Plan

FINAL = (COMPLETED, FAILED, CANCELED, TERMINATED, PENDING_FAILED)
KEEP_ALIVE = 60.0  # seconds of silence after which a line is written
WRITTEN_OUT = 1000  # up to so many jobs, each gets a line when it completes
_LISTED = 5
_TAILS = 10


class Lines(Listener):
    """Writes a line for what happens; about a large run, one every few seconds; and one a minute while nothing does, so
    that nobody takes the run for dead. `quiet`: only for what goes wrong; `verbose`: for every job that starts or ends."""

    interval = 5.0

    def __init__(self, stream: TextIO, *, quiet: bool = False, verbose: bool = False) -> None:
        self._stream: TextIO | None = stream
        self._quiet = quiet
        self._verbose = verbose
        self._next = 0.0
        self._silent_since = 0.0
        self._running: dict[int, tuple[str, float]] = {}  # job -> name, monotonic start
        self._failures = Failures()

    def begin(self, plan: Plan, scheduler: Scheduler, ledger: Ledger) -> None:
        self._plan = plan
        self._scheduler = scheduler
        self._started = self._silent_since = time.monotonic()
        self._pace = Pace(plan)

    def started(self, number: int, name: str, attempt: int, group: int) -> None:
        self._running[number] = (name, time.monotonic())
        if self._verbose:
            self._write(f"{self._place()} {name} started")

    def ended(self, end: Ended) -> None:
        self._running.pop(end.number, None)
        self._pace.ended(end)
        if end.code == 0:
            if self._verbose or (not self._quiet and self._plan.size <= WRITTEN_OUT):
                self._write(f"{self._place()} {end.name} completed ({measured(end.seconds)})")
            return
        for line in self._failures.lines(end):
            self._write(f"{self._place()} {line}" if not line.startswith(" ") else line)

    def canceled(self, numbers: list[int], cause: str) -> None:
        names = [self._plan.jobs.name(number) for number in numbers[:_LISTED]]
        self._write(f"{self._place()} {listed(names, len(numbers))} canceled: {cause} did not complete")

    def note(self, text: str) -> None:
        self._write(text)

    def turn(self, now: float) -> None:
        if self._quiet or now < self._next:
            return
        is_due = self._plan.size > WRITTEN_OUT and self._next
        if is_due or now - self._silent_since >= KEEP_ALIVE:
            self._write(f"{self._place()} {self._scheduler.running} running{self._longest(now)}{self._left(now)}")
        self._next = now + self.interval

    def _longest(self, now: float) -> str:
        """Which job has been running longest, where there are few."""
        if not self._running or self._plan.size > WRITTEN_OUT:
            return ""
        name, since = min(self._running.values(), key=lambda entry: entry[1])
        return f", {name} for {measured(now - since)}"

    def _left(self, now: float) -> str:
        left = self._pace.left(self._scheduler, now - self._started)
        return "" if left is None else f", {roughly(left)} left"

    def finish(self, outcome: Outcome) -> None:
        if not self._quiet:
            for line in stage_lines(unfinished(stages_of(self._plan, self._scheduler)), PLAIN, WIDE):
                self._write(line)
        self._write(summary(outcome))

    def _place(self) -> str:
        """How many jobs have come to their end, of how many."""
        done = sum(self._scheduler.total(status) for status in FINAL)
        return f"[{done:,}/{self._plan.size:,}]"

    def _write(self, line: str) -> None:
        self._silent_since = time.monotonic()
        if self._stream is None:
            return
        try:
            encoding = self._stream.encoding or "utf-8"
            self._stream.write(visible(line).encode(encoding, "backslashreplace").decode(encoding) + "\n")
            self._stream.flush()
        except OSError:  # nobody reads any more; the run goes on
            self._stream = None


class Failures:
    """What to say about attempts that failed: a line for each, and the end of its output below the first few."""

    def __init__(self) -> None:
        self._left = _TAILS

    def lines(self, end: Ended) -> list[str]:
        lines = [_failure_line(end)]
        if end.tail and self._left:
            self._left -= 1
            lines.append(f"    {end.log}:")
            lines += [f"    | {line}" for line in end.tail]
        return lines


def _failure_line(end: Ended) -> str:
    verb = "failed, will be tried again" if end.retried else NAMES[end.status]
    why = end.reason or f"code {end.code}" + (f" (signal {end.code - 128})" if 128 < end.code < 128 + 65 else "")
    attempt = f", attempt {end.attempt}" if end.attempt > 1 or end.retried else ""
    return f"{end.name} {verb}: {why}{attempt} ({measured(end.seconds)})"


def summary(outcome: Outcome) -> str:
    """One line about a run that is over."""
    numbers = [(outcome.count(status), NAMES[status]) for status in (*FINAL, RUNNING)]
    numbers.append((outcome.count(READY) + outcome.count(BLOCKED), "waiting"))
    counts = [f"{number:,} {name}" for number, name in numbers if number]
    total = outcome.plan.size
    jobs = f"{total:,} job" + ("" if total == 1 else "s") + (": " if counts else "")
    state = "interrupted" if outcome.interrupted else "done" if outcome.exit_code == 0 else "not completed"
    return f"{outcome.plan.name}: {state}: {jobs}{', '.join(counts)} in {measured(outcome.seconds)}"


def listed(names: list[str], total: int) -> str:
    """A few names out of many."""
    text = ", ".join(names)
    return text if total <= len(names) else f"{text} and {total - len(names):,} more"
