"""A part of a workflow as a problem of sets, and its solution in the words of the workflow."""

from __future__ import annotations

from torclint.fix.optimum.problem import Demand, Problem, places
from torclint.fix.optimum.search import solve
from torclint.fix.planning.atoms import Atoms
from torclint.fix.planning.existing import barriers_there, is_barrier
from torclint.graph.clauses import Clause
from torclint.graph.edges import Producers
from torclint.graph.labels import labels_of
from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from torclint.fix.optimum.cover import Picks
    from torclint.fix.optimum.search import Solution
    from torclint.fix.planning.components import Consumers, Entry
    from torclint.fix.planning.waiting import Universe
    from torclint.graph.groups import Group
    from torclint.graph.workflow import WorkflowGraph
    from torclint.rules.thresholds import Thresholds


class NewBarrier(Record):
    """A barrier that is not named yet: it waits for `clauses` as they are written, and for the barriers `behind`.

    `users`: the groups that wait for it, directly or through other barriers. `groups`: how many producers are of which
    group. `consumers` and `producers` count jobs, `edges` the dependencies that there are between them without it, and
    `waits` its own on what it waits for.
    """

    mask: int
    clauses: tuple[Clause, ...]
    behind: tuple[int, ...]
    users: tuple[Group, ...]
    groups: dict[int, int]
    consumers: int
    producers: int
    edges: int
    waits: int


class Redirected(Record):
    """A group of which some entries give way to barriers, named by their sets, and to entries of others: `added`."""

    group: Group
    dropped: tuple[Clause, ...]
    added: tuple[Clause, ...]
    barriers: tuple[int, ...]


_NAMES = 9  # as many are written out for somebody who did not name them


class Solved(Record):
    """`there`: the barriers of the spec itself that are waited for, by their sets.

    `bound`: no other choice would have a smaller sum of edges and charges than this, where `cost` is the sum.
    """

    barriers: tuple[NewBarrier, ...]
    redirected: tuple[Redirected, ...]
    there: dict[int, Group]
    cost: int
    bound: int


def solve_part(
    graph: WorkflowGraph, universe: Universe, part: list[Consumers], thresholds: Thresholds, newly: bool
) -> Solved:
    """The barriers for one part of a universe; `newly`: whether jobs may wait for barriers of the spec that they do not wait
    for yet. Raises OverBudget where its sets cannot be told apart."""
    entries: dict[object, Entry] = {}
    for each in part:
        for entry, _ in each.uses:
            entries.setdefault(entry.key, entry)
    known = list(entries.values())
    # barriers of the spec that somebody waits for are told from all other jobs
    waited = frozenset[int]().union(*(entry.producers.plain for entry in known))
    lights = [each.group.index for each in part if each.group.index in waited and is_barrier(graph, each)]
    sets = [entry.producers for entry in known] + [Producers(frozenset([index]), {}) for index in lights]
    atoms = Atoms(graph.groups, universe.domain, sets, _fitting(graph, universe))
    masks = {entry.key: mask for entry, mask in zip(known, atoms.masks, strict=False)}
    written = _written(graph, known, masks, atoms)
    demands = [_demand(each, masks, atoms) for each in part]
    there = barriers_there(graph, universe, part, demands, atoms, newly)
    demands = [
        demand._replace(
            itself=tuple(mask for mask, group in there.items() if group is each.group and mask == demand.mask)
        )
        for each, demand in zip(part, demands, strict=True)
    ]
    merged: dict[Demand, int] = {}
    for demand in demands:
        alike = demand._replace(jobs=0)
        merged[alike] = merged.get(alike, 0) + demand.jobs
    problem = Problem(
        tuple(atoms.weights),
        tuple(demand._replace(jobs=jobs) for demand, jobs in merged.items()),
        tuple(
            mask for mask, clauses in written.items() if all(_is_portable(clause, part, universe) for clause in clauses)
        ),
        universe.domain.size,
        charge_of(universe, thresholds),
        _usable(atoms),
        lambda mask: _is_enough(universe, atoms, demands, thresholds, mask),
        tuple(there),
    )
    solution = solve(problem)
    picks = dict(zip(merged, solution.picks, strict=True))
    redirected = []
    used: set[int] = set()
    for each, demand in zip(part, demands, strict=True):
        chosen = picks[demand._replace(jobs=0)]
        if chosen.barriers:
            dropped = _dropped(each, masks, atoms, set(chosen.direct))
            foreign = [clause for mask in chosen.direct if mask not in demand.own for clause in written[mask]]
            barriers = _not_waited_for(chosen, there, atoms)
            redirected.append(Redirected(each.group, dropped, _not_there(graph, each, foreign), barriers))
            used.update(chosen.barriers)
    new = [
        _barrier(
            problem, solution, mask, written, atoms, part, [picks[each._replace(jobs=0)].barriers for each in demands]
        )
        for mask in solution.barriers
    ]
    if not new and _saved(problem, solution) < problem.charge:
        redirected = []  # too little for edits
    used.update(mask for each in new for mask in each.behind)
    reused = {mask: group for mask, group in there.items() if redirected and mask in used}
    return Solved(tuple(new), tuple(redirected), reused, solution.cost, solution.bound)


