"""`torclint server`: the language server for editors, over stdin and stdout."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from torclint.cli.configured import configurations
from torclint.cli.output import print_error
from torclint.config.settings import ConfigError
from torclint.record import Record
from torclint.report.cells import visible
from torclint.text.source import SourceError

UNUSABLE = 2
_RARELY = 5_000_000  # objects more than before
_NEEDED = frozenset(("pygls", "lsprotocol", "cattrs", "attrs"))


class Options(Record):
    stdio: bool
    min_jobs: int | None
    min_saving: int | None
    config: str | None
    isolated: bool
    torc_version: str | None


def run(options: Options) -> int:
    try:
        from torclint.editor.features import make_server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in _NEEDED:
            raise
        print_error("the language server needs pygls: pip install 'torclint[server]'")
        return UNUSABLE
    try:
        configurations(options)
    except (ConfigError, SourceError) as error:
        print_error(visible(str(error)))
        return UNUSABLE
    if options.config is not None:  # the server goes to the folder that the editor works in
        options = options._replace(config=str(Path(options.config).absolute()))
    if sys.stdin.isatty():
        print_error("an editor starts this and talks to it over stdin; see docs/editors.md. Ctrl-D ends it")
    # what was read of a text lives until the next edit and has no loops: looking for garbage in it takes a fifth of a check
    gc.set_threshold(_RARELY)
    # pygls closes what it writes to when the editor says that it is done, and stdout must stay open until the process ends
    with open(os.dup(sys.stdout.fileno()), "wb") as answers:
        make_server(lambda: configurations(options)).start_io(stdout=answers)
    return 0
