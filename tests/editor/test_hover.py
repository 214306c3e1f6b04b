"""What is told about the place under the pointer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.editor.client import Editor
from tests.editor.conftest import marked

SPEC = """\
name: w
parameters: {k: "1:3"}
jobs:
  - name: "prep_{i:03d}"
    command: "true"
    parameters: {i: "0:999"}
    resource_requirements: small
  - name: "analyze_{i:03d}"
    command: "true"
    parameters: {i: "0:999"}
    depends_on_regexes: ["^prep_"]
  - {name: report, command: "true", depends_on: ["analyze_{k:03d}"], use_parameters: [k]}
resource_requirements:
  - {name: small, num_cpus: 1, memory: 2g, runtime: PT90M}
"""


@pytest.fixture
def told(editor: Editor, name: Callable[[str], str]) -> Callable[..., str]:
    """told(before, after): the hover where `before` ends and `after` begins, in a spec in YAML."""

    def told(before: str, after: str = "", spec: str = SPEC, ending: str = "yaml") -> str:
        assert spec.count(before + after) == 1
        text, position = marked(spec.replace(before + after, f"{before}‸{after}"))
        uri = name(ending)
        editor.open(uri, text)
        hover = editor.ask("textDocument/hover", uri, position=position)
        return "" if hover is None else hover.contents.value

    return told


def test_a_template(told: Callable[..., str]) -> None:
    assert (
        told('"prep', "_{i:03d}") == "job `prep_{i:03d}`: 1,000 jobs: `prep_000`, `prep_001`, `prep_002` ... `prep_999`"
    )


def test_what_a_job_waits_through(told: Callable[..., str]) -> None:
    assert "waits through 1,000,000 dependencies, 1,000 for each" in told('name: "analyze_{i', ":03d}")


def test_a_pattern_and_what_its_block_costs(told: Callable[..., str]) -> None:
    assert told("^pr", "ep_").split("\n\n---")[0] == (
        "`^prep_` matches 1,000 of 2,003 jobs.\n\n"
        "- `prep_{i:03d}`: 1,000 of 1,000: `prep_000`, `prep_001`, `prep_002`\n\n"
        "1,000 x 1,000: **1,000,000 dependencies**, 55 MB, 30 s of `torc create`; a barrier makes it 2,000"
    )


def test_why_a_finding_matters(told: Callable[..., str]) -> None:
    text = told("^pre", "p_")
    assert "**[TL501 quadratic-dependencies](" in text
    assert "Torc stores one row for each pair" in text


def test_a_pattern_that_rust_refuses(told: Callable[..., str]) -> None:
    text = told("^prep_", "(?=1)", SPEC.replace("^prep_", "^prep_(?=1)"))
    assert text.startswith("`^prep_(?=1)` is not valid in Torc: look-around")


def test_a_name_that_is_a_template(told: Callable[..., str]) -> None:
    text = told('["analyze_{', "k:03d}")
    assert text.startswith(
        "`analyze_{k:03d}`: a name for each of 3 jobs: `analyze_001`, `analyze_002`, `analyze_003`\n\n"
        "job `analyze_{i:03d}`: 1,000 jobs"
    )


def test_a_name_that_is_not_there(told: Callable[..., str]) -> None:
    text = told(": sm", "al\n", SPEC.replace(": small\n", ": smal\n"))
    assert text.startswith("`smal`: no such resource requirements")


def test_a_field(told: Callable[..., str]) -> None:
    assert told("use_par", "ameters: [k]") == (
        "**use_parameters**: list of strings\n\n"
        "Names of workflow parameters that this item is expanded over; ignored when `parameters` is there."
    )
    assert told("runt", "ime:").startswith("**runtime**: string, default `PT1H`\n\nISO 8601 duration.")


def test_values_that_torc_reads(told: Callable[..., str]) -> None:
    assert told("PT9", "0M").startswith("`PT90M` is 1 h 30 min\n")
    assert told("memory: 2", "g").startswith("`2g` is 2,147,483,648 bytes\n")
    assert told('{k: "1:', '3"}') == "parameter `k`: 3 values: `1`, `2`, `3`"


def test_kdl(told: Callable[..., str]) -> None:
    spec = (
        'name "w"\njob "a_{i}" {\n  command "x"\n  parameters { i "1:9"; }\n}\n'
        'job b {\n  command "x"\n  depends_on_regexes "^a_"\n}\n'
    )
    assert told('"^a', '_"', spec, "kdl").startswith("`^a_` matches 9 of 10 jobs.")
    assert told('command "x"\n  dep', "ends_on", spec, "kdl").startswith("**depends_on_regexes**")


def test_json(told: Callable[..., str]) -> None:
    spec = '{"name": "w", "jobs": [{"name": "a", "command": "x"}, {"name": "b", "command": "x", "depends_on": ["a"]}]}'
    assert told('["', 'a"]', spec, "json") == "job `a`\n\n1 x 1: **1 dependency**, 55 B, < 0.1 s of `torc create`"


def test_a_text_that_is_broken_elsewhere(editor: Editor, name: Callable[[str], str]) -> None:
    text, position = marked(SPEC.replace('analyze_{i:03d}"', 'analy‸ze_{i:03d}"'))
    uri = name("yaml")
    editor.open(uri, text)
    editor.type(uri, 1, 0, "  [")
    hover = editor.ask("textDocument/hover", uri, position=position)
    assert hover.contents.value.startswith("job `analyze_{i:03d}`")
    editor.type(uri, 0, 0, "{\n\n")
    position.line += 2
    hover = editor.ask("textDocument/hover", uri, position=position)
    assert hover.contents.value.startswith("job `analyze_{i:03d}`")
    assert hover.range.start.line == position.line
