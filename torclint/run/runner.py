"""The loop of a run: start what may start, wait, and see to what ended. One thread, and no waiting by the clock."""

from __future__ import annotations

import contextlib
import signal
import time
from typing import TYPE_CHECKING, NamedTuple

from torclint.run.actions import Triggers
from torclint.run.commands import Actions, Recoveries
from torclint.run.deadlines import GRACE, Deadlines
from torclint.run.faults import crash_point
from torclint.run.interrupts import DRAIN, END, KILL, NOTHING, Interrupts
from torclint.run.keeper import Keeper
from torclint.run.limits import MemoryLimits
from torclint.run.listen import Ended, Listener
from torclint.run.obstacles import obstacles
from torclint.run.outcome import Ledger, Outcome
from torclint.run.outputs import OutputFolder, is_full, is_there, remove, tail
from torclint.run.policy import AS_TORC, Policy
from torclint.run.process import Children, Exit, Streams, signal_group
from torclint.run.progress import Lines, seconds
from torclint.run.scheduler import (
    BLOCKED,
    CANCELED,
    COMPLETED,
    FAILED,
    PENDING_FAILED,
    READY,
    TERMINAL,
    TERMINATED,
    Scheduler,
)
from torclint.run.shortage import PAUSE, Shortage
from torclint.run.starting import Lacking, Starter
from torclint.run.survivors import Survivors
from torclint.run.watchdog import Watchdog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torclint.run.keeper import Kept
    from torclint.run.plan import Job, Plan
    from torclint.run.scheduler import Capacity
    from torclint.spec.model import FailureRule

_TAIL_LINES = 10


class _Running(NamedTuple):
    number: int
    job: Job
    attempt: int
    started: float  # monotonic
    streams: Streams


