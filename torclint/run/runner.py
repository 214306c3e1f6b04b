"""The loop of a run: start what may start, wait, and see to what ended. One thread, and no waiting by the clock."""

from __future__ import annotations

import contextlib
import signal
import time
from typing import TYPE_CHECKING

from torclint.run.actions import Triggers
from torclint.run.commands import Actions, Recoveries
from torclint.run.ends import Ends
from torclint.run.faults import crash_point
from torclint.run.halt import Halt
from torclint.run.interrupts import NOTHING, Interrupts
from torclint.run.keeper import Keeper
from torclint.run.obstacles import obstacles
from torclint.run.outcome import Ledger, Outcome
from torclint.run.outputs import OutputFolder
from torclint.run.policy import AS_TORC, Policy
from torclint.run.process import Children, Exit, Streams, signal_group
from torclint.run.progress import Lines
from torclint.run.running import End, Running, RunningJobs
from torclint.run.scheduler import BLOCKED, CANCELED, PENDING_FAILED, READY, TERMINAL, Scheduler
from torclint.run.shortage import PAUSE, Shortage
from torclint.run.starting import Lacking, Starter
from torclint.run.survivors import Survivors
from torclint.run.watchdog import Watchdog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from torclint.run.listen import Listener
    from torclint.run.plan import Plan
    from torclint.run.scheduler import Capacity


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
        self._loss_told = False
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
        self._jobs = RunningJobs(plan, policy)
        self._halt = Halt(self._jobs, self._note)
        self._ends = Ends(
            plan,
            self.scheduler,
            self.ledger,
            self._keeper,
            self._triggers,
            self._recoveries,
            self._halt,
            self._listeners,
            self.folder.path,
            fails_fast=policy.fails_fast,
        )
        self._shortage = Shortage()
        self._survivors = Survivors()

    def run(self) -> Outcome:
        """Run to the end, or until interrupted. When it returns, no process that it started is alive."""
        started = time.monotonic()
        with Interrupts() as self._halt.interrupts:
            self._children = Children(self._halt.interrupts.wakeup)
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
            self._halt.level > NOTHING and not self._halt.gave_up,
            time.monotonic() - started,
            self.folder.path,
            self._halt.trouble,
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
            self._ends.recover_again(kept)

    def _turn(self) -> bool:
        """One round of the loop; False where there is nothing left to do."""
        self._heed_interrupts()
        now = time.monotonic()
        if self._triggers.due:
            self._keeper.released()
        for listener in self._listeners:
            listener.turn(now)
        if self._keeper.trouble:
            self._halt.stop_for(f"the state of the run cannot be kept: {self._keeper.trouble}")
        if self._keeper.loss and not self._loss_told:
            self._loss_told = True
            self._note(self._keeper.loss)
        if self._halt.level == NOTHING:
            self._start()
        if self._keeper.urgent and self._halt.level == NOTHING:
            return True
        if not self._busy() and self._shortage.acute and self._halt.level == NOTHING:
            self._wait(now, PAUSE)
            return True
        if not self._busy():
            return self._halt.level == NOTHING and (bool(self._triggers.due) or self._closing_actions())
        self._wait(now, self._timeout(now))
        self._jobs.hold_to_limits(time.monotonic())
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
        waits = [self._halt.wait(now), self._watchdog.wait(now), *self._jobs.waits(now)]
        waits += [listener.interval for listener in self._listeners if listener.interval]
        if self._shortage.acute:
            waits.append(PAUSE)
        limits = [wait for wait in waits if wait is not None]
        return max(0.0, min(limits)) if limits else None

    def _heed_interrupts(self) -> None:
        number = self._halt.heed()
        if number is None:
            return
        self._actions.stop()
        for group in self._groups():
            signal_group(group, number)
            signal_group(group, signal.SIGCONT)  # a stopped process hears nothing else

    def _groups(self) -> list[int]:
        groups = [*self._jobs, *self._recoveries.groups]
        if self._actions.group is not None:
            groups.append(self._actions.group)
        return groups

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
            if self._halt.is_wanted:
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
            self._ends.ended(Running(number, job, attempt, started, Streams()), End(1, f"could not be started: {text}"))
            return
        self._shortage.started()
        self.ledger.attempts[number] = attempt
        self._jobs.add(group, Running(number, job, attempt, started, streams))
        self._watch(group)
        for listener in self._listeners:
            listener.started(number, job.name, attempt, group)

    def _spared(self, error: Exception) -> bool:
        """Whether it is not the fault of a command that it could not be started: it is to be started later."""
        if isinstance(error, Lacking):
            self._halt.stop_for(str(error))
            return True
        if not self._shortage.explains(error):
            return False
        if not self._shortage.refused(busy=self._busy()):
            self._halt.stop_for(f"the system refuses new processes: {error}")
        return True

    def _see_to(self, ended: Exit) -> None:
        crash_point()
        group = ended.pid
        self._watchdog.remove(group)
        self._survivors.look_at(group)
        if group in self._jobs:
            self._ends.ended(*self._jobs.remove(ended))
        elif group in self._recoveries.groups:
            self._recoveries.ended(group, ended.code)
        else:
            self._actions.ended(ended.code)

    def _watch(self, group: int) -> None:
        self._watchdog.add(group)
        self._children.add(group)

    def _note(self, text: str) -> None:
        for listener in self._listeners:
            listener.note(text)
