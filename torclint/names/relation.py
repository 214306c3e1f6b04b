"""Sets of pairs (item of a, item of b), such as (job, job it waits for), counted without listing them.

A relation is a union of terms. A term keeps to some index pairs on linked axes, to some indices on single axes, and to
names that pass tests; everything else is free. Unions are counted by inclusion and exclusion over the few link shapes.
"""

from __future__ import annotations

from itertools import combinations

from torclint.names.counting import LIST_BUDGET, count_accepted
from torclint.names.links import Line, both, partners_of, swapped
from torclint.names.machine import OverBudget, Product, is_match
from torclint.names.unify import Match
from torclint.record import TYPE_CHECKING, Record
from torclint.spec.domain import Domain, RangeAxis, RowsAxis

if TYPE_CHECKING:
    from torclint.names.machine import Machine
    from torclint.names.template import Template
    from torclint.spec.domain import Axis

_SHAPES = 6
_SPLITS = 5000
_JOIN_BUDGET = 2_000_000
_REMEMBERED = 1000

ANY = Match({}, {}, {})


class Test(Record):
    """Items whose text by `template` the machine accepts. `key` names the test: equal keys, equal tests."""

    key: tuple[str, str]
    template: Template
    machine: Machine


class Term(Record):
    """Pairs within `match` whose items pass all tests of their side."""

    match: Match = ANY
    tests_a: tuple[Test, ...] = ()
    tests_b: tuple[Test, ...] = ()

    @property
    def is_everything(self) -> bool:
        return self == EVERYTHING


EVERYTHING = Term()


def count_pairs(terms: list[Term], domain_a: Domain, domain_b: Domain) -> int:
    """The number of pairs in the union of `terms`. Raises OverBudget."""
    if not terms or not domain_a.size or not domain_b.size:
        return 0
    if any(term.is_everything for term in terms):
        return domain_a.size * domain_b.size
    shapes: dict[tuple[object, ...], list[Term]] = {}
    for term in terms:
        shapes.setdefault(_shape(term.match), []).append(term)
    if len(shapes) > _SHAPES:
        return _count_split(terms, domain_a, domain_b)
    groups = list(shapes.values())
    total = 0
    for size in range(1, len(groups) + 1):
        for chosen in combinations(groups, size):
            shared: Match | None = chosen[0][0].match
            for group in chosen[1:]:
                shared = shared and intersect(shared, group[0].match)
            if shared is not None:
                sign = 1 if size % 2 else -1
                total += sign * _count_shape(shared, chosen, domain_a, domain_b)
    return total


def _count_split(terms: list[Term], domain_a: Domain, domain_b: Domain) -> int:
    """The terms are told apart by single values of one of a's axes: count for each of its values."""
    tied = [number for term in terms for number in term.match.only_a]
    axis = max(set(tied), key=tied.count, default=None)
    if axis is None or domain_a.axes[axis].length > _SPLITS:
        raise OverBudget(f"more than {_SHAPES} ways in which the parameters depend on each other")
    total = 0
    for index in range(domain_a.axes[axis].length):
        there = [fixed for fixed in (fixed_at(term, axis, index) for term in terms) if fixed is not None]
        narrowed = (*domain_a.axes[:axis], RowsAxis(domain_a.axes[axis].names, (domain_a.axes[axis].row(index),)))
        total += count_pairs(there, Domain((*narrowed, *domain_a.axes[axis + 1 :])), domain_b)
    return total


def fixed_at(term: Term, axis: int, index: int) -> Term | None:
    """The term where `axis` of a is at `index`, for a domain in which that is its only index; None where it is empty."""
    match = term.match
    if axis in match.only_a and index not in match.only_a[axis]:
        return None
    only_a = {number: kept for number, kept in match.only_a.items() if number != axis}
    links = {axes: link for axes, link in match.links.items() if axes[0] != axis}
    only_b = dict(match.only_b)
    for (a, b), link in match.links.items():
        if a == axis:
            partners = frozenset(partners_of(link, index))
            only_b[b] = only_b[b] & partners if b in only_b else partners
    return term._replace(match=Match(links, only_a, only_b))


def _shape(match: Match) -> tuple[object, ...]:
    return tuple(tuple(sorted(part.items(), key=lambda item: item[0])) for part in match[:3])


