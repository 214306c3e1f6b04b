"""What is known of the jobs of a run besides what came of them: of which job spec each is, and what it needed."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from torclint.checking.files import Source
from torclint.checking.one import graph_of
from torclint.run.plan import Refused
from torclint.run.prepare import recall
from torclint.run.selection import chosen
from torclint.spec.versions import VERSIONS
from torclint.syntax.detect import read as read_spec
from torclint.syntax.node import ParseError

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from torclint.graph.workflow import WorkflowGraph
    from torclint.run.plan import Plan
    from torclint.run.store.schema import About

MOST_GROUPS = 60  # with names of their own; so many rows a reader can still look through
_DIGITS = re.compile(r"\d+")
_LEAST = 200  # the part of all jobs, at least one in so many, that a group of its own has


class Recalled(NamedTuple):
    """The spec of a run as it was when it ran."""

    graph: WorkflowGraph
    plan: Plan


class Groups:
    """The jobs of a run in few groups: by job spec; of many job specs, by names that differ in numbers only; and the
    rest together, so that each group that is told apart has some weight."""

    def __init__(self, jobs: Mapping[str, int], specs: Sequence[str] = ()) -> None:
        """`jobs`: how many jobs there are with names like that; `specs`: the job specs that they come from, if known."""
        self._told = set(_weighty(jobs))
        self._rest = "other jobs" if self._told else "all jobs"
        self._by_shape = not specs or len(specs) > MOST_GROUPS
        self._places: dict[str, int] = {}
        self.labels: list[str] = []
        self.specs: list[int] = []  # per group: how many job specs are in it; 0 where they are not known
        self.of_stage = [self._place(name, 1) for name in specs]

    @classmethod
    def of_plan(cls, plan: Plan) -> Groups:
        jobs: Counter[str] = Counter()
        by_shape = len(plan.stages) > MOST_GROUPS
        for kind, count in Counter(plan.kind_of).items():
            name = plan.stages[plan.kinds[kind].stage]
            jobs[_shape(name) if by_shape else name] += count
        return cls(jobs, plan.stages)

    @classmethod
    def of_names(cls, names: Iterable[str]) -> Groups:
        """Where the job specs are not known."""
        return cls(Counter(map(_shape, names)))

    def of_name(self, name: str) -> int:
        """The group of a job whose job spec is not known."""
        return self._place(_shape(name), 0)

    def _place(self, name: str, specs: int) -> int:
        label = _shape(name) if self._by_shape else name
        if label not in self._told:
            label = self._rest
        place = self._places.get(label)
        if place is None:
            place = self._places[label] = len(self.labels)
            self.labels.append(label)
            self.specs.append(0)
        self.specs[place] += specs
        return place


def _weighty(jobs: Mapping[str, int]) -> Iterable[str]:
    """The names that get a group of their own: all, or those with a part of all jobs that can be seen."""
    if len(jobs) <= MOST_GROUPS:
        return jobs
    least = sum(jobs.values()) / _LEAST
    heaviest = sorted(jobs, key=lambda name: (-jobs[name], name))[: MOST_GROUPS - 1]
    return [name for name in heaviest if jobs[name] >= least]


def recalled(about: About, folder: str, database: sqlite3.Connection) -> Recalled | str:
    """The spec as it ran; why not, in words, where what it says now are other jobs than those that were kept."""
    options = json.loads(about.options)
    if options.get("torc") not in VERSIONS:
        return "this torclint does not know the Torc release that was asked for"
    path = os.path.relpath(os.path.join(folder, about.path)) if about.spec else about.path  # noqa: PTH118
    try:
        source = Source(path, about.text)
        graph = graph_of(read_spec(source.text, source.name), options["torc"])
        if not graph.workflow.loaded:
            return "this torclint does not read the spec as the one that ran it"
        plan = chosen(recall(graph), options.get("only", ()), options.get("until", ()))
    except (ParseError, Refused) as error:
        return f"the spec cannot be read as it was: {error}"
    if not _is_what_ran(plan, database):
        return "the spec now makes other jobs than those that ran, perhaps since files that it reads have changed"
    return Recalled(graph, plan)


def _is_what_ran(plan: Plan, database: sqlite3.Connection) -> bool:
    """Whether all jobs have the names that were kept with their numbers."""
    names = enumerate(plan.jobs.names())
    for number, kept in database.execute("SELECT number, name FROM job ORDER BY number"):
        if next((name for place, name in names if place == number), None) != kept:
            return False
    return True


def _shape(name: str) -> str:
    return _DIGITS.sub("*", name)
