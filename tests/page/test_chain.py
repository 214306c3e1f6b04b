"""When jobs were ready, and what held the end of a run back, against a look at every dependency."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from torclint.page.run.chain import chain_of, readiness
from torclint.run.gates import Gates

JOBS = 8


@st.composite
def runs(draw):
    """(the jobs that each job waits for, when it started, when it ended)."""
    waits, starts, ends = [], [], []
    for job in range(JOBS):
        before = draw(st.frozensets(st.integers(0, job - 1), max_size=3)) if job else frozenset()
        ready = max((ends[each] for each in before), default=0)
        starts.append(float(ready + draw(st.integers(0, 3))))
        ends.append(starts[-1] + draw(st.integers(0, 5)))
        waits.append(before)
    return waits, starts, ends


@given(runs())
def test_ready_when_the_last_of_them_has_ended(run) -> None:
    waits, _, ends = run
    ready = readiness(Gates.of(JOBS, [(job, before) for job, before in enumerate(waits) if before]), ends)
    for job, before in enumerate(waits):
        assert ready.since[job] == max((ends[each] for each in before), default=0)
        assert (ready.cause[job] in before) if before else ready.cause[job] == -1
        assert not before or ends[ready.cause[job]] == ready.since[job]


@given(runs())
def test_the_chain_fills_the_time(run) -> None:
    waits, starts, ends = run
    ready = readiness(Gates.of(JOBS, [(job, before) for job, before in enumerate(waits) if before]), ends)
    chain = chain_of(ready, starts, ends, [0] * JOBS)
    assert abs(chain.ran + chain.waited - max(ends)) < 1e-9
    assert sum(step.jobs for step in chain.steps) == len(chain.members)


def test_what_never_ended_makes_nobody_ready() -> None:
    ready = readiness(Gates.of(2, [(1, frozenset({0}))]), [-1.0, -1.0])
    assert ready.since[1] == float("inf")
    assert chain_of(ready, [-1.0, -1.0], [-1.0, -1.0], [0, 0]).steps == ()
