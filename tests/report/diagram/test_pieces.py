"""What a picture shows as dependencies is what there is, for random specs and by brute force."""

from collections import Counter

from hypothesis import HealthCheck, given, settings

from tests.graph import oracle
from tests.graph.specs import graph_of
from tests.graph.strategies import specs
from torclint.report.diagram.folding import folded
from torclint.report.diagram.pieces import pieces_of


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(specs())
def test_links_count_the_dependencies_of_each_pair_of_job_specs(spec):
    expected = oracle.model(spec)
    if expected.refusals - {oracle.SELF, oracle.CYCLE}:
        return
    graph = graph_of(spec)
    pieces = pieces_of(graph)
    assert not pieces.uncounted
    owner = dict(zip(graph.job_names(), (g.index for g in graph.groups for _ in range(g.size)), strict=True))
    drawn: Counter[tuple[int, int]] = Counter()
    for tie in pieces.ties:
        for source in tie.sources:
            for target in tie.targets:
                if source[0] == target[0] == "job":
                    drawn[target[1], source[1]] += tie.edges(source, target)
    explicit, total = (Counter((owner[a], owner[b]) for a, b in edges) for edges in (expected.explicit, expected.total))
    assert all(explicit[pair] <= drawn[pair] <= total[pair] for pair in drawn.keys() | explicit.keys())
    if not spec.get("files") and not spec.get("user_data"):
        assert +drawn == explicit


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(specs())
def test_folding_loses_no_job_and_no_dependency(spec):
    expected = oracle.model(spec)
    if expected.refusals - {oracle.SELF, oracle.CYCLE}:
        return
    pieces = pieces_of(graph_of(spec))
    whole = folded(pieces, 10_000)
    for limit in (1, 3, 5):
        boxes, links = folded(pieces, limit)
        assert len(boxes) <= limit
        assert sum(box.size for box in boxes if box.is_job) == sum(box.size for box in whole[0] if box.is_job)
        assert _dependencies(boxes, links) == _dependencies(*whole)


def _dependencies(boxes, links):
    return sum(box.own for box in boxes) + sum(link.edges for link in links)
