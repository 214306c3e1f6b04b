"""How jobs are run: commands, environment, output, retries, actions, and what is refused."""

from __future__ import annotations

import os
import time
from array import array
from pathlib import Path

import pytest

from torclint.run.gates import Gates
from torclint.run.limits import MemoryLimits
from torclint.run.plan import JobList, Kind, Plan, Refused, Resources

from .conftest import Play


def test_jobs_see_the_environment_that_torc_gives_them(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TORC_API_URL", "http://elsewhere/")
    monkeypatch.setenv("OUTER", "o")
    play("""
        name: w
        env: {A: "1", B: "2", TORC_JOB_NAME: mine}
        jobs:
          - name: job_{i}
            command: >-
              echo $OUTER $A $B $TORC_JOB_NAME $TORC_JOB_ID $TORC_ATTEMPT_ID
              $TORC_OUTPUT_DIR ${TORC_API_URL-none} > o{i}
            env: {B: "b{i}"}
            parameters: {i: "1:2"}
    """)
    assert Path("o1").read_text() == "o 1 b1 job_1 1 1 torc_output none\n"
    assert Path("o2").read_text() == "o 1 b2 job_2 2 1 torc_output none\n"


def test_gpus_are_named_to_the_job_that_holds_them(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "4,7")
    played = play(
        """
        name: w
        resource_requirements: [{name: g, num_cpus: 1, memory: 1m, num_gpus: 2}]
        jobs:
          - name: a
            command: test "$CUDA_VISIBLE_DEVICES $TORC_GPU_VISIBLE_DEVICES" = "4,7 4,7"
            resource_requirements: g
        """,
        gpus=2,
    )
    assert played.statuses == {"a": "completed"}


@pytest.mark.parametrize(
    ("mode", "endings"),
    [("separate", [".e", ".o"]), ("combined", [".log"]), ("no_stdout", [".e"]), ("no_stderr", [".o"]), ("none", [])],
)
def test_output_files_by_mode(play: Play, mode: str, endings: list[str]) -> None:
    play(f"""
        name: w
        jobs: [{{name: a, command: "echo out; echo err >&2", stdio: {{mode: {mode}}}}}]
    """)
    found = sorted(Path("torc_output/job_stdio").iterdir())
    assert [path.name for path in found] == [f"job_wf1_j1_r1_a1{ending}" for ending in endings]
    texts = {path.suffix: path.read_text() for path in found}
    assert (
        texts
        == {
            ".log": {".log": "out\nerr\n"},
            ".e": {".e": "err\n"},
            ".o": {".o": "out\n"},
            "": {},
            ".e.o": {".e": "err\n", ".o": "out\n"},
        }["".join(endings)]
    )


def test_output_of_a_success_can_be_deleted(play: Play) -> None:
    play("""
        name: w
        execution_config: {stdio: {mode: separate, delete_on_success: true}}
        jobs: [{name: a, command: "true"}, {name: b, command: "false"}]
    """)
    assert sorted(path.name for path in Path("torc_output/job_stdio").iterdir()) == [
        "job_wf1_j2_r1_a1.e",
        "job_wf1_j2_r1_a1.o",
    ]


def test_a_second_run_leaves_the_output_of_the_first_alone(play: Play) -> None:
    spec = "{name: w, jobs: [{name: a, command: 'echo $RANDOM'}]}"
    play(spec)
    first = Path("torc_output/job_stdio/job_wf1_j1_r1_a1.o").read_text()
    play(spec)
    assert Path("torc_output/job_stdio/job_wf1_j1_r1_a1.o").read_text() == first
    assert Path("torc_output/job_stdio/job_wf2_j1_r1_a1.o").exists()


def test_the_invocation_script_is_put_before_the_command(play: Play) -> None:
    play("""
        name: w
        jobs:
          - {name: line, command: "echo $X > line", invocation_script: "  X=1; "}
          - {name: lines, command: "echo $Y > lines", invocation_script: "Y=2\\nexport Y\\n\\n"}
          - {name: blank, command: "echo z > blank", invocation_script: "  "}
    """)
    assert [Path(name).read_text() for name in ("line", "lines", "blank")] == ["1\n", "2\n", "z\n"]


def test_a_signal_is_told_as_128_and_its_number(play: Play) -> None:
    played = play("{name: w, jobs: [{name: a, command: 'kill -9 $$'}, {name: b, command: 'kill -TERM $$'}]}")
    assert played.codes == {"a": 137, "b": 143}


def test_broken_pipes_end_a_job_as_they_do_in_a_shell(play: Play) -> None:
    played = play("{name: w, jobs: [{name: a, command: 'set -o pipefail; yes | head -1'}]}")
    assert played.codes == {"a": 141}


def test_files_and_user_data_are_put_into_commands(play: Play) -> None:
    played = play("""
        name: w
        files: [{name: "f_{i}", path: "f{i}.txt", parameters: {i: "1:2"}}]
        user_data: [{name: u, data: {b: 1.5, a: ["é", null]}}]
        jobs:
          - {name: "make_{i}", command: "echo {i} > ${files.output.f_{i}}", parameters: {i: "1:2"}}
          - {name: take, command: "cat ${files.input.f_1} ${files.input.f_2} > all; echo '${user_data.input.u}' >> all"}
    """)
    assert set(played.statuses.values()) == {"completed"}
    assert Path("all").read_text() == '1\n2\n{"a":["é",null],"b":1.5}\n'


def test_recovery_script_runs_between_two_attempts_without_the_environment_of_the_spec(play: Play) -> None:
    played = play("""
        name: w
        env: {A: "1"}
        failure_handlers:
          - name: h
            rules:
              - exit_codes: [3]
                max_retries: 2
                recovery_script: "echo $TORC_JOB_NAME $TORC_RETURN_CODE ${A-none} >> log"
        jobs: [{name: a, command: "echo run $TORC_ATTEMPT_ID >> log; exit 3", failure_handler: h}]
    """)
    assert Path("log").read_text() == "run 1\na 3 none\nrun 2\n"
    assert (played.statuses, played.attempts) == ({"a": "failed"}, {"a": 2})


def test_a_missing_output_counts_as_a_failure_that_can_be_retried(play: Play) -> None:
    played = play("""
        name: w
        files: [{name: f, path: f.txt}]
        failure_handlers: [{name: h, rules: [{exit_codes: [1], max_retries: 2}]}]
        jobs: [{name: a, command: "test $TORC_ATTEMPT_ID = 1 || touch f.txt", output_files: [f], failure_handler: h}]
    """)
    assert (played.statuses, played.attempts) == ({"a": "completed"}, {"a": 2})


def test_actions_in_their_order_and_their_folder(play: Play) -> None:
    played = play("""
        name: w
        jobs:
          - {name: a, command: "echo a >> torc_output/log"}
          - {name: b, command: "echo b >> torc_output/log", depends_on: [a]}
        actions:
          - {trigger_type: on_worker_complete, action_type: run_commands, commands: ["echo worker complete >> log"]}
          - {trigger_type: on_workflow_complete, action_type: run_commands, commands: ["echo workflow complete >> log"]}
          - {trigger_type: on_jobs_complete, action_type: run_commands, jobs: [a], commands: ["echo a complete >> log"]}
          - trigger_type: on_jobs_ready
            action_type: run_commands
            job_name_regexes: ["b"]
            commands: ["echo b ready >> log"]
          - {trigger_type: on_worker_start, action_type: run_commands, commands: ["echo worker start >> log"]}
          - trigger_type: on_workflow_start
            action_type: run_commands
            commands: ["echo workflow start ${TORC_JOB_ID-no job} >> log", "false", "echo not reached >> log"]
    """)
    assert Path("torc_output/log").read_text().splitlines() == [
        "workflow start no job",
        "worker start",
        "a",
        "a complete",
        "b ready",
        "b",
        "workflow complete",
        "worker complete",
    ]
    assert played.ear.notes == ["action on_workflow_start: 'false' failed with 1"]


def test_actions_are_not_lost_when_jobs_are_canceled(play: Play) -> None:
    play("""
        name: w
        jobs: [{name: a, command: "false"}, {name: b, command: "true", depends_on: [a]}]
        actions:
          - {trigger_type: on_jobs_complete, action_type: run_commands, jobs: [a, b], commands: ["echo jobs >> log"]}
          - {trigger_type: on_workflow_complete, action_type: run_commands, commands: ["echo workflow >> log"]}
    """)
    assert Path("torc_output/log").read_text() == "jobs\nworkflow\n"


def test_memory_over_the_limit_ends_the_job_with_all_its_processes(play: Play) -> None:
    played = play("""
        name: w
        resource_requirements: [{name: small, num_cpus: 1, memory: 30m}]
        jobs:
          - name: a
            command: "python3 -c 'import time; x = bytearray(60 << 20); time.sleep(60)' & wait"
            resource_requirements: small
    """)
    assert played.codes == {"a": 137}
    assert played.ear.ends[0].reason == "used more memory than its limit"
    assert played.outcome.seconds < 30


def test_memory_is_not_limited_where_the_spec_turns_it_off(play: Play) -> None:
    played = play("""
        name: w
        execution_config: {limit_resources: false}
        resource_requirements: [{name: small, num_cpus: 1, memory: 1m}]
        jobs: [{name: a, command: "sleep 0.1; true", resource_requirements: small}]
    """)
    assert played.statuses == {"a": "completed"}


def test_what_will_never_run_is_told_at_once(play: Play) -> None:
    played = play("""
        name: w
        files: [{name: f, path: f}, {name: g, path: g}]
        resource_requirements: [{name: big, num_cpus: 9, memory: 3g, num_gpus: 1, num_nodes: 2}]
        jobs:
          - {name: "big_{i}", command: "true", resource_requirements: big, parameters: {i: "1:7"}}
          - {name: after, command: "true", depends_on: [big_1]}
          - {name: labelled, command: "true", labels: [gpu, a]}
          - {name: round, command: "true", input_files: [f], output_files: [g]}
          - {name: about, command: "true", input_files: [g], output_files: [f]}
    """)
    assert played.ear.notes == [
        "big_1, big_2, big_3, big_4, big_5 and 2 more will not run: "
        "needs 9 CPUs (there are 2), 3 GiB of memory (there is 2 GiB), 1 GPU (there are 0), 2 nodes (there is one)",
        "labelled will not run: only a runner with the labels a, gpu takes such a job, and this one has none",
        "round, about will not run: the dependencies go round in a circle",
        "after will not run: what must come before does not run",
    ]
    assert played.outcome.exit_code == 1
    assert played.ear.started_names == []


def test_nothing_to_do_is_done(play: Play) -> None:
    assert play("{name: w, jobs: []}").outcome.exit_code == 0


@pytest.mark.parametrize(
    ("spec", "reason"),
    [
        ("{name: w, jobs: [{name: a, command: x, depends_on: [b]}, {name: b, command: x, depends_on: [a]}]}", "cycle"),
        ("{name: w, jobs: [{name: a, command: x, depends_on: [zz]}]}", "'zz' is not declared"),
        ("{name: w, jobs: [{name: a, command: x, depends_on_regexes: [zz]}]}", "'zz' matches nothing new"),
        ("{name: w, jobs: [{name: a, command: x}, {name: 'a{i}', command: x, parameters: {i: ['']}}]}", "name 'a'"),
        (
            "{name: w, files: [{name: f, path: no/f}], jobs: [{name: a, command: x, input_files: [f]}]}",
            "'f' (no/f) does not exist",
        ),
        ("{name: w, user_data: [{name: u}], jobs: [{name: a, command: x, input_user_data: [u]}]}", "'u' has no data"),
        (
            "{name: w, user_data: [{name: u, data: 1.5}], jobs: [{name: a, command: x, input_user_data: [u]}]}",
            "'u' is a bare number",
        ),
    ],
)
def test_what_torc_would_not_start(play: Play, spec: str, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        play(spec)
    assert reason in str(refused.value)


def test_user_data_without_content_is_fine_where_a_job_writes_it(play: Play) -> None:
    played = play("""
        name: w
        user_data: [{name: u}]
        jobs: [{name: b, command: "true", input_user_data: [u]}, {name: a, command: "true", output_user_data: [u]}]
    """)
    assert played.ear.started_names == ["a", "b"]


def test_no_output_folder_is_a_refusal(play: Play) -> None:
    Path("torc_output").write_text("")
    with pytest.raises(Refused, match="torc_output"):
        play("{name: w, jobs: [{name: a, command: 'true'}]}")


def test_a_command_that_is_too_long_for_an_argument(play: Play) -> None:
    long = "x" * 200_000
    played = play(f"""
        name: w
        failure_handlers:
          - {{name: h, rules: [{{match_all_exit_codes: true, max_retries: 2, recovery_script: ': {long}; pwd > r'}}]}}
        jobs:
          - {{name: a, command: ': {long}; echo $0 $# "$TORC_JOB_NAME" > a; exit 3', failure_handler: h}}
          - {{name: b, command: 'true'}}
        actions: [{{trigger_type: on_workflow_start, action_type: run_commands, commands: [': {long}; pwd > pwd']}}]
    """)
    assert played.statuses == {"a": "failed", "b": "completed"}
    assert played.codes["a"] == 3
    assert Path("a").read_text() == "bash 0 a\n"
    assert Path("torc_output/pwd").read_text() == f"{Path.cwd()}/torc_output\n"
    assert Path("r").read_text() == f"{Path.cwd()}\n"


def test_an_environment_that_is_too_large_fails_only_its_job(play: Play) -> None:
    large = "x" * 200_000
    played = play(
        f"{{name: w, jobs: [{{name: a, command: 'true', env: {{A: '{large}'}}}}, {{name: b, command: 'true'}}]}}"
    )
    assert played.statuses == {"a": "failed", "b": "completed"}
    assert played.ear.ends[0].reason == "could not be started: Argument list too long"


def test_texts_that_the_system_cannot_take_fail_only_their_job(play: Play) -> None:
    played = play(
        r"""
        name: w
        files: [{name: long, path: %s}]
        jobs:
          - {name: command, command: "echo \0"}
          - {name: "na\0me", command: "true"}
          - {name: env, command: "true", env: {A: "\0"}}
          - {name: output, command: "true", output_files: [long]}
          - {name: good, command: "true"}
    """
        % ("x" * 5000)
    )
    assert sorted(played.statuses.values()) == ["completed", *["failed"] * 4]


def test_the_folder_for_output_comes_back_when_a_job_removes_it(play: Play) -> None:
    played = play("""
        name: w
        jobs: [{name: a, command: "rm -r torc_output"}, {name: b, command: "true", depends_on: [a]}]
    """)
    assert played.statuses == {"a": "completed", "b": "completed"}


def test_background_processes_serve_later_jobs_but_do_not_outlive_the_run(play: Play) -> None:
    played = play("""
        name: w
        jobs:
          - {name: server, command: "sleep 1000 & echo $! > pid"}
          - {name: stubborn, command: "(trap '' TERM; sleep 1000; sleep 1000) & echo $! > stubborn"}
          - {name: client, command: "kill -0 $(cat pid)", depends_on: [server, stubborn]}
    """)
    assert played.statuses["client"] == "completed"
    for name in ("pid", "stubborn"):
        assert not alive(int(Path(name).read_text()))


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except OSError:
        return False
    return state not in "ZX"


def test_nothing_of_a_run_is_left_open(play: Play) -> None:
    before = list(Path("/proc/self/fd").iterdir())
    for _ in range(3):
        play("{name: w, jobs: [{name: 'a{i}', command: 'true', parameters: {i: '1:5'}}]}")
    assert len(list(Path("/proc/self/fd").iterdir())) == len(before)


def test_the_tail_of_the_output_comes_with_a_failure(play: Play) -> None:
    played = play(r"""
        name: w
        jobs: [{name: a, command: "seq 100 >&2; printf 'caf\\xc3\\n\\xff\\033[31m' >&2; exit 4"}]
    """)
    (end,) = played.ear.ends
    assert end.tail[:2] == ("93", "94")
    assert end.tail[-1] == "\N{REPLACEMENT CHARACTER}\x1b[31m"
    assert end.log.endswith("_j1_r1_a1.e")


def test_jobs_run_side_by_side(play: Play) -> None:
    start = time.monotonic()
    play(
        "{name: w, jobs: [{name: 'a{i}', command: 'touch {i}; until test -e 1 -a -e 2; do sleep 0.01; done', "
        "parameters: {i: '1:2'}}]}"
    )
    assert time.monotonic() - start < 60


def test_ids_follow_the_levels_of_the_explicit_dependencies(play: Play) -> None:
    play("""
        name: w
        jobs:
          - {name: last, command: "echo $TORC_JOB_ID > last", depends_on: [middle]}
          - {name: middle, command: "echo $TORC_JOB_ID > middle", depends_on: ["first_2"]}
          - {name: "first_{i}", command: "echo $TORC_JOB_ID > first_{i}", parameters: {i: "1:2"}}
    """)
    assert [Path(name).read_text() for name in ("first_1", "first_2", "middle", "last")] == ["1\n", "2\n", "3\n", "4\n"]


def test_what_jobs_need_may_depend_on_any_of_their_parameters(play: Play) -> None:
    played = play("""
        name: w
        resource_requirements:
          - {name: small, num_cpus: 1, memory: 100m, runtime: PT1M}
          - {name: large, num_cpus: 9, memory: 100m, runtime: PT1M}
        jobs:
          - name: "{a}_{b}_{c}"
            command: "true"
            resource_requirements: "{b}"
            labels: ["{c}"]
            parameters: {a: [1, 2], b: [large, small], c: [x, y]}
          - {name: "free_{a}_{b}", command: "true", resource_requirements: "{a}", parameters: {a: [small, large], b: [1, 2]}}
    """)
    assert {name: status for name, status in played.statuses.items() if status == "completed"} == {
        "free_small_1": "completed",
        "free_small_2": "completed",
    }
    kinds = {name: played.outcome.plan.kind(number) for number, name in enumerate(played.outcome.plan.jobs.names())}
    assert {
        name: (kind.resources.name, kind.labels) for name, kind in kinds.items() if "_x" in name or "_y" in name
    } == {f"{a}_{b}_{c}": (b, (c,)) for a in (1, 2) for b in ("large", "small") for c in "xy"}


def test_a_short_job_is_not_looked_at_for_its_memory() -> None:
    plan = Plan("w", ("s",), [Kind(0, Resources("tiny", memory=1))], array("i", [0]), JobList([]), Gates(1))
    limits = MemoryLimits(plan)
    limits.add(os.getpgrp(), 0, 100.0)
    assert limits.exceeded(100.9) == []
    assert limits.exceeded(102.0) == [os.getpgrp()]
