import pytest

from tests.report.reports import NAIVE, finding, quadratic, report
from tests.report.schemas import sarif_of
from torclint import Source, check
from torclint.report import sarif
from torclint.report.fingerprints import fingerprints
from torclint.report.model import Report
from torclint.rules.base import FixOffer
from torclint.rules.registry import RULES
from torclint.syntax.node import Span
from torclint.text.edits import Edit
from torclint.text.source import SourceError


def run_of(given: Report) -> dict:
    (run,) = sarif_of(sarif.render(given))["runs"]
    return run


def result_of(given: Report) -> dict:
    (result,) = run_of(given)["results"]
    return result


def test_a_result():
    given = report(NAIVE, quadratic())
    place = {"uri": "spec.yaml", "index": 0}
    assert result_of(given) == {
        "ruleId": "TL501",
        "ruleIndex": 0,
        "level": "warning",
        "message": {
            "text": "1,000 jobs each wait for 1,000 jobs: 1,000,000 dependencies. Torc stores one row for each; "
            "creating this takes it about 45 s. One barrier job makes it 2,000."
        },
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": place,
                    "region": {"startLine": 8, "startColumn": 26, "endLine": 8, "endColumn": 42},
                },
                "message": {"text": "matches 1,000 of 2,000 jobs"},
            }
        ],
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": {
                    "artifactLocation": place,
                    "region": {"startLine": 3, "startColumn": 11, "endLine": 3, "endColumn": 31},
                },
                "message": {"text": "they wait for these"},
            }
        ],
        "partialFingerprints": {"torclint/v1": next(fingerprints(given))},
    }


@pytest.mark.parametrize(("severity", "level"), [("error", "error"), ("warning", "warning"), ("info", "note")])
def test_levels(severity, level):
    assert result_of(report(NAIVE, finding(Span(0, 1), severity=severity)))["level"] == level


def test_columns_count_code_points():
    one = finding(Span(3, 4))
    region = result_of(report("𝒳𝒳 a", one))["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 4, "endLine": 1, "endColumn": 5}
    assert run_of(report("𝒳𝒳 a", one))["columnKind"] == "unicodeCodePoints"


def test_a_carriage_return_ends_a_line_here_and_says_so():
    given = report("a\rb", finding(Span(2, 3)))
    assert result_of(given)["locations"][0]["physicalLocation"]["region"]["startLine"] == 2
    assert "\r" in run_of(given)["newlineSequences"]


def test_the_edits_of_a_fix_are_regions_and_texts():
    offer = FixOffer("unsafe", "Write b", "torclint fix", (Edit(0, 1, "b"), Edit(2, 2, "\n")))
    (fix,) = result_of(report("a\nc", finding(Span(0, 1), fix=offer)))["fixes"]
    assert fix["description"] == {"text": "Write b (unsafe)"}
    (change,) = fix["artifactChanges"]
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 2},
            "insertedContent": {"text": "b"},
        },
        {
            "deletedRegion": {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 1},
            "insertedContent": {"text": "\n"},
        },
    ]


def test_a_fix_that_is_still_to_be_planned_is_left_out():
    assert "fixes" not in result_of(report(NAIVE, quadratic()))


def test_the_fix_of_a_real_finding():
    given = check(Source("a.yaml", "name: w\njobs:\n  # torclint: ignore[TL999]\n  - {name: a, command: x}\n"))
    results = run_of(given)["results"]
    (ignore,) = [result for result in results if result["ruleId"] == "TL006"]
    (change,) = ignore["fixes"][0]["artifactChanges"]
    region = {"startLine": 3, "startColumn": 1, "endLine": 4, "endColumn": 1}
    assert change["replacements"] == [{"deletedRegion": region, "insertedContent": {"text": ""}}]


@pytest.mark.parametrize("entry", RULES, ids=[entry.code for entry in RULES])
def test_every_rule_keeps_the_limits_of_code_scanning(entry):
    (rule,) = run_of(report(NAIVE, finding(Span(0, 1), code=entry.code, name=entry.name)))["tool"]["driver"]["rules"]
    assert (rule["id"], rule["name"]) == entry[:2]
    assert rule["fullDescription"]["text"].startswith(rule["shortDescription"]["text"])
    assert len(rule["fullDescription"]["text"]) <= 1024
    assert "## Use instead" in rule["help"]["markdown"]
    assert rule["help"]["text"] == rule["help"]["markdown"]
    assert rule["helpUri"].endswith(f"docs/rules.md#{entry.code.lower()}-{entry.name}")
    assert rule["defaultConfiguration"]["level"] in ("error", "warning", "note")
    assert rule["properties"]["tags"] == [rule["properties"]["effect"]]
    assert rule["properties"]["since"]


def test_rules_stand_once_and_sorted():
    run = run_of(report(NAIVE, quadratic(), finding(Span(0, 1), code="TL102", name="missing-field"), quadratic()))
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["TL102", "TL501"]
    assert [result["ruleIndex"] for result in run["results"]] == [1, 0, 1]


def test_more_results_than_a_run_may_have_go_on_in_the_next(monkeypatch):
    monkeypatch.setattr(sarif, "MAX_RESULTS", 2)
    runs = sarif_of(sarif.render(report(NAIVE, *[quadratic()] * 5)))["runs"]
    assert [len(run["results"]) for run in runs] == [2, 2, 1]
    assert [run["automationDetails"]["id"] for run in runs] == ["torclint/1/", "torclint/2/", "torclint/3/"]


def test_what_could_not_be_read():
    given = Report((), (SourceError("gone.yaml", "no such file"), SourceError("b.yaml", "is UTF-16", 1, 1)))
    (invocation,) = run_of(given)["invocations"]
    assert invocation["executionSuccessful"] is False
    without, with_place = invocation["toolExecutionNotifications"]
    assert without["message"] == {"text": "cannot be read: no such file"}
    assert without["locations"] == [{"physicalLocation": {"artifactLocation": {"uri": "gone.yaml"}}}]
    assert with_place["locations"][0]["physicalLocation"]["region"] == {"startLine": 1, "startColumn": 1}


def test_a_clean_file_is_an_artifact():
    run = run_of(report(NAIVE))
    assert run["results"] == []
    assert run["artifacts"] == [{"location": {"uri": "spec.yaml"}, "roles": ["analysisTarget"]}]
    assert run["invocations"] == [{"executionSuccessful": True}]
