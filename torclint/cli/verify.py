"""`torclint verify`: does a changed spec still do the same?"""

from __future__ import annotations

from torclint.api import SpecRefused, verify
from torclint.cli.configured import configurations
from torclint.cli.inputs import source_of
from torclint.cli.output import print_error, print_told, print_unreadable, print_utf8
from torclint.config.settings import ConfigError
from torclint.record import Record
from torclint.report.cells import visible
from torclint.report.verification import render, render_json
from torclint.text.source import SourceError

NOT_PROVEN, UNUSABLE = 1, 2


class Options(Record):
    before: str
    after: str
    format: str
    min_jobs: int | None
    min_saving: int | None
    config: str | None
    isolated: bool
    stdin_filename: str | None
    torc_version: str | None


def run(options: Options) -> int:
    if options.before == options.after == "-":
        print_error("only one of the two specs can come from stdin")
        return UNUSABLE
    try:
        settings = configurations(options).of(options.after)
        before = source_of(options.before, options.stdin_filename)
        after = source_of(options.after, options.stdin_filename)
        verdict = verify(before, after, settings=settings)
    except SourceError as error:
        print_unreadable([error])
        return UNUSABLE
    except (ConfigError, SpecRefused) as error:
        print_error(visible(str(error)))
        return UNUSABLE
    if options.format == "json":
        print_utf8([render_json(verdict)])
    else:
        print_told(map(visible, render(verdict)))
    return 0 if verdict.is_proven else NOT_PROVEN
