"""What those see who watch a run: lines, the live view, and how long it will take."""

from __future__ import annotations

import io
import re
from array import array

import pytest

from torclint.report.terminal import COLOURS, PLAIN, Palette
from torclint.run.gates import Gates
from torclint.run.listen import Ended
from torclint.run.live import LiveView
from torclint.run.pace import Pace
from torclint.run.painting import Painting
from torclint.run.plan import Job, JobList, Kind, Plan, Resources
from torclint.run.progress import Lines
from torclint.run.scheduler import COMPLETED, Capacity, Scheduler
from torclint.run.stages import Stage, foremost, stage_lines

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


COLOURLESS = re.compile(r"\x1b\[[0-9;]*m")


class Terminal(io.StringIO):
    """A terminal of some size, and what stands in it."""

    encoding = "utf-8"

    def __init__(self, columns: int = 110, rows: int = 30) -> None:
        super().__init__()
        self.size = (columns, rows)
        self.screen = [""]
        self.widest = 0
        self.highest = 0
        self._row = 0

    def write(self, text: str) -> int:
        for part in re.findall(r"\x1b\[[0-9;?]*[A-Za-z]|\r|\n|[^\x1b\r\n]+", COLOURLESS.sub("", text)):
            if part == "\n":
                self._row += 1
            elif re.fullmatch(r"\x1b\[\d+A", part):
                self._row -= int(part[2:-1])
                self.highest = max(self.highest, int(part[2:-1]))
            elif part == "\x1b[J":
                del self.screen[self._row :]
            elif not part.startswith("\x1b") and part != "\r":
                self.screen[self._row] = part
                self.widest = max(self.widest, len(part))
            self.screen += [""] * (self._row + 1 - len(self.screen))
        return super().write(text)


def watched(play: Play, terminal: Terminal, spec: str, palette: Palette = PLAIN, *, verbose: bool = False) -> str:
    """All that a live view ever wrote about a run, without colours."""
    play(spec, listeners=[LiveView(terminal, palette, lambda: terminal.size, verbose=verbose)])
    return COLOURLESS.sub("", terminal.getvalue())


MIXED = """
    name: demo
    jobs:
      - {name: "good_{i}", command: "sleep 0.2", parameters: {i: "1:3"}}
      - {name: bad, command: "echo no such luck >&2; exit 3"}
      - {name: after, command: "true", depends_on: [bad]}
"""


def test_the_live_view(play: Play) -> None:
    terminal = Terminal()
    written = watched(play, terminal, MIXED)
    assert " of 5 jobs  " in written
    assert "s  good_1" in written
    failed, log, tail, canceled, head, good, bad, after, end = [line for line in terminal.screen if line]
    assert failed.startswith("bad failed: code 3 (")
    assert (log, tail) == ("    torc_output/job_stdio/job_wf1_j4_r1_a1.e:", "    | no such luck")
    assert canceled == "after canceled: bad did not complete"
    assert head.split() == ["stage", "done", "failed", "canceled", "jobs"]
    assert good.split() == ["good_{i}", "━" * 20, "3", "3"]
    assert bad.split() == ["bad", "x" * 20, "1", "1"]
    assert after.split() == ["after", "x" * 20, "1", "1"]
    assert end.startswith("demo: not completed: 5 jobs: 3 completed, 1 failed, 1 canceled in ")
    assert written.count("\x1b[?25l") == written.count("\x1b[?25h") == 1  # the cursor goes, and comes back


@pytest.mark.parametrize("columns", [24, 40, 60, 80, 110])
def test_the_picture_keeps_to_the_terminal(play: Play, columns: int) -> None:
    terminal = Terminal(columns, 12)
    watched(
        play,
        terminal,
        """
        name: a workflow with a name that takes all the room that there is
        jobs:
          - {name: "stage_with_a_name_that_takes_all_the_room_that_there_is_{i}", command: "true", parameters: {i: "1:9"}}
          - {name: "last", command: "sleep 0.2", depends_on_regexes: [^stage]}
        """,
    )
    assert terminal.widest <= columns
    assert 0 < terminal.highest < 12
    assert any(line.startswith("stage_") for line in terminal.screen)


def test_of_many_stages_those_that_are_at_work() -> None:
    stages = [Stage(f"s{number}", 1, 0, 0, 0, 0) for number in range(20)]
    stages += [Stage("now", 0, 0, 0, 1, 0), *(Stage(f"later{number}", 0, 0, 0, 0, 1) for number in range(20))]
    stages[2] = Stage("broken", 0, 1, 0, 0, 0)
    shown = foremost(stages, 5)
    assert [stage.name for stage in shown.stages] == ["broken", "s18", "s19", "now", "later0"]
    assert shown.others == "and 36 more: 17 done, 19 not done"
    over = foremost(stages[:20], 3)
    assert [stage.name for stage in over.stages] == ["broken", "s18", "s19"]
    assert over.others == "and 17 more: 17 done"


def test_columns_that_a_narrow_terminal_has_no_room_for() -> None:
    shown = foremost([Stage("simulate_{i:03d}", 40, 1, 1, 2, 956)])

    def head(room: int) -> list[str]:
        return next(iter(stage_lines(shown, PLAIN, room, bars="━─", is_over=False))).split()

    assert head(80) == ["stage", "done", "failed", "canceled", "running", "waiting", "jobs"]
    assert head(55) == ["stage", "done", "failed", "canceled", "running", "jobs"]
    assert head(35) == ["stage", "done", "failed", "jobs"]


def test_a_bar_without_colours_tells_what_failed_and_what_is_left() -> None:
    shown = foremost([Stage("a", 10, 5, 0, 1, 4)])
    *_, row = stage_lines(shown, PLAIN, 80, bars="━─", is_over=False)
    assert row.split()[1] == "━" * 10 + "x" * 5 + "─" * 5
    *_, row = stage_lines(shown, COLOURS, 80, bars="━─", is_over=False)
    assert f"{COLOURS.good}{'━' * 10}{COLOURS.off}{COLOURS.error}{'━' * 5}{COLOURS.off}" in row


def test_a_terminal_that_becomes_narrower_is_wiped_as_far_as_its_lines_reach_now() -> None:
    terminal = Terminal(40)
    painting = Painting(terminal, lambda: terminal.size)
    painting.draw(["x" * 40, "y" * 10])
    terminal.size = (20, 30)
    painting.draw(["x" * 20])
    assert "\x1b[3A\r" in terminal.getvalue()


def test_bars_that_the_encoding_has(play: Play) -> None:
    terminal = Terminal()
    terminal.encoding = "ascii"
    assert "good_{i}  ====================" in watched(play, terminal, MIXED)


def test_verbose_tells_of_every_job(play: Play) -> None:
    written = watched(play, Terminal(), MIXED, verbose=True)
    assert "good_2 started" in written
    assert "good_2 completed (0." in written
    out = io.StringIO()
    many = "{name: w, jobs: [{name: 'a_{i}', command: 'true', parameters: {i: '1:1001'}}]}"
    play(many, listeners=[Lines(out, verbose=True)])
    assert "] a_1001 started\n" in out.getvalue()
    assert "[1,001/1,001] a_" in out.getvalue()
