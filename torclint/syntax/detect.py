"""Which format Torc takes a file for: its extension decides, else the first reader that does not refuse."""

from __future__ import annotations

import re

from torclint.syntax import parse
from torclint.syntax.node import Document, Mapping, ParseError

_EXTENSIONS = {"json": "json", "json5": "json5", "yaml": "yaml", "yml": "yaml", "kdl": "kdl"}
_TRIED = ("json", "json5", "yaml", "kdl")  # in Torc's order, workflow_spec.rs:6434
# what Rust's str::trim takes away; Python's str.strip takes U+001C to U+001F as well
_ONLY_BLANK = re.compile(r"[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*+\Z")


def format_of(name: str) -> str | None:
    """The format that the extension of the path `name` stands for, in any case of letters; None if for none."""
    base = name.rstrip("/").rpartition("/")[2]
    stem, dot, extension = base.rpartition(".")
    if not dot or not stem:
        return None  # as Rust's Path::extension: `.yaml` is a name without extension
    return _EXTENSIONS.get(extension.lower())


def read(text: str, name: str | None) -> Document:
    """Read a spec as `torc create NAME` does, or from standard input where `name` is None.

    Raises ParseError; where the format is not known from the name, the error tells what every reader said.
    """
    if name is None:
        return _read_standard_input(text)
    known = format_of(name)
    if known is not None:
        return parse(text, known)
    return _first_that_reads(text, {})


def _read_standard_input(text: str) -> Document:
    """Torc wants a mapping here, except of KDL, which always gives one (workflow_spec.rs:6460-6480)."""
    if _ONLY_BLANK.match(text):
        raise ParseError("the spec on standard input is empty", text, 0)
    return _first_that_reads(text, {"json": Mapping, "json5": Mapping, "yaml": Mapping})


def _first_that_reads(text: str, wanted: dict[str, type[Mapping]]) -> Document:
    errors: list[tuple[str, ParseError]] = []
    for candidate in _TRIED:
        try:
            document = parse(text, candidate)
        except ParseError as error:
            errors.append((candidate, error))
            continue
        if isinstance(document.root, wanted.get(candidate, object)):
            return document
        errors.append((candidate, ParseError("the top level is not a mapping", text, document.root.start)))
    told = "; ".join(f"{candidate}: {error.line}:{error.column} {error.message}" for candidate, error in errors)
    furthest = max(error.offset for _, error in errors)
    raise ParseError(f"no format that Torc reads fits ({told})", text, furthest)
