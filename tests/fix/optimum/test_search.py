"""The choice of barriers against brute force: every set of barriers, every way to make up every set."""

from __future__ import annotations

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from torclint.fix.optimum.problem import Demand, Problem
from torclint.fix.optimum.search import no_less_than, solve

MOST_BARRIERS = 4


def problem_of(weights, demands, charge=1, unit=1, usable=None, existing=()):
    inputs = tuple(sorted({mask for _, own in demands for mask in own}))
    made = tuple(Demand(union(own), jobs, tuple(own)) for jobs, own in demands)
    everything = (1 << len(weights)) - 1
    return Problem(
        tuple(weights),
        made,
        inputs,
        unit,
        charge,
        everything if usable is None else usable,
        lambda mask: True,
        existing,
    )


def union(masks):
    total = 0
    for mask in masks:
        total |= mask
    return total


def cheapest(problem):
    """The least sum of edges and charges that any choice of barriers has."""
    sets = [mask for mask in range(1, 1 << len(problem.weights)) if not mask & ~problem.usable]
    sums = []
    for number in range(min(MOST_BARRIERS, len(sets)) + 1):
        for barriers in combinations(sets, number):
            there = {*barriers, *problem.existing}
            parts = [made_up(problem, mask, there - {mask}, problem.unit) for mask in barriers]
            if None not in parts:
                parts += [made_up(problem, each.mask, there, each.jobs) for each in problem.demands]
                sums.append(sum(parts) + problem.charge * number)
    return min(sums)


def made_up(problem, mask, barriers, jobs):
    """The fewest edges for `jobs` that wait for `mask`; None where it cannot be made up."""
    choices = [(part, True) for part in problem.inputs if not part & ~mask]
    choices += [(part, False) for part in barriers if not part & ~mask]
    sums = []
    for taken in product([False, True], repeat=len(choices)):
        chosen = [choice for choice, is_taken in zip(choices, taken, strict=True) if is_taken]
        if union(part for part, _ in chosen) == mask:
            direct = union(part for part, is_direct in chosen if is_direct)
            through = sum(not is_direct for _, is_direct in chosen)
            sums.append(problem.weight(direct) * jobs // problem.unit + through * jobs)
    return min(sums, default=None)


@st.composite
def problems(draw):
    weights = draw(st.lists(st.sampled_from([1, 2, 3, 5, 10, 100]), min_size=1, max_size=3))
    masks = st.integers(1, (1 << len(weights)) - 1)
    entries = draw(st.lists(masks, min_size=1, max_size=4))
    own = st.lists(st.sampled_from(entries), min_size=1, max_size=3, unique=True)
    demands = draw(st.lists(st.tuples(st.sampled_from([1, 1, 2, 3, 7, 50]), own), min_size=1, max_size=4))
    unit = draw(st.sampled_from([1, 1, 2]))
    doubled = [(jobs * unit, each) for jobs, each in demands]
    usable = draw(st.none() | st.integers(0, (1 << len(weights)) - 1))
    charge = unit * draw(st.sampled_from([1, 1, 5, 100]))
    existing = draw(st.sampled_from([(), (), tuple(draw(st.sets(masks, max_size=2)))]))
    return problem_of([weight * unit for weight in weights], doubled, charge, unit, usable, existing)


@given(problems())
@settings(max_examples=1000, deadline=None)
def test_no_choice_is_better(problem):
    solution = solve(problem)
    assert solution.cost == cheapest(problem)
    assert solution.bound == solution.cost
    assert no_less_than(problem) <= solution.cost


@given(problems())
@settings(max_examples=300, deadline=None)
def test_the_cost_is_that_of_what_is_picked(problem):
    solution = solve(problem)
    total = problem.charge * len(solution.barriers)
    for mask, picks in solution.barriers.items():
        assert union((*picks.direct, *picks.barriers)) == mask
        assert all(each in {*solution.barriers, *problem.existing} - {mask} for each in picks.barriers)
        total += problem.weight(union(picks.direct)) + problem.unit * len(picks.barriers)
    for demand, picks in zip(problem.demands, solution.picks, strict=True):
        assert union((*picks.direct, *picks.barriers)) == demand.mask
        assert picks.barriers or set(picks.direct) <= set(demand.own)
        total += problem.weight(union(picks.direct)) * demand.jobs // problem.unit + len(picks.barriers) * demand.jobs
    assert total == solution.cost


def test_one_barrier_for_all_that_wait_for_the_same():
    solution = solve(problem_of([1000], [(1000, [1]), (50, [1])]))
    assert (list(solution.barriers), solution.cost) == ([1], 1000 + 1050 + 1)


def test_a_barrier_of_barriers_for_a_union():
    solution = solve(problem_of([1000, 1000], [(1000, [1]), (1000, [2]), (1000, [3])]))
    assert sorted(solution.barriers) == [1, 2, 3]
    assert sorted(solution.barriers[3].barriers) == [1, 2]


def test_two_barriers_for_a_union_that_few_wait_for():
    solution = solve(problem_of([1000, 1000], [(1000, [1]), (1000, [2]), (2, [3])]))
    assert sorted(solution.barriers) == [1, 2]
    assert sorted(solution.picks[2].barriers) == [1, 2]


def test_nothing_where_a_barrier_does_not_pay():
    assert not solve(problem_of([2], [(2, [1])])).barriers
    assert not solve(problem_of([100], [(100, [1])], charge=100_000)).barriers


def test_many_demands_come_near_the_bound():
    demands = [(100, [1 << number, 1 << (number + 1) % 40]) for number in range(40)]
    solution = solve(problem_of([100] * 40, demands))
    assert solution.bound <= solution.cost <= 1.1 * solution.bound
