"""What a run tells while it goes on. Progress views listen, and so does what keeps its state."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from torclint.run.outcome import Ledger, Outcome
    from torclint.run.plan import Plan
    from torclint.run.scheduler import Scheduler


class Ended(NamedTuple):
    """One attempt of a job that is over. `retried`: another attempt follows. `log` and `tail`: what it wrote last.
    `stopped`: it was ended with the run, and runs again when the run goes on."""

    number: int
    name: str
    status: int
    code: int
    attempt: int
    seconds: float
    reason: str = ""
    retried: bool = False
    log: str = ""
    tail: tuple[str, ...] = ()
    stopped: bool = False


class Listener:
    """Hears of everything that happens in a run, in order. Every method may be left as it is."""

    interval: float | None = None  # seconds after which it wants another turn, should nothing else happen

    def begin(self, plan: Plan, scheduler: Scheduler, ledger: Ledger) -> None:
        """The run is about to start its first job."""

    def started(self, number: int, name: str, attempt: int, group: int) -> None:
        """A job was started; `group` is its process group."""

    def ended(self, end: Ended) -> None:
        """An attempt of a job is over."""

    def canceled(self, numbers: list[int], cause: str) -> None:
        """Jobs were cancelled because of the job named `cause`."""

    def note(self, text: str) -> None:
        """Something that whoever watches should know."""

    def turn(self, now: float) -> None:
        """All that ended was told, and no job that it released has been started yet."""

    def close(self) -> None:
        """Nothing of the run is alive any more, whether it came to its end or broke down."""

    def finish(self, outcome: Outcome) -> None:
        """What came of a run that did not break down; the last of all."""
