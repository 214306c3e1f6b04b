"""Pages about runs of many jobs: from stores that are written by hand, since nobody waits for the runs."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing

import pytest

from tests.page.reader import assert_sound, read
from tests.page.test_run import page
from torclint.run.scheduler import COMPLETED, FAILED
from torclint.run.store.database import create
from torclint.run.store.schema import MACHINE, PLACES, About

BEGIN = 1_790_000_000.0
OPTIONS = {"torc": "1.0", "only": [], "until": [], "engine": "local"}
SPEC = """
name: many
jobs:
  - {{name: "work_{{i:06d}}", command: "work {{i}}", parameters: {{i: "0:{last}"}}}}
  - {{name: report, command: "true", depends_on_regexes: ["^work_"]}}
"""
CPUS = 10


def write_store(path: str, jobs: int, *, spec: str = "", names: Sequence[str] = ()) -> None:
    """A run on ten CPUs: each job takes a second, every fourth one fails, and the report takes a minute."""
    text = spec or SPEC.format(last=jobs - 1)
    about = About("uid", "", "many.yaml", text, "/", json.dumps(OPTIONS), "0.1.0", "many", jobs + 1, "torc_output", 1)

    def rows():
        for number in range(jobs):
            code = 3 if number % 4 == 3 else 0
            status = FAILED if code else COMPLETED
            start = BEGIN + number // CPUS
            reason = f"its output is missing: out_{number}" if code else ""
            name = names[number] if names else f"work_{number:06d}"
            yield (number, name, number + 1, status, code, 1, 1, 1.0, start, None, None, 0, None, reason)
        start = BEGIN + jobs // CPUS
        yield (jobs, "report", jobs + 1, COMPLETED, 0, 1, 1, 60.0, start, None, None, 0, None, "")

    with closing(create(path, about)) as database:
        database.execute("BEGIN")
        database.executemany(f"INSERT INTO job VALUES ({PLACES})", rows())
        end = BEGIN + jobs // CPUS + 60
        database.execute("INSERT INTO run VALUES (1, 1, '', ?, ?, 'failed', '', '{}')", (BEGIN, end))
        database.execute(MACHINE)
        database.execute("INSERT INTO machine VALUES (1, ?, ?, 0, NULL)", (CPUS, 1 << 34))
        database.execute("COMMIT")


@pytest.fixture
def command(capsys, monkeypatch, tmp_path):
    from torclint.cli import main

    monkeypatch.chdir(tmp_path)

    def command(*words: str) -> tuple[int, str, str]:
        return (main(list(words)), *capsys.readouterr())

    return command


@pytest.fixture
def large(command):
    """The page about a run of 2,000 jobs and a report."""
    write_store("many.sqlite", 2000)
    return page(command, "report", "many.sqlite", "-o", "-")


def test_what_is_many_is_counted(large) -> None:
    timeline = large.one(id="timeline")
    labels = [label.words for label in timeline.find("text", "label")]
    assert labels == ["work_{i:06d}2,000 jobs, up to 10 at once", "report", "The 20 slowest"]
    work, report = timeline.find("svg", "bar")[:2]
    assert work.one("title").words == (
        "work_000003: exit code 3: its output is missing: out_3, the first of 500 like this"
    )
    assert report.one("title").words == "report: completed; started after 3 min 20 s, took 1 min"
    assert timeline.one("table").rows == [
        ["work_{i:06d}", "2,000", "500", "0.0 s", "3 min 20 s", "10"],
        ["report", "1", "", "3 min 20 s", "4 min 20 s", "1"],
    ]


def test_failures_are_kinds_with_examples(large) -> None:
    failures = large.one(id="failures")
    assert failures.one("h3").words == "work_{i:06d}: 500 attempts"
    assert [each.words for each in failures.find("h4")] == [f"work_{number:06d}" for number in range(3, 20, 4)]
    assert [each.text for each in failures.find("pre", "command")][:2] == ["work 3\n", "work 7\n"]


def test_use_in_the_mean_of_stretches(large) -> None:
    use = large.one(id="use")
    rows = {row[0]: row[1:] for row in use.find("table")[0].rows}
    mean = (2000 + 60) / 260
    assert rows["CPUs"] == [f"{mean:.1f}", "10", "10 CPUs", f"{mean / 10:.0%}"]
    by_time = use.find("table")[1].rows
    assert [row[:2] for row in by_time[:2]] == [["0.0 s", "10"], ["21.7 s", "10"]]
    assert [row[1] for row in by_time[-2:]] == ["1", "1"]
    waiting = sum(number // CPUS for number in range(2000)) / 260
    assert rows["Jobs that waited for a place"][0] == f"{waiting:,.0f}"


def test_what_held_the_end_back(large) -> None:
    (chain,) = large.one(id="summary").find("table")
    assert chain.rows == [["work_{i:06d}", "1", "1.0 s", "3 min 19 s"], ["report", "1", "1 min", "0.0 s"]]
    assert "The machine set the time, and not the dependencies." in large.one(id="summary").words


def test_the_page_does_not_grow(command) -> None:
    sizes = []
    for jobs in (2000, 20_000):
        write_store(f"{jobs}.sqlite", jobs)
        code, out, _ = command("report", f"{jobs}.sqlite", "-o", "-")
        assert code == 0
        sizes.append(len(out))
    assert sizes[1] < 1.1 * sizes[0]


def run_of_specs(command, names: list[str]):
    """The page about a run of job specs with these names, a job each, and a report."""
    jobs = [{"name": name, "command": "true"} for name in names]
    jobs.append({"name": "report", "command": "true", "depends_on": names})
    write_store("many.sqlite", len(names), spec=json.dumps({"name": "w", "jobs": jobs}), names=names)
    return page(command, "report", "many.sqlite", "-o", "-")


def test_job_specs_that_differ_in_numbers_only_are_one(command) -> None:
    found = run_of_specs(command, [f"work_{number}" for number in range(300)])
    rows = found.one(id="durations").find("table")[0].rows
    assert [row[:2] for row in rows] == [["work_* 300 job specs", "300"], ["report", "1"]]


def test_job_specs_that_have_nothing_in_common_are_all_jobs(command) -> None:
    words = [f"{chr(97 + number % 26)}{chr(97 + number // 26)}x" for number in range(400)]
    found = run_of_specs(command, words)
    assert [row[0] for row in found.one(id="durations").find("table")[0].rows] == ["all jobs 401 job specs"]


def test_few_job_specs_are_told_apart(command) -> None:
    found = run_of_specs(command, [f"work_{number}" for number in range(59)])
    assert len(found.one(id="durations").find("table")[0].rows) == 60


def test_many_job_specs_and_many_kinds_of_failure(command) -> None:
    words = [f"{chr(97 + number % 26)}{chr(97 + number // 26 % 26)}{number:04d}" for number in range(2000)]
    spec = json.dumps({"name": "w", "jobs": [{"name": word, "command": "x" * 10_000} for word in words]})
    write_store("many.sqlite", 2000, spec=spec)
    code, out, err = command("report", "many.sqlite", "-o", "-")
    assert (code, err) == (0, "")
    found = read(out)
    assert_sound(found)
    assert "grouped by their names" in found.one(id="summary").words  # the store has other names
    assert len(out) < 1_000_000


def test_a_store_that_makes_no_sense(command) -> None:
    write_store("many.sqlite", 10)
    with closing(sqlite3.connect("many.sqlite")) as database, database:
        database.execute("UPDATE job SET number = 1 << 40 WHERE number = 5")
    code, out, err = command("report", "many.sqlite")
    assert (code, out) == (2, "")
    assert "many.sqlite: is damaged" in err
