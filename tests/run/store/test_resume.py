"""Going on with a run: what stays, what runs again, what follows, and what is told."""

from __future__ import annotations

import os
import signal
import sqlite3
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

import torclint
from torclint.run.listen import Listener
from torclint.run.outcome import Outcome
from torclint.run.store.session import Changed

from .conftest import forked, results, was_killed

OPTIONS = {"cpus": 2, "memory": 1 << 30, "gpus": 0}
Ran = Callable[..., dict[str, tuple[str, int | None, int]]]


class Notes(Listener):
    def __init__(self) -> None:
        self.texts: list[str] = []

    def note(self, text: str) -> None:
        self.texts.append(text)


@pytest.fixture
def die(here: Path) -> Callable[[str], None]:
    """Run a spec one of whose jobs kills the runner."""

    def run(spec: str) -> None:
        write(spec)
        assert was_killed(forked(lambda: torclint.run("w.yaml", store="store", **OPTIONS)))
        Path("go").touch()

    return run


def write(spec: str) -> None:
    Path("w.yaml").write_text(dedent(spec))


def first(spec: str) -> Outcome:
    write(spec)
    return torclint.run("w.yaml", store="store", **OPTIONS)


def went_on(**how: object) -> tuple[Outcome, list[str], list[str]]:
    """The outcome, what was told, and what the jobs wrote into the file `effects` since the last time."""
    Path("effects").unlink(missing_ok=True)
    notes = Notes()
    outcome = torclint.resume("store", listeners=[notes], **how)  # type: ignore[arg-type]
    return outcome, notes.texts, Path("effects").read_text().split() if Path("effects").exists() else []


def test_failed_jobs_stay_failed_and_retry_runs_them_again(here: Path) -> None:
    outcome = first("""
        name: w
        jobs:
          - {name: good, command: "echo good >> effects"}
          - {name: bad, command: "echo bad >> effects; test -e go"}
          - {name: after, command: "echo after >> effects", depends_on: [bad]}
          - {name: anyway, command: "echo anyway >> effects", depends_on: [bad], cancel_on_blocking_job_failure: false}
    """)
    wanted = {
        "good": ("completed", 0, 1),
        "bad": ("failed", 1, 1),
        "after": ("canceled", None, 0),
        "anyway": ("completed", 0, 1),
    }
    assert results(outcome) == wanted
    outcome, _, effects = went_on()
    assert (results(outcome), outcome.exit_code, effects) == (wanted, 1, [])
    Path("go").touch()
    outcome, _, effects = went_on(retry=True)
    assert results(outcome)["bad"] == results(outcome)["after"] == ("completed", 0, 1)
    assert outcome.exit_code == 0
    assert effects == ["bad", "after"]
    assert Path("torc_output/job_stdio/job_wf1_j2_r1_a1.o").exists()
    assert Path("torc_output/job_stdio/job_wf1_j2_r2_a1.o").exists()


def test_attempts_go_on_where_they_were(die: Callable[[str], None]) -> None:
    die("""
        name: w
        failure_handlers: [{name: h, rules: [{match_all_exit_codes: true, max_retries: 3, recovery_script: "test -e go ||
          { sleep 0.3; kill -9 $PPID; }; echo recovered >> effects"}]}]
        jobs: [{name: a, command: "echo $TORC_ATTEMPT_ID >> effects; exit 5", failure_handler: h}]
    """)
    outcome, _, effects = went_on()
    assert results(outcome) == {"a": ("failed", 5, 3)}
    assert effects == ["recovered", "2", "recovered", "3"]


