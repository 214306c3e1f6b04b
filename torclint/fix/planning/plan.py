"""The plan for a whole spec: units of barriers and of consumers that wait for them, each to be had as a whole."""

from __future__ import annotations

from torclint.fix.planning.carrier import resource_class
from torclint.fix.planning.components import apart, components_of
from torclint.fix.planning.naming import Names, stage_of
from torclint.fix.planning.parameters import CannotWrite, parameters_for
from torclint.fix.planning.problems import charge_of, solve_part
from torclint.fix.planning.reasons import withheld_blocks
from torclint.fix.planning.waiting import universes_of
from torclint.graph.edges import UNCOUNTABLE
from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.fix.planning.carrier import ResourceClass
    from torclint.fix.planning.components import Consumers
    from torclint.fix.planning.parameters import Parameters
    from torclint.fix.planning.problems import NewBarrier, Solved
    from torclint.fix.planning.reasons import Withheld
    from torclint.fix.planning.waiting import Spared, Universe
    from torclint.graph.clauses import Clause
    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.thresholds import Thresholds
    from torclint.syntax.node import Span


class Barrier(Record):
    """A barrier to insert, above the first of the job specs that wait for it.

    It waits for `clauses`, entries of its consumers as they are written, and for other new barriers, `behind`, by name. A
    name with parameters in it stands for one barrier for each of `copies` values.

    `consumers` (which may be barriers) and `producers` count jobs on both sides, `edges` the dependencies between them
    that it does away with, and `waits` its own on what it waits for.
    """

    name: str
    command: str
    clauses: tuple[Clause, ...]
    behind: tuple[str, ...]
    parameters: Parameters
    copies: int
    resources: ResourceClass | None
    labels: tuple[str, ...]
    priority: int
    users: tuple[Group, ...]
    consumers: int
    producers: int
    edges: int
    waits: int

    @property
    def first_consumer(self) -> Group:
        return min(self.users, key=lambda group: group.index)

    @property
    def edges_after(self) -> int:
        """The dependencies at the barrier itself."""
        return self.consumers + self.waits


class Redirect(Record):
    """A group of which some entries give way to barriers, and to entries of other groups: `added`."""

    group: Group
    dropped: tuple[Clause, ...]
    added: tuple[Clause, ...]
    barriers: tuple[str, ...]


class Unit(Record):
    """Barriers that depend on each other, and all that wait for them. `reused`: barriers of the spec that are waited for.

    `gap`: how many edges less the best choice could have at most; 0 where this one is proven to be the best. `is_split`: a level
    that saves no edges, but time in the creation.
    """

    barriers: tuple[Barrier, ...]
    redirects: tuple[Redirect, ...]
    reused: tuple[str, ...]
    gap: int
    is_split: bool = False


class Plan(Record):
    units: tuple[Unit, ...]
    withheld: tuple[Withheld, ...]


class _CannotName(ValueError):
    """Every name for a barrier would match a pattern."""


def nothing(_graph: WorkflowGraph) -> list[Span]:
    """Spares no part of the text."""
    return []


def plan_barriers(
    graph: WorkflowGraph,
    thresholds: Thresholds,
    spared: Spared = nothing,
    newly: bool = False,
    two_levels: bool = False,
) -> Plan:
    """The barriers with the least sum of edges and jobs of which each saves at least what `thresholds` ask for.

    Entries that begin in one of the `spared` parts of the text are left alone: somebody wants them as they are. `newly`:
    whether jobs may wait for barriers of the spec that they do not wait for yet. `two_levels`: where nothing else is left to do,
    whether a huge fan-in may be cut up.
    """
    spans = spared(graph)
    planner = _Planner(graph, thresholds, newly)
    units = [
        unit
        for universe in universes_of(graph, spans)
        for part in components_of(graph, universe, charge_of(universe, thresholds))
        for unit in planner.units(universe, part)
    ]
    if two_levels and not units:
        from torclint.fix.planning.levels import split_units

        units = list(split_units(graph, thresholds, spans, planner.names, planner.resources))
    units.sort(key=lambda unit: min(each.group.index for each in unit.redirects))
    dropped = {id(clause.written.node) for unit in units for each in unit.redirects for clause in each.dropped}
    return Plan(tuple(units), tuple(withheld_blocks(graph, thresholds, spans, dropped, planner.reasons)))


class _Planner:
    def __init__(self, graph: WorkflowGraph, thresholds: Thresholds, newly: bool) -> None:
        self.reasons: dict[int, str] = {}  # by id of the node of an entry
        self._graph = graph
        self._thresholds = thresholds
        self._newly = newly
        self.names = Names(graph)
        self.resources = resource_class(graph.workflow)

    def units(self, universe: Universe, part: list[Consumers]) -> Iterator[Unit]:
        """The barriers for a part that belongs together; where it is too intricate, each of its entries for itself."""
        try:
            solved = solve_part(self._graph, universe, part, self._thresholds, self._newly)
        except UNCOUNTABLE:
            several = list(apart(part))
            if len(several) > 1:
                for each in several:
                    yield from self.units(universe, each)
            return
        if not solved.redirected:
            return
        try:
            yield self._unit(universe, solved)
        except (CannotWrite, _CannotName) as error:
            for redirected in solved.redirected:
                for clause in redirected.dropped:
                    self.reasons[id(clause.written.node)] = str(error)

    def _unit(self, universe: Universe, solved: Solved) -> Unit:
        barriers: list[Barrier] = []
        names = {mask: group.template.text for mask, group in solved.there.items()}
        reused = tuple(dict.fromkeys(names.values()))
        for new in solved.barriers:
            barrier = self._barrier(universe, new, names)
            names[new.mask] = barrier.name
            barriers.append(barrier)
        redirects = tuple(
            Redirect(each.group, each.dropped, each.added, tuple(names[mask] for mask in each.barriers))
            for each in solved.redirected
        )
        return Unit(tuple(barriers), redirects, reused, solved.cost - solved.bound)

    def _barrier(self, universe: Universe, new: NewBarrier, names: dict[int, str]) -> Barrier:
        workflow = self._graph.workflow
        first = min(new.users, key=lambda group: group.index)
        parameters = parameters_for(universe.domain, workflow.jobs[first.index])
        stage = stage_of(self._graph, new.groups, new.clauses)
        entries = (clause for each in universe.waiting for clause in (*each.patterns, *each.names))
        templates = (
            *(clause.template for clause in (*new.clauses, *entries)),
            *(group.template for group in new.users),
        )
        slots = (slot for template in templates for slot in template.slots)
        name = self.names.choose(stage, new.users[0], universe.domain, slots)
        if name is None:
            raise _CannotName("every name for the barrier would match a pattern of this spec")
        number, rest = divmod(new.producers, universe.domain.size)
        return Barrier(
            name,
            f"echo '{stage or 'stage'}: {'all' if rest else number} jobs complete' && date",
            new.clauses,
            tuple(names[mask] for mask in new.behind),
            parameters,
            universe.domain.size,
            self.resources,
            universe.labels,
            max(0, *(workflow.jobs[group.index].priority for group in new.users)),
            new.users,
            new.consumers,
            new.producers,
            new.edges,
            new.waits,
        )
