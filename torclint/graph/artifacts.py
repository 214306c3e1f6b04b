"""Dependencies through files and user data: who reads what somebody else writes, as pairs of groups."""

from __future__ import annotations

from torclint.graph.groups import NO_PARAMETERS, Matched
from torclint.names import rust_regex
from torclint.names.holes import pattern_terms
from torclint.names.links import swapped
from torclint.names.machine import all_of
from torclint.names.relation import EVERYTHING, Term, Test, count_tested
from torclint.names.template import Template
from torclint.names.unify import Match, Undecided, unify
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from torclint.graph.clauses import Clause, Uses
    from torclint.graph.groups import Group, Groups
    from torclint.spec.domain import Domain


class Writers:
    """All that is written of one kind, ready to be asked who writes what a consumer reads."""

    def __init__(self, jobs: Groups, artifacts: Groups, writes: list[Uses]) -> None:
        self._jobs = jobs
        self._artifacts = artifacts
        self._plain: dict[str, list[int]] = {}  # plain name -> unparameterised groups that write it
        self._templates: list[tuple[Group, Template]] = []
        self._patterns: list[tuple[Group, Template]] = []
        self._meet: dict[tuple[str, str], bool] = {}
        self._answers: dict[tuple[bool, str], Matched] = {}
        for group, uses in zip(jobs.all, writes, strict=True):
            for clause in uses.names:
                if group.literal is not None:
                    self._plain.setdefault(clause.template.text, []).append(group.index)
                else:
                    self._templates.append((group, clause.template))
            self._patterns.extend((group, clause.template) for clause in uses.patterns)

    def __bool__(self) -> bool:
        return bool(self._plain or self._templates or self._patterns)

    def of(self, clause: Clause, domain: Domain) -> Matched:
        """The jobs that write what `clause` reads, as pairs (consumer, producer).

        Raises Undecided or OverBudget where that cannot be said without listing, RegexError for an invalid pattern.
        """
        read = clause.template
        key = (clause.is_pattern, read.text)
        if not read.slots and key in self._answers:
            return self._answers[key]
        plain: set[int] = set()
        terms: dict[int, list[Term]] = {}
        if clause.is_pattern:
            self._read_by_pattern(read, domain, plain, terms)
        else:
            self._read_by_name(read, domain, plain, terms)
        found = Matched(frozenset(plain), {index: pairs for index, pairs in terms.items() if pairs})
        if not read.slots:
            self._answers[key] = found
        return found

    def _read_by_name(self, read: Template, domain: Domain, plain: set[int], terms: dict[int, list[Term]]) -> None:
        if not read.slots:
            plain.update(self._plain.get(read.text, ()))
        else:
            for name, groups in self._plain.items():
                for match in unify(read, domain, _exact(name), NO_PARAMETERS):
                    for index in groups:
                        terms.setdefault(index, []).append(Term(match))
        for group, written in self._templates:
            for match in unify(read, domain, written, group.domain):
                terms.setdefault(group.index, []).append(Term(match))
        for group, pattern in self._patterns:
            # the writer's pattern is laid along the name that is read: the same pairs, seen from the other side
            for term in pattern_terms(pattern, group.domain, read, domain):
                terms.setdefault(group.index, []).append(_turned(term))

    def _read_by_pattern(self, read: Template, domain: Domain, plain: set[int], terms: dict[int, list[Term]]) -> None:
        for name, groups in self._plain.items():
            found = pattern_terms(read, domain, _exact(name), NO_PARAMETERS)
            if read.slots:
                for index in groups:
                    terms.setdefault(index, []).extend(found)
            elif any(count_tested(NO_PARAMETERS, term.tests_b) for term in found):
                plain.update(groups)
        for group, written in self._templates:
            terms.setdefault(group.index, []).extend(pattern_terms(read, domain, written, group.domain))
        for group, pattern in self._patterns:
            if read.slots or pattern.slots:
                raise Undecided
            if self._share(read.text, pattern.text):
                terms.setdefault(group.index, []).append(EVERYTHING)

    def _share(self, one: str, other: str) -> bool:
        """Whether two patterns match the same file (or user data) somewhere."""
        if (one, other) not in self._meet:
            self._meet[one, other] = any(self._both(group, one, other) for group in self._artifacts.all)
        return self._meet[one, other]

    def _both(self, group: Group, one: str, other: str) -> bool:
        machine = all_of((rust_regex.compile(one).dfa, rust_regex.compile(other).dfa))
        test = Test((group.template.text, f"{one}\0{other}"), group.template, machine)
        return count_tested(group.domain, (test,)) > 0


def _exact(name: str) -> Template:
    return Template((name,) if name else ())


def _turned(term: Term) -> Term:
    links = {(b, a): swapped(link) for (a, b), link in term.match.links.items()}
    return Term(Match(links, term.match.only_b, term.match.only_a), term.tests_b, term.tests_a)
