"""Options of a run: which jobs, how many at once, how long, and what a failure does to the others."""

from __future__ import annotations

import json
import signal
from array import array
from itertools import pairwise
from pathlib import Path

import pytest

import torclint
from torclint.cli.durations import seconds_of
from torclint.run.deadlines import Deadlines, Due
from torclint.run.gates import Gates
from torclint.run.plan import JobList, Kind, Plan, Refused
from torclint.run.policy import Policy
from torclint.run.ranks import TORC
from torclint.spec.quantities import QuantityError

from .conftest import Command, Play

CHAIN = """
    name: chain
    jobs:
      - {name: "a_{i}", command: "touch a_{i}", parameters: {i: "1:3"}}
      - {name: "b_{i}", command: "touch b_{i}", parameters: {i: "1:3"}, depends_on: ["a_{i}"]}
      - {name: last, command: "touch last", depends_on_regexes: ["^b_"]}
"""


def jobs_of(out: str) -> dict[str, str]:
    return {name: row["status"] for name, row in json.loads(out)["jobs"].items()}


@pytest.mark.parametrize(
    ("options", "run"),
    [
        (["--until=b_2"], {"a_2", "b_2"}),
        (["--until=b_2", "--until=a_1"], {"a_1", "a_2", "b_2"}),
        (["--until=^b_[12]$"], {"a_1", "b_1", "a_2", "b_2"}),
        (["--until=last"], {"a_1", "a_2", "a_3", "b_1", "b_2", "b_3", "last"}),
        (["--only=b_2"], {"b_2"}),
        (["--only=^(b_|last)"], {"b_1", "b_2", "b_3", "last"}),
        (["--only=last", "--until=b_1"], {"last", "a_1", "b_1"}),
    ],
)
def test_a_part_of_the_jobs(command: Command, options: list[str], run: set[str]) -> None:
    code, out, _ = command(CHAIN, "--format=json", *options)
    assert code == 0
    assert jobs_of(out) == dict.fromkeys(run, "completed")
    assert {path.name for path in Path().iterdir() if path.name[:2] in ("a_", "b_", "la")} == run


def test_chosen_jobs_keep_their_ids(command: Command) -> None:
    spec = "{name: w, jobs: [{name: 'j{i}', command: 'echo $TORC_JOB_ID > id', parameters: {i: '1:9'}}]}"
    assert command(spec, "--only=j7")[0] == 0
    assert Path("id").read_text() == "7\n"
    assert Path("torc_output/job_stdio/job_wf1_j7_r1_a1.o").exists()


def test_what_is_chosen_waits_for_one_another_still(play: Play) -> None:
    played = play(
        """
        name: w
        jobs:
          - {name: a, command: "false"}
          - {name: b, command: "true", depends_on: [a]}
          - {name: c, command: "true", depends_on: [b]}
          - {name: d, command: "true", depends_on: [a]}
        """,
        only=["^[bc]$"],
    )
    assert played.statuses == {"b": "completed", "c": "completed"}
    assert played.ear.started_names == ["b", "c"]


@pytest.mark.parametrize("text", ["c", "z+", "a["])
def test_a_choice_that_names_nothing_is_refused(play: Play, text: str) -> None:
    with pytest.raises(Refused, match="pattern"):
        play("{name: w, jobs: [{name: a, command: 'true'}]}", until=[text])


def test_actions_that_wait_for_what_is_not_run_are_left_out(play: Play) -> None:
    played = play(
        """
        name: w
        jobs: [{name: a, command: "true"}, {name: b, command: "true"}]
        actions:
          - {trigger_type: on_workflow_start, action_type: run_commands, commands: ["touch started"]}
          - {trigger_type: on_jobs_complete, action_type: run_commands, commands: ["touch a_done"], jobs: [a]}
          - {trigger_type: on_jobs_complete, action_type: run_commands, commands: ["touch b_done"], jobs: [b]}
          - {trigger_type: on_workflow_complete, action_type: run_commands, commands: ["touch all_done"]}
        """,
        only=["a"],
    )
    assert sorted(path.name for path in Path("torc_output").glob("*ed")) == ["started"]
    assert Path("torc_output/a_done").exists()
    assert not Path("torc_output/b_done").exists()
    assert not Path("torc_output/all_done").exists()
    assert played.ear.notes == ["2 of the actions wait for jobs that are not run; they are left out"]


