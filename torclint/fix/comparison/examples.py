"""One pair of jobs that shows a difference."""

from __future__ import annotations

from itertools import islice

from torclint.names.links import Line, Pairs, partners_of, swapped
from torclint.names.machine import OverBudget
from torclint.names.relation import ANY, Term, count_pairs, intersect
from torclint.names.unify import Match
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from torclint.graph.groups import Group
    from torclint.spec.domain import Domain

_LARGEST_STEP = 10_000  # indices of an axis that are held at once
_TRIED = 50  # points that are tried one by one where an axis is longer


def example(consumer: Group, producer: Group, more: list[Term], less: list[Term]) -> tuple[str, str]:
    """The names of a pair that is in `more` and not in `less`, given that there is one; the templates if none is found."""

    def shows(match: Match) -> bool:
        one, other = _within(more, match), _within(less, match)
        together = [*other, *(term for term in one if term not in other)]
        domains = consumer.domain, producer.domain
        return count_pairs(together, *domains) > count_pairs(other, *domains)

    try:
        found: Match | None = ANY
        for domain, side in ((consumer.domain, "a"), (producer.domain, "b")):
            for axis in range(len(domain.axes)):
                found = found and _narrowed(found, domain, axis, side, shows)
    except OverBudget:
        found = None
    if found is None:
        return consumer.template.text, f"all of {producer.template.text} as before"
    names = []
    for group, chosen in ((consumer, found.only_a), (producer, found.only_b)):
        point = tuple(next(iter(chosen[axis])) for axis in range(len(group.domain.axes)))
        names.append(group.template.fill(group.domain.values(point)))
    return names[0], names[1]


def _narrowed(so_far: Match, domain: Domain, axis: int, side: str, shows: Callable[[Match], bool]) -> Match | None:
    """`so_far` with one index left on an axis, for which it still shows the difference."""
    low, high = 0, domain.axes[axis].length
    if high - low > 2 * _LARGEST_STEP:
        tried = (_with(so_far, axis, side, frozenset((index,))) for index in _first_and_last(high))
        return next((match for match in tried if match is not None and shows(match)), None)
    while high - low > 1:
        middle = (low + high) // 2
        half = _with(so_far, axis, side, frozenset(range(low, middle)))
        if half is not None and shows(half):
            high = middle
        else:
            low = middle
    return _with(so_far, axis, side, frozenset((low,)))


def _first_and_last(length: int) -> Iterator[int]:
    yield from islice(range(length), _TRIED)
    yield from range(length - 1, length - 1 - _TRIED, -1)


def _with(match: Match, axis: int, side: str, indices: frozenset[int]) -> Match | None:
    only = {axis: indices}
    return intersect(match, Match({}, only, {}) if side == "a" else Match({}, {}, only))


def _within(terms: list[Term], match: Match) -> list[Term]:
    """The terms, kept to the indices of `match`."""
    kept = []
    for term in terms:
        shared = intersect(term.match, match)
        shared = shared and _with_short_links(shared)
        if shared is not None:
            kept.append(term._replace(match=shared))
    return kept


def _with_short_links(match: Match) -> Match | None:
    """The same pairs, with each line that ties a narrowed axis written out for the indices that are left of that."""
    links = dict(match.links)
    for (a, b), link in match.links.items():
        if not isinstance(link, Line):
            continue
        if a in match.only_a:
            listed = [(index, other) for index in match.only_a[a] for other in partners_of(link, index)]
        elif b in match.only_b:
            turned = swapped(link)
            listed = [(other, index) for index in match.only_b[b] for other in partners_of(turned, index)]
        else:
            continue
        if not listed:
            return None
        links[a, b] = Pairs(tuple(sorted(listed)))
    return match._replace(links=links)
