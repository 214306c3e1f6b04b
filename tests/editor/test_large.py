"""A spec with 10,000 jobs written out: right findings after an edit, though only a part of it is read again."""

from __future__ import annotations

from collections.abc import Callable

from lsprotocol import types

from tests.editor.client import Editor

JOBS = 5_000  # of each stage


def large_spec() -> str:
    lines = ["name: large", "jobs:"]
    for number in range(JOBS):
        lines += [f"  - name: prep_{number:05d}", f"    command: python prepare.py --station {number} && ls *.csv",
                  f"    output_files: [raw_{number:05d}]", "    resource_requirements: small"]  # fmt: skip
    for number in range(JOBS):
        lines += [f"  - name: analyze_{number:05d}", f"    command: python analyze.py --station {number}",
                  f"    input_files: [raw_{number:05d}]", f"    depends_on: [prep_{number:05d}]",
                  "    resource_requirements: small"]  # fmt: skip
    lines.append("files:")
    for number in range(JOBS):
        lines += [f"  - name: raw_{number:05d}", f"    path: data/raw/{number:05d}.csv"]
    return "\n".join([*lines, "resource_requirements:", "  - {name: small, num_cpus: 1, memory: 1g}", ""])


def test_ten_thousand_jobs(editor: Editor, name: Callable[[str], str]) -> None:
    uri, text = name("yaml"), large_spec()
    assert editor.open(uri, text) == []
    lines = text.split("\n")
    line = lines.index("    depends_on: [prep_02500]")
    column = lines[line].index("prep")
    editor.type(uri, line, column + 10, "x")
    (found,) = editor.diagnostics(uri)
    assert (found.code, found.range.start) == ("TL201", types.Position(line, column))
    editor.type(uri, line, column + 10, "", gone=1)
    assert editor.diagnostics(uri) == []
    (place,) = editor.ask("textDocument/definition", uri, position=types.Position(line, column))
    assert place.range.start == types.Position(2 + 4 * 2500, len("  - name: "))
    (lens,) = editor.ask("textDocument/codeLens", uri)
    assert lens.command.title.startswith("5,000 edges, 10,000 jobs")
