"""Loops of groups in which every job waits only for jobs further down, so that no cycle of jobs can close.

Each group gets a height that grows evenly along one of its axes: base + slope * index. If heights exist such that every
edge goes down, there is no cycle. Edges between two groups are lines of index pairs, on which the drop is least at an
end; so it is enough to choose slopes, and to look for bases as one looks for shortest paths (Bellman-Ford).
"""

from __future__ import annotations

from torclint.names.links import Line
from torclint.names.relation import EVERYTHING
from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from torclint.graph.edges import Producers
    from torclint.graph.groups import Group
    from torclint.names.relation import Term

_STEPS = 200_000  # links that are looked at while bases are sought
_STEEP = 10**30  # slopes beyond this come from no spec that is meant


class _Slope(Record):
    axis: int
    rise: int  # per index; any sign


class _Edge(Record):
    """Jobs of `consumer` wait for jobs of `producer` by `term`."""

    consumer: int
    producer: int
    term: Term


def goes_down(groups: list[Group], component: list[int], waits: list[Producers]) -> bool:
    """Whether heights show that the groups of `component` hold no cycle of jobs. False also where none were found."""
    edges = _edges_within(component, waits)
    if edges is None:
        return False
    first = next((index for index in component if groups[index].domain.axes), None)
    if first is None:
        return False
    for axis in range(len(groups[first].domain.axes)):
        slopes = _slopes(groups, component, edges, first, axis)
        if slopes is None:
            continue
        for sign in (1, -1):
            gains = [(edge.consumer, edge.producer, _gain(groups, slopes, edge, sign)) for edge in edges]
            if _has_bases(component, gains):
                return True
    return False


def _edges_within(component: list[int], waits: list[Producers]) -> list[_Edge] | None:
    """The terms between groups of the component; None if there are too many."""
    members = set(component)
    edges: list[_Edge] = []
    for consumer in component:
        edges.extend(_Edge(consumer, producer, EVERYTHING) for producer in waits[consumer].plain & members)
        for producer, terms in waits[consumer].terms.items():
            if producer in members:
                edges.extend(_Edge(consumer, producer, term) for term in terms)
        if len(edges) * len(component) > _STEPS:
            return None
    return edges


def _slopes(
    groups: list[Group], component: list[int], edges: list[_Edge], first: int, axis: int
) -> dict[int, _Slope] | None:
    """One axis for each group and how steeply the height grows along it, such that the lines between them are level."""
    slopes = {first: _Slope(axis, 1)}
    pending = [first]
    while pending:
        known = pending.pop()
        for edge in edges:
            if known not in (edge.consumer, edge.producer):
                continue
            for (a, b), link in edge.term.match.links.items():
                here, there = (a, b) if known == edge.consumer else (b, a)
                other = edge.producer if known == edge.consumer else edge.consumer
                if here != slopes[known].axis or other in slopes:
                    continue
                steps = (link.step_a, link.step_b) if isinstance(link, Line) else (1, 1)
                over, under = steps if known == edge.consumer else steps[::-1]
                # rise * over / under, with all rises so far made larger where that is no whole number
                if slopes[known].rise * over % under:
                    slopes = {index: slope._replace(rise=slope.rise * abs(under)) for index, slope in slopes.items()}
                slopes[other] = _Slope(there, slopes[known].rise * over // under)
                if abs(slopes[other].rise) > _STEEP:
                    return None
                pending.append(other)
    for index in component:
        if index not in slopes:
            slopes[index] = _Slope(0, 1 if groups[index].domain.axes else 0)
    return slopes


def _gain(groups: list[Group], slopes: dict[int, _Slope], edge: _Edge, sign: int) -> int:
    """The most by which a producer's slope lies above its consumer's, over the pairs of the term (tests left aside)."""
    of_a, of_b = slopes[edge.consumer], slopes[edge.producer]
    rise_a, rise_b = sign * of_a.rise, sign * of_b.rise
    link = edge.term.match.links.get((of_a.axis, of_b.axis))
    if link is None:
        lowest = min(rise_a * index for index in _ends(groups[edge.consumer], of_a, edge.term.match.only_a))
        highest = max(rise_b * index for index in _ends(groups[edge.producer], of_b, edge.term.match.only_b))
        return highest - lowest
    pairs = link.pairs() if not isinstance(link, Line) else _end_pairs(link)
    return max(rise_b * b - rise_a * a for a, b in pairs)


def _end_pairs(line: Line) -> tuple[tuple[int, int], tuple[int, int]]:
    last = line.length - 1
    return (line.first_a, line.first_b), (line.first_a + line.step_a * last, line.first_b + line.step_b * last)


def _ends(group: Group, slope: _Slope, kept: dict[int, frozenset[int]]) -> tuple[int, ...]:
    """The indices between which all lie that the term leaves on the axis."""
    if not group.domain.axes:
        return (0,)
    left = kept.get(slope.axis)
    if left is None:
        return 0, group.domain.axes[slope.axis].length - 1
    return (min(left), max(left)) if left else (0,)


def _has_bases(component: list[int], gains: list[tuple[int, int, int]]) -> bool:
    """Whether there are bases with base[producer] + gain < base[consumer] for every edge."""
    # fractions of 1 are allowed: everything is taken as many times larger as a ring can be long
    scale = len(component) + 1
    needed = [(consumer, producer, gain * scale + 1) for consumer, producer, gain in gains]
    bases = dict.fromkeys(component, 0)
    for _ in component:
        changed = False
        for consumer, producer, gain in needed:
            if bases[producer] + gain > bases[consumer]:
                bases[consumer] = bases[producer] + gain
                changed = True
        if not changed:
            return True
    return False
