"""The quick way from words on the command line to values; whatever is unusual is left to click."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any

    from torclint.cli.table import Command, Option


class Unusual(Exception):
    """These words ask for help, or are wrong, or need more thought than this parser has."""


def parse(command: Command, words: list[str]) -> dict[str, Any]:
    """The values of all arguments and options by name. Raises Unusual."""
    flags = {flag: option for option in command.options for flag in option.flags}
    values: dict[str, Any] = {option.name: option.default for option in command.options}
    places: list[str] = []
    queue = iter(words)
    for word in queue:
        if word == "--":
            places += queue
        elif word == "-" or not word.startswith("-"):
            places.append(word)
        else:
            flag, equals, value = word.partition("=")
            option = flags.get(flag)
            if option is None or (equals and not flag.startswith("--")):
                raise Unusual
            taken = _value(option, value if equals else None, queue)
            values[option.name] = (*values[option.name], taken) if option.kind == "texts" else taken
    return values | _arguments(command, places)


def _value(option: Option, given: str | None, queue: Any) -> Any:
    if option.kind == "flag":
        if given is not None:
            raise Unusual
        return True
    word = next(queue, None) if given is None else given
    if word is None or (option.choices and word not in option.choices):
        raise Unusual
    if option.kind != "number":
        return word
    if not (word.isascii() and word.isdigit() and len(word) < 19 and int(word) >= option.least):
        raise Unusual
    return int(word)


def _arguments(command: Command, places: list[str]) -> dict[str, Any]:
    if any(argument.many for argument in command.arguments):
        (argument,) = command.arguments
        if argument.required and not places:
            raise Unusual
        return {argument.name: tuple(places)}
    required = sum(argument.required for argument in command.arguments)
    if not required <= len(places) <= len(command.arguments):
        raise Unusual
    given: list[str | None] = [*places, *[None] * (len(command.arguments) - len(places))]
    return {argument.name: place for argument, place in zip(command.arguments, given, strict=True)}
