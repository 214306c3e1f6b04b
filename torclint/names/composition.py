"""Relations put one behind the other: (a, c) pairs for which there is a b with (a, b) in one and (b, c) in the other."""

from __future__ import annotations

from torclint.names.links import Line, Pairs, both, equal_numbers
from torclint.names.machine import is_match
from torclint.names.relation import Term
from torclint.names.unify import Match, Undecided
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.names.links import Link
    from torclint.names.relation import Test
    from torclint.spec.domain import Domain

_LISTED = 200_000  # index pairs that are written out where no closed form is known
_TESTED = 2000  # items whose texts are put to the tests one by one
_FAR = 10**40


def composed(outer: Term, inner: Term, domain_a: Domain, domain_b: Domain, domain_c: Domain) -> Term | None:
    """The term of all (a, c) with a b in between; None if there are none. Raises Undecided where it is no one term."""
    if (outer.tests_b or inner.tests_a) and domain_b.axes:
        raise Undecided
    links: dict[tuple[int, int], Link] = {}
    only_a, only_c = dict(outer.match.only_a), dict(inner.match.only_b)
    for number in range(len(domain_b.axes)):
        before = [(a, link) for (a, b), link in outer.match.links.items() if b == number]
        after = [(c, link) for (b, c), link in inner.match.links.items() if b == number]
        allowed = _shared(outer.match.only_b.get(number), inner.match.only_a.get(number))
        if allowed is not None and not allowed:
            return None
        if len(before) > 1 or (len(after) > 1 and not (before and _is_function(before[0][1]))):
            raise Undecided
        for a, link in before:
            kept = link if allowed is None else _kept(link, allowed)
            if not after:
                _restrict(only_a, a, kept, 0, domain_a)
            for c, other in after:
                joined = _joined(kept, other)
                if joined is not None and (a, c) in links:
                    joined = both(links[a, c], joined)
                if joined is None:
                    return None
                links[a, c] = joined
        if not before:
            for c, link in after:
                _restrict(only_c, c, link if allowed is None else _kept_first(link, allowed), 1, domain_c)
    return Term(Match(links, only_a, only_c), outer.tests_a, inner.tests_b)


def with_tests_decided(term: Term, domain: Domain, of_first: bool) -> Iterator[Term]:
    """The same pairs without tests on one side, which has the items of `domain`. Raises Undecided where these are many."""
    tests, only = (term.tests_a, term.match.only_a) if of_first else (term.tests_b, term.match.only_b)
    if not tests:
        yield term
        return
    if domain.size > _TESTED:
        raise Undecided
    passed = [point for point in domain.points() if _pass(tests, domain, point)]
    if len(domain.axes) == 1:
        kept = [{0: frozenset(index for (index,) in passed)}] if passed else []
    else:
        kept = [{axis: frozenset((index,)) for axis, index in enumerate(point)} for point in passed]
    for each in kept:
        narrowed = dict(only)
        for axis, indices in each.items():
            narrowed[axis] = narrowed[axis] & indices if axis in narrowed else indices
        if not all(narrowed.values()):
            continue
        if of_first:
            yield Term(term.match._replace(only_a=narrowed), (), term.tests_b)
        else:
            yield Term(term.match._replace(only_b=narrowed), term.tests_a, ())


def _pass(tests: tuple[Test, ...], domain: Domain, point: tuple[int, ...]) -> bool:
    values = domain.values(point)
    return all(is_match(test.machine, test.template.fill(values)) for test in tests)


def _shared(one: frozenset[int] | None, other: frozenset[int] | None) -> frozenset[int] | None:
    if one is None or other is None:
        return other if one is None else one
    return one & other


def _pairs(link: Link) -> list[tuple[int, int]]:
    if link.length > _LISTED:
        raise Undecided
    return link.pairs()


def _kept(link: Link, allowed: frozenset[int]) -> Link:
    return Pairs(tuple(pair for pair in _pairs(link) if pair[1] in allowed))


def _kept_first(link: Link, allowed: frozenset[int]) -> Link:
    return Pairs(tuple(pair for pair in _pairs(link) if pair[0] in allowed))


def _is_function(link: Link) -> bool:
    """Whether every first index has one partner at most."""
    return isinstance(link, Line) or len({first for first, _ in link.listed}) == link.length


def _restrict(only: dict[int, frozenset[int]], axis: int, link: Link, side: int, domain: Domain) -> None:
    """Keep an axis to the indices that have a partner."""
    if isinstance(link, Line) and link.length == domain.axes[axis].length:
        return
    partners = frozenset(pair[side] for pair in _pairs(link))
    only[axis] = only[axis] & partners if axis in only else partners


def _joined(one: Link, other: Link) -> Link | None:
    """The link from the first side of `one` to the second side of `other`; None if nothing meets."""
    if isinstance(one, Line) and isinstance(other, Line):
        shared = equal_numbers(
            one.first_b, one.step_b, one.length, other.first_a, other.step_a, other.length, -_FAR, _FAR
        )
        if shared is None:
            return None
        first, last = one.first_a + one.step_a * shared.first_a, other.first_b + other.step_b * shared.first_b
        return Line(first, one.step_a * shared.step_a, last, other.step_b * shared.step_b, shared.length)
    partners: dict[int, list[int]] = {}
    for b, c in _pairs(other):
        partners.setdefault(b, []).append(c)
    found = {(a, c) for a, b in _pairs(one) for c in partners.get(b, ())}
    return Pairs(tuple(sorted(found))) if found else None
