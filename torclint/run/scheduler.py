"""Which job runs next, and what the end of a job means for the others. No processes and no clock in here."""

from __future__ import annotations

from array import array
from collections import Counter
from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

from torclint.run.ranks import CRITICAL_PATH, ranks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from torclint.run.plan import Plan, Resources

BLOCKED, READY, RUNNING, COMPLETED, FAILED, CANCELED, TERMINATED, PENDING_FAILED = range(8)
NAMES = ("blocked", "ready", "running", "completed", "failed", "canceled", "terminated", "pending_failed")
TERMINAL = frozenset((COMPLETED, FAILED, CANCELED, TERMINATED))

_FEW = 8  # so many times smaller than a heap, entries are pushed into it one by one


class Capacity(NamedTuple):
    """What the machine, or the part of it that may be used, has. `memory` in bytes; `jobs` at most run at once."""

    cpus: int
    memory: int
    gpus: int = 0
    jobs: int | None = None

    def holds(self, need: Resources) -> bool:
        return (
            need.cpus <= self.cpus and need.memory <= self.memory and max(0, need.gpus) <= self.gpus and need.nodes <= 1
        )


class Changes(NamedTuple):
    """What the end of a job brought about, in order of the job numbers where it does not matter."""

    ready: list[int]
    canceled: list[int]


class _Queue(NamedTuple):
    """The jobs that are ready and need the same: a heap of rank times number of jobs plus job number."""

    cpus: int
    memory: int
    gpus: int
    heap: list[int]


