"""Where `--format` sends reports: names of formats, each to stdout or to a file of its own."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record

if TYPE_CHECKING:
    from collections.abc import Iterable

FORMATS = ("text", "concise", "json", "sarif", "github", "gitlab", "junit")


class BadFormat(ValueError):
    """A `--format` that cannot be followed; `str()` says what to write instead."""


class Destination(Record):
    """A format and the file it goes to; "" for stdout."""

    format: str
    file: str = ""


def destinations(words: Iterable[str]) -> list[Destination]:
    """What words such as `json` and `sarif=out.sarif` ask for. Where none is for stdout, the text goes there.

    Raises BadFormat.
    """
    found = [_destination(word) for word in words]
    if sum(not one.file for one in found) > 1:
        raise BadFormat("only one format can go to stdout; give the others a file: --format sarif=out.sarif")
    files = [one.file for one in found if one.file]
    if len(set(files)) < len(files):
        raise BadFormat("two formats cannot go to one file")
    return found if len(files) < len(found) else [Destination("text"), *found]


def _destination(word: str) -> Destination:
    name, equals, file = word.partition("=")
    if name not in FORMATS:
        from difflib import get_close_matches

        near = get_close_matches(name.lower(), FORMATS, n=1)
        hint = f"did you mean {near[0]}" if near else f"there are {', '.join(FORMATS)}"
        raise BadFormat(f"there is no format {name!r}; {hint}")
    if equals and not file:
        raise BadFormat(f"{word} names no file")
    return Destination(name, file)
