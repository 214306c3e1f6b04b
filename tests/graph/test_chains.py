"""The longest chain of jobs, against a search through all jobs."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from tests.graph.oracle import Model, model
from tests.graph.specs import graph_of
from tests.graph.strategies import chains, specs


def chain_of(spec: dict) -> list[str]:
    """The jobs of the longest chain, in the order in which they run."""
    chain = graph_of(spec).longest_chain
    return [chain.job(place)[0] for place in range(chain.length)]


def longest(model: Model) -> int:
    """The number of jobs of the longest chain, by trying all ways."""
    waits = {job: {other for one, other in model.total if one == job} for job in model.jobs}
    depth: dict[str, int] = {}
    while len(depth) < len(waits):
        ready = [job for job in waits if job not in depth and waits[job] <= depth.keys()]
        depth |= {job: 1 + max((depth[other] for other in waits[job]), default=0) for job in ready}
    return max(depth.values(), default=0)


def is_chain(jobs: list[str], model: Model) -> bool:
    return all((after, before) in model.total for before, after in pairwise(jobs))


@given(specs())
def test_what_is_found_is_a_chain(spec):
    expected = model(spec)
    if expected.refusals or expected.has_cycle:
        return
    found = chain_of(spec)
    assert is_chain(found, expected)
    assert len(found) <= longest(expected)


@given(chains())
def test_chains_within_groups(jobs):
    spec = {"name": "w", "jobs": jobs}
    expected = model(spec)
    if expected.refusals or expected.has_cycle:
        return
    found = chain_of(spec)
    assert is_chain(found, expected)
    assert len(found) <= longest(expected)


@given(st.lists(st.lists(st.integers(0, 30), max_size=3), min_size=1, max_size=12))
def test_jobs_written_out(waits):
    jobs = [
        {"name": f"j{place}", "command": "x", "depends_on": sorted({f"j{other % place}" for other in others if place})}
        for place, others in enumerate(waits)
    ]
    spec = {"name": "w", "jobs": jobs}
    expected = model(spec)
    found = chain_of(spec)
    assert is_chain(found, expected)
    assert len(found) == longest(expected)


def test_a_million_steps(no_listing):
    zipped = {"parameter_mode": "zip", "parameters": {"i": "1:999999", "before": "0:999998"}}
    jobs = [
        {"name": "step_0", "command": "x"},
        {"name": "step_{i}", "command": "x", "depends_on": ["step_{before}"], **zipped},
        {"name": "last", "command": "x", "depends_on_regexes": ["^step_"]},
    ]
    chain = graph_of({"name": "w", "jobs": jobs}).longest_chain
    assert chain.length == 1_000_001
    assert [chain.job(place)[0] for place in (0, 1, 101, -2, -1)] == [
        "step_0",
        "step_1",
        "step_101",
        "step_999999",
        "last",
    ]
