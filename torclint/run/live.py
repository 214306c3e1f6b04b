"""The view of a run in a terminal: stages with their counts, the running jobs, and failures as they happen."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from rich.console import Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

from torclint.report.cells import visible
from torclint.run.listen import Ended, Listener
from torclint.run.pace import Pace
from torclint.run.progress import FINAL, HEADINGS, TABLE_ROWS, Failures, listed, seconds, stage_counts, summary

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from torclint.run.outcome import Ledger, Outcome
    from torclint.run.plan import Plan
    from torclint.run.scheduler import Scheduler

_BAR = 20
_ROOM = 80  # columns of a terminal from which on there is room for bars
_RUNNING = 6
_AROUND = 12  # lines of the terminal that are not for stages
_LISTED = 5
_STYLES = ("green", "bold red", "yellow", "cyan", "dim", "default")  # of the numbers, by their heading
_MANY_STAGES = 1000  # to count them takes so long that it is done less often


class LiveView(Listener):
    """Redraws a table below the lines about failures."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._names: dict[int, tuple[str, float]] = {}  # running job -> name, monotonic start
        self._next = 0.0
        self._dead = False
        self._failures = Failures()
        self._live: Live | None = None

    def begin(self, plan: Plan, scheduler: Scheduler, ledger: Ledger) -> None:
        self._plan = plan
        self._scheduler = scheduler
        self._started = time.monotonic()
        self._pace = Pace(plan)
        self.interval = 0.1 if len(plan.stages) < _MANY_STAGES else 1.0
        self._live = Live(console=self._console, auto_refresh=False, transient=True)
        self._live.start()

    def started(self, number: int, name: str, attempt: int, group: int) -> None:
        self._names[number] = (name, time.monotonic())

    def ended(self, end: Ended) -> None:
        self._names.pop(end.number, None)
        self._pace.ended(end)
        if end.code != 0:
            first, *rest = self._failures.lines(end)
            self._say(first, "yellow" if end.retried else "bold red")
            for line in rest:
                self._say(line, "dim")

    def canceled(self, numbers: list[int], cause: str) -> None:
        names = [self._plan.jobs.name(number) for number in numbers[:_LISTED]]
        self._say(f"{listed(names, len(numbers))} canceled: {cause} did not complete", "yellow")

    def note(self, text: str) -> None:
        self._say(text, "bold yellow")

    def turn(self, now: float) -> None:
        if now < self._next or self._dead or self._live is None:
            return
        self._next = now + (self.interval or 0.0)
        try:
            self._live.update(self._picture(now), refresh=True)
        except OSError:  # the terminal is gone; the run is told so by SIGHUP
            self._dead = True

    def close(self) -> None:
        if self._live is None:
            return
        try:
            self._live.stop()
        except OSError:
            self._dead = True

    def finish(self, outcome: Outcome) -> None:
        if self._dead:
            return
        try:
            self._console.print(stage_table(self._plan, self._scheduler, is_over=True, bars=self._has_room()))
            self._say(summary(outcome), "bold green" if outcome.exit_code == 0 else "bold red")
        except OSError:
            self._dead = True

    def _say(self, line: str, style: str) -> None:
        if self._dead:
            return
        try:
            self._console.print(Text(visible(line), style=style), soft_wrap=True)
        except OSError:
            self._dead = True

    def _picture(self, now: float) -> RenderableType:
        ended = sum(self._scheduler.total(status) for status in FINAL)
        passed = now - self._started
        head = Text(f"{visible(self._plan.name)}  ", "bold")
        head.append(f"{ended:,} of {self._plan.size:,} jobs  {seconds(passed)}", "default")
        left = self._pace.left(self._scheduler, passed)
        if left is not None and ended < self._plan.size:
            head.append(f"  about {seconds(left)} left", "cyan")
        rows = max(1, min(TABLE_ROWS, self._console.size.height - _AROUND))
        return Group(head, stage_table(self._plan, self._scheduler, rows, bars=self._has_room()), *self._running(now))

    def _has_room(self) -> bool:
        return self._console.size.width >= _ROOM

    def _running(self, now: float) -> list[Text]:
        """The jobs that have been running longest."""
        longest = sorted(self._names.values(), key=lambda entry: entry[1])[:_RUNNING]
        width = max((len(visible(name)) for name, _ in longest), default=0)
        rows = [
            Text(f"  {visible(name):<{width}}  {seconds(now - since):>10}", style="cyan", no_wrap=True)
            for name, since in longest
        ]
        hidden = len(self._names) - len(longest)
        if hidden > 0:
            rows.append(Text(f"  and {hidden:,} more running", style="dim"))
        return rows


def stage_table(
    plan: Plan, scheduler: Scheduler, most: int = TABLE_ROWS, *, is_over: bool = False, bars: bool = True
) -> Table:
    """The stages with a bar and counts; of more than `most`, those where something happens. While the run goes on, every
    column has its place; when it `is_over`, those that have something to say."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    table.add_column("stage", overflow="ellipsis", no_wrap=True, max_width=40)
    if bars:
        table.add_column("")
    rows = stage_counts(plan, scheduler)
    columns = [place for place in range(len(HEADINGS)) if not is_over or any(numbers[place] for _, numbers in rows)]
    for place in columns:
        table.add_column(HEADINGS[place], justify="right")
    shown = rows if len(rows) <= most else sorted(rows, key=_interest)[:most]
    for name, numbers in shown:
        done, failed, canceled, *_, total = numbers
        cells = (Text(f"{numbers[place]:,}" if numbers[place] else "", style=_STYLES[place]) for place in columns)
        bar = (_bar(done, failed + canceled, total),) if bars else ()
        table.add_row(Text(visible(name)), *bar, *cells)
    if len(rows) > len(shown):
        table.add_row(Text(f"and {len(rows) - len(shown):,} more", style="dim"))
    return table


def _interest(row: tuple[str, tuple[int, ...]]) -> tuple[bool, bool, bool]:
    """Sorts stages with failures first, then those that are at work, then those that have something to do."""
    done, failed, _, running, waiting, _ = row[1]
    return (not failed, not running, not (waiting and done))


def _bar(good: int, bad: int, total: int) -> Text:
    full = _BAR * good // total
    broken = min(_BAR - full, -(-_BAR * bad // total))
    text = Text("━" * full, style="green")
    text.append("━" * broken, style="red")
    text.append("━" * (_BAR - full - broken), style="bright_black")
    return text
