"""Names that a pattern matches only because Torc searches it anywhere in the name."""

from __future__ import annotations

from torclint.names import rust_regex
from torclint.names.bisect import first_point
from torclint.names.counting import count_accepted
from torclint.names.machine import without
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from torclint.graph.groups import Groups
    from torclint.names.machine import Machine
    from torclint.names.template import Template
    from torclint.spec.domain import Domain

_EXAMPLES = 10


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
