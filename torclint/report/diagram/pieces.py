"""What a picture of a workflow is made of before anything is folded: job specs, files, user data, and what ties them."""

from __future__ import annotations

from torclint.graph.barriers import barrier_groups
from torclint.graph.blocks import depends_on_consumer
from torclint.graph.clauses import FILES, JOBS, USER_DATA
from torclint.graph.edges import UNCOUNTABLE, merged, texts_of
from torclint.names.machine import OverBudget
from torclint.names.relation import count_pairs
from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from torclint.graph.clauses import Clause, Clauses
    from torclint.graph.edges import Producers
    from torclint.graph.groups import Group, Groups
    from torclint.graph.workflow import WorkflowGraph

STAGE, BARRIER, FILE, DATA = "stage", "barrier", "file", "user data"

Key = tuple[str, int]  # (JOBS, FILES or USER_DATA; number of the group)


class Piece(Record):
    """One item of the spec. `size`: the jobs, files or user data items that it becomes; `line` counts from 1."""

    key: Key
    kind: str
    name: str
    size: int
    line: int

    @property
    def is_job(self) -> bool:
        return self.key[0] == JOBS


class Tie(Record):
    """Jobs of every one of `targets` that wait for, or read, what every one of `sources` is, or writes.

    `sources[key]` is how many edges lead there from `unit` jobs of a target; `targets[key]` is how many jobs that has.
    `everyone`: the sources of which each job waits for all that are counted. A job that writes a file is a source without
    edges, since nobody waits by that alone.
    """

    sources: dict[Key, int]
    targets: dict[Key, int]
    unit: int
    everyone: frozenset[Key]

    def edges(self, source: Key, target: Key) -> int:
        return self.sources[source] * self.targets[target] // self.unit


class Pieces(Record):
    """`uncounted`: job specs of which nobody could tell within the budget what they wait for."""

    all: dict[Key, Piece]
    ties: list[Tie]
    uncounted: int


def pieces_of(graph: WorkflowGraph) -> Pieces:
    """All items with jobs in them and the files and user data that these use, in the order of the file."""
    found = _Gathering(graph)
    uncertain = [group for group in graph.groups if group.size and not found.add(group)]
    if uncertain:
        uncertain = found.listed(uncertain)
    used = {key for tie in found.ties.values() for key in (*tie.sources, *tie.targets)}
    barriers = barrier_groups(graph)
    workflow = graph.workflow
    edges = graph.edges_by_group
    pieces: dict[Key, Piece] = {}
    for what, kind, groups in (
        (JOBS, STAGE, edges.jobs),
        (FILES, FILE, edges.files),
        (USER_DATA, DATA, edges.user_data),
    ):
        for group in groups.all:
            key = (what, group.index)
            if group.size and (what == JOBS or key in used):
                shown = BARRIER if what == JOBS and group.index in barriers else kind
                line = workflow.document.position(group.item.node.start).line
                pieces[key] = Piece(key, shown, group.item.name.text, group.size, line)
    return Pieces(pieces, list(found.ties.values()), len(uncertain))


