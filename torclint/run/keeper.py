"""What a runner tells whoever keeps the state of its run, beyond what it tells every listener."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from torclint.run.listen import Listener
from torclint.run.scheduler import READY

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from torclint.run.outputs import OutputFolder
    from torclint.run.plan import Job


class Kept(NamedTuple):
    """A job of which something is known from before: status, the return code, attempts and seconds so far."""

    number: int
    status: int
    code: int
    attempts: int
    seconds: float


class Past(NamedTuple):
    """What came of a run up to now. `workflow`: its number in the output folder; 0 before it has one.

    `ended` are jobs that stay as they are; `tried` will be tried again; `recovering`: after their recovery script.
    `actions`: how many commands of each action, by its place in the plan, are done; OVER if nothing is left of it.
    """

    workflow: int = 0
    run: int = 1
    ended: Sequence[Kept] = ()
    tried: Sequence[Kept] = ()
    recovering: Sequence[Kept] = ()
    actions: Mapping[int, int] = {}

    def statuses(self) -> Iterator[tuple[int, int]]:
        """The (job, status) pairs with which a scheduler goes on."""
        yield from ((kept.number, kept.status) for kept in self.ended)
        yield from ((kept.number, READY) for kept in self.recovering)


OVER = -1  # commands of an action of which nothing is left
NO_PAST = Past()


class Keeper(Listener):
    """Keeps nothing. The runner asks it between any two steps, so that what it tells can be kept first.

    `mark` is told to everything that the run starts, `past` is where it goes on. While `urgent`, something ended that
    others wait for, and none of them may be started before the next turn. `trouble` tells why nothing can be kept, and
    `loss`, that what was kept is gone.
    """

    urgent = False
    trouble = ""
    loss = ""
    notes: tuple[str, ...] = ()  # what there is to say before the first job

    def __init__(self, mark: str = "", past: Past = NO_PAST) -> None:
        self.mark = mark or os.urandom(8).hex()
        self.past = past

    def placed(self, folder: OutputFolder) -> None:
        """The run has its numbers in the output folder."""

    def starting(self, number: int, job: Job) -> None:
        """A job is about to be started."""

    def released(self) -> None:
        """Something follows from what ended: other jobs may start, or the commands of actions."""

    def recovering(self, number: int, group: int | None) -> None:
        """The recovery script of a job was started, as a process group, or is to be."""

    def recovered(self, number: int) -> None:
        """The recovery script of a job is over."""

    def acting(self, place: int, command: int, group: int) -> None:
        """A command of the action at `place` was started; those before it are done."""

    def acted(self, place: int, commands: int) -> None:
        """So many commands of an action are done; OVER if that is all of it."""