def test_what_was_interrupted_runs_again(here: Path) -> None:
    outcome = first("""
        name: w
        jobs:
          - {name: a, command: "test -e go || { kill -INT $PPID; sleep 0.2; kill -INT $PPID; sleep 1000; }; echo a >> effects"}
          - {name: b, command: "echo b >> effects", depends_on: [a]}
    """)
    assert outcome.exit_code == 130
    assert results(outcome) == {"a": ("terminated", 143, 1), "b": ("blocked", None, 0)}
    Path("go").touch()
    outcome, _, effects = went_on()
    assert results(outcome) == {"a": ("completed", 0, 1), "b": ("completed", 0, 1)}
    assert effects == ["a", "b"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_runner_that_was_ended_goes_on(here: Path, number: int) -> None:
    outcome = first(f"""
        name: w
        jobs:
          - {{name: a, command: "echo a >> effects"}}
          - {{name: b, command: "test -e go || {{ kill -{number:d} $PPID; sleep 1000; }}; echo b >> effects", depends_on: [a]}}
    """)
    assert outcome.exit_code == 130
    Path("go").touch()
    outcome, _, effects = went_on()
    assert outcome.exit_code == 0
    assert effects == ["b"]


def test_actions_are_carried_out_once(die: Callable[[str], None]) -> None:
    die("""
        name: w
        jobs:
          - {name: a, command: "true"}
          - {name: b, command: "test -e go || { sleep 0.2; kill -9 $PPID; sleep 1000; }", depends_on: [a]}
        actions:
          - {trigger_type: on_workflow_start, action_type: run_commands, commands: ["echo start >> ../effects"]}
          - {trigger_type: on_jobs_complete, action_type: run_commands, jobs: [a], commands: ["echo a >> ../effects"]}
          - {trigger_type: on_jobs_complete, action_type: run_commands, jobs: [b], commands: ["echo b >> ../effects"]}
          - {trigger_type: on_workflow_complete, action_type: run_commands, commands: ["echo end >> ../effects"]}
    """)
    assert Path("effects").read_text().split() == ["start", "a"]
    assert went_on()[2] == ["b", "end"]
    assert went_on()[2] == []


def test_an_action_goes_on_with_the_command_that_was_running(die: Callable[[str], None]) -> None:
    die("""
        name: w
        jobs: [{name: a, command: "true"}]
        actions:
          - trigger_type: on_workflow_start
            action_type: run_commands
            commands: ["echo 1 >> ../effects", "test -e ../go || { sleep 0.1; kill -9 $PPID; sleep 1000; }; echo 2 >> ../effects"]
    """)
    outcome, _, effects = went_on()
    assert effects == ["2"]
    assert outcome.exit_code == 0


def test_the_end_comes_again_after_a_retry(here: Path) -> None:
    first("""
        name: w
        jobs: [{name: a, command: "test -e go"}, {name: b, command: "true"}]
        actions:
          - {trigger_type: on_workflow_complete, action_type: run_commands, commands: ["echo end >> ../effects"]}
          - {trigger_type: on_jobs_complete, action_type: run_commands, jobs: [a], commands: ["echo a >> ../effects"]}
          - {trigger_type: on_jobs_complete, action_type: run_commands, jobs: [b], commands: ["echo b >> ../effects"]}
    """)
    assert went_on()[2] == []
    Path("go").touch()
    assert went_on(retry=True)[2] == ["a", "end"]


def test_pending_failed_stays_until_it_is_retried(here: Path) -> None:
    outcome = first("""
        name: w
        use_pending_failed: true
        jobs: [{name: a, command: "test -e go"}, {name: b, command: "true", depends_on: [a]}]
    """)
    wanted = {"a": ("pending_failed", 1, 1), "b": ("blocked", None, 0)}
    assert results(outcome) == results(went_on()[0]) == wanted
    Path("go").touch()
    assert went_on(retry=True)[0].exit_code == 0


BASE = """
name: w
files: [{name: in, path: in}, {name: mid, path: mid}]
jobs:
  - {name: a, command: "echo a >> effects", env: {V: "1"}}
  - {name: b, command: "echo b >> effects; cat in > mid", input_files: [in], output_files: [mid]}
  - {name: c, command: "echo c >> effects", input_files: [mid]}
  - {name: d, command: "echo d >> effects", depends_on: [a]}
"""


@pytest.fixture
def completed(here: Path) -> Path:
    Path("in").write_text("1")
    assert first(BASE).exit_code == 0
    return here


def test_nothing_is_done_twice(completed: Path) -> None:
    assert went_on()[2] == []
    assert went_on(changed="rerun")[2] == []
    assert went_on(retry=True)[2] == []
    write(BASE + "# another comment\n")
    assert went_on()[2] == []


def test_changed_jobs_and_what_depends_on_them(completed: Path) -> None:
    write(BASE.replace('V: "1"', 'V: "2"'))
    with pytest.raises(Changed, match="no longer the same in the spec: a;"):
        torclint.resume("store")
    outcome, notes, effects = went_on(changed="rerun")
    assert effects == ["a", "d"]
    assert notes[:2] == ["a runs again: its command or env changed", "d runs again: a does"]
    assert outcome.exit_code == 0
    assert went_on(changed="rerun")[2] == []


def test_changed_jobs_may_be_kept(completed: Path) -> None:
    write(BASE.replace("echo a", "echo changed"))
    outcome, _, effects = went_on(changed="keep")
    assert effects == []
    assert outcome.exit_code == 0


def test_a_missing_output(completed: Path) -> None:
    Path("mid").unlink()
    _, notes, effects = went_on(changed="rerun")
    assert effects == ["b", "c"]
    assert notes[0] == "b runs again: its output is missing: mid"


def test_input_files_go_by_their_contents(completed: Path) -> None:
    os.utime("in", (1, 1))
    assert went_on(changed="rerun")[2] == []
    Path("in").write_text("2")
    assert went_on()[2] == []
    outcome, notes, effects = went_on(changed="rerun")
    assert effects == ["b", "c"]
    assert notes[:2] == ["b runs again: what it reads changed: in", "c runs again: b does"]
    assert outcome.exit_code == 0
    assert went_on(changed="rerun")[2] == []
    Path("mid").write_text("by hand")
    assert went_on(changed="rerun")[2] == ["c"]


def test_jobs_that_come_and_go(completed: Path) -> None:
    write("""
        name: w
        jobs:
          - {name: new, command: "echo new >> effects"}
          - {name: d, command: "echo d >> effects", depends_on: [a]}
          - {name: a, command: "echo a >> effects", env: {V: "1"}, depends_on: [new]}
    """)
    outcome, notes, effects = went_on()
    assert effects == ["new"]
    assert notes[0] == "no longer in the spec: b, c"
    assert results(outcome) == dict.fromkeys(("new", "d", "a"), ("completed", 0, 1))
    assert went_on()[2] == []


def test_a_spec_that_is_gone(die: Callable[[str], None]) -> None:
    die("{name: w, jobs: [{name: a, command: 'test -e go || kill -9 $PPID'}]}")
    Path("w.yaml").unlink()
    outcome, notes, _ = went_on()
    assert outcome.exit_code == 0
    assert "going on with the spec as it was" in notes[0]


def test_a_spec_that_is_now_wrong_changes_nothing(die: Callable[[str], None]) -> None:
    die("{name: w, jobs: [{name: a, command: 'test -e go || kill -9 $PPID'}]}")
    write("{name: w, jobs: [{name: a, command: 'true', depends_on: [zz]}]}")
    with pytest.raises(Exception, match="zz"):
        torclint.resume("store")
    write("{name: w, jobs: [{name: a, command: 'true'}]}")
    assert went_on()[0].exit_code == 0


def test_only_jobs_to_which_something_happened_have_a_row(here: Path) -> None:
    outcome = first("""
        name: w
        jobs:
          - {name: first, command: "kill -INT $PPID; sleep 0.2"}
          - {name: "a_{i}", command: "true", parameters: {i: "1:1000"}, depends_on: [first]}
    """)
    assert outcome.exit_code == 130
    database = sqlite3.connect("store")
    assert database.execute("SELECT count(*) FROM job").fetchone() == (1,)
    database.close()


def test_a_refused_spec_leaves_no_store(here: Path) -> None:
    write("{name: w, jobs: [{name: a, command: 'true', depends_on: [zz]}]}")
    with pytest.raises(Exception, match="zz"):
        torclint.run("w.yaml", store="store")
    assert not list(Path().glob("store*"))
