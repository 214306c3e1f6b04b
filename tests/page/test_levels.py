"""How much is in use along the time, against a look at every moment."""

from __future__ import annotations

from itertools import pairwise
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from torclint.page.run import levels
from torclint.page.run.levels import STRETCHES, Level

SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 15), st.integers(1, 5)), max_size=40)


def filled(spans: list[tuple[int, int, int]], seconds: int) -> Level:
    level = Level(float(seconds))
    for start, length, weight in spans:
        level.add(min(start, seconds), min(start + length, seconds), weight)
    return level


def brute_force(spans: list[tuple[int, int, int]], start: float, end: float) -> float:
    """What is in use from `start` to `end`, in the mean."""
    shared = (weight * max(0.0, min(end, a + length) - max(start, a)) for a, length, weight in spans)
    return sum(shared) / (end - start)


@given(SPANS, st.integers(1, 50))
def test_every_step_of_few(spans: list[tuple[int, int, int]], seconds: int) -> None:
    times, values = filled(spans, seconds).steps()
    assert (times[0], times[-1]) == (0, seconds)
    assert all(earlier < later for earlier, later in pairwise(times))
    for (start, end), value in zip(pairwise(times), values, strict=True):
        assert value == brute_force(spans, start, end)
    assert all(one != other for one, other in pairwise(values))


@given(SPANS, st.integers(1, 50))
def test_the_mean_of_each_stretch_of_many(spans: list[tuple[int, int, int]], seconds: int) -> None:
    with patch.object(levels, "_FEW", -1):
        times, values = filled(spans, seconds).steps()
    assert len(values) == STRETCHES
    for (start, end), value in zip(pairwise(times), values, strict=True):
        assert abs(value - brute_force(spans, start, end)) < 1e-5


@given(SPANS, st.integers(1, 50))
def test_the_total(spans: list[tuple[int, int, int]], seconds: int) -> None:
    assert abs(filled(spans, seconds).total - brute_force(spans, 0, seconds) * seconds) < 1e-6


@given(SPANS, st.integers(1, 50))
def test_the_mean_of_each_twelfth(spans: list[tuple[int, int, int]], seconds: int) -> None:
    for place, mean in enumerate(filled(spans, seconds).means(12)):
        start, end = seconds * place / 12, seconds * (place + 1) / 12
        assert abs(mean - brute_force(spans, start, end)) < 1e-4


def test_no_time_at_all() -> None:
    level = Level(0.0)
    level.add(0.0, 0.0)
    assert level.steps().values == [0.0]