def test_no_more_jobs_at_once_than_wished(play: Play) -> None:
    play(
        "{name: w, jobs: [{name: 'a_{i}', command: 'echo + >> log; sleep 0.05; echo - >> log', parameters: {i: '1:4'}}]}",
        cpus=8,
        jobs=1,
    )
    assert Path("log").read_text().split() == ["+", "-"] * 4


def test_fail_fast_ends_what_runs_and_starts_nothing_more(play: Play) -> None:
    played = play(
        """
        name: w
        jobs:
          - {name: bad, command: "exit 3", priority: 2}
          - {name: long, command: "sleep 30", priority: 1}
          - {name: later, command: "true"}
        """,
        fail_fast=True,
    )
    assert played.statuses == {"bad": "failed", "long": "terminated", "later": "ready"}
    assert played.outcome.exit_code == 1
    assert not played.outcome.interrupted


def test_fail_fast_waits_for_further_attempts(play: Play) -> None:
    played = play(
        """
        name: w
        failure_handlers: [{name: again, rules: [{match_all_exit_codes: true, max_retries: 2}]}]
        jobs: [{name: a, command: 'test $TORC_ATTEMPT_ID = 2', failure_handler: again}, {name: b, command: "true"}]
        """,
        cpus=1,
        fail_fast=True,
    )
    assert played.outcome.exit_code == 0


LATE = """
    name: w
    resource_requirements: [{name: short, num_cpus: 1, memory: 100m, runtime: PT1S}]
    failure_handlers: [{name: again, rules: [{exit_codes: [152], max_retries: 2}]}]
    jobs:
      - {name: late, command: "sleep 30", resource_requirements: short}
      - {name: after, command: "true", depends_on: [late]}
      - {name: twice, command: "test $TORC_ATTEMPT_ID = 2 || sleep 30", failure_handler: again, resource_requirements: short}
      - {name: polite, command: "trap 'exit 0' TERM; sleep 30 & wait", resource_requirements: short}
"""


@pytest.mark.parametrize("options", [{"timeout": 0.2}, {"timeout": 9.0, "enforce_runtime": True}])
def test_jobs_that_take_too_long_are_ended(play: Play, options: dict[str, float]) -> None:
    played = play(LATE, cpus=4, **options)
    assert played.statuses == {
        "late": "terminated",
        "after": "canceled",
        "twice": "completed",
        "polite": "completed",
    }
    assert played.codes["late"] == 152
    assert played.attempts["twice"] == 2
    assert {end.reason for end in played.ear.ends if end.code == 152} == {
        f"took longer than its limit of {'0.2' if options['timeout'] == 0.2 else '1'} s"
    }


def test_the_spec_says_how_a_late_job_is_ended(play: Play) -> None:
    played = play(
        """
        name: w
        execution_config: {timeout_exit_code: 77, termination_signal: SIGUSR1, sigterm_lead_seconds: 0}
        jobs:
          - {name: told, command: "trap 'touch told; exit 3' USR1; sleep 30 & wait"}
          - {name: deaf, command: "trap '' USR1; sleep 30; sleep 30"}
        """,
        timeout=0.3,
    )
    assert played.codes == {"told": 77, "deaf": 77}
    assert set(played.statuses.values()) == {"terminated"}


def test_a_signal_that_is_none_is_sigterm(play: Play) -> None:
    spec = "{name: w, execution_config: {termination_signal: NONE}, jobs: [{name: a, command: sleep 30}]}"
    assert play(spec, timeout=0.1).codes == {"a": 152}


def test_a_group_that_comes_again_has_its_own_limit() -> None:
    plan = Plan("w", ("s",), [Kind(0)], array("i", [0]), JobList([]), Gates(1))
    deadlines = Deadlines(plan, Policy(timeout=10.0))
    deadlines.add(7, 0, 0.0)
    assert deadlines.remove(7) is None
    deadlines.add(7, 0, 5.0)
    assert (deadlines.due(10.0), deadlines.wait(10.0)) == ([], 5.0)
    assert deadlines.due(15.0) == [Due(7, signal.SIGTERM)]
    assert deadlines.due(45.0) == [Due(7, signal.SIGKILL)]
    assert deadlines.remove(7) == 10.0
    assert deadlines.wait(45.0) is None


def test_runtime_ends_no_job_unless_asked(play: Play) -> None:
    spec = """
        name: w
        resource_requirements: [{name: short, num_cpus: 1, memory: 100m, runtime: PT0S}]
        jobs: [{name: a, command: "sleep 0.1", resource_requirements: short}]
    """
    assert play(spec).statuses == {"a": "completed"}


