"""The same commands through click: help, errors that say what was meant, and shell completion."""

from __future__ import annotations

import os
from difflib import get_close_matches

import click
from click.shell_completion import CompletionItem

from torclint.cli.formats import FORMATS
from torclint.cli.table import COMMANDS, EXIT_CODES, Argument, Command, Option
from torclint.record import TYPE_CHECKING
from torclint.rules.registry import RULES
from torclint.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


class _Commands(click.Group):
    """The group; says what was meant where the first word is no command."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)  # in the order of the table

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        word = args[0]
        if word not in self.commands:
            raise click.UsageError(f"there is no command {word!r}{_meant(word)}", ctx)
        return super().resolve_command(ctx, args)


def _meant(word: str) -> str:
    if os.path.exists(word) or word.lower().endswith((".yaml", ".yml", ".json", ".json5", ".kdl")):  # noqa: PTH110
        return f"; did you mean: torclint check {word}"
    near = get_close_matches(word, [entry.name for entry in COMMANDS], n=1)
    return f"; did you mean: torclint {near[0]}" if near else "; torclint --help lists them"


def main(words: list[str]) -> int:
    """Do what `words` ask for; usage errors are printed, with exit code 2."""
    try:
        code: int | None = group().main(words, prog_name="torclint", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except click.Abort:
        return 130
    return code or 0


def group() -> click.Group:
    """All commands of the table as click commands."""
    settings = {"help_option_names": ["-h", "--help"], "max_content_width": 100}
    top = _Commands(
        "torclint",
        help="Static linter and optimizer for Torc workflow specs.",
        epilog=EXIT_CODES,
        context_settings=settings,
    )
    top.params.append(
        click.Option(
            ["--version"],
            is_flag=True,
            expose_value=False,
            is_eager=True,
            callback=_show_version,
            help="Print the version.",
        )
    )
    for entry in COMMANDS:
        top.add_command(_command(entry))
    return top


def _show_version(ctx: click.Context, _option: click.Parameter, wanted: bool) -> None:
    if wanted and not ctx.resilient_parsing:
        click.echo(f"torclint {__version__}")
        ctx.exit()


def _command(entry: Command) -> click.Command:
    arguments = [
        click.Argument(
            [argument.name],
            nargs=-1 if argument.many else 1,
            required=argument.required,
            metavar=_shown(argument),
            shell_complete=_values_of(argument.metavar),
        )
        for argument in entry.arguments
    ]
    help_text = f"{entry.summary}\n\n{entry.notes}" if entry.notes else entry.summary
    params: list[click.Parameter] = [*arguments, *map(_option, entry.options)]
    return click.Command(entry.name, params=params, callback=_runner(entry), help=help_text, short_help=entry.summary)


def _shown(argument: Argument) -> str:
    """As usage lines write it: in brackets if it may be left out, with dots if it may come again."""
    name = argument.metavar if argument.required else f"[{argument.metavar}]"
    return f"{name}..." if argument.many else name


def _option(option: Option) -> click.Option:
    if option.kind == "flag":
        return click.Option(option.flags, is_flag=True, default=False, help=option.help)
    kind: click.ParamType[Any] = click.STRING
    if option.kind == "number":
        kind = click.IntRange(min=option.least)
    elif option.kind == "choice":
        kind = click.Choice(option.choices)
    return click.Option(
        option.flags,
        type=kind,
        default=option.default,
        multiple=option.kind == "texts",
        show_default=option.default not in (None, ()),
        metavar=option.metavar or None,
        help=option.help,
        shell_complete=None if option.kind == "choice" else _values_of(option.metavar),
    )


def _values_of(metavar: str) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    """What completes a value that the help calls `metavar`."""

    def complete(_ctx: click.Context, _param: click.Parameter, begun: str) -> list[CompletionItem]:
        if metavar in ("CODE|NAME", "RULES"):
            return _rules(begun)
        if metavar == "NAME[=FILE]":
            return [CompletionItem(name) for name in FORMATS if name.startswith(begun)]
        if metavar in ("FILE", "SPEC", "PATH", "BEFORE", "AFTER", "PATTERN [SPEC]"):
            return [CompletionItem(begun, type="file")]
        if metavar in ("DIR", "FOLDER"):
            return [CompletionItem(begun, type="dir")]
        words = metavar.split("|") if "|" in metavar else []
        return [CompletionItem(word) for word in words if word.startswith(begun)]

    return complete


def _rules(begun: str) -> list[CompletionItem]:
    """Codes and names that go on from the last one of a list with commas."""
    before, comma, last = begun.rpartition(",")
    words = [word for entry in RULES for word in (entry.code, entry.name)]
    return [CompletionItem(f"{before}{comma}{word}") for word in words if word.lower().startswith(last.lower())]


def _runner(entry: Command) -> Callable[..., int]:
    def run(**values: Any) -> int:
        module = __import__(entry.module, fromlist=["run"])
        code: int = module.run(module.Options(**values))
        return code

    return run
