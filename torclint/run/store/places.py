"""Where stores lie: in `.torclint/runs`, in the folder where a run is started, numbered."""

from __future__ import annotations

import os
import re
from pathlib import Path

FOLDER = Path(".torclint")
RUNS = FOLDER / "runs"
_MAGIC = b"SQLite format 3\0"
_NAME = re.compile(r"(\d+)-.*\.sqlite")


def new_store(spec: str) -> str:
    """The path of a new, empty store for a run of the spec at the path `spec`. Raises OSError."""
    RUNS.mkdir(parents=True, exist_ok=True)
    ignore = FOLDER / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n", encoding="ascii")
    stem = stem_of(spec)
    number = max((_number(path) for path in stores()), default=0)
    while True:
        number += 1
        path = RUNS / f"{number:04d}-{stem}.sqlite"
        if any(RUNS.glob(f"{number:04d}-*")):
            continue
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666))
        except FileExistsError:
            continue
        return str(path)


def stem_of(spec: str) -> str:
    """What the names of the stores of a spec end with."""
    return re.sub(r"[^A-Za-z0-9_.-]+", "_", Path(spec).stem)[:60] or "run"


def stores() -> list[Path]:
    """All stores of the current folder, the newest first."""
    found = [path for path in RUNS.glob("*.sqlite") if _NAME.fullmatch(path.name)]
    return sorted(found, key=_number, reverse=True)


def numbered(number: int) -> Path | None:
    """The store of the current folder that has this number."""
    return next((path for path in stores() if _number(path) == number), None)


def short_name(store: str) -> str:
    """What to type to name this store: its number where it is one of the current folder, else its path."""
    path = Path(store)
    return str(_number(path)) if path.parent == RUNS and _NAME.fullmatch(path.name) else store


def is_store(path: str) -> bool:
    """Whether the file at `path` is a database rather than a spec."""
    try:
        with open(path, "rb") as file:
            return file.read(len(_MAGIC)) == _MAGIC or path.endswith(".sqlite")
    except OSError:
        return path.endswith(".sqlite")


def folder_of(store: str, recorded: str) -> str:
    """Where the jobs of the run in `store` run: `recorded`, unless its folder was moved along with the store."""
    runs = Path(store).resolve().parent
    return str(runs.parent.parent) if runs.parts[-2:] == RUNS.parts else recorded


def _number(path: Path) -> int:
    found = _NAME.fullmatch(path.name)
    return int(found[1]) if found else 0
