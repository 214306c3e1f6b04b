"""What to call a barrier: after what completes, and never so that a pattern of the spec matches it."""

from __future__ import annotations

import re

from torclint.graph.edges import UNCOUNTABLE
from torclint.graph.groups import NO_PARAMETERS
from torclint.names import rust_regex
from torclint.names.holes import pattern_terms
from torclint.names.relation import count_pairs
from torclint.names.template import Template
from torclint.names.unify import unify
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.graph.blocks import Block
    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph

_UNUSUAL = re.compile(r"[^A-Za-z0-9]+")
_TRIES = 100


def stage_of(graph: WorkflowGraph, block: Block) -> str:
    """A word for what the block waits for: the name of its one group without parameters, or what the names share."""
    indices = sorted(block.producers.plain | block.producers.terms.keys())
    stems = [_stem(graph.groups[index]) for index in indices]
    if len(set(stems)) == 1 and stems[0]:
        return stems[0]
    regex = rust_regex.compile(block.clauses[0][0].template.text)
    prefix = _words(regex.literal_prefix)
    if prefix:
        return prefix
    named = [stem for stem in dict.fromkeys(stems) if stem]
    return "_and_".join(named[:2]) if 0 < len(named) <= 2 else "stage"


def _stem(group: Group) -> str:
    """The literal words of the group's template."""
    return _words(" ".join(part for part in group.template.parts if isinstance(part, str)))


def _words(text: str) -> str:
    return _UNUSUAL.sub("_", text).strip("_")


class Names:
    """The names that barriers of one spec may have; every name is given out once."""

    def __init__(self, graph: WorkflowGraph) -> None:
        self._taken = {group.literal for group in graph.groups if group.literal is not None}
        self._templates = [group for group in graph.groups if group.literal is None]
        patterns = [pattern.text for action in graph.workflow.actions for pattern in action.job_name_regexes]
        self._with_holes: list[tuple[Group, Template]] = []
        self._is_known = True
        for group, clauses in zip(graph.groups, graph.edges_by_group.clauses, strict=True):
            if clauses is None:
                self._is_known = False
                continue
            for clause in clauses.waits.patterns:
                if clause.template.slots:
                    self._with_holes.append((group, clause.template))
                else:
                    patterns.append(clause.template.text)
        self._patterns = list(dict.fromkeys(patterns))

    def choose(self, block: Block, stage: str) -> str | None:
        """The first of several names that no job has and no pattern matches; None if there is none."""
        for name in _candidates(block, stage):
            if name not in self._taken and self._is_free(name):
                self._taken.add(name)
                return name
        return None

    def _is_free(self, name: str) -> bool:
        """Whether no job has the name and no pattern of a job or action matches it, whatever its parameters."""
        exact = Template((name,))
        try:
            if any(unify(exact, NO_PARAMETERS, group.template, group.domain) for group in self._templates):
                return False
            if any(rust_regex.compile(pattern).is_match(name) for pattern in self._patterns):
                return False
            for group, template in self._with_holes:
                if count_pairs(
                    pattern_terms(template, group.domain, exact, NO_PARAMETERS), group.domain, NO_PARAMETERS
                ):
                    return False
        except UNCOUNTABLE:
            return False
        return self._is_known


def _candidates(block: Block, stage: str) -> Iterator[str]:
    consumer = _stem(block.consumers[0]) or "next_stage"
    yield f"barrier_{stage}_complete"
    yield f"barrier_before_{consumer}"
    yield f"before_{consumer}"
    for number in range(2, _TRIES):
        yield f"barrier_{stage}_complete_{number}"
    yield from (f"stage_gate_{number}" for number in range(1, _TRIES))
    yield from (f"G{number}" for number in range(1, _TRIES))
