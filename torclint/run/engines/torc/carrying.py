"""Jobs that completed here, carried over to a workflow on a Torc server, so that they do not run again there."""

from __future__ import annotations

import os
import socket
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from torclint.run.engines.errors import EngineError
from torclint.run.scheduler import COMPLETED
from torclint.run.store.changes import because_of, changed_jobs
from torclint.run.store.restoring import numbered
from torclint.run.store.summary import jobs_in, summary_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from torclint.run.engines.torc.rest import Server
    from torclint.run.plan import Plan

_BATCH = 1000  # completions in one request


def completed_here(plan: Plan, store: str) -> dict[int, float]:
    """The jobs that completed in the run kept in `store`, with their seconds; without those that are no longer the same,
    whose outputs are gone, or that wait for a job that is to run. Raises EngineError while that run goes on, and StoreError."""
    earlier = summary_of(store)
    if earlier.pid:
        raise EngineError(f"the run in {store} is still going on here, in process {earlier.pid}")
    rows, _ = numbered(plan, jobs_in(store))
    completed = {row.number: row.seconds or 0.0 for row in rows if row.status == COMPLETED}
    running_again = {number: "" for number in range(plan.size) if number not in completed}
    running_again |= changed_jobs(plan, rows, inputs=True)
    for number in because_of(plan, running_again):
        completed.pop(number, None)
    return completed


def carry(server: Server, workflow: int, ids: Mapping[int, int], completed: Mapping[int, float]) -> None:
    """Tell the server that these jobs have completed, each with its result; `ids` are Torc's, by number of the job.

    Raises EngineError where it does not take that.
    """
    run = server.get(f"/workflows/{workflow}").get("run_id") or 1
    now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    node = server.post("/compute_nodes", _this_machine(workflow, now))["id"]
    numbers = sorted(completed)
    for place in range(0, len(numbers), _BATCH):
        entries = [
            {
                "job_id": ids[number],
                "status": "completed",
                "run_id": run,
                "result": {
                    "job_id": ids[number],
                    "workflow_id": workflow,
                    "run_id": run,
                    "attempt_id": 1,
                    "compute_node_id": node,
                    "return_code": 0,
                    "exec_time_minutes": completed[number] / 60,
                    "completion_time": now,
                    "status": "completed",
                },
            }
            for number in numbers[place : place + _BATCH]
        ]
        answer = server.post(f"/workflows/{workflow}/batch_complete_jobs", {"completions": entries})
        if answer["errors"]:
            first = answer["errors"][0]
            raise EngineError(f"the Torc server does not take job {first['job_id']} as completed: {first['message']}")


def _this_machine(workflow: int, now: str) -> dict[str, object]:
    """Every result names the node where its job ran; this one takes no jobs any more."""
    return {
        "workflow_id": workflow,
        "hostname": socket.gethostname(),
        "pid": os.getpid(),
        "start_time": now,
        "num_cpus": 1,
        "memory_gb": 1.0,
        "num_gpus": 0,
        "num_nodes": 1,
        "is_active": False,
        "compute_node_type": "local",
    }
