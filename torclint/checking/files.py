"""From paths, folders and globs to what is checked, each once."""

# os.path, since pathlib takes longer to import than all of torclint's own modules
# ruff: noqa: PTH100, PTH110, PTH112, PTH207
from __future__ import annotations

import os

from torclint.record import TYPE_CHECKING, Record
from torclint.text.source import STDIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from torclint.config.discovery import Configurations
    from torclint.config.settings import Settings


class Source(Record):
    """A text to check. `path` is what reports call it; its ending tells the format, as for a file.

    A text from STDIN is taken for the first format that reads it.
    """

    path: str
    text: str

    @property
    def name(self) -> str | None:
        return None if self.path == STDIN else self.path


class Found(Record):
    """A file that lay in a folder: it is checked if it turns out to be a spec."""

    path: str


Input = str | Source | Found


def inputs_at(
    sources: Iterable[str | os.PathLike[str] | Source], settings: Settings | Configurations
) -> Iterator[Input]:
    """What is to be checked: texts and files as they are, the files in folders, and what globs match where there is no
    such file; every file once, however often paths lead to it. A path that leads to nothing is given as it is: reading it
    says so.
    """
    seen: set[str] = set()
    for source in sources:
        for found in [source] if isinstance(source, Source) else _at(os.fspath(source), settings):
            if isinstance(found, Source):
                yield found
                continue
            path = found if isinstance(found, str) else found.path
            place = _place(path)
            if place not in seen:
                seen.add(place)
                yield found


def _at(path: str, settings: Settings | Configurations) -> Iterable[str | Found]:
    if os.path.isdir(path):
        from torclint.syntax.find import candidates

        settings.of(path)  # what is wrong with a configuration is said even if it holds for no spec
        return map(Found, candidates(path, lambda found: settings.of(found).excludes(found)))
    if any(sign in path for sign in "*?[") and not os.path.exists(path):
        return _globbed(path, settings) or (path,)
    return (path,)


def _place(path: str) -> str:
    """The same for all ways to write a path, but for links. Where it goes up, it is a question to the disk where it leads."""
    try:
        return os.path.realpath(path) if ".." in path else os.path.abspath(path)
    except (OSError, ValueError):
        return path


def _globbed(pattern: str, settings: Settings | Configurations) -> list[str | Found]:
    from glob import glob

    return [one for found in sorted(glob(pattern, recursive=True)) for one in _at(found, settings)]
