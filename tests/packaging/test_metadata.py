"""What the project says of itself in several places is the same everywhere."""

import runpy
import tomllib
from pathlib import Path

import jsonschema
import pytest
import yaml

import torclint
from torclint.cli.table import COMMANDS
from torclint.version import PROJECT

ROOT = Path(__file__).parents[2]
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
CITATION = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))


def test_one_version():
    assert torclint.__version__ == PYPROJECT["version"] == CITATION["version"]
    assert f"v{torclint.__version__}" in (ROOT / "README.md").read_text("utf-8")
    template = yaml.safe_load((ROOT / "templates" / "torclint.gitlab-ci.yml").read_text("utf-8"))
    assert template["torclint"]["variables"]["TORCLINT_INSTALL"] == f"git+{PROJECT}@v{torclint.__version__}"


def test_citation():
    """By the fields that version 1.2.0 of the Citation File Format requires."""
    assert CITATION["cff-version"] == "1.2.0"
    assert CITATION["title"] == PYPROJECT["name"]
    assert CITATION["message"] and all(each["name"] for each in CITATION["authors"])
    assert CITATION["repository-code"] == PROJECT
    assert set(CITATION) <= {
        "cff-version", "message", "type", "title", "abstract", "version", "license", "repository-code", "authors", "keywords",
        "date-released", "doi",
    }  # fmt: skip


def test_man_page_is_up_to_date_and_tells_every_option():
    made = runpy.run_path(str(ROOT / "scripts" / "man_page.py"))
    page = (ROOT / "man" / "torclint.1").read_text("utf-8")
    assert page == made["render"](), "run scripts/make_docs.py"
    for command in COMMANDS:
        part = page.partition(f".SS torclint {command.name}\n")[2].partition("\n.S")[0]
        assert all(made["roff"](flag) in part for option in command.options for flag in option.flags)


@pytest.mark.parametrize("text", [".TH x", "'x", "a\\fBb", "--flag", "a\n.b", "^a|b~`"])
def test_text_in_the_man_page_is_no_request_and_no_escape(text):
    written = runpy.run_path(str(ROOT / "scripts" / "man_page.py"))["roff"](text)
    assert not any(line.startswith((".", "'")) for line in written.split("\n"))
    plain = (
        written.replace("\\&", "").replace("\\-", "-").replace("\\(ha", "^").replace("\\(ti", "~").replace("\\(ga", "`")
    )
    assert plain.replace("\\e", "\\") == text


def test_schemastore_entries_lead_to_schemas_that_are_there():
    entries = yaml.safe_load((ROOT / "schemas" / "schemastore.json").read_text("utf-8"))["schemas"]
    patterns = [pattern for entry in entries for pattern in entry["fileMatch"]]
    assert len(patterns) == len(set(patterns))
    for entry in entries:
        base, name = entry["url"].rsplit("/", 1)
        assert base == f"{PROJECT}/raw/main/schemas"
        schema = yaml.safe_load((ROOT / "schemas" / name).read_text("utf-8"))
        jsonschema.validators.validator_for(schema).check_schema(schema)
        assert set(entry) == {"name", "description", "fileMatch", "url"}
