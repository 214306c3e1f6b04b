"""Which configuration file holds for a path: the nearest one in a folder above it."""

# os.path, since pathlib takes longer to import than all of torclint's own modules
# ruff: noqa: PTH100, PTH109, PTH110, PTH112, PTH113, PTH118, PTH120
from __future__ import annotations

import os
import re

from torclint.config.settings import Settings
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

OWN_FILE, PROJECT_FILE = "torclint.toml", "pyproject.toml"

_TABLE = rb"(?m)^\s*\[\[?\s*tool\s*(?:\]|\.\s*[\"']?torclint\b)"


class Configurations:
    """Finds the settings of paths; each file is read once. `change` adds what the command line says."""

    def __init__(self, change: Callable[[Settings], Settings], file: str | None = None, isolated: bool = False) -> None:
        self._change = change
        self._by_file: dict[str, Settings] = {}
        self._by_folder: dict[str, Settings] = {}
        self._fixed: Settings | None = None
        if isolated or file is not None:
            self._fixed = self._settings(file or "")

    def of(self, path: str) -> Settings:
        """The settings for the spec or the folder at `path`. Raises ConfigError."""
        if self._fixed is not None:
            return self._fixed
        path = os.path.abspath(path)
        return self._of_folder(path if os.path.isdir(path) else os.path.dirname(path))

    def _of_folder(self, folder: str) -> Settings:
        known = self._by_folder.get(folder)
        if known is None:
            file = nearest(folder)
            here = os.getcwd() + os.sep
            known = self._by_folder[folder] = self._settings(file.removeprefix(here))
        return known

    def _settings(self, file: str) -> Settings:
        if file not in self._by_file:
            settings = Settings()
            if file:
                from torclint.config.reading import read_settings

                settings = read_settings(file)
            self._by_file[file] = self._change(settings)
        return self._by_file[file]


def nearest(folder: str) -> str:
    """The path of the configuration file for what lies in `folder`: in it or above, up to the top of a git checkout;
    "" if there is none. `torclint.toml` goes before `pyproject.toml`, which counts only with a table for torclint."""
    while True:
        own = os.path.join(folder, OWN_FILE)
        if os.path.isfile(own):
            return own
        project = os.path.join(folder, PROJECT_FILE)
        if os.path.isfile(project) and _speaks_of_torclint(project):
            return project
        above = os.path.dirname(folder)
        if above == folder or os.path.exists(os.path.join(folder, ".git")):
            return ""
        folder = above


def _speaks_of_torclint(path: str) -> bool:
    try:
        with open(path, "rb") as stream:
            text = stream.read()
    except OSError:
        return False
    if not re.search(_TABLE, text):
        return False
    from tomllib import TOMLDecodeError, loads

    try:
        tool = loads(text.decode()).get("tool")
    except (TOMLDecodeError, UnicodeDecodeError):
        return b"torclint" in text  # reading it will say what is wrong
    return isinstance(tool, dict) and "torclint" in tool
