"""Numbered stages of which one does not wait for the one before."""

from __future__ import annotations

import re

from torclint.graph.edges import UNCOUNTABLE
from torclint.record import TYPE_CHECKING
from torclint.rules.base import INFO, SURPRISE, Related, Rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.base import Finding
    from torclint.rules.thresholds import Thresholds

_NUMBERED = re.compile(
    r"(?P<word>.*?(?:stage|step|phase|pass|level|round|tier)[_-]?)(?P<number>[0-9]+)(?![0-9])", re.IGNORECASE
)


class UnorderedStages(Rule):
    """Of numbered stages, one waits for the one before and the next one does not.

    ## What it does
    Looks at jobs whose names begin with a word like `stage`, `step` or `phase` and a number. Where jobs of some stage wait
    for the stage before, it flags the stages that wait for no job of theirs, neither by name or pattern nor through files
    or user data, itself or through jobs in between such as a barrier.

    ## Why
    A stage that does not wait starts at once, beside the first one: a barrier between the two is missing.

    ## Example
    ```yaml
    name: w
    jobs:
      - {name: "stage1_{i}", command: "true", parameters: {i: "1:9"}}
      - {name: "stage2_{i}", command: "true", parameters: {i: "1:9"}, depends_on_regexes: ["^stage1_"]}
      - {name: "stage3_{i}", command: "true", parameters: {i: "1:9"}}
    ```

    ## Use instead
    ```yaml
    name: w
    jobs:
      - {name: "stage1_{i}", command: "true", parameters: {i: "1:9"}}
      - {name: "stage2_{i}", command: "true", parameters: {i: "1:9"}, depends_on_regexes: ["^stage1_"]}
      - {name: "stage3_{i}", command: "true", parameters: {i: "1:9"}, depends_on_regexes: ["^stage2_"]}
    ```
    """

    code, name, severity, effect = "TL508", "unordered-stages", INFO, SURPRISE

    def check(self, graph: WorkflowGraph, thresholds: Thresholds) -> Iterator[Finding]:
        by_word: dict[str, dict[int, list[Group]]] = {}
        for group in graph.groups:
            found = _NUMBERED.match(group.template.beginning if group.literal is None else group.literal)
            if found is not None:
                by_word.setdefault(found["word"], {}).setdefault(int(found["number"]), []).append(group)
        for stages in by_word.values():
            if len(stages) < 3:
                continue
            waits = _waits(graph)
            if waits is None:
                return
            pairs = [(number, number + 1) for number in sorted(stages) if number + 1 in stages]
            tied = {pair: _reach(waits, stages[pair[1]]) & {group.index for group in stages[pair[0]]} for pair in pairs}
            if not any(tied.values()):
                continue
            for (before, after), found_jobs in tied.items():
                if not found_jobs:
                    yield self._report(stages[before][0], stages[after][0])

    def _report(self, before: Group, after: Group) -> Finding:
        first, second = before.item.name, after.item.name
        return self.finding(
            f"{second.text} does not wait for {first.text}, although other stages wait for the one before",
            second.node.span,
            subject=f"job {second.text}",
            label="starts without it",
            help=("if it has to wait, put a barrier in between; if not, the number is misleading",),
            related=(Related(first.node.span, "the stage before"),),
        )


def _waits(graph: WorkflowGraph) -> list[frozenset[int]] | None:
    """For each group the groups that it waits for; None where that cannot be told without listing."""
    edges = graph.edges_by_group
    waits: list[frozenset[int]] = []
    for group in edges.jobs.all:
        try:
            found = edges.producers(group)
        except UNCOUNTABLE:
            return None
        waits.append(found.plain | found.terms.keys())
    return waits


def _reach(waits: list[frozenset[int]], groups: list[Group]) -> set[int]:
    pending = [group.index for group in groups]
    seen: set[int] = set()
    while pending:
        for other in waits[pending.pop()]:
            if other not in seen:
                seen.add(other)
                pending.append(other)
    return seen