def intersect(one: Match, other: Match) -> Match | None:
    """The pairs in both; None if a link says that there are none."""
    links = dict(one.links)
    for axes, link in other.links.items():
        joined = both(links[axes], link) if axes in links else link
        if joined is None:
            return None
        links[axes] = joined
    return Match(links, _narrowed(one.only_a, other.only_a), _narrowed(one.only_b, other.only_b))


def _narrowed(one: dict[int, frozenset[int]], other: dict[int, frozenset[int]]) -> dict[int, frozenset[int]]:
    merged = dict(one)
    for axis, indices in other.items():
        merged[axis] = merged[axis] & indices if axis in merged else indices
    return merged


def _count_shape(match: Match, chosen: tuple[list[Term], ...], domain_a: Domain, domain_b: Domain) -> int:
    tests_a = {test.key: test for group in chosen for term in group for test in term.tests_a}
    tests_b = {test.key: test for group in chosen for term in group for test in term.tests_b}
    if tests_a and tests_b:
        if match.links:
            raise OverBudget("tests on both sides of linked parameters")
        return _count_apart(match, chosen, domain_a, domain_b)
    weighted_b, free_a = narrow(match, domain_a, domain_b)
    if not tests_a:
        return free_a * _count_tested(weighted_b, chosen, tests_b, False)
    turned = Match({(b, a): swapped(link) for (a, b), link in match.links.items()}, match.only_b, match.only_a)
    weighted_a, free_b = narrow(turned, domain_b, domain_a)
    return free_b * _count_tested(weighted_a, chosen, tests_a, True)


def _count_apart(match: Match, chosen: tuple[list[Term], ...], domain_a: Domain, domain_b: Domain) -> int:
    """Tests on both sides, nothing linked: the choices of a's tests are told apart, b is counted for each."""
    if len(chosen) != 1 or len(chosen[0]) != 1:
        raise OverBudget("alternatives with tests on both sides")
    term = chosen[0][0]
    narrowed_a = Domain(tuple(_kept(axis, match.only_a.get(number)) for number, axis in enumerate(domain_a.axes)))
    narrowed_b = Domain(tuple(_kept(axis, match.only_b.get(number)) for number, axis in enumerate(domain_b.axes)))
    in_a = _count_tested(narrowed_a, chosen, {test.key: test for test in term.tests_a}, True)
    return in_a * _count_tested(narrowed_b, chosen, {test.key: test for test in term.tests_b}, False)


def _count_tested(
    domain: Domain, chosen: tuple[list[Term], ...], tests: dict[tuple[str, str], Test], of_a: bool
) -> int:
    """Items of `domain` that pass, for each chosen group, all tests of at least one of its terms."""
    if not tests:
        return domain.size
    order = list(tests)
    needed = [
        [[order.index(test.key) for test in (term.tests_a if of_a else term.tests_b)] for term in group]
        for group in chosen
    ]

    def decide(verdicts: tuple[bool, ...]) -> bool:
        return all(any(all(verdicts[place] for place in places) for places in group) for group in needed)

    templates = {test.template for test in tests.values()}
    if len(templates) == 1:
        machines = tuple(test.machine for test in tests.values())
        if len(machines) == 1 and needed == [[[0]]]:
            return _count_single(domain, *tests.values())
        return count_accepted(templates.pop(), domain, Product(machines, decide))
    if domain.size > LIST_BUDGET:
        raise OverBudget(f"{domain.size:,} items with several texts each")
    passed = 0
    for point in domain.points():
        values = domain.values(point)
        passed += decide(tuple(is_match(test.machine, test.template.fill(values)) for test in tests.values()))
    return passed


_counted: dict[tuple[tuple[str, str], Domain], int] = {}


def _count_single(domain: Domain, test: Test) -> int:
    """Items that pass one test; remembered for ranges, since several rules ask the same."""
    if any(isinstance(axis, RowsAxis) for axis in domain.axes):
        return count_accepted(test.template, domain, test.machine)
    key = (test.key, domain)
    if key not in _counted:
        if len(_counted) >= _REMEMBERED:
            _counted.clear()
        _counted[key] = count_accepted(test.template, domain, test.machine)
    return _counted[key]


