"""Files that parameters come from: lists (`@values.txt`) and tables (CSV, JSON, JSONL), read as Torc reads them.

Torc 1.0.0, parameter_expansion.rs:158-349. Paths are taken from the working directory.
"""

from __future__ import annotations

import os
import re
import stat

from torclint.record import TYPE_CHECKING, Record
from torclint.spec.domain import ROW_BUDGET
from torclint.spec.json_text import compact_json
from torclint.spec.ranges import ParameterError, infer
from torclint.spec.rust_text import I64_MAX, I64_MIN, lines, trim
from torclint.text.outside import note_reading

if TYPE_CHECKING:
    from typing import Any

    from torclint.spec.domain import Value

MAX_BYTES = 256 * 1024 * 1024

_TABLE_RULE = "bad-parameter-table"
_FIELD = re.compile(r'"((?:[^"]++|"")*+)"?([^,\r\n]*)|([^,\r\n]*)')
_LINE_BREAK = re.compile(r"\r\n|\r|\n")


class Table(Record):
    """Rows of values, one column per name; None where a row lacks the column."""

    names: tuple[str, ...]
    rows: tuple[tuple[Value | None, ...], ...]


def read_values(path: str) -> tuple[Value, ...]:
    """The values of `@path`: one a line, empty lines and lines with `#` left out. Raises ParameterError."""
    path = trim(path)
    if not path:
        raise ParameterError("there is no path after '@'", "write @path/to/file")
    found = (trim(line) for line in lines(_read(path, "parameter file", "bad-parameter")))
    values = tuple(infer(line) for line in found if line and not line.startswith("#"))
    if len(values) > ROW_BUDGET:
        raise ParameterError(f"parameter file {path!r} holds {len(values):,} values; at most {ROW_BUDGET:,} are read")
    return values


def read_table(path: str) -> Table:
    """The table of a `parameters_file`. Raises ParameterError."""
    path = trim(path)
    if not path:
        raise _refuse("the path is empty", "write the path of a .csv, .json, .jsonl or .ndjson file")
    lower = path.lower()
    if lower.endswith(".csv"):
        table = _read_csv(path)
    elif lower.endswith((".jsonl", ".ndjson")):
        table = _read_json_lines(path)
    elif lower.endswith(".json"):
        table = _read_json(path)
    else:
        raise _refuse(f"{path!r} does not end in .csv, .json, .jsonl or .ndjson", "give the file one of these endings")
    if not table.rows:
        raise _refuse(f"{path!r} holds no rows", "write at least one row")
    if len(table.rows) > ROW_BUDGET:
        raise _refuse(f"{path!r} holds {len(table.rows):,} rows; at most {ROW_BUDGET:,} are read")
    return table


def _refuse(message: str, advice: str = "") -> ParameterError:
    return ParameterError(message, advice, _TABLE_RULE)


def _read(path: str, what: str, rule: str) -> str:
    note_reading()
    shown = f"{what} {path!r}"
    try:
        about = os.stat(path)  # noqa: PTH116 (pathlib costs start-up time)
        if not stat.S_ISREG(about.st_mode):
            raise ParameterError(f"{shown} is not a regular file", rule=rule)
        if about.st_size > MAX_BYTES:
            raise ParameterError(f"{shown} is larger than {MAX_BYTES // 1024**2} MiB", rule=rule)
        with open(path, "rb") as stream:
            return stream.read(MAX_BYTES).decode("utf-8")
    except UnicodeDecodeError as error:
        raise ParameterError(f"{shown} is not UTF-8 text: byte {error.start}", rule=rule) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        if isinstance(error, ParameterError):
            raise
        advice = "paths are taken from the directory that torc is started in"
        raise ParameterError(f"{shown} cannot be read: {reason}", advice, rule) from None


def _read_csv(path: str) -> Table:
    records = _records(_read(path, "table", _TABLE_RULE).removeprefix("\ufeff"))
    if not records:
        raise _refuse(f"{path!r} has no columns", "write a header line with the parameter names")
    header = records[0]
    for place, name in enumerate(header):
        if not name:
            raise _refuse(f"column {place + 1} of {path!r} has no name", "name it in the header line")
        if name in header[:place]:
            raise _refuse(f"{path!r} has two columns named {name!r}", "give each column its own name")
    for number, record in enumerate(records[1:], 1):
        if len(record) != len(header):
            raise _refuse(f"row {number} of {path!r} has {len(record)} fields, the header has {len(header)}")
    return Table(tuple(header), tuple(tuple(map(infer, record)) for record in records[1:]))


def _records(text: str) -> list[list[str]]:
    """Records of a CSV text, their fields trimmed; a quote counts only where a field starts with it (RFC 4180)."""
    if '"' not in text:
        return [[trim(field) for field in line.split(",")] for line in _LINE_BREAK.split(text) if line]
    records: list[list[str]] = []
    record: list[str] = []
    place, size = 0, len(text)
    while place < size:
        if not record and text[place] in "\r\n":
            place += 1
            continue
        found = _FIELD.match(text, place)
        assert found is not None
        quoted, rest, plain = found.groups()
        record.append(trim(plain if quoted is None else quoted.replace('""', '"') + rest))
        place = found.end()
        if place < size and text[place] == ",":
            place += 1
            if place == size or text[place] in "\r\n":
                record.append("")
            else:
                continue
        records.append(record)
        record = []
    return records


def _read_json(path: str) -> Table:
    content = _parse_json(_read(path, "table", _TABLE_RULE), repr(path))
    if not isinstance(content, list):
        raise _refuse(f"{path!r} must hold a JSON list of objects", 'write [{"name": value}, ...]')
    for number, element in enumerate(content, 1):
        if not isinstance(element, dict):
            raise _refuse(f"element {number} of {path!r} is not a JSON object", 'write {"name": value, ...}')
    return _table(content)


def _read_json_lines(path: str) -> Table:
    rows = []
    for number, raw in enumerate(lines(_read(path, "table", _TABLE_RULE)), 1):
        line = trim(raw)
        if not line:
            continue
        row = _parse_json(line, f"line {number} of {path!r}")
        if not isinstance(row, dict):
            raise _refuse(f"line {number} of {path!r} is not a JSON object", 'write {"name": value, ...}')
        rows.append(row)
    return _table(rows)


def _parse_json(text: str, what: str) -> Any:
    from torclint.syntax import ParseError, parse

    try:
        return parse(text, "json").value
    except ParseError as error:
        raise _refuse(f"{what} is not JSON: {error}") from None


def _table(rows: list[dict[str, Any]]) -> Table:
    names = tuple(dict.fromkeys(name for row in rows for name in row))
    return Table(names, tuple(tuple(_value(row[name]) if name in row else None for name in names) for row in rows))


def _value(written: Any) -> Value:
    if isinstance(written, str | float) and not isinstance(written, bool):
        return written
    if isinstance(written, int) and not isinstance(written, bool):
        return written if I64_MIN <= written <= I64_MAX else float(written)
    return compact_json(written)