class _Gathering:
    """Ties by what is written, so that job specs that say the same have one in common."""

    def __init__(self, graph: WorkflowGraph) -> None:
        self.ties: dict[object, Tie] = {}
        self._graph = graph
        self._edges = graph.edges_by_group
        self._writes: list[dict[int, set[int]]] = [{}, {}]  # by kind: group of files or data -> groups of jobs
        if self._edges.certain:
            for group, clauses in zip(self._edges.jobs.all, self._edges.clauses, strict=True):
                if clauses is not None and group.size:
                    self._add_writes(group, clauses)

    def _declared(self) -> tuple[tuple[str, Groups], tuple[str, Groups]]:
        return ((FILES, self._edges.files), (USER_DATA, self._edges.user_data))

    def _add_writes(self, group: Group, clauses: Clauses) -> None:
        for place, (what, declared) in enumerate(self._declared()):
            uses = (clauses.writes_files, clauses.writes_data)[place]
            for clause in (*uses.names, *uses.patterns):
                try:
                    found = declared.find(clause, group.domain)
                except UNCOUNTABLE:
                    continue
                for index in sorted(found.plain | found.terms.keys()):
                    self._writes[place].setdefault(index, set()).add(group.index)
                    tie = Tie({(JOBS, group.index): 0}, {(what, index): 0}, 1, frozenset())
                    self.ties.setdefault((JOBS, group.index, what, index), tie)

    def add(self, group: Group) -> bool:
        """Tie `group` to what it waits for; False where only a listing can tell what that is."""
        clauses = self._edges.clauses[group.index]
        if clauses is None or not self._edges.certain:
            return False
        known = texts_of(clauses)
        own = None if not group.domain.axes else group.index
        made: dict[object, Tie] = {}
        try:
            if clauses.waits:
                key: tuple[object, ...] = (known[:2], own)
                if key not in self.ties:
                    made[key] = self._tie(group, self._edges.written(group))
                self._join(key, group, made)
            for place, (what, declared) in enumerate(self._declared()):
                uses = (clauses.reads_files, clauses.reads_data)[place]
                for index, picked in self._reads(group, (*uses.names, *uses.patterns), declared).items():
                    key = (known, own, what, index)
                    if key not in self.ties:
                        made[key] = self._reading(group, place, (what, index), picked)
                    self._join(key, group, made)
        except UNCOUNTABLE:
            return False
        self.ties |= made
        return True

    def _join(self, key: object, group: Group, made: dict[object, Tie]) -> None:
        (made if key in made else self.ties)[key].targets[JOBS, group.index] = group.size

    @staticmethod
    def _reads(group: Group, clauses: tuple[Clause, ...], declared: Groups) -> dict[int, list[Clause]]:
        """The groups of files or user data that `group` reads, each with the clauses that say so."""
        found: dict[int, list[Clause]] = {}
        for clause in clauses:
            matched = declared.find(clause, group.domain)
            for index in sorted(matched.plain | matched.terms.keys()):
                found.setdefault(index, []).append(clause)
        return found

    def _tie(self, group: Group, producers: Producers) -> Tie:
        sources = {(JOBS, index): group.size for index in sorted(producers.plain)}
        everyone = set(sources)
        for index, terms in sorted(producers.terms.items()):
            counted = count_pairs(terms, group.domain, self._edges.jobs.all[index].domain)
            if counted:
                sources[JOBS, index] = counted
                if not any(map(depends_on_consumer, terms)):
                    everyone.add((JOBS, index))
        return Tie(sources, {}, group.size, frozenset(everyone))

    def _reading(self, group: Group, place: int, artifact: Key, clauses: list[Clause]) -> Tie:
        """A tie from `artifact` to its reader: the edges that go through it to those that write it."""
        writers = self._writes[place].get(artifact[1], set())
        waits = self._tie(group, merged([self._edges.through(group, clause, place) for clause in clauses]))
        there = [key for key in waits.sources if key[1] in writers]
        edges = sum(waits.sources[key] for key in there)
        everyone = frozenset([artifact]) if waits.everyone.issuperset(there) else frozenset[Key]()
        return Tie({artifact: edges}, {}, group.size, everyone)

    def listed(self, groups: list[Group]) -> list[Group]:
        """Tie `groups` to what a listing says that they wait for; gives back those of which it is too long."""
        try:
            listing = self._graph.listing
        except OverBudget:
            return groups
        owner = [group.index for group in self._graph.groups for _ in range(group.size)]
        for group in groups:
            first = listing.offsets[group.index]
            sources: dict[Key, int] = {}
            for job in range(first, first + group.size):
                for other in listing.total(job):
                    key = (JOBS, owner[other])
                    sources[key] = sources.get(key, 0) + 1
            sizes = {key: self._graph.groups[key[1]].size * group.size for key in sources}
            everyone = frozenset(key for key, number in sources.items() if number == sizes[key])
            tie = Tie(dict(sorted(sources.items())), {(JOBS, group.index): group.size}, group.size, everyone)
            self.ties["listed", group.index] = tie
        return []
