"""Findings as diagnostics: where, how grave, with what beside; and that only those of the text as it is now are told."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from lsprotocol import types

from tests.editor.client import Editor

Name = Callable[[str], str]

QUADRATIC = """\
name: w
jobs:
  - {name: "prep_{i}", command: "true", parameters: {i: "1:500"}}
  - {name: "analyze_{i}", command: "true", parameters: {i: "1:500"}, depends_on_regexes: ["^prep_"]}
"""


def span(line: int, start: int, end: int) -> types.Range:
    return types.Range(types.Position(line, start), types.Position(line, end))


def test_place_gravity_and_page_of_a_finding(editor: Editor, name: Name) -> None:
    (found,) = editor.open(name("yaml"), QUADRATIC)
    assert found.range == span(3, 90, 98)
    assert found.severity == types.DiagnosticSeverity.Warning
    assert (found.source, found.code) == ("torclint", "TL501")
    assert found.message.startswith("500 jobs each wait for 500 jobs: 250,000 dependencies\n")
    assert found.code_description is not None
    assert found.code_description.href.endswith("rules.md#tl501-quadratic-dependencies")


def test_place_that_belongs_to_a_finding(editor: Editor, name: Name) -> None:
    uri = name("yaml")
    (found,) = editor.open(uri, 'name: w\nname: v\njobs: [{name: a, command: "true"}]\n')
    assert found.code == "TL003"
    (related,) = found.related_information or ()
    assert (related.location.uri, related.location.range) == (uri, span(0, 0, 4))


def test_what_is_of_no_use_is_faded(editor: Editor, name: Name) -> None:
    spec = "name: w\njobs: [{name: a, command: x}]\nfiles: [{name: f, path: f}]\n"
    (found,) = editor.open(name("yaml"), spec)
    assert (found.code, *(found.tags or ())) == ("TL207", types.DiagnosticTag.Unnecessary)


@pytest.mark.parametrize(("encoding", "start"), [("utf-8", 49), ("utf-16", 45), ("utf-32", 44)])
def test_units_that_the_client_counts_in(encoding: str, start: int, tmp_path: Path) -> None:
    editor = Editor(str(tmp_path), encoding=encoding)
    assert editor.capabilities.position_encoding == encoding
    uri = (tmp_path / "a.yaml").as_uri()
    spec = 'name: w\njobs:\n  - {name: "é😀", command: "é", depends_on: [gone]}\n  - {name: b, command: x}\n'
    (found,) = editor.open(uri, spec)
    assert (found.code, found.range) == ("TL201", span(2, start, start + 4))
    editor.type(uri, 2, start, "b", gone=4)
    assert editor.diagnostics(uri) == []
    editor.close()


def test_edits_between_odd_line_breaks(editor: Editor, name: Name) -> None:
    uri = name("yaml")
    # a form feed, U+0085 and U+2028 break no line of the protocol
    assert editor.open(uri, "name: w\r\ndescription: 'a\x0cb\x85c\u2028d'\rjobs:\n  - {name: a, command: x}\n") == []
    editor.type(uri, 3, 12, ", depends_on: [b]")
    assert [found.code for found in editor.diagnostics(uri)] == []
    editor.type(uri, 3, 27, "[b]", gone=1)
    editor.diagnostics(uri)


def test_errors_come_and_go_as_somebody_types(editor: Editor, name: Name) -> None:
    uri = name("yaml")
    assert [found.code for found in editor.open(uri, QUADRATIC)] == ["TL501"]
    editor.type(uri, 3, 98, "[")
    (broken,) = editor.diagnostics(uri)
    assert (broken.code, broken.severity) == ("TL001", types.DiagnosticSeverity.Error)
    editor.type(uri, 3, 98, "", gone=1)
    assert [found.code for found in editor.diagnostics(uri)] == ["TL501"]


def test_stale_texts_are_not_told_about(editor: Editor, name: Name) -> None:
    uri = name("yaml")
    editor.open(uri, QUADRATIC)
    before = editor.versions_told(uri)
    for _ in range(5):
        editor.type(uri, 0, 6, "x")
    editor.diagnostics(uri)
    assert editor.versions_told(uri) == [*before, 6]


def test_a_file_that_is_no_spec_is_left_alone(editor: Editor, name: Name) -> None:
    assert editor.open(name("yaml"), "services: {web: {image: [}}\n") == []
    assert editor.open(name("json"), '{"name": "package", "version": 1}') == []


def test_a_spec_stays_one_while_it_is_edited(editor: Editor, name: Name) -> None:
    uri = name("yaml")
    editor.open(uri, "name: w\njobs: [{name: a, command: x}]\n")
    editor.replace(uri, "name: w\n")
    assert [found.code for found in editor.diagnostics(uri)] == ["TL102"]


def test_a_text_without_a_file(editor: Editor) -> None:
    found = editor.open("untitled:Untitled-1", 'job "a" { command 5; }\nname "w"\n', language="kdl")
    assert found[0].code in ("TL001", "TL004", "TL102")


def test_nothing_is_left_of_a_text_that_was_closed(editor: Editor, name: Name) -> None:
    uri = name("yaml")
    assert editor.open(uri, QUADRATIC)
    editor.close_text(uri)
    assert editor.told_last(uri) == []


def test_thousands_of_findings_are_cut_off(editor: Editor, name: Name) -> None:
    jobs = "".join(f"  - {{name: j{i}, command: x, depends_on: [gone{i}]}}\n" for i in range(1200))
    found = editor.open(name("yaml"), f"name: w\njobs:\n{jobs}")
    assert len(found) == 1001
    assert found[0].message == "200 more findings are not shown; torclint check shows them all"
