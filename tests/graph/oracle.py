"""Torc by brute force: every job of a small spec written out and every pair looked at, with no code of torclint's graph.

Only the matching of patterns is torclint's own (`torclint.names.rust_regex`), which is held against the crate elsewhere.
"""

from __future__ import annotations

import re
from itertools import product
from typing import NamedTuple

from torclint.names import rust_regex

TOKEN = re.compile(r"\$\{(files|user_data)\.(input|output)\.([^}]+)\}")

DUPLICATE, MISSING, REPEATED = "duplicate name", "missing", "repeated"
INVALID, NOTHING_NEW, SELF, CYCLE = "invalid pattern", "nothing new", "self cycle", "cycle"


class Model(NamedTuple):
    """All that the oracle says of one spec. Edges are (job, job it waits for)."""

    jobs: list[str]
    explicit: set[tuple[str, str]]
    total: set[tuple[str, str]]
    refusals: set[str]

    @property
    def has_explicit_cycle(self) -> bool:
        return has_cycle(self.explicit)

    @property
    def has_cycle(self) -> bool:
        return has_cycle(self.total)


def model(spec: dict) -> Model:
    """What Torc makes of `spec`, plain values as a YAML reader gives them."""
    jobs = [values for item in spec["jobs"] for values in expand(item, spec.get("parameters"))]
    files = [values["name"] for item in spec.get("files", ()) for values in expand(item)]
    items = [values for item in spec.get("user_data", ()) for values in expand(item)]
    user_data = [item["name"] for item in items]
    filled = {item["name"] for item in items if item.get("data") is not None}
    names = [job["name"] for job in jobs]

    refusals: set[str] = set()
    if any(len(set(each)) < len(each) for each in (names, files, user_data)):
        refusals.add(DUPLICATE)
    explicit: set[tuple[str, str]] = set()
    readers: set[tuple[str, str]] = set()
    writers: set[tuple[str, str]] = set()
    for job in jobs:
        tokens = tokens_of(job, set(files), filled)
        waits = resolve(job.get("depends_on", []), job.get("depends_on_regexes", []), names, refusals)
        explicit |= {(job["name"], other) for other in waits}
        for kind, field, known in (("files", "file", files), ("user_data", "user_data", user_data)):
            plural = "files" if field == "file" else field
            for direction, pairs in (("input", readers), ("output", writers)):
                listed = job.get(f"{direction}_{plural}", [])
                in_command, in_script = (found.get((kind, direction), []) for found in tokens)
                listed = in_command or listed
                if in_script:
                    listed = sorted({*listed, *in_script})
                patterns = job.get(f"{direction}_{field}_regexes", [])
                found = resolve(listed, patterns, known, refusals)
                pairs.update((f"{kind} {name}", job["name"]) for name in found)
    total = set(explicit)
    for artifact, reader in readers:
        total |= {(reader, writer) for written, writer in writers if written == artifact}
    if any(job == other for job, other in explicit):
        refusals.add(SELF)
    if has_cycle(explicit):
        refusals.add(CYCLE)
    return Model(names, explicit, total, refusals)


def expand(item: dict, shared: dict | None = None) -> list[dict]:
    """One copy of the item for each combination of its parameters, their values put into every string.

    `shared`: the parameters of the workflow, from which an item without its own may pick some.
    """
    parameters = item.get("parameters") or {name: (shared or {})[name] for name in item.get("use_parameters", ())}
    if not parameters:
        return [item]
    columns = [values_of(parameters[name]) for name in parameters]
    rows = zip(*columns, strict=True) if item.get("parameter_mode") == "zip" else product(*columns)
    return [filled(item, dict(zip(parameters, row, strict=True))) for row in rows]


def values_of(written: object) -> list[int | str]:
    if isinstance(written, list):
        return written
    if str(written).startswith("["):
        return [int(part) if part.isdigit() else part for part in re.findall(r"""[^][, '"]+""", str(written))]
    start, end, *step = [int(part) for part in str(written).split(":")]
    by = step[0] if step else 1
    return list(range(start, end + (1 if by > 0 else -1), by))


def filled(value, row):
    if isinstance(value, dict):
        return {key: each if key == "parameters" else filled(each, row) for key, each in value.items()}
    if isinstance(value, list):
        return [filled(each, row) for each in value]
    if not isinstance(value, str):
        return value
    for name, shown in row.items():
        slot = r"\{" + name + r"(?::0(\d+)d)?\}"
        value = re.sub(slot, lambda found, shown=shown: padded(shown, found[1]), value)
    return value


def padded(value: int | str, width: str | None) -> str:
    return f"{value:0{int(width)}d}" if width and isinstance(value, int) else str(value)


def tokens_of(job: dict, files: set[str], filled: set[str]) -> list[dict[tuple[str, str], list[str]]]:
    """The known names in the tokens of the command and of the script, by kind and direction."""
    both = []
    for field in ("command", "invocation_script"):
        found: dict[tuple[str, str], list[str]] = {}
        for kind, direction, name in TOKEN.findall(job.get(field) or ""):
            listed = found.setdefault((kind, direction), [])
            if name in (files if kind == "files" else filled) and name not in listed:
                listed.append(name)
        both.append(found)
    return both


def resolve(names: list[str], patterns: list[str], known: list[str], refusals: set[str]) -> set[str]:
    """What one list of a job picks out; why Torc refuses it goes into `refusals`."""
    wanted: set[str] = set()
    for name in names:
        if name not in known:
            refusals.add(MISSING)
        elif name in wanted:
            refusals.add(REPEATED)
        else:
            wanted.add(name)
    for pattern in patterns:
        try:
            regex = rust_regex.compile(pattern)
        except rust_regex.RegexError:
            refusals.add(INVALID)
            continue
        matched = {name for name in known if regex.is_match(name)}
        if matched <= wanted:
            refusals.add(NOTHING_NEW)
        wanted |= matched
    return wanted


def has_cycle(edges: set[tuple[str, str]]) -> bool:
    """Whether taking away jobs that wait for nothing, again and again, leaves some."""
    left = set(edges)
    while True:
        waiting = {job for job, _ in left}
        kept = {(job, other) for job, other in left if other in waiting}
        if kept == left:
            return bool(left)
        left = kept
