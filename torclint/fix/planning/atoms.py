"""Producers cut into atoms: jobs that are in all the same of several sets, counted and never listed."""

from __future__ import annotations

from itertools import combinations

from torclint.names.machine import OverBudget
from torclint.names.relation import ANY, Term, count_pairs
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torclint.graph.edges import Producers
    from torclint.graph.groups import Group
    from torclint.spec.domain import Domain

_PARTS = 7  # different parts of one group that are told apart


class Atoms:
    """The atoms that `sets` of producers make; one per value of `domain` where that has parameters.

    `masks[k]` are the atoms that make up sets[k]; `weights` in jobs for all values together; `groups` how many of them are of
    which group; `atom_of` finds the atom of a job without parameters. All groups of an atom are `fitting` ones, or none:
    `fits` tells. Raises OverBudget.
    """

    def __init__(
        self, groups: Sequence[Group], domain: Domain, sets: Sequence[Producers], fitting: frozenset[int]
    ) -> None:
        self.weights: list[int] = []
        self.groups: list[dict[int, int]] = []
        self.fits: list[bool] = []
        self._fitting = fitting
        self.atom_of: dict[int, int] = {}
        self._places: dict[tuple[int, bool], int] = {}
        self._add_plain(domain, sets)
        for index in {index: None for each in sets for index in each.terms}:
            parts = [each.terms.get(index, []) for each in sets]
            inside = [index in each.plain for each in sets]
            self._add_group(groups[index], domain, parts, inside)
        self.masks = [0] * len(sets)
        for (signature, _), place in self._places.items():
            for number in range(len(sets)):
                if signature >> number & 1:
                    self.masks[number] |= 1 << place

    def _add_plain(self, domain: Domain, sets: Sequence[Producers]) -> None:
        signatures: dict[int, int] = {}
        for number, each in enumerate(sets):
            for index in each.plain:
                signatures[index] = signatures.get(index, 0) | 1 << number
        by_terms = {index for each in sets for index in each.terms}
        for index, signature in signatures.items():
            if index not in by_terms:
                self.atom_of[index] = self._add(signature, index, domain.size)

    def _add_group(self, group: Group, domain: Domain, parts: list[list[Term]], inside: list[bool]) -> None:
        everything = domain.size * group.size
        always = 0
        partial: list[tuple[list[Term], int]] = []
        for number, terms in enumerate(parts):
            terms = _together(terms)
            count = everything if inside[number] else count_pairs(terms, domain, group.domain)
            if count == everything:
                always |= 1 << number
            elif count:
                _add_part(partial, terms, count, number, domain, group)
        if len(partial) > _PARTS:
            raise OverBudget(f"more than {_PARTS} different parts of one group")
        within = _counts_within([terms for terms, _ in partial], domain, group, everything)
        for chosen, number in within.items():
            if number:
                signature = always
                for place in chosen:
                    signature |= partial[place][1]
                if signature:
                    self._add(signature, group.index, number)

    def _add(self, signature: int, index: int, weight: int) -> int:
        key = signature, index in self._fitting
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = len(self.weights)
            self.weights.append(0)
            self.fits.append(key[1])
            self.groups.append({})
        self.weights[place] += weight
        self.groups[place][index] = weight
        return place


def _add_part(
    partial: list[tuple[list[Term], int]], terms: list[Term], count: int, number: int, domain: Domain, group: Group
) -> None:
    """Remember a part of a group, under the same entry if it is one that is known."""
    for place, (known, signature) in enumerate(partial):
        both = [*known, *(term for term in terms if term not in known)]
        if known == terms or (
            count_pairs(known, domain, group.domain) == count == count_pairs(both, domain, group.domain)
        ):
            partial[place] = known, signature | 1 << number
            return
    partial.append((terms, 1 << number))


def _counts_within(
    parts: list[list[Term]], domain: Domain, group: Group, everything: int
) -> dict[tuple[int, ...], int]:
    """For each choice of parts, how many pairs are in all of these and in none of the others."""
    numbers = range(len(parts))
    only_in: dict[tuple[int, ...], int] = {}
    for size in range(len(parts) + 1):
        for chosen in combinations(numbers, size):
            others = [term for number in numbers if number not in chosen for term in parts[number]]
            each_once = [term for place, term in enumerate(others) if term not in others[:place]]
            inside = everything - count_pairs(each_once, domain, group.domain)  # in none but the chosen ones
            smaller = sum(count for known, count in only_in.items() if set(known) < set(chosen))
            only_in[chosen] = inside - smaller
    return only_in


def _together(terms: list[Term]) -> list[Term]:
    """Terms that are each some values of the same single axis made one: a long list of names is no long union."""
    kept: list[Term] = []
    values: dict[int, frozenset[int]] = {}
    for term in terms:
        match = term.match
        single = len(match.only_b) == 1 and not (match.links or match.only_a or term.tests_a or term.tests_b)
        if not single:
            kept.append(term)
            continue
        ((axis, indices),) = match.only_b.items()
        values[axis] = values.get(axis, frozenset()) | indices
    return kept + [Term(ANY._replace(only_b={axis: indices})) for axis, indices in values.items()]
