"""Groups: the jobs (or files, or user data) that one item of the spec becomes, and finding them by name or pattern."""

from __future__ import annotations

from bisect import bisect_left

from torclint.names import rust_regex
from torclint.names.holes import pattern_terms
from torclint.names.machine import OverBudget
from torclint.names.relation import Term, count_pairs
from torclint.names.template import Template, fits, is_integer_slot, parse_template
from torclint.names.unify import unify
from torclint.record import TYPE_CHECKING, Record
from torclint.spec.domain import Domain

if TYPE_CHECKING:
    from torclint.graph.clauses import Clause
    from torclint.spec.model import Item

NO_PARAMETERS = Domain()

_HELD = chr(0xF0000)  # a private character stands for the slots of a pattern
_PATTERN_STEPS = 20_000_000  # characters of plain names that patterns are run over


class Group:
    """The jobs of one job spec: a name template over a domain. `literal` is the name where it has no parameters."""

    __slots__ = ("domain", "index", "item", "literal", "size", "template")

    def __init__(self, index: int, item: Item) -> None:
        self.index = index
        self.item = item
        self.domain: Domain = item.domain
        self.size = item.domain.size
        self.template = parse_template(item.name.text, item.domain)
        self.literal = None if item.domain.axes else self.template.text

    @property
    def shown(self) -> str:
        """The name of its only job, or `each of` the first and the last one."""
        if self.size == 1:
            return next(self.template.names(self.domain))
        last = tuple(axis.length - 1 for axis in self.domain.axes)
        first_name = self.template.fill(self.domain.values(tuple(0 for _ in last)))
        return f"each of {first_name} .. {self.template.fill(self.domain.values(last))}"


class Matched(Record):
    """What a clause picks out: plain groups whole, and per parameterised group the pairs (consumer, producer)."""

    plain: frozenset[int]
    terms: dict[int, list[Term]]  # group index -> pairs; for plain groups too where they depend on the consumer


