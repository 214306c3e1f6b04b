"""`torclint history`: the runs that were started in this folder."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, NamedTuple

from torclint.cli.output import print_error, print_lines, print_utf8
from torclint.cli.status import LOOKS, SCHEMA, head
from torclint.report.cells import visible
from torclint.report.columns import GAP, Column, fit
from torclint.report.numbers import plural
from torclint.report.terminal import dressed, terminal_of
from torclint.run.store.database import StoreError
from torclint.run.store.finding import history, is_run_of
from torclint.run.store.places import short_name
from torclint.run.store.pruning import prune
from torclint.spec.amounts import measured, moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.report.terminal import Terminal
    from torclint.run.store.summary import Summary

UNUSABLE = 2
_STATE = 4  # its column
_COLUMNS = (
    Column("run", is_right=True),
    Column("spec", least=10),
    Column("begun", rank=3),
    Column("took", is_right=True, rank=2),
    Column("state"),
    Column("completed", is_right=True),
    Column("failed", is_right=True, rank=1),
)


class Options(NamedTuple):
    path: str | None
    format: str
    prune: bool
    keep: int


def run(options: Options) -> int:
    entries = history()
    unreadable = [entry for entry in entries if isinstance(entry, StoreError)]
    for trouble in unreadable:
        print_error(visible(str(trouble)))
    found = [
        entry
        for entry in entries
        if not isinstance(entry, StoreError) and (options.path is None or is_run_of(entry, options.path))
    ]
    code = UNUSABLE if unreadable else 0
    if options.prune:
        return max(code, _prune(found, options.keep))
    if options.format == "json":
        report = {"schema": SCHEMA, "runs": [head(entry) for entry in found]}
        print_utf8([json.dumps(report, ensure_ascii=False, indent=1)])
    elif found:
        print_lines(_table(found, terminal_of(sys.stdout, "auto")))
    elif not entries:
        print_error("no runs were started here")
    elif options.path is not None:
        print_error(visible(f"no runs of {options.path} were started here"))
    return code


def _table(found: list[Summary], terminal: Terminal) -> Iterator[str]:
    rows = [_row(entry) for entry in found]
    fitted = fit(_COLUMNS, rows, terminal.width)
    yield dressed(GAP.join(fitted.cells([column.heading for column in _COLUMNS])).rstrip(), "strong", terminal.palette)
    for entry, row in zip(found, rows, strict=True):
        cells = fitted.cells(row)
        place = fitted.places.index(_STATE)
        cells[place] = dressed(cells[place], LOOKS.get(entry.state, ""), terminal.palette)
        yield GAP.join(cells).rstrip()


def _prune(found: list[Summary], keep: int) -> int:
    removed = 0
    code = 0
    for each in prune(found, keep):
        if each.trouble:
            print_error(visible(f"{each.store}: cannot be removed: {each.trouble}"))
            code = UNUSABLE
        removed += not each.trouble
    print_lines([f"{plural(removed, 'run')} removed, {plural(len(found) - removed, 'run')} left"])
    return code


def _row(entry: Summary) -> tuple[str, ...]:
    failed = sum(entry.counts.get(name, 0) for name in ("failed", "terminated", "pending_failed"))
    return (
        visible(short_name(entry.store)),
        visible(entry.path),
        moment(entry.started),
        measured(entry.seconds),
        entry.state,
        f"{entry.counts.get('completed', 0):,} of {entry.size:,}",
        f"{failed:,}" if failed else "",
    )
