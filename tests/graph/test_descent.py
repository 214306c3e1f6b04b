"""Groups that wait for themselves further down have no cycle, which is shown without listing their jobs."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.graph import oracle
from tests.graph.specs import graph_of
from torclint.graph.cycles import find_cycle

MILLION = 10**6


def zipped(name, waits, **columns):
    """A job spec with zipped ranges; `waits` name jobs by these columns."""
    ranges = {
        column: f"{first}:{first + step * (length - 1)}:{step}" for column, (first, step, length) in columns.items()
    }
    return {"name": name, "command": "true", "parameters": ranges, "parameter_mode": "zip", "depends_on": waits}


def plain(*names):
    return [{"name": name, "command": "true"} for name in names]


def cycle_of(*jobs):
    return find_cycle(graph_of({"name": "w", "jobs": list(jobs)}), explicit_only=True)


def test_a_million_steps_each_after_the_one_before(no_listing):
    step = zipped("step_{i}", ["step_{before}"], i=(1, 1, MILLION), before=(0, 1, MILLION))
    assert cycle_of(*plain("step_0"), step) is None


def test_a_million_steps_each_before_the_one_before(no_listing):
    step = zipped("step_{i}", ["step_{after}"], i=(1, 1, MILLION), after=(2, 1, MILLION))
    assert cycle_of(step, *plain(f"step_{MILLION + 1}")) is None


def test_a_range_that_counts_down(no_listing):
    step = zipped("step_{i}", ["step_{before}"], i=(MILLION, -1, MILLION), before=(MILLION - 1, -1, MILLION))
    assert cycle_of(*plain("step_0"), step) is None


def test_two_groups_that_alternate(no_listing):
    a = zipped("a_{i}", ["b_{i}"], i=(1, 1, MILLION))
    b = zipped("b_{i}", ["a_{before}"], i=(1, 1, MILLION), before=(0, 1, MILLION))
    assert cycle_of(*plain("a_0"), a, b) is None


def test_two_groups_that_wait_for_their_twins(no_listing):
    a, b = zipped("a_{i}", ["b_{i}"], i=(1, 1, MILLION)), zipped("b_{i}", ["a_{i}"], i=(1, 1, MILLION))
    assert cycle_of(a, b).jobs == ("a_1", "b_1")


def test_two_groups_of_which_one_goes_up_as_far_as_the_other_goes_down(no_listing):
    a = zipped("a_{i}", ["b_{after}"], i=(1, 1, MILLION), after=(2, 1, MILLION))
    b = zipped("b_{i}", ["a_{before}"], i=(1, 1, MILLION), before=(0, 1, MILLION))
    assert cycle_of(*plain("a_0", f"b_{MILLION + 1}"), a, b).jobs in {("a_1", "b_2"), ("b_2", "a_1")}


def test_groups_that_count_in_different_steps(no_listing):
    coarse = zipped("coarse_{i}", ["fine_{i}"], i=(0, 10, MILLION))
    fine = zipped("fine_{i}", ["coarse_{low}"], i=(0, 5, MILLION), low=(-10, 5, MILLION))
    assert cycle_of(coarse, fine) is None


def test_a_job_that_closes_the_ring(no_listing):
    step = zipped("step_{i}", ["step_{before}"], i=(1, 1, MILLION), before=(0, 1, MILLION))
    first = {"name": "step_0", "command": "true", "depends_on": ["step_3"]}
    assert set(cycle_of(first, step).jobs) == {"step_0", "step_1", "step_2", "step_3"}


def test_through_files(no_listing):
    steps = zipped("step_{i}", [], i=(1, 1, MILLION), before=(0, 1, MILLION))
    steps |= {"input_files": ["state_{before}"], "output_files": ["state_{i}"]}
    states = {"name": "state_{i}", "path": "s{i}", "parameters": {"i": f"0:{MILLION}"}}
    graph = graph_of({"name": "w", "jobs": [steps], "files": [states]})
    assert find_cycle(graph, explicit_only=False) is None
    assert graph.counts.total == MILLION - 1


COLUMNS = ("p", "q", "r")


@st.composite
def loops(draw):
    """One to three groups of zipped ranges that wait for each other, or themselves, at shifted numbers."""
    count = draw(st.integers(1, 3))
    jobs = []
    for number in range(count):
        length = draw(st.integers(1, 6))
        step = draw(st.sampled_from([1, 1, 1, 2, -1, 3]))
        columns = {"i": (draw(st.integers(0, 4)), step, length)}
        waits = []
        for column in COLUMNS[: draw(st.integers(1, 2))]:
            scale = draw(st.sampled_from([1, 1, 1, 1, 2, -1]))
            first = columns["i"][0] + draw(st.integers(-3, 3))
            columns[column] = (first, columns["i"][1] * scale, length)
            waits.append(f"g{draw(st.integers(0, count - 1))}_{{{column}}}")
        jobs.append(zipped(f"g{number}_{{i}}", sorted(set(waits)), **columns))
    if draw(st.booleans()):
        waits = [f"g{draw(st.integers(0, count - 1))}_{draw(st.integers(0, 6))}"]
        jobs.append({"name": "g0_-1", "command": "true", "depends_on": waits})
    return jobs


@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
@given(loops())
def test_cycles_of_shifted_groups_are_those_that_listing_finds(jobs):
    model = oracle.model({"jobs": jobs})
    assume(len(model.jobs) == len(set(model.jobs)))  # two jobs of one name are refused, and are one to the oracle
    edges = model.explicit
    cycle = cycle_of(*jobs)
    assert (cycle is not None) == oracle.has_cycle(edges)
    if cycle is not None:
        assert set(zip(cycle.jobs, cycle.jobs[1:] + cycle.jobs[:1], strict=True)) <= edges


@pytest.mark.parametrize(("shift", "ring"), [(-1, False), (0, True), (1, False)])
def test_by_a_pattern_with_the_number_in_it(shift, ring, no_listing):
    step = zipped("step_{i}", [], i=(1, 1, MILLION), other=(1 + shift, 1, MILLION))
    step["depends_on_regexes"] = ["^step_{other}$"]
    assert (cycle_of(step) is not None) == ring
