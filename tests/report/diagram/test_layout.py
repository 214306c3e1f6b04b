"""The laws of the layout: nothing lies on anything else, and lines lead from box to box."""

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.graph.specs import graph_of
from torclint.report.diagram.layout import Spacing, lay_out
from torclint.report.diagram.levels import levels_of
from torclint.report.diagram.picture import picture_of


@st.composite
def graphs(draw):
    size = draw(st.integers(1, 14))
    ends = st.integers(0, size - 1)
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=24, unique=True))
    return size, [pair for pair in pairs if pair[0] != pair[1]]


@given(graphs())
def test_each_box_is_below_what_it_waits_for(graph):
    size, pairs = graph
    level, back = levels_of(size, pairs)
    assert all(level[source] < level[target] for source, target in pairs if (source, target) not in back)
    assert back <= set(pairs)
    assert set(level) == set(range(max(level) + 1))


@given(graphs())
def test_only_cycles_are_opened(graph):
    size, pairs = graph
    _, back = levels_of(size, [pair for pair in pairs if pair[0] < pair[1]])
    assert not back


@settings(max_examples=60)
@given(graphs(), st.data())
def test_boxes_and_labels_lie_apart_and_inside(graph, data):
    size, pairs = graph
    level, _ = levels_of(size, pairs)
    sizes = [
        (data.draw(st.sampled_from([40.0, 90.0, 200.0])), data.draw(st.sampled_from([24.0, 48.0]))) for _ in range(size)
    ]
    pairs = [(source, target) for source, target in pairs if level[source] != level[target]]
    labels = [data.draw(st.sampled_from([None, (30.0, 18.0), (120.0, 18.0)])) for _ in pairs]
    found = lay_out(sizes, level, pairs, labels, Spacing(20, 10))
    placed = list(zip(found.boxes, sizes, strict=True))
    placed += [(place, label) for place, label in zip(found.labels, labels, strict=True) if place and label]
    for number, ((x, y), (wide, high)) in enumerate(placed):
        assert wide / 2 - 0.01 <= x <= found.width - wide / 2 + 0.01
        assert high / 2 - 0.01 <= y <= found.height - high / 2 + 0.01
        for (other_x, other_y), (other_wide, other_high) in placed[:number]:
            beside = abs(x - other_x) >= (wide + other_wide) / 2 + 19.9
            assert beside or abs(y - other_y) >= (high + other_high) / 2 + 9.9
    for (source, target), way in zip(pairs, found.ways, strict=True):
        for box, (x, y) in ((source, way[0]), (target, way[-1])):
            (centre_x, centre_y), (wide, high) = placed[box]
            assert abs(x - centre_x) <= wide / 2
            assert abs(abs(y - centre_y) - high / 2) < 0.01


def test_a_line_over_several_levels_goes_around_the_boxes_between():
    sizes = [(100.0, 40.0)] * 3
    found = lay_out(sizes, [0, 1, 2], [(0, 1), (1, 2), (0, 2)], [None] * 3, Spacing(20, 10))
    centre_x, centre_y = found.boxes[1]
    inside = [x for x, y in found.ways[2] if abs(y - centre_y) <= 20]
    assert inside and all(abs(x - centre_x) > 50 for x in inside)


def test_a_row_of_boxes_is_straight():
    found = lay_out(
        [(100.0, 40.0), (30.0, 40.0), (60.0, 40.0)], [0, 1, 2], [(0, 1), (1, 2)], [None] * 2, Spacing(20, 10)
    )
    assert len({round(x) for x, _ in found.boxes}) == 1


def test_boxes_without_links_are_in_rows_below_the_others():
    jobs = [{"name": f"lone_{letter}", "command": "x"} for letter in "abcdefgh"]
    jobs += [{"name": "first", "command": "x"}, {"name": "second", "command": "x", "depends_on": ["first"]}]
    found = picture_of(graph_of({"name": "w", "jobs": jobs}), 30)
    assert found.level == (2, 2, 2, 2, 2, 2, 3, 3, 0, 1)
