"""Patterns for numbers with so many digits, among names with fewer or more."""

from __future__ import annotations

import re

from torclint.graph.edges import UNCOUNTABLE
from torclint.graph.strays import strays_of
from torclint.names.relation import count_pairs
from torclint.record import TYPE_CHECKING
from torclint.rules.base import SURPRISE, WARNING, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.clauses import Clause
    from torclint.graph.groups import Group, Groups
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds

_DIGITS = re.compile(r"(?:\\d|\[0-9\])\{(\d+)\}|(?:\\d|\[0-9\]){2,}")


class PaddingGap(Rule):
    """A pattern asks for a number of digits that only some names of a group have.

    ## What it does
    Flags `depends_on_regexes` with a fixed number of digits (`\\d{3}`, `[0-9][0-9]`) that match some jobs of a group, and
    would match others of it if the number of digits were free.

    ## Why
    Plain numbers get longer (9, 10, 100), and padded ones as well where the padding is too short: after 999 `{i:03d}`
    makes 1000. The jobs that the pattern leaves out are not waited for, and nothing says so.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: "work_{i}", command: "true", parameters: {i: "1:1500"}}
      - {name: after, command: "true", depends_on_regexes: ["^work_\\\\d{3}$"]}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: "work_{i}", command: "true", parameters: {i: "1:1500"}}
      - {name: after, command: "true", depends_on_regexes: ["^work_\\\\d+$"]}
    ```
    """

    code, name, severity, effect = "TL407", "padding-gap", WARNING, SURPRISE

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        edges = graph.edges_by_group
        for group, clauses in zip(edges.jobs.all, edges.clauses, strict=True):
            for clause in clauses.waits.patterns if clauses else ():
                pattern = clause.template.text
                if clause.template.slots or not _DIGITS.search(pattern):
                    continue
                try:
                    yield from self._gaps(edges.jobs, group, clause)
                except UNCOUNTABLE:
                    continue

    def _gaps(self, jobs: Groups, group: Group, clause: Clause) -> Iterator[Finding]:
        pattern = clause.template.text
        free = _DIGITS.sub(r"\\d+", pattern)
        fixed, freed = jobs.matching(pattern), jobs.matching(free)
        for index in sorted(fixed.terms.keys() & freed.terms.keys()):
            target = jobs.all[index]
            matched = count_pairs(fixed.terms[index], group.domain, target.domain) // group.size
            all_of_it = count_pairs(freed.terms[index], group.domain, target.domain) // group.size
            if matched < all_of_it:
                missed = strays_of(_only(target), free, pattern)[0]
                yield self.finding(
                    f"`{pattern}` matches {matched:,} of {all_of_it:,} jobs {target.item.name.text}: not {missed}",
                    clause.written.node.span,
                    subject=f"job {group.item.name.text}",
                    label=f"leaves out {all_of_it - matched:,} jobs, such as {missed}",
                    help=(f"for all of them write `{free}`",),
                )


def _only(group: Group) -> Groups:
    from torclint.graph.groups import Groups

    return Groups([group.item])
