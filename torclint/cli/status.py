"""`torclint status`: how a run stands."""

from __future__ import annotations

import json
import sys
import time
from typing import TYPE_CHECKING, NamedTuple

from torclint.cli.output import print_error, print_told, print_utf8
from torclint.report.cells import visible
from torclint.report.numbers import plural
from torclint.report.terminal import dressed, terminal_of
from torclint.run.store.database import StoreError
from torclint.run.store.finding import NoRun, find
from torclint.run.store.places import short_name
from torclint.run.store.schema import SHOWN
from torclint.run.store.summary import UNFINISHED, is_running, jobs_in, notable_jobs_in, went_wrong
from torclint.spec.amounts import measured, moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.run.store.schema import Row
    from torclint.run.store.summary import Summary

SCHEMA = 1  # of the JSON report
LOOKS = {"completed": "good", "failed": "error", "interrupted": "warning", "killed": "warning", "running": "info"}
_LISTED = 20


class Options(NamedTuple):
    path: str | None
    format: str


def run(options: Options) -> int:
    try:
        found = find(options.path)
        jobs = jobs_in(found.store) if options.format == "json" else notable_jobs_in(found.store)
    except (NoRun, StoreError) as error:
        print_error(visible(str(error)))
        return 2
    if options.format == "json":
        print_utf8(_json_lines(found, jobs))
    else:
        palette = terminal_of(sys.stdout, "auto").palette
        first, *rest = map(visible, _lines(found, jobs))
        print_told([dressed(first, LOOKS.get(found.state, ""), palette), *rest])
    return 0


def head(found: Summary) -> dict[str, object]:
    """What both this report and the history say about a run."""
    return {
        "store": found.store,
        "spec": found.spec or None,
        "workflow": found.workflow,
        "state": found.state,
        "reason": found.reason or None,
        "pid": found.pid or None,
        "runs": found.runs,
        "started": found.started,
        "ended": found.ended,
        "jobs_total": found.size,
        "counts": found.counts,
    }


def counted(found: Summary) -> str:
    return ", ".join(f"{count:,} {name}" for name, count in found.counts.items()) or "no jobs"


def _json_lines(found: Summary, jobs: list[Row]) -> Iterator[str]:
    yield "{"
    for key, value in {"schema": SCHEMA, **head(found)}.items():
        yield f" {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)},"
    yield ' "jobs": {'
    before = ""
    for row in jobs:
        if before:
            yield before + ","
        columns = {
            "status": SHOWN[row.status],
            "return_code": row.code if row.attempts and row.code is not None else None,
            "attempts": row.attempts,
            "seconds": round(row.seconds or 0.0, 3),
            "started": row.started,
        }
        before = f"  {json.dumps(row.name, ensure_ascii=False)}: {json.dumps(columns)}"
    if before:
        yield before
    yield " }"
    yield "}"


def _lines(found: Summary, jobs: list[Row]) -> Iterator[str]:
    state = f"running as process {found.pid}" if found.pid > 0 else found.state
    why = f" ({found.reason})" if found.reason else ""
    yield f"{found.workflow} ({found.path}): {state}{why}"
    yield f"  {plural(found.size, 'job')}: {counted(found)}"
    again = f", started {found.runs} times" if found.runs > 1 else ""
    yield f"  begun {moment(found.started)}, {measured(found.seconds)} at work{again}; state in {found.store}"
    now = time.time()
    running = [row for row in jobs if is_running(row)]
    for row in running[:_LISTED]:
        verb = "runs" if found.pid else "was running"
        since = f" for {measured(max(0.0, now - row.started))}" if found.pid and row.started else ""
        yield f"  {row.name} {verb}{since}"
    failed = [row for row in jobs if went_wrong(row)]
    for row in failed[:_LISTED]:
        yield f"  {row.name} {SHOWN[row.status]}: {row.reason or f'code {row.code}'} ({measured(row.seconds or 0.0)})"
    hidden = max(0, len(running) - _LISTED) + max(0, len(failed) - _LISTED)
    if hidden:
        yield f"  and {hidden:,} more that run or failed"
    if found.state in UNFINISHED:
        yield f"  to go on: torclint resume {short_name(found.store)}"
    elif failed and not found.pid:
        run = short_name(found.store)
        yield f"  to see why: torclint logs {failed[0].name} {run}; to try again what failed: torclint retry {run}"