class Runner:
    """Runs one plan once."""

    def __init__(
        self,
        plan: Plan,
        capacity: Capacity,
        output_dir: str,
        listeners: Sequence[Listener] = (),
        keeper: Keeper | None = None,
        policy: Policy = AS_TORC,
    ) -> None:
        """Goes on where the past of `keeper` ends. Raises Refused where the output folder cannot be written, ShellMissing
        without bash."""
        self.plan = plan
        self._keeper = keeper or Keeper()
        past = self._keeper.past
        self.folder = OutputFolder(output_dir, past.workflow, past.run)
        self.scheduler = Scheduler(plan, capacity, policy.order, past.statuses())
        self.ledger = Ledger.of(plan.size, past)
        self._keeper.placed(self.folder)
        self._log = open(self.folder.log_path, "a", encoding="utf-8")  # noqa: SIM115 - closed when the run is over
        self._listeners = (self._keeper, Lines(self._log), *listeners)
        self._triggers = Triggers(plan, past.actions)
        self._starter = Starter(self.folder, capacity.gpus, self._keeper.mark)
        around = (self._starter, self._keeper, self._watch, self._spared, self._note)
        self._recoveries = Recoveries(plan, self.scheduler, *around)
        self._actions = Actions(plan, self._triggers, *around)
        self._limits = MemoryLimits(plan)
        self._fails_fast = policy.fails_fast
        self._deadlines = Deadlines(plan, policy)
        self._gave_up = False  # ended by itself after a failure
        self._jobs: dict[int, _Running] = {}  # by process group
        self._over_memory: set[int] = set()
        self._shortage = Shortage()
        self._survivors = Survivors()
        self._level = NOTHING
        self._kill_at = float("inf")
        self._trouble = ""  # what keeps the run from going on

    def run(self) -> Outcome:
        """Run to the end, or until interrupted. When it returns, no process that it started is alive."""
        started = time.monotonic()
        with Interrupts() as self._interrupts:
            self._children = Children(self._interrupts.wakeup)
            self._watchdog = Watchdog(self._keeper.mark)
            try:
                self._begin()
                while self._turn():
                    pass
            finally:
                for group in self._groups():  # only after an error in the loop
                    signal_group(group, signal.SIGKILL)
                self._survivors.end()
                self._watchdog.close()
                self._children.close()
                for listener in self._listeners:
                    listener.close()
        outcome = Outcome(
            self.plan,
            self.scheduler,
            self.ledger,
            self._level > NOTHING and not self._gave_up,
            time.monotonic() - started,
            self.folder.path,
            self._trouble,
        )
        for listener in self._listeners:
            listener.finish(outcome)
        with contextlib.suppress(OSError):  # on a full disk its end is lost, and nothing else
            self._log.close()
        return outcome

    def _begin(self) -> None:
        for listener in self._listeners:
            listener.begin(self.plan, self.scheduler, self.ledger)
        for text in (*self._keeper.notes, *self.plan.remarks, *obstacles(self.scheduler)):
            self._note(text)
        if self._watchdog.trouble:
            self._note(f"no watchdog: {self._watchdog.trouble}; jobs go on if this program is killed with SIGKILL")
        self._triggers.moment("on_workflow_start")
        self._triggers.moment("on_worker_start")
        status = self.scheduler.status
        self._triggers.ready(number for number, now in enumerate(status) if now not in (BLOCKED, CANCELED))
        if self._keeper.past.ended:
            self._triggers.ended(number for number, now in enumerate(status) if now in TERMINAL)
        for kept in self._keeper.past.recovering:
            self._recover_again(kept)

    def _recover_again(self, kept: Kept) -> None:
        """The recovery script of a job was running when the runner died: once more, if there is still a rule for it."""
        rule = matching_rule(self.plan.kind(kept.number).rules or (), kept.code)
        if rule is None:
            self.scheduler.unhold(kept.number)
        else:
            self._recoveries.start(kept.number, kept.attempts, rule, kept.code)

    def _turn(self) -> bool:
        """One round of the loop; False where there is nothing left to do."""
        self._heed_interrupts()
        now = time.monotonic()
        if self._triggers.due:
            self._keeper.released()
        for listener in self._listeners:
            listener.turn(now)
        if self._keeper.trouble and not self._trouble:
            self._stop_for(f"the state of the run cannot be kept: {self._keeper.trouble}")
        if self._level == NOTHING:
            self._start()
        if self._keeper.urgent and self._level == NOTHING:
            return True
        if not self._busy() and self._shortage.acute and self._level == NOTHING:
            self._wait(now, PAUSE)
            return True
        if not self._busy():
            return self._level == NOTHING and (bool(self._triggers.due) or self._closing_actions())
        self._wait(now, self._timeout(now))
        self._watch_memory()
        self._watch_time()
        return True

    def _wait(self, now: float, timeout: float | None) -> None:
        """Until something ends, or the time is over."""
        self._watchdog.tell(now)
        for ended in self._children.wait(timeout):
            self._see_to(ended)
        self._shortage.acute = False

    def _busy(self) -> bool:
        return bool(self._jobs or self._recoveries.groups or self._actions.group is not None)

    def _closing_actions(self) -> bool:
        """Actions at the end of the workflow, if it is complete, and of the runner (job_runner.rs:1481)."""
        unfinished = sum(self.scheduler.total(status) for status in (BLOCKED, READY, PENDING_FAILED))
        if not unfinished and self._triggers.moment("on_workflow_complete"):
            return True
        return self._triggers.moment("on_worker_complete")

    def _timeout(self, now: float) -> float | None:
        limits = [self._kill_at - now] if self._level == END else []
        limits += [listener.interval for listener in self._listeners if listener.interval]
        if self._limits.interval:
            limits.append(self._limits.interval)
        if self._shortage.acute:
            limits.append(PAUSE)
        limits += [due for due in (self._deadlines.wait(now), self._watchdog.wait(now)) if due is not None]
        return max(0.0, min(limits)) if limits else None

    # Interrupts

    def _stop_for(self, trouble: str) -> None:
        """Start nothing more, since that would be lost or fail; what is running may finish."""
        if self._trouble:
            return
        self._trouble = trouble
        rest = ", those that are running may finish" if self._jobs else ""
        self._note(f"{trouble}; no more jobs are started{rest}")
        self._level = self._interrupts.level = max(self._level, DRAIN)

    def _heed_interrupts(self) -> None:
        level = self._interrupts.level
        if level == END and time.monotonic() >= self._kill_at:
            level = KILL
        if level == self._level:
            return
        self._level = level
        if level == DRAIN:
            self._note(f"interrupted: waiting for {len(self._jobs)} running jobs; once more ends them")
        elif level == END:
            self._note(f"ending {len(self._jobs)} running jobs")
            self._kill_at = time.monotonic() + GRACE
            self._actions.stop()
            self._signal_all(signal.SIGTERM)
        else:
            self._interrupts.level = KILL
            self._actions.stop()
            self._signal_all(signal.SIGKILL)

    def _groups(self) -> list[int]:
        groups = [*self._jobs, *self._recoveries.groups]
        if self._actions.group is not None:
            groups.append(self._actions.group)
        return groups

    def _signal_all(self, number: int) -> None:
        for group in self._groups():
            signal_group(group, number)
            signal_group(group, signal.SIGCONT)  # a stopped process hears nothing else

    # Starting

    def _start(self) -> None:
        """Actions that are due before jobs; while one runs no job is started, as in Torc's own loop."""
        self._recoveries.start_put_off()
        while not self._actions.start_due():
            self._start_jobs()
            if not self._triggers.due:
                return

    def _start_jobs(self) -> None:
        while not self._shortage.acute and not self._triggers.due and not self._keeper.urgent:
            number = self.scheduler.claim()
            if number is None:
                return
            self._start_job(number)
            if self._interrupts.level != NOTHING:
                return

    def _start_job(self, number: int) -> None:
        job = self.plan.jobs.job(number)
        attempt = self.ledger.attempts[number] + 1
        gpus = self.scheduler.gpus_of(number)
        started = time.monotonic()
        self._keeper.starting(number, job)
        try:
            group, streams = self._starter.job(
                self.plan.jobs.id(number), job, attempt, gpus, self.plan.kind(number).stdio
            )
        except (OSError, ValueError) as error:  # ValueError: a NUL in the command or in a variable
            if self._spared(error):
                self.scheduler.requeue(number)
                return
            self.ledger.attempts[number] = attempt
            text = error.strerror if isinstance(error, OSError) else str(error)
            self._job_ended(_Running(number, job, attempt, started, Streams()), 1, f"could not be started: {text}")
            return
        self._shortage.started()
        self.ledger.attempts[number] = attempt
        self._jobs[group] = _Running(number, job, attempt, started, streams)
        self._limits.add(group, self.plan.kind_of[number], started)
        self._watch(group)
        self._deadlines.add(group, self.plan.kind_of[number], started)
        for listener in self._listeners:
            listener.started(number, job.name, attempt, group)

    def _spared(self, error: Exception) -> bool:
        """Whether it is not the fault of a command that it could not be started: it is to be started later."""
        if isinstance(error, Lacking):
            self._stop_for(str(error))
            return True
        if not self._shortage.explains(error):
            return False
        if not self._shortage.refused(busy=self._busy()):
            self._stop_for(f"the system refuses new processes: {error}")
        return True

    # Ends

    def _see_to(self, ended: Exit) -> None:
        crash_point()
        group = ended.pid
        self._watchdog.remove(group)
        self._survivors.look_at(group)
        if group in self._jobs:
            running = self._jobs.pop(group)
            self._limits.remove(group)
            limit = self._deadlines.remove(group)
            if group in self._over_memory and ended.code == 128 + signal.SIGKILL:
                self._job_ended(running, self.plan.oom_exit_code, "used more memory than its limit")
            elif limit is not None and ended.code != 0 and self._level < END:
                late = f"took longer than its limit of {seconds(limit)}"
                self._job_ended(running, self.plan.time_up.code, late, TERMINATED)
            else:
                self._job_ended(running, ended.code, "")
            self._over_memory.discard(group)
        elif group in self._recoveries.groups:
            self._recoveries.ended(group, ended.code)
        else:
            self._actions.ended(ended.code)

    def _job_ended(self, running: _Running, code: int, reason: str, failure: int = FAILED) -> None:
        number = running.number
        if code == 0:
            missing = [path for path in running.job.outputs if not is_there(path)]
            if missing:  # Torc 1.0.0, job_runner.rs:2110
                code, reason = 1, "ended with 0, but its output is missing: " + ", ".join(missing)
        self.ledger.codes[number] = code
        self.ledger.seconds[number] = time.monotonic() - running.started
        if code == 0:
            if self.plan.kind(number).stdio.delete_on_success:
                remove(running.streams)
            self._finish(running, COMPLETED, code, reason)
        elif self._level >= END:
            self._stopped(running, code, "ended with the run")
        elif is_full(self.folder.path, "."):
            self._stopped(running, code, "failed while the disk was full")
            self._stop_for("the disk is full")
        else:
            self._failed(running, code, reason, failure)

    def _stopped(self, running: _Running, code: int, reason: str) -> None:
        """A job is to run again when the run goes on; nothing follows from its end."""
        self.scheduler.stop(running.number)
        self._tell_end(running, code, reason, stopped=True)

    def _failed(self, running: _Running, code: int, reason: str, failure: int) -> None:
        rules = self.plan.kind(running.number).rules
        rule = matching_rule(rules, code) if rules is not None else None
        if rule is None:
            self._finish(running, PENDING_FAILED if self.plan.use_pending_failed else failure, code, reason)
        elif running.attempt >= rule.max_retries:  # counts attempts, not retries (job_runner.rs:2839)
            self._finish(running, failure, code, reason)
        else:
            self.scheduler.hold(running.number)
            self._tell_end(running, code, reason, retried=True)
            self._recoveries.start(running.number, running.attempt, rule, code)

    def _finish(self, running: _Running, status: int, code: int, reason: str) -> None:
        changes = self.scheduler.finish(running.number, status)
        self._tell_end(running, code, reason)
        for cause, numbers in self._by_cause(changes.canceled).items():
            for listener in self._listeners:
                listener.canceled(numbers, self.plan.jobs.name(cause))
        if status != PENDING_FAILED:
            self._triggers.ended((running.number, *changes.canceled))
        self._triggers.ready(changes.ready)
        if changes.ready:
            self._keeper.released()
        if status != COMPLETED and self._fails_fast and not self._gave_up:
            self._gave_up = self._interrupts.level == NOTHING
            self._interrupts.level = max(self._interrupts.level, END)
            self._note(f"{running.job.name} did not complete, so the run is ended")

    def _by_cause(self, canceled: list[int]) -> dict[int, list[int]]:
        """The one that ended last need not be the one that failed."""
        found: dict[int, list[int]] = {}
        for number in canceled:
            found.setdefault(self.scheduler.cause(number), []).append(number)
        return found

    def _tell_end(
        self, running: _Running, code: int, reason: str, *, retried: bool = False, stopped: bool = False
    ) -> None:
        log, lines = ("", []) if code == 0 else tail(running.streams, _TAIL_LINES)
        number = running.number
        status = self.scheduler.status[number]
        seconds = self.ledger.seconds[number]
        end = Ended(
            number,
            running.job.name,
            status,
            code,
            running.attempt,
            seconds,
            reason,
            retried,
            log,
            tuple(lines),
            stopped,
        )
        for listener in self._listeners:
            listener.ended(end)

    def _watch_memory(self) -> None:
        for group in self._limits.exceeded(time.monotonic()):
            self._over_memory.add(group)
            signal_group(group, signal.SIGKILL)

    def _watch_time(self) -> None:
        for due in self._deadlines.due(time.monotonic()):
            signal_group(due.group, due.signal)
            signal_group(due.group, signal.SIGCONT)

    def _watch(self, group: int) -> None:
        self._watchdog.add(group)
        self._children.add(group)

    def _note(self, text: str) -> None:
        for listener in self._listeners:
            listener.note(text)


def matching_rule(rules: Sequence[FailureRule], code: int) -> FailureRule | None:
    """The rule that deals with an exit code: the first that lists it, else the first for all (job_runner.rs:2822)."""
    for rule in rules:
        if code in rule.exit_codes:
            return rule
    for rule in rules:
        if rule.match_all_exit_codes:
            return rule
    return None