def count_tested(domain: Domain, tests: tuple[Test, ...]) -> int:
    """Items of `domain` that pass all tests. Raises OverBudget."""
    return _count_tested(domain, ([Term(ANY, (), tests)],), {test.key: test for test in tests}, False)


def narrow(match: Match, domain_a: Domain, domain_b: Domain) -> tuple[Domain, int]:
    """`domain_b` with each item as often as it has partners on linked axes, and how many ways a's other axes add."""
    free_a = 1
    linked_a = {a for a, _ in match.links}
    for number, axis in enumerate(domain_a.axes):
        if number not in linked_a:
            kept = match.only_a.get(number)
            free_a *= axis.length if kept is None else len(kept)
    axes: list[Axis] = []
    linked_b: set[int] = set()
    for component in _components(match):
        linked_b |= {b for _, b in component}
        axes.append(_linked_axis(match, component, domain_b))
    for number, axis in enumerate(domain_b.axes):
        if number not in linked_b:
            axes.append(_kept(axis, match.only_b.get(number)))
    return Domain(tuple(axes)), free_a


def _kept(axis: Axis, indices: frozenset[int] | None) -> Axis:
    if indices is None:
        return axis
    return RowsAxis(axis.names, tuple(axis.row(index) for index in sorted(indices)))


def _components(match: Match) -> list[list[tuple[int, int]]]:
    """The links that hang together through a shared axis."""
    components: list[list[tuple[int, int]]] = []
    for link in match.links:
        touching = [group for group in components if any(link[0] == a or link[1] == b for a, b in group)]
        joined = [link, *(each for group in touching for each in group)]
        components = [group for group in components if group not in touching] + [joined]
    return components


def _linked_axis(match: Match, component: list[tuple[int, int]], domain_b: Domain) -> Axis:
    a, b = component[0]
    link = match.links[a, b]
    if len(component) == 1 and isinstance(link, Line) and a not in match.only_a and b not in match.only_b:
        axis = domain_b.axes[b]
        if isinstance(axis, RangeAxis):
            starts = tuple(axis.row(link.first_b))
            steps = tuple(step * link.step_b for step in axis.steps)
            return RangeAxis(axis.names, starts, steps, link.length)  # type: ignore[arg-type]
    rows = _joined_rows(match, component)
    columns = sorted({b for _, b in component})
    names = tuple(name for column in columns for name in domain_b.axes[column].names)
    return RowsAxis(
        names,
        tuple(
            tuple(value for column in columns for value in domain_b.axes[column].row(row[1, column])) for row in rows
        ),
    )


def _joined_rows(match: Match, component: list[tuple[int, int]]) -> list[dict[tuple[int, int], int]]:
    """All index choices for the axes of one component, as {(side, axis): index}."""
    rows: list[dict[tuple[int, int], int]] | None = None
    for a, b in sorted(component, key=lambda axes: match.links[axes].length):
        link = match.links[a, b]
        if link.length > _JOIN_BUDGET:
            raise OverBudget(f"{link.length:,} linked values")
        keep_a, keep_b = match.only_a.get(a), match.only_b.get(b)
        pairs = [(i, j) for i, j in link.pairs() if (keep_a is None or i in keep_a) and (keep_b is None or j in keep_b)]
        if rows is None:
            rows = [{(0, a): i, (1, b): j} for i, j in pairs]
            continue
        merged: list[dict[tuple[int, int], int]] = []
        by_a: dict[int, list[int]] = {}
        for i, j in pairs:
            by_a.setdefault(i, []).append(j)
        wanted = set(pairs)
        for row in rows:
            i_known, j_known = row.get((0, a)), row.get((1, b))
            if i_known is not None:
                partners = by_a.get(i_known, []) if j_known is None else [j_known] * ((i_known, j_known) in wanted)
                merged.extend({**row, (1, b): j} for j in partners)
            else:
                merged.extend({**row, (0, a): i, (1, b): j} for i, j in pairs if j_known is None or j == j_known)
            if len(merged) > _JOIN_BUDGET:
                raise OverBudget(f"more than {_JOIN_BUDGET:,} linked values")
        rows = merged
    return rows or []
