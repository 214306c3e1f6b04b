"""Lists of names and patterns that Torc refuses to resolve: missing names, repetitions, patterns that add nothing new.

The rule is Torc's own (workflow_spec.rs:4208-4266, 4333-4400): exact names first, each of which must exist and stand
once; then every pattern in order must add a name that is not in the list yet.
"""

from __future__ import annotations

from torclint.graph.clauses import FILES, JOBS, USER_DATA, Clause
from torclint.graph.edges import UNCOUNTABLE
from torclint.graph.groups import NO_PARAMETERS
from torclint.names import rust_regex
from torclint.names.bisect import first_point
from torclint.names.counting import bind
from torclint.names.holes import valid_for_all_numbers
from torclint.names.machine import OverBudget
from torclint.names.relation import EVERYTHING, Term, count_pairs
from torclint.names.unify import Undecided
from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.clauses import Clauses, Uses
    from torclint.graph.edges import Edges
    from torclint.graph.groups import Group, Groups
    from torclint.graph.workflow import WorkflowGraph
    from torclint.spec.domain import Domain

MISSING, REPEATED, INVALID, NOTHING_NEW = "missing", "repeated", "invalid pattern", "nothing new"
# by what a listing calls them
REASONS = {"missing": MISSING, "repeated": REPEATED, "invalid pattern": INVALID, "no new match": NOTHING_NEW}

_POINTS = 3000  # jobs of one group that are looked at one by one


class Unresolved(Record):
    """A clause that makes Torc refuse the spec, for `job` at least; `text` is the clause with that job's values in it."""

    reason: str
    target: str  # JOBS, FILES or USER_DATA
    field: str
    clause: Clause
    group: Group
    job: str
    text: str


def find_unresolved(graph: WorkflowGraph) -> Iterator[Unresolved]:
    """Every clause that cannot be resolved, once, with the first job that shows it."""
    edges = graph.edges_by_group
    for group, clauses in zip(edges.jobs.all, edges.clauses, strict=True):
        if not group.size:
            continue
        if clauses is None:
            yield from _from_listing(graph, group)
            continue
        for target, field, known, uses in _lists(edges, clauses):
            if _is_plainly_sound(known, uses):
                continue
            try:
                for reason, clause, point in _List(known, group.domain, uses, _POINTS).problems():
                    yield _at_point(reason, target, field, clause, group, point)
            except UNCOUNTABLE:
                yield from (each for each in _from_listing(graph, group) if each.target == target)


def unresolved_of(edges: Edges, group: Group) -> Iterator[Unresolved]:
    """Every clause of one group that cannot be resolved, however many jobs have to be looked at for that.

    Raises Undecided, OverBudget or RegexError where only a listing can tell.
    """
    clauses = edges.clauses[group.index]
    if clauses is None:
        raise Undecided
    if not group.size:
        return
    for target, field, known, uses in _lists(edges, clauses):
        for reason, clause, point in _List(known, group.domain, uses, group.size).problems():
            yield _at_point(reason, target, field, clause, group, point)


def _lists(edges: Edges, clauses: Clauses) -> Iterator[tuple[str, str, Groups, Uses]]:
    """The lists that are not empty: what they name, how the spec calls them, the names there are, what is written."""
    lists = (
        (JOBS, "depends_on", edges.jobs, clauses.waits),
        (FILES, "input_file", edges.files, clauses.reads_files),
        (FILES, "output_file", edges.files, clauses.writes_files),
        (USER_DATA, "input_user_data", edges.user_data, clauses.reads_data),
        (USER_DATA, "output_user_data", edges.user_data, clauses.writes_data),
    )
    return (each for each in lists if each[3])


def _is_plainly_sound(known: Groups, uses: Uses) -> bool:
    """Whether all of it are names without parameters, each there and each written once: nothing else needs to be asked."""
    if uses.patterns:
        return False
    texts = {clause.template.literal for clause in uses.names}
    return len(texts) == len(uses.names) and texts <= known.plain.keys()


def _at_point(reason: str, target: str, field: str, clause: Clause, group: Group, point: tuple[int, ...]) -> Unresolved:
    values = group.domain.values(point)
    job = group.template.fill(values)
    return Unresolved(reason, target, _spelled(field, clause), clause, group, job, clause.template.fill(values))


def _spelled(field: str, clause: Clause) -> str:
    """The name of the list as the spec writes it."""
    if field.endswith("_file"):
        return f"{field}_regexes" if clause.is_pattern else f"{field}s"
    return f"{field}_regexes" if clause.is_pattern else field


def _from_listing(graph: WorkflowGraph, group: Group) -> Iterator[Unresolved]:
    try:
        listing = graph.listing
    except OverBudget:
        return
    seen: set[tuple[str, int]] = set()
    first = listing.offsets[group.index]
    own = set(listing.jobs.names[first : first + group.size])
    for refusal in listing.refusals:
        key = (refusal.kind, id(refusal.written.node))
        if refusal.job not in own or key in seen:
            continue
        seen.add(key)
        is_pattern = refusal.kind in ("invalid pattern", "no new match")
        clause = Clause(group.template, refusal.written, is_pattern)
        yield Unresolved(
            REASONS[refusal.kind], refusal.target, refusal.target, clause, group, refusal.job, refusal.text
        )


