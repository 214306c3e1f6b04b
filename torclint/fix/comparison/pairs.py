"""Which groups of one spec are groups of the other: those with the same names, written over the same parameters."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from torclint.graph.groups import Group


class Pairs(Record):
    """`old_of`: index in the second spec -> index in the first; and the groups that have no partner."""

    old_of: dict[int, int]
    only_before: tuple[Group, ...]
    only_after: tuple[Group, ...]

    @property
    def new_of(self) -> dict[int, int]:
        return {old: new for new, old in self.old_of.items()}


def paired(before: list[Group], after: list[Group]) -> Pairs:
    """Groups with equal names and parameters, whatever their order in the two specs; equal ones in their order."""
    places: dict[object, list[Group]] = {}
    for group in reversed(after):
        places.setdefault(_key(group), []).append(group)
    old_of: dict[int, int] = {}
    only_before: list[Group] = []
    for group in before:
        known = places.get(_key(group))
        if known:
            old_of[known.pop().index] = group.index
        else:
            only_before.append(group)
    only_after = tuple(group for group in after if group.index not in old_of)
    return Pairs(old_of, tuple(only_before), only_after)


def _key(group: Group) -> object:
    return group.template, group.domain
