"""The outline of a spec, and the numbers that editors show within and above its text."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lsprotocol import types

from tests.editor.client import Editor

Name = Callable[[str], str]

SPEC = """\
name: w
jobs:
  - {name: "prep_{i}", command: "true", parameters: {i: "1:1000"}}
  - {name: "analyze_{i}", command: "true", parameters: {i: "1:1000"}, depends_on_regexes: ["^prep_"]}
  - {name: report, command: "true", depends_on_regexes: ["^analyze_"]}
files:
  - {name: "f_{i}", path: "f{i}", parameters: {i: "1:2"}}
resource_requirements:
  - {name: small, num_cpus: 1, memory: 1g}
"""
KDL = """\
name "w"
job "a_{i}" {
    command "x"
    parameters { i "1:9"; }
}
file f path=f
job b { command "x"; depends_on_regexes "^a_"; }
"""

WHOLE = types.Range(types.Position(0, 0), types.Position(99, 0))


def outline(editor: Editor, uri: str) -> list[tuple[str, str | None, list[tuple[str, str | None]]]]:
    found = editor.ask("textDocument/documentSymbol", uri)
    return [(each.name, each.detail, [(leaf.name, leaf.detail) for leaf in each.children]) for each in found]


def test_outline(editor: Editor, name: Name) -> None:
    uri = name("yaml")
    editor.open(uri, SPEC)
    assert outline(editor, uri) == [
        ("jobs", "2,001 jobs", [("prep_{i}", "1,000 jobs"), ("analyze_{i}", "1,000 jobs"), ("report", None)]),
        ("files", "2 files", [("f_{i}", "2 files")]),
        ("resource_requirements", "1", [("small", None)]),
    ]


def test_outline_of_kdl(editor: Editor, name: Name) -> None:
    uri = name("kdl")
    editor.open(uri, KDL)
    assert outline(editor, uri) == [
        ("jobs", "10 jobs", [("a_{i}", "9 jobs"), ("b", None)]),
        ("files", "1 file", [("f", None)]),
    ]


def test_outline_while_the_text_is_broken(editor: Editor, name: Name) -> None:
    uri = name("yaml")
    editor.open(uri, SPEC)
    editor.type(uri, 1, 0, "- [\n")
    jobs = editor.ask("textDocument/documentSymbol", uri)[0]
    assert [leaf.selection_range.start.line for leaf in jobs.children] == [3, 4, 5]


@pytest.mark.parametrize(("ending", "text"), [("yaml", SPEC), ("kdl", KDL)])
def test_that_each_part_holds_its_name_and_its_parts(editor: Editor, name: Name, ending: str, text: str) -> None:
    def place(position: types.Position) -> tuple[int, int]:
        return position.line, position.character

    def holds(one: types.Range, other: types.Range) -> bool:
        return place(one.start) <= place(other.start) and place(other.end) <= place(one.end)

    uri = name(ending)
    editor.open(uri, text)
    for branch in editor.ask("textDocument/documentSymbol", uri):
        assert holds(branch.range, branch.selection_range)
        assert all(holds(branch.range, leaf.range) for leaf in branch.children)
        assert all(holds(leaf.range, leaf.selection_range) for leaf in branch.children)


def test_hints(editor: Editor, name: Name) -> None:
    uri = name("yaml")
    editor.open(uri, SPEC)
    found = editor.ask("textDocument/inlayHint", uri, range=WHOLE)
    assert [(hint.position.line, hint.label) for hint in sorted(found, key=lambda hint: str(hint.position))] == [
        (2, "1,000 jobs"),
        (3, "1,000 jobs"),
        (3, "1,000,000 edges"),
        (4, "1,000 edges"),
        (6, "2 files"),
    ]


def test_hints_of_a_part(editor: Editor, name: Name) -> None:
    uri = name("yaml")
    editor.open(uri, SPEC)
    part = types.Range(types.Position(4, 0), types.Position(5, 0))
    (hint,) = editor.ask("textDocument/inlayHint", uri, range=part)
    assert (hint.position, hint.label) == (types.Position(4, 68), "1,000 edges")


def test_lenses(editor: Editor, name: Name) -> None:
    uri = name("yaml")
    editor.open(uri, SPEC)
    found = editor.ask("textDocument/codeLens", uri)
    assert [(lens.range.start.line, lens.command.title) for lens in found] == [
        (1, "1,001,000 edges, 2,001 jobs; torc create takes about 30 s"),
        (3, "1,000,000 edges: insert a barrier (2,000 with it)"),
    ]


def test_the_command_of_a_lens(editor: Editor, name: Name) -> None:
    uri = name("yaml")
    editor.open(uri, SPEC)
    lens = editor.ask("textDocument/codeLens", uri)[1]
    before = len(editor.applied)
    editor.request(
        "workspace/executeCommand", types.ExecuteCommandParams(lens.command.command, list(lens.command.arguments))
    )
    editor.wait(lambda: len(editor.applied) > before)
    assert any("barrier_prep_complete" in edit.new_text for edit in editor.applied[-1].changes[uri])
