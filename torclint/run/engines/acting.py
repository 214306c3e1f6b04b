"""The commands of actions, run here while the jobs run elsewhere."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

from torclint.run.actions import Triggers
from torclint.run.keeper import OVER

if TYPE_CHECKING:
    from collections.abc import Callable

    from torclint.run.keeper import Keeper
    from torclint.run.outputs import OutputFolder
    from torclint.run.plan import Plan


class Acting:
    """Runs what is due, one command after the other; one that fails ends its action (job_runner.rs:3702)."""

    def __init__(self, plan: Plan, outputs: OutputFolder, keeper: Keeper, note: Callable[[str], None]) -> None:
        self.triggers = Triggers(plan, keeper.past.actions)
        self._actions = plan.actions
        self._outputs = outputs
        self._keeper = keeper
        self._note = note

    def moments(self, *names: str) -> None:
        """These moments of the workflow have come."""
        for name in names:
            self.triggers.moment(name)
        self.run_due()

    def run_due(self) -> None:
        while self.triggers.due:
            place = self.triggers.due.popleft()
            action = self._actions[place]
            for command in action.commands[self._keeper.past.actions.get(place, 0) :]:
                code = self._run(command)
                if code:
                    self._note(f"action {action.trigger}: {command!r} failed with {code}")
                    break
            self._keeper.acted(place, OVER)

    def _run(self, text: str) -> int:
        env = {**os.environ, **self._outputs.environment()}
        env.pop("TORC_API_URL", None)
        log = self._outputs.commands.stdout
        assert log is not None
        with open(log, "ab") as output:
            done = subprocess.run(
                ["bash", "-c", text],
                cwd=self._outputs.path,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
            )
        return done.returncode
