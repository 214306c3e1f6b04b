"""The reference of fields: every field has a row, with the rules that speak of it and of no namesake."""

import re
from pathlib import Path

import pytest

from torclint.spec.fields import STRUCT_LIST

PAGE = (Path(__file__).parents[2] / "docs" / "spec.md").read_text("utf-8")


def section(noun):
    (found,) = re.findall(rf"^## {noun[:1].upper()}{noun[1:]}\n(.*?)(?=^## |\Z)", PAGE, re.MULTILINE | re.DOTALL)
    return found


def row(noun, field):
    (found,) = re.findall(rf"^\| `{field}` \|.*$", section(noun), re.MULTILINE)
    return found


@pytest.mark.parametrize("struct", STRUCT_LIST, ids=lambda struct: struct.name)
def test_every_field_has_one_row_with_what_it_does(struct):
    for field in struct.fields:
        assert field.doc.replace("|", "\\|") in row(struct.noun, field.name)


def test_type_and_default():
    assert "| `max_retries` | integer, default `3` |" in PAGE
    assert "| `command` | string, required |" in PAGE
    assert "| `jobs` | list of [job](#job), required |" in PAGE
    assert "| `data` | any value |" in PAGE


def test_rules_that_speak_of_a_field():
    assert "[TL708](rules.md#tl708-unknown-signal)" in row("execution config", "termination_signal")
    assert "TL106" in row("resource requirements", "memory")
    assert "TL106" not in row("compute node monitor", "memory")


def test_what_kdl_calls_it():
    assert "In KDL `input_file`." in row("job", "input_files")
    assert "*Not in KDL.*" in row("job", "priority")
    assert "KDL" not in row("job", "command")
