"""The commands about runs: run again, resume, retry, status, logs, history."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from torclint.cli import main

from .conftest import PATIENCE, forked, was_killed

Command = Callable[..., tuple[int, str, str]]
STORE = ".torclint/runs/0001-w.sqlite"
UNFINISHED = """
    name: w
    jobs:
      - {name: a, command: "echo a >> effects; echo said; echo loud >&2"}
      - {name: b, command: "echo b >> effects; test -e go || { sleep 0.2; kill -9 $PPID; sleep 1000; }", depends_on: [a]}
"""
FAILS = """
    name: w
    jobs:
      - {name: a, command: "echo a >> effects"}
      - {name: b, command: "echo b >> effects; test -e go", depends_on: [a]}
      - {name: c, command: "echo c >> effects", depends_on: [b]}
"""


WITH_BARRIER = """
    name: w
    jobs:
      - {name: "a_{i}", command: "true", parameters: {i: "1:100"}}
      - name: "b_{i}"
        command: "test -e go || { kill -9 $PPID; sleep 1000; }"
        parameters: {i: "1:100"}
        depends_on_regexes: [^a_]
"""


@pytest.fixture
def command(here: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Command:
    """A command in an empty folder: exit code, stdout, stderr."""

    def run(*words: str) -> tuple[int, str, str]:
        code = main(list(words))
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return run


def killed(spec: str = UNFINISHED, *options: str) -> None:
    """Run a spec one of whose jobs kills the runner."""
    Path("w.yaml").write_text(dedent(spec))
    assert was_killed(forked(lambda: main(["run", "--cpus", "1", *options, "w.yaml"])))
    Path("go").touch()


def effects() -> list[str]:
    return Path("effects").read_text().split()


def test_run_keeps_its_state_beside_it(command: Command) -> None:
    Path("w.yaml").write_text("{name: w, jobs: [{name: a, command: 'true'}]}")
    assert command("run", "w.yaml")[0] == 0
    assert command("run", "w.yaml")[0] == 0
    assert sorted(path.name for path in Path(".torclint/runs").iterdir()) == ["0001-w.sqlite", "0002-w.sqlite"]
    assert Path(".torclint/.gitignore").read_text() == "*\n"
    assert command("run", "--no-store", "w.yaml")[0] == 0
    assert len(list(Path(".torclint/runs").iterdir())) == 2


def test_resume(command: Command) -> None:
    killed()
    code, out, _ = command("resume")
    assert (code, effects()) == (0, ["a", "b", "b"])
    assert "w: done: 2 jobs: 2 completed" in out
    for words in (["resume", STORE], ["resume", "w.yaml"]):
        code, out, _ = command(*words)
        assert (code, effects()) == (0, ["a", "b", "b"])
        assert "2 completed" in out


def test_resume_from_another_folder(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    killed()
    monkeypatch.chdir("torc_output")
    assert command("resume", f"../{STORE}")[0] == 0
    assert Path.cwd().name != "torc_output"
    assert effects() == ["a", "b", "b"]


def test_run_again_elsewhere_is_no_way_to_go_on(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("w.yaml").write_text(dedent(FAILS))
    command("run", "--store", "mine", "w.yaml")
    Path("other").mkdir()
    monkeypatch.chdir("other")
    code, _, err = command("run", "--rerun-changed", "--store", "../mine", "../w.yaml")
    assert code == 2
    assert f"its jobs run in {Path('..').resolve()}: go on from there" in err
    assert not list(Path().iterdir())


def test_run_again_without_a_terminal_goes_on(command: Command) -> None:
    killed()
    code, _, err = command("run", "w.yaml")
    assert (code, effects()) == (0, ["a", "b", "b"])
    assert "was killed; 1 of 2 jobs completed; going on with it (--fresh begins a new one)" in err


def test_fresh(command: Command) -> None:
    killed()
    assert command("run", "--fresh", "w.yaml")[0] == 0
    assert effects() == ["a", "b", "a", "b"]


@pytest.mark.parametrize(
    ("answer", "code", "done"), [("g", 0, "a b b"), ("x\nn", 0, "a b a b"), ("q", 130, "a b"), ("\x04", 130, "a b")]
)
def test_on_a_terminal_run_asks(here: Path, answer: str, code: int, done: str) -> None:
    killed()
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [sys.executable, "-m", "torclint", "run", "--quiet", "w.yaml"])
    seen = b""
    while b"[q]uit: " not in seen:
        seen += os.read(terminal, 4096)
    assert b"was killed; 1 of 2 jobs completed" in seen
    os.write(terminal, f"{answer}\n".encode() if answer != "\x04" else b"\x04")
    try:
        while os.read(terminal, 4096):
            pass
    except OSError:  # the end of a pseudo-terminal is an error
        pass
    os.close(terminal)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == code
    assert effects() == done.split()


def test_a_named_store(command: Command) -> None:
    Path("w.yaml").write_text(dedent(FAILS))
    assert command("run", "--store", "mine", "w.yaml")[0] == 1
    assert not Path(".torclint").exists()
    code, _, err = command("run", "--store", "mine", "w.yaml")
    assert code == 2
    assert "mine holds a run that is over" in err
    Path("go").touch()
    assert command("retry", "mine")[0] == 0
    assert effects() == ["a", "b", "b", "c"]
    assert command("run", "--fresh", "--store", "mine", "w.yaml")[0] == 0
    assert effects() == ["a", "b", "b", "c", "a", "b", "c"]


def test_retry(command: Command) -> None:
    Path("w.yaml").write_text(dedent(FAILS))
    assert command("run", "w.yaml")[0] == 1
    Path("go").touch()
    code, out, _ = command("retry", "--format", "json")
    report = json.loads(out)
    assert code == 0
    assert {name: row["status"] for name, row in report["jobs"].items()} == dict.fromkeys("abc", "completed")
    assert effects() == ["a", "b", "b", "c"]


def test_rerun_changed(command: Command) -> None:
    Path("w.yaml").write_text(dedent(FAILS))
    Path("go").touch()
    assert command("run", "w.yaml")[0] == 0
    Path("w.yaml").write_text(dedent(FAILS).replace("echo b", "echo B"))
    code, _, err = command("resume")
    assert code == 2
    assert "no longer the same in the spec: b; --rerun-changed" in err
    code, out, _ = command("run", "--rerun-changed", "w.yaml")
    assert code == 0
    assert "b runs again: its command or env changed\nc runs again: b does\n" in out
    assert effects() == ["a", "b", "c", "B", "c"]


def test_other_jobs_of_a_spec_are_another_run(command: Command) -> None:
    killed()
    assert command("run", "--only", "a", "w.yaml")[0] == 0
    assert effects() == ["a", "b", "a"]
    assert command("run", "w.yaml")[0] == 0
    assert effects() == ["a", "b", "a", "b"]


def test_status(command: Command) -> None:
    killed()
    code, out, _ = command("status")
    assert code == 0
    assert out.splitlines()[:2] == ["w (w.yaml): killed", "  2 jobs: 1 running, 1 completed"]
    assert "to go on: torclint resume 1\n" in out
    report = json.loads(command("status", "--format", "json", "w.yaml")[1])
    assert (report["state"], report["counts"]) == ("killed", {"running": 1, "completed": 1})
    assert report["jobs"]["a"]["return_code"] == 0
    assert report["jobs"]["b"]["return_code"] is None


def test_status_while_it_runs_and_a_second_runner(command: Command) -> None:
    Path("w.yaml").write_text(
        "{name: w, jobs: [{name: a, command: 'touch started; until test -e go; do sleep 0.01; done'}]}"
    )
    words = [sys.executable, "-m", "torclint", "run", "--quiet", "w.yaml"]
    runner = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    try:
        end = time.monotonic() + PATIENCE
        while f"running as process {runner.pid}\n  1 job: 1 running" not in command("status")[1]:
            assert time.monotonic() < end
            time.sleep(0.02)
        for again in (["run", "w.yaml"], ["resume"], ["retry"], ["run", "--resume", "w.yaml"]):
            code, _, err = command(*again)
            assert code == 2
            assert f"process {runner.pid} is running it" in err
        Path("go").touch()
        assert runner.wait(PATIENCE) == 0
    finally:
        runner.kill()
        runner.wait()
    assert "completed" in command("status")[1]


def test_logs(command: Command) -> None:
    Path("w.yaml").write_text(
        dedent(r"""
        name: w
        failure_handlers: [{name: h, rules: [{match_all_exit_codes: true, max_retries: 2}]}]
        jobs:
          - {name: a, command: "printf 'caf\\xc3\\n\\xff'; echo loud >&2"}
          - {name: b, command: "echo $TORC_ATTEMPT_ID; false", failure_handler: h}
          - {name: both, command: "echo out; echo err >&2", stdio: {mode: combined}}
          - {name: none, command: "echo out", stdio: {mode: none}}
        """)
    )
    command("run", "--cpus", "1", "w.yaml")
    assert main(["logs", "a", "--stderr"]) == 0
    assert command("logs", "b")[1].endswith("2\n")
    assert command("logs", "b", "--attempt", "1", STORE)[1] == "1\n"
    assert command("logs", "both")[1] == command("logs", "both", "--stderr")[1] == "out\nerr\n"
    assert command("logs", "none")[0] == 1
    code, _, err = command("logs", "bot")
    assert (code, "did you mean both" in err) == (2, True)
    assert "there are: 1, 2" in command("logs", "b", "--attempt", "3")[2]
    report = json.loads(command("logs", "b", "--format", "json")[1])
    assert [(each["attempt"], each["status"]) for each in report["attempts"]] == [(1, "ready"), (2, "failed")]


def test_logs_are_bytes(here: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    Path("w.yaml").write_text(r"""{"name": "w", "jobs": [{"name": "a", "command": "printf 'caf\\xc3\\n\\xff'"}]}""")
    main(["run", "w.yaml"])
    capfdbinary.readouterr()
    assert main(["logs", "a"]) == 0
    assert capfdbinary.readouterr().out == b"caf\xc3\n\xff"


def test_paths_that_are_no_text(here: Path) -> None:
    spec = os.fsdecode(b"caf\xe9.yaml")
    folder = Path(os.fsdecode(b"d\xff"))
    folder.mkdir()
    os.chdir(folder)
    Path(spec).write_text("{name: w, jobs: [{name: a, command: 'test -e go'}]}")
    done = [
        subprocess.run([sys.executable, "-m", "torclint", *words], capture_output=True, check=False)
        for words in (("run", spec), ("status",), ("history", spec), ("logs", spec), ("retry", spec))
    ]
    assert [each.returncode for each in done] == [1, 0, 0, 2, 1]
    assert done[1].stdout.startswith(b"w (caf\\xe9.yaml): failed\n  1 job: 1 failed\n")
    assert done[3].stderr.startswith(b"torclint: no job ")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["resume"], "there is no run in .torclint/runs"),
        (["status", "w.yaml"], "there is no run of w.yaml"),
        (["retry", "no.sqlite"], "no such store"),
        (["logs", "a"], "there is no run"),
        (["run", "--fresh", "--resume", "w.yaml"], "--fresh begins a new run"),
        (["run", "--no-store", "--rerun-changed", "w.yaml"], "--no-store"),
        (["run", "--keep-changed", "--rerun-changed", "w.yaml"], "exclude each other"),
    ],
)
def test_wrong_usage(command: Command, words: list[str], told: str) -> None:
    Path("w.yaml").write_text("{name: w, jobs: [{name: a, command: 'touch ran'}]}")
    code, _, err = command(*words)
    assert code == 2
    assert told in err
    assert not Path("ran").exists()


def test_a_damaged_store_is_not_taken_for_none(command: Command) -> None:
    killed()
    for path in Path(".torclint/runs").iterdir():
        path.write_bytes(b"x" * 9000)
    code, _, err = command("run", "w.yaml")
    assert code == 2
    assert "is damaged" in err
    assert effects() == ["a", "b"]
    assert command("run", "--fresh", "w.yaml")[0] == 0


def test_a_folder_that_cannot_be_written(command: Command) -> None:
    Path("w.yaml").write_text("{name: w, jobs: [{name: a, command: 'true'}]}")
    Path(".torclint").touch()
    code, _, err = command("run", "w.yaml")
    assert code == 2
    assert "--no-store" in err


def test_interrupted_by_a_terminal(here: Path) -> None:
    Path("w.yaml").write_text("""{name: w, jobs: [
        {name: a, command: 'echo a >> effects; touch started; until test -e go; do sleep 0.01; done'},
        {name: b, command: 'echo b >> effects', depends_on: [a]}]}""")
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(sys.executable, [sys.executable, "-m", "torclint", "run", "--quiet", "w.yaml"])
    end = time.monotonic() + PATIENCE
    while not Path("started").exists():
        assert time.monotonic() < end
        time.sleep(0.01)
    os.write(terminal, b"\x03")
    seen = b""
    while b"interrupted" not in seen:
        seen += os.read(terminal, 4096)
    Path("go").touch()
    while b"\ntorclint: to go on: torclint resume 1\r\n" not in seen:
        seen += os.read(terminal, 4096)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 130
    os.close(terminal)
    assert effects() == ["a"]
    assert main(["resume", "--quiet"]) == 0
    assert effects() == ["a", "b"]


def test_a_job_that_an_interrupt_reached_runs_again(here: Path) -> None:
    Path("w.yaml").write_text("""{name: w, jobs: [
        {name: a, command: 'test -e started || { touch started; until test -e go; do sleep 0.01; done; kill -INT $$; }'},
        {name: b, command: 'echo b >> effects', depends_on: [a]}]}""")
    with subprocess.Popen([sys.executable, "-m", "torclint", "run", "w.yaml"], stdout=subprocess.PIPE) as runner:
        end = time.monotonic() + PATIENCE
        while not Path("started").exists():
            assert time.monotonic() < end
            time.sleep(0.01)
        runner.send_signal(signal.SIGINT)
        assert runner.stdout is not None
        while b"interrupted" not in runner.stdout.readline():
            assert runner.poll() is None
        Path("go").touch()
        out, _ = runner.communicate(timeout=PATIENCE)
    assert runner.returncode == 130
    assert b"a terminated: ended with the run" in out
    assert main(["resume", "--quiet"]) == 0
    assert effects() == ["b"]


def test_a_run_with_barriers_goes_on_with_them(command: Command) -> None:
    killed(WITH_BARRIER, "--fix")
    code, out, _ = command("resume", "--format", "json")
    assert code == 0
    jobs = json.loads(out)["jobs"]
    assert len(jobs) == 201
    assert jobs["barrier_a_complete"]["attempts"] == 1
    assert Path("w.yaml").read_text() == dedent(WITH_BARRIER)