CRITICAL = """
    name: w
    resource_requirements:
      - {name: short, num_cpus: 2, memory: 100m, runtime: PT1M}
      - {name: long, num_cpus: 2, memory: 100m, runtime: PT10M}
    jobs:
      - {name: alone, command: "true", resource_requirements: long}
      - {name: first, command: "true", resource_requirements: short}
      - {name: second, command: "true", resource_requirements: long, depends_on: [first]}
      - {name: urgent, command: "true", resource_requirements: short, priority: 1}
"""


def test_the_longest_way_to_the_end_goes_first_among_equal_priorities(play: Play) -> None:
    assert play(CRITICAL).ear.started_names == ["urgent", "first", "alone", "second"]


def test_the_order_of_torc(play: Play) -> None:
    assert play(CRITICAL, order=TORC).ear.started_names == ["urgent", "alone", "first", "second"]


def test_options_of_the_command_reach_the_run(command: Command) -> None:
    spec = "{name: w, jobs: [{name: a, command: 'sleep 9'}, {name: b, command: 'touch ran'}]}"
    code, out, _ = command(spec, "--timeout=0.1s", "--fail-fast", "--jobs=1", "--order=torc", "--format=json")
    assert code == 1
    assert jobs_of(out) == {"a": "terminated", "b": "ready"}
    assert not Path("ran").exists()


@pytest.mark.parametrize(
    ("text", "seconds"), [("90", 90), ("0.5s", 0.5), ("15m", 900), ("1.5h", 5400), ("2d", 172800), ("PT1H30M", 5400)]
)
def test_spans_of_time(text: str, seconds: float) -> None:
    assert seconds_of(text) == seconds


@pytest.mark.parametrize("text", ["", "x", "-1", "0", "1w", "PT0S", "PT1Hx", "1e9"])
def test_no_spans_of_time(text: str) -> None:
    with pytest.raises(QuantityError):
        seconds_of(text)


def test_dry_run_starts_nothing(command: Command) -> None:
    code, out, err = command(CHAIN, "--dry-run")
    assert (code, err) == (0, "")
    assert [line.rstrip() for line in out.splitlines() if line and "memory" not in line] == [
        "stage  jobs  level    each needs  takes",
        "a_{i}     3      1  1 CPU, 1 MiB  1 min",
        "b_{i}     3      2  1 CPU, 1 MiB  1 min",
        "last      1      3  1 CPU, 1 MiB  1 min",
        "first: a_1",
        "by declared run times, a minute where there is none: 7 min of work, 3 min for the longest chain, "
        "7 min at least",
    ]
    assert [path.name for path in Path().iterdir()] == ["w.yaml"]


def test_dry_run_as_json(command: Command) -> None:
    _, out, _ = command(CHAIN, "--dry-run", "--format=json", "--until=b_1", "--memory=1g", "--gpus=0")
    report = json.loads(out)
    assert report["jobs"] == 2
    assert report["levels"] == [1, 1]
    assert report["first"] == ["a_1"]
    assert [(stage["name"], stage["jobs"], stage["first_level"]) for stage in report["stages"]] == [
        ("a_{i}", 1, 1),
        ("b_{i}", 1, 2),
    ]
    assert report["capacity"] == {"cpus": 1, "memory": 1 << 30, "gpus": 0, "jobs": None}
    assert report["seconds"] == {"work": 120.0, "longest": 120.0, "least": 120.0}


def test_dry_run_names_what_never_runs(command: Command) -> None:
    _, out, _ = command("{name: w, jobs: [{name: a, command: 'true', labels: [x]}]}", "--dry-run")
    assert "a will not run: only a runner with the labels x" in out


def test_dry_run_of_a_million(command: Command) -> None:
    spec = """
        name: w
        jobs:
          - {name: "a_{i}", command: "true", parameters: {i: "1:500000"}}
          - {name: wall, command: "true", depends_on_regexes: ["^a_"]}
          - {name: "b_{i}", command: "true", parameters: {i: "1:500000"}, depends_on: [wall]}
    """
    _, out, _ = command(spec, "--dry-run", "--format=json", "--no-check")
    assert json.loads(out)["levels"] == [500_000, 1, 500_000]


