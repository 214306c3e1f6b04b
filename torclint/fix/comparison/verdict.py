"""The comparison as a whole: everything that differs, or nothing, and then the two specs do the same."""

from __future__ import annotations

from torclint.fix.comparison.contents import LISTED, as_written, differing, of_job, one_by_one, shown
from torclint.fix.comparison.difference import AFTER, BEFORE, CONTENT, GONE, UNDECIDED, Difference
from torclint.fix.comparison.listed import different_when_listed
from torclint.fix.comparison.new_jobs import heavy_new_jobs
from torclint.fix.comparison.pairs import paired
from torclint.fix.comparison.placing import ill_placed
from torclint.fix.comparison.uses import different_picks, different_uses, picks_when_listed, uses_when_listed
from torclint.fix.comparison.waits import NO_LIGHTS, different_waits
from torclint.fix.comparison.workflow import different_actions, different_artifacts, different_settings
from torclint.graph.edges import UNCOUNTABLE
from torclint.graph.listing import FOR_A_CHECK
from torclint.names.machine import OverBudget
from torclint.record import TYPE_CHECKING, Record
from torclint.syntax.node import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any

    from torclint.fix.comparison.pairs import Pairs
    from torclint.fix.comparison.waits import Lights
    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph


class Comparison(Record):
    """What differs; empty where both specs do the same. `new`: the job specs of which only the second has jobs."""

    differences: tuple[Difference, ...]
    new: tuple[Group, ...]


def compare(before: WorkflowGraph, after: WorkflowGraph, lights: Lights = NO_LIGHTS) -> Comparison:
    """Both specs have to be such that Torc can load them, and complete. `lights` are looked through in both."""
    pairs = paired(before.groups, after.groups)
    actions = list(different_actions(before, after))
    found = [
        *different_settings(before.workflow, after.workflow),
        *different_artifacts(before.workflow, after.workflow),
        *actions,
        *_different_jobs(before, after, pairs),
    ]
    if pairs.only_before:
        new, told = _by_listing(before, after, pairs, bool(actions))
    else:
        new, told = pairs.only_after, _by_pairs(before, after, pairs, lights, bool(actions))
    found += told
    found += heavy_new_jobs(after, new)
    found += _decided(lambda: ill_placed(after, new), tuple)
    return Comparison(tuple(found), new)


def _different_jobs(before: WorkflowGraph, after: WorkflowGraph, pairs: Pairs) -> Iterator[Difference]:
    jobs_before, jobs_after = before.workflow.jobs, after.workflow.jobs
    for new, old in pairs.old_of.items():
        if as_written(jobs_before[old]) == as_written(jobs_after[new]):
            continue
        one, other = of_job(jobs_before[old]), of_job(jobs_after[new])
        for field in differing(one, other):
            name, span = jobs_after[new].name.text, jobs_after[new].name.node.span
            message = f"`{field}` of {name}: {shown(one[field])} -> {shown(other[field])}"
            yield Difference(CONTENT, message, AFTER, span, name)


def _by_pairs(
    before: WorkflowGraph, after: WorkflowGraph, pairs: Pairs, lights: Lights, actions_differ: bool
) -> list[Difference]:
    found = _decided(
        lambda: different_waits(before, after, pairs, lights),
        lambda: different_when_listed(before, after, FOR_A_CHECK),
    )
    found += _decided(
        lambda: different_uses(before, after, pairs), lambda: uses_when_listed(before, after, FOR_A_CHECK)
    )
    if not actions_differ:
        found += _decided(
            lambda: different_picks(before, after, pairs), lambda: picks_when_listed(before, after, FOR_A_CHECK)
        )
    return found


def _by_listing(
    before: WorkflowGraph, after: WorkflowGraph, pairs: Pairs, actions_differ: bool
) -> tuple[tuple[Group, ...], list[Difference]]:
    """Some jobs are written in another way: names are compared one by one. Gives the new job specs and the differences."""
    group = pairs.only_before[0]
    if not pairs.only_after:
        message = f"the jobs {group.template.text} are gone"
        return (), [Difference(GONE, message, BEFORE, group.item.name.node.span, group.template.text)]
    if sum(group.size for group in (*pairs.only_before, *pairs.only_after)) > LISTED:
        message = f"the jobs of {group.template.text} are gone, or written in another way and too many to list"
        return pairs.only_after, [Difference(UNDECIDED, message, BEFORE, group.item.name.node.span)]
    was = {
        name: (group, values)
        for name, group, values in one_by_one(pairs.only_before, _contents(before, pairs.only_before))
    }
    found: list[Difference] = []
    told: set[tuple[int, str]] = set()
    with_new: set[int] = set()
    for name, group, values in one_by_one(pairs.only_after, _contents(after, pairs.only_after)):
        if name not in was:
            with_new.add(group.index)
            continue
        for field in differing(was[name][1], values):
            if (group.index, field) not in told:
                told.add((group.index, field))
                message = f"`{field}` of {name}: {shown(was[name][1][field])} -> {shown(values[field])}"
                found.append(Difference(CONTENT, message, AFTER, group.item.name.node.span, name))
    new = tuple(group for group in pairs.only_after if group.index in with_new)
    found += _listed(lambda: different_when_listed(before, after, FOR_A_CHECK))
    found += _listed(lambda: uses_when_listed(before, after, FOR_A_CHECK))
    if not actions_differ:
        found += _listed(lambda: picks_when_listed(before, after, FOR_A_CHECK))
    return new, found


def _contents(graph: WorkflowGraph, groups: tuple[Group, ...]) -> dict[int, dict[str, Any]]:
    return {group.index: of_job(graph.workflow.jobs[group.index]) for group in groups}


def _decided(
    by_pairs: Callable[[], Iterable[Difference]], by_listing: Callable[[], Iterable[Difference]]
) -> list[Difference]:
    try:
        return list(by_pairs())
    except UNCOUNTABLE:
        return _listed(by_listing)


def _listed(by_listing: Callable[[], Iterable[Difference]]) -> list[Difference]:
    try:
        return list(by_listing())
    except UNCOUNTABLE as error:
        why = str(error) if isinstance(error, OverBudget) else "a pattern cannot be read"
        message = f"what jobs wait for cannot be compared without listing them: {why}"
        return [Difference(UNDECIDED, message, AFTER, Span(0, 0))]
