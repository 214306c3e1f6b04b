"""Which job runs next, and what the end of a job means for the others. No processes and no clock in here."""

from __future__ import annotations

from array import array
from bisect import insort
from heapq import heappop, heappush
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from torclint.run.plan import Kind, Plan, Resources

BLOCKED, READY, RUNNING, COMPLETED, FAILED, CANCELED, TERMINATED, PENDING_FAILED = range(8)
NAMES = ("blocked", "ready", "running", "completed", "failed", "canceled", "terminated", "pending_failed")
TERMINAL = frozenset((COMPLETED, FAILED, CANCELED, TERMINATED))

Rank = tuple[bool, int, int, int, int, int]


class Capacity(NamedTuple):
    """What the machine, or the part of it that may be used, has. `memory` in bytes."""

    cpus: int
    memory: int
    gpus: int = 0

    def holds(self, need: Resources) -> bool:
        return (
            need.cpus <= self.cpus and need.memory <= self.memory and max(0, need.gpus) <= self.gpus and need.nodes <= 1
        )


def rank(kind: Kind) -> Rank:
    """The order in which Torc 1.0.0 hands out ready jobs (jobs_transport.rs:8), lowest first; ties go by job number.

    A job that names a scheduler comes after all that do not (jobs_transport.rs:2671).
    """
    need = kind.resources
    return (kind.scheduler is not None, -kind.priority, -need.gpus, -need.runtime, -need.memory, -need.cpus)


class Changes(NamedTuple):
    """What the end of a job brought about, in order of the job numbers where it does not matter."""

    ready: list[int]
    canceled: list[int]


class Scheduler:
    """The state of every job of a plan. One step costs no more for a million jobs than for ten."""

    def __init__(self, plan: Plan, capacity: Capacity) -> None:
        self.plan = plan
        self.capacity = capacity
        self.status = bytearray(plan.size)
        self._totals = [0] * len(NAMES)
        self._totals[BLOCKED] = plan.size
        self.counts = [[0] * len(NAMES) for _ in plan.stages]  # jobs per stage and status
        for kind in plan.kind_of:
            self.counts[plan.kinds[kind].stage][BLOCKED] += 1
        self.running = 0
        self._cpus, self._memory = capacity.cpus, capacity.memory
        self._gpus = list(range(capacity.gpus))
        self._held_gpus: dict[int, tuple[int, ...]] = {}
        self._runnable = [not kind.labels and capacity.holds(kind.resources) for kind in plan.kinds]
        self._ranks = [rank(kind) for kind in plan.kinds]
        self._queues: dict[Rank, list[int]] = {}
        self._order: list[Rank] = []  # of the queues that are not empty
        self._left = array("q", plan.gates.sizes)
        self._waits = array("i", plan.gates.waits)
        self._bad_gate = bytearray(len(self._left))
        self._bad = bytearray(plan.size)  # something it waits for failed or was canceled
        for number in range(plan.size):
            if not self._waits[number]:
                self._make_ready(number)

    def runnable(self, number: int) -> bool:
        """Whether this runner takes the job at all: without labels, and not larger than the machine."""
        return self._runnable[self.plan.kind_of[number]]

    def never(self) -> list[int]:
        """The jobs that do not run although all others complete: this runner does not take them, or they wait for such
        a job, or for themselves. A failure may still cancel them."""
        ended = self.plan.gates.ending(number for number in range(self.plan.size) if self.runnable(number))
        return [number for number in range(self.plan.size) if not ended[number]]

    def claim(self) -> int | None:
        """The next job to start; its resources are taken. None where nothing fits now."""
        if self._cpus <= 0:
            return None
        for place, key in enumerate(self._order):
            queue = self._queues[key]
            number = queue[0]
            need = self.plan.kind(number).resources
            if need.cpus > self._cpus or need.memory > self._memory or need.gpus > len(self._gpus):
                continue
            heappop(queue)
            if not queue:
                del self._order[place]
            self._take(number, need)
            return number
        return None

    def gpus_of(self, number: int) -> tuple[int, ...]:
        """The ids of the GPUs that a running job holds."""
        return self._held_gpus.get(number, ())

    def requeue(self, number: int) -> None:
        """A running job becomes ready again: for another attempt, or because it could not be started now."""
        self._release(number)
        self._make_ready(number)

    def hold(self, number: int) -> None:
        """A running job becomes ready again, but is not handed out before `unhold`."""
        self._release(number)
        self._set(number, READY)

    def unhold(self, number: int) -> None:
        self._make_ready(number)

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
        ready: list[int] = []
        canceled: list[int] = []
        if status not in TERMINAL:
            return Changes(ready, canceled)
        stack = [number]
        while stack:
            ended = stack.pop()
            good = self.status[ended] == COMPLETED
            for gate in self.plan.gates.gates_of[ended]:
                self._left[gate] -= 1
                if not good:
                    self._bad_gate[gate] = 1
                if not self._left[gate]:
                    self._open(gate, ready, canceled, stack)
        return Changes(ready, canceled)

    def _open(self, gate: int, ready: list[int], canceled: list[int], stack: list[int]) -> None:
        bad = self._bad_gate[gate]
        for waiter in self.plan.gates.waiters[gate]:
            self._bad[waiter] |= bad
            self._waits[waiter] -= 1
            if self._waits[waiter]:
                continue
            if self._bad[waiter] and self.plan.kind(waiter).cancel_on_failure:
                self._set(waiter, CANCELED)
                canceled.append(waiter)
                stack.append(waiter)
            else:
                self._make_ready(waiter)
                ready.append(waiter)

    def _make_ready(self, number: int) -> None:
        self._set(number, READY)
        kind = self.plan.kind_of[number]
        if not self._runnable[kind]:
            return
        key = self._ranks[kind]
        queue = self._queues.setdefault(key, [])
        if not queue:
            insort(self._order, key)
        heappush(queue, number)

    def _take(self, number: int, need: Resources) -> None:
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
