"""What those see who watch a run: lines, the live view, and how long it will take."""

from __future__ import annotations

import io
import re
from array import array

import pytest
from rich.console import Console

from torclint.run.gates import Gates
from torclint.run.listen import Ended
from torclint.run.live import LiveView
from torclint.run.pace import Pace
from torclint.run.plan import Job, JobList, Kind, Plan, Resources
from torclint.run.progress import Lines
from torclint.run.scheduler import COMPLETED, Capacity, Scheduler

from .conftest import Play


def plan_of(sizes: list[int], runtimes: list[int]) -> Plan:
    """Stages of so many jobs, each with a declared runtime."""
    kinds = [Kind(stage, Resources(runtime=runtime)) for stage, runtime in enumerate(runtimes)]
    kind_of = array("i", (stage for stage, size in enumerate(sizes) for _ in range(size)))
    jobs = JobList([Job(f"j{number}", "true") for number in range(len(kind_of))])
    return Plan("w", tuple(f"s{stage}" for stage in range(len(sizes))), kinds, kind_of, jobs, Gates(len(kind_of)))


def finish(scheduler: Scheduler, pace: Pace, seconds: float) -> None:
    number = scheduler.claim()
    assert number is not None
    scheduler.finish(number, COMPLETED)
    pace.ended(Ended(number, f"j{number}", COMPLETED, 0, 1, seconds))


def test_what_is_left_goes_by_what_was() -> None:
    plan = plan_of([4], [60])
    scheduler, pace = Scheduler(plan, Capacity(1, 1 << 30)), Pace(plan)
    finish(scheduler, pace, 10.0)
    assert pace.left(scheduler, 10.0) == 30.0
    assert pace.left(scheduler, 5.0) == 15.0  # two at a time


def test_stages_to_come_take_their_declared_time_on_the_scale_of_those_that_were() -> None:
    plan = plan_of([2, 3], [60, 600])
    scheduler, pace = Scheduler(plan, Capacity(1, 1 << 30), "torc"), Pace(plan)
    for _ in range(3):
        number = scheduler.claim()
        assert number is not None
        scheduler.finish(number, COMPLETED)
        pace.ended(Ended(number, f"j{number}", COMPLETED, 0, 1, 100.0))
    assert pace.left(scheduler, 300.0) == 2 * 60 * 300 / 1800


def test_nothing_is_foretold_at_the_beginning() -> None:
    plan = plan_of([4], [60])
    scheduler, pace = Scheduler(plan, Capacity(1, 1 << 30)), Pace(plan)
    assert pace.left(scheduler, 100.0) is None
    finish(scheduler, pace, 1.0)
    assert pace.left(scheduler, 1.0) is None


def test_a_long_silence_is_broken(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("torclint.run.progress.KEEP_ALIVE", 0.1)
    monkeypatch.setattr(Lines, "interval", 0.05)
    out = io.StringIO()
    play("{name: w, jobs: [{name: slow, command: 'sleep 0.5'}]}", listeners=[Lines(out)])
    assert "[0/1] 1 running, slow for 0." in out.getvalue()
    quiet = io.StringIO()
    play("{name: w, jobs: [{name: slow, command: 'sleep 0.5'}]}", listeners=[Lines(quiet, quiet=True)])
    assert "running" not in quiet.getvalue()


def test_the_live_view(play: Play) -> None:
    out = io.StringIO()
    view = LiveView(Console(file=out, force_terminal=True, width=110, height=30, color_system=None))
    play(
        """
        name: demo
        jobs:
          - {name: "good_{i}", command: "sleep 0.2", parameters: {i: "1:3"}}
          - {name: bad, command: "echo no such luck >&2; exit 3"}
          - {name: after, command: "true", depends_on: [bad]}
        """,
        listeners=[view],
    )
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", out.getvalue())
    assert "bad failed: code 3" in text
    assert "| no such luck" in text
    assert "after canceled: bad did not complete" in text
    assert "demo  " in text
    assert "of 5 jobs" in text
    assert "  good_1" in text
    *_, head, good, bad, after, end = [line.split() for line in text.replace("━", "").rstrip().splitlines()]
    assert head == ["stage", "done", "failed", "canceled", "jobs"]
    assert (good, bad, after) == (["good_{i}", "3", "3"], ["bad", "1", "1"], ["after", "1", "1"])
    assert end[:3] == ["demo:", "not", "completed:"]


def test_without_bars_where_the_terminal_is_narrow(play: Play) -> None:
    out = io.StringIO()
    view = LiveView(Console(file=out, force_terminal=True, width=60, height=30, color_system=None))
    play("{name: demo, jobs: [{name: a, command: exit 3}, {name: b, command: ls, depends_on: [a]}]}", listeners=[view])
    text = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", out.getvalue())
    assert "stage  failed  canceled  jobs\n" in text
    assert "━" not in text
