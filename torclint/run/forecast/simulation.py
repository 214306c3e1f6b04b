"""List scheduling by the declared runtimes: what is ready is started in order wherever it fits. Cohorts are counted.

Where the machine has come into a rhythm, as with a million equal jobs, whole rounds are passed over at once.
"""

from __future__ import annotations

from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from torclint.names.machine import OverBudget
from torclint.run.forecast.rhythm import Look, Rhythm

if TYPE_CHECKING:
    from torclint.run.forecast.cohorts import Cohort, Cohorts
    from torclint.run.plan import Resources
    from torclint.run.scheduler import Capacity

STEPS = 300_000  # about a second
_WATCHED = 40  # cohorts and kinds of nodes up to which a rhythm is looked for

Free = tuple[int, int, int]  # CPUs, memory, GPUs
Held = tuple[int, int, int, int]  # until when, and what
Node = tuple[Free, tuple[Held, ...]]


class Span(NamedTuple):
    """When the first job of a cohort starts and the last one ends, in seconds; None where none ever starts."""

    start: int | None
    end: int | None


class Course(NamedTuple):
    """A run from beginning to end. `peak`: the most jobs at once; with them, at other moments perhaps, CPUs, memory, GPUs.

    `finished` is False where jobs are left that never start.
    """

    seconds: int
    finished: bool
    spans: list[Span]
    peak: int
    peaks: Free


def simulate(cohorts: Cohorts, capacity: Capacity, nodes: int = 1, steps: int = STEPS) -> Course:
    """The course on so many equal nodes. Raises OverBudget where it takes more than `steps`."""
    return _Simulation(cohorts, capacity, nodes, steps).run()


