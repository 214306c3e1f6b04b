"""Following a workflow on a Torc server, and telling here what happens there."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, NamedTuple

from torclint.run.engines.errors import EngineError
from torclint.run.engines.torc.rest import ServerError
from torclint.run.outcome import NOT_RUN
from torclint.run.process import Streams
from torclint.run.scheduler import CANCELED, COMPLETED, NAMES, READY, RUNNING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from torclint.run.engines.mirror import Teller
    from torclint.run.engines.torc.rest import Server

# `pending` is between ready and running: a runner has taken the job (models.rs:1788)
_STATUSES = {name: number for number, name in enumerate(NAMES)} | {
    "uninitialized": 0,
    "pending": RUNNING,
    "disabled": READY,
}
_PATIENCE = 60.0  # seconds without an answer after which we give up
_SHARE = 10  # a look takes at most one part in so many of the time, unless that would be too seldom
_INTERVAL, _SELDOM = 1.0, 30.0


class _Result(NamedTuple):
    code: int
    attempt: int
    seconds: float


class Follower:
    """Looks at a workflow, again and again. `complete`: all of its jobs have come to their end.

    `tells_cancellations`: cancelled jobs are news, since it was not the whole workflow that was cancelled.
    """

    def __init__(self, server: Server, workflow: int, teller: Teller, output_dir: str) -> None:
        """Raises EngineError where the jobs there are not those that are expected."""
        self._server = server
        self._workflow = workflow
        self._teller = teller
        self._output_dir = output_dir
        self.complete = False
        self.tells_cancellations = True
        self.nodes = 0  # that work on it, or will
        names = {name: number for number, name in enumerate(teller.plan.jobs.names())}
        self._numbers: dict[int, int] = {}  # Torc's id -> number
        for row in server.rows("/jobs", workflow_id=workflow, sort_by="id"):
            number = names.get(row["name"])
            if number is None:
                raise EngineError(f"workflow {workflow} has a job {row['name']!r} that is not in the spec")
            self._numbers[row["id"]] = number
        self._seen = bytearray(teller.plan.size)  # status
        self._counts: Any = None
        self._run = 1
        self._silent_since: float | None = None
        self.next = 0.0  # monotonic; when to look again

    @property
    def ids(self) -> dict[int, int]:
        """Torc's id of each job, by its number."""
        return {number: job for job, number in self._numbers.items()}

    def know(self, completed: Mapping[int, float]) -> None:
        """These jobs have completed already, in so many seconds: no news."""
        for number, seconds in completed.items():
            self._seen[number] = COMPLETED
            self._teller.carried(number, seconds)

    def look(self) -> None:
        """Tell what is new. A server that does not answer for a while is waited for; raises ServerError after that."""
        began = time.monotonic()
        try:
            self._look()
            self._silent_since = None
        except ServerError as error:
            if error.code and error.code < 500:
                raise
            if self._silent_since is None:
                self._silent_since = began
                self._teller.note(f"{error}; waiting for it")
            elif began - self._silent_since > _PATIENCE:
                raise
        now = time.monotonic()
        self.next = now + min(max(_INTERVAL, _SHARE * (now - began)), _SELDOM)

    def _look(self) -> None:
        status = self._server.get(f"/workflows/{self._workflow}/status")
        self.nodes = sum(
            status[key] for key in ("active_compute_nodes", "pending_scheduled_nodes", "active_scheduled_nodes")
        )
        if status["jobs_by_status"] != self._counts:
            self._run = self._server.get(f"/workflows/{self._workflow}").get("run_id") or 1
            self._tell_changes()
            self._counts = status["jobs_by_status"]
        self.complete = bool(status["is_complete"])

    def _tell_changes(self) -> None:
        changed: list[tuple[int, int, int, int]] = []  # Torc's id, number, status, attempt
        for row in self._server.rows("/jobs", workflow_id=self._workflow, sort_by="id"):
            number = self._numbers.get(row["id"])
            if number is None:
                continue  # jobs that jobs have added
            status = _STATUSES[row["status"]]
            if status != self._seen[number]:
                changed.append((row["id"], number, status, row.get("attempt_id") or 1))
        if not changed:
            return
        results = self._results()
        canceled: list[int] = []
        for job, number, status, attempt in changed:
            self._seen[number] = status
            result = results.get(job, _Result(NOT_RUN, attempt, 0.0))
            if status == RUNNING:
                self._teller.started(number, attempt)
            elif status == CANCELED:
                canceled.append(number)
            elif status > RUNNING:
                streams = self._streams(job, result.attempt)
                self._teller.ended(number, status, result.code, result.attempt, result.seconds, streams)
            else:
                self._teller.mirror.put(number, status)
        if canceled and self.tells_cancellations:
            self._teller.canceled(canceled, "what they wait for")
        for number in canceled:
            self._teller.mirror.put(number, CANCELED)

    def _results(self) -> dict[int, _Result]:
        """By Torc's id of the job. Only the last attempt leaves one (job_runner.rs:2847)."""
        return {
            row["job_id"]: _Result(row["return_code"], row.get("attempt_id") or 1, row["exec_time_minutes"] * 60)
            for row in self._server.rows("/results", workflow_id=self._workflow)
        }

    def _streams(self, job: int, attempt: int) -> Streams:
        """Where an attempt wrote, if it ran where this folder is (log_paths.rs:38)."""
        base = f"{self._output_dir}/job_stdio/job_wf{self._workflow}_j{job}_r{self._run}_a{attempt}"
        return Streams(f"{base}.o", f"{base}.e")
