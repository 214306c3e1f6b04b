"""Running a workflow on HyperQueue: one submission, and then reading what the wrappers write down."""

from __future__ import annotations

import contextlib
import copy
import hashlib
import json
import os
import select
import shutil
import subprocess
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from torclint.report.numbers import plural
from torclint.run.engines.acting import Acting
from torclint.run.engines.errors import EngineError
from torclint.run.engines.hyperqueue import handover
from torclint.run.engines.hyperqueue.cluster import Cluster
from torclint.run.engines.hyperqueue.news import OPEN, News
from torclint.run.engines.hyperqueue.probing import Probe
from torclint.run.engines.hyperqueue.records import Records
from torclint.run.engines.hyperqueue.tasks import NOBODY, needs
from torclint.run.engines.hyperqueue.works import Work, works
from torclint.run.engines.mirror import Teller, endless
from torclint.run.interrupts import DRAIN, END, KILL, Interrupts
from torclint.run.interrupts import NOTHING as UNDISTURBED
from torclint.run.keeper import Keeper
from torclint.run.obstacles import obstacles
from torclint.run.outputs import OutputFolder
from torclint.run.progress import Lines
from torclint.run.scheduler import Capacity
from torclint.run.watchdog import MARK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from torclint.run.listen import Listener
    from torclint.run.outcome import Outcome
    from torclint.run.plan import Plan
    from torclint.run.policy import Policy

_LOOK = 0.1  # seconds between two looks at the records
_ASK = 1.0  # seconds between two questions to the server
_PATIENCE = 30.0  # seconds without an answer, after which the server is given up
_PROBE = 20.0  # seconds in which workers have to take a task that does nothing
_WINDING_UP = 10.0  # seconds that jobs have to end after they were told to


class Request(NamedTuple):
    """What to run, on the server at `server_dir`, or on `workers` workers of our own that share `here`, this machine.

    `text` is that of the spec. With `insists` nobody is asked whether workers can take the jobs.
    """

    text: str
    plan: Plan
    policy: Policy
    server_dir: str | None
    workers: int
    here: Capacity
    output_dir: str
    insists: bool = False


def run(request: Request, listeners: Sequence[Listener], keeper: Keeper | None = None) -> Outcome:
    """Run to the end, or until interrupted; goes on where the past of `keeper` ends.

    Raises EngineError where HyperQueue cannot be used, Refused where the output folder cannot be written.
    """
    with contextlib.ExitStack() as stack:
        cluster = Cluster(request.server_dir, request.workers, request.here.cpus)
        stack.callback(cluster.close)
        interrupts = stack.enter_context(Interrupts())
        return _Run(request, cluster, interrupts, listeners, keeper or Keeper()).run()


