"""How much longer a run will take, from the jobs that have ended so far."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.run.scheduler import BLOCKED, READY, RUNNING

if TYPE_CHECKING:
    from torclint.run.listen import Ended
    from torclint.run.plan import Plan
    from torclint.run.scheduler import Scheduler

_ENOUGH = 2.0  # seconds before which nothing is said
_STAGES = 1000  # so many are looked at one by one


class Pace:
    """The mean times of the stages. A stage of which nothing has ended yet goes by its declared runtime, or by what it
    took in an earlier run, on the scale of those that have."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._declared = [0.0] * len(plan.stages)
        for kind in plan.kinds:
            self._declared[kind.stage] = float(kind.resources.runtime)
        for number, seconds in plan.expected.items():
            self._declared[plan.kind(number).stage] = seconds
        self._seconds = [0.0] * len(plan.stages)
        self._ended = [0] * len(plan.stages)
        self._work = 0.0  # seconds of all that ended
        self._foreseen = 0.0  # seconds of the same as declared

    def ended(self, end: Ended) -> None:
        stage = self._plan.kind(end.number).stage
        self._seconds[stage] += end.seconds
        self._ended[stage] += 1
        self._work += end.seconds
        self._foreseen += self._declared[stage]

    def left(self, scheduler: Scheduler, passed: float) -> float | None:
        """Seconds until the end, `passed` seconds after the beginning; None where nothing can be said yet.

        As many jobs are taken to run side by side as did on average up to now.
        """
        if passed < _ENOUGH or not self._work or len(self._ended) > _STAGES:
            return None
        side_by_side = max(1.0, self._work / passed)
        return self._work_left(scheduler) / side_by_side

    def _work_left(self, scheduler: Scheduler) -> float:
        scale = self._work / self._foreseen if self._foreseen else 0.0
        total = 0.0
        for stage, counts in enumerate(scheduler.counts):
            mean = self._seconds[stage] / self._ended[stage] if self._ended[stage] else self._declared[stage] * scale
            total += mean * (counts[BLOCKED] + counts[READY] + counts[RUNNING] / 2)
        return total
