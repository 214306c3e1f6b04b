"""Who waits for what, as far as a barrier could stand in between: entries of the same parameters and labels together."""

from __future__ import annotations

from torclint.fix.planning.parameters import restricted
from torclint.graph.labels import labels_of
from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from torclint.graph.clauses import Clause
    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph
    from torclint.spec.domain import Domain
    from torclint.syntax.node import Span

    Spared = Callable[[WorkflowGraph], list[Span]]


class Waiting(Record):
    """The entries of one group that barriers may take over."""

    group: Group
    patterns: tuple[Clause, ...]
    names: tuple[Clause, ...]


class Universe(Record):
    """All that wait by entries with the same parameters in them, and that the same runners take.

    `domain`: the values of these parameters, one barrier for each; without axes for entries without parameters.
    """

    domain: Domain
    labels: tuple[str, ...]
    waiting: tuple[Waiting, ...]


def universes_of(graph: WorkflowGraph, spared: list[Span]) -> list[Universe]:
    """Everything that waits, but for what stands in the `spared` parts of the text and groups whose labels vary."""
    found: dict[tuple[Domain, tuple[str, ...]], list[Waiting]] = {}
    for group, clauses in zip(graph.groups, graph.edges_by_group.clauses, strict=True):
        if clauses is None or not group.size or not clauses.waits:
            continue
        labels = labels_of(graph.workflow.jobs[group.index])
        if labels is None:
            continue
        for domain, waiting in _by_domain(group, clauses.waits.names, clauses.waits.patterns, spared):
            found.setdefault((domain, labels), []).append(waiting)
    return [Universe(*key, tuple(waiting)) for key, waiting in found.items()]


def _by_domain(
    group: Group, names: tuple[Clause, ...], patterns: tuple[Clause, ...], spared: list[Span]
) -> Iterator[tuple[Domain, Waiting]]:
    parts: dict[Domain, tuple[list[Clause], list[Clause]]] = {}
    for place, clauses in enumerate((patterns, names)):
        for clause in clauses:
            start = clause.written.node.start
            if any(span.start <= start < span.end for span in spared):
                continue
            domain = restricted(group.domain, {slot.parameter for slot in clause.template.slots})
            if domain is not None:
                parts.setdefault(domain, ([], []))[place].append(clause)
    for domain, (of_patterns, of_names) in parts.items():
        yield domain, Waiting(group, tuple(of_patterns), tuple(of_names))
