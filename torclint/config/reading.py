"""Reading a configuration file: TOML to settings, with the line of everything that is wrong."""

# os.path, since pathlib takes longer to import than all of torclint's own modules
# ruff: noqa: PTH100, PTH118, PTH120
from __future__ import annotations

import os
import re
from tomllib import TOMLDecodeError, loads

from torclint.config.discovery import PROJECT_FILE
from torclint.config.keys import (
    GLOBS,
    GLOBS_TO_RULES,
    IGNORES,
    KEYS,
    NUMBER,
    NUMBERS,
    RULE_TO_SEVERITY,
    RULES,
    TEXT,
    VALUES,
)
from torclint.config.place import line_of
from torclint.config.settings import ConfigError, IgnoreEntry, Settings
from torclint.record import TYPE_CHECKING, Record
from torclint.rules.registry import UnknownRule, find
from torclint.rules.selection import codes_of, default_codes, selection_of
from torclint.suppression.apply import Configured
from torclint.text.source import SourceError, read_file

if TYPE_CHECKING:
    from typing import Any

    from torclint.config.keys import Key

_DEEPEST = 20  # files that extend each other


class _File(Record):
    """One configuration file: what it sets, and its text to find lines in. `table`: where its settings lie."""

    path: str
    text: str
    values: dict[str, Any]
    table: tuple[str, ...]

    def error(self, keys: tuple[str, ...], message: str) -> ConfigError:
        line = line_of(self.text, (*self.table, *keys))
        return ConfigError(f"{self.path}:{line}: {message}")


def read_settings(path: str) -> Settings:
    """The settings of the configuration file at `path`, with those it extends. Raises ConfigError."""
    files = _with_extended(path)
    values: dict[str, Any] = {}
    extended: dict[str, frozenset[str]] = {"extend-select": frozenset(), "extend-ignore": frozenset()}
    ignores: list[IgnoreEntry] = []
    origins: dict[str, str] = {}
    for file in reversed(files):
        for key, value in _checked(file).items():
            parts = [(key, name) for name in file.values[key]] if isinstance(file.values[key], dict) else [(key,)]
            origins |= {".".join(part): f"{file.path}:{line_of(file.text, (*file.table, *part))}" for part in parts}
            if key in extended:
                extended[key] |= value
            elif key == "ignores":
                ignores += value
            elif isinstance(value, dict):
                values[key] = values.get(key, {}) | value
            else:
                values[key] = value
    on = values.get("select", default_codes()) | extended["extend-select"]
    selection = selection_of(on - values.get("ignore", frozenset()) - extended["extend-ignore"])
    given = Settings()
    thresholds = {name.replace("-", "_"): number for name, number in values.get("thresholds", {}).items()}
    return Settings(
        selection=selection,
        thresholds=given.thresholds._replace(**thresholds),
        torc=values.get("torc-version", given.torc),
        fail_on=values.get("fail-on", given.fail_on),
        severities=tuple(values.get("severity", {}).items()),
        per_file=tuple(values.get("per-file-ignores", {}).items()),
        ignores=tuple(ignores),
        exclude=values.get("exclude", ()),
        folder=os.path.dirname(os.path.abspath(path)),
        files=tuple(file.path for file in files),
        origins=tuple(origins.items()),
    )


def _with_extended(path: str) -> list[_File]:
    """The file at `path` and those that it extends, the nearest first."""
    files = [_load(path)]
    while "extend" in files[-1].values:
        last = files[-1]
        base = last.values["extend"]
        if not isinstance(base, str):
            raise last.error(("extend",), "extend is the path of a configuration file, in quotes")
        base = os.path.normpath(os.path.join(os.path.dirname(last.path), base))
        if len(files) == _DEEPEST or any(os.path.abspath(base) == os.path.abspath(file.path) for file in files):
            raise last.error(("extend",), f"{base} extends this file in turn")
        try:
            files.append(_load(base))
        except SourceError as error:
            raise last.error(("extend",), f"{base}: {error.message}") from None
    return files


def _load(path: str) -> _File:
    """Raises ConfigError, and SourceError if the file cannot be read."""
    try:
        text = read_file(path)
    except SourceError as error:
        if error.line:
            raise ConfigError(str(error)) from None
        raise
    try:
        values = loads(text.removeprefix("\ufeff"))
    except TOMLDecodeError as error:
        told = re.sub(r" \(at line (\d+), column (\d+)\)$", "", str(error))
        place = re.search(r"at line (\d+), column (\d+)", str(error))
        where = f":{place[1]}:{place[2]}" if place else ""
        raise ConfigError(f"{path}{where}: not TOML: {told}") from None
    if os.path.split(path)[1] != PROJECT_FILE:
        return _File(path, text, values, ())
    tool = values.get("tool", {})
    own = tool.get("torclint", {}) if isinstance(tool, dict) else {}
    file = _File(path, text, own, ("tool", "torclint"))
    if not isinstance(own, dict):
        raise file.error((), "tool.torclint is a table")
    return file


