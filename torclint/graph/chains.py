"""The longest chain of jobs of which each waits for the one before, without listing jobs."""

from __future__ import annotations

from torclint.graph.components import looped_components
from torclint.graph.edges import NO_PRODUCERS, UNCOUNTABLE, Producers
from torclint.names.links import Line
from torclint.names.machine import OverBudget
from torclint.names.partners import first_partner, holds
from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph
    from torclint.names.relation import Term

_MOST_PAIRS = 50_000

Node = int | frozenset[int]  # a group, or plain groups that many wait for together


class Stretch(Record):
    """Jobs of one group, one after the other: the one at `point`, or along an axis those at `indices`, as they run."""

    group: Group
    axis: int
    point: tuple[int, ...]
    indices: range | tuple[int, ...]

    @property
    def jobs(self) -> int:
        """How many they are."""
        return len(self.indices) or 1

    def name(self, place: int) -> str:
        point = self.point
        if self.indices:
            point = (*point[: self.axis], self.indices[place], *point[self.axis + 1 :])
        return self.group.template.fill(self.group.domain.values(point))


class Chain(Record):
    """Jobs in the order in which they run; each waits for the one before it."""

    stretches: tuple[Stretch, ...]

    @property
    def length(self) -> int:
        return sum(stretch.jobs for stretch in self.stretches)

    def job(self, place: int) -> tuple[str, Group]:
        """The name of the job at `place`, counted from 0, and its group. A negative place counts from the end."""
        place += self.length if place < 0 else 0
        for stretch in self.stretches:
            if place < stretch.jobs:
                return stretch.name(place), stretch.group
            place -= stretch.jobs
        raise IndexError(place)


NO_CHAIN = Chain(())


def longest_chain(graph: WorkflowGraph) -> Chain:
    """A longest chain, or one nearly so; NO_CHAIN where there are cycles, or where it cannot be told without listing."""
    edges = graph.edges_by_group
    waits: list[Producers] = []
    if not edges.certain:
        return NO_CHAIN
    for group in edges.jobs.all:
        try:
            waits.append(edges.producers(group) if group.size else NO_PRODUCERS)
        except UNCOUNTABLE:
            return NO_CHAIN
    loops: dict[int, _Loop] = {}
    for component in looped_components(waits):
        loop = _loop_of(component, waits)
        if loop is None:
            return NO_CHAIN
        loops[component[0]] = loop
    return _Search(graph.groups, waits, loops).longest()


class _Loop:
    """How the jobs of one group wait for each other: along one axis, whatever the others are."""

    def __init__(self, axis: int, pairs: Line | dict[int, int]) -> None:
        self.axis = axis
        self._pairs = pairs
        self.top, self.longest = self._top()

    def down_from(self, index: int) -> range | tuple[int, ...]:
        """The indices from which the job at `index` waits in turn, in the order in which they run, itself included."""
        if isinstance(self._pairs, dict):
            found = [index]
            while found[-1] in self._pairs:
                found.append(self._pairs[found[-1]])
            return tuple(reversed(found))
        line = self._pairs
        shift = line.first_a - line.first_b
        if not line.first_a <= index < line.first_a + line.length:
            return range(index, index + 1)
        hops = (index - line.first_a) // shift + 1
        return range(index - hops * shift, index + 1, shift)

    def _top(self) -> tuple[int, int]:
        if isinstance(self._pairs, Line):
            index = self._pairs.first_a + self._pairs.length - 1
            return index, len(self.down_from(index))
        depth: dict[int, int] = {}
        for start in self._pairs:
            path = [start]
            while path[-1] in self._pairs and path[-1] not in depth:
                path.append(self._pairs[path[-1]])
            below = depth.get(path[-1], 0 if path[-1] in self._pairs else 1)
            for index in reversed(path if path[-1] not in depth else path[:-1]):
                depth[index] = below if index not in self._pairs else below + 1
                below = depth[index]
        top = max(depth, key=lambda index: depth[index])
        return top, depth[top]


def _loop_of(component: list[int], waits: list[Producers]) -> _Loop | None:
    """The loop of a group that waits for itself by one link; None for any other one."""
    index = component[0]
    terms = waits[index].terms.get(index, [])
    if len(component) > 1 or index in waits[index].plain or len(terms) != 1:
        return None
    (term,) = terms
    if term.tests_a or term.tests_b or term.match.only_a or term.match.only_b or len(term.match.links) != 1:
        return None
    (((axis, other), link),) = term.match.links.items()
    if axis != other:
        return None
    if isinstance(link, Line) and link.step_a == link.step_b == 1:
        return _Loop(axis, link) if link.first_a > link.first_b else None
    if link.length > _MOST_PAIRS:
        return None
    pairs = dict(link.pairs())
    # each waits for one other, and no way leads back
    return _Loop(axis, pairs) if len(pairs) == link.length and _ends(pairs) else None


