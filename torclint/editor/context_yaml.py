"""Contexts in the block style of YAML, told by how lines are indented."""

from __future__ import annotations

import re
from typing import NamedTuple

from torclint.editor.context import ITEM, KEY, VALUE, Context
from torclint.editor.context_flow import flow_context

_LINE = re.compile(r"( *)((?:-(?: +|(?=\Z)))*)(.*)", re.DOTALL)
_KEY = re.compile(r"""(?:"([^"]*)"|'([^']*)'|([^\s"'#\[{&*!|>%@`-][^:#]*?|-\w[^:#]*?))\s*:(?:\s+|\Z)""")
_DECORATION = re.compile(r"(?:[&!][^\s,\[\]{}]*\s+)*")
_BLOCK_SCALAR = re.compile(r"[|>][-+0-9]*(?:\s|\Z)")


class _Line(NamedTuple):
    """A line that is no comment and not empty: columns of its first dash (-1 for none) and of what follows the dashes."""

    start: int
    dash: int
    column: int
    rest: str
    key: str | None
    value: str
    value_at: int


def yaml_context(text: str, offset: int) -> Context | None:
    start = text.rfind("\n", 0, offset) + 1
    line = _line(text[start:offset], start)
    owners, taken = _owners(text, start, line)
    if owners and _BLOCK_SCALAR.match(owners[-1].value):
        return None
    for place, each in enumerate((*owners, line)):
        if each.value[:1] in ("[", "{"):
            path = tuple(str(owner.key) for owner in owners[:place])
            path += (each.key,) if each.key is not None else ()
            found = flow_context(text, each.value_at, offset, path, is_yaml=True)
            if found is not None:
                return found
    if re.search(r"(?:^|\s)#", line.rest) and not line.rest.lstrip().startswith(("'", '"')):
        return None
    path = tuple(str(owner.key) for owner in owners)
    if line.key is not None:
        return _of_value((*path, line.key), VALUE, line, offset)
    if line.dash >= 0:
        found = _of_value(path, ITEM, line, offset)
        return found._replace(taken=taken | _below(text, offset, line.column)) if found is not None else None
    return _of_value(path, KEY, line, offset, taken | _below(text, offset, line.column))


def _of_value(
    path: tuple[str, ...], role: str, line: _Line, offset: int, taken: frozenset[str] = frozenset()
) -> Context | None:
    quote = line.value[:1] if line.value[:1] in ("'", '"') else ""
    if quote and len(line.value) > 1 and line.value.rstrip().endswith(quote):
        return None
    typed = line.value[len(quote) :]
    return Context(path, role, typed, offset - len(typed), quote, taken)


def _line(written: str, start: int) -> _Line:
    found = _LINE.fullmatch(written)
    assert found is not None
    indent, dashes, rest = found.groups()
    key = _KEY.match(rest)
    value = rest if key is None else rest[key.end() :]
    decoration = _DECORATION.match(value)
    value = value[decoration.end() :] if decoration else value
    name = None if key is None else next(part for part in key.groups() if part is not None)
    value_at = start + len(written) - len(value)
    dash = len(indent) if dashes else -1
    return _Line(start, dash, len(indent) + len(dashes), rest, name, value, value_at)


def _owners(text: str, start: int, line: _Line) -> tuple[list[_Line], frozenset[str]]:
    """The lines with the keys around a line, from the top on; and the keys above it in the same mapping."""
    owners: list[_Line] = []
    taken: set[str] = set()
    limit, or_equal = (line.dash, True) if line.dash >= 0 else (line.column, False)
    in_mapping = line.dash < 0
    end = start - 1
    while end >= 0 and (limit > 0 or or_equal or in_mapping):
        begin = text.rfind("\n", 0, end) + 1
        written = text[begin:end].rstrip("\r")
        end = begin - 1
        stripped = written.strip()
        if not stripped or stripped[0] == "#":
            continue
        indent = len(written) - len(written.lstrip(" "))
        if indent > limit:
            continue
        above = _line(written, begin)
        if above.column == limit and in_mapping and above.key is not None:
            taken.add(above.key)
            if above.dash >= 0:
                limit, or_equal, in_mapping = above.dash, True, False
        elif above.column < limit or (or_equal and above.column == limit and above.dash < 0):
            if above.key is None:
                continue
            owners.insert(0, above)
            limit, or_equal, in_mapping = (above.dash, True, False) if above.dash >= 0 else (above.column, False, False)
    return owners, frozenset(taken)


def _below(text: str, offset: int, column: int) -> frozenset[str]:
    """The keys below a line in the same mapping."""
    found: set[str] = set()
    place = text.find("\n", offset)
    while place >= 0:
        end = text.find("\n", place + 1)
        written = text[place + 1 : end if end >= 0 else len(text)].rstrip("\r")
        place = end
        if not written.strip() or written.lstrip().startswith("#"):
            continue
        line = _line(written, 0)
        if (line.dash >= 0 and line.dash <= column) or line.column < column:
            break
        if line.column == column and line.key is not None:
            found.add(line.key)
    return frozenset(found)
