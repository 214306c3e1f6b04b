"""A workflow as a job file, for `hq job submit-file`: its tasks run the same wrapper as those of a run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from torclint.run.engines.hyperqueue import handover
from torclint.run.engines.hyperqueue.works import works
from torclint.run.engines.mirror import Mirror, endless
from torclint.run.outcome import Ledger
from torclint.run.outputs import OutputFolder

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.run.engines.hyperqueue.works import Work
    from torclint.run.plan import Plan
    from torclint.run.policy import Policy


def job_file(plan: Plan, policy: Policy, output_dir: str) -> Iterator[str]:
    """The lines of the file, in TOML. What its tasks need lies in the output folder, which all nodes have to see.

    Raises Refused where that cannot be written.
    """
    outputs = OutputFolder(output_dir)
    folder = handover.folder_of(outputs)
    mirror = Mirror(plan, endless(plan))
    handover.write(folder, plan, mirror, Ledger(plan.size), outputs, policy, {})
    yield f"name = {_text(plan.name)}"
    for place, work in enumerate(works(plan, handover.to_submit(mirror), folder, policy.order)):
        yield from _task(place, work, str(folder))


def _task(place: int, work: Work, folder: str) -> Iterator[str]:
    yield ""
    yield "[[task]]"
    yield f"id = {place}"
    yield f"command = [{', '.join(map(_text, work.args))}]"
    yield f"cwd = {_text(folder)}"
    yield 'stdout = "none"'
    yield 'stderr = "none"'
    yield f"priority = {work.priority}"
    if work.waits:
        yield f"deps = [{', '.join(map(str, work.waits))}]"
    yield "[[task.request]]"
    # an amount in quotes is not rounded
    amounts = ", ".join(f"{_text(name)} = {_text(f'{amount:g}')}" for name, amount in work.needs.items())
    yield f"resources = {{ {amounts} }}"


def _text(text: str) -> str:
    """A basic string: JSON's is one, but for DEL and lone surrogates, which are in no path and no name that Torc takes."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")