def _saved(problem: Problem, solution: Solution) -> int:
    return sum(problem.weight(each.mask) * each.jobs // problem.unit for each in problem.demands) - solution.cost


def charge_of(universe: Universe, thresholds: Thresholds) -> int:
    """What a barrier has to save: as many edges as asked for, and never less than its own jobs."""
    return max(universe.domain.size, thresholds.min_saving - 1)


def _written(
    graph: WorkflowGraph, entries: list[Entry], masks: dict[tuple[object, ...], int], atoms: Atoms
) -> dict[int, tuple[Clause, ...]]:
    """The sets that entries make up, each with the entries for it; and single jobs, by their names."""
    written: dict[int, tuple[Clause, ...]] = {}
    named: dict[int, dict[str, Clause]] = {}
    for entry in entries:
        if not entry.parts:
            written.setdefault(masks[entry.key], entry.clauses)
        for clause, index in zip(entry.clauses, entry.parts, strict=False):
            named.setdefault(1 << atoms.atom_of[index], {}).setdefault(clause.template.text, clause)
    for mask, clauses in named.items():
        written.setdefault(mask, tuple(clauses.values()))
    jobs = graph.workflow.jobs
    for place, groups in enumerate(atoms.groups):
        if atoms.weights[place] == len(groups) <= _NAMES and all(graph.groups[index].literal for index in groups):
            names = (Clause(graph.groups[index].template, jobs[index].name, False) for index in groups)
            written.setdefault(1 << place, tuple(names))
    return written


def _is_portable(clause: Clause, part: list[Consumers], universe: Universe) -> bool:
    """Whether an entry means the same in each job of the part: no parameter of another one would be put in."""
    written = str(clause.written.node.value)
    own = universe.domain.names
    names = {name for each in part for name in each.group.domain.names if name not in own}
    return "{" not in written or not any(f"{{{name}{end}" in written for name in names for end in "}:")


def _not_waited_for(picks: Picks, there: dict[int, Group], atoms: Atoms) -> tuple[int, ...]:
    """The barriers, without those of the spec that are among what is waited for directly."""
    direct = 0
    for mask in picks.direct:
        direct |= mask
    there_already = {
        mask for mask, group in there.items() if direct >> atoms.atom_of.get(group.index, len(atoms.weights)) & 1
    }
    return tuple(mask for mask in picks.barriers if mask not in there_already)


def _not_there(graph: WorkflowGraph, waiting: Consumers, clauses: list[Clause]) -> tuple[Clause, ...]:
    """Those of `clauses` that the group does not have itself: not all of its entries may be asked about."""
    own = {each.text for each in graph.workflow.jobs[waiting.group.index].depends_on}
    return tuple(clause for clause in clauses if clause.is_pattern or clause.template.text not in own)


def _demand(consumers: Consumers, masks: dict[tuple[object, ...], int], atoms: Atoms) -> Demand:
    own: set[int] = set()
    mask = 0
    for entry, _ in consumers.uses:
        mask |= masks[entry.key]
        own |= {1 << atoms.atom_of[index] for index in entry.parts} if entry.parts else {masks[entry.key]}
    return Demand(mask, consumers.group.size, tuple(sorted(own)))


def _fitting(graph: WorkflowGraph, universe: Universe) -> frozenset[int]:
    """The groups whose jobs the runners take that take the consumers, and so a barrier in between (api.rs:166)."""
    return frozenset(
        group.index for group in graph.groups if labels_of(graph.workflow.jobs[group.index]) == universe.labels
    )


def _usable(atoms: Atoms) -> int:
    return sum(1 << place for place, fits in enumerate(atoms.fits) if fits)


def _is_enough(universe: Universe, atoms: Atoms, demands: list[Demand], thresholds: Thresholds, mask: int) -> bool:
    """Whether a barrier for a set is between enough jobs."""
    weight = sum(atoms.weights[place] for place in places(mask))
    jobs = sum(demand.jobs for demand in demands if not mask & ~demand.mask)
    if max(weight, jobs) < thresholds.min_jobs:
        return False
    # small shares, each with a barrier of its own, gain too little
    return not universe.domain.axes or weight * jobs // universe.domain.size > 2 * (weight + jobs)


def _dropped(
    consumers: Consumers, masks: dict[tuple[object, ...], int], atoms: Atoms, kept: set[int]
) -> tuple[Clause, ...]:
    """The entries that barriers take over."""
    dropped: list[Clause] = []
    for entry, clauses in consumers.uses:
        if entry.parts:
            dropped += [
                clause
                for clause, index in zip(clauses, entry.parts, strict=True)
                if 1 << atoms.atom_of[index] not in kept
            ]
        elif masks[entry.key] in kept:
            kept.discard(masks[entry.key])  # a second entry that picks out the same is not needed
        else:
            dropped += clauses
    return tuple(dropped)


def _barrier(
    problem: Problem,
    solution: Solution,
    mask: int,
    written: dict[int, tuple[Clause, ...]],
    atoms: Atoms,
    part: list[Consumers],
    taken: list[tuple[int, ...]],
) -> NewBarrier:
    picks = solution.barriers[mask]
    clauses = [clause for each in picks.direct for clause in written[each]]
    above = _above(solution, mask)
    waiting = [number for number, barriers in enumerate(taken) if above & set(barriers)]
    directly = sum(part[number].group.size for number, barriers in enumerate(taken) if mask in barriers)
    producers = problem.weight(mask)
    union = 0
    for each in picks.direct:
        union |= each
    jobs = directly + sum(problem.unit for each in solution.barriers.values() if mask in each.barriers)
    return NewBarrier(
        mask,
        tuple(sorted(clauses, key=lambda clause: clause.written.node.start)),
        picks.barriers,
        tuple(part[number].group for number in waiting),
        _groups(atoms, mask),
        jobs,
        producers,
        jobs * producers // problem.unit,
        problem.weight(union) + problem.unit * len(picks.barriers),
    )


def _groups(atoms: Atoms, mask: int) -> dict[int, int]:
    found: dict[int, int] = {}
    for place in places(mask):
        for index, weight in atoms.groups[place].items():
            found[index] = found.get(index, 0) + weight
    return found


def _above(solution: Solution, mask: int) -> set[int]:
    """The barrier itself and those that wait for it, through however many others."""
    found = {mask}
    for each, picks in solution.barriers.items():  # smaller sets first, so that children come before parents
        if found & set(picks.barriers):
            found.add(each)
    return found