class Scheduler:
    """The state of every job of a plan. One step costs no more for a million jobs than for ten."""

    def __init__(
        self, plan: Plan, capacity: Capacity, order: str = CRITICAL_PATH, past: Iterable[tuple[int, int]] = ()
    ) -> None:
        """`order`: one of `ranks.ORDERS`. `past`: (job, status) pairs of those that ended in an earlier run, or are ready
        and on hold."""
        self.plan = plan
        self.capacity = capacity
        self.status = bytearray(plan.size)
        self._totals = [0] * len(NAMES)
        self._totals[BLOCKED] = plan.size
        self.counts = [[0] * len(NAMES) for _ in plan.stages]  # jobs per stage and status
        for kind, jobs in Counter(plan.kind_of).items():
            self.counts[plan.kinds[kind].stage][BLOCKED] += jobs
        self.running = 0
        self._cpus, self._memory = capacity.cpus, capacity.memory
        self._most = capacity.jobs if capacity.jobs is not None else plan.size
        self._gpus = list(range(capacity.gpus))
        self._held_gpus: dict[int, tuple[int, ...]] = {}
        self._runnable = [not kind.labels and capacity.holds(kind.resources) for kind in plan.kinds]
        self._ranks = ranks(plan, order)
        self._queues: list[_Queue] = []
        self._queue_of = self._make_queues()
        self._left = array("i", plan.gates.sizes)
        self._waits = array("i", plan.gates.waits)
        self._bad_gate = array("i", [0]) * len(self._left)
        self._bad = array("i", [0]) * plan.size  # the failed job that keeps it from running, plus 1; 0 if there is none
        self._restore(past)
        status = self.status
        self._make_ready([job for job, gates in enumerate(self._waits) if not gates and status[job] == BLOCKED])

    def _make_queues(self) -> list[int]:
        """The queue of each kind."""
        places: dict[tuple[int, int, int], int] = {}
        for kind in self.plan.kinds:
            need = (kind.resources.cpus, kind.resources.memory, kind.resources.gpus)
            if need not in places:
                places[need] = len(places)
                self._queues.append(_Queue(*need, []))
        return [places[kind.resources.cpus, kind.resources.memory, kind.resources.gpus] for kind in self.plan.kinds]

    def runnable(self, number: int) -> bool:
        """Whether this runner takes the job at all: without labels, and not larger than the machine."""
        return self._runnable[self.plan.kind_of[number]]

    def never(self) -> list[int]:
        """The jobs that do not run although all others complete: this runner does not take them, or they wait for such
        a job, or for themselves. A failure may still cancel them."""
        left_out = []
        if not all(self._runnable):
            left_out = [number for number in range(self.plan.size) if not self.runnable(number)]
        ended = self.plan.gates.ending(left_out)
        return [] if all(ended) else [number for number, ends in enumerate(ended) if not ends]

    def claim(self) -> int | None:
        """The next job to start; its resources are taken. None where nothing fits now."""
        if self._cpus <= 0 or self.running >= self._most:
            return None
        best = None
        for queue in self._queues:
            if (
                queue.heap
                and queue.cpus <= self._cpus
                and queue.memory <= self._memory
                and queue.gpus <= len(self._gpus)
                and (best is None or queue.heap[0] < best.heap[0])
            ):
                best = queue
        if best is None:
            return None
        number = heappop(best.heap) % self.plan.size
        self._take(number, best)
        return number

    def gpus_of(self, number: int) -> tuple[int, ...]:
        """The ids of the GPUs that a running job holds."""
        return self._held_gpus.get(number, ())

    def requeue(self, number: int) -> None:
        """A running job becomes ready again: for another attempt, or because it could not be started now."""
        self._release(number)
        self._make_ready([number])

    def hold(self, number: int) -> None:
        """A running job becomes ready again, but is not handed out before `unhold`."""
        self._release(number)
        self._set(number, READY)

    def unhold(self, number: int) -> None:
        """A job that is on hold may be handed out again."""
        self._make_ready([number])

    def total(self, status: int) -> int:
        """How many jobs have this status."""
        return self._totals[status]

    def stop(self, number: int) -> None:
        """A running job was ended with the run: nothing follows from it."""
        self._release(number)
        self._set(number, TERMINATED)

    def finish(self, number: int, status: int) -> Changes:
        """A running job ended with `status`; dependents are released or cancelled now (lifecycle_support.rs:193)."""
        self._release(number)
        self._set(number, status)
        return self._follow([number] if status in TERMINAL else [])

    def cause(self, number: int) -> int:
        """The job because of whose failure this one was cancelled."""
        return self._bad[number] - 1

    def _restore(self, past: Iterable[tuple[int, int]]) -> None:
        """Jobs that ended before did so whatever they wait for now; what follows from it follows again."""
        stack = []
        for number, status in past:
            self._set(number, status)
            if status in TERMINAL:
                stack.append(number)
        self._follow(stack)

    def _follow(self, stack: list[int]) -> Changes:
        """What follows from the end of the jobs in `stack`."""
        ready: list[int] = []
        canceled: list[int] = []
        gates_of = self.plan.gates.gates_of
        while stack:
            ended = stack.pop()
            status = self.status[ended]
            bad = 0 if status == COMPLETED else (status == CANCELED and self._bad[ended]) or ended + 1
            for gate in gates_of(ended):
                self._left[gate] -= 1
                if bad:
                    self._bad_gate[gate] = bad
                if not self._left[gate]:
                    self._open(gate, ready, canceled, stack)
        self._make_ready(ready)
        return Changes(ready, canceled)

    def _open(self, gate: int, ready: list[int], canceled: list[int], stack: list[int]) -> None:
        bad = self._bad_gate[gate]
        waits = self._waits
        for waiter in self.plan.gates.waiters(gate):
            if bad:
                self._bad[waiter] = bad
            waits[waiter] -= 1
            if waits[waiter] or self.status[waiter] != BLOCKED:
                continue
            if self._bad[waiter] and self.plan.kind(waiter).cancel_on_failure:
                self._set(waiter, CANCELED)
                canceled.append(waiter)
                stack.append(waiter)
            else:
                ready.append(waiter)

    def _make_ready(self, numbers: list[int]) -> None:
        """Many at once: a barrier may release half a million."""
        size, kind_of = self.plan.size, self.plan.kind_of
        entering: dict[int, list[int]] = {}
        for number in numbers:
            kind = kind_of[number]
            self._set(number, READY)
            if self._runnable[kind]:
                entering.setdefault(self._queue_of[kind], []).append(self._ranks[number] * size + number)
        for place, entries in entering.items():
            heap = self._queues[place].heap
            if len(entries) * _FEW < len(heap):
                for entry in entries:
                    heappush(heap, entry)
            else:
                heap += entries
                heapify(heap)

    def _take(self, number: int, need: _Queue) -> None:
        self._cpus -= need.cpus
        self._memory -= need.memory
        if need.gpus > 0:
            self._held_gpus[number] = tuple(self._gpus[: need.gpus])
            del self._gpus[: need.gpus]
        self.running += 1
        self._set(number, RUNNING)

    def _release(self, number: int) -> None:
        need = self.plan.kind(number).resources
        self._cpus += need.cpus
        self._memory += need.memory
        if number in self._held_gpus:
            self._gpus = sorted((*self._gpus, *self._held_gpus.pop(number)))
        self.running -= 1

    def _set(self, number: int, status: int) -> None:
        counts = self.counts[self.plan.kind(number).stage]
        before = self.status[number]
        counts[before] -= 1
        counts[status] += 1
        self._totals[before] -= 1
        self._totals[status] += 1
        self.status[number] = status
