"""Cohorts: jobs that are alike and wait for the same, so that a forecast counts them and does not list them."""

from __future__ import annotations

from typing import NamedTuple

from torclint.run.plan import Resources

Order = tuple[object, ...]

_TOLD_APART = 25  # job specs up to which each keeps its name


class Tie(NamedTuple):
    """Jobs that wait for some jobs of `producer` each: blocks of `waiters` jobs for blocks of `members`, in order.

    The first block waits for none where `ahead` is 1, the first two where it is 2, and so on.
    """

    producer: int
    members: int = 1
    waiters: int = 1
    ahead: int = 0

    def released(self, done: int) -> int:
        """How many jobs, from the first on, may start when `done` jobs of the producer have ended; may be too many."""
        return (done // self.members + self.ahead) * self.waiters


class Atom(NamedTuple):
    """Some jobs of one job spec; of several atoms that are alike a cohort is made.

    `order`: atoms are served by it, lowest first. `waits`: the atoms of which they all wait for all jobs.
    """

    stage: int  # the number of the job spec
    size: int
    need: Resources
    order: Order
    waits: frozenset[int] = frozenset()
    ties: tuple[Tie, ...] = ()


class Cohort(NamedTuple):
    """`gate`: the number of the set of cohorts that it waits for, -1 for none. `stages`: the job specs, in order."""

    stages: tuple[int, ...]
    size: int
    need: Resources
    gate: int = -1
    ties: tuple[Tie, ...] = ()


class Cohorts(NamedTuple):
    """In the order in which they are served. `gates` are sets of cohorts, each waited for by one cohort at least."""

    all: list[Cohort]
    gates: list[frozenset[int]]


def cohorts_of(atoms: list[Atom]) -> Cohorts:
    """Neighbours in the order of service that nothing tells apart become one; those of different job specs only where
    there are many of these, and each has one job."""
    of_spec: dict[int, int] = {}
    for atom in atoms:
        of_spec[atom.stage] = of_spec.get(atom.stage, 0) + atom.size
    nameless = {stage for stage, size in of_spec.items() if size == 1} if len(of_spec) > _TOLD_APART else set()
    sets: dict[frozenset[int], int] = {}
    for atom in atoms:
        if atom.waits:
            sets.setdefault(atom.waits, len(sets))
    member_of: list[list[int]] = [[] for _ in atoms]
    for members, gate in sets.items():
        for member in members:
            member_of[member].append(gate)
    tied = {tie.producer for atom in atoms for tie in atom.ties}
    served = sorted(range(len(atoms)), key=lambda place: atoms[place].order)
    home = [0] * len(atoms)
    runs: list[list[int]] = []
    before: object = None
    for place in served:
        atom = atoms[place]
        alone = place if atom.ties or place in tied else -1
        name = -1 if atom.stage in nameless else atom.stage
        alike = (name, atom.need, sets.get(atom.waits, -1), tuple(member_of[place]), alone)
        if alike != before:
            runs.append([])
        runs[-1].append(place)
        home[place] = len(runs) - 1
        before = alike
    cohorts = [
        Cohort(
            tuple(dict.fromkeys(atoms[place].stage for place in run)),
            sum(atoms[place].size for place in run),
            atoms[run[0]].need,
            sets.get(atoms[run[0]].waits, -1),
            tuple(tie._replace(producer=home[tie.producer]) for tie in atoms[run[0]].ties),
        )
        for run in runs
    ]
    return Cohorts(cohorts, [frozenset(home[member] for member in members) for members in sets])
