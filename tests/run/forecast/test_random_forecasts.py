"""Forecasts against a simulation that knows every job and every node by name."""

from __future__ import annotations

import json
from typing import NamedTuple

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from torclint.api import Source, load
from torclint.names.unify import Undecided
from torclint.run.forecast import atoms as made
from torclint.run.forecast.forecast import Machines, forecast
from torclint.run.scheduler import Capacity

GIB = 1 << 30
NEEDS = {
    "s": {"num_cpus": 1, "memory": "1g", "runtime": "PT1S"},
    "m": {"num_cpus": 2, "memory": "1g", "runtime": "PT3S"},
    "l": {"num_cpus": 3, "memory": "4g", "runtime": "PT2S"},
    "g": {"num_cpus": 1, "memory": "1g", "num_gpus": 1, "runtime": "PT3S"},
    "w": {"num_cpus": 1, "memory": "1g", "num_nodes": 2, "runtime": "PT2S"},
    "z": {"num_cpus": 1, "memory": "1g", "runtime": "PT0S"},
}


class Job(NamedTuple):
    name: str
    need: str
    priority: int
    scheduler: bool


@st.composite
def specs(draw: st.DrawFn, ties: list[str], largest: int = 6) -> dict:
    """Job specs over i, or i and j, that wait for earlier ones in the ways of `ties`."""
    jobs: list[dict] = []
    for number in range(draw(st.integers(1, 4))):
        job: dict = {"command": "true", "resource_requirements": draw(st.sampled_from(sorted(NEEDS)))}
        job["priority"] = draw(st.sampled_from([0, 0, 0, 1]))
        job["n"], job["m"] = draw(st.integers(1, largest)), draw(st.sampled_from([1, 1, 2, 3]))
        before = draw(st.sampled_from(jobs)) if jobs else None
        tie = draw(st.sampled_from(ties)) if before else "none"
        if before and tie in ("pairs", "blocks", "shifted"):
            job["n"] = before["n"]
            job["m"] = before["m"] if tie != "blocks" else job["m"]
        letter = "abcd"[number]
        name = f"{letter}_{{i}}" + ("_{j}" if job["m"] > 1 else "")
        other = before["name"] if before else ""
        if tie == "all":
            job["depends_on_regexes"] = [f"^{other[0]}_"]
        elif tie == "part":
            job["depends_on_regexes"] = [f"^{other[0]}_1"]
        elif tie == "pairs":
            job["depends_on"] = [other]
        elif tie == "blocks":
            job["depends_on_regexes"] = [f"^{other[0]}_{{i}}" + ("_" if before and before["m"] > 1 else "$")]
        jobs.append({"name": name, **job})
    for job in jobs:
        job["parameters"] = {"i": f"1:{job.pop('n')}"}
        m = job.pop("m")
        if m > 1:
            job["parameters"]["j"] = f"1:{m}"
    return {
        "name": "w",
        "resource_requirements": [{"name": name, **need} for name, need in NEEDS.items()],
        "jobs": jobs,
    }


def capacities() -> st.SearchStrategy[Machines]:
    node = st.builds(
        Capacity, cpus=st.integers(1, 5), memory=st.sampled_from([4 * GIB, 9 * GIB]), gpus=st.integers(0, 2)
    )
    return st.builds(Machines, node, st.integers(1, 3))