class _Run:
    def __init__(
        self,
        request: Request,
        cluster: Cluster,
        interrupts: Interrupts,
        listeners: Sequence[Listener],
        keeper: Keeper,
    ) -> None:
        self._request = request
        self._plan = plan = request.plan
        self._cluster = cluster
        self._interrupts = interrupts
        self._keeper = keeper
        self._outputs = OutputFolder(request.output_dir, keeper.past.workflow, keeper.past.run)
        keeper.placed(self._outputs)
        self._folder = handover.folder_of(self._outputs)
        self._digest = hashlib.sha256(request.text.encode("utf-8", "surrogatepass")).hexdigest()
        self._log = open(self._outputs.log_path, "a", encoding="utf-8")  # noqa: SIM115 - closed at the end
        capacity = endless(plan) if request.server_dir is not None else _of_one_worker(request)
        self._teller = Teller(plan, capacity, (Lines(self._log), *listeners), self._outputs.path, keeper)
        self._acting = Acting(plan, self._outputs, keeper, self._teller.note)
        self._news = News(plan, self._teller, self._acting.triggers, keeper, interrupts, self._outputs)
        self._job = 0  # its number in HyperQueue
        self._jobs_of: list[int] = []  # by task: the number of the job
        self._trouble = ""

    def run(self) -> Outcome:
        teller, mirror = self._teller, self._teller.mirror
        with self._log:
            teller.begin()
            for text in obstacles(mirror):
                teller.note(text)
            self._acting.moments("on_workflow_start", "on_worker_start")
            earlier = self._earlier()
            if earlier is not None:
                self._folder = earlier
                teller.note(f"HyperQueue job {self._job} is still there: following it")
            else:
                self._hand_over()
            self._records = Records(self._folder)
            if self._job:
                self._follow()
            mirror.settle()
            if self._interrupts.level == UNDISTURBED:
                if not any(mirror.total(status) for status in OPEN):
                    self._acting.moments("on_workflow_complete")
                self._acting.moments("on_worker_complete")
            return teller.outcome(interrupted=self._interrupts.level > UNDISTURBED, trouble=self._trouble)

    # What went before

    def _earlier(self) -> Path | None:
        """The folder of the last submission, where that is still at work. What it has brought otherwise is told."""
        past = self._keeper.past
        if past.run <= 1:
            return None
        base = self._folder.name.rpartition("_r")[0]
        for run in range(past.run - 1, 0, -1):
            folder = self._folder.with_name(f"{base}_r{run}")
            try:
                told = json.loads((folder / "job.json").read_text("utf-8"))
            except (OSError, ValueError):
                continue
            if told["digest"] != self._digest:
                return None
            self._news.outputs = copy.copy(self._outputs)
            self._news.outputs.run = run
            if told["server_dir"] == self._cluster.server_dir:
                state = self._cluster.state(told["job"])
                if state is not None and not state.completed:
                    self._job = told["job"]
                    self._jobs_of = told["tasks"]
                    return folder
            self._news.tell(Records(folder), finals_only=True)
            self._news.outputs = self._outputs
            return None
        return None

    # Handing over

    def _hand_over(self) -> None:
        plan, teller = self._plan, self._teller
        numbers = handover.to_submit(teller.mirror)
        if not numbers:
            return
        own = self._request.server_dir is None
        mark = {MARK: self._keeper.mark} if own else {}  # jobs of another's server may outlive us
        handover.write(self._folder, plan, teller.mirror, teller.ledger, self._outputs, self._request.policy, mark)
        share = self._request.here.memory // max(1, self._request.here.cpus) if own else 0
        if not own and not self._request.insists:
            kinds = {plan.kind_of[number] for number in numbers}
            self._refuse_what_nobody_takes([needs(plan.kinds[kind].resources) for kind in sorted(kinds)])
        self._job = self._cluster.submit(plan.name, self._work(numbers, share), str(self._folder))
        handover.remember(self._folder, self._cluster.server_dir, self._job, self._digest, self._jobs_of)
        where = "workers of this run" if own else self._cluster.server_dir
        teller.note(f"{plural(len(numbers), 'job')} handed over as HyperQueue job {self._job}, on {where}")

    def _work(self, numbers: list[int], share: int) -> Iterator[Work]:
        for work in works(self._plan, numbers, self._folder, self._request.policy.order, share):
            self._jobs_of.append(work.job)
            yield work

    def _refuse_what_nobody_takes(self, wanted: list[dict[str, int | float]]) -> None:
        """Raises EngineError for needs that no worker meets now: HyperQueue itself would wait for ever."""
        probe = Probe(self._cluster, self._folder / "probe", wanted)
        until = time.monotonic() + _PROBE
        while probe.missing() and time.monotonic() < until:
            self._sleep(_LOOK)
            if self._interrupts.level:
                return
        missing = probe.missing()
        if not missing:
            return
        self._cancel(probe.job)
        told = ", ".join(f"{name} {amount:g}" for name, amount in missing[0].items())
        raise EngineError(
            f"no worker of the HyperQueue server took a task that needs {told} within {_PROBE:.0f} s, and such jobs would "
            'wait for ever: workers have to say what they have (hq worker start --resource "mem=sum(MiB)"); --no-check '
            "submits all the same"
        )

    # Following

    def _follow(self) -> None:
        answered = asked = time.monotonic()
        level = UNDISTURBED
        give_up = float("inf")
        mirror = self._teller.mirror
        submitted = [number for number in self._jobs_of if number != NOBODY]
        left = 0  # the first of these that has not ended; those before it have
        while True:
            news = self._news.tell(self._records)
            if self._interrupts.level == UNDISTURBED:
                self._acting.run_due()
            self._teller.turn()
            if news and not (self._keeper.urgent or self._keeper.trouble):
                self._records.keep()
            now = time.monotonic()
            while left < len(submitted) and mirror.status[submitted[left]] not in OPEN:
                left += 1
            if left == len(submitted):
                return
            if self._interrupts.level > level:
                level = self._interrupts.level
                give_up = self._heed(level, now)
            if level > UNDISTURBED and (not mirror.running or now > give_up):
                self._leave(level)
                return
            if now - asked >= _ASK:
                asked = now
                state = self._cluster.state(self._job)
                if state is not None:
                    answered = now
                if state is not None and state.completed:
                    self._news.tell(self._records)
                    self._news.tell_lost(self._cluster.failures(self._job), self._jobs_of)
                    return
                if now - answered > _PATIENCE:
                    self._trouble = f"the HyperQueue server at {self._cluster.server_dir} does not answer any more"
                    self._teller.note(self._trouble)
                    self._interrupts.level = DRAIN
                    return
            self._sleep(_LOOK)

    # Interrupts

    def _heed(self, level: int, now: float) -> float:
        """Tell the wrappers; when to stop waiting for them."""
        running = self._teller.mirror.running
        (self._folder / "drain").touch()
        if level == DRAIN:
            self._teller.note(f"interrupted: waiting for {plural(running, 'running job')}; once more ends them")
            return float("inf")
        (self._folder / "stop").touch()
        self._teller.note(f"ending {plural(running, 'running job')}")
        return now + (_WINDING_UP if level == END else 0.0) if level < KILL else now

    def _leave(self, level: int) -> None:
        if self._request.server_dir is not None:
            self._cancel(self._job)
        self._news.tell(self._records)

    def _cancel(self, job: int) -> None:
        """Where the program `hq` is there; without it, what is left of a job starts, sees `drain`, and ends at once."""
        hq = shutil.which("hq")
        if hq is not None:
            command = [hq, "--server-dir", self._cluster.server_dir, "job", "cancel", str(job)]
            subprocess.run(command, capture_output=True, check=False, timeout=60)

    def _sleep(self, seconds: float) -> None:
        if select.select([self._interrupts.wakeup], [], [], seconds)[0]:
            with contextlib.suppress(BlockingIOError):
                os.read(self._interrupts.wakeup, 512)


def _of_one_worker(request: Request) -> Capacity:
    """What the largest worker of our own has; of GPUs they know nothing."""
    cpus = max(1, -(-request.here.cpus // request.workers))
    return Capacity(cpus, request.here.memory * cpus // max(1, request.here.cpus), 0)