class Groups:
    """All groups of one kind. Plain names are found in a table, so a hundred thousand of them cost no more than one."""

    def __init__(self, items: list[Item]) -> None:
        self.all: list[Group] = []
        self.plain: dict[str, int] = {}
        self.repeated_plain: list[tuple[int, int]] = []  # (group, the earlier group with the same name)
        self.parameterised: list[Group] = []
        for index, item in enumerate(items):
            group = Group(index, item)
            self.all.append(group)
            if group.literal is None:
                self.parameterised.append(group)
            elif group.literal in self.plain:
                self.repeated_plain.append((index, self.plain[group.literal]))
            else:
                self.plain[group.literal] = index
        self._sorted: list[str] | None = None
        self._by_name: dict[str, Matched] = {}
        self._by_pattern: dict[str, Matched] = {}
        self._steps = _PATTERN_STEPS

    def find(self, clause: Clause, domain: Domain) -> Matched:
        """What `clause` of a consumer with parameters in `domain` picks out.

        Raises Undecided or OverBudget where that cannot be said without listing, RegexError for an invalid pattern.
        """
        template = clause.template
        literal = template.literal
        if literal is not None:
            return self.matching(literal) if clause.is_pattern else self._named(literal)
        terms: dict[int, list[Term]] = {}
        beginning = _sure_beginning(template, domain) if clause.is_pattern else template.beginning
        for group in self.parameterised:
            if not _may_meet(clause, beginning, group):
                continue
            found = _terms(clause, domain, group)
            if _some(found, domain, group.domain):
                terms[group.index] = found
        for name in self._with_prefix(beginning):
            index = self.plain[name]
            found = _terms(clause, domain, self.all[index])
            if _some(found, domain, NO_PARAMETERS):
                terms[index] = found
        return Matched(frozenset(), terms)

    def declared(self, template: Template, domain: Domain) -> int:
        """For how many items of `domain` the text of `template` is a name here. Raises Undecided or OverBudget."""
        if not template.slots:
            found = self._named(template.text)
            hits = bool(found.plain) or any(
                count_pairs(terms, NO_PARAMETERS, self.all[index].domain) for index, terms in found.terms.items()
            )
            return domain.size if hits else 0
        total = 0
        for group in self.parameterised:
            if not template.may_equal(group.template):
                continue
            terms = [Term(match) for match in unify(template, domain, group.template, group.domain)]
            total += count_pairs(terms, domain, group.domain)
        first = template.parts[0]
        for name in self._with_prefix(first if isinstance(first, str) else ""):
            terms = [Term(match) for match in unify(template, domain, Template((name,)), NO_PARAMETERS)]
            total += count_pairs(terms, domain, NO_PARAMETERS)
        return total

    def _named(self, name: str) -> Matched:
        found = self._by_name.get(name)
        if found is None:
            index = self.plain.get(name)
            plain = frozenset() if index is None else frozenset((index,))
            terms: dict[int, list[Term]] = {}
            exact = Template((name,) if name else ())
            for group in self.parameterised:
                if not exact.may_equal(group.template):
                    continue
                matches = unify(exact, NO_PARAMETERS, group.template, group.domain)
                if matches:
                    terms[group.index] = [Term(match) for match in matches]
            found = self._by_name[name] = Matched(plain, terms)
        return found

    def matching(self, pattern: str) -> Matched:
        """What a pattern without slots picks out. Raises OverBudget, Undecided or RegexError."""
        found = self._by_pattern.get(pattern)
        if found is None:
            regex = rust_regex.compile(pattern)
            candidates = self._with_prefix(regex.literal_prefix)
            self._steps -= sum(map(len, candidates))
            if self._steps < 0:
                raise OverBudget("too many plain names to test against patterns")
            is_match = regex.is_match
            # whatever stands as plain text in the pattern stands in every name that it matches
            needle = max((part for part in regex.sequence if isinstance(part, str)), key=len, default="")
            plain = frozenset(self.plain[name] for name in candidates if needle in name and is_match(name))
            terms: dict[int, list[Term]] = {}
            whole = Template((pattern,) if pattern else ())
            for group in self.parameterised:
                if not fits(regex.literal_prefix, group.template.beginning):
                    continue
                pairs = pattern_terms(whole, NO_PARAMETERS, group.template, group.domain)
                if _some(pairs, NO_PARAMETERS, group.domain):
                    terms[group.index] = pairs
            found = self._by_pattern[pattern] = Matched(plain, terms)
        return found

    def plain_like(self, group: Group) -> list[Group]:
        """The plain groups whose names could be names of `group`, by their first and last characters."""
        ending = group.template.ending
        names = self._with_prefix(group.template.beginning)
        return [self.all[self.plain[name]] for name in names if name.endswith(ending)]

    def _with_prefix(self, prefix: str) -> list[str]:
        if self._sorted is None:
            self._sorted = sorted(self.plain)
        if not prefix:
            return self._sorted
        first = bisect_left(self._sorted, prefix)
        last = bisect_left(self._sorted, prefix + "\U0010ffff", first)
        return self._sorted[first:last]


def _sure_beginning(pattern: Template, domain: Domain) -> str:
    """The text that every name begins with that the pattern matches, whatever value is put in."""
    if not all(is_integer_slot(slot, domain) for slot in pattern.slots):
        return ""  # a text such as `x|y` could change what the beginning means
    held = "".join(part if isinstance(part, str) else _HELD for part in pattern.parts)
    try:
        return rust_regex.compile(held).literal_prefix.partition(_HELD)[0]
    except rust_regex.RegexError:
        return ""


def _may_meet(clause: Clause, beginning: str, group: Group) -> bool:
    if clause.is_pattern:
        return fits(beginning, group.template.beginning)
    return clause.template.may_equal(group.template)


def _some(terms: list[Term], domain_a: Domain, domain_b: Domain) -> bool:
    """Whether any pair satisfies the terms; true also where only a listing can tell."""
    if not terms:
        return False
    try:
        return count_pairs(terms, domain_a, domain_b) > 0
    except OverBudget:
        return True


def _terms(clause: Clause, domain: Domain, group: Group) -> list[Term]:
    if clause.is_pattern:
        return pattern_terms(clause.template, domain, group.template, group.domain)
    return [Term(match) for match in unify(clause.template, domain, group.template, group.domain)]
