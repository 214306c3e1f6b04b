"""Random workflows, really run, against a model that knows the rules and nothing else: no queues, gates or groups."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import torclint
from torclint.run.outcome import Outcome
from torclint.run.ranks import CRITICAL_PATH, ORDERS

from .conftest import Ear

CPUS, RUNTIMES = (1, 2, 3), (60, 120)
RULES: dict[str, list[dict[str, object]]] = {
    "of_42": [{"exit_codes": [42], "max_retries": 2}],
    "of_all": [{"exit_codes": [3], "max_retries": 1}, {"match_all_exit_codes": True, "max_retries": 3}],
}


class Job(NamedTuple):
    explicit: frozenset[int]
    files: frozenset[int]  # the jobs whose files it reads
    code: int  # of its attempts up to `bad`; 0 after that
    bad: int
    writes: bool  # the file that it declares
    cancels: bool
    handler: str | None
    priority: int
    cpus: int
    runtime: int
    scheduler: bool
    label: bool

    @property
    def waits(self) -> frozenset[int]:
        return self.explicit | self.files


class Workflow(NamedTuple):
    jobs: list[Job]
    pending_failed: bool
    cpus: int
    order: str


@st.composite
def workflows(draw: st.DrawFn) -> Workflow:
    """Jobs that wait for earlier ones, explicitly and through files."""
    seldom = st.integers(0, 9).map(lambda number: number == 0)
    mostly = st.integers(0, 9).map(lambda number: number != 0)
    jobs = []
    for number in range(draw(st.integers(2, 9))):
        earlier = st.sets(st.integers(0, number - 1), max_size=3) if number else st.just(set())
        job = Job(
            explicit=frozenset(draw(earlier)),
            files=frozenset(draw(earlier)) if draw(st.booleans()) else frozenset(),
            code=draw(st.sampled_from([0, 0, 0, 1, 3, 42])),
            bad=draw(st.sampled_from([1, 2, 9])),
            writes=draw(mostly),
            cancels=draw(st.booleans()),
            handler=draw(st.sampled_from([None, None, "of_42", "of_all"])),
            priority=draw(st.sampled_from([0, 0, 1])),
            cpus=draw(st.sampled_from([1, 1, 1, 2, 3])),
            runtime=draw(st.sampled_from(RUNTIMES)),
            scheduler=draw(seldom),
            label=draw(seldom),
        )
        jobs.append(job._replace(label=job.label and not job.scheduler))
    return Workflow(jobs, draw(seldom), draw(st.sampled_from([1, 1, 2, 3])), draw(st.sampled_from(ORDERS)))


def spec_of(workflow: Workflow) -> dict[str, object]:
    return {
        "name": "w",
        "use_pending_failed": workflow.pending_failed,
        "files": [{"name": f"f{number}", "path": f"f{number}"} for number in range(len(workflow.jobs))],
        "failure_handlers": [{"name": name, "rules": rules} for name, rules in RULES.items()],
        "resource_requirements": [
            {"name": f"r{cpus}_{runtime}", "num_cpus": cpus, "memory": "100m", "runtime": f"PT{runtime}S"}
            for cpus in CPUS
            for runtime in RUNTIMES
        ],
        "slurm_schedulers": [{"name": "s", "account": "a", "walltime": "1-00:00:00"}],
        "jobs": [
            {
                "name": f"j{number}",
                "command": f"echo start {number} >> log; sleep 0.01; {f'touch f{number};' if job.writes else ''} "
                f"echo end {number} >> log; test $TORC_ATTEMPT_ID -gt {job.bad} || exit {job.code}",
                "depends_on": [f"j{other}" for other in sorted(job.explicit)],
                "input_files": [f"f{other}" for other in sorted(job.files)],
                "output_files": [f"f{number}"],
                "cancel_on_blocking_job_failure": job.cancels,
                "priority": job.priority,
                "resource_requirements": f"r{job.cpus}_{job.runtime}",
                **({"failure_handler": job.handler} if job.handler else {}),
                **({"scheduler": "s"} if job.scheduler else {}),
                **({"labels": ["elsewhere"]} if job.label else {}),
            }
            for number, job in enumerate(workflow.jobs)
        ],
    }


class Model:
    """One job at a time, always the first one in order of those that may start."""

    def __init__(self, workflow: Workflow) -> None:
        self.workflow = workflow
        self.jobs = workflow.jobs
        self.status = dict.fromkeys(range(len(self.jobs)), "blocked")
        self.code: dict[int, int] = {}
        self.attempts = dict.fromkeys(self.status, 0)
        self.started: list[int] = []
        self.settle()
        while startable := [number for number in self.status if self.may_start(number)]:
            self.run(min(startable, key=self.place))
            self.settle()

    def settle(self) -> None:
        for number, job in enumerate(self.jobs):
            above = {self.status[other] for other in job.waits}
            if self.status[number] == "blocked" and above <= {"completed", "failed", "canceled"}:
                self.status[number] = "canceled" if job.cancels and above - {"completed"} else "ready"

    def may_start(self, number: int) -> bool:
        job = self.jobs[number]
        return self.status[number] == "ready" and not job.label and job.cpus <= self.workflow.cpus

    def run(self, number: int) -> None:
        job = self.jobs[number]
        self.started.append(number)
        self.attempts[number] += 1
        attempt = self.attempts[number]
        code = job.code if attempt <= job.bad else 0
        if code == 0 and not job.writes:
            code = 1
        self.code[number] = code
        if code == 0:
            self.status[number] = "completed"
            return
        rule = matching(RULES.get(job.handler or "", []), code)
        if rule is None:
            self.status[number] = "pending_failed" if self.workflow.pending_failed else "failed"
        elif attempt >= int(str(rule["max_retries"])):
            self.status[number] = "failed"

    def place(self, number: int) -> tuple[object, ...]:
        job = self.jobs[number]
        path = self.path(number) if self.workflow.order == CRITICAL_PATH else job.runtime
        # jobs are numbered level by level of the explicit dependencies
        return (job.scheduler, -job.priority, -path, -job.runtime, -job.cpus, self.level(number), number)

    def path(self, number: int) -> int:
        behind = [self.path(other) for other, job in enumerate(self.jobs) if number in job.waits]
        return self.jobs[number].runtime + max(behind, default=0)

    def level(self, number: int) -> int:
        return 1 + max((self.level(other) for other in self.jobs[number].explicit), default=0)


def matching(rules: list[dict[str, object]], code: int) -> dict[str, object] | None:
    named = [rule for rule in rules if code in rule.get("exit_codes", [])]  # type: ignore[operator]
    return next(iter(named + [rule for rule in rules if rule.get("match_all_exit_codes")]), None)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(workflows())
def test_random_workflows_end_as_the_rules_say(workflow: Workflow) -> None:
    outcome, log = really_run(spec_of(workflow), workflow)
    model = Model(workflow)
    assert {row.name: (row.status, row.return_code, row.attempts) for row in outcome.results()} == {
        f"j{number}": (status, model.code.get(number), model.attempts[number])
        for number, status in model.status.items()
    }
    assert outcome.exit_code == (0 if set(model.status.values()) == {"completed"} else 1)
    if workflow.cpus == 1:
        assert [number for word, number in log if word == "start"] == model.started
    assert_that_edges_and_resources_were_respected(workflow, model, log)


def assert_that_edges_and_resources_were_respected(
    workflow: Workflow, model: Model, log: list[tuple[str, int]]
) -> None:
    running: list[int] = []
    left = dict(model.attempts)  # attempts that have not ended
    for word, number in log:
        if word == "end":
            running.remove(number)
            left[number] -= 1
            continue
        running.append(number)
        assert sum(workflow.jobs[other].cpus for other in running) <= workflow.cpus
        assert not any(left[other] for other in workflow.jobs[number].waits)
    assert not running
    assert not any(left.values())


def really_run(spec: dict[str, object], workflow: Workflow) -> tuple[Outcome, list[tuple[str, int]]]:
    before = Path.cwd()
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        try:
            source = torclint.Source("w.json", json.dumps(spec))
            outcome = torclint.run(source, cpus=workflow.cpus, memory=1 << 30, order=workflow.order, listeners=[Ear()])
            lines = Path("log").read_text(encoding="utf-8").splitlines() if Path("log").exists() else []
        finally:
            os.chdir(before)
    return outcome, [(word, int(number)) for word, number in map(str.split, lines)]
