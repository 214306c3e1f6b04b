"""Whole random specs: torclint says of each what listing every job and every pair says."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings

from tests.graph import oracle
from tests.graph.specs import graph_of, report_of
from tests.graph.strategies import specs
from torclint.graph.blocks import BY_NAME, BY_PATTERN
from torclint.graph.cycles import find_cycle

CODES = {
    oracle.DUPLICATE: "TL202",
    oracle.MISSING: "TL201",
    oracle.REPEATED: "TL203",
    oracle.INVALID: "TL401",
    oracle.NOTHING_NEW: "TL402",
    oracle.SELF: "TL405",
    oracle.CYCLE: "TL502",
}
ONLY_CYCLES = {oracle.SELF, oracle.CYCLE}

many = settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))


@many
@given(specs())
def test_what_torc_refuses(spec):
    refusals = oracle.model(spec).refusals
    codes = {finding.code for finding in report_of(spec).findings if finding.effect == "rejected"}
    assert bool(codes) == bool(refusals)
    if len(refusals) == 1:
        assert {CODES[reason] for reason in refusals} <= codes
    elif refusals == ONLY_CYCLES:
        assert codes & {CODES[oracle.CYCLE], "TL405"}  # of a job that waits for itself TL405 tells


@many
@given(specs())
def test_counts_and_edges(spec):
    expected = oracle.model(spec)
    if expected.refusals - ONLY_CYCLES:
        return
    graph = graph_of(spec)
    counts = graph.counts
    assert counts.job_specs == len(spec["jobs"])
    assert (counts.jobs, counts.explicit, counts.total) == tuple(map(len, expected[:3]))
    assert counts.implicit == counts.total - counts.explicit
    listed = list(graph.edges())
    assert len(listed) == len(expected.total)
    assert set(listed) == expected.total
    assert list(graph.job_names()) == graph.listing.jobs.names
    assert sorted(graph.listing.jobs.names) == sorted(expected.jobs)


@many
@given(specs())
def test_cycles_are_found_and_are_rings(spec):
    expected = oracle.model(spec)
    if expected.refusals - ONLY_CYCLES:
        return
    graph = graph_of(spec)
    for explicit_only, edges in ((True, expected.explicit), (False, expected.total)):
        cycle = find_cycle(graph, explicit_only)
        assert (cycle is not None) == oracle.has_cycle(edges)
        if cycle is not None:
            assert len(cycle.jobs) == len(cycle.groups)
            assert set(zip(cycle.jobs, cycle.jobs[1:] + cycle.jobs[:1], strict=True)) <= edges


@many
@given(specs())
def test_blocks_are_what_their_clauses_pick_out(spec):
    expected = oracle.model(spec)
    if expected.refusals:
        return
    graph = graph_of(spec)
    for block in graph.blocks:
        if block.kind not in (BY_NAME, BY_PATTERN):
            assert block.edges <= len(expected.total)
            continue
        picked = picked_out(spec, block, expected.jobs)
        assert block.consumer_jobs == len(picked)
        assert block.edges == sum(map(len, picked))
        if block.everyone:
            assert all(producers == picked[0] for producers in picked)
            assert block.producer_jobs == len(picked[0])


def picked_out(spec, block, jobs):
    """For each job that has the clauses of `block`, the jobs that they pick out."""
    picked = []
    for group, clauses in zip(block.consumers, block.clauses, strict=True):
        texts = [clause.written.text for clause in clauses]
        lists = ([], texts) if clauses[0].is_pattern else (texts, [])
        rows = oracle.expand({**spec["jobs"][group.index], "names": lists[0], "patterns": lists[1]})
        picked += (oracle.resolve(row["names"], row["patterns"], jobs, set()) for row in rows)
    return picked
