"""The JSON Schema of a workflow spec, made from the table of fields; editors complete and check with it."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING
from torclint.spec import fields as table
from torclint.spec.rust_text import I32_MAX, I32_MIN, I64_MAX, I64_MIN

if TYPE_CHECKING:
    from typing import Any

    from torclint.spec.fields import Field, Struct

IDENTIFIER = "https://json-schema.org/draft/2020-12/schema"

_STRING = {"type": "string"}
_I64 = {"type": "integer", "minimum": I64_MIN, "maximum": I64_MAX}
_I32 = {"type": "integer", "minimum": I32_MIN, "maximum": I32_MAX}

_TYPES: dict[str, dict[str, Any]] = {
    table.STRING: _STRING,
    table.I64: _I64,
    table.I32: _I32,
    table.FLOAT: {"type": "number"},
    table.BOOL: {"type": "boolean"},
    table.STRINGS: {"type": "array", "items": _STRING},
    table.NAMES: {"type": "array", "items": _STRING},
    table.I32S: {"type": "array", "items": _I32},
    table.STRING_MAP: {"type": "object", "additionalProperties": _STRING},
    table.VARIABLES: {
        "type": "object",
        "additionalProperties": _STRING,
        "propertyNames": {"pattern": "^[A-Za-z_][A-Za-z0-9_]*$"},
    },
    table.PARAMETERS: {"type": "object"},
    table.ANY: {},
    table.ANY_MAP: {"type": "object"},
}


def build_schema() -> dict[str, Any]:
    """The schema as plain data (JSON Schema 2020-12)."""
    definitions = {struct.name: _struct(struct) for struct in table.STRUCT_LIST if struct is not table.WORKFLOW}
    return {
        "$schema": IDENTIFIER,
        "title": "Torc workflow spec 1.0",
        **_struct(table.WORKFLOW),
        "$defs": definitions,
    }


def _struct(struct: Struct) -> dict[str, Any]:
    made: dict[str, Any] = {
        "description": struct.doc,
        "type": "object",
        "properties": {field.name: _field(field) for field in struct.fields},
    }
    required = [field.name for field in struct.fields if field.presence == table.REQUIRED]
    if required:
        made["required"] = required
    if not struct.open:
        made["additionalProperties"] = False
    return made


def _field(field: Field) -> dict[str, Any]:
    made: dict[str, Any] = {"description": field.doc}
    wanted = _type(field)
    # `variables` is the one optional field that may not be null (workflow_spec.rs:982)
    if field.nullable and field.kind not in (table.ANY, table.VARIABLES):
        made["anyOf"] = [wanted, {"type": "null"}]
    else:
        made.update(wanted)
    if field.default is not None:
        made["default"] = list(field.default) if isinstance(field.default, tuple) else field.default
    if field.examples:
        made["examples"] = list(field.examples)
    return made


def _type(field: Field) -> dict[str, Any]:
    if field.kind == table.ENUM:
        return {"enum": list(table.ENUMS[field.of])}
    if field.kind == table.STRUCT:
        return _reference(field)
    if field.kind == table.STRUCTS:
        return {"type": "array", "items": _reference(field)}
    if field.kind == table.STRUCT_MAP:
        return {"type": "object", "additionalProperties": _reference(field)}
    return _TYPES[field.kind]


def _reference(field: Field) -> dict[str, Any]:
    return {"$ref": f"#/$defs/{field.of}"}
