"""The tasks of a run with their command lines: what is submitted, or written into a job file."""

from __future__ import annotations

import py_compile
import sys
from typing import TYPE_CHECKING, NamedTuple

from torclint.run.engines.hyperqueue import wrapper
from torclint.run.engines.hyperqueue.tasks import NOBODY, NOTHING, needs, tasks
from torclint.run.ranks import ranks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from torclint.run.plan import Plan


class Work(NamedTuple):
    """One task: its job, its command line, the places of the tasks that it waits for, what it needs, and its priority."""

    job: int  # the number of the job, NOBODY for a task that only stands between others
    args: list[str]
    waits: tuple[int, ...]
    needs: dict[str, int | float]
    priority: int


def works(plan: Plan, numbers: Iterable[int], folder: Path, order: str, memory_per_cpu: int = 0) -> Iterator[Work]:
    """The work of these jobs. The wrapper is put into `folder`, where all nodes see it."""
    program = str(folder / "wrapper.pyc")
    py_compile.compile(wrapper.__file__, program, doraise=True)
    command = [sys.executable, "-I", "-S", program, str(folder)]
    by_kind = [needs(kind.resources, memory_per_cpu) for kind in plan.kinds]
    rank = ranks(plan, order)
    for task in tasks(plan, numbers):
        if task.job == NOBODY:
            yield Work(NOBODY, ["true"], task.waits, NOTHING, 1)
        else:
            args = [*command, str(task.job)]
            yield Work(task.job, args, task.waits, by_kind[plan.kind_of[task.job]], -rank[task.job])
