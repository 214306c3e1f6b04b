"""The command line: one table of commands, one file for each of them."""

from __future__ import annotations

import sys

from torclint.cli.lean import Unusual, parse
from torclint.cli.table import command


def main(words: list[str]) -> int:
    """Do what `words`, the command line without the program's name, ask for; the exit code."""
    if words == ["--version"]:
        from torclint.version import __version__

        sys.stdout.write(f"torclint {__version__}\n")
        return 0
    wanted = command(words[0]) if words else None
    if wanted is None:
        return _with_click(words)
    try:
        values = parse(wanted, words[1:])
    except Unusual:
        return _with_click(words)
    module = __import__(wanted.module, fromlist=["run"])
    code: int = module.run(module.Options(**values))
    return code


def _with_click(words: list[str]) -> int:
    from torclint.cli.click_commands import main as click_main

    return click_main(words)
