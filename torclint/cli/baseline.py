"""`torclint baseline`: record the findings that are there, so that a check tells only new ones."""

# os.path, since pathlib takes longer to import than all of torclint's own modules
# ruff: noqa: PTH110
from __future__ import annotations

import os
import sys

from torclint.api import check
from torclint.cli.configured import configurations
from torclint.cli.inputs import sources
from torclint.cli.output import print_error, print_unreadable
from torclint.config.settings import ConfigError
from torclint.record import TYPE_CHECKING, Record
from torclint.report.cells import visible
from torclint.suppression.baseline import Baseline, BaselineError, counted, read_baseline, write_baseline
from torclint.text.source import SourceError
from torclint.text.write import WriteError

if TYPE_CHECKING:
    from torclint.report.model import Report

UNUSABLE, NOTHING = 2, 3


class Options(Record):
    paths: tuple[str, ...]
    file: str
    grow: bool
    min_jobs: int | None
    min_saving: int | None
    config: str | None
    isolated: bool
    torc_version: str | None


def run(options: Options) -> int:
    paths = options.paths or (".",)
    try:
        report = check(*sources(paths, None), settings=configurations(options))
        old = read_baseline(options.file) if os.path.exists(options.file) else None
    except (SourceError, ConfigError, BaselineError) as error:
        print_error(visible(str(error)))
        return UNUSABLE
    print_unreadable(report.unreadable)
    if report.unreadable:
        return UNUSABLE
    if not report.files:
        print_error(f"nothing to lint: no Torc spec in {visible(', '.join(paths))}")
        return NOTHING
    new = _updated(old, report, options)
    try:
        write_baseline(new)
    except WriteError as error:
        print_error(visible(str(error)))
        return UNUSABLE
    sys.stdout.write(f"{visible(options.file)}: {_told(old, new)}\n")
    return 0


def _updated(old: Baseline | None, report: Report, options: Options) -> Baseline:
    """What is to be written: all that was found, or of an old baseline what is still there."""
    found = ((file.path, finding) for file in report.files for finding in file.findings)
    now = counted(Baseline(options.file, {}), found)
    if old is None or options.grow:
        kept = {} if old is None else _elsewhere(old, report)
        return Baseline(options.file, kept | now)
    shrunk = {key: min(count, now.get(key, 0)) for key, count in old.known.items()}
    return Baseline(options.file, {key: count for key, count in (shrunk | _elsewhere(old, report)).items() if count})


def _elsewhere(old: Baseline, report: Report) -> dict[tuple[str, str, str], int]:
    """The entries of an old baseline for files that were not checked now."""
    checked = old.files(file.path for file in report.files)
    return {key: count for key, count in old.known.items() if key[0] not in checked}


def _told(old: Baseline | None, new: Baseline) -> str:
    total = sum(new.known.values())
    line = f"{total:,} known finding{'' if total == 1 else 's'}"
    if old is None:
        return line
    change = total - sum(old.known.values())
    return f"{line}, {abs(change):,} {'more' if change > 0 else 'fewer'}" if change else f"{line}, as before"
