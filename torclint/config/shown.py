"""Settings for readers: what is in force, where it is set, and what could be set."""

from __future__ import annotations

from torclint.config.keys import KEYS
from torclint.record import TYPE_CHECKING
from torclint.rules.registry import RULES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from torclint.config.keys import Key
    from torclint.config.settings import Settings


def as_plain(settings: Settings, path: str) -> dict[str, Any]:
    """What is in force for the spec or folder at `path`, for JSON."""
    selection = settings.selection_for(path)
    return {
        "path": path,
        "files": list(settings.files),
        "rules": [entry.code for entry in RULES if selection.asks(entry)],
        "off": [entry.code for entry in RULES if not selection.asks(entry)],
        "severity": dict(settings.severities),
        "thresholds": {name.replace("_", "-"): value for name, value in settings.thresholds._asdict().items()},
        "fail-on": settings.fail_on,
        "torc-version": settings.torc,
        "exclude": list(settings.exclude),
        "per-file-ignores": {glob: sorted(codes) for glob, codes in settings.per_file},
        "ignores": [
            {
                "path": entry.path,
                "rules": sorted(one.codes),
                **({"job": one.job} if one.job else {"pointer": one.pointer}),
            }
            for entry in settings.ignores
            for one in [entry.configured]
        ],
        "origins": dict(settings.origins),
    }


def lines_of(settings: Settings, path: str) -> Iterator[str]:
    """The same for people, as lines of a configuration file that would set it; what is a default says so."""
    plain = as_plain(settings, path)
    origins = plain["origins"]
    yield f"# in force for {path}"
    for place, file in enumerate(settings.files):
        yield f"# {'extended by it' if place else 'from'}: {file}"
    if not settings.files:
        yield "# no configuration file: all are defaults"
    on, off = ", ".join(plain["rules"]), ", ".join(plain["off"]) or "none"
    which = f"off: {off}" if len(off) <= len(on) else f"these: {on}"
    set_by = _set_by(origins, "select", "extend-select", "ignore", "extend-ignore", "per-file-ignores")
    yield f"# {len(plain['rules'])} of {len(RULES)} rules are on; {which}{set_by}"
    yield f"fail-on = {_toml(plain['fail-on'])}{_set_by(origins, 'fail-on')}"
    yield f"torc-version = {_toml(plain['torc-version'])}{_set_by(origins, 'torc-version')}"
    yield f"exclude = {_toml(plain['exclude'])}{_set_by(origins, 'exclude')}"
    for table in ("severity", "per-file-ignores", "thresholds"):
        if plain[table]:
            yield f"[{table}]"
            yield from (
                f"{_key(name)} = {_toml(value)}{_set_by(origins, f'{table}.{name}')}"
                for name, value in plain[table].items()
            )
    for entry in plain["ignores"]:
        yield "[[ignores]]"
        yield from (f"{name} = {_toml(value)}" for name, value in entry.items())


def reference() -> Iterator[str]:
    """Every key with what it means, its default and an example."""
    for key in KEYS:
        yield from _described(key, "")
        for inner in key.keys:
            yield from _described(inner, "  ")


def _described(key: Key, indent: str) -> Iterator[str]:
    default = "" if key.default is None else f" (default {key.default})"
    yield f"{indent}{key.name}: {key.about}{default}"
    yield f"{indent}    {key.example}"


def _set_by(origins: dict[str, str], *keys: str) -> str:
    # a key of a table stands for all that is in it
    places = [place for name, place in origins.items() if name in keys or name.partition(".")[0] in keys]
    return f"  # {', '.join(dict.fromkeys(places))}" if places else "  # default"


def _key(name: str) -> str:
    return name if name.replace("-", "").isalnum() and name.isascii() else _toml(name)


def _toml(value: Any) -> str:
    from json import dumps

    return dumps(value, ensure_ascii=False)
