"""What a run is told about who waits for whom, against brute force and against the listing."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.graph import oracle
from tests.graph.specs import graph_of
from tests.graph.strategies import specs
from torclint.graph.duplicates import surely_distinct
from torclint.graph.edges import UNCOUNTABLE
from torclint.graph.wiring import DATA, FILES, Listed, Symbolic, wiring_of

many = settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))


def waits(bundles):
    """The pairs (job that waits, job it waits for)."""
    found = set()
    for bundle in bundles:
        if bundle.paired:
            assert len(set(bundle.b)) == len(bundle.b)
            found |= set(zip(bundle.a, bundle.b, strict=True))
        else:
            found |= {(a, b) for a in bundle.a for b in bundle.b}
    return found


@many
@given(specs(), st.booleans())
def test_waits_are_those_of_torc(spec, by_listing):
    expected = oracle.model(spec)
    graph = graph_of(spec)
    try:
        wiring = Listed(graph.listing) if by_listing else Symbolic(graph)
    except UNCOUNTABLE:
        wiring = wiring_of(graph)
    refusals = expected.refusals - {oracle.SELF, oracle.CYCLE, oracle.DUPLICATE}
    assert bool(wiring.refusals) == bool(refusals)
    if refusals or oracle.DUPLICATE in expected.refusals:
        return
    names = list(graph.job_names())
    for bundles, edges in ((wiring.explicit(), expected.explicit), (wiring.total(), expected.total)):
        assert {(names[a], names[b]) for a, b in waits(bundles)} == edges


@many
@given(specs())
def test_files_and_data_are_those_of_the_listing(spec):
    graph = graph_of(spec)
    if oracle.model(spec).refusals - {oracle.SELF, oracle.CYCLE}:
        return
    listed, wiring = Listed(graph.listing), wiring_of(graph)
    for kind in (FILES, DATA):
        assert wiring.read(kind) == listed.read(kind)
        assert wiring.written(kind) == listed.written(kind)
    for job in range(len(graph.listing.rows)):
        assert list(wiring.output_files(job)) == list(listed.output_files(job))
        assert list(wiring.input_files(job)) == list(listed.input_files(job))


@many
@given(specs())
def test_names_that_are_surely_distinct_are(spec):
    graph = graph_of(spec)
    names = list(graph.job_names())
    if surely_distinct(graph.edges_by_group.jobs):
        assert len(set(names)) == len(names)


def test_a_million_waits_are_two_ranges():
    graph = graph_of(
        {
            "name": "w",
            "jobs": [
                {"name": "a_{i}", "command": "true", "parameters": {"i": "1:1000000"}},
                {"name": "b_{i}", "command": "true", "parameters": {"i": "1:1000000"}, "depends_on": ["a_{i}"]},
            ],
        }
    )
    (bundle,) = Symbolic(graph).explicit()
    assert (bundle.a, bundle.b, bundle.paired) == (range(1_000_000, 2_000_000), range(1_000_000), True)


def test_all_that_wait_for_the_same_are_one_bundle():
    jobs = [{"name": "a_{i}", "command": "true", "parameters": {"i": "1:100"}}]
    jobs += [{"name": f"b{n}", "command": "true", "depends_on_regexes": ["^a_"]} for n in range(3)]
    jobs += [{"name": "c_{i}", "command": "true", "depends_on_regexes": ["^a_"], "parameters": {"i": "1:2"}}]
    (bundle,) = Symbolic(graph_of({"name": "w", "jobs": jobs})).explicit()
    assert list(bundle.a) == [100, 101, 102, 103, 104]
    assert bundle.b == range(100)


def test_partners_along_two_axes():
    fields = {"command": "true", "parameters": {"i": "1:3", "s": ["x", "y"]}}
    jobs = [
        {"name": "a_{i}_{s}", **fields},
        {"name": "b_{s}_{i}", **fields, "depends_on": ["a_{i}_{s}"]},
        {"name": "c_{s}", "command": "true", "parameters": {"s": ["x", "y"]}, "depends_on_regexes": ["^b_{s}_"]},
    ]
    pairs = waits(Symbolic(graph_of({"name": "w", "jobs": jobs})).explicit())
    assert pairs == {(6 + n, n) for n in range(6)} | {(12 + s, 6 + 2 * i + s) for s in range(2) for i in range(3)}
