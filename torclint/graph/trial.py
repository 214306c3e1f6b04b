"""A pattern tried on the jobs of a workflow: what it matches, group by group, and what it only just misses."""

from __future__ import annotations

from itertools import islice

from torclint.graph.edges import AtLeast
from torclint.names import rust_regex
from torclint.names.bisect import first_point
from torclint.names.counting import count_accepted
from torclint.names.machine import Everything, OverBudget, is_match, without
from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from torclint.graph.edges import Count
    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph
    from torclint.names.machine import Machine
    from torclint.names.rust_regex.regex import RustRegex

_EXAMPLES = 3
_LOOKED_AT = 300  # names of a group that are looked at one by one for examples


class Share(Record):
    """What a pattern matches of one group, with a few names that it matches and that it does not."""

    group: Group
    matches: Count
    matched: tuple[str, ...]
    unmatched: tuple[str, ...]


class Miss(Record):
    """Names that would match if the pattern were written a little otherwise; or that would not any more."""

    change: str
    number: Count
    examples: tuple[str, ...]


class Trial(Record):
    """All of it; `matches` counts jobs."""

    regex: RustRegex
    matches: Count
    shares: tuple[Share, ...]
    near: tuple[Miss, ...]


def try_pattern(graph: WorkflowGraph, pattern: str) -> Trial:
    """Try `pattern` on all job names of `graph`. Raises RegexError."""
    regex = rust_regex.compile(pattern)
    shares = tuple(try_groups([group for group in graph.groups if group.size], regex))
    total = sum(share.matches.value if isinstance(share.matches, AtLeast) else share.matches for share in shares)
    exact = not any(isinstance(share.matches, AtLeast) for share in shares)
    return Trial(regex, total if exact else AtLeast(total), shares, tuple(_near(graph, regex)))


def try_groups(groups: Iterable[Group], regex: RustRegex) -> Iterator[Share]:
    """Try a pattern on all names of some groups, none of which is empty."""
    return (_share(group, regex.dfa) for group in groups)


def _share(group: Group, machine: Machine) -> Share:
    try:
        number = count_accepted(group.template, group.domain, machine)
    except OverBudget:
        return Share(group, AtLeast(0), (), ())
    matched = _examples(group, machine) if number else ()
    unmatched = _examples(group, _opposite(machine)) if number < group.size else ()
    return Share(group, number, matched, unmatched)


def _opposite(machine: Machine) -> Machine:
    return without(Everything(), (machine,))


def _examples(group: Group, machine: Machine) -> tuple[str, ...]:
    """A few names of the group that the machine accepts: the first ones, or one that is searched for."""
    template, domain = group.template, group.domain
    first = islice(template.names(domain), _LOOKED_AT)
    names = tuple(islice((name for name in first if is_match(machine, name)), _EXAMPLES))
    if names:
        return names
    try:
        point = first_point(domain, lambda part: count_accepted(template, part, machine) > 0)
    except OverBudget:
        return ()
    return (template.fill(domain.values(point)),)


def _near(graph: WorkflowGraph, regex: RustRegex) -> list[Miss]:
    """What small changes of the pattern would add or take away."""
    pattern = regex.pattern
    misses: list[Miss] = []
    if regex.is_anchored_start and pattern.startswith("^"):
        misses += _added(graph, regex, "without ^", pattern[1:])
    if regex.is_anchored_end and pattern.endswith("$") and not pattern.endswith(r"\$"):
        misses += _added(graph, regex, "without $", pattern[:-1])
    misses += _added(graph, regex, "in any case, (?i)", f"(?i){pattern}")
    if not regex.is_anchored_start:
        misses += _removed(graph, regex, "with ^", f"^(?:{pattern})")
    return misses


def _added(graph: WorkflowGraph, regex: RustRegex, change: str, other: str) -> list[Miss]:
    return _difference(graph, f"{change} it would match as well", other, regex.pattern)


def _removed(graph: WorkflowGraph, regex: RustRegex, change: str, other: str) -> list[Miss]:
    return _difference(graph, f"{change} it would no longer match", regex.pattern, other)


def _difference(graph: WorkflowGraph, change: str, more: str, less: str) -> list[Miss]:
    try:
        wide, narrow = rust_regex.compile(more), rust_regex.compile(less)
    except rust_regex.RegexError:
        return []
    machine = without(wide.dfa, (narrow.dfa,))
    number = 0
    examples: list[str] = []
    try:
        for group in graph.groups:
            counted = count_accepted(group.template, group.domain, machine) if group.size else 0
            number += counted
            if counted and len(examples) < _EXAMPLES:
                examples.extend(_examples(group, machine)[: _EXAMPLES - len(examples)])
    except OverBudget:
        return []
    return [Miss(change, number, tuple(examples))] if number else []
