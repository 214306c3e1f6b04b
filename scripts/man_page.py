"""The man page, from the table of commands; make_docs.py writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.cli.table import COMMANDS, EXIT_CODES
from torclint.version import PROJECT, __version__

if TYPE_CHECKING:
    from torclint.cli.table import Command, Option

DESCRIPTION = (
    "torclint reads a workflow spec as Torc does, counts every dependency without expanding it, tells what Torc refuses and "
    "what is slow or surprising, and repairs the file without touching a comment."
)
ENVIRONMENT = (
    (
        "NO_COLOR",
        "If set, no colours; FORCE_COLOR: colours even where the output is no terminal; --color goes before both.",
    ),
    ("COLUMNS", "The width to write for."),
    ("TORCLINT_CACHE_DIR", "The folder for what is known of files that have not changed."),
    ("TORCLINT_DEBUG", "If set, an error in torclint itself ends in a traceback."),
)
FILES = (("torclint.toml, pyproject.toml", "Settings: the nearest one in the folder of a spec or above it."),)


def render() -> str:
    lines = [
        '.\\" Made by scripts/make_docs.py from the table of commands.',
        f'.TH TORCLINT 1 "" "torclint {__version__}" "User Commands"',
        ".SH NAME",
        "torclint \\- static linter and optimizer for Torc workflow specs",
        ".SH SYNOPSIS",
        *[line for command in COMMANDS for line in synopsis(command)],
        ".SH DESCRIPTION",
        roff(DESCRIPTION),
        ".SH COMMANDS",
        *[line for command in COMMANDS for line in section(command)],
        ".SH EXIT STATUS",
        roff(EXIT_CODES.removeprefix("Exit codes: ")),
        ".SH ENVIRONMENT",
        *[line for name, about in ENVIRONMENT for line in (".TP", f".B {roff(name)}", roff(about))],
        ".SH FILES",
        *[line for name, about in FILES for line in (".TP", f".I {roff(name)}", roff(about))],
        ".SH SEE ALSO",
        roff(PROJECT),
    ]  # fmt: skip
    return "\n".join(lines) + "\n"


def synopsis(command: Command) -> list[str]:
    words = [one.metavar + ("..." if one.many else "") for one in command.arguments]
    words = [word if one.required else f"[{word}]" for word, one in zip(words, command.arguments, strict=True)]
    options = ["[OPTIONS]"] if command.options else []
    return [f".B torclint {roff(command.name)}", roff(" ".join([*options, *words])), ".br"]


def section(command: Command) -> list[str]:
    lines = [f".SS torclint {roff(command.name)}", roff(command.summary)]
    for paragraph in command.notes.split("\n\n"):
        if paragraph:
            lines += [".PP", roff(paragraph)]
    for option in command.options:
        lines += [".TP", tag(option), roff(option.help)]
        if option.default not in (None, (), False):
            lines[-1] += roff(f" [default: {option.default}]")
    return lines


def tag(option: Option) -> str:
    flags = ", ".join(f"\\fB{roff(flag)}\\fR" for flag in option.flags)
    value = option.metavar or "|".join(option.choices)
    return f"{flags} \\fI{roff(value)}\\fR" if value else flags


def roff(text: str) -> str:
    """Text that troff sets as it is: no escapes, hyphens that can be copied, and no line that is a request."""
    written = (
        text.replace("\\", "\\e").replace("-", "\\-").replace("^", "\\(ha").replace("~", "\\(ti").replace("`", "\\(ga")
    )
    return "\n".join("\\&" + line if line.startswith((".", "'")) else line for line in written.split("\n"))
