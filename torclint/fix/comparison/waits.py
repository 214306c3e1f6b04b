"""What every old job waits for in the second spec once new jobs are looked through, as sets of pairs: never listed.

Raises Undecided, OverBudget or RegexError where only a listing can tell.
"""

from __future__ import annotations

from torclint.fix.comparison.difference import AFTER, WAITS, Difference
from torclint.fix.comparison.examples import example
from torclint.fix.comparison.new_jobs import is_mere_light
from torclint.graph.edges import Producers, merged
from torclint.names.composition import composed, with_tests_decided
from torclint.names.relation import EVERYTHING, Term, count_pairs
from torclint.names.unify import Undecided
from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.fix.comparison.pairs import Pairs
    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph


class Lights(Record):
    """Single jobs of the first spec (indices of groups) through which others may wait for what these wait for.

    `newly`: it is no difference if somebody waits for them who did not before.
    """

    groups: frozenset[int] = frozenset()
    newly: bool = False


NO_LIGHTS = Lights()


def lights_of(graph: WorkflowGraph) -> Lights:
    """All jobs of a spec that do nothing and hand failures on: to wait for one is to wait for what it waits for."""
    jobs = graph.workflow.jobs
    single = (group.index for group in graph.groups if not group.domain.axes)
    return Lights(frozenset(index for index in single if is_mere_light(jobs[index])))


def different_waits(
    before: WorkflowGraph, after: WorkflowGraph, pairs: Pairs, lights: Lights = NO_LIGHTS
) -> Iterator[Difference]:
    """The old jobs that wait for other old jobs than before. Every group of `before` has to be paired."""
    behind = _Behind(after, pairs)
    proven: set[object] = set()
    for group in after.groups:
        old = pairs.old_of.get(group.index)
        if old is None or not group.size:
            continue
        was = before.groups[old]
        key = entries(before, was), entries(after, group)
        if not group.domain.axes:
            if key in proven:  # jobs of their own that have the same entries wait for the same jobs
                continue
            proven.add(key)
        mine = waits(before, was)
        through = behind.looked_through(group, waits(after, group))
        if lights.groups:
            mine, through = (_with_lights(before, each, lights) for each in (mine, through))
        yield from _compare(before, was, after, group, mine, through)


def entries(graph: WorkflowGraph, group: Group) -> tuple[object, ...]:
    """The entries that say what a group waits for, as they are written."""
    clauses = graph.edges_by_group.clauses[group.index]
    if clauses is None:
        raise Undecided
    return tuple(
        tuple(clause.template.text for clause in part)
        for uses in (clauses.waits, clauses.reads_files, clauses.reads_data)
        for part in (uses.names, uses.patterns)
    )


def waits(graph: WorkflowGraph, group: Group) -> Producers:
    """What a group waits for directly, files and user data included."""
    return graph.edges_by_group.producers(group)


class _Behind:
    """The new jobs, and which old jobs each of them stands for."""

    def __init__(self, after: WorkflowGraph, pairs: Pairs) -> None:
        self._after = after
        self._pairs = pairs
        self._new_of = pairs.new_of
        self._new = {group.index: group for group in pairs.only_after if group.size}
        self._known: dict[int, Producers] = {}
        self._open: set[int] = set()

    def looked_through(self, group: Group, direct: Producers) -> Producers:
        """What `group` waits for, `direct`, with new jobs replaced by what they wait for; numbered as in the first spec."""
        plain: set[int] = set()
        terms: dict[int, list[Term]] = {}
        for index in direct.plain:
            if index not in self._new:
                plain.add(self._pairs.old_of[index])
                continue
            found = self._of(index)
            plain |= found.plain
            for target, pairs in found.terms.items():
                terms.setdefault(target, []).extend(pairs)
        for index, pairs in direct.terms.items():
            if index not in self._new:
                terms.setdefault(self._pairs.old_of[index], []).extend(pairs)
                continue
            found = self._of(index)
            for target in found.plain:
                terms.setdefault(target, []).extend(self._composed(group, index, target, pairs, [EVERYTHING]))
            for target, inner in found.terms.items():
                terms.setdefault(target, []).extend(self._composed(group, index, target, pairs, inner))
        return Producers(frozenset(plain), {index: _each_once(found) for index, found in terms.items()})

    def _of(self, index: int) -> Producers:
        group = self._new[index]
        if index in self._open:
            raise Undecided  # a cycle of new jobs
        found = self._known.get(index)
        if found is None:
            self._open.add(index)
            found = self._known[index] = self.looked_through(group, waits(self._after, group))
            self._open.discard(index)
        return found

    def _composed(self, group: Group, index: int, target: int, outer: list[Term], inner: list[Term]) -> list[Term]:
        """(job, producer) pairs from (job, new job) and (new job, producer)."""
        between = self._new[index].domain
        producer = self._after.groups[self._new_of[target]].domain
        outer = [each for term in outer for each in with_tests_decided(term, between, of_first=False)]
        inner = [each for term in inner for each in with_tests_decided(term, between, of_first=True)]
        found = (composed(one, other, group.domain, between, producer) for one in outer for other in inner)
        return [term for term in found if term is not None]


def _with_lights(before: WorkflowGraph, found: Producers, lights: Lights) -> Producers:
    """With what lights wait for, for those who wait for lights."""
    seen = found.plain & lights.groups
    together = merged([found, *(waits(before, before.groups[index]) for index in sorted(seen))])
    if not lights.newly:
        return together
    return Producers(together.plain - lights.groups, together.terms)


def _each_once(terms: list[Term]) -> list[Term]:
    if EVERYTHING in terms:
        return [EVERYTHING]
    return [term for place, term in enumerate(terms) if term not in terms[:place]]


def _compare(
    before: WorkflowGraph, was: Group, after: WorkflowGraph, now: Group, mine: Producers, through: Producers
) -> Iterator[Difference]:
    for target in sorted(mine.plain | through.plain | mine.terms.keys() | through.terms.keys()):
        producer = before.groups[target]
        one, other = ([EVERYTHING] if target in part.plain else part.terms.get(target, []) for part in (mine, through))
        both = _each_once([*one, *other])
        number, others, together = (count_pairs(terms, was.domain, producer.domain) for terms in (one, other, both))
        for lost, told, more, less in (
            (together - others, "no longer waits for", one, other),
            (together - number, "now waits for", other, one),
        ):
            if lost:
                job, awaited = example(was, producer, more, less)
                yield Difference(
                    WAITS, f"{job} {told} {awaited}{_rest(lost)}", AFTER, now.item.name.node.span, job, awaited
                )


def _rest(number: int) -> str:
    return f" ({number:,} such pairs)" if number > 1 else ""