def _checked(file: _File) -> dict[str, Any]:
    """The values of a file, as settings have them. Raises ConfigError."""
    known = {key.name: key for key in KEYS}
    out: dict[str, Any] = {}
    for name, value in file.values.items():
        key = known.get(name) or _unknown(file, (name,), list(known), "there is no setting {}")
        if name != "extend":
            out[name] = _value(file, key, (name,), value)
    return out


def _unknown(file: _File, keys: tuple[str, ...], known: list[str], what: str) -> Key:
    from difflib import get_close_matches

    near = get_close_matches(keys[-1].lower().replace("_", "-"), known, n=1)
    hint = f"; did you mean {near[0]}?" if near else f"; there are {', '.join(known)}"
    raise file.error(keys, f"{what.format(keys[-1])}{hint}")


def _value(file: _File, key: Key, keys: tuple[str, ...], value: Any) -> Any:
    kind = key.kind
    if kind == TEXT:
        if not isinstance(value, str):
            raise file.error(keys, f"{keys[-1]} is a text, in quotes")
        return value
    if kind == NUMBER:
        if not isinstance(value, int) or isinstance(value, bool) or value < 1:
            raise file.error(keys, f"{keys[-1]} is a whole number from 1 on, such as {key.example}")
        return value
    if kind in (RULES, GLOBS):
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise file.error(keys, f"{keys[-1]} is a list of texts, such as {key.example}")
        return _codes(file, keys, value) if kind == RULES else tuple(value)
    if kind == IGNORES:
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise file.error(keys, f"{keys[-1]} is a list of tables, such as {key.example}")
        return [_ignore(file, key, item, place) for place, item in enumerate(value)]
    if kind in (GLOBS_TO_RULES, RULE_TO_SEVERITY, NUMBERS):
        if not isinstance(value, dict):
            raise file.error(keys, f"{keys[-1]} is a table, such as {key.example}")
        return _table(file, key, keys, value)
    return _one_of(file, keys, value, VALUES[kind])


def _table(file: _File, key: Key, keys: tuple[str, ...], table: dict[str, Any]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, value in table.items():
        place = (*keys, name)
        if key.kind == GLOBS_TO_RULES:
            if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
                raise file.error(place, f"these are rules for a glob: a list of texts, such as {key.example}")
            out[name] = _codes(file, place, value)
        elif key.kind == RULE_TO_SEVERITY:
            level = _one_of(file, place, value, VALUES[key.kind])
            out.update((code, level) for code in sorted(_codes(file, place, [name])))
        else:
            known = {one.name: one for one in key.keys}
            inner = known.get(name) or _unknown(file, place, list(known), f"there is no setting {{}} in {key.name}")
            out[name] = _value(file, inner, place, value)
    return out


def _one_of(file: _File, keys: tuple[str, ...], value: Any, allowed: tuple[str, ...]) -> str:
    if not isinstance(value, str) or value not in allowed:
        raise file.error(keys, f"{keys[-1]} is one of {', '.join(map(repr, allowed))}".replace("'", '"'))
    return value


def _codes(file: _File, keys: tuple[str, ...], selectors: list[str]) -> frozenset[str]:
    try:
        return codes_of(selectors)
    except UnknownRule as error:
        raise file.error(keys, f"{error} (torclint rules lists all)") from None


def _ignore(file: _File, key: Key, item: dict[str, Any], place: int) -> IgnoreEntry:
    keys = (key.name, str(place))
    known = {one.name: one for one in key.keys}
    for name, value in item.items():
        inner = known.get(name) or _unknown(file, (*keys, name), list(known), "an entry of ignores has no {}")
        if name != "rules":
            _value(file, inner, (*keys, name), value)
    if "path" not in item or "rules" not in item or ("job" in item) == ("pointer" in item):
        raise file.error(keys, f"an entry of ignores has path, rules, and one of job and pointer: {key.example}")
    if item.get("pointer", "/")[:1] != "/":
        raise file.error((*keys, "pointer"), 'a pointer begins with a slash, such as "/jobs/3"')
    if not isinstance(item["rules"], list) or not item["rules"]:
        raise file.error((*keys, "rules"), 'rules is a list of codes or names, such as ["TL501"]')
    try:
        codes = frozenset(find(str(rule)).code for rule in item["rules"])
    except UnknownRule as error:
        raise file.error((*keys, "rules"), f"{error} (an ignore names each rule)") from None
    origin = f"{file.path}:{line_of(file.text, (*file.table, *keys))}"
    exact = not re.search(r"[*?\[]", item["path"])
    return IgnoreEntry(item["path"], Configured(codes, item.get("job", ""), item.get("pointer", ""), origin, exact))
