"""Single pairs of a relation: does one pair belong to it, and which partner does an item have?"""

from __future__ import annotations

from torclint.names.bisect import first_point
from torclint.names.links import partners_of
from torclint.names.machine import is_match
from torclint.names.relation import count_tested
from torclint.record import TYPE_CHECKING
from torclint.spec.domain import Domain, RowsAxis

if TYPE_CHECKING:
    from torclint.names.relation import Term


def holds(term: Term, domain_a: Domain, point_a: tuple[int, ...], domain_b: Domain, point_b: tuple[int, ...]) -> bool:
    """Whether the pair of items at these points belongs to the term."""
    match = term.match
    if any(point_a[axis] not in kept for axis, kept in match.only_a.items()):
        return False
    if any(point_b[axis] not in kept for axis, kept in match.only_b.items()):
        return False
    if any(point_b[b] not in partners_of(link, point_a[a]) for (a, b), link in match.links.items()):
        return False
    values_a, values_b = domain_a.values(point_a), domain_b.values(point_b)
    return all(is_match(test.machine, test.template.fill(values_a)) for test in term.tests_a) and all(
        is_match(test.machine, test.template.fill(values_b)) for test in term.tests_b
    )


def first_partner(term: Term, domain_a: Domain, point_a: tuple[int, ...], domain_b: Domain) -> tuple[int, ...] | None:
    """The point of a b item that goes with the a item at `point_a`; None if there is none. Raises OverBudget."""
    match = term.match
    if any(point_a[axis] not in kept for axis, kept in match.only_a.items()):
        return None
    values_a = domain_a.values(point_a)
    if not all(is_match(test.machine, test.template.fill(values_a)) for test in term.tests_a):
        return None
    kept: dict[int, list[int]] = {axis: sorted(indices) for axis, indices in match.only_b.items()}
    for (a, b), link in match.links.items():
        partners = partners_of(link, point_a[a])
        kept[b] = [index for index in partners if b not in kept or index in kept[b]]
    axes = tuple(
        RowsAxis(axis.names, tuple(axis.row(index) for index in kept[number])) if number in kept else axis
        for number, axis in enumerate(domain_b.axes)
    )
    narrowed = Domain(axes)
    if not narrowed.size or (term.tests_b and not count_tested(narrowed, term.tests_b)):
        return None
    point = first_point(narrowed, lambda part: not term.tests_b or count_tested(part, term.tests_b) > 0)
    return tuple(kept[number][index] if number in kept else index for number, index in enumerate(point))
