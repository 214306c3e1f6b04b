"""Actions: which ones are due, and in which order."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from torclint.run.keeper import OVER

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from torclint.run.plan import Plan


class Triggers:
    """Counts towards each action of a plan; the places of those that are due wait in `due`, and every action becomes due
    at most once. `done`: how many of its commands were carried out before; OVER if nothing is left of it.

    Job-gated actions wait for all of their jobs (Torc 1.0.0, workflow_actions.rs:224). Unlike there, a cancelled job
    counts as complete, so that the action is not lost.
    """

    def __init__(self, plan: Plan, done: Mapping[int, int]) -> None:
        self.due: deque[int] = deque()
        self._by_moment: dict[str, list[int]] = {}
        self._left: list[int] = []
        self._gated: list[int] = []
        self._watched: dict[str, dict[int, list[int]]] = {"on_jobs_ready": {}, "on_jobs_complete": {}}
        for action_place, action in enumerate(plan.actions):
            if done.get(action_place) == OVER:
                continue
            if action.trigger not in self._watched:
                self._by_moment.setdefault(action.trigger, []).append(action_place)
                continue
            watched = self._watched[action.trigger]
            for number in action.jobs:
                watched.setdefault(number, []).append(len(self._gated))
            self._gated.append(action_place)
            self._left.append(len(action.jobs))

    def moment(self, trigger: str) -> bool:
        """The workflow or the runner starts or completes; whether anything became due."""
        actions = self._by_moment.pop(trigger, [])
        self.due.extend(actions)
        return bool(actions)

    def ready(self, numbers: Iterable[int]) -> None:
        """These jobs became ready for the first time."""
        self._count(self._watched["on_jobs_ready"], numbers)

    def ended(self, numbers: Iterable[int]) -> None:
        """These jobs have their final status."""
        self._count(self._watched["on_jobs_complete"], numbers)

    def _count(self, watched: dict[int, list[int]], numbers: Iterable[int]) -> None:
        if not watched:
            return
        for number in numbers:
            for place in watched.get(number, ()):
                self._left[place] -= 1
                if not self._left[place]:
                    self.due.append(self._gated[place])