def test_events_a_line_each(command: Command) -> None:
    code, out, _ = command(
        """
        name: demo
        jobs:
          - {name: a, command: "echo oh no >&2; exit 3"}
          - {name: b, command: "true", depends_on: [a]}
        """,
        "--log-format=json",
    )
    assert code == 1
    events = [json.loads(line) for line in out.splitlines()]
    assert [event["event"] for event in events] == ["begin", "started", "ended", "canceled", "finish"]
    begin, started, ended, canceled, finish = events
    assert (begin["schema"], begin["workflow"], begin["jobs"]) == (1, "demo", 2)
    assert (started["job"], started["id"], started["attempt"]) == ("a", 1, 1)
    assert (ended["status"], ended["return_code"], ended["tail"]) == ("failed", 3, ["oh no"])
    assert (canceled["job"], canceled["cause"]) == ("b", "a")
    assert (finish["exit_code"], finish["counts"]) == (1, {"failed": 1, "canceled": 1})
    assert all(one["time"] <= other["time"] for one, other in pairwise(events))


def test_events_stay_apart_from_the_report(command: Command) -> None:
    spec = "{name: w, jobs: [{name: a, command: 'true'}]}"
    _, out, err = command(spec, "--log-format=json", "--format=json")
    assert jobs_of(out) == {"a": "completed"}
    assert [json.loads(line)["event"] for line in err.splitlines()] == ["begin", "started", "ended", "finish"]


def test_trace(command: Command) -> None:
    spec = """
        name: demo
        jobs:
          - {name: "a_{i}", command: "sleep 0.1", parameters: {i: "1:4"}}
          - {name: b, command: "false", depends_on_regexes: ["^a_"]}
          - {name: c, command: "true", depends_on: [b]}
    """
    assert command(spec, "--trace=t.json", "--cpus=2")[0] == 1
    events = json.loads(Path("t.json").read_text())
    bars = [event for event in events if event["ph"] == "X"]
    assert {event["name"] for event in bars} == {"a_1", "a_2", "a_3", "a_4", "b"}
    assert {event["cat"] for event in bars} == {"a_{i}", "b"}
    assert {event["tid"] for event in bars} == {1, 2}
    for lane in (1, 2):
        row = sorted((event for event in bars if event["tid"] == lane), key=lambda event: event["ts"])
        assert all(one["ts"] + one["dur"] <= other["ts"] + 1000 for one, other in pairwise(row))
    assert {event["args"]["name"] for event in events if event["ph"] == "M"} == {"demo", "slot 1", "slot 2"}
    assert [event["name"] for event in events if event["ph"] == "i"] == ["1 job canceled: b did not complete"]
    assert all(event["pid"] == 1 for event in events)


def test_a_trace_that_cannot_be_written_starts_nothing(command: Command) -> None:
    code, _, err = command("{name: w, jobs: [{name: a, command: 'touch ran'}]}", "--trace=no/such/folder.json")
    assert code == 2
    assert err.startswith("torclint: no/such/folder.json: No such file or directory\n")
    assert not Path("ran").exists()


@pytest.mark.parametrize("options", [["--timeout=soon"], ["--keep-going", "--fail-fast"], ["--jobs=0"]])
def test_wrong_options(command: Command, options: list[str]) -> None:
    code, _, err = command("{name: w, jobs: [{name: a, command: 'touch ran'}]}", *options)
    assert code == 2
    assert options[0].split("=")[0] in err
    assert not Path("ran").exists()


def test_from_python(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    spec = torclint.Source("w.yaml", "{name: w, jobs: [{name: a, command: 'true'}, {name: b, command: 'true'}]}")
    outcome = torclint.run(spec, only=["a"], jobs=1, timeout=60)
    assert [row.name for row in outcome.results()] == ["a"]


def test_files_of_jobs_that_are_not_chosen_need_not_be_there(play: Play) -> None:
    spec = """
        name: w
        files: [{name: here, path: w.yaml}, {name: gone, path: gone.txt}]
        jobs:
          - {name: a, command: "true", input_files: [here]}
          - {name: b, command: "true", input_files: [gone], depends_on: [a]}
    """
    Path("w.yaml").touch()
    assert play(spec, only=["a"]).statuses == {"a": "completed"}
    assert play(spec, until=["a"]).statuses == {"a": "completed"}
    for options in ({}, {"only": ["b"]}, {"until": ["b"]}):
        with pytest.raises(Refused, match=r"'gone' .* does not exist"):
            play(spec, **options)
