"""Names that a pattern matches only because Torc searches it anywhere in the name."""

from __future__ import annotations

from torclint.graph.edges import UNCOUNTABLE
from torclint.names import rust_regex
from torclint.names.bisect import first_point
from torclint.names.counting import count_accepted
from torclint.names.machine import without
from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from torclint.graph.clauses import Clause
    from torclint.graph.groups import Group, Groups
    from torclint.graph.workflow import WorkflowGraph
    from torclint.names.machine import Machine
    from torclint.names.template import Template
    from torclint.spec.domain import Domain

_EXAMPLES = 10
_SHOWN = 3


class Stray(Record):
    """A pattern of a job spec that also matches `names`, which a narrower one would not."""

    group: Group
    clause: Clause
    names: list[str]

    @property
    def shown(self) -> str:
        """The first few of the names."""
        return ", ".join(self.names[:_SHOWN]) + (", .." if len(self.names) > _SHOWN else "")


def stray_matches(graph: WorkflowGraph, narrower: Callable[[str], str | None]) -> Iterator[Stray]:
    """The dependency patterns without slots that match names which `narrower(pattern)` does not; None for one that is as
    it should be. What cannot be told without listing is left out."""
    edges = graph.edges_by_group
    seen: dict[str, list[str]] = {}
    for group, clauses in zip(edges.jobs.all, edges.clauses, strict=True):
        for clause in clauses.waits.patterns if clauses else ():
            pattern = clause.template.text
            if clause.template.slots:
                continue
            if pattern not in seen:
                seen[pattern] = _strays_or_none(edges.jobs, pattern, narrower(pattern))
            if seen[pattern]:
                yield Stray(group, clause, seen[pattern])


def _strays_or_none(jobs: Groups, pattern: str, narrower: str | None) -> list[str]:
    try:
        return [] if narrower is None else strays_of(jobs, pattern, narrower)
    except UNCOUNTABLE:
        return []


def strays_of(jobs: Groups, pattern: str, narrower: str) -> list[str]:
    """Names, one of each group, that `pattern` matches and `narrower` does not.

    Empty where `narrower` would match nothing at all: then the pattern was not meant like that.
    Raises OverBudget, Undecided or RegexError.
    """
    searched, anchored = rust_regex.compile(pattern), rust_regex.compile(narrower)
    found = jobs.matching(pattern)
    names = [jobs.all[index].template.text for index in sorted(found.plain)]
    strays = [name for name in names if not anchored.is_match(name)]
    kept = len(names) - len(strays)
    stray = without(searched.dfa, (anchored.dfa,))
    for index in sorted(found.terms):
        template, domain = jobs.all[index].template, jobs.all[index].domain
        kept += count_accepted(template, domain, anchored.dfa)
        if count_accepted(template, domain, stray):
            strays.append(_first(template, domain, stray))
    return strays[:_EXAMPLES] if kept else []


def _first(template: Template, domain: Domain, machine: Machine) -> str:
    point = first_point(domain, lambda part: count_accepted(template, part, machine) > 0)
    return template.fill(domain.values(point))
