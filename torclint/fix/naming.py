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


def barrier_name(graph: WorkflowGraph, block: Block, stage: str, taken: list[str]) -> str | None:
    """The first of several names that no job has and no pattern matches; None if there is none."""
    for name in _candidates(block, stage):
        if name not in taken and _is_free(graph, name):
            return name
    return None


def _candidates(block: Block, stage: str) -> Iterator[str]:
    consumer = _stem(block.consumers[0]) or "next_stage"
    yield f"barrier_{stage}_complete"
    yield f"barrier_before_{consumer}"
    yield f"before_{consumer}"
    for number in range(2, _TRIES):
        yield f"barrier_{stage}_complete_{number}"
    yield from (f"stage_gate_{number}" for number in range(1, _TRIES))
    yield from (f"G{number}" for number in range(1, _TRIES))


def _is_free(graph: WorkflowGraph, name: str) -> bool:
    """Whether no job has the name and no pattern of a job or action matches it, whatever its parameters."""
    exact = Template((name,))
    try:
        for group in graph.groups:
            if group.literal == name:
                return False
            if group.literal is None and unify(exact, NO_PARAMETERS, group.template, group.domain):
                return False
        for group, clauses in zip(graph.groups, graph.edges_by_group.clauses, strict=True):
            if clauses is None:
                return False
            for clause in clauses.waits.patterns:
                terms = pattern_terms(clause.template, group.domain, exact, NO_PARAMETERS)
                if count_pairs(terms, group.domain, NO_PARAMETERS):
                    return False
        return not any(
            rust_regex.compile(pattern.text).is_match(name)
            for action in graph.workflow.actions
            for pattern in action.job_name_regexes
        )
    except UNCOUNTABLE:
        return False
