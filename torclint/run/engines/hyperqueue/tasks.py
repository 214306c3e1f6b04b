"""The jobs of a plan as tasks: what each needs and which others it waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from torclint.run.plan import Plan, Resources

MEMORY, GPUS = "mem", "gpus/nvidia"  # names of resources; workers say how much they have. `mem` counts MiB
NOBODY = -1
_MIB = 1 << 20
NOTHING: dict[str, int | float] = {"cpus": 0.01}  # what a task needs that does nothing


class Task(NamedTuple):
    """`job` is the number of the job; NOBODY for a task that does nothing: many wait for it, and it for many.
    `waits`: the places of tasks that come before, in the list of all tasks."""

    job: int
    waits: tuple[int, ...]


def tasks(plan: Plan, numbers: Iterable[int]) -> Iterator[Task]:
    """The tasks of these jobs; what others wait for has ended. Tasks come after those that they wait for."""
    gates = plan.gates
    wanted = bytearray(plan.size)
    for number in numbers:
        wanted[number] = 1
    members: list[list[int]] = [[] for _ in gates.sizes]
    for number in range(plan.size):
        if wanted[number]:
            for gate in gates.gates_of(number):
                members[gate].append(number)
    gates_before: dict[int, list[int]] = {}
    left: dict[int, int] = {}  # gate that gets a task of its own -> how many of its members are still to come
    for gate, waited in enumerate(members):
        waiters = [waiter for waiter in gates.waiters(gate) if wanted[waiter]] if waited else []
        for waiter in waiters:
            gates_before.setdefault(waiter, []).append(gate)
        if len(waited) * len(waiters) > len(waited) + len(waiters):
            left[gate] = len(waited)
    hubs = set(left)
    place_of: dict[int, int] = {}
    hub_place: dict[int, int] = {}
    place = 0
    for level in gates.levels():
        for number in filter(wanted.__getitem__, level):
            before: dict[int, None] = {}
            for gate in gates_before.get(number, ()):
                if gate in hubs:
                    before[hub_place[gate]] = None
                else:
                    before.update((place_of[member], None) for member in members[gate])
            yield Task(number, tuple(before))
            place_of[number] = place
            place += 1
            for gate in gates.gates_of(number):
                if gate not in hubs:
                    continue
                left[gate] -= 1
                if not left[gate]:
                    yield Task(NOBODY, tuple(place_of[member] for member in members[gate]))
                    hub_place[gate] = place
                    place += 1


def needs(need: Resources, memory_per_cpu: int = 0) -> dict[str, int | float]:
    """What a task asks for. Memory is asked for by name where a requirement says how much; or, where workers know no
    memory, by as many CPUs as have so much of it, `memory_per_cpu` bytes each."""
    found: dict[str, int | float] = {"cpus": need.cpus}
    if need.limits_memory:
        if memory_per_cpu:
            found["cpus"] = max(need.cpus, -(-need.memory // memory_per_cpu))
        else:
            found[MEMORY] = -(-need.memory // _MIB)
    if need.gpus > 0:
        found[GPUS] = need.gpus
    return found
