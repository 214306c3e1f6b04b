"""The commands of a run that are no jobs: recovery scripts between two attempts, and the commands of actions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.run.keeper import OVER

if TYPE_CHECKING:
    from collections.abc import Callable

    from torclint.run.actions import Triggers
    from torclint.run.keeper import Keeper
    from torclint.run.plan import Plan
    from torclint.run.scheduler import Scheduler
    from torclint.run.starting import Starter
    from torclint.spec.model import FailureRule

    Note = Callable[[str], None]
    Watch = Callable[[int], None]  # takes the group of a command that was started
    Spared = Callable[[Exception], bool]  # whether what could not be started is to be started later


class Recoveries:
    """The recovery scripts that are running; the jobs that wait for them are on hold."""

    def __init__(
        self,
        plan: Plan,
        scheduler: Scheduler,
        starter: Starter,
        keeper: Keeper,
        watch: Watch,
        spared: Spared,
        note: Note,
    ) -> None:
        self._plan = plan
        self._spared = spared
        self._put_off: list[tuple[int, int, FailureRule, int]] = []
        self._scheduler = scheduler
        self._starter = starter
        self._keeper = keeper
        self._watch = watch
        self._note = note
        self.groups: dict[int, int] = {}  # process group -> job

    def start(self, number: int, attempt: int, rule: FailureRule, code: int) -> None:
        """Prepare another attempt of a job that ended with `code` and is on hold: by a script, if the rule has one."""
        if rule.recovery_script is None:
            self._scheduler.unhold(number)
            return
        name = self._plan.jobs.name(number)
        try:
            group = self._starter.recovery(self._plan.jobs.id(number), name, attempt, rule.recovery_script, code)
        except (OSError, ValueError) as error:
            if self._spared(error):
                self._put_off.append((number, attempt, rule, code))
                self._keeper.recovering(number, None)
                return
            self._note(f"the recovery script of {name} could not be started: {error}")
            self._scheduler.unhold(number)
            return
        self.groups[group] = number
        self._watch(group)
        self._keeper.recovering(number, group)

    def start_put_off(self) -> None:
        """Start what could not be started before."""
        again = self._put_off
        self._put_off = []
        for each in again:
            self.start(*each)

    def ended(self, group: int, code: int) -> None:
        """A script ended; the job may be tried again, whatever came of it (Torc 1.0.0, job_runner.rs:2884)."""
        number = self.groups.pop(group)
        if code:
            name = self._plan.jobs.name(number)
            self._note(f"the recovery script of {name} failed with {code}; the job is tried again all the same")
        self._keeper.recovered(number)
        self._scheduler.unhold(number)


class Actions:
    """Carries out what is due, one command after the other; one that fails ends its action (job_runner.rs:3702)."""

    def __init__(
        self,
        plan: Plan,
        triggers: Triggers,
        starter: Starter,
        keeper: Keeper,
        watch: Watch,
        spared: Spared,
        note: Note,
    ) -> None:
        self._spared = spared
        self._put_off: int | None = None  # the command of the first action that is due
        self._actions = plan.actions
        self._triggers = triggers
        self._starter = starter
        self._keeper = keeper
        self._watch = watch
        self._note = note
        self._stopped = False
        self._current: tuple[int, int, int] | None = None  # the group, the place of the action, that of its command

    @property
    def group(self) -> int | None:
        """The process group of the command that is running."""
        return self._current[0] if self._current else None

    def start_due(self) -> bool:
        """Start the next command that is due; whether one is running now, or cannot be started yet."""
        while self._current is None and self._triggers.due:
            place = self._triggers.due.popleft()
            command = self._keeper.past.actions.get(place, 0) if self._put_off is None else self._put_off
            self._put_off = None
            if not self._start(place, command):
                return True
        return self._current is not None

    def ended(self, code: int) -> None:
        """The running command ended. The next one of its action is started."""
        if self._current is None:
            return
        _, place, command = self._current
        self._current = None
        action = self._actions[place]
        if code and not self._stopped:
            self._note(f"action {action.trigger}: {action.commands[command]!r} failed with {code}")
            self._keeper.acted(place, OVER)
        elif code == 0 and command + 1 >= len(action.commands):
            self._keeper.acted(place, OVER)
        elif code == 0:
            self._keeper.acted(place, command + 1)
            if not self._stopped:
                self._start(place, command + 1)

    def stop(self) -> None:
        """Start no further command, not even of the action that is running."""
        self._stopped = True

    def _start(self, place: int, command: int) -> bool:
        """False where it is to be started later."""
        action = self._actions[place]
        try:
            group = self._starter.command(action.commands[command])
        except (OSError, ValueError) as error:
            if self._spared(error):
                self._triggers.due.appendleft(place)
                self._put_off = command
                return False
            self._note(f"a command of action {action.trigger} could not be started: {error}")
            self._keeper.acted(place, OVER)
            return True
        self._current = (group, place, command)
        self._watch(group)
        self._keeper.acting(place, command, group)
        return True
