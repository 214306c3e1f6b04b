"""The view of a run in a terminal: stages with their counts, the running jobs, and failures as they happen."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TextIO

from torclint.graph.cost import roughly
from torclint.report.cells import broken, cut, visible
from torclint.report.terminal import can_show
from torclint.run.listen import Ended, Listener
from torclint.run.pace import Pace
from torclint.run.painting import Painting
from torclint.run.progress import FINAL, Failures, listed, summary
from torclint.run.stages import MOST, foremost, stage_lines, stages_of
from torclint.spec.amounts import measured

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from torclint.report.terminal import Palette
    from torclint.run.outcome import Ledger, Outcome
    from torclint.run.plan import Plan
    from torclint.run.scheduler import Scheduler

_RUNNING = 6  # running jobs that are shown where there is room
_OTHER_ROWS = 5  # of the picture: its head and that of the table, what is left out of either, and the cursor
_LISTED = 5
_MANY_STAGES = 1000  # to count them takes so long that it is done less often


class LiveView(Listener):
    """Redraws a picture below the lines about failures; with `verbose` also about jobs that started or completed."""

    def __init__(
        self,
        stream: TextIO,
        palette: Palette,
        columns_and_rows: Callable[[], tuple[int, int]],
        *,
        verbose: bool = False,
    ) -> None:
        self._palette = palette
        self._painting = Painting(stream, columns_and_rows)
        self._bars = "━─" if can_show(stream, "━─") else "=-"
        self._verbose = verbose
        self._running: dict[int, tuple[str, float]] = {}  # job -> name, monotonic start
        self._next = 0.0
        self._failures = Failures()

    def begin(self, plan: Plan, scheduler: Scheduler, ledger: Ledger) -> None:
        self._plan = plan
        self._scheduler = scheduler
        self._started = time.monotonic()
        self._pace = Pace(plan)
        self.interval = 0.1 if len(plan.stages) < _MANY_STAGES else 1.0

    def started(self, number: int, name: str, attempt: int, group: int) -> None:
        self._running[number] = (name, time.monotonic())
        if self._verbose:
            self._say(f"{name} started", self._palette.faint)

    def ended(self, end: Ended) -> None:
        self._running.pop(end.number, None)
        self._pace.ended(end)
        if end.code != 0:
            first, *rest = self._failures.lines(end)
            self._say(first, self._palette.warning if end.retried else self._palette.error)
            for line in rest:
                self._say(line, self._palette.faint)
        elif self._verbose:
            self._say(f"{end.name} completed ({measured(end.seconds)})", self._palette.good)

    def canceled(self, numbers: list[int], cause: str) -> None:
        names = [self._plan.jobs.name(number) for number in numbers[:_LISTED]]
        self._say(f"{listed(names, len(numbers))} canceled: {cause} did not complete", self._palette.warning)

    def note(self, text: str) -> None:
        self._say(text, self._palette.warning)

    def turn(self, now: float) -> None:
        if now >= self._next:
            self._next = now + (self.interval or 0.0)
            self._painting.draw(list(self._picture(now)))

    def close(self) -> None:
        self._painting.clear()

    def finish(self, outcome: Outcome) -> None:
        shown = foremost(stages_of(self._plan, self._scheduler))
        self._painting.say(list(stage_lines(shown, self._palette, self._painting.columns, bars=self._bars)))
        self._say(summary(outcome), self._palette.good if outcome.exit_code == 0 else self._palette.error)

    def _say(self, line: str, look: str) -> None:
        off = self._palette.off if look else ""
        self._painting.say([f"{look}{piece}{off}" for piece in broken(visible(line), self._painting.columns)])

    def _picture(self, now: float) -> Iterator[str]:
        room = self._painting.columns
        left = max(2, self._painting.rows - _OTHER_ROWS)
        running = min(_RUNNING, len(self._running), left // 2)
        stages = stages_of(self._plan, self._scheduler)
        yield self._head(now, room)
        shown = foremost(stages, min(MOST, left - running))
        yield from stage_lines(shown, self._palette, room, bars=self._bars, is_over=False)
        yield from self._longest(now, running, room)

    def _head(self, now: float, room: int) -> str:
        ended = sum(self._scheduler.total(status) for status in FINAL)
        passed = now - self._started
        parts = [f"{ended:,} of {self._plan.size:,} jobs", measured(passed)]
        left = self._pace.left(self._scheduler, passed)
        if left is not None and ended < self._plan.size:
            parts.append(f"{roughly(left)} left")
        told = cut("  ".join(parts), room)
        name = cut(visible(self._plan.name), max(0, room - len(told) - 2))
        return f"{self._palette.strong}{name}{self._palette.off}  {told}" if len(name) > len("...") else told

    def _longest(self, now: float, number: int, room: int) -> Iterator[str]:
        """The jobs that have been running longest."""
        palette = self._palette
        longest = sorted(self._running.values(), key=lambda entry: entry[1])[:number]
        times = [measured(now - since) for _, since in longest]
        width = max(map(len, times), default=0)
        for (name, _), text in zip(longest, times, strict=True):
            yield f"{palette.info}{text:>{width + 2}}{palette.off}  {cut(visible(name), max(1, room - width - 4))}"
        if len(self._running) > number:
            yield f"{palette.faint}{cut(f'  and {len(self._running) - number:,} more running', room)}{palette.off}"
