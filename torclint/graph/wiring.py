"""Which jobs wait for which, and which read and write which files and user data, written out as a run needs it.

Jobs, files and user data go by their places in the order of the spec. Where the parameters tell how they hang together,
a million waits are two ranges; otherwise every job is listed.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from torclint.graph.edges import UNCOUNTABLE, texts_of
from torclint.graph.listing import FOR_A_RUN
from torclint.graph.resolution import REASONS, unresolved_of
from torclint.names.enumeration import Bundle, bundles, partners
from torclint.names.unify import Undecided
from torclint.record import TYPE_CHECKING, Protocol, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from torclint.graph.clauses import Clauses, Uses
    from torclint.graph.edges import Producers
    from torclint.graph.groups import Group, Groups, Matched
    from torclint.graph.listing import Listing
    from torclint.graph.resolution import Unresolved
    from torclint.graph.workflow import WorkflowGraph

FILES, DATA = 0, 1


class Refusal(Record):
    """A name or pattern of a job for which Torc refuses the spec."""

    job: str
    target: str
    text: str
    reason: str


class Wiring(Protocol):
    """What a run has to know about lists of names and patterns. Bundles are (jobs that wait, jobs they wait for)."""

    refusals: list[Refusal]

    def explicit(self) -> Iterable[Bundle]: ...

    def total(self) -> Iterable[Bundle]: ...

    def read(self, kind: int) -> set[int]: ...

    def written(self, kind: int) -> set[int]: ...

    def output_files(self, job: int) -> Sequence[int]: ...

    def input_files(self, job: int) -> Sequence[int]: ...


def wiring_of(graph: WorkflowGraph) -> Wiring:
    """Raises OverBudget where it cannot be said without listing, and there is too much to list."""
    try:
        return Symbolic(graph)
    except UNCOUNTABLE:
        return Listed(graph.listed(FOR_A_RUN))


class Symbolic:
    """By groups. Everything that may be undecidable is worked out at once: raises UNCOUNTABLE."""

    def __init__(self, graph: WorkflowGraph) -> None:
        self._edges = edges = graph.edges_by_group
        if not edges.certain:
            raise Undecided
        self._offsets = offsets_of(edges.jobs)
        self._file_offsets = offsets_of(edges.files)
        # by group, of those that were asked for
        self._outputs: dict[int, list[Matched]] = {}
        self._inputs: dict[int, list[Matched]] = {}
        self.refusals = [_refusal(each) for group in edges.jobs.all for each in unresolved_of(edges, group)]
        self._explicit: list[Bundle] = []
        self._total: list[Bundle] = []
        self._used: tuple[tuple[set[int], set[int]], ...] = ((set(), set()), (set(), set()))
        if self.refusals:
            return
        self._explicit = list(self._bundles(explicit_only=True))
        self._total = list(self._bundles(explicit_only=False)) if graph.has_artifacts else self._explicit
        if graph.has_artifacts:
            self._note_uses()

    def explicit(self) -> list[Bundle]:
        return self._explicit

    def total(self) -> list[Bundle]:
        return self._total

    def read(self, kind: int) -> set[int]:
        return self._used[kind][0]

    def written(self, kind: int) -> set[int]:
        return self._used[kind][1]

    def output_files(self, job: int) -> Sequence[int]:
        """Worked out anew for each job: nothing is kept for a million of them."""
        group = self._edges.jobs.all[bisect_right(self._offsets, job) - 1]
        matches = self._outputs.get(group.index)
        if matches is None:
            matches = self._outputs[group.index] = self._matches(group, self._clauses(group).writes_files)
        return self._files(job, group, matches)

    def input_files(self, job: int) -> Sequence[int]:
        """Worked out anew for each job, too."""
        group = self._edges.jobs.all[bisect_right(self._offsets, job) - 1]
        matches = self._inputs.get(group.index)
        if matches is None:
            matches = self._inputs[group.index] = self._matches(group, self._clauses(group).reads_files)
        return self._files(job, group, matches)

    def _files(self, job: int, group: Group, matches: list[Matched]) -> Sequence[int]:
        if not matches:
            return ()
        found: set[int] = set()
        point = group.domain.point_at(job - self._offsets[group.index])
        for matched in matches:
            found.update(self._file_offsets[index] for index in matched.plain)
            for index, terms in matched.terms.items():
                for term in terms:
                    places = partners(term, group.domain, point, self._edges.files.all[index].domain)
                    found.update(_shifted(places, self._file_offsets[index]))
        return sorted(found)

    def _clauses(self, group: Group) -> Clauses:
        clauses = self._edges.clauses[group.index]
        assert clauses is not None
        return clauses

    def _matches(self, group: Group, uses: Uses) -> list[Matched]:
        return [self._edges.files.find(clause, group.domain) for clause in (*uses.names, *uses.patterns)]

    def _bundles(self, explicit_only: bool) -> Iterator[Bundle]:
        shared = _Shared()
        alike: dict[tuple[object, ...], Producers] = {}
        for group, clauses in zip(self._edges.jobs.all, self._edges.clauses, strict=True):
            assert clauses is not None
            reads = () if explicit_only else (clauses.reads_files, clauses.reads_data)
            if not group.size or not any((clauses.waits, *reads)):
                continue
            key = texts_of(clauses)
            found = alike.get(key) if not group.domain.axes else None
            if found is None:
                found = self._edges.written(group) if explicit_only else self._edges.producers(group)
                if not group.domain.axes:
                    alike[key] = found
            yield from self._wired(group, found, shared)
        yield from shared.bundles()

    def _wired(self, group: Group, found: Producers, shared: _Shared) -> Iterator[Bundle]:
        """What cannot be shared with other groups; the rest goes to `shared`."""
        jobs = self._edges.jobs.all
        first = self._offsets[group.index]
        everyone = range(first, first + group.size)
        if found.plain:
            if found.plain not in shared.members:
                shared.members[found.plain] = sorted(self._offsets[index] for index in found.plain)
            shared.add(found.plain, everyone)
        for index, terms in found.terms.items():
            for term in terms:
                whole = not (term.match.links or term.match.only_a or term.tests_a)
                key = (index, *term.match.only_b.items(), *(test.key for test in term.tests_b))
                if whole and key in shared.members:
                    shared.add(key, everyone)
                    continue
                for bundle in bundles(term, group.domain, jobs[index].domain):
                    moved = _moved(bundle, first, self._offsets[index])
                    if whole:
                        shared.members[key] = moved.b
                        shared.add(key, everyone)
                    else:
                        yield moved

    def _note_uses(self) -> None:
        for group, clauses in zip(self._edges.jobs.all, self._edges.clauses, strict=True):
            assert clauses is not None
            if group.size:
                self._note(FILES, group, clauses.reads_files, clauses.writes_files)
                self._note(DATA, group, clauses.reads_data, clauses.writes_data)

    def _note(self, kind: int, group: Group, *uses: Uses) -> None:
        known = (self._edges.files, self._edges.user_data)[kind]
        offsets = offsets_of(known)
        for used, noted in zip(uses, self._used[kind], strict=True):
            for clause in (*used.names, *used.patterns):
                matched = known.find(clause, group.domain)
                noted.update(offsets[index] for index in matched.plain)
                for index, terms in matched.terms.items():
                    for term in terms:
                        for bundle in bundles(term, group.domain, known.all[index].domain):
                            noted.update(_shifted(bundle.b, offsets[index]))


class _Shared:
    """Sets of jobs that others wait for, and all that wait for the same set."""

    def __init__(self) -> None:
        self.members: dict[object, Sequence[int]] = {}
        self._waiters: dict[object, list[range]] = {}

    def add(self, key: object, waiters: range) -> None:
        self._waiters.setdefault(key, []).append(waiters)

    def bundles(self) -> Iterator[Bundle]:
        for key, parts in self._waiters.items():
            waiters = parts[0] if len(parts) == 1 else [job for part in parts for job in part]
            yield Bundle(waiters, self.members[key])


class Listed:
    """Job by job."""

    def __init__(self, listing: Listing) -> None:
        self._listing = listing
        self.refusals = [Refusal(each.job, each.target, each.text, REASONS[each.kind]) for each in listing.refusals]

    def explicit(self) -> Iterator[Bundle]:
        return self._bundles([self._listing.explicit(job) for job in range(len(self._listing.rows))])

    def total(self) -> Iterator[Bundle]:
        return self._bundles([self._listing.total(job) for job in range(len(self._listing.rows))])

    def _bundles(self, waits: list[frozenset[int]]) -> Iterator[Bundle]:
        sharing: dict[frozenset[int], list[int]] = {}
        for job, members in enumerate(waits):
            if members:
                sharing.setdefault(members, []).append(job)
        for members, waiters in sharing.items():
            yield Bundle(waiters, sorted(members))

    def read(self, kind: int) -> set[int]:
        return {number for row in self._listing.rows for number in row.reads[kind]}

    def written(self, kind: int) -> set[int]:
        return {number for row in self._listing.rows for number in row.writes[kind]}

    def output_files(self, job: int) -> Sequence[int]:
        return self._listing.rows[job].writes[FILES]

    def input_files(self, job: int) -> Sequence[int]:
        return self._listing.rows[job].reads[FILES]


def offsets_of(groups: Groups) -> list[int]:
    """The place of the first item of each group."""
    return list(accumulate((group.size for group in groups.all), initial=0))[:-1]


def _moved(bundle: Bundle, by_a: int, by_b: int) -> Bundle:
    return Bundle(_shifted(bundle.a, by_a), _shifted(bundle.b, by_b), bundle.paired)


def _shifted(places: Sequence[int], by: int) -> Sequence[int]:
    if isinstance(places, range):
        return range(places.start + by, places.stop + by, places.step)
    return [place + by for place in places] if by else places


def _refusal(each: Unresolved) -> Refusal:
    return Refusal(each.job, each.target, each.text, each.reason)
