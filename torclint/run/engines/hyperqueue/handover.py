"""What the wrappers of a run have to know, in a folder that all workers can see.

`common`: a marshalled dictionary, for all jobs. `jobs`: one marshalled dictionary after the other; `index`: where each begins,
8 bytes a job, and where the last one ends. `records/`: what came of the jobs, a file for each host. `bad/`: a file for each
gate of which a member did not complete. `drain` makes wrappers start nothing more, `stop` makes them end what runs.
"""

from __future__ import annotations

import json
import marshal
from pathlib import Path
from typing import TYPE_CHECKING

from torclint.run.engines.errors import EngineError
from torclint.run.scheduler import BLOCKED, COMPLETED, READY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.run.engines.mirror import Mirror
    from torclint.run.outcome import Ledger
    from torclint.run.outputs import OutputFolder
    from torclint.run.plan import Kind, Plan
    from torclint.run.policy import Policy


def folder_of(outputs: OutputFolder) -> Path:
    """Where the wrappers of this run find each other."""
    return Path(outputs.path).resolve() / f"hyperqueue_wf{outputs.workflow}_r{outputs.run}"


def write(
    folder: Path,
    plan: Plan,
    mirror: Mirror,
    ledger: Ledger,
    outputs: OutputFolder,
    policy: Policy,
    mark: dict[str, str],
) -> None:
    """Write all that is told before jobs are submitted; `mark` is put into the environment of each. Raises EngineError."""
    try:
        (folder / "records").mkdir(parents=True, exist_ok=True)
        (folder / "bad").mkdir(exist_ok=True)
        (folder / "pending").mkdir(exist_ok=True)
        with open(folder / "common", "wb") as file:
            marshal.dump(_common(plan, outputs, policy, mark), file)
        _write_jobs(folder, plan, ledger)
        for number, status in enumerate(mirror.status):
            if status not in (BLOCKED, READY, COMPLETED):
                for gate in plan.gates.gates_of(number):
                    (folder / "bad" / str(gate)).touch()
    except OSError as error:
        raise EngineError(f"cannot write to {folder}: {error.strerror}") from error


def to_submit(mirror: Mirror) -> list[int]:
    """The jobs that are to run: all but those that have ended, or never will."""
    never = set(mirror.never())
    return [number for number, status in enumerate(mirror.status) if status in (BLOCKED, READY) and number not in never]


def remember(folder: Path, server_dir: str, job: int, digest: str, jobs_of: list[int]) -> None:
    """Write down which HyperQueue job this is, of which text of the spec, and what its tasks are, for whoever goes on."""
    told = {"server_dir": server_dir, "job": job, "digest": digest, "tasks": jobs_of}
    (folder / "job.json").write_text(json.dumps(told), encoding="utf-8")


def _common(plan: Plan, outputs: OutputFolder, policy: Policy, mark: dict[str, str]) -> dict[str, object]:
    return {
        "cwd": str(Path.cwd()),
        "stdio": str(Path(outputs.path).resolve() / "job_stdio"),
        "commands": str(Path(outputs.commands.stdout or "").resolve()),
        "workflow": outputs.workflow,
        "run": outputs.run,
        "env": outputs.environment() | mark,
        "pending": plan.use_pending_failed,
        "oom": plan.oom_exit_code,
        "kinds": [_kind(kind, plan, policy) for kind in plan.kinds],
    }


def _kind(kind: Kind, plan: Plan, policy: Policy) -> dict[str, object]:
    limits = [policy.timeout] if policy.timeout is not None else []
    limits += [float(kind.resources.runtime)] if policy.enforces_runtime else []
    rules = kind.rules
    return {
        "cancel": kind.cancel_on_failure,
        "mode": kind.stdio.mode,
        "delete": kind.stdio.delete_on_success,
        "memory": kind.resources.memory if plan.enforces_memory and kind.resources.limits_memory else 0,
        "limit": min(limits, default=None),
        "rules": None
        if rules is None
        else [
            (tuple(rule.exit_codes), rule.match_all_exit_codes, rule.recovery_script, rule.max_retries)
            for rule in rules
        ],
    }


def _write_jobs(folder: Path, plan: Plan, ledger: Ledger) -> None:
    place = 0
    waits = _waits(plan)
    with open(folder / "jobs", "wb") as jobs, open(folder / "index", "wb") as index:
        for number, gates in enumerate(waits):
            job = plan.jobs.job(number)
            told = {
                "id": plan.jobs.id(number),
                "name": job.name,
                "command": job.command,
                "env": job.env,
                "outputs": job.outputs,
                "kind": plan.kind_of[number],
                "attempt": ledger.attempts[number] + 1,
                "waits": gates,
                "gates": plan.gates.gates_of(number),
            }
            index.write(place.to_bytes(8, "little"))
            place += jobs.write(marshal.dumps(told))
        index.write(place.to_bytes(8, "little"))


def _waits(plan: Plan) -> Iterator[tuple[int, ...]]:
    """The gates that each job waits for."""
    found: list[tuple[int, ...]] = [()] * plan.size
    shared: dict[tuple[int, ...], tuple[int, ...]] = {}
    for gate in range(len(plan.gates.sizes)):
        for waiter in plan.gates.waiters(gate):
            gates = (*found[waiter], gate)
            found[waiter] = shared.setdefault(gates, gates)
    return iter(found)
