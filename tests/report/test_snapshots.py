"""What the text report looks like for typical specs, at two widths, in colour and without.

TORCLINT_UPDATE_SNAPSHOTS=1 writes the files anew: read them before they are committed.
"""

import os
from pathlib import Path

import pytest

from torclint import Source, check
from torclint.report.terminal import COLOURS, PLAIN, Terminal
from torclint.report.text import render, render_summary

ROOT = Path(__file__).parents[2]
FOLDER = Path(__file__).with_name("snapshots")

EXAMPLES = [
    "catch_all",
    "heavy_barrier",
    "naive_stages",
    "needless_barrier",
    "neighbour",
    "self_match",
    "unknown_field",
    "vague_names",
    "with_barriers",
]
TEXTS = {
    "syntax_error": "name: w\njobs:\n  - name: [a\n    command: x\n",
    "wide_characters": (
        "name: w\njobs:\n"
        '  - {name: "schritt_ä_{i}", command: "echo 東京 🚀", parameters: {i: "1:3"}}\n'
        '  - {name: mein_schritt_ä_x, command: "true"}\n'
        '  - {name: danach, command: "echo 東京東京東京東京", depends_on_regexes: ["schritt_ä"]}  # 東京 🚀 ist weit\n'
    ),
    "shell_traps": (
        "name: w\njobs:\n"
        "  - name: train\n    command: python train.py --epochs 100 --rate 0.001 --output model.bin 2>&1 | tee train.log\n"
        "  - name: tidy\n    command: |\n      python tidy.py\n      echo finished\n"
        "  - name: serve\n    command: ./serve --port 8080 > serve.log 2>&1 &\n"
    ),
    "ignores": (
        "name: w\njobs:\n"
        '  - {name: "a_{i}", command: x, parameters: {i: "1:3"}}  # torclint: ignore[TL999] we know\n'
        '  - {name: b, command: x, depends_on: ["a_1"]}  # torclint: ignore[unanchored-pattern, TL404] no longer\n'
        "  - {name: c, command: x}  # torclint: disable\n"
    ),
    "long_line": (
        "name: w\njobs:\n  - {name: a, command: "
        + "x" * 150
        + ', depends_on_regexes: ["'
        + "(b|c)" * 20
        + '"], depend_on: [b], '
        + "unknown_field_with_a_long_name: 1}\n"
    ),
}


def spec(name: str) -> Source:
    if name in TEXTS:
        return Source(f"{name}.yaml", TEXTS[name])
    return Source(f"{name}.yaml", (ROOT / "examples" / f"{name}.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("look", ["plain", "colour"])
@pytest.mark.parametrize("width", [80, 120])
@pytest.mark.parametrize("name", [*EXAMPLES, *TEXTS])
def test_the_text_is_as_it_was_read_last(name, width, look, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    report = check(spec(name))
    terminal = Terminal(width, COLOURS if look == "colour" else PLAIN, is_screen=True)
    text = "\n".join([*render(report, terminal), render_summary(report, terminal), ""])
    file = FOLDER / f"{name}.{width}.{look}.txt"
    if os.environ.get("TORCLINT_UPDATE_SNAPSHOTS"):
        file.write_text(text, encoding="utf-8")
    assert file.read_text(encoding="utf-8") == text


def test_no_snapshot_is_left_over():
    wanted = {
        f"{name}.{width}.{look}.txt"
        for name in [*EXAMPLES, *TEXTS]
        for width in (80, 120)
        for look in ("plain", "colour")
    }
    assert {file.name for file in FOLDER.iterdir()} == wanted
