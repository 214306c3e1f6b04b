"""The table of the stages of a run: a bar for each, and how many of its jobs are done, failed, running, waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from torclint.report.cells import cut, visible
from torclint.report.columns import GAP, Column, fit
from torclint.report.terminal import dressed
from torclint.run.scheduler import BLOCKED, CANCELED, COMPLETED, FAILED, PENDING_FAILED, READY, RUNNING, TERMINATED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torclint.report.terminal import Palette
    from torclint.run.plan import Plan
    from torclint.run.scheduler import Scheduler

MOST = 14  # stages that are shown
_NAME = 40  # cells
_BAR = "━" * 20  # as wide as a bar becomes
_LOOKS = ("", "", "good", "error", "warning", "info", "faint", "")  # of the columns
_COLUMNS = (
    Column("stage", least=12),
    Column("", least=6, rank=4),
    Column("done", is_right=True),
    Column("failed", is_right=True),
    Column("canceled", is_right=True, rank=1),
    Column("running", is_right=True, rank=2),
    Column("waiting", is_right=True, rank=3),
    Column("jobs", is_right=True),
)


class Stage(NamedTuple):
    """How many of the jobs of a stage are where."""

    name: str
    done: int
    failed: int
    canceled: int
    running: int
    waiting: int

    @property
    def jobs(self) -> int:
        return self.done + self.failed + self.canceled + self.running + self.waiting

    @property
    def urgency(self) -> int:
        """What is worth being seen comes first: failures, what is at work, all else."""
        if self.failed:
            return 0
        return 1 if self.running else 2


class Shown(NamedTuple):
    """Some of the stages, in their order, and a word about the others."""

    stages: Sequence[Stage]
    others: str = ""


def stages_of(plan: Plan, scheduler: Scheduler) -> list[Stage]:
    """The stages that have jobs, in the order of the spec."""
    return [
        Stage(
            visible(name),
            counts[COMPLETED],
            counts[FAILED] + counts[TERMINATED] + counts[PENDING_FAILED],
            counts[CANCELED],
            counts[RUNNING],
            counts[READY] + counts[BLOCKED],
        )
        for name, counts in zip(plan.stages, scheduler.counts, strict=True)
        if any(counts)
    ]


def foremost(stages: Sequence[Stage], most: int = MOST) -> Shown:
    """At most so many of the stages: failures, what is at work, and what comes before and after that."""
    if len(stages) <= most:
        return Shown(stages)
    centre = next((number for number, stage in enumerate(stages) if stage.running or stage.waiting), len(stages))
    chosen = sorted(sorted(range(len(stages)), key=lambda n: (stages[n].urgency, abs(n - centre)))[:most])
    others = set(range(len(stages))).difference(chosen)
    finished = sum(stages[number].done == stages[number].jobs for number in others)
    parts = (f"{finished:,} done" * bool(finished), f"{len(others) - finished:,} not done" * (finished < len(others)))
    return Shown([stages[number] for number in chosen], f"and {len(others):,} more: {', '.join(filter(None, parts))}")


def unfinished(stages: Sequence[Stage]) -> Shown:
    """All stages, or of many those in which not all jobs completed."""
    return Shown(stages) if len(stages) <= MOST else foremost([each for each in stages if each.done < each.jobs])


def stage_lines(shown: Shown, palette: Palette, room: int, *, bars: str = "", is_over: bool = True) -> Iterator[str]:
    """The lines of the table, in `room` cells; of the columns those that have something to say, and while the run goes on
    those that will. `bars`: the characters for what is done and for what is not; without, there are none."""
    if not shown.stages:
        return
    used = [n for n in range(len(_COLUMNS)) if _is_used(n, shown.stages, bars, is_over=is_over)]
    rows = [_row(stage) for stage in shown.stages]
    fitted = fit([_COLUMNS[n] for n in used], [[row[n] for n in used] for row in rows], room)
    columns = [used[place] for place in fitted.places]
    yield dressed(GAP.join(fitted.cells([_COLUMNS[n].heading for n in used])).rstrip(), "faint", palette)
    for stage, row in zip(shown.stages, rows, strict=True):
        cells = fitted.cells([row[n] for n in used])
        for place, column in enumerate(columns):
            if column == 1:
                cells[place] = _bar(stage, len(cells[place]), bars, palette)
            else:
                cells[place] = dressed(cells[place], _LOOKS[column], palette)
        yield GAP.join(cells)
    if shown.others:
        yield dressed(cut(shown.others, room), "faint", palette)


def _is_used(column: int, stages: Sequence[Stage], bars: str, *, is_over: bool) -> bool:
    if column == 1:
        return bool(bars)
    if column in (0, len(_COLUMNS) - 1):
        return True
    if not is_over and _COLUMNS[column].heading in ("done", "running", "waiting"):
        return True
    return any(stage[column - 1] for stage in stages)


def _row(stage: Stage) -> list[str]:
    numbers = (*stage[1:], stage.jobs)
    return [cut(stage.name, _NAME), _BAR, *(f"{number:,}" if number else "" for number in numbers)]


def _bar(stage: Stage, cells: int, marks: str, palette: Palette) -> str:
    """What is done in green, what failed in red or, without colours, as crosses, and a thin line for the rest."""
    full, thin = marks[0], marks[1]
    bad = stage.failed + stage.canceled
    good = cells * stage.done // stage.jobs
    broken = min(cells - good, -(-cells * bad // stage.jobs))
    return (
        dressed(full * good, "good", palette)
        + dressed((full if palette.error else "x") * broken, "error", palette)
        + dressed(thin * (cells - good - broken), "faint", palette)
    )
