"""`torclint logs`: what a job wrote."""

from __future__ import annotations

import json
import shutil
import sys
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from torclint.cli.output import print_error, print_utf8
from torclint.report.cells import visible
from torclint.run.store.database import StoreError
from torclint.run.store.finding import NoRun, find
from torclint.run.store.schema import SHOWN
from torclint.run.store.summary import attempts_of, names_in
from torclint.run.store.written import files_of

if TYPE_CHECKING:
    from pathlib import Path
    from typing import TextIO

    from torclint.run.store.schema import Row
    from torclint.run.store.summary import Summary

SCHEMA = 1  # of the JSON report


class Options(NamedTuple):
    job: str
    path: str | None
    stderr: bool
    attempt: int | None
    format: str


def run(options: Options) -> int:
    try:
        found = find(options.path)
        attempts = attempts_of(found.store, options.job)
        names = [] if attempts else list(names_in(found.store))
    except (NoRun, StoreError) as error:
        print_error(visible(str(error)))
        return 2
    if not attempts:
        near = get_close_matches(options.job, names, n=1)
        meant = f"; did you mean {near[0]}" if near else ""
        print_error(visible(f"no job {options.job!r} was started in {found.store}{meant}"))
        return 2
    wanted = [row for row in attempts if options.attempt is None or row.attempts == options.attempt]
    if not wanted:
        known = ", ".join(str(number) for number in sorted({row.attempts for row in attempts}))
        print_error(visible(f"{options.job} has no attempt {options.attempt}; there are: {known}"))
        return 2
    if options.format == "json":
        report = {"schema": SCHEMA, "job": options.job, "attempts": [_entry(found, row) for row in wanted]}
        print_utf8([json.dumps(report, ensure_ascii=False, indent=1)])
        return 0
    return _print(found, wanted[-1], stderr=options.stderr)


def _print(found: Summary, row: Row, *, stderr: bool) -> int:
    out, err = files_of(found, row)
    if (err if stderr else out or err) is None:
        print_error(visible(f"nothing is kept of what {row.name} wrote{' to stderr' if stderr else ''}"))
        return 1
    if stderr:
        _copy(err, sys.stdout)
        return 0
    _copy(out, sys.stdout)
    if err != out:
        _copy(err, sys.stderr)
    return 0


def _copy(path: Path | None, stream: TextIO) -> None:
    """Bytes as they are, however many."""
    if path is None:
        return
    stream.flush()
    with path.open("rb") as file:
        shutil.copyfileobj(file, stream.buffer)
    stream.buffer.flush()


def _entry(found: Summary, row: Row) -> dict[str, object]:
    out, err = files_of(found, row)
    return {
        "run": row.run,
        "attempt": row.attempts,
        "status": SHOWN[row.status],
        "return_code": row.code,
        "started": row.started,
        "seconds": row.seconds,
        "stdout": None if out is None else str(out),
        "stderr": None if err is None else str(err),
    }
