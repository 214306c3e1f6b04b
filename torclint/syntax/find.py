"""Which files of a folder are Torc specs: told by what they hold, not by what they are called."""

# os.path, since pathlib takes longer to import than all of torclint's own modules
# ruff: noqa: PTH116, PTH118
from __future__ import annotations

import os
import re
import stat

from torclint.record import TYPE_CHECKING
from torclint.syntax.detect import read
from torclint.syntax.node import Mapping, ParseError, Sequence
from torclint.text.source import NotText, SourceError, read_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from torclint.syntax.node import Document

ENDINGS = (".yaml", ".yml", ".json", ".json5", ".kdl")

_SKIPPED = {"node_modules", "__pycache__", "torc_output"}

_KEYS = [re.compile(rf"""(?:^|[{{,])\s*["']?{key}["']?\s*:""", re.MULTILINE) for key in ("name", "jobs", "command")]
_KDL_NODES = [re.compile(rf"^\s*{node}\b", re.MULTILINE) for node in ("name", "job", "command")]


def find_specs(folder: str) -> Iterator[str]:
    """Paths of the Torc specs below `folder`, sorted; hidden folders and links to folders are left out.

    A file that cannot be opened counts as one, so that it is reported and not passed over.
    """
    for path in candidates(folder):
        try:
            text = read_file(path)
        except NotText:
            continue
        except SourceError:
            yield path
            continue
        if is_spec(text, path):
            yield path


def is_spec(text: str, path: str) -> bool:
    """Whether `text` is meant as a Torc spec: a top level with a name and a list of jobs.

    A text with a syntax error is one if it speaks of a name, jobs and a command.
    """
    if not speaks_of_jobs(text, path):
        return False
    try:
        return is_spec_document(read(text, path))
    except ParseError:
        return speaks_of_commands(text, path)


def is_spec_document(document: Document) -> bool:
    """Whether its top level has a name and a list of jobs."""
    root = document.root
    return isinstance(root, Mapping) and root.get("name") is not None and isinstance(root.get("jobs"), Sequence)


def speaks_of_jobs(text: str, path: str) -> bool:
    """Whether a name and jobs come up in `text`, which can be told without reading it in its format."""
    return all(mark.search(text) for mark in _marks(path)[:2])


def speaks_of_commands(text: str, path: str) -> bool:
    """Whether a command comes up in `text`."""
    return _marks(path)[2].search(text) is not None


def _marks(path: str) -> list[re.Pattern[str]]:
    return _KDL_NODES if path.lower().endswith(".kdl") else _KEYS


def candidates(folder: str, excluded: Callable[[str], bool] = lambda path: False) -> Iterator[str]:
    """Paths of the files below `folder` that end like a spec, sorted, but for what is `excluded`.

    Pipes, sockets and devices are left out: reading one may wait for ever. Folders that cannot be searched come last, so that
    they are reported and not passed over.
    """
    closed: list[str] = []
    for parent, folders, files in os.walk(folder, onerror=lambda error: closed.append(error.filename)):
        wanted = (name for name in folders if not name.startswith(".") and name not in _SKIPPED)
        folders[:] = sorted(name for name in wanted if not excluded(os.path.join(parent, name)))
        for name in sorted(files):
            path = _plain(os.path.join(parent, name))
            if name.lower().endswith(ENDINGS) and not excluded(path) and _may_be_read(path):
                yield path
    yield from map(_plain, closed)


def _plain(path: str) -> str:
    """`path` without `./`, but where that keeps it from being taken for an option."""
    short = path.removeprefix("./")
    return path if short.startswith("-") else short


def _may_be_read(path: str) -> bool:
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except (OSError, ValueError):
        return True  # reading it will say what is wrong
