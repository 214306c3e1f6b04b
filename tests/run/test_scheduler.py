"""The scheduler against a model that works everything out anew at each step."""

from __future__ import annotations

from array import array
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from torclint.run.gates import Gates
from torclint.run.plan import Job, JobList, Kind, Plan, Resources
from torclint.run.ranks import CRITICAL_PATH, ORDERS
from torclint.run.scheduler import COMPLETED, FAILED, NAMES, PENDING_FAILED, RUNNING, Capacity, Scheduler


class Case(NamedTuple):
    kinds: list[Kind]
    waits: list[frozenset[int]]
    codes: list[int]  # what each job would return
    finishing: list[int]  # which of the running jobs ends next
    capacity: Capacity
    pending_failed: bool
    order: str
    expected: dict[int, float]
    parts: list[int]  # into how many gates the waits of each job are split


@st.composite
def cases(draw: st.DrawFn, cycles: bool = True) -> Case:
    size = draw(st.integers(0, 9))
    jobs = range(size)
    resources = st.builds(
        Resources,
        cpus=st.integers(1, 4),
        memory=st.integers(0, 4),
        gpus=st.integers(-1, 2),
        nodes=st.sampled_from([1, 1, 1, 2]),
        runtime=st.integers(0, 2),
    )
    if draw(st.booleans()):  # nothing but time tells them apart, and everything fits
        resources = st.integers(0, 2).map(lambda seconds: Resources(memory=0, runtime=seconds))
    is_plain = draw(st.booleans())
    kinds = [
        Kind(
            stage=0,
            resources=draw(resources),
            priority=0 if is_plain else draw(st.integers(0, 2)),
            labels=() if is_plain else draw(st.sampled_from([(), (), (), ("gpu",)])),
            scheduler=None if is_plain else draw(st.sampled_from([None, None, "big"])),
            cancel_on_failure=draw(st.booleans()),
        )
        for _ in jobs
    ]
    waits = [
        frozenset(draw(st.sets(st.sampled_from(jobs if cycles and draw(st.integers(0, 9)) == 0 else jobs[:job]))))
        if job
        else frozenset()
        for job in jobs
    ]
    return Case(
        kinds,
        waits,
        [draw(st.sampled_from([0, 0, 1])) for _ in jobs],
        [draw(st.integers(0, 9)) for _ in jobs],
        draw(
            st.builds(
                Capacity,
                cpus=st.integers(1, 4),
                memory=st.integers(0, 5),
                gpus=st.integers(0, 2),
                jobs=st.sampled_from([None, None, 1, 2]),
            )
        ),
        draw(st.booleans()),
        draw(st.sampled_from(ORDERS)),
        draw(st.dictionaries(st.sampled_from(jobs), st.integers(0, 3).map(float))) if size else {},
        [draw(st.integers(1, 3)) for _ in jobs],
    )


