"""Reading what wrappers write down: a line for each thing that happens, in a file for each host."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

STARTED, ENDED, RETRIED, CANCELED, STOPPED = "S", "E", "R", "C", "X"


class Record(NamedTuple):
    """What happened to a job. `status` is a name, "" before the end."""

    what: str
    number: int
    attempt: int = 0
    status: str = ""
    code: int = 0
    seconds: float = 0.0
    reason: str = ""


class Records:
    """The records of a run; each is given once, also where one who reads them dies and another one goes on."""

    def __init__(self, folder: Path) -> None:
        """`folder` is that of the run. Raises OSError."""
        self._folder = folder / "records"
        self._told = folder / "told"
        self._read: dict[str, int] = {}  # by file name: bytes
        if self._told.exists():
            self._read = json.loads(self._told.read_text("utf-8"))

    def keep(self) -> None:
        """What was given so far is known for good. Raises OSError."""
        new = self._told.with_suffix(".new")
        new.write_text(json.dumps(self._read), encoding="utf-8")
        new.replace(self._told)

    def new(self) -> Iterator[Record]:
        """Those that have come since the last call. Lines that are not whole yet come later."""
        for path in sorted(self._folder.iterdir()) if self._folder.is_dir() else ():
            known = self._read.get(path.name, 0)
            with open(path, "rb") as file:
                file.seek(known)
                text = file.read()
            end = text.rfind(b"\n") + 1
            self._read[path.name] = known + end
            for line in text[:end].decode("utf-8", "surrogateescape").splitlines():
                record = _record(line.split("\t"))
                if record is not None:
                    yield record


def _record(parts: list[str]) -> Record | None:
    """None for a line that makes no sense, such as one torn by a full disk."""
    try:
        what, number = parts[0], int(parts[1])
        if what == STARTED:
            return Record(what, number, int(parts[2]))
        if what == ENDED:
            return Record(what, number, int(parts[4]), parts[2], int(parts[3]), float(parts[5]), parts[6])
        if what == RETRIED:
            return Record(what, number, int(parts[3]), "", int(parts[2]), float(parts[4]), parts[5])
        if what == STOPPED:
            return Record(what, number, int(parts[2]), "", 0, float(parts[3]))
        return Record(what, number) if what == CANCELED else None
    except (ValueError, IndexError):
        return None
