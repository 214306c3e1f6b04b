"""`torclint fix`: rewrite specs so that they do the same with fewer dependencies."""

from __future__ import annotations

import sys

from torclint.api import Source, SpecRefused, fix
from torclint.cli.configured import configurations
from torclint.cli.inputs import source_of
from torclint.cli.output import print_error, print_unreadable, print_utf8
from torclint.config.settings import ConfigError
from torclint.record import TYPE_CHECKING, Record
from torclint.report.cells import visible
from torclint.report.fixes import render
from torclint.text.diff import unified_diff
from torclint.text.source import STDIN, SourceError
from torclint.text.write import WriteError, write

if TYPE_CHECKING:
    from torclint.fix.barriers import Fixed

LEFT, UNUSABLE, WITHHELD = 1, 2, 4


class Options(Record):
    paths: tuple[str, ...]
    insert_barriers: bool
    diff: bool
    min_jobs: int | None
    min_saving: int | None
    config: str | None
    isolated: bool
    quiet: bool
    stdin_filename: str | None
    torc_version: str | None


def run(options: Options) -> int:
    if not options.insert_barriers:
        print_error("say what to fix: torclint fix --insert-barriers SPEC")
        return UNUSABLE
    return max([_one(path, options) for path in options.paths])


def _one(path: str, options: Options) -> int:
    """Fix one spec; the exit code for it."""
    shown = options.stdin_filename or STDIN if path == "-" else path
    try:
        settings = configurations(options).of(shown)
        source = source_of(path, options.stdin_filename)
        fixed = fix(source, thresholds=settings.thresholds, torc=settings.torc)
    except SourceError as error:
        print_unreadable([error])
        return UNUSABLE
    except ConfigError as error:
        print_error(visible(str(error)))
        return UNUSABLE
    except SpecRefused as error:
        print_error(visible(f"{error} (not fixed: Torc cannot load this spec)"))
        return LEFT
    if not _deliver(shown, fixed, source, options):
        return UNUSABLE
    if not options.quiet:
        # where the new text or a diff goes to stdout, what is said about it goes to stderr
        piped = options.diff or isinstance(source, Source)
        for line in render(shown, fixed):
            print(visible(line), file=sys.stderr if piped else sys.stdout)
    if fixed.failed:
        return WITHHELD
    return LEFT if fixed.refused or fixed.withheld or (options.diff and fixed.after is not None) else 0


def _deliver(shown: str, fixed: Fixed, source: Source | object, options: Options) -> bool:
    """Write the new text to where it belongs; false if that failed."""
    if options.diff:
        before = fixed.before.workflow.document.text
        print_utf8(unified_diff(before, fixed.edits, shown, f"{shown} (fixed)"))
        return True
    if isinstance(source, Source):
        sys.stdout.flush()
        sys.stdout.buffer.write(fixed.text.encode("utf-8"))
        return True
    try:
        write(shown, fixed.text)
    except WriteError as error:
        print_error(visible(str(error)))
        return False
    return True