class _Simulation:
    def __init__(self, cohorts: Cohorts, capacity: Capacity, nodes: int, steps: int) -> None:
        self._all = cohorts.all
        self._nodes: dict[Node, int] = {((capacity.cpus, capacity.memory, capacity.gpus), ()): nodes} if nodes else {}
        self._whole: Free = (capacity.cpus, capacity.memory, capacity.gpus)
        self._steps = steps
        self._now = 0
        size = len(self._all)
        self._ready = [0] * size  # may start now
        self._released = [0] * size  # may start now or have started
        self._done = [0] * size
        self._start: list[int | None] = [None] * size
        self._end: list[int | None] = [None] * size
        self._queue: list[int] = []  # cohorts with jobs that may start, a heap
        self._live: set[int] = set()  # cohorts whose gate is open and that have not ended
        self._left = [len(members) for members in cohorts.gates]
        self._behind: list[list[int]] = [[] for _ in cohorts.gates]
        self._gates_of: list[list[int]] = [[] for _ in self._all]
        self._tied_to: list[list[int]] = [[] for _ in self._all]
        for gate, members in enumerate(cohorts.gates):
            for member in members:
                self._gates_of[member].append(gate)
        for number, cohort in enumerate(self._all):
            if cohort.gate >= 0:
                self._behind[cohort.gate].append(number)
            for tie in cohort.ties:
                self._tied_to[tie.producer].append(number)
        self._ends: dict[int, dict[int, int]] = {}  # moment -> cohort -> jobs
        self._moments: list[int] = []
        self._use: list[int] = [0, 0, 0, 0]  # jobs, CPUs, memory, GPUs
        self._peak: list[int] = [0, 0, 0, 0]
        self._rhythm = Rhythm()

    def run(self) -> Course:
        for number, cohort in enumerate(self._all):
            if cohort.gate < 0:
                self._open(number)
        self._start_all()
        while self._moments:
            self._see_rhythm()
            self._now = heappop(self._moments)
            self._finish(self._ends.pop(self._now))
            self._start_all()
        return Course(
            self._now,
            all(done == cohort.size for done, cohort in zip(self._done, self._all, strict=True)),
            [Span(*pair) for pair in zip(self._start, self._end, strict=True)],
            self._peak[0],
            (self._peak[1], self._peak[2], self._peak[3]),
        )

    # Ends

    def _finish(self, ended: dict[int, int]) -> None:
        for node in [node for node in self._nodes if node[1] and node[1][0][0] == self._now]:
            self._give_back(node)
        for number in sorted(ended):
            cohort = self._all[number]
            self._count(cohort.need, -ended[number])
            self._done[number] += ended[number]
            if self._done[number] == cohort.size:
                self._complete(number)
            for waiter in self._tied_to[number]:
                if waiter in self._live:
                    self._release(waiter)

    def _give_back(self, node: Node) -> None:
        count = self._nodes.pop(node)
        (cpus, memory, gpus), held = node
        _, back_cpus, back_memory, back_gpus = held[0]
        after: Node = ((cpus + back_cpus, memory + back_memory, gpus + back_gpus), held[1:])
        self._nodes[after] = self._nodes.get(after, 0) + count

    def _complete(self, number: int) -> None:
        self._end[number] = self._now
        self._live.discard(number)
        self._rhythm.forget()
        for gate in self._gates_of[number]:
            self._left[gate] -= 1
            if not self._left[gate]:
                for waiter in self._behind[gate]:
                    self._open(waiter)

    def _open(self, number: int) -> None:
        self._live.add(number)
        self._rhythm.forget()
        self._release(number)

    def _release(self, number: int) -> None:
        cohort = self._all[number]
        released = cohort.size
        for tie in cohort.ties:
            released = min(released, tie.released(self._done[tie.producer]))
        more = released - self._released[number]
        if not more:
            return
        self._released[number] = released
        if not self._ready[number]:
            heappush(self._queue, number)
        self._ready[number] += more

    # Starts

    def _start_all(self) -> None:
        passed: list[int] = []
        refused: set[Resources] = set()
        queue = self._queue
        while queue and self._nodes:
            number = queue[0]
            cohort = self._all[number]
            self._spend()
            if cohort.need in refused:
                passed.append(heappop(queue))
                continue
            placed = self._place(cohort, self._ready[number])
            self._ready[number] -= placed
            if placed:
                self._started(number, cohort, placed)
            if self._ready[number]:
                refused.add(cohort.need)
                passed.append(number)
            heappop(queue)
        for number in passed:
            heappush(queue, number)

    def _started(self, number: int, cohort: Cohort, placed: int) -> None:
        if self._start[number] is None:
            self._start[number] = self._now
        end = self._now + cohort.need.runtime
        if end not in self._ends:
            self._ends[end] = {}
            heappush(self._moments, end)
        self._ends[end][number] = self._ends[end].get(number, 0) + placed
        self._count(cohort.need, placed)
        self._peak = list(map(max, self._peak, self._use))

    def _count(self, need: Resources, jobs: int) -> None:
        nodes = max(1, need.nodes)
        for place, amount in enumerate((1, need.cpus * nodes, need.memory * nodes, max(0, need.gpus) * nodes)):
            self._use[place] += jobs * amount

    def _place(self, cohort: Cohort, wanted: int) -> int:
        """Put jobs on nodes, the fullest ones first; how many there was room for."""
        need = cohort.need
        end = self._now + need.runtime
        if need.nodes > 1:
            return self._place_wide(need, wanted, end)
        placed = 0
        for node in sorted(self._nodes):
            if placed == wanted:
                break
            fit = _fit(node[0], need)
            if not fit:
                continue
            count = self._nodes.pop(node)
            left = wanted - placed
            full = min(count, left // fit)
            rest = left - full * fit if full < count else 0
            for jobs, nodes in ((fit, full), (rest, 1 if rest else 0), (0, count - full - (1 if rest else 0))):
                if nodes:
                    after = _with(node, need, jobs, end) if jobs else node
                    self._nodes[after] = self._nodes.get(after, 0) + nodes
            placed += full * fit + rest
        return placed

    def _place_wide(self, need: Resources, wanted: int, end: int) -> int:
        """A job of several nodes takes idle ones, as a whole."""
        idle: Node = (self._whole, ())
        free = self._nodes.get(idle, 0)
        if not _fit(self._whole, need):
            return 0
        jobs = min(wanted, free // need.nodes)
        if jobs:
            taken: Node = ((0, 0, 0), ((end, *self._whole),))
            self._nodes[taken] = self._nodes.get(taken, 0) + jobs * need.nodes
            self._nodes[idle] -= jobs * need.nodes
            if not self._nodes[idle]:
                del self._nodes[idle]
        return jobs

    # Rhythm

    def _spend(self) -> None:
        self._steps -= 1 + len(self._nodes) // 8
        if self._steps < 0:
            raise OverBudget("too many different moments to work out")

    def _see_rhythm(self) -> None:
        """Pass over as many rounds as are sure to be like the last one."""
        if len(self._live) > _WATCHED or len(self._nodes) > _WATCHED:
            return
        live = sorted(self._live)
        rounds = self._rhythm.rounds(self._look(live), live, self._all, self._now)
        if not rounds:
            return
        anchor = self._rhythm.anchor
        assert anchor is not None
        later = rounds * (self._now - anchor.now)
        for place, number in enumerate(live):
            self._ready[number] += rounds * (self._ready[number] - anchor.ready[place])
            self._released[number] += rounds * (self._released[number] - anchor.released[place])
            self._done[number] += rounds * (self._done[number] - anchor.done[place])
        self._now += later
        self._ends = {end + later: jobs for end, jobs in self._ends.items()}
        self._moments = [moment + later for moment in self._moments]  # still a heap
        self._nodes = {
            (free, tuple((until + later, *held) for until, *held in running)): count  # type: ignore[misc]
            for (free, running), count in self._nodes.items()
        }
        self._rhythm.forget()

    def _look(self, live: list[int]) -> Look:
        now = self._now
        nodes = [
            (free, tuple((until - now, *held) for until, *held in running), count)
            for (free, running), count in self._nodes.items()
        ]
        ends = [(end - now, *sorted(self._ends[end].items())) for end in sorted(self._moments)]
        phases = [self._done[tie.producer] % tie.members for number in live for tie in self._all[number].ties]
        return Look(
            (sorted(nodes), ends, phases, [self._ready[number] > 0 for number in live], live),
            now,
            [self._ready[number] for number in live],
            [self._released[number] for number in live],
            [self._done[number] for number in live],
        )


def _fit(free: Free, need: Resources) -> int:
    fit = free[0] // need.cpus
    if need.memory > 0:
        fit = min(fit, free[1] // need.memory)
    if need.gpus > 0:
        fit = min(fit, free[2] // need.gpus)
    return fit


def _with(node: Node, need: Resources, jobs: int, end: int) -> Node:
    """The node with so many jobs more on it."""
    (cpus, memory, gpus), running = node
    taken = (need.cpus * jobs, need.memory * jobs, max(0, need.gpus) * jobs)
    held = {until: rest for until, *rest in running}
    before = held.get(end, [0, 0, 0])
    held[end] = [one + other for one, other in zip(before, taken, strict=True)]
    after: tuple[Held, ...] = tuple((until, *held[until]) for until in sorted(held))  # type: ignore[misc]
    return (cpus - taken[0], memory - taken[1], gpus - taken[2]), after
