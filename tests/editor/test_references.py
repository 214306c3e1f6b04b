"""Going from a name or pattern to what it stands for, and back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lsprotocol import types

from tests.editor.client import Editor
from tests.editor.conftest import marked

SPEC = """\
name: w
jobs:
  - name: "prep_{i}"
    command: "cat > ${files.output.raw}"
    parameters: {i: "1:9"}
    resource_requirements: small
    failure_handler: again
  - name: lone
    command: "true"
    input_files: [raw]
    output_user_data: [sums]
    scheduler: cluster
  - {name: after, command: "true", depends_on: [prep_3, lone], input_user_data_regexes: ["^su"]}
  - {name: last, command: "true", depends_on_regexes: ["^prep_", "^l.ne$"]}
files:
  - {name: raw, path: raw.csv}
user_data:
  - {name: sums}
resource_requirements:
  - {name: small, num_cpus: 1, memory: 1g}
failure_handlers:
  - {name: again, rules: [{max_retries: 2}]}
slurm_schedulers:
  - {name: cluster, account: a}
actions:
  - {trigger_type: on_jobs_ready, action_type: run_commands, commands: [x], jobs: [lone], job_name_regexes: ["^prep_1"]}
"""

Ask = Callable[[str, str, str], list[str]]


@pytest.fixture
def ask(editor: Editor, name: Callable[[str], str]) -> Ask:
    """ask(method, before, after): what stands at the places that the server answers with, with their lines from 1."""

    def ask(method: str, before: str, after: str) -> list[str]:
        assert SPEC.count(before + after) == 1
        text, position = marked(SPEC.replace(before + after, f"{before}‸{after}"))
        uri = name("yaml")
        editor.open(uri, text)
        more = {"context": types.ReferenceContext(True)} if method == types.TEXT_DOCUMENT_REFERENCES else {}
        lines = text.split("\n")
        found = [location.range for location in editor.ask(method, uri, position=position, **more) or []]
        assert all(range.start.line == range.end.line for range in found)
        return [
            f"{range.start.line + 1}: {lines[range.start.line][range.start.character : range.end.character]}"
            for range in found
        ]

    return ask


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("[prep", "_3", ['3: "prep_{i}"']),
        ('"^pr', 'ep_"', ['3: "prep_{i}"']),
        ("^l.", "ne$", ["8: lone"]),
        ("", 'prep_{i}"', ['3: "prep_{i}"']),
        ("output.ra", "w}", ["16: raw"]),
        ("[r", "aw]", ["16: raw"]),
        ("^s", "u", ["18: sums"]),
        ("resource_requirements: sm", "all", ["20: small"]),
        ("failure_handler: ", "again", ["22: again"]),
        ("scheduler: clus", "ter", ["24: cluster"]),
        ("jobs: [lo", "ne]", ["8: lone"]),
        ("^pre", "p_1", ['3: "prep_{i}"']),
        ("comman", "ds:", []),
    ],
)
def test_definition(before: str, after: str, found: list[str], ask: Ask) -> None:
    assert ask(types.TEXT_DOCUMENT_DEFINITION, before, after) == found


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ('"pre', "p_{i}", ['3: "prep_{i}"', "13: prep_3", '14: "^prep_"', '26: "^prep_1"']),
        ("name: lo", "ne", ["8: lone", "13: lone", '14: "^l.ne$"', "26: lone"]),
        ("{name: ra", "w", ["4: raw", "10: raw", "16: raw"]),
        ("{name: su", "ms", ["11: sums", '13: "^su"', "18: sums"]),
        ("{name: sm", "all", ["6: small", "20: small"]),
        ("{name: ag", "ain", ["7: again", "22: again"]),
        ("{name: clu", "ster", ["12: cluster", "24: cluster"]),
        ("[prep_", "3", ['3: "prep_{i}"', "13: prep_3", '14: "^prep_"', '26: "^prep_1"']),
    ],
)
def test_references(before: str, after: str, found: list[str], ask: Ask) -> None:
    assert ask(types.TEXT_DOCUMENT_REFERENCES, before, after) == found


def test_highlights(ask: Ask) -> None:
    assert ask(types.TEXT_DOCUMENT_DOCUMENT_HIGHLIGHT, "{name: sm", "all") == ["20: small", "6: small"]
