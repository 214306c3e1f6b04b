"""The JSON Schema: up to date, and of one mind with the decoder on types, nulls, required and unknown fields."""

import json
import runpy
from pathlib import Path

import jsonschema
import pytest

from torclint.spec import fields as table
from torclint.spec.decode import decode
from torclint.spec.schema import build_schema
from torclint.syntax import parse

ROOT = Path(__file__).parents[2]
SCHEMA = ROOT / "schemas" / "workflow-spec.schema.json"

STRUCTURAL = {"wrong-type", "missing-field", "unknown-field", "unknown-value", "removed-field"}


@pytest.mark.parametrize("name", ["workflow-spec.schema.json", "config.schema.json"])
def test_schemas_are_up_to_date(name):
    render = runpy.run_path(str(ROOT / "scripts" / "make_schema.py"))["render"]
    assert (ROOT / "schemas" / name).read_text(encoding="utf-8") == render(name), "run python scripts/make_schema.py"


def test_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(build_schema())


GOOD = {
    table.STRING: "text",
    table.I64: 3,
    table.I32: 3,
    table.FLOAT: 1.5,
    table.BOOL: True,
    table.STRINGS: ["a"],
    table.NAMES: ["a"],
    table.I32S: [1],
    table.STRING_MAP: {"A": "a"},
    table.VARIABLES: {"v": "a"},
    table.PARAMETERS: {"i": "1:3", "j": [1, 2]},
    table.ANY: {"a": [1, None]},
    table.ANY_MAP: {"a": 1},
}
PROBES = ["text", 3, 1.5, True, None, ["a"], [1], [None], [], {}, {"A": "a"}, {"a": 1}, 2**31, 2**63, {"zz": None}]


def smallest(struct):
    return {field.name: good(field) for field in struct.fields if field.presence == table.REQUIRED}


def good(field):
    if field.kind == table.ENUM:
        return table.ENUMS[field.of][0]
    if field.kind in GOOD:
        return GOOD[field.kind]
    inner = smallest(table.ALL_STRUCTS[field.of])
    return {table.STRUCT: inner, table.STRUCTS: [inner], table.STRUCT_MAP: {"k": inner}}[field.kind]


def wrapped(struct, content):
    """A whole workflow that holds `content` where `struct` belongs."""
    for owner in table.STRUCT_LIST:
        for field in owner.fields:
            if field.of == struct.name and field.kind in (table.STRUCT, table.STRUCTS):
                value = content if field.kind == table.STRUCT else [content]
                return wrapped(owner, {**smallest(owner), field.name: value})
    assert struct is table.WORKFLOW
    return content


def structural(content):
    text = json.dumps(content)
    return {problem.rule for problem in decode(parse(text, "json")).problems} & STRUCTURAL


def probes():
    for struct in table.STRUCT_LIST:
        yield struct, {**smallest(struct), "zz_unknown": 1}
        for field in struct.fields:
            yield struct, {name: value for name, value in smallest(struct).items() if name != field.name}
            for value in (good(field), *PROBES):
                # a struct may be written as a list of its values, which the schema does not offer
                if isinstance(value, list) and field.kind == table.STRUCT:
                    continue
                yield struct, {**smallest(struct), field.name: value}


@pytest.fixture(scope="module")
def validator():
    return jsonschema.Draft202012Validator(build_schema())


@pytest.mark.parametrize("struct", table.STRUCT_LIST, ids=lambda struct: struct.name)
def test_schema_and_decoder_agree(struct, validator):
    for owner, content in probes():
        if owner is not struct:
            continue
        whole = wrapped(struct, content)
        variables = whole.get("variables", {})
        if not isinstance(variables, dict) or not all(isinstance(one, str) for one in variables.values()):
            continue  # told by another rule
        assert validator.is_valid(whole) == (not structural(whole)), whole
