"""`torclint config`: what is in force for a file, and where it is set; or all that can be set."""

from __future__ import annotations

from torclint.cli.configured import configurations
from torclint.cli.output import print_error, print_lines, print_utf8
from torclint.config.settings import ConfigError
from torclint.config.shown import as_plain, lines_of, reference
from torclint.record import Record
from torclint.report.cells import visible
from torclint.text.source import SourceError


class Options(Record):
    path: str | None
    reference: bool
    schema: bool
    format: str
    config: str | None
    isolated: bool


class _NoOptions(Record):
    """What settings come from where no option is given."""

    config: str | None
    isolated: bool
    min_jobs: int | None = None
    min_saving: int | None = None
    torc_version: str | None = None


def run(options: Options) -> int:
    from json import dumps

    if options.schema:
        from torclint.config.schema import build_config_schema

        print_utf8([dumps(build_config_schema(), indent=2, ensure_ascii=False)])
        return 0
    if options.reference:
        print_lines(reference())
        return 0
    path = options.path or "."
    try:
        settings = configurations(_NoOptions(options.config, options.isolated)).of(path)
    except (ConfigError, SourceError) as error:
        print_error(visible(str(error)))
        return 2
    if options.format == "json":
        print_utf8([dumps(as_plain(settings, path), indent=2, ensure_ascii=False)])
    else:
        print_lines(map(visible, lines_of(settings, path)))
    return 0
