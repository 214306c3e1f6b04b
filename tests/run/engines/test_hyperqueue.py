"""The HyperQueue engine with a real HyperQueue: its server and workers on this machine."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from torclint.cli import main
from torclint.run.engines.hyperqueue.records import Records

from .conftest import DATA, Run

hyperqueue = pytest.importorskip("hyperqueue", reason="NOT TESTED with HyperQueue: pip install 'torclint[hyperqueue]'")

VERDICTS = json.loads((DATA / "runs" / "verdicts.json").read_text(encoding="utf-8"))
EXAMPLES = DATA.parents[1] / "examples"
PROCESS = Path(__file__).parent / "hq_process.py"
ENGINE = ("--engine", "hyperqueue")


@pytest.mark.parametrize(
    "name",
    [
        "barrier_true.yaml",
        "fail_cascade.yaml",
        "false_after_cancelled.yaml",
        "labels.yaml",
        "missing_output_fail.yaml",
        "pending_failed.yaml",
        "retry_all.yaml",
        "retry_attempt_env.yaml",
        "retry_exhausted.yaml",
        "retry_nomatch.yaml",
        "torc_env.yaml",
    ],
)
def test_ends_as_it_did_in_torc(run: Run, name: str) -> None:
    ran = run(name, *ENGINE, "--workers", "2", "--cpus", "2", "--memory", "2g", "--format", "json")
    wanted = {job: (row["status"], row["return_code"], row["attempts"]) for job, row in VERDICTS[name]["jobs"].items()}
    assert ran.jobs == wanted
    assert ran.code == (0 if all(row[0] == "completed" for row in wanted.values()) else 1)


def test_the_example_with_a_barrier(run: Run, tmp_path: Path) -> None:
    shutil.copy(EXAMPLES / "barrier_demo.yaml", tmp_path)
    ran = run("barrier_demo.yaml", *ENGINE, "--workers", "2", "--cpus", "2")
    assert ran.code == 0
    assert "barrier_demo: done: 202 jobs: 202 completed" in ran.out
    sums = [path for path in (tmp_path / "torc_output" / "job_stdio").iterdir() if path.read_text() == "328350\n"]
    assert len(sums) == 1


def test_two_thousand_jobs_around_a_barrier(run: Run, tmp_path: Path) -> None:
    spec = {
        "name": "w",
        "jobs": [
            {"name": "a_{i}", "command": "test {i} -ne 7", "parameters": {"i": "1:1000"}},
            {"name": "bar", "command": "true", "depends_on_regexes": ["^a_"]},
            {"name": "b_{i}", "command": "true", "depends_on": ["bar"], "parameters": {"i": "1:900"}},
            {
                "name": "c_{i}",
                "command": "true",
                "depends_on": ["bar"],
                "parameters": {"i": "1:100"},
                "cancel_on_blocking_job_failure": False,
            },
        ],
    }
    (tmp_path / "w.json").write_text(json.dumps(spec))
    here = run("w.json", "--format", "json", "--output-dir", "here")
    ran = run("w.json", *ENGINE, "--workers", "2", "--cpus", "2", "--format", "json")
    assert ran.code == here.code == 1
    assert ran.jobs == here.jobs
    assert sum(status == "completed" for status, _, _ in ran.jobs.values()) == 1099


def test_actions_limits_and_recovery(run: Run, tmp_path: Path) -> None:
    spec = {
        "name": "w",
        "actions": [
            {"trigger_type": "on_workflow_start", "action_type": "run_commands", "commands": ["echo start >> ../log"]},
            {"trigger_type": "on_jobs_complete", "action_type": "run_commands", "commands": ["echo quick >> ../log"],
             "jobs": ["quick"]},
            {"trigger_type": "on_workflow_complete", "action_type": "run_commands", "commands": ["echo end >> ../log"]},
        ],
        "failure_handlers": [
            {"name": "mend", "rules": [{"exit_codes": [3], "max_retries": 2, "recovery_script": "touch mended"}]}
        ],
        "jobs": [
            {"name": "quick", "command": "true"},
            {"name": "slow", "command": "sleep 60"},
            {"name": "broken", "command": "test -e mended || exit 3", "failure_handler": "mend"},
        ],
    }  # fmt: skip
    (tmp_path / "w.json").write_text(json.dumps(spec))
    ran = run("w.json", *ENGINE, "--cpus", "3", "--timeout", "1.5", "--format", "json")
    assert ran.jobs == {"quick": ("completed", 0, 1), "slow": ("failed", 152, 1), "broken": ("completed", 0, 2)}
    assert (tmp_path / "log").read_text().split() == ["start", "quick", "end"]


def test_a_job_larger_than_a_worker_is_not_waited_for(run: Run, tmp_path: Path) -> None:
    spec = {
        "name": "w",
        "resource_requirements": [{"name": "wide", "num_cpus": 2, "memory": "1m", "runtime": "PT1M"}],
        "jobs": [
            {"name": "wide", "command": "true", "resource_requirements": "wide"},
            {"name": "narrow", "command": "true"},
            {"name": "after", "command": "true", "depends_on": ["wide"]},
        ],
    }
    (tmp_path / "w.json").write_text(json.dumps(spec))
    ran = run("w.json", *ENGINE, "--workers", "2", "--cpus", "2")
    assert ran.code == 1
    assert "wide will not run: needs 2 CPUs (there are 1)" in ran.out
    assert "w: not completed: 3 jobs: 1 completed, 2 waiting" in ran.out


def test_an_exported_job_file_is_what_a_run_submits(run: Run, tmp_path: Path) -> None:
    import hyperqueue
    from hyperqueue.ffi.protocol import JobDescription, ResourceRequest, TaskDescription

    run("retry_all.yaml", "--dry-run")  # puts the spec here
    assert main(["export", "retry_all.yaml", "--output", "job.toml"]) == 0
    told = tomllib.loads((tmp_path / "job.toml").read_text())
    descriptions = [
        TaskDescription(
            id=task["id"],
            args=task["command"],
            cwd=task["cwd"],
            stdout=None,
            stderr=None,
            stdin=None,
            env={},
            dependencies=task.get("deps", []),
            task_dir=False,
            priority=task["priority"],
            resource_request=[ResourceRequest(resources=dict(each["resources"])) for each in task["request"]],
            crash_limit=None,
        )
        for task in told["task"]
    ]
    with hyperqueue.LocalCluster() as cluster:
        cluster.start_worker()
        connection = cluster.client().connection
        job = connection.submit_job(JobDescription(name=told["name"], tasks=descriptions, max_fails=None))
        connection.wait_for_jobs((job,), lambda states: None)
    (folder,) = (tmp_path / "torc_output").glob("hyperqueue_*")
    ended = {record.number: record for record in Records(folder).new() if record.what == "E"}
    wanted = VERDICTS["retry_all.yaml"]["jobs"].values()
    assert sorted((each.status, each.code, each.attempt) for each in ended.values()) == sorted(
        (row["status"], row["return_code"], row["attempts"]) for row in wanted if row["attempts"]
    )


def test_without_the_package(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "hyperqueue", None)
    ran = run("retry_all.yaml", *ENGINE)
    assert ran.code == 2
    assert "hyperqueue cannot be imported" in ran.err
    assert "pip install 'torclint[hyperqueue]'" in ran.err


def test_without_a_server(run: Run, tmp_path: Path) -> None:
    ran = run("retry_all.yaml", *ENGINE, "--server-dir", str(tmp_path))
    assert ran.code == 2
    assert f"no HyperQueue server answers at {tmp_path}" in ran.err


# Servers and workers as processes of their own


Start = Callable[..., tuple[subprocess.Popen[bytes], str]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """start("server", 2): the process, and its server folder."""
    processes: list[subprocess.Popen[bytes]] = []

    def begin(role: str, given: object) -> tuple[subprocess.Popen[bytes], str]:
        told = tmp_path / f"told{len(processes)}"
        with open(tmp_path / f"{told.name}.log", "wb") as log:
            command = [sys.executable, str(PROCESS), role, str(told), str(given)]
            processes.append(subprocess.Popen(command, stdout=log, stderr=log, cwd=tmp_path))
        until = time.monotonic() + 30
        while not told.exists() or not told.read_text():
            assert time.monotonic() < until, log
            time.sleep(0.05)
        return processes[-1], told.read_text()

    yield begin
    for process in processes:
        process.kill()
        process.wait()


def waiting_for(condition: Callable[[], object], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


def lines(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


def test_a_worker_that_is_killed_loses_nothing(start: Start, tmp_path: Path) -> None:
    _, server = start("server", 1)
    worker, _ = start("worker", server)
    command = "echo start {i} >> log; sleep 1; echo end {i} >> log"
    spec = {"name": "w", "jobs": [{"name": "j{i}", "command": command, "parameters": {"i": "1:6"}}]}
    (tmp_path / "w.json").write_text(json.dumps(spec))
    words = [sys.executable, "-m", "torclint", "run", *ENGINE, "--server-dir", server, "--format", "json", "w.json"]
    with open(tmp_path / "report", "wb") as report:
        client = subprocess.Popen(words, cwd=tmp_path, stdout=report)
        waiting_for(lambda: len(lines(tmp_path / "log")) >= 2)
        worker.kill()
        assert client.wait(60) == 0
    told = json.loads((tmp_path / "report").read_text())
    assert told["counts"] == {"completed": 6}
    log = lines(tmp_path / "log")
    assert sorted(line for line in log if line.startswith("end")) == [f"end {i}" for i in range(1, 7)]
    assert 6 <= sum(line.startswith("start") for line in log) <= 7


def test_memory_that_no_worker_declares_is_found_before(
    start: Start, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("torclint.run.engines.hyperqueue.engine._PROBE", 1.0)
    _, server = start("server", 1)
    spec = {
        "name": "w",
        "resource_requirements": [{"name": "big", "num_cpus": 1, "memory": "1g", "runtime": "PT1M"}],
        "jobs": [{"name": "a", "command": "touch ran", "resource_requirements": "big"}],
    }
    (tmp_path / "w.json").write_text(json.dumps(spec))
    assert main(["run", *ENGINE, "--server-dir", server, "w.json"]) == 2
    assert not (tmp_path / "ran").exists()


def sleeping() -> list[str]:
    found = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout.splitlines()
    return [line for line in found if line.startswith("sleep 97") and line.endswith(".25")]


@pytest.mark.parametrize("how", ["interrupted twice", "killed"])
def test_no_process_is_left(tmp_path: Path, how: str) -> None:
    spec = {"name": "w", "jobs": [{"name": f"j{n}", "command": f"(sleep 97{n}.25); true"} for n in range(2)]}
    (tmp_path / "w.json").write_text(json.dumps(spec))
    words = [sys.executable, "-m", "torclint", "run", *ENGINE, "--workers", "2", "--cpus", "2", "w.json"]
    with open(tmp_path / "out", "wb") as out:
        client = subprocess.Popen(words, cwd=tmp_path, stdout=out, stderr=out)
    waiting_for(lambda: len(sleeping()) == 2)
    if how == "killed":
        client.kill()
        client.wait()
        waiting_for(lambda: not sleeping(), 10)
        return
    os.kill(client.pid, signal.SIGINT)
    waiting_for(lambda: "once more ends them" in (tmp_path / "out").read_text())
    os.kill(client.pid, signal.SIGINT)
    assert client.wait(30) == 130
    assert not sleeping()
    assert "2 terminated" in (tmp_path / "out").read_text()


# Going on


COMMAND = (
    "echo start {i} >> log; while ! test -e go; do sleep 0.1; done; echo end {i} >> log; echo out {i}; test {i} -ne 3"
)
ROUNDS = {
    "name": "w",
    "jobs": [
        {"name": "first_{i}", "command": "echo first {i} >> log", "parameters": {"i": "1:3"}},
        {"name": "j{i}", "command": COMMAND, "parameters": {"i": "1:4"}, "depends_on_regexes": ["^first_"]},
        {"name": "after_{i}", "command": "echo after {i} >> log", "parameters": {"i": "1:4"}, "depends_on": ["j{i}"]},
    ],
}
ENDS = {
    **{f"first_{i}": "completed" for i in range(1, 4)},
    **{f"j{i}": "failed" if i == 3 else "completed" for i in range(1, 5)},
    **{f"after_{i}": "canceled" if i == 3 else "completed" for i in range(1, 5)},
}


def torclint(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    with open(folder / "out", "ab") as out:
        command = [sys.executable, "-m", "torclint", *words]
        return subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=out, stderr=out)


def ends(folder: Path) -> dict[str, str]:
    """The report of a run that is over, once more."""
    command = [sys.executable, "-m", "torclint", "resume", "--format", "json"]
    done = subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return {name: row["status"] for name, row in json.loads(done.stdout)["jobs"].items()}


def killed_in_the_middle(folder: Path, *words: str) -> None:
    (folder / "w.json").write_text(json.dumps(ROUNDS))
    client = torclint(folder, "run", *words, "w.json")
    waiting_for(lambda: sum(line.startswith("start") for line in lines(folder / "log")) == 2)
    time.sleep(0.3)  # what has ended is written down by now
    client.kill()
    client.wait()


def test_a_client_that_is_killed_goes_on_with_what_a_server_did_meanwhile(start: Start, tmp_path: Path) -> None:
    _, server = start("server", 2)
    killed_in_the_middle(tmp_path, *ENGINE, "--server-dir", server)
    (tmp_path / "go").touch()
    waiting_for(lambda: sum(line.startswith("end") for line in lines(tmp_path / "log")) >= 2)
    assert torclint(tmp_path, "resume").wait(60) == 1
    assert ends(tmp_path) == ENDS
    log = lines(tmp_path / "log")
    assert sorted(log) == sorted(set(log))  # nothing ran twice
    logs = [sys.executable, "-m", "torclint", "logs"]
    for number in (1, 4):  # one that was running when the client was killed, and one after that
        shown = subprocess.run([*logs, f"j{number}"], cwd=tmp_path, capture_output=True, text=True, check=True)
        assert shown.stdout == f"out {number}\n"
    assert "is still there: following it" in (tmp_path / "out").read_text() or len(log) == 14


def is_at_work(folder: Path) -> bool:
    """Whether a process has this folder for its own."""
    for place in Path("/proc").glob("[0-9]*/cwd"):
        with contextlib.suppress(OSError):  # over, or somebody else's
            if place.readlink() == folder:
                return True
    return False


def test_a_client_that_is_killed_with_its_workers_runs_again_what_was_running(tmp_path: Path) -> None:
    killed_in_the_middle(tmp_path, *ENGINE, "--workers", "2", "--cpus", "2")
    waiting_for(lambda: not is_at_work(tmp_path))  # the watchdog ends them a moment later: they must not see `go`
    (tmp_path / "go").touch()
    assert torclint(tmp_path, "resume").wait(60) == 1
    assert ends(tmp_path) == ENDS
    log = lines(tmp_path / "log")
    assert sum(line.startswith("first") for line in log) == 3
    assert sorted(line for line in log if line.startswith("end")) == [f"end {i}" for i in range(1, 5)]


def test_a_run_that_began_here_moves_there(tmp_path: Path) -> None:
    killed_in_the_middle(tmp_path, "--cpus", "2")
    (tmp_path / "go").touch()
    client = torclint(tmp_path, "run", *ENGINE, "--workers", "2", "--cpus", "2", "--resume", "w.json")
    assert client.wait(60) == 1
    assert ends(tmp_path) == ENDS
    assert sum(line.startswith("first") for line in lines(tmp_path / "log")) == 3
    assert "handed over as HyperQueue job" in (tmp_path / "out").read_text()


def test_failed_jobs_are_tried_again(tmp_path: Path) -> None:
    (tmp_path / "w.json").write_text(json.dumps(ROUNDS))
    (tmp_path / "go").touch()
    assert torclint(tmp_path, "run", *ENGINE, "w.json").wait(60) == 1
    assert ends(tmp_path) == ENDS
    assert torclint(tmp_path, "retry").wait(60) == 1
    assert ends(tmp_path) == ENDS
    log = lines(tmp_path / "log")
    assert log.count("end 3") == 2
    assert len(log) == 16


# Random workflows


def random_spec(chance: random.Random) -> dict[str, object]:
    """Jobs with explicit edges and edges through files to earlier ones, with cancel flags, handlers and exit codes."""
    jobs: list[dict[str, object]] = []
    size = chance.randint(2, 9)
    for number in range(size):
        explicit, through = (chance.sample(range(number), chance.randint(0, min(number, most))) for most in (3, 2))
        command = f"echo start {number} >> log; touch f{number}; echo end {number} >> log; "
        job = {
            "name": f"j{number}",
            "command": command + f"exit {chance.choice([0, 0, 0, 1, 42])}",
            "depends_on": [f"j{other}" for other in explicit],
            "input_files": [f"f{other}" for other in through],
            "output_files": [f"f{number}"],
            "cancel_on_blocking_job_failure": chance.random() < 0.6,
        }
        handler = chance.choice([None, "h1", "h2"])
        jobs.append(job | ({"failure_handler": handler} if handler else {}))
    return {
        "name": "w",
        "use_pending_failed": chance.random() < 0.3,
        "files": [{"name": f"f{number}", "path": f"f{number}"} for number in range(size)],
        "failure_handlers": [
            {"name": f"h{tries}", "rules": [{"exit_codes": [42], "max_retries": tries}]} for tries in (1, 2)
        ],
        "jobs": jobs,
    }


@pytest.mark.parametrize("seed", range(6))
def test_random_workflows_end_as_they_do_here(run: Run, tmp_path: Path, seed: int) -> None:
    spec = random_spec(random.Random(seed))
    (tmp_path / "w.json").write_text(json.dumps(spec))
    here = run("w.json", "--format", "json").jobs
    for path in (tmp_path / f"f{number}" for number in range(10)):
        path.unlink(missing_ok=True)
    (tmp_path / "log").unlink()
    ran = run("w.json", *ENGINE, "--workers", "2", "--cpus", "2", "--format", "json")
    assert ran.jobs == here
    log = lines(tmp_path / "log")
    for number, job in enumerate(spec["jobs"]):  # type: ignore[arg-type, var-annotated]
        starts = [place for place, line in enumerate(log) if line == f"start {number}"]
        assert len(starts) == here[f"j{number}"][2]
        for other in {name[1:] for name in (*job["depends_on"], *job["input_files"])}:
            ended = [place for place, line in enumerate(log) if line == f"end {other}"]
            assert not starts or not ended or ended[-1] < starts[0]


def test_a_server_that_breaks_down_while_it_is_stopped(monkeypatch: pytest.MonkeyPatch, run: Run) -> None:
    """HyperQueue 0.27 does so at times when a task ends at that moment; all that ended was told by then."""
    stop = hyperqueue.cluster.LocalCluster.stop

    class PanicException(BaseException):
        """As the package has it."""

    def breaks_down(cluster: object) -> None:
        stop(cluster)
        raise PanicException("Server did not stop correctly")

    monkeypatch.setattr(hyperqueue.cluster.LocalCluster, "stop", breaks_down)
    Path("w.yaml").write_text("{name: w, jobs: [{name: a, command: 'true'}]}")
    assert run("w.yaml", *ENGINE, "--workers", "1", "--format", "json").jobs == {"a": ("completed", 0, 1)}
