import json
from pathlib import Path

import jsonschema
import pytest

import torclint
from tests.report.reports import NAIVE, finding, quadratic, report
from torclint.graph.edges import AtLeast
from torclint.graph.workflow import Counts
from torclint.report import concise
from torclint.report.json import render
from torclint.syntax.node import Span

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "report-v1.schema.json").read_text())


def as_json(given):
    plain = json.loads(render(given))
    jsonschema.Draft202012Validator(SCHEMA).validate(plain)
    return plain


def test_concise_is_one_line_a_finding():
    two = finding(Span(0, 1), code="TL102", name="wrong-type", message="bad\nname")
    assert list(concise.render(report(NAIVE, two, quadratic()))) == [
        "spec.yaml:1:1: TL102 wrong-type: bad\\nname",
        "spec.yaml:8:26: TL501 quadratic-dependencies: 1,000 jobs each wait for 1,000 jobs: 1,000,000 dependencies",
    ]


def test_json_holds_everything():
    plain = as_json(report(NAIVE, quadratic(), counts=Counts(2, 2000, 1_000_000, 0, 1_000_000)))
    assert plain["schema"] == 1
    assert plain["tool"] == {"name": "torclint", "version": torclint.__version__, "torc": "1.0"}
    (file,) = plain["files"]
    assert (file["path"], file["format"]) == ("spec.yaml", "yaml")
    edges = {"explicit": 1_000_000, "implicit": 0, "total": 1_000_000}
    assert file["summary"] == {"job_specs": 2, "jobs": 2000, "edges": edges}
    (found,) = file["findings"]
    assert found["location"] == {"line": 8, "column": 26, "end_line": 8, "end_column": 42}
    assert found["related"] == [
        {"location": {"line": 3, "column": 11, "end_line": 3, "end_column": 31}, "message": "they wait for these"}
    ]
    assert found["fix"] == {
        "applicability": "safe",
        "title": "Insert a barrier",
        "command": "torclint fix --insert-barriers",
        "edits": [],
    }
    assert plain["totals"] == {"files": 1, "errors": 0, "warnings": 1, "infos": 0, "fixable": 1}


def test_json_of_a_finding_with_nothing_to_add():
    (file,) = as_json(report(NAIVE, finding(Span(0, 4))))["files"]
    assert file["findings"][0]["fix"] is None
    assert file["findings"][0]["related"] == []


def test_json_of_a_spec_that_torc_cannot_load():
    (file,) = as_json(report(NAIVE))["files"]
    nothing = {"explicit": None, "implicit": None, "total": None}
    assert file["summary"] == {"job_specs": None, "jobs": None, "edges": nothing}


@pytest.mark.parametrize("number", [2**53 + 1, 10**30])
def test_large_numbers_stay_integers(number):
    (file,) = as_json(report(NAIVE, counts=Counts(2, 2 * number, number, 0, number)))["files"]
    assert file["summary"]["edges"]["total"] == number
    assert "lower_bound" not in file["summary"]


def test_a_number_that_was_not_counted_to_the_end_says_so():
    (file,) = as_json(report(NAIVE, counts=Counts(2, 2000, AtLeast(5), AtLeast(0), AtLeast(5))))["files"]
    assert file["summary"]["edges"]["total"] == 5
    assert file["summary"]["lower_bound"] is True


def test_json_keeps_a_path_that_is_no_text():
    plain = render(report(NAIVE, path="caf\udce9.yaml")).encode("utf-8", "backslashreplace")
    assert json.loads(plain)["files"][0]["path"] == "caf\udce9.yaml"
