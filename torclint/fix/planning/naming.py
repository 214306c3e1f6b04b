"""What to call a barrier: after what completes, and never so that a pattern of the spec matches it."""

from __future__ import annotations

import re

from torclint.graph.edges import UNCOUNTABLE
from torclint.names import rust_regex
from torclint.names.counting import count_accepted
from torclint.names.holes import pattern_terms
from torclint.names.relation import count_pairs
from torclint.names.template import parse_template
from torclint.names.unify import unify
from torclint.record import TYPE_CHECKING
from torclint.spec.domain import RowsAxis

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from torclint.graph.clauses import Clause
    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph
    from torclint.names.template import Slot, Template
    from torclint.spec.domain import Domain

_UNUSUAL = re.compile(r"[^A-Za-z0-9]+")
_TRIES = 100
_NEARLY_ALL = 0.9


def stage_of(graph: WorkflowGraph, groups: dict[int, int], clauses: tuple[Clause, ...]) -> str:
    """A word for producers, of which `groups` says how many are of which group: the name that nearly all of them share, or
    what all names share; "" if there is none."""
    shares: dict[str, int] = {}
    for index, number in sorted(groups.items()):
        stem = _stem(graph.groups[index])
        shares[stem] = shares.get(stem, 0) + number
    largest = max(shares, key=lambda stem: shares[stem])
    if largest and shares[largest] >= _NEARLY_ALL * sum(shares.values()):
        return largest
    prefix = _words(_shared_beginning(clauses))
    if prefix or len(shares) > 2 or "" in shares:
        return prefix
    return "_and_".join(shares)


def _shared_beginning(clauses: tuple[Clause, ...]) -> str:
    """The text with which all names begin that the one pattern matches."""
    if len(clauses) != 1 or not clauses[0].is_pattern or clauses[0].template.slots:
        return ""
    return rust_regex.compile(clauses[0].template.text).literal_prefix


def _stem(group: Group) -> str:
    """The literal words of the group's template; none for a barrier, of which what completes is no stage."""
    words = _words(" ".join(part for part in group.template.parts if isinstance(part, str)))
    return "" if words.startswith("barrier_") else words


def _words(text: str) -> str:
    return _UNUSUAL.sub("_", text).strip("_")


class Names:
    """The names that barriers of one spec may have; every name is given out once."""

    def __init__(self, graph: WorkflowGraph) -> None:
        self._taken = {group.literal for group in graph.groups if group.literal is not None}
        self._templates = [(group.template, group.domain) for group in graph.groups if group.literal is None]
        self._plain = [(group.template, group.domain) for group in graph.groups if group.literal is not None]
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

    def choose(self, stage: str, consumer: Group, domain: Domain, slots: Iterable[Slot]) -> str | None:
        """The first of several names that no job has and no pattern matches; None if there is none.

        With parameters in `domain`, a template with all of them, in the form that they have in one of `slots`.
        """
        forms: dict[str, str] = {}
        for slot in slots:
            if slot.spec is not None and _is_one_to_one(slot, domain):
                forms.setdefault(slot.parameter, slot.source)
        values = "".join("_" + forms.get(name, f"{{{name}}}") for name in domain.names)
        for name in _candidates(stage, _stem(consumer) or "next_stage", values):
            if name not in self._taken and self._is_free(name, domain):
                self._taken.add(name)
                self._templates.append((parse_template(name, domain), domain))
                return name
        return None

    def _is_free(self, name: str, domain: Domain) -> bool:
        """Whether no job has the name and no pattern of a job or action matches it, whatever the parameters are."""
        template = parse_template(name, domain)
        try:
            known = [*self._templates, *self._plain] if domain.axes else self._templates
            if any(template.may_equal(other) and unify(template, domain, other, values) for other, values in known):
                return False
            if any(self._matches(pattern, template, domain) for pattern in self._patterns):
                return False
            for group, pattern in self._with_holes:
                if count_pairs(pattern_terms(pattern, group.domain, template, domain), group.domain, domain):
                    return False
        except UNCOUNTABLE:
            return False
        return self._is_known

    def _matches(self, pattern: str, template: Template, domain: Domain) -> bool:
        regex = rust_regex.compile(pattern)
        if not domain.axes:
            return regex.is_match(template.text)
        return count_accepted(template, domain, regex.dfa) > 0


def _is_one_to_one(slot: Slot, domain: Domain) -> bool:
    """Whether different values of the parameter are different in the form of the slot as well."""
    axis = next((axis for axis in domain.axes if slot.parameter in axis.names), None)
    if not isinstance(axis, RowsAxis):
        return axis is not None
    column = axis.names.index(slot.parameter)
    values = {row[column] for row in axis.rows}
    return len({slot.text_of(value) for value in values}) == len(values)


def _candidates(stage: str, consumer: str, values: str) -> Iterator[str]:
    if stage:
        yield f"barrier_{stage}{values}_complete"
    yield f"barrier_before_{consumer}{values}"
    yield f"before_{consumer}{values}"
    for number in range(2, _TRIES):
        yield f"barrier_{stage or 'stage'}{values}_complete_{number}"
    yield from (f"stage_gate_{number}{values}" for number in range(1, _TRIES))
    yield from (f"G{number}{values}" for number in range(1, _TRIES))
