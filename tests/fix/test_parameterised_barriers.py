"""New jobs with parameters between old ones: looked through as sets of pairs, held against listing every job."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fix.checker import looked_through
from tests.graph.oracle import model
from torclint import Source, verify
from torclint.api import load
from torclint.fix.comparison.listed import different_when_listed
from torclint.fix.comparison.pairs import paired
from torclint.fix.comparison.waits import different_waits
from torclint.graph.edges import UNCOUNTABLE
from torclint.graph.listing import FOR_A_CHECK

RANGES = ["1:4", "0:3", "2:9", "0:6:2", ["x", "y", "z"], ["x", "z"], [1, 3, 5]]


@st.composite
def specs(draw):
    """Producers, consumers, and a barrier in between that may or may not stand for what the consumers waited for."""
    s, t, u = (draw(st.sampled_from(RANGES)) for _ in range(3))
    ending = draw(st.sampled_from(["$", "_", "", "_1", "_[12]"]))
    inner = draw(st.sampled_from(["^a_{s}", "^a_{t}_{s}", "^a_", "^a_1"])) + ending
    outer = draw(st.sampled_from(["^a_{s}", "^a_", "^a_{s}_", "^a_1"])) + ending
    producers = {"name": "a_{s}_{t}", "command": "ls", "parameters": {"s": s, "t": t}}
    consumers = {"name": "c_{s}", "command": "ls", "parameters": {"s": u}, "depends_on_regexes": [outer]}
    barrier = {"name": "b_{s}", "command": "date", "parameters": {"s": draw(st.sampled_from([s, u, t]))}}
    if "{t}" in inner:
        barrier["name"], barrier["parameters"]["t"] = "b_{s}_{t}", t
    barrier["depends_on_regexes"] = [inner]
    through = draw(st.sampled_from(["^b_{s}$", "^b_", "^b_{s}", "^b_{s}_", "^b_1"]))
    before = {"name": "w", "jobs": [producers, consumers]}
    after = {"name": "w", "jobs": [producers, barrier, {**consumers, "depends_on_regexes": [through]}]}
    return before, after


@given(specs())
@settings(max_examples=300, deadline=None)
def test_pairs_and_lists_agree(both):
    before, after = both
    one, other = (load(Source("a.json", json.dumps(spec))) for spec in both)
    listed = list(different_when_listed(one, other, FOR_A_CHECK))
    old, new = model(before), model(after)
    assert (not listed) == (old.total == looked_through(new, set(new.jobs) - set(old.jobs)))
    try:
        symbolic = list(different_waits(one, other, paired(one.groups, other.groups)))
    except UNCOUNTABLE:
        return
    assert bool(symbolic) == bool(listed)
    through = looked_through(new, set(new.jobs) - set(old.jobs))
    for each in symbolic:
        assert ((each.job, each.other) in old.total) != ((each.job, each.other) in through)


def test_a_barrier_for_each_of_a_million():
    before = """
name: w
jobs:
  - {name: "a_{s}_{t}", command: ls, parameters: {s: "1:1000000", t: "1:1000"}}
  - {name: "c_{s}_{u}", command: ls, parameters: {s: "1:1000000", u: "1:1000"}, depends_on_regexes: ["^a_{s}_"]}
"""
    after = before.replace('"^a_{s}_"', '"^b_{s}$"') + (
        '  - {name: "b_{s}", command: date, parameters: {s: "1:1000000"}, depends_on_regexes: ["^a_{s}_"]}\n'
    )
    found = verify(Source("a.yaml", before), Source("b.yaml", after))
    assert found.differences == ()
    assert found.before.graph.counts.total == 10**12
    assert found.after.graph.counts.total == 2 * 10**9
    wrong = verify(
        Source("a.yaml", before),
        Source("b.yaml", after.replace('date, parameters: {s: "1', 'date, parameters: {s: "2')),
    )
    assert "c_1_1 no longer waits for a_1_1 (1,000,000 such pairs)" in [each.message for each in wrong.differences]
