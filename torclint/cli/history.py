"""`torclint history`: the runs that were started in this folder."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from torclint.cli.output import print_error, print_lines, print_utf8
from torclint.cli.status import SCHEMA, counted, head
from torclint.report.cells import visible
from torclint.run.store.database import StoreError
from torclint.run.store.finding import history, is_run_of
from torclint.spec.amounts import measured, moment

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.run.store.summary import Summary


class Options(NamedTuple):
    path: str | None
    format: str


def run(options: Options) -> int:
    found = []
    entries = history()
    for entry in entries:
        if isinstance(entry, StoreError):
            print_error(visible(str(entry)))
        elif options.path is None or is_run_of(entry, options.path):
            found.append(entry)
    if options.format == "json":
        report = {"schema": SCHEMA, "runs": [head(entry) for entry in found]}
        print_utf8([json.dumps(report, ensure_ascii=False, indent=1)])
    elif found:
        print_lines(map(visible, _lines(found)))
    elif not entries:
        print_error("no runs were started here")
    elif options.path is not None:
        print_error(visible(f"no runs of {options.path} were started here"))
    return 0


def _lines(found: list[Summary]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*map(_cells, found), strict=True)]
    for entry in found:
        cells = _cells(entry)
        yield "  ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)).rstrip()


def _cells(entry: Summary) -> tuple[str, ...]:
    took = measured(entry.ended - entry.started) if entry.ended is not None else ""
    return (moment(entry.started), took, entry.path, entry.state, counted(entry), entry.store)