class Oracle:
    """List scheduling, job by job: each job on the fullest node that has room, whenever something ends."""

    def __init__(self, spec: dict, machines: Machines) -> None:
        graph = load(Source("w.json", json.dumps(spec)))
        names = list(graph.job_names())
        self.waits: dict[str, set[str]] = {name: set() for name in names}
        for name, other in graph.edges():
            self.waits[name].add(other)
        of = {job["name"][0]: job for job in spec["jobs"]}
        self.need = {name: NEEDS[of[name[0]]["resource_requirements"]] for name in names}
        level: dict[str, int] = {}
        for name in names:  # jobs only wait for earlier ones
            level[name] = 1 + max((level[other] for other in self.waits[name]), default=-1)

        def order(name: str) -> tuple[object, ...]:
            need = self.need[name]
            memory, seconds = int(need["memory"][:-1]), int(need["runtime"][2:-1])
            priority = of[name[0]]["priority"]
            rank = (-priority, -need.get("num_gpus", 0), -seconds, -memory, -need["num_cpus"])
            return (*rank, need.get("num_nodes", 1), level[name], names.index(name))

        self.order = sorted(names, key=order)
        node = machines.node
        self.whole = (node.cpus, node.memory, node.gpus)
        self.nodes = [[self.whole, []] for _ in range(machines.nodes)]
        self.start: dict[str, int] = {}
        self.end: dict[str, int] = {}
        self.run()

    def run(self) -> None:
        now, done, running = 0, set(), {}
        while True:
            for name in self.order:
                if name not in self.start and self.waits[name] <= done and self.place(name, now):
                    self.start[name] = now
                    running[name] = now + int(self.need[name]["runtime"][2:-1])
            if not running:
                return
            now = min(running.values())
            for name in [name for name, end in running.items() if end == now]:
                self.end[name] = running.pop(name)
                done.add(name)
            for node in self.nodes:
                for end, taken in node[1]:
                    if end == now:
                        node[0] = tuple(a + b for a, b in zip(node[0], taken, strict=True))
                node[1] = [each for each in node[1] if each[0] != now]

    def place(self, name: str, now: int) -> bool:
        need = self.need[name]
        end = now + int(need["runtime"][2:-1])
        taken = (need["num_cpus"], int(need["memory"][:-1]) * GIB, need.get("num_gpus", 0))
        wide = need.get("num_nodes", 1)
        if wide > 1:
            idle = [node for node in self.nodes if not node[1]]
            if len(idle) < wide or any(a < b for a, b in zip(self.whole, taken, strict=True)):
                return False
            for node in idle[:wide]:
                node[0], node[1] = (0, 0, 0), [(end, self.whole)]
            return True
        for node in sorted(self.nodes, key=lambda node: (node[0], held(node[1]))):
            if all(a >= b for a, b in zip(node[0], taken, strict=True)):
                node[0] = tuple(a - b for a, b in zip(node[0], taken, strict=True))
                node[1].append((end, taken))
                return True
        return False


def held(entries: list[tuple[int, tuple[int, ...]]]) -> list[tuple[int, ...]]:
    ends = sorted({end for end, _ in entries})
    return [(end, *(sum(taken[place] for e, taken in entries if e == end) for place in range(3))) for end in ends]


ALL = ["none", "all", "all", "part", "pairs", "blocks"]


@settings(max_examples=100, deadline=None)
@given(specs(ALL), capacities())
def test_job_by_job(spec: dict, machines: Machines) -> None:
    agrees(spec, machines)


@settings(max_examples=100, deadline=None)
@given(specs(["none", "all", "pairs", "blocks"], largest=40), capacities())
def test_by_groups(spec: dict, machines: Machines) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(made, "_LISTED", 0)
        patch.setattr(made, "_listed", undecided)
        try:
            agrees(spec, machines)
        except Undecided:
            event("undecided")


def undecided(*_: object) -> None:
    raise Undecided


def agrees(spec: dict, machines: Machines) -> None:
    found = forecast(load(Source("w.json", json.dumps(spec))), machines)
    model = Oracle(spec, machines)
    complete = len(model.end) == found.jobs
    assert found.seconds == (max(model.end.values(), default=0) if complete else None)
    assert bool(found.why) == (not complete)
    for stage in found.stages:
        if stage.specs > 1:
            continue
        mine = [name for name in model.waits if name[0] == stage.name[0]]
        assert stage.jobs == len(mine)
        assert stage.start == min((model.start[name] for name in mine if name in model.start), default=None)
        if all(name in model.end for name in mine):
            assert stage.end == max(model.end[name] for name in mine)
    assert found.critical_seconds == longest(model)
    assert sum(seconds for _, seconds in found.critical_path) == found.critical_seconds


def longest(model: Oracle) -> int:
    """Seconds of the longest way through the jobs."""
    ends: dict[str, int] = {}
    for name, waits in model.waits.items():  # jobs only wait for earlier ones
        ends[name] = max((ends[other] for other in waits), default=0) + int(model.need[name]["runtime"][2:-1])
    return max(ends.values(), default=0)
