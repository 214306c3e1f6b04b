"""The side of HyperQueue: its server, its workers, and its Python package, which is imported when it is first used."""

from __future__ import annotations

import contextlib
import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from torclint.run.engines.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from torclint.run.engines.hyperqueue.works import Work

INSTALL = "install it: pip install 'torclint[hyperqueue]'"


class State(NamedTuple):
    """How far a HyperQueue job has come."""

    finished: int
    failed: int
    total: int
    completed: bool


class Cluster:
    """A running server at `server_dir`, or one of our own with `workers` workers that share the CPUs of this machine."""

    def __init__(self, server_dir: str | None, workers: int, cpus: int) -> None:
        """Raises EngineError where the package is missing or no server answers."""
        try:
            import hyperqueue
            from hyperqueue.ffi import protocol
        except ImportError as error:
            raise EngineError(f"the Python package hyperqueue cannot be imported ({error}); {INSTALL}") from None
        self._protocol = protocol
        self._own: Any = None
        if server_dir is None:
            with _silent():
                self._own = hyperqueue.LocalCluster()
                for number in range(workers):
                    share = cpus // workers + (number < cpus % workers)
                    self._own.start_worker(hyperqueue.cluster.WorkerConfig(cores=max(1, share)))
            server_dir = str(self._own.cluster.server_dir)
        self.server_dir = server_dir
        try:
            self._connection = hyperqueue.Client(server_dir).connection
        except Exception as error:  # the package raises bare exceptions
            self.close()
            raise EngineError(
                f"no HyperQueue server answers at {server_dir}: {_short(error)}; hq server start"
            ) from None

    def submit(self, name: str, work: Iterable[Work], folder: str) -> int:
        """Submit one job of these tasks; its id. Raises EngineError."""
        protocol = self._protocol
        descriptions = [
            protocol.TaskDescription(
                id=place,
                args=each.args,
                cwd=folder,
                stdout=None,
                stderr=None,
                stdin=None,
                env={},
                dependencies=each.waits,
                task_dir=False,
                priority=each.priority,
                resource_request=(
                    protocol.ResourceRequest(
                        cpus=each.needs["cpus"],
                        resources={key: value for key, value in each.needs.items() if key != "cpus"},
                    ),
                ),
                crash_limit=None,
            )
            for place, each in enumerate(work)
        ]
        try:
            return int(
                self._connection.submit_job(protocol.JobDescription(name=name, tasks=descriptions, max_fails=None))
            )
        except Exception as error:
            raise EngineError(f"HyperQueue does not take the workflow: {_short(error)}") from None

    def state(self, job: int) -> State | None:
        """How far a job has come; None where the server does not answer, or knows no such job."""
        found: list[dict[str, Any]] = []

        def look(states: dict[int, dict[str, Any]]) -> None:
            found.extend(states.values())
            raise _Enough

        with contextlib.suppress(Exception):  # one look is enough, and the package offers to wait only
            self._connection.wait_for_jobs((job,), look)
        return State(**found[0]) if found else None

    def failures(self, job: int) -> dict[int, str]:
        """By place of the task: what went wrong."""
        try:
            found = self._connection.get_failed_tasks((job,))
        except Exception:
            return {}
        return {place: context.error for place, context in found.get(job, {}).items()}

    def close(self) -> None:
        """End the server, if it is ours, and its workers with all that they run."""
        if self._own is None:
            return
        own, self._own = self._own, None
        try:
            own.stop()
        except BaseException as error:  # a panic of the server, which has ended then; it is no Exception
            if type(error).__name__ != "PanicException":
                raise


class _Enough(Exception):
    pass


def _short(error: Exception) -> str:
    text = str(error).partition("Stack backtrace:")[0].partition("Caused by:")[0]
    return " ".join(text.split())[:300] or type(error).__name__


@contextlib.contextmanager
def _silent() -> Iterator[None]:
    """The server prints a table of its addresses to stdout, which is ours to write to."""
    sys.stdout.flush()
    kept = os.dup(1)
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
