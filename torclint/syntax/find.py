"""Which files of a folder are Torc specs: told by what they hold, not by what they are called."""

# os.path, since pathlib takes longer to import than all of torclint's own modules
# ruff: noqa: PTH118
from __future__ import annotations

import os
import re

from torclint.record import TYPE_CHECKING
from torclint.syntax.detect import read
from torclint.syntax.node import Mapping, ParseError, Sequence
from torclint.text.source import NotText, SourceError, read_file

if TYPE_CHECKING:
    from collections.abc import Iterator

ENDINGS = (".yaml", ".yml", ".json", ".json5", ".kdl")

_SKIPPED = {"node_modules", "__pycache__", "torc_output"}

_KEYS = [re.compile(rf"""(?:^|[{{,])\s*["']?{key}["']?\s*:""", re.MULTILINE) for key in ("name", "jobs", "command")]
_KDL_NODES = [re.compile(rf"^\s*{node}\b", re.MULTILINE) for node in ("name", "job", "command")]


def find_specs(folder: str) -> Iterator[str]:
    """Paths of the Torc specs below `folder`, sorted; hidden folders and links to folders are left out.

    A file that cannot be opened counts as one, so that it is reported and not passed over.
    """
    for path in _candidates(folder):
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
    marks = _KDL_NODES if path.lower().endswith(".kdl") else _KEYS
    name, jobs, command = (mark.search(text) is not None for mark in marks)
    if not (name and jobs):
        return False
    try:
        root = read(text, path).root
    except ParseError:
        return command
    return isinstance(root, Mapping) and root.get("name") is not None and isinstance(root.get("jobs"), Sequence)


def _candidates(folder: str) -> Iterator[str]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name not in _SKIPPED)
        for name in sorted(files):
            if name.lower().endswith(ENDINGS):
                yield os.path.join(parent, name)
