"""Which files and user data jobs read and write, and which jobs actions pick out: the same in both specs?

Raises Undecided, OverBudget or RegexError where only a listing can tell.
"""

from __future__ import annotations

from torclint.fix.comparison.difference import ACTION, AFTER, CONTENT, Difference
from torclint.fix.comparison.listed import group_of
from torclint.fix.comparison.pairs import paired
from torclint.graph.edges import merged
from torclint.names import rust_regex
from torclint.names.counting import count_accepted
from torclint.names.machine import ExactNames, any_of, is_match
from torclint.names.relation import EVERYTHING, count_pairs
from torclint.names.unify import Undecided
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.fix.comparison.pairs import Pairs
    from torclint.graph.clauses import Clauses, Uses
    from torclint.graph.groups import Group, Groups
    from torclint.graph.listing import Budget
    from torclint.graph.workflow import WorkflowGraph
    from torclint.names.machine import Machine
    from torclint.spec.model import Action

_LISTS = ("input_files", "input_user_data", "output_files", "output_user_data")


def different_uses(before: WorkflowGraph, after: WorkflowGraph, pairs: Pairs) -> Iterator[Difference]:
    """Jobs that read or write other files or user data than before. Every group of `before` has to be paired."""
    old, new = before.edges_by_group, after.edges_by_group
    same_items = all(_all_paired(*both) for both in ((old.files, new.files), (old.user_data, new.user_data)))
    in_order = same_items and all(
        [group.template for group in one.all] == [group.template for group in other.all]
        for one, other in ((old.files, new.files), (old.user_data, new.user_data))
    )
    for number, place in pairs.old_of.items():
        one, other = old.clauses[place], new.clauses[number]
        if one is None or other is None:
            raise Undecided
        group = after.groups[number]
        for field, was, now, items in zip(_LISTS, _uses(one), _uses(other), _items(before), strict=True):
            if was == now or (same_items and _texts(was) == _texts(now)):
                continue
            if not in_order:
                raise Undecided
            if _picks_differ(items, before.groups[place], was, now):
                message = f"`{field}` of {group.template.text} differ"
                yield Difference(CONTENT, message, AFTER, group.item.name.node.span, group.template.text)


def _all_paired(one: Groups, other: Groups) -> bool:
    pairs = paired(one.all, other.all)
    return not pairs.only_before and not pairs.only_after


def _uses(clauses: Clauses) -> tuple[Uses, ...]:
    return clauses.reads_files, clauses.reads_data, clauses.writes_files, clauses.writes_data


def _items(graph: WorkflowGraph) -> tuple[Groups, ...]:
    edges = graph.edges_by_group
    return edges.files, edges.user_data, edges.files, edges.user_data


def _texts(uses: Uses) -> tuple[object, ...]:
    return tuple(frozenset(clause.template for clause in part) for part in (uses.names, uses.patterns))


def _picks_differ(items: Groups, group: Group, was: Uses, now: Uses) -> bool:
    one, other = (
        merged([items.find(clause, group.domain) for clause in (*uses.names, *uses.patterns)]) for uses in (was, now)
    )
    for index in one.plain | other.plain | one.terms.keys() | other.terms.keys():
        domain = items.all[index].domain
        mine, others = ([EVERYTHING] if index in part.plain else part.terms.get(index, []) for part in (one, other))
        both = [*mine, *(term for term in others if term not in mine)]
        if len({count_pairs(terms, group.domain, domain) for terms in (mine, others, both)}) > 1:
            return True
    return False


def uses_when_listed(before: WorkflowGraph, after: WorkflowGraph, budget: Budget) -> Iterator[Difference]:
    """The same by listing every job. Raises OverBudget."""
    old, new = before.listed(budget), after.listed(budget)
    told: set[tuple[int, str]] = set()
    for number, name in enumerate(new.jobs.names):
        was = old.jobs.numbers.get(name)
        if was is None:
            continue
        for field, mine, others in zip(_LISTS, old.used_by(was), new.used_by(number), strict=True):
            group = group_of(after, new, number)
            if frozenset(mine) != frozenset(others) and (group.index, field) not in told:
                told.add((group.index, field))
                yield Difference(CONTENT, f"`{field}` of {name} differ", AFTER, group.item.name.node.span, name)


def different_picks(before: WorkflowGraph, after: WorkflowGraph, pairs: Pairs) -> Iterator[Difference]:
    """Actions that pick out other jobs than before. Every group of `before` has to be paired."""
    for number, (one, other) in enumerate(zip(before.workflow.actions, after.workflow.actions, strict=True), 1):
        was, now = _machine(one), _machine(other)
        if was is None and now is None:
            continue
        if was is None or now is None:
            yield _picks(number, other, "has jobs in one of the specs only")
            continue
        either = any_of((was, now))
        for group in after.groups:
            counts = {count_accepted(group.template, group.domain, machine) for machine in (was, now, either)}
            if group.index not in pairs.old_of and count_accepted(group.template, group.domain, now):
                yield _picks(number, other, f"now counts the new job {group.template.text}")
            elif group.index in pairs.old_of and len(counts) > 1:
                yield _picks(number, other, f"picks out other jobs of {group.template.text}")


def picks_when_listed(before: WorkflowGraph, after: WorkflowGraph, budget: Budget) -> Iterator[Difference]:
    """The same name by name. Raises OverBudget."""
    old, new = before.listed(budget), after.listed(budget)
    for number, (one, other) in enumerate(zip(before.workflow.actions, after.workflow.actions, strict=True), 1):
        picked = []
        for machine, listing in ((_machine(one), old), (_machine(other), new)):
            names = listing.jobs.names if machine is not None else []
            picked.append({name for name in names if machine is not None and is_match(machine, name)})
        for name in sorted(picked[0] ^ picked[1])[:1]:
            yield _picks(number, other, f"{'no longer' if name in picked[0] else 'now'} picks out {name}")


def _picks(number: int, action: Action, what: str) -> Difference:
    return Difference(ACTION, f"action {number} ({action.trigger_type.text}) {what}", AFTER, action.node.span)


def _machine(action: Action) -> Machine | None:
    machines: list[Machine] = [rust_regex.compile(each.text).dfa for each in action.job_name_regexes]
    if action.jobs:
        machines.append(ExactNames(each.text for each in action.jobs))
    return any_of(tuple(machines)) if machines else None
