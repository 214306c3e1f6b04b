"""What is in force: rules, severities, thresholds and ignores, for all files below one configuration file."""

from __future__ import annotations

import os

from torclint.record import TYPE_CHECKING, Record
from torclint.rules.base import WARNING
from torclint.rules.selection import DEFAULT, Selection
from torclint.rules.thresholds import Thresholds
from torclint.spec.versions import CURRENT

if TYPE_CHECKING:
    from torclint.suppression.apply import Configured


class ConfigError(ValueError):
    """A configuration file cannot be used. `str()` is one line: path, line, and what to write instead."""


class IgnoreEntry(Record):
    """One of the `ignores`: what it leaves out, in files that `path` means."""

    path: str
    configured: Configured


class Settings(Record):
    """The settings for the files below `folder`, which paths in them are relative to; "" for none.

    `files`: the configuration files that they come from, the nearest first; `origins`: (key, file and line) pairs.
    `severities`, `per_file`: (code, severity) and (glob, codes) pairs. `ignores_on`: comments are heard.
    """

    selection: Selection = DEFAULT
    thresholds: Thresholds = Thresholds()
    torc: str = CURRENT
    fail_on: str = WARNING
    severities: tuple[tuple[str, str], ...] = ()
    per_file: tuple[tuple[str, frozenset[str]], ...] = ()
    ignores: tuple[IgnoreEntry, ...] = ()
    exclude: tuple[str, ...] = ()
    folder: str = ""
    files: tuple[str, ...] = ()
    origins: tuple[tuple[str, str], ...] = ()
    ignores_on: bool = True

    def of(self, _path: str) -> Settings:
        """These settings: they are the same for every path."""
        return self

    def selection_for(self, path: str) -> Selection:
        """The rules to ask in the file at `path`."""
        selection = self.selection
        for glob, codes in self.per_file:
            if self._means(glob, path):
                selection = selection.without(codes)
        return selection

    def ignores_for(self, path: str) -> list[Configured]:
        """The ignores for the file at `path`."""
        return [entry.configured for entry in self.ignores if self.ignores_on and self._means(entry.path, path)]

    def excludes(self, path: str) -> bool:
        """Whether the file or folder at `path`, found in a folder, is to be left out."""
        return any(self._means(glob, path) for glob in self.exclude)

    def _means(self, glob: str, path: str) -> bool:
        from torclint.config.globs import matches

        relative = os.path.relpath(path, self.folder) if self.folder else path
        return matches(glob, relative.replace(os.sep, "/"))
