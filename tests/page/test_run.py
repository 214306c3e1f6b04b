"""The page about a run: specs are run for real, and the page is read."""

from __future__ import annotations

import os
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from textwrap import dedent

import pytest

from tests.page.reader import assert_sound, read
from torclint.cli import main
from torclint.run.store.lock import Lock

STORE = ".torclint/runs/0001-w.sqlite"
MIXED = """
    name: weather
    resource_requirements:
      - {name: small, num_cpus: 1, memory: 100m, runtime: PT1M}
      - {name: large, num_cpus: 2, memory: 300m, runtime: PT5M}
    failure_handlers:
      - {name: again, rules: [{exit_codes: [7], max_retries: 3}]}
    jobs:
      - {name: "read_{i}", command: "echo {i}", parameters: {i: "1:6"}, resource_requirements: small}
      - {name: flaky, command: "test $TORC_ATTEMPT_ID = 2 || exit 7", resource_requirements: small, failure_handler: again}
      - {name: compare, command: "sleep 0.05", depends_on_regexes: ["^read_", flaky], resource_requirements: large}
      - {name: broken, command: "echo said; echo '<b>loud</b>' >&2; exit 3", depends_on: [compare]}
      - {name: after, command: "true", depends_on: [broken]}
"""


@pytest.fixture
def command(capsys, monkeypatch, tmp_path):
    """A command in an empty folder: exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)

    def command(*words: str) -> tuple[int, str, str]:
        code = main(list(words))
        sys.stdout.flush()
        return (code, *capsys.readouterr())

    return command


@pytest.fixture
def page_of_run(command):
    """page_of_run(spec, *options): run it, and read the page about the run."""

    def page_of_run(spec: str, *options: str, words=("report", "--run", "-o", "-")):
        Path("w.yaml").write_text(dedent(spec))
        command("run", "-q", "--cpus", "2", "--memory", "1g", "--gpus", "0", "--no-check", *options, "w.yaml")
        return page(command, *words)

    return page_of_run


def page(command, *words):
    code, out, err = command(*words)
    assert (code, err) == (0, "")
    found = read(out)
    assert_sound(found)
    return found


def figures(found) -> dict[str, str]:
    summary = found.one(id="summary")
    return {div.one("dt").words: div.one("dd", "big").words for div in summary.one("dl").find("div")}


def bars(found) -> list[str]:
    timeline = found.one(id="timeline")
    return sorted(bar.one("title").words.split(";")[0] for bar in timeline.one("div", "wide").find("svg", "bar"))


def test_how_it_ended(page_of_run) -> None:
    found = page_of_run(MIXED)
    assert found.one("h1").words == "weather"
    verdict = found.one("p", "verdict")
    assert verdict.words.startswith("1 of 10 jobs failed, and because of that 1 did not run. The run took ")
    assert "error" in verdict.classes
    shown = figures(found)
    assert (shown["Completed"], shown["Failed"], shown["Cancelled"]) == ("8", "1", "1")
    chain = found.one(id="summary").one("table")
    assert [row[0] for row in chain.rows][-2:] == ["compare", "broken"]


def test_each_attempt_is_a_bar_and_a_row(page_of_run) -> None:
    found = page_of_run(MIXED)
    assert bars(found) == [
        "broken: failed with exit code 3",
        "compare: completed",
        "flaky, attempt 1: failed, and ran again with exit code 7",
        "flaky, attempt 2: completed",
        *(f"read_{number}: completed" for number in range(1, 7)),
    ]
    rows = found.one(id="timeline").one("table").rows
    assert sorted((job, attempt, outcome) for job, attempt, _, _, outcome in rows)[:3] == [
        ("broken", "1", "failed: exit code 3"),
        ("compare", "1", "completed"),
        ("flaky", "1", "failed, and ran again: exit code 7"),
    ]
    assert [item.words for item in found.one("ul", "legend").find("li")] == [
        "completed",
        "failed",
        "failed, and ran again",
    ]


def test_what_of_the_machine_was_used(page_of_run) -> None:
    found = page_of_run(MIXED).one(id="use")
    rows = {row[0]: row[1:] for row in found.find("table")[0].rows}
    assert rows["CPUs"][1:3] == ["2", "2 CPUs"]
    assert rows["Memory"][1:3] == ["300 MiB", "1 GiB"]
    assert "GPUs" not in rows
    charts = {chart.find("title")[0].words: chart.find("desc")[0].words for chart in found.find("svg", role="img")}
    assert charts["CPUs"].endswith("2 at most of 2 CPUs.")


def test_how_long_jobs_took(page_of_run) -> None:
    tables = page_of_run(MIXED).one(id="durations").find("table")
    rows = {row[0]: row[1:] for row in tables[0].rows}
    assert rows["read_{i}"][:4] == ["6", "", "", ""]
    assert rows["read_{i}"][-1] == "1 min"
    assert rows["broken"][:3] == ["1", "1", ""]
    assert rows["after"][:3] == ["1", "", "1"]
    assert rows["flaky"][3] == "1"
    assert "compare" in [row[0] for row in tables[1].rows]


def test_a_failure_with_its_command_and_what_it_wrote(page_of_run) -> None:
    found = page_of_run(MIXED).one(id="failures")
    assert [row[1:] for row in found.one("table").rows] == [
        ["broken", "failed", "exit code 3"],
        ["flaky", "failed, and ran again", "exit code 7"],
    ]
    failed, retried = found.find("details")
    assert [pre.text for pre in failed.find("pre")] == [
        "echo said; echo '<b>loud</b>' >&2; exit 3\n",
        "<b>loud</b>\n",
        "said\n",
    ]
    assert ("open" in failed.attributes, "open" in retried.attributes) == (True, False)
    assert "It ended with exit code 7" in retried.words


def test_without_what_jobs_wrote(page_of_run) -> None:
    found = page_of_run(MIXED, words=("report", "--run", "--no-logs", "-o", "-")).one(id="failures")
    assert [pre.text for pre in found.find("details")[0].find("pre")] == ["echo said; echo '<b>loud</b>' >&2; exit 3\n"]


def test_colours_are_taken_out_and_much_is_cut(page_of_run) -> None:
    found = page_of_run(r"""
        name: w
        jobs:
          - name: a
            command: |
              for i in $(seq 1000); do echo line $i; done
              printf '\033[31mred\033[0m \033]0;title\007\033(Bplain\n1%%\r50%%\r100%%\n\a\n'
              exit 1
    """)
    (log,) = found.one(id="failures").find("figure", "log")
    lines = log.one("code").text.splitlines()
    assert lines[-3:] == ["red plain", "100%", "\\x07"]
    assert lines[0] == "line 964"
    assert "the end of" in log.one("figcaption").words


def test_no_environment_and_no_user_data_are_in_it(page_of_run, monkeypatch) -> None:
    monkeypatch.setenv("LANG", "secret-of-the-runner")
    found = page_of_run("""
        name: w
        env: {TOKEN: secret-of-all}
        user_data: [{name: key, data: {value: secret-data}}]
        jobs:
          - name: a
            env: {KEY: secret-of-one}
            command: "test -z '${user_data.input.key}' || exit 1"
    """)
    assert found.one(id="failures").one("pre", "command").words == "test -z '${user_data.input.key}' || exit 1"
    assert "secret" not in found.text


def test_all_went_well(page_of_run) -> None:
    found = page_of_run("{name: w, jobs: [{name: a, command: 'true'}, {name: b, command: 'true', depends_on: [a]}]}")
    assert found.one("p", "verdict").words.startswith("All of 2 jobs completed in ")
    assert not found.find(id="failures")


def test_beside_what_was_declared(page_of_run) -> None:
    spec = """
        name: w
        resource_requirements: [{name: r, num_cpus: 1, memory: 1m, runtime: PT90S}]
        jobs: [{name: "a_{i}", command: "true", parameters: {i: "1:3"}, resource_requirements: r}]
    """
    promised = page_of_run(spec).one(id="summary").one("p", "limited").words
    assert promised.startswith("By the declared runtimes it was to take 3 min on this machine; it took ")


def test_a_job_that_nobody_takes(page_of_run) -> None:
    found = page_of_run("{name: w, jobs: [{name: a, command: 'true'}, {name: b, command: 'true', labels: [x]}]}")
    verdict = found.one("p", "verdict").words
    assert verdict.startswith("1 of 2 jobs completed; 1 never became ready or found no place.")


def test_no_job_was_started(page_of_run) -> None:
    found = page_of_run("{name: w, jobs: [{name: a, command: 'true', labels: [x]}]}")
    assert found.one(id="timeline").words == "Timeline No job was started."


def test_killed_and_gone_on_with(command, page_of_run) -> None:
    spec = """
        name: w
        jobs:
          - {name: a, command: "true"}
          - {name: b, command: "test -e go || { kill -INT $PPID; sleep 0.1; exit 1; }", depends_on: [a]}
    """
    found = page_of_run(spec)
    assert found.one("p", "verdict").words.startswith("Interrupted after ")
    Path("go").touch()
    command("retry", "-q", STORE)
    found = page(command, "report", STORE, "-o", "-")
    assert found.one("p", "verdict").words.startswith("All of 2 jobs completed")
    assert [row[2] for row in found.one(id="summary").find("table")[-1].rows] == ["interrupted", "completed"]
    assert len(found.one(id="timeline").find("g", "pause")) == 1


def test_a_run_that_goes_on(command, page_of_run) -> None:
    page_of_run(MIXED)
    with closing(sqlite3.connect(STORE)) as database, database:
        database.execute("UPDATE run SET state = 'running', ended = NULL")
        database.execute("UPDATE job SET status = 2, code = NULL, seconds = NULL WHERE name = 'compare'")
    found = page(command, "report", STORE, "-o", "-")
    assert found.one("p", "verdict").words.startswith("The runner was killed after ")
    assert "compare: not over" in bars(found)
    with Lock(STORE):
        found = page(command, "report", STORE, "-o", "-")
    assert found.one("p", "verdict").words.startswith(f"Still running as process {os.getpid()}: 7 of 10 jobs completed")


def test_a_spec_that_reads_other_jobs_now(command, page_of_run) -> None:
    Path("values.txt").write_text("x\ny\n")
    spec = """
        name: w
        jobs: [{name: "a_{p}", command: "true", parameters: {p: "@values.txt"}}]
    """
    page_of_run(spec)
    Path("values.txt").write_text("x\nz\n")
    found = page(command, "report", "--run", "-o", "-")
    assert "the spec now makes other jobs than those that ran" in found.one(id="summary").words
    assert bars(found) == ["a_x: completed", "a_y: completed"]


def test_a_store_from_before_limits_were_kept(command, page_of_run) -> None:
    page_of_run(MIXED)
    with closing(sqlite3.connect(STORE)) as database, database:
        database.execute("DROP TABLE machine")
    found = page(command, "report", "--run", "-o", "-")
    assert "What the machine had to give was not kept with this run." in found.one(id="use").words


def test_which_run_and_where_to(command, page_of_run) -> None:
    page_of_run(MIXED)
    for words in (("--run",), ("--run", "w.yaml"), (STORE,)):
        code, out, _ = command("report", *words)
        assert (code, out[:36]) == (0, "0001-w.html: 1 of 10 jobs failed, an")
        Path("0001-w.html").unlink()


def test_there_is_no_such_run(command) -> None:
    assert command("report", "--run") == (2, "", "torclint: there is no run in .torclint/runs\n")
    assert command("report", "--run", "w.yaml")[0] == 2
    Path("torn.sqlite").write_bytes(b"SQLite format 3\0 and no more")
    code, out, err = command("report", "torn.sqlite")
    assert (code, out) == (2, "")
    assert "is damaged, or not a store of torclint" in err
    code, _, err = command("report")
    assert (code, "name a spec, or --run" in err) == (2, True)


def test_same_run_same_bytes(command, page_of_run) -> None:
    page_of_run(MIXED)
    command("report", "--run")
    before = Path("0001-w.html").read_bytes()
    command("report", "--run")
    assert Path("0001-w.html").read_bytes() == before
