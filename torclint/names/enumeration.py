"""Relations written out where that has to be: in bundles of items that go together, as few as there are, not in pairs."""

from __future__ import annotations

from itertools import product

from torclint.names.links import Line
from torclint.names.machine import is_match
from torclint.names.relation import count_tested, fixed_at
from torclint.names.unify import Undecided
from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torclint.names.links import Link
    from torclint.names.relation import Term, Test
    from torclint.names.unify import Match
    from torclint.spec.domain import Domain

_NONE = -(10**15)  # takes every sum of places below zero


class Bundle(Record):
    """Items, by their places in the order of `Domain.points`. Each of `a` goes with each of `b`; where `paired`, only
    with the one that stands at the same place, and no item of `b` stands there twice."""

    a: Sequence[int]
    b: Sequence[int]
    paired: bool = False


def bundles(term: Term, domain_a: Domain, domain_b: Domain) -> Iterator[Bundle]:
    """All pairs of `term`, each once. Raises Undecided where an item of a has several partners along one link, and
    OverBudget."""
    if not domain_a.size or not domain_b.size:
        return
    match = term.match
    if not match.links:
        a, b = kept(domain_a, match.only_a, term.tests_a), kept(domain_b, match.only_b, term.tests_b)
        if a and b:
            yield Bundle(a, b)
        return
    straight = _along_a_line(term, domain_a, domain_b)
    if straight is not None:
        yield straight
        return
    yield from _by_partner(term, domain_a, domain_b)


def partners(term: Term, domain_a: Domain, point: tuple[int, ...], domain_b: Domain) -> Sequence[int]:
    """The items of b that go with the item of a at `point`. Raises OverBudget."""
    values = domain_a.values(point)
    if not all(is_match(test.machine, test.template.fill(values)) for test in term.tests_a):
        return ()
    fixed: Term | None = term
    for axis, index in enumerate(point):
        fixed = fixed and fixed_at(fixed, axis, index)
    return () if fixed is None else kept(domain_b, fixed.match.only_b, fixed.tests_b)


def _along_a_line(term: Term, domain_a: Domain, domain_b: Domain) -> Bundle | None:
    """The pairs where both sides have one axis and a line ties them: a million of them are two ranges."""
    match = term.match
    link = match.links.get((0, 0))
    if not isinstance(link, Line) or len(domain_a.axes) != 1 or len(domain_b.axes) != 1:
        return None
    if match.only_a or match.only_b or term.tests_a or term.tests_b:
        return None
    a, b = (_steps(link.first_a, link.step_a, link.length), _steps(link.first_b, link.step_b, link.length))
    return Bundle(a, b, paired=True)


def _steps(first: int, step: int, length: int) -> range:
    return range(first, first + step * length, step)


def _by_partner(term: Term, domain_a: Domain, domain_b: Domain) -> Iterator[Bundle]:
    """The items of a by where their partners begin; from there on, the partners lie alike for all of them."""
    match = term.match
    begins = _begins(match, domain_a, domain_b)
    allowed = kept(domain_a, {}, term.tests_a)
    free = _free(match, domain_b)
    passing = None if not term.tests_b else set(kept(domain_b, {}, term.tests_b))
    if len(free) == 1 and passing is None:
        a = [place for place in allowed if begins[place] >= 0]
        b = [begins[place] + free[0] for place in a]
        if len(set(b)) == len(b):
            if a:
                yield Bundle(a, b, paired=True)
            return
    sharing: dict[int, list[int]] = {}
    for place in allowed:
        if begins[place] >= 0:
            sharing.setdefault(begins[place], []).append(place)
    for begin, places in sharing.items():
        reached = [begin + offset for offset in free if passing is None or begin + offset in passing]
        if reached:
            yield Bundle(places, reached)


def _begins(match: Match, domain_a: Domain, domain_b: Domain) -> list[int]:
    """For each item of a what its linked axes add to the place of its partners; below zero where it has none."""
    strides = _strides(domain_b)
    tied: dict[int, int] = {}
    begins = [0]
    for number, axis in enumerate(domain_a.axes):
        added = [0] * axis.length
        only = match.only_a.get(number)
        if only is not None:
            added = [0 if index in only else _NONE for index in range(axis.length)]
        for (a, b), link in match.links.items():
            if a != number:
                continue
            if tied.setdefault(b, a) != a:
                raise Undecided
            along = _partners(link, match.only_b.get(b))
            added = [
                before + along[index] * strides[b] if index in along else _NONE for index, before in enumerate(added)
            ]
        begins = [before + more for before in begins for more in added]
    return begins


def _partners(link: Link, only: frozenset[int] | None) -> dict[int, int]:
    """The one partner of each index. Raises Undecided where an index has several."""
    found: dict[int, int] = {}
    for a, b in link.pairs():
        if only is not None and b not in only:
            continue
        if found.setdefault(a, b) != b:
            raise Undecided
    return found


def _free(match: Match, domain_b: Domain) -> list[int]:
    """What the axes of b that are not linked add to a place."""
    linked = {b for _, b in match.links}
    strides = _strides(domain_b)
    choices: list[Sequence[int]] = []
    for number, axis in enumerate(domain_b.axes):
        if number in linked:
            continue
        indices = sorted(match.only_b[number]) if number in match.only_b else range(axis.length)
        choices.append([index * strides[number] for index in indices])
    return [sum(choice) for choice in product(*choices)]


def _strides(domain: Domain) -> list[int]:
    """By how many places the items lie apart that differ by one along an axis."""
    strides = [1] * len(domain.axes)
    for number in range(len(domain.axes) - 1, 0, -1):
        strides[number - 1] = strides[number] * domain.axes[number].length
    return strides


def kept(domain: Domain, only: dict[int, frozenset[int]], tests: tuple[Test, ...] = ()) -> Sequence[int]:
    """The items whose indices lie in `only`, as far as it names their axis, and that pass all tests. Raises OverBudget."""
    places: Sequence[int] = range(domain.size)
    if only:
        strides = _strides(domain)
        choices = [
            [index * strides[number] for index in (sorted(only[number]) if number in only else range(axis.length))]
            for number, axis in enumerate(domain.axes)
        ]
        places = [sum(choice) for choice in product(*choices)]
    for test in tests:
        passing = count_tested(domain, (test,))
        if not passing:
            return ()
        if passing == domain.size:
            continue
        names = test.template.names(domain)
        good = bytearray(is_match(test.machine, name) for name in names)
        places = [place for place in places if good[place]]
    return places
