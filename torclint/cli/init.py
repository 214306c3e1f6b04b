"""`torclint init`: write a configuration file to begin with."""

# os.path, since pathlib takes longer to import than all of torclint's own modules
# ruff: noqa: PTH110, PTH118
from __future__ import annotations

import os
import sys

from torclint.cli.output import print_error
from torclint.config.discovery import OWN_FILE
from torclint.config.keys import KEYS
from torclint.record import TYPE_CHECKING, Record
from torclint.report.cells import visible, wrap
from torclint.text.write import WriteError, write

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDTH = 100


class Options(Record):
    folder: str | None


def run(options: Options) -> int:
    path = os.path.join(options.folder or ".", OWN_FILE).removeprefix("./")
    if os.path.exists(path):
        print_error(f"{visible(path)} is there already; torclint config shows what it sets")
        return 2
    try:
        write(path, "\n".join(_template()) + "\n")
    except WriteError as error:
        print_error(visible(str(error)))
        return 2
    sys.stdout.write(f"{visible(path)} written: everything in it is a comment, so nothing changes yet\n")
    return 0


def _template() -> Iterator[str]:
    """A file that sets nothing and shows everything."""
    yield "# Configuration of torclint. It holds for all specs in this folder and below it."
    yield "# In a pyproject.toml the same stands in [tool.torclint]."
    for key in KEYS:
        yield ""
        default = "" if key.default is None else f" Default: {key.default}."
        for line in wrap(f"{key.about[:1].upper()}{key.about[1:]}.{default}", _WIDTH - 2):
            yield f"# {line}"
        yield f"# {key.example}"
