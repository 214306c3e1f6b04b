"""How many jobs each group waits for: explicit edges, and all edges once files and user data are counted in."""

from __future__ import annotations

from torclint.graph.artifacts import Writers
from torclint.graph.clauses import clauses_of
from torclint.graph.groups import Groups
from torclint.names.machine import OverBudget
from torclint.names.relation import EVERYTHING, Term, count_pairs
from torclint.names.rust_regex.errors import RegexError
from torclint.names.unify import Undecided
from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torclint.graph.clauses import Clause, Clauses
    from torclint.graph.groups import Group, Matched
    from torclint.spec.model import Workflow


_FEW = 16  # plain producers that are remembered for each group; thousands for each of thousands would fill the memory


class AtLeast(Record):
    """A number that could not be counted to the end within the budget; it is this or more."""

    value: int


Count = int | AtLeast


class Producers(Record):
    """The jobs that a group waits for: whole plain groups, and pairs (consumer, producer) per other group."""

    plain: frozenset[int]
    terms: dict[int, list[Term]]


NO_PRODUCERS = Producers(frozenset(), {})


class GroupEdges(Record):
    """Edges that start at the jobs of one group. `None` where only a listing can tell."""

    explicit: int
    total: int


NO_EDGES = GroupEdges(0, 0)


class Edges:
    """Finds and counts what every group of jobs waits for, without listing jobs."""

    def __init__(self, workflow: Workflow) -> None:
        self.jobs = Groups(list(workflow.jobs))
        self.files = Groups(list(workflow.files))
        self.user_data = Groups(list(workflow.user_data))
        self.filled_data = Groups([item for item in workflow.user_data if item.content_node is not None])
        self.clauses: list[Clauses | None] = []
        for group, job in zip(self.jobs.all, workflow.jobs, strict=True):
            assert group.item is job
            try:
                self.clauses.append(clauses_of(job, self.files, self.filled_data))
            except (Undecided, OverBudget):
                self.clauses.append(None)
        self.certain = None not in self.clauses
        known = [clauses for clauses in self.clauses if clauses is not None]
        self._writers: tuple[Writers, ...] = ()
        if self.certain:
            self._writers = (
                Writers(self.jobs, self.files, [clauses.writes_files for clauses in known]),
                Writers(self.jobs, self.user_data, [clauses.writes_data for clauses in known]),
            )
        self._counted: dict[tuple[object, ...], GroupEdges] = {}
        self._written: dict[int, Producers] = {}
        self._producers: dict[int, Producers] = {}

    def of(self, group: Group) -> GroupEdges:
        """The numbers of edges of one group. Raises Undecided, OverBudget or RegexError where a listing has to tell."""
        clauses = self.clauses[group.index]
        if not group.size:
            return NO_EDGES
        if clauses is None or not self.certain:
            raise Undecided
        if not (clauses.waits or clauses.reads_files or clauses.reads_data):
            return NO_EDGES
        key = texts_of(clauses)
        counted = self._counted.get(key) if not group.domain.axes else None
        if counted is None:
            explicit, total = self.written(group), self.producers(group)
            number = self.count(group, explicit)
            counted = GroupEdges(number, number if total is explicit else self.count(group, total))
            if not group.domain.axes:
                self._counted[key] = counted
        return counted

    def written(self, group: Group) -> Producers:
        """What `depends_on` and `depends_on_regexes` of a group pick out. Raises as `of`."""
        found = self._written.get(group.index)
        if found is None:
            waits = self._clauses_of(group).waits
            picked = [self.jobs.find(clause, group.domain) for clause in (*waits.names, *waits.patterns)]
            found = merged(picked)
            if len(found.plain) <= _FEW:
                self._written[group.index] = found
        return found

    def producers(self, group: Group) -> Producers:
        """All that a group waits for: the same with the writers of what it reads. Raises as `of`."""
        found = self._producers.get(group.index)
        if found is None:
            clauses, written = self._clauses_of(group), self.written(group)
            picked: list[Matched | Producers] = [written]
            for uses, writers in zip((clauses.reads_files, clauses.reads_data), self._writers, strict=True):
                if uses and writers:
                    picked.extend(writers.of(clause, group.domain) for clause in (*uses.names, *uses.patterns))
            found = written if len(picked) == 1 else merged(picked)
            if len(found.plain) <= _FEW:
                self._producers[group.index] = found
        return found

    def _clauses_of(self, group: Group) -> Clauses:
        clauses = self.clauses[group.index]
        if clauses is None or not self.certain:
            raise Undecided
        return clauses

    def through(self, group: Group, clause: Clause, kind: int) -> Matched:
        """The writers of what one clause reads; `kind` 0 for files, 1 for user data. Raises as `of`."""
        if not self.certain:
            raise Undecided
        return self._writers[kind].of(clause, group.domain)

    def count(self, group: Group, producers: Producers) -> int:
        """Pairs of jobs of `group` with the producers. Raises OverBudget."""
        edges = group.size * len(producers.plain)
        for index, terms in producers.terms.items():
            edges += count_pairs(terms, group.domain, self.jobs.all[index].domain)
        return edges


def texts_of(clauses: Clauses) -> tuple[object, ...]:
    """All that a job waits for and reads, as written: jobs without parameters that have it in common wait for the same."""
    return tuple(
        tuple(clause.template.text for clause in part)
        for uses in (clauses.waits, clauses.reads_files, clauses.reads_data)
        for part in (uses.names, uses.patterns)
    )


def merged(parts: Sequence[Matched | Producers]) -> Producers:
    """The union of what several clauses pick out."""
    if len(parts) == 1 and not parts[0].terms:
        return Producers(parts[0].plain, {})
    plain = frozenset[int]().union(*[part.plain for part in parts])
    if not any(part.terms for part in parts):
        return Producers(plain, {})
    terms: dict[int, list[Term]] = {}
    for part in parts:
        for index, pairs in part.terms.items():
            if index in plain:
                continue
            known = terms.setdefault(index, [])
            known.extend(term for term in pairs if term not in known)
    return Producers(plain, {index: _simplified(pairs) for index, pairs in terms.items()})


def _simplified(terms: list[Term]) -> list[Term]:
    return [EVERYTHING] if EVERYTHING in terms else terms


UNCOUNTABLE = (Undecided, OverBudget, RegexError)
