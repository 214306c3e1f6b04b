"""Names that a pattern matches only because Torc searches it anywhere in the name."""

from __future__ import annotations

from torclint.names import rust_regex
from torclint.names.bisect import first_point
from torclint.names.counting import count_accepted
from torclint.names.machine import without
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from torclint.graph.groups import Groups

_EXAMPLES = 10


def strays_of(jobs: Groups, pattern: str) -> list[str]:
    """Names, a few of each group, that `pattern` matches and `^(?:pattern)` does not.

    Empty where the anchored pattern would match nothing at all: then it was not meant for the start of the name.
    Raises OverBudget or RegexError.
    """
    searched, anchored = rust_regex.compile(pattern), rust_regex.compile(f"^(?:{pattern})")
    strays = []
    kept = 0
    for group in jobs.all:
        if group.literal is not None:
            if anchored.is_match(group.literal):
                kept += 1
            elif searched.is_match(group.literal):
                strays.append(group.literal)
            continue
        kept += count_accepted(group.template, group.domain, anchored.dfa)
        stray = without(searched.dfa, (anchored.dfa,))
        if count_accepted(group.template, group.domain, stray):
            template = group.template
            point = first_point(group.domain, lambda part: count_accepted(template, part, stray) > 0)  # noqa: B023
            strays.append(group.template.fill(group.domain.values(point)))
    return strays[:_EXAMPLES] if kept else []
