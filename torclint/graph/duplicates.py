"""Names that come twice: Torc refuses a spec in which two jobs, files or user data items have one name."""

from __future__ import annotations

from torclint.names.machine import OverBudget
from torclint.names.relation import Term, count_pairs
from torclint.names.unify import Undecided, unify
from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.groups import Group, Groups

_LISTED = 300_000


class Duplicate(Record):
    """`group` gives `name` although `earlier` (perhaps the same group) gives it too."""

    group: Group
    earlier: Group
    name: str


def duplicates(groups: Groups) -> Iterator[Duplicate]:
    """One duplicate for each pair of groups that share a name, and for each group that repeats one."""
    for index, earlier in groups.repeated_plain:
        group = groups.all[index]
        yield Duplicate(group, groups.all[earlier], group.template.text)
    for place, group in enumerate(groups.parameterised):
        name = _repeated_within(group)
        if name is not None:
            yield Duplicate(group, group, name)
        for plain in groups.plain_like(group):
            if _shared(plain, group) is not None:
                yield Duplicate(*_ordered(group, plain), plain.template.text)
        for other in groups.parameterised[:place]:
            if not other.template.may_equal(group.template):
                continue
            name = _shared(other, group)
            if name is not None:
                yield Duplicate(group, other, name)


def surely_distinct(groups: Groups) -> bool:
    """Whether the parameters alone prove that no name comes twice; False also where only the names could tell."""
    if groups.repeated_plain:
        return False
    try:
        for place, group in enumerate(groups.parameterised):
            if _pairs(group, group) != group.size or any(_pairs(plain, group) for plain in groups.plain_like(group)):
                return False
            for other in groups.parameterised[:place]:
                if other.template.may_equal(group.template) and _pairs(other, group):
                    return False
    except (Undecided, OverBudget):
        return False
    return True


def _pairs(one: Group, other: Group) -> int:
    """The pairs of items with the same name. Raises Undecided and OverBudget."""
    terms = [Term(match) for match in unify(one.template, one.domain, other.template, other.domain)]
    return count_pairs(terms, one.domain, other.domain)


def _ordered(one: Group, other: Group) -> tuple[Group, Group]:
    return (one, other) if one.index > other.index else (other, one)


def _repeated_within(group: Group) -> str | None:
    """A name that two items of the group share."""
    if group.size < 2:
        return None
    used = group.template.axes(group.domain)
    for number, axis in enumerate(group.domain.axes):
        if number not in used and axis.length > 1:
            return next(group.template.names(group.domain))
    try:
        if _pairs(group, group) == group.size:
            return None
    except (Undecided, OverBudget):
        pass
    return _first_repeated(group)


def _first_repeated(group: Group) -> str | None:
    seen: set[str] = set()
    for count, name in enumerate(group.template.names(group.domain)):
        if name in seen:
            return name
        if count > _LISTED:
            return None
        seen.add(name)
    return None


def _shared(one: Group, other: Group) -> str | None:
    """A name that both groups give."""
    try:
        if not _pairs(one, other):
            return None
    except (Undecided, OverBudget):
        pass
    small, large = (one, other) if one.size <= other.size else (other, one)
    if large.size > _LISTED:
        return _first_in(small, large)
    names = set(small.template.names(small.domain))
    return next((name for name in large.template.names(large.domain) if name in names), None)


def _first_in(small: Group, large: Group) -> str | None:
    from torclint.names.template import Template
    from torclint.spec.domain import Domain

    for count, name in enumerate(small.template.names(small.domain)):
        if count > _LISTED // 100:
            return None
        try:
            if unify(Template((name,)), Domain(), large.template, large.domain):
                return name
        except Undecided:
            return None
    return None
