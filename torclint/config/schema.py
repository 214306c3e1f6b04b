"""The JSON schema of a configuration file, from the table of keys."""

from __future__ import annotations

from torclint.config.keys import (
    GLOBS,
    GLOBS_TO_RULES,
    IGNORES,
    KEYS,
    NUMBER,
    NUMBERS,
    RULE_TO_SEVERITY,
    RULES,
    VALUES,
)
from torclint.record import TYPE_CHECKING
from torclint.rules import registry

if TYPE_CHECKING:
    from typing import Any

    from torclint.config.keys import Key


def build_config_schema() -> dict[str, Any]:
    """The schema (JSON schema 2020-12) of `torclint.toml` and of `[tool.torclint]`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Configuration of torclint",
        "description": "torclint.toml, or the table tool.torclint of pyproject.toml.",
        "$defs": {
            "selector": {"anyOf": [{"enum": _selectors()}, {"type": "string", "pattern": "^[Tt][Ll][0-9]{0,3}$"}]},
            "rule": {"enum": [part for entry in registry.RULES for part in (entry.code, entry.name, *entry.aliases)]},
        },
        **_object(KEYS),
    }


def _object(keys: tuple[Key, ...]) -> dict[str, Any]:
    return {"type": "object", "properties": {key.name: _property(key) for key in keys}, "additionalProperties": False}


def _property(key: Key) -> dict[str, Any]:
    about: dict[str, Any] = {"description": key.about[:1].upper() + key.about[1:] + "."}
    if key.default is not None:
        about["default"] = key.default
    return about | _kind(key)


def _kind(key: Key) -> dict[str, Any]:
    rules = {"type": "array", "items": {"$ref": "#/$defs/selector"}}
    if key.kind == RULES:
        return rules
    if key.kind == GLOBS:
        return {"type": "array", "items": {"type": "string"}}
    if key.kind == NUMBER:
        return {"type": "integer", "minimum": 1}
    if key.kind == NUMBERS:
        return _object(key.keys)
    if key.kind == GLOBS_TO_RULES:
        return {"type": "object", "additionalProperties": rules}
    if key.kind == RULE_TO_SEVERITY:
        levels = {"enum": list(VALUES[key.kind])}
        return {"type": "object", "propertyNames": {"$ref": "#/$defs/selector"}, "additionalProperties": levels}
    if key.kind == IGNORES:
        entry = _object(key.keys) | {"required": ["path", "rules"]}
        entry["oneOf"] = [{"required": ["job"]}, {"required": ["pointer"]}]
        entry["properties"]["rules"] |= {"items": {"$ref": "#/$defs/rule"}, "minItems": 1}
        return {"type": "array", "items": entry}
    if key.kind in VALUES:
        return {"enum": list(VALUES[key.kind])}
    return {"type": "string"}


def _selectors() -> list[str]:
    families = sorted({entry.code[:3] for entry in registry.RULES})
    return ["ALL", *families, *(part for entry in registry.RULES for part in (entry.code, entry.name, *entry.aliases))]