class _List:
    """One list of names and patterns of one group, to be resolved against the names of one kind."""

    def __init__(self, known: Groups, domain: Domain, uses: Uses, most: int) -> None:
        """`most`: so many jobs are looked at one by one, and the others taken to be like them."""
        self.known = known
        self.domain = domain
        self.uses = uses
        self._most = most

    def problems(self) -> Iterator[tuple[str, Clause, tuple[int, ...]]]:
        """(reason, clause, first point that shows it). Raises Undecided or OverBudget."""
        origin = next(self.domain.points())
        for clause in self.uses.names:
            if self.known.declared(clause.template, self.domain) < self.domain.size:
                yield MISSING, clause, self._first_missing(clause)
        if not self.uses.from_tokens:
            yield from self._repetitions(origin)
        invalid = False
        for clause in self.uses.patterns:
            point = self._first_invalid(clause)
            if point is not None:
                invalid = True
                yield INVALID, clause, point
        if invalid:
            return
        for place, clause in enumerate(self.uses.patterns):
            point = self._first_without_new(place)
            if point is not None:
                yield NOTHING_NEW, clause, point

    def _first_missing(self, clause: Clause) -> tuple[int, ...]:
        if not clause.template.slots:
            return next(self.domain.points())
        return first_point(self.domain, lambda part: self.known.declared(clause.template, part) < part.size)

    def _repetitions(self, origin: tuple[int, ...]) -> Iterator[tuple[str, Clause, tuple[int, ...]]]:
        names = self.uses.names
        seen: dict[object, Clause] = {}
        varying: list[Clause] = []
        for clause in names:
            if clause.template.parts in seen:
                yield REPEATED, clause, origin
                continue
            seen[clause.template.parts] = clause
            if clause.template.slots:
                varying.append(clause)
        if not varying or len(seen) < 2:
            return
        for count, point in enumerate(self.domain.points()):
            if count > self._most:
                return
            values = self.domain.values(point)
            texts: set[str] = set()
            for clause in seen.values():
                text = clause.template.fill(values)
                if text in texts:
                    yield REPEATED, clause, point
                    return
                texts.add(text)

    def _first_invalid(self, clause: Clause) -> tuple[int, ...] | None:
        if clause.template.slots and valid_for_all_numbers(clause.template, self.domain):
            return None
        for count, point in enumerate(self.domain.points()):
            if count > (self._most if clause.template.slots else 0):
                return None
            try:
                rust_regex.compile(clause.template.fill(self.domain.values(point)))
            except rust_regex.RegexError:
                return point
        return None

    def _first_without_new(self, place: int) -> tuple[int, ...] | None:
        clause = self.uses.patterns[place]
        before = (*self.uses.names, *self.uses.patterns[:place])
        if not any(each.template.slots for each in (*before, clause)):
            return None if self._adds(clause, before) else next(self.domain.points())
        if self._surely_adds(clause, before):
            return None
        if self.domain.size > _POINTS:
            return self._first_uncovered(clause, before)
        for point in self.domain.points():
            if not self._adds(self._bound(clause, point), tuple(self._bound(each, point) for each in before)):
                return point
        return None

    def _bound(self, clause: Clause, point: tuple[int, ...]) -> Clause:
        return clause._replace(template=bind(clause.template, self.domain, point))

    def _adds(self, clause: Clause, before: tuple[Clause, ...]) -> bool:
        """Whether a pattern without slots matches a name that no clause before it picks out, all without slots."""
        return self._new(clause, list(before)) > 0

    def _surely_adds(self, clause: Clause, before: tuple[Clause, ...]) -> bool:
        """A pattern without slots that matches more names than the varying names before it could take away."""
        if clause.template.slots or any(each.is_pattern and each.template.slots for each in before):
            return False
        steady = [each for each in before if not each.template.slots]
        taken = len(before) - len(steady)
        return self._new(clause, steady) > taken

    def _new(self, clause: Clause, before: list[Clause]) -> int:
        found = self.known.find(clause, NO_PARAMETERS)
        earlier = [self.known.find(each, NO_PARAMETERS) for each in before]
        taken = frozenset[int]().union(*(each.plain for each in earlier))
        new = len(found.plain - taken) if taken else len(found.plain)
        for index, terms in found.terms.items():
            domain = self.known.all[index].domain
            known = [term for each in earlier for term in each.terms.get(index, ())]
            together = count_pairs([*known, *(term for term in terms if term not in known)], NO_PARAMETERS, domain)
            new += together - count_pairs(known, NO_PARAMETERS, domain)
        return new

    def _first_uncovered(self, clause: Clause, before: tuple[Clause, ...]) -> tuple[int, ...] | None:
        """For a group too large to go through: a job that the pattern finds nothing for. Raises Undecided."""
        found = self.known.find(clause, self.domain)
        picked = {index for each in before for index in self.known.find(each, self.domain).terms}
        picked |= {index for each in before for index in self.known.find(each, self.domain).plain}
        if found.plain - picked:
            return None
        if len(found.terms) != 1 or set(found.terms) & picked:
            raise Undecided
        ((index, terms),) = found.terms.items()
        target = self.known.all[index].domain
        if len(terms) != 1 or terms[0].tests_a or terms[0].tests_b:
            raise Undecided
        return self._point_outside(terms[0], target)

    def _point_outside(self, term: Term, target: Domain) -> tuple[int, ...] | None:
        """A point of the domain that has no partner by `term`, whose links are one to one; None if there is none."""
        if term == EVERYTHING:
            return None
        if target.size and len({a for a, _ in term.match.links}) < len(term.match.links):
            raise Undecided
        for (a, _), link in term.match.links.items():
            length = self.domain.axes[a].length
            covered = {pair[0] for pair in link.pairs()} if link.length < length else None
            if covered is not None:
                outside = next(index for index in range(length) if index not in covered)
                return tuple(outside if number == a else 0 for number in range(len(self.domain.axes)))
        for number, kept in term.match.only_a.items():
            for index in range(self.domain.axes[number].length):
                if index not in kept:
                    return tuple(index if each == number else 0 for each in range(len(self.domain.axes)))
        return None
