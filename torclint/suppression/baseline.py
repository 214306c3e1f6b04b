"""A baseline: the findings that were there when torclint was taken up, so that only new ones count.

It goes by file, rule, subject and number, never by lines: a finding that moves stays the known one.
"""

# os.path, since pathlib takes longer to import than all of torclint's own modules
# ruff: noqa: PTH100, PTH120
from __future__ import annotations

import os
from json import dumps, loads

from torclint.record import TYPE_CHECKING, Record
from torclint.text.source import SourceError, read_file
from torclint.text.write import write

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    from torclint.rules.base import Finding

SCHEMA = 1

Key = tuple[str, str, str]  # file, relative to the folder of the baseline; code; subject


class BaselineError(ValueError):
    """A baseline cannot be used; `str()` is one line with its path."""


class Baseline(Record):
    """How many findings are known, by file, code and subject."""

    path: str
    known: dict[Key, int]

    def key(self, file: str, finding: Finding) -> Key:
        """What a finding in the file at path `file` goes by."""
        return self._relative(file), finding.code, finding.subject

    def files(self, paths: Iterable[str]) -> set[str]:
        """The files at `paths` as entries call them."""
        return set(map(self._relative, paths))

    def _relative(self, file: str) -> str:
        return os.path.relpath(file, os.path.dirname(os.path.abspath(self.path))).replace(os.sep, "/")


def read_baseline(path: str) -> Baseline:
    """Raises BaselineError, and SourceError if there is no such file."""
    try:
        plain = loads(read_file(path))
        if plain.get("schema") != SCHEMA:
            raise BaselineError(f"{path}: made by another version of torclint; make it again: torclint baseline")
        known = {_key(entry): int(entry["count"]) for entry in plain["findings"]}
    except (BaselineError, SourceError):
        raise
    except (ValueError, KeyError, TypeError, AttributeError):
        raise BaselineError(f"{path}: is no baseline; make it again: torclint baseline") from None
    return Baseline(path, known)


def write_baseline(baseline: Baseline) -> None:
    """Write it whole or not at all, one line an entry. Raises WriteError."""
    entries = [
        dumps({"file": file, "code": code, "subject": subject, "count": count}, ensure_ascii=False)
        for (file, code, subject), count in sorted(baseline.known.items())
    ]
    body = ",\n    ".join(entries)
    write(baseline.path, f'{{\n  "schema": {SCHEMA},\n  "findings": [\n    {body}\n  ]\n}}\n')


def counted(baseline: Baseline, found: Iterable[tuple[str, Finding]]) -> dict[Key, int]:
    """How many of the findings, given with the path of their file, go by each key."""
    counts: dict[Key, int] = {}
    for file, finding in found:
        key = baseline.key(file, finding)
        counts[key] = counts.get(key, 0) + 1
    return counts


class Sieve:
    """Lets findings through that are not in a baseline, and knows which entries were of no use."""

    def __init__(self, baseline: Baseline) -> None:
        self._baseline = baseline
        self._left = dict(baseline.known)

    def new(self, file: str, findings: Iterable[Finding]) -> tuple[Finding, ...]:
        """Those of the findings in a file that are new; of equal ones the last."""
        new = []
        for finding in findings:
            key = self._baseline.key(file, finding)
            if self._left.get(key, 0):
                self._left[key] -= 1
            else:
                new.append(finding)
        return tuple(new)

    def stale(self, files: Iterable[str]) -> int:
        """How many entries of these files stand for findings that are not there any more."""
        checked = self._baseline.files(files)
        return sum(left > 0 and key[0] in checked for key, left in self._left.items())


def _key(entry: Any) -> Key:
    return str(entry["file"]), str(entry["code"]), str(entry["subject"])
