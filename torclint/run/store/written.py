"""Where lies what the jobs of a run wrote to stdout and stderr."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from torclint.run.outputs import base_of

if TYPE_CHECKING:
    from torclint.run.store.schema import Row
    from torclint.run.store.summary import Summary


def files_of(found: Summary, row: Row) -> tuple[Path | None, Path | None]:
    """The files with stdout and with stderr, which may be the same."""
    for run in range(row.run, _oldest(found, row) - 1, -1):
        files = _files_of(found, row, run)
        if files != (None, None):
            return files
    return None, None


def _oldest(found: Summary, row: Row) -> int:
    """The number of the first run that may have started what was told in this one: a HyperQueue server goes on while nobody
    listens."""
    return 1 if json.loads(found.options).get("engine") == "hyperqueue" else row.run


def _files_of(found: Summary, row: Row, run: int) -> tuple[Path | None, Path | None]:
    folder = os.path.relpath(Path(found.folder, found.output_dir))
    base = base_of(folder, found.place, row.id, run, row.attempts)
    combined = Path(base + ".log")
    if combined.exists():
        return combined, combined
    out, err = Path(base + ".o"), Path(base + ".e")
    return (out if out.exists() else None), (err if err.exists() else None)
