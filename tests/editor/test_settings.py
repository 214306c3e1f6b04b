"""Configuration files and comments hold in an editor as they do in `check`."""

from __future__ import annotations

from pathlib import Path

from lsprotocol import types

from tests.editor.client import Editor

SPEC = """\
name: w
jobs:
  - {name: "prep_{i}", command: "true", parameters: {i: "1:500"}}
  - {name: "analyze_{i}", command: "true", parameters: {i: "1:500"}, depends_on_regexes: ["^prep_"]}
"""


def codes(found: list[types.Diagnostic]) -> list[tuple[object, types.DiagnosticSeverity | None]]:
    return [(each.code, each.severity) for each in found]


def test_the_nearest_configuration_holds_and_may_change(editor: Editor, tmp_path: Path) -> None:
    configuration = tmp_path / "torclint.toml"
    configuration.write_text('severity = { TL501 = "error" }\n')
    uri = (tmp_path / "a.yaml").as_uri()
    assert codes(editor.open(uri, SPEC)) == [("TL501", types.DiagnosticSeverity.Error)]
    configuration.write_text("thresholds = { min-jobs = 1000 }\n")
    change = types.FileEvent(configuration.as_uri(), types.FileChangeType.Changed)
    editor.forget(uri)
    editor.notify(types.WORKSPACE_DID_CHANGE_WATCHED_FILES, types.DidChangeWatchedFilesParams([change]))
    assert editor.diagnostics(uri) == []


def test_excluded_files(editor: Editor, tmp_path: Path) -> None:
    (tmp_path / "torclint.toml").write_text('exclude = ["old"]\n')
    assert editor.open((tmp_path / "old" / "a.yaml").as_uri(), SPEC) == []


def test_a_configuration_that_cannot_be_used_is_told(editor: Editor, tmp_path: Path) -> None:
    (tmp_path / "torclint.toml").write_text("sellect = []\n")
    assert codes(editor.open((tmp_path / "a.yaml").as_uri(), SPEC)) == [("TL501", types.DiagnosticSeverity.Warning)]
    assert any("torclint.toml:1: " in told for told in editor.told)


def test_a_table_that_was_saved(editor: Editor, tmp_path: Path) -> None:
    table = tmp_path / "table.json"
    table.write_text('[{"i": 1}, {"i": 1}]')
    uri = (tmp_path / "a.yaml").as_uri()
    spec = f"name: w\njobs:\n  - {{name: 'a_{{i}}', command: x, parameters_file: '{table}'}}\n"
    assert [code for code, _ in codes(editor.open(uri, spec))] == ["TL202"]
    table.write_text('[{"i": 1}, {"i": 2}]')
    editor.forget(uri)
    saved = types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(table.as_uri()))
    editor.notify(types.TEXT_DOCUMENT_DID_SAVE, saved)
    assert editor.diagnostics(uri) == []


def test_comments_that_ignore(editor: Editor, tmp_path: Path) -> None:
    spec = SPEC.rstrip() + "  # torclint: ignore[TL501] known\n"
    assert editor.open((tmp_path / "a.yaml").as_uri(), spec) == []


def test_options_of_the_command(tmp_path: Path) -> None:
    editor = Editor(str(tmp_path), "--stdio", "--isolated", "--min-jobs", "501")
    assert editor.open((tmp_path / "a.yaml").as_uri(), SPEC) == []
    editor.close()