class Model:
    """Torc's rules, word by word: no counters, no queues, everything recomputed from the statuses."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.status = ["blocked" for _ in case.kinds]
        self.settle()

    def settle(self) -> None:
        """Cancel and release until nothing changes."""
        terminal = {"completed", "failed", "canceled", "terminated"}
        changed = True
        while changed:
            changed = False
            for job, status in enumerate(self.status):
                above = [self.status[other] for other in self.case.waits[job]]
                if status != "blocked" or not set(above) <= terminal:
                    continue
                bad = any(other != "completed" for other in above)
                cancels = self.case.kinds[job].cancel_on_failure
                self.status[job] = "canceled" if bad and cancels else "ready"
                changed = True

    def claim(self) -> list[int]:
        """Everything that can be started now, in order."""
        started = []
        while self.case.capacity.jobs is None or self.status.count("running") < self.case.capacity.jobs:
            fitting = [job for job, status in enumerate(self.status) if status == "ready" and self.fits(job)]
            if not fitting:
                return started
            job = min(fitting, key=self.order)
            self.status[job] = "running"
            started.append(job)
        return started

    def order(self, job: int) -> tuple[object, ...]:
        kind = self.case.kinds[job]
        need = kind.resources
        path = self.path(job) if self.case.order == CRITICAL_PATH else need.runtime
        return (bool(kind.scheduler), -kind.priority, -need.gpus, -path, -need.runtime, -need.memory, -need.cpus, job)

    def path(self, job: int) -> float:
        """Seconds from its start to the end of all that waits for it; 0 where it waits for a circle."""
        if not self.comes_up(job, frozenset()):
            return 0.0
        own = self.case.expected.get(job, self.case.kinds[job].resources.runtime)
        return own + max((self.path(other) for other, above in enumerate(self.case.waits) if job in above), default=0.0)

    def comes_up(self, job: int, below: frozenset[int]) -> bool:
        return job not in below and all(self.comes_up(other, below | {job}) for other in self.case.waits[job])

    def fits(self, job: int) -> bool:
        kind, room = self.case.kinds[job], self.case.capacity
        taken = [self.case.kinds[other].resources for other, status in enumerate(self.status) if status == "running"]
        need = kind.resources
        return (
            not kind.labels
            and need.nodes == 1
            and need.cpus + sum(other.cpus for other in taken) <= room.cpus
            and need.memory + sum(other.memory for other in taken) <= room.memory
            and max(0, need.gpus) + sum(max(0, other.gpus) for other in taken) <= room.gpus
        )

    def finish(self, job: int) -> None:
        failure = "pending_failed" if self.case.pending_failed else "failed"
        self.status[job] = failure if self.case.codes[job] else "completed"
        self.settle()


def scheduler_of(case: Case) -> Scheduler:
    size = len(case.kinds)
    plan = Plan(
        "w",
        ("job",),
        case.kinds,
        array("i", range(size)),
        JobList([Job(f"j{job}", "true") for job in range(size)]),
        gates_of(case),
        expected=case.expected,
    )
    return Scheduler(plan, case.capacity, case.order)


def gates_of(case: Case) -> Gates:
    """The waits of each job as one gate or as several that overlap; single pairs as pairs."""
    gates = Gates(len(case.waits))
    for job, (waits, parts) in enumerate(zip(case.waits, case.parts, strict=True)):
        members = sorted(waits)
        for part in range(parts):
            some = members[part::parts] if part else members[: 1 + len(members) // parts]
            if len(some) == 1:
                gates.add_pairs(some, [job])
            gates.add(some, [job])
        gates.add([member for member in members if member % 2], range(job, job + 1))
        gates.add([member for member in members if not member % 2], [job])
    return gates


def claim_all(scheduler: Scheduler) -> list[int]:
    started = []
    while (job := scheduler.claim()) is not None:
        started.append(job)
    return started


def statuses(scheduler: Scheduler) -> list[str]:
    return [NAMES[status] for status in scheduler.status]


@settings(max_examples=250, deadline=None)
@given(cases())
def test_same_order_and_states_as_the_model(case: Case) -> None:
    model, scheduler = Model(case), scheduler_of(case)
    never = set(scheduler.never())
    assert statuses(scheduler) == model.status
    running: list[int] = []
    for choice in case.finishing:
        started = claim_all(scheduler)
        assert started == model.claim()
        running += started
        if not running:
            break
        job = running.pop(choice % len(running))
        failure = PENDING_FAILED if case.pending_failed else FAILED
        before = list(model.status)
        changes = scheduler.finish(job, failure if case.codes[job] else COMPLETED)
        model.finish(job)
        assert statuses(scheduler) == model.status
        assert sorted(changes.ready) == [
            other for other, now in enumerate(model.status) if now == "ready" and before[other] == "blocked"
        ]
        assert sorted(changes.canceled) == [
            other for other, now in enumerate(model.status) if now == "canceled" and before[other] == "blocked"
        ]
    assert sum(map(sum, scheduler.counts)) == len(case.kinds)
    assert scheduler.total(RUNNING) == len(running) == scheduler.running
    if running or claim_all(scheduler):
        return
    stuck = {job for job, status in enumerate(model.status) if status in ("blocked", "ready")}
    assert stuck <= never or "pending_failed" in model.status
    assert stuck == never or any(case.codes)


@settings(max_examples=200, deadline=None)
@given(cases(cycles=False))
def test_every_dependency_ends_before_its_job_starts(case: Case) -> None:
    scheduler = scheduler_of(case)
    ended: set[int] = set()
    running: list[int] = []
    for choice in case.finishing:
        started = claim_all(scheduler)
        for job in started:
            assert case.waits[job] <= ended | {
                other for other, name in enumerate(statuses(scheduler)) if name == "canceled"
            }
        running += started
        if not running:
            return
        job = running.pop(choice % len(running))
        ended.add(job)
        scheduler.finish(job, FAILED if case.codes[job] else COMPLETED)


def test_many_that_wait_for_the_same_many_are_one_gate() -> None:
    first = frozenset(range(1000))
    gates = Gates.of(2000, ((job, first) for job in range(1000, 2000)))
    assert list(gates.sizes) == [1000]
    assert len(gates.waiters(0)) == 1000


def test_one_bad_gate_is_enough() -> None:
    gates = Gates(3)
    gates.add([0], [2])
    gates.add([1], [2])
    plan = Plan("w", ("job",), [Kind(0)], array("i", [0, 0, 0]), JobList([]), gates)
    for last, first in ((0, 1), (1, 0)):
        scheduler = Scheduler(plan, Capacity(2, 1 << 30))
        claim_all(scheduler)
        assert scheduler.finish(first, FAILED).canceled == []
        assert scheduler.finish(last, COMPLETED).canceled == [2]


def test_a_long_chain_is_canceled_to_its_end() -> None:
    size = 100_000
    plan = Plan(
        "w",
        ("job",),
        [Kind(0)],
        array("i", bytes(4 * size)),
        JobList([]),
        Gates.of(size, ((job, frozenset((job - 1,))) for job in range(1, size))),
    )
    scheduler = Scheduler(plan, Capacity(1, 1 << 30))
    assert scheduler.claim() == 0
    assert len(scheduler.finish(0, FAILED).canceled) == size - 1


def test_gpus_are_given_out_and_come_back() -> None:
    kinds = [Kind(0, Resources(gpus=1)), Kind(0, Resources(gpus=2))]
    plan = Plan("w", ("job",), kinds, array("i", [0, 0, 1]), JobList([]), Gates(3))
    scheduler = Scheduler(plan, Capacity(8, 1 << 30, 2))
    assert scheduler.claim() == 2
    assert scheduler.gpus_of(2) == (0, 1)
    assert scheduler.claim() is None
    scheduler.finish(2, COMPLETED)
    assert [scheduler.claim(), scheduler.claim()] == [0, 1]
    assert scheduler.gpus_of(0) + scheduler.gpus_of(1) == (0, 1)
    scheduler.requeue(1)
    assert scheduler.claim() == 1
    assert scheduler.gpus_of(1) == (1,)
