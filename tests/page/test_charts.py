"""Charts along the time: axes, steps, tracks."""

from __future__ import annotations

from itertools import pairwise
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torclint.page.charts import steps, tracks
from torclint.page.charts.scales import Scale, byte_ticks, count_ticks, span_text, time_ticks
from torclint.page.charts.steps import Steps
from torclint.page.charts.tracks import Bar, Track, lanes_of


@pytest.mark.parametrize(
    ("seconds", "texts"),
    [
        (0, ["0"]),
        (0.3, ["0", "0.05 s", "0.1 s", "0.15 s", "0.2 s", "0.25 s", "0.3 s"]),
        (59, ["0", "10 s", "20 s", "30 s", "40 s", "50 s"]),
        (100, ["0", "15 s", "30 s", "45 s", "1 min", "1 min 15 s", "1 min 30 s"]),
        (5400, ["0", "15 min", "30 min", "45 min", "1 h", "1 h 15 min", "1 h 30 min"]),
        (10 * 86400, ["0", "2 d", "4 d", "6 d", "8 d", "10 d"]),
    ],
)
def test_times_at_round_moments(seconds: float, texts: list[str]) -> None:
    assert [tick.text for tick in time_ticks(seconds)] == texts


def test_counts_and_bytes() -> None:
    assert [tick.text for tick in count_ticks(12_345)] == ["0", "5,000", "10,000"]
    assert [tick.value for tick in count_ticks(1)] == [0, 1]
    assert [tick.text for tick in byte_ticks(3 << 30)] == ["0 B", "1 GiB", "2 GiB", "3 GiB"]


@given(st.floats(1e-6, 1e9), st.integers(2, 12))
def test_ticks_are_few_and_within(seconds: float, most: int) -> None:
    ticks = time_ticks(seconds, most)
    assert 1 <= len(ticks) <= most + 1
    assert ticks[-1].value <= seconds * (1 + 1e-6)
    assert len({tick.text for tick in ticks}) == len(ticks)


@given(st.floats(0.001, 1e9))
def test_a_span_has_two_units_at_most(seconds: float) -> None:
    assert 2 <= len(span_text(seconds).split()) <= 4


def test_a_scale_ends_at_its_ends() -> None:
    assert [Scale(0, 10).place(value) for value in (-5, 0, 5, 10, 11)] == [0, 0, 50, 100, 100]
    assert Scale(0, 0).place(1) == 0


def test_lanes() -> None:
    bars = [Bar(0, 2, "done", "a"), Bar(1, 3, "done", "b"), Bar(2, 4, "done", "c"), Bar(3, 4, "done", "d")]
    assert lanes_of(bars) == [0, 1, 0, 1]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 10)), max_size=30))
def test_no_bar_covers_another_and_no_lane_is_wasted(spans: list[tuple[int, int]]) -> None:
    bars = [Bar(start, start + length, "done", "") for start, length in spans]
    lanes = lanes_of(bars)
    for place, bar in enumerate(bars):
        for other, lane in zip(bars[:place], lanes[:place], strict=True):
            assert lane != lanes[place] or bar.end <= other.start or other.end <= bar.start
    most = max((sum(bar.start <= moment < bar.end for bar in bars) for moment in range(40)), default=0)
    assert max(lanes, default=-1) + 1 == most


def drawn(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


def test_a_bar_stands_where_it_was_and_tells_it() -> None:
    bar = Bar(2, 4, "failed", "b <1>: failed", "b")
    found = drawn(tracks.chart("t", "Jobs", "One job", [Track("b_{i}", "1 job", [bar])], 8))
    (drawing,) = found.findall("svg")
    assert (drawing.get("x"), drawing.get("width"), drawing.get("class")) == ("25%", "25%", "bar failed")
    assert drawing.findtext("title") == "b <1>: failed"
    assert [each.get("class") for each in drawing.findall("svg")] == [None, "mark"]
    assert (found.get("role"), found.get("aria-labelledby")) == ("img", "t-title t-told")


def test_steps_and_their_limit() -> None:
    found = drawn(steps.chart("s", "CPUs", "", Steps([0, 2, 4], [1, 3]), 4, limit=4, limit_text="4 CPUs"))
    (plot,) = found.findall("g[@class='plot']")
    assert plot.get("data-steps") == "0 1,2 3"
    assert plot.find(".//path[@class='line']").get("d") == "M0 75H500V25H1000"  # type: ignore[union-attr]
    assert "4 CPUs" in [text.text for text in found.findall("text")]


def test_what_is_too_short_to_be_seen_is_not_drawn() -> None:
    blips = Steps([0, 500, 500.01, 999.99, 1000], [4, 0, 4, 9])
    (plot,) = drawn(steps.chart("s", "CPUs", "", blips, 1000)).findall("g[@class='plot']")
    assert "500.01 4" in plot.get("data-steps", "")
    path = plot.find(".//path[@class='line']").get("d")  # type: ignore[union-attr]
    assert path == f"M0 {100 - 400 / 9:.3f}H500.01V{100 - 400 / 9:.3f}H1000"


@given(st.lists(st.tuples(st.floats(0.001, 5), st.integers(0, 9)), min_size=1, max_size=60))
def test_what_is_drawn_has_the_same_area(spans: list[tuple[float, int]]) -> None:
    """But for what cannot be seen."""
    times = [0.0]
    for length, _ in spans:
        times.append(times[-1] + length)
    values = [value for _, value in spans]
    wanted = sum(length * value for length, value in spans)
    shown = list(steps._visible(Steps(times, values), times[-1] / 2500))
    assert (shown[0][0], shown[-1][1]) == (0, times[-1])
    assert all(earlier[1] == later[0] for earlier, later in pairwise(shown))
    area = sum((end - start) * value for start, end, value in shown)
    assert abs(area - wanted) <= len(spans) * 9 * times[-1] / 2500


def test_nothing_to_draw() -> None:
    assert drawn(tracks.chart("t", "Jobs", "None", [], 0)) is not None
    assert drawn(steps.chart("s", "CPUs", "", Steps([0], []), 0)) is not None
