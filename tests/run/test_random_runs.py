"""Random workflows, really run, against the model that the scheduler is held against."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import torclint
from torclint.run.outcome import Outcome

from .conftest import Ear

CODES = st.sampled_from([0, 0, 0, 1, 42])


@st.composite
def workflows(draw: st.DrawFn) -> list[dict[str, object]]:
    """Jobs with explicit edges, edges through files, cancel flags and exit codes; no cycles."""
    jobs: list[dict[str, object]] = []
    for number in range(draw(st.integers(1, 8))):
        earlier = st.sets(st.integers(0, number - 1), max_size=3) if number else st.just(set())
        jobs.append(
            {
                "code": draw(CODES),
                "explicit": draw(earlier),
                "files": draw(earlier),
                "cancel": draw(st.booleans()),
                "retries": draw(st.integers(0, 2)),
            }
        )
    return jobs


def spec_of(jobs: list[dict[str, object]]) -> dict[str, object]:
    return {
        "name": "w",
        "use_pending_failed": False,
        "files": [{"name": f"f{number}", "path": f"f{number}"} for number in range(len(jobs))],
        "failure_handlers": [
            {"name": f"h{tries}", "rules": [{"exit_codes": [42], "max_retries": tries}]} for tries in (1, 2)
        ],
        "jobs": [
            {
                "name": f"j{number}",
                "command": f"echo start {number} >> log; touch f{number}; echo end {number} >> log; exit {job['code']}",
                "depends_on": [f"j{other}" for other in job["explicit"]],
                "input_files": [f"f{other}" for other in job["files"]],
                "output_files": [f"f{number}"],
                "cancel_on_blocking_job_failure": job["cancel"],
                **({"failure_handler": f"h{job['retries']}"} if job["retries"] else {}),
            }
            for number, job in enumerate(jobs)
        ],
    }


def expected(jobs: list[dict[str, object]]) -> dict[str, tuple[str, int | None, int]]:
    """What must come out: jobs only wait for earlier ones, so one pass in order tells."""
    found: dict[str, tuple[str, int | None, int]] = {}
    for number, job in enumerate(jobs):
        above = [found[f"j{other}"][0] for other in {*job["explicit"], *job["files"]}]  # type: ignore[misc]
        if job["cancel"] and any(status != "completed" for status in above):
            found[f"j{number}"] = ("canceled", None, 0)
            continue
        code = job["code"]
        attempts = max(1, job["retries"]) if code == 42 else 1  # type: ignore[call-overload]
        found[f"j{number}"] = ("failed" if code else "completed", code, attempts)  # type: ignore[assignment]
    return found


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(workflows(), st.integers(1, 3))
def test_random_workflows_end_as_the_rules_say(jobs: list[dict[str, object]], cpus: int) -> None:
    outcome, log = really_run(spec_of(jobs), cpus)
    wanted = expected(jobs)
    assert {row.name: (row.status, row.return_code, row.attempts) for row in outcome.results()} == wanted
    assert outcome.exit_code == (0 if all(row[0] == "completed" for row in wanted.values()) else 1)
    for number, job in enumerate(jobs):
        starts = [place for place, line in enumerate(log) if line == f"start {number}"]
        assert len(starts) == wanted[f"j{number}"][2]
        for other in {*job["explicit"], *job["files"]}:  # type: ignore[misc]
            ends = [place for place, line in enumerate(log) if line == f"end {other}"]
            assert not starts or not ends or ends[-1] < starts[0]


def really_run(spec: dict[str, object], cpus: int) -> tuple[Outcome, list[str]]:
    import json

    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            outcome = torclint.run(
                torclint.Source("w.json", json.dumps(spec)), cpus=cpus, memory=1 << 30, listeners=[Ear()]
            )
            log = Path("log").read_text(encoding="utf-8").splitlines() if Path("log").exists() else []
        finally:
            os.chdir(before)
    return outcome, log
