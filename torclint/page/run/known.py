"""What is known of the jobs of a run besides what came of them: of which job spec each is, and what it needed."""

from __future__ import annotations

import json
import os
import re
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
    from collections.abc import Sequence

    from torclint.graph.workflow import WorkflowGraph
    from torclint.run.plan import Plan
    from torclint.run.store.schema import About

MOST_GROUPS = 60  # with names of their own; so many rows a reader can still look through
_DIGITS = re.compile(r"\d+")
_REST = "other jobs"


class Recalled(NamedTuple):
    """The spec of a run as it was when it ran."""

    graph: WorkflowGraph
    plan: Plan


class Groups:
    """The jobs of a run in few groups: by job spec; of many job specs, by names that differ in numbers only; and the
    rest together."""

    def __init__(self, names: Sequence[str] | None = None) -> None:
        """`names` are those of the job specs; None where they are not known, and jobs go by their own names."""
        self.labels: list[str] = []
        self.specs: list[int] = []  # per group: how many job specs are in it; 0 where they are not known
        self._places: dict[str, int] = {}
        names = names or ()
        self.of_stage = [self._place(_shape(name) if len(names) > MOST_GROUPS else name, 1) for name in names]

    def of_name(self, name: str) -> int:
        """The group of a job whose job spec is not known."""
        return self._place(_shape(name), 0)

    def _place(self, label: str, specs: int) -> int:
        place = self._places.get(label)
        if place is None:
            if len(self.labels) >= MOST_GROUPS:
                label = _REST
            place = self._places.get(label)
        if place is None:
            place = self._places[label] = len(self.labels)
            self.labels.append(label)
            self.specs.append(0)
        self.specs[place] += specs
        return place


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