def _ends(pairs: dict[int, int]) -> bool:
    done: set[int] = set()
    for start in pairs:
        path: set[int] = set()
        index = start
        while index in pairs and index not in done:
            if index in path:
                return False
            path.add(index)
            index = pairs[index]
        done |= path
    return True


class _Search:
    def __init__(self, groups: list[Group], waits: list[Producers], loops: dict[int, _Loop]) -> None:
        self._groups = groups
        self._waits = waits
        self._loops = loops
        self._depth: dict[Node, int] = {}
        self._before: dict[Node, Node | None] = {}

    def longest(self) -> Chain:
        for index in range(len(self._groups)):
            self._measure(index)
        last = max(range(len(self._groups)), key=lambda index: self._depth[index], default=None)
        if last is None or not self._depth[last]:
            return NO_CHAIN
        path: list[int] = []
        step: Node | None = last
        while step is not None:
            if isinstance(step, int):
                path.append(step)
            step = self._before[step]
        return self._followed(path)

    def _measure(self, start: int) -> None:
        """The most jobs in a row of which the last is in a group, if all jobs of groups that are tied were tied."""
        pending: list[Node] = [start]
        while pending:
            node = pending[-1]
            following = self._following(node)
            missing = [other for other in following if other not in self._depth]
            if missing:
                pending += missing
                continue
            pending.pop()
            best = max(following, key=lambda other: self._depth[other], default=None)
            self._depth[node] = self._own(node) + (0 if best is None else self._depth[best])
            self._before[node] = best

    def _own(self, node: Node) -> int:
        if not isinstance(node, int) or not self._groups[node].size:
            return 0
        return self._loops[node].longest if node in self._loops else 1

    def _following(self, node: Node) -> list[Node]:
        if isinstance(node, frozenset):
            return sorted(node)
        found: list[Node] = [index for index in self._waits[node].terms if index != node]
        plain = self._waits[node].plain
        return [*found, plain] if len(plain) > 1 else [*found, *plain]

    def _followed(self, path: list[int]) -> Chain:
        """Single jobs along a path of groups, from the last to run on: groups may be tied without the jobs being so."""
        last = self._groups[path[0]]
        ends = {tuple(0 for _ in last.domain.axes), tuple(axis.length - 1 for axis in last.domain.axes)}
        best = NO_CHAIN
        for end in sorted(ends):
            point: tuple[int, ...] | None = end
            if path[0] in self._loops:
                loop = self._loops[path[0]]
                point = (*end[: loop.axis], loop.top, *end[loop.axis + 1 :])
            stretches: list[Stretch] = []
            for place, index in enumerate(path):
                if place:
                    before = stretches[-1]
                    point = self._partner(path[place - 1], before, self._groups[index])
                if point is None:
                    break
                stretches.append(self._stretch(index, point))
            found = Chain(tuple(reversed(stretches)))
            best = max(best, found, key=lambda chain: chain.length)
        return best

    def _stretch(self, index: int, point: tuple[int, ...]) -> Stretch:
        loop = self._loops.get(index)
        if loop is None:
            return Stretch(self._groups[index], 0, point, ())
        return Stretch(self._groups[index], loop.axis, point, loop.down_from(point[loop.axis]))

    def _partner(self, index: int, stretch: Stretch, other: Group) -> tuple[int, ...] | None:
        """A job of `other` that the first job of `stretch` waits for."""
        producers, point = self._waits[index], stretch.point
        if stretch.indices:
            point = (*point[: stretch.axis], stretch.indices[0], *point[stretch.axis + 1 :])
        if other.index in producers.plain:
            return tuple(0 for _ in other.domain.axes)
        for term in producers.terms.get(other.index, ()):
            try:
                found = first_partner(term, stretch.group.domain, point, other.domain)
            except OverBudget:
                continue
            if found is not None:
                return self._higher(term, stretch.group, point, other, found)
        return None

    def _higher(
        self, term: Term, group: Group, point: tuple[int, ...], other: Group, found: tuple[int, ...]
    ) -> tuple[int, ...]:
        """Of the jobs of a group that wait for each other, the one with the most before it, if it is waited for too."""
        loop = self._loops.get(other.index)
        if loop is None:
            return found
        top = (*found[: loop.axis], loop.top, *found[loop.axis + 1 :])
        return top if holds(term, group.domain, point, other.domain, top) else found
