"""What was found in texts that were checked before, kept in a file; a text, a setting or a torclint that changed by one
byte is another one, and so is a text that names a file which has come or gone since."""

# os.path, since pathlib takes longer to import than all of torclint's own modules
# ruff: noqa: PTH100, PTH103, PTH105, PTH118, PTH120
from __future__ import annotations

import os
import sys
from hashlib import sha256
from json import dumps, loads

from torclint.checking.codec import decode, encode
from torclint.record import TYPE_CHECKING
from torclint.text.outside import Seen
from torclint.version import __version__

if TYPE_CHECKING:
    from typing import Any

    from torclint.checking.files import Source
    from torclint.config.settings import Settings
    from torclint.report.model import FileReport

MOST = 50_000  # texts that are remembered; the least recently checked ones go first
MOST_PATHS = 200  # files that a spec names and that are looked for again, before what is remembered is used
_NAME = "checked.json"


class Cache:
    """The reports on texts that were checked. A file that is missing or damaged is an empty cache."""

    def __init__(self, folder: str) -> None:
        self._path = os.path.join(folder, _NAME)
        self._program = _program()
        self._known = self._load()
        self._settings: dict[int, tuple[Settings, str]] = {}
        self._changed = False

    def get(self, source: Source, found: bool, settings: Settings) -> FileReport | None:
        """The report on this text if it was checked before, in the same way."""
        key = self._key(source, found, settings)
        entry = self._known.pop(key, None)
        if entry is None:
            return None
        plain, paths = entry
        if not Seen(tuple(map(tuple, paths)), 0).still_holds:
            return None
        self._known[key] = entry  # now the one that was asked for last
        return decode(plain, source.path, source.text)

    def put(self, source: Source, found: bool, settings: Settings, report: FileReport, seen: Seen) -> None:
        """Remember a report that came of this text and of what was `seen` besides; but not if that was what files hold."""
        if seen.reads or len(seen.paths) > MOST_PATHS:
            return
        self._known[self._key(source, found, settings)] = [encode(report), seen.paths]
        self._changed = True

    def save(self) -> None:
        """Write what is new. A cache that cannot be written is none: the next check takes longer."""
        if not self._changed:
            return
        kept = dict(list(self._known.items())[-MOST:])
        try:
            body = dumps({"program": self._program, "known": kept}, ensure_ascii=True, separators=(",", ":"))
            os.makedirs(os.path.dirname(self._path), exist_ok=True)
            unfinished = f"{self._path}.{os.getpid()}"
            with open(unfinished, "w", encoding="ascii") as stream:
                stream.write(f"{_digest(body)}\n{body}")
            os.replace(unfinished, self._path)
        except (OSError, ValueError):
            return

    def _load(self) -> dict[str, Any]:
        try:
            with open(self._path, encoding="ascii") as stream:
                digest, body = stream.readline().rstrip("\n"), stream.read()
            stored = loads(body) if digest == _digest(body) else {}
        except (OSError, ValueError):
            return {}
        known: dict[str, Any] = stored.get("known", {}) if stored.get("program") == self._program else {}
        return known

    def _key(self, source: Source, found: bool, settings: Settings) -> str:
        known = self._settings.get(id(settings))
        if known is None:
            # the settings are kept with their digest, so that no other ones can come to have their identity
            known = self._settings[id(settings)] = (
                settings,
                repr(_plain(settings._replace(folder="", files=(), origins=()))),
            )
        base = settings.folder
        path = os.path.relpath(source.path, base) if base else source.path
        whole = "\0".join((known[1], path, source.name or "", str(found), source.text))
        return _digest(whole)


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> Any:
    """The same for equal values, whatever the order of their sets."""
    if isinstance(value, frozenset):
        return sorted(value)
    return [_plain(part) for part in value] if isinstance(value, tuple) else value


def _program() -> str:
    """What tells this torclint from any other: its version, its files, and the Python that runs it."""
    parts = [__version__, sys.version]
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for folder, folders, names in os.walk(package):
        folders.sort()
        for name in sorted(names):
            if name.endswith(".py"):
                state = os.stat(os.path.join(folder, name))  # noqa: PTH116
                parts.append(f"{folder}/{name} {state.st_mtime_ns} {state.st_size}")
    return _digest("\n".join(parts))
