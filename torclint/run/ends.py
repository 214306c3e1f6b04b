"""What follows from the end of an attempt: its status, another attempt, and what becomes of the jobs that wait for it."""

from __future__ import annotations

import signal
import time
from typing import TYPE_CHECKING

from torclint.run.interrupts import END
from torclint.run.listen import Ended
from torclint.run.outputs import is_full, is_there, remove, tail
from torclint.run.running import End
from torclint.run.scheduler import COMPLETED, PENDING_FAILED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torclint.run.actions import Triggers
    from torclint.run.commands import Recoveries
    from torclint.run.halt import Halt
    from torclint.run.keeper import Keeper, Kept
    from torclint.run.listen import Listener
    from torclint.run.outcome import Ledger
    from torclint.run.plan import Plan
    from torclint.run.running import Running
    from torclint.run.scheduler import Scheduler
    from torclint.spec.model import FailureRule

_TAIL_LINES = 10
_BY_TERMINAL = (128 + signal.SIGINT, 128 + signal.SIGQUIT)  # exit codes


class Ends:
    """Sees to attempts that are over. `fails_fast`: the first job that does not complete ends the run."""

    def __init__(
        self,
        plan: Plan,
        scheduler: Scheduler,
        ledger: Ledger,
        keeper: Keeper,
        triggers: Triggers,
        recoveries: Recoveries,
        halt: Halt,
        listeners: Sequence[Listener],
        folder: str,
        *,
        fails_fast: bool,
    ) -> None:
        """`folder`: where jobs write to."""
        self._plan = plan
        self._scheduler = scheduler
        self._ledger = ledger
        self._keeper = keeper
        self._triggers = triggers
        self._recoveries = recoveries
        self._halt = halt
        self._listeners = listeners
        self._folder = folder
        self._fails_fast = fails_fast

    def ended(self, running: Running, end: End) -> None:
        """An attempt is over, or could not be started."""
        number = running.number
        if end.code == 0:
            missing = [path for path in running.job.outputs if not is_there(path)]
            if missing:  # Torc 1.0.0, job_runner.rs:2110
                end = End(1, "ended with 0, but its output is missing: " + ", ".join(missing))
        self._ledger.codes[number] = end.code
        self._ledger.seconds[number] = time.monotonic() - running.started
        if end.code == 0:
            if self._plan.kind(number).stdio.delete_on_success:
                remove(running.streams)
            self._finish(running, COMPLETED, end)
        elif self._halt.level >= END or (self._halt.is_wanted and end.code in _BY_TERMINAL):
            # Ctrl-C is for the group of the runner, in which a job is for a moment, too, before it gets one of its own
            self._stop(running, end._replace(reason="ended with the run"))
        elif is_full(self._folder, "."):
            self._stop(running, end._replace(reason="failed while the disk was full"))
            self._halt.stop_for("the disk is full")
        else:
            self._fail(running, end)

    def recover_again(self, kept: Kept) -> None:
        """The recovery script of a job was running when the runner died: once more, if there is still a rule for it."""
        rule = matching_rule(self._plan.kind(kept.number).rules or (), kept.code)
        if rule is None:
            self._scheduler.unhold(kept.number)
        else:
            self._recoveries.start(kept.number, kept.attempts, rule, kept.code)

    def _stop(self, running: Running, end: End) -> None:
        """A job is to run again when the run goes on; nothing follows from its end."""
        self._scheduler.stop(running.number)
        self._tell(running, end, stopped=True)

    def _fail(self, running: Running, end: End) -> None:
        rule = matching_rule(self._plan.kind(running.number).rules or (), end.code)
        if rule is None:
            self._finish(running, PENDING_FAILED if self._plan.use_pending_failed else end.failure, end)
        elif running.attempt >= rule.max_retries:  # counts attempts, not retries (job_runner.rs:2839)
            self._finish(running, end.failure, end)
        else:
            self._scheduler.hold(running.number)
            self._tell(running, end, retried=True)
            self._recoveries.start(running.number, running.attempt, rule, end.code)

    def _finish(self, running: Running, status: int, end: End) -> None:
        changes = self._scheduler.finish(running.number, status)
        self._tell(running, end)
        for cause, numbers in self._by_cause(changes.canceled).items():
            for listener in self._listeners:
                listener.canceled(numbers, self._plan.jobs.name(cause))
        if status != PENDING_FAILED:
            self._triggers.ended((running.number, *changes.canceled))
        self._triggers.ready(changes.ready)
        if changes.ready:
            self._keeper.released()
        if status != COMPLETED and self._fails_fast:
            self._halt.give_up(running.job.name)

    def _by_cause(self, canceled: list[int]) -> dict[int, list[int]]:
        """The one that ended last need not be the one that failed."""
        found: dict[int, list[int]] = {}
        for number in canceled:
            found.setdefault(self._scheduler.cause(number), []).append(number)
        return found

    def _tell(self, running: Running, end: End, *, retried: bool = False, stopped: bool = False) -> None:
        log, lines = ("", []) if end.code == 0 else tail(running.streams, _TAIL_LINES)
        number = running.number
        told = Ended(
            number,
            running.job.name,
            self._scheduler.status[number],
            end.code,
            running.attempt,
            self._ledger.seconds[number],
            end.reason,
            retried,
            log,
            tuple(lines),
            stopped,
        )
        for listener in self._listeners:
            listener.ended(told)


def matching_rule(rules: Sequence[FailureRule], code: int) -> FailureRule | None:
    """The rule that deals with an exit code: the first that lists it, else the first for all (job_runner.rs:2822)."""
    for rule in rules:
        if code in rule.exit_codes:
            return rule
    for rule in rules:
        if rule.match_all_exit_codes:
            return rule
    return None
