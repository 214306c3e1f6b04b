"""Many files: shared out among processes or remembered, the report is the one that checking one after the other gives."""

from __future__ import annotations

import os
import random
import signal

import pytest

from torclint import Source, check
from torclint.checking import many
from torclint.config.discovery import Configurations
from torclint.config.settings import Settings
from torclint.report.json import render
from torclint.rules.selection import codes_of, selection_of
from torclint.rules.thresholds import Thresholds

CLEAN = "{name: w%d, jobs: [{name: a, command: x}]}\n"
NAIVE = """\
name: w%d
jobs:
  - {name: "p_{i}", command: x, parameters: {i: "1:500"}}
  - {name: "q_{i}", command: x, parameters: {i: "1:500"}, depends_on_regexes: ["^p_"]}
"""
HUGE = '{name: w%d, jobs: [{name: "a_{i}_{j}", command: x, parameters: {i: "1:1000000", j: "1:1000000"}}]}\n'
IGNORED = NAIVE.replace('["^p_"]}', '["^p_"]}  # torclint: ignore[TL501, TL403]')
UNKNOWN = "{name: w%d, jobs: [{name: a, command: x, comand: y}]}\n"
BROKEN = "name: w%d\njobs: [\ncommand: x\n"
OTHER = "services: {web: {image: x%d}}\n"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder with 60 files of all kinds."""
    monkeypatch.chdir(tmp_path)
    texts = [CLEAN, NAIVE, HUGE, IGNORED, UNKNOWN, BROKEN, OTHER]
    shuffled = random.Random(7)
    for number in range(60):
        folder = tmp_path / f"part{number % 3}"
        folder.mkdir(exist_ok=True)
        (folder / f"s{number:02d}.yaml").write_text(shuffled.choice(texts) % number)
    (tmp_path / "part0" / "binary.yaml").write_bytes(b"name: \0 jobs: command:")
    return tmp_path


def plain(report) -> str:
    return render(report) + "\n".join(map(str, report.unreadable))


def test_in_processes(folder):
    expected = plain(check(".", "gone.yaml"))
    assert "gone.yaml" in expected
    assert plain(check(".", "gone.yaml", processes=2)) == expected
    assert plain(check(".", "gone.yaml", processes=7)) == expected


def test_texts_among_files(folder):
    texts = [Source(f"t{number}.yaml", NAIVE % number) for number in range(25)]
    assert plain(check("part1", *texts, processes=3)) == plain(check("part1", *texts))


def test_a_process_that_dies_loses_nothing(folder, monkeypatch):
    expected = plain(check("."))
    parent, outcome = os.getpid(), many._outcome

    def dying(task):
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return outcome(task)

    monkeypatch.setattr(many, "_outcome", dying)
    assert plain(check(".", processes=4)) == expected


def test_remembered(folder):
    expected = plain(check("."))
    assert plain(check(".", cache="cache")) == expected
    assert plain(check(".", cache="cache")) == expected


def test_remembered_files_are_not_checked_again(folder, monkeypatch):
    check(".", cache="cache")
    monkeypatch.setattr(many, "check_one", lambda *_: pytest.fail("checked again"))
    others = [path for path in folder.rglob("*.yaml") if "services" in path.read_text(errors="replace")]
    for path in others:
        path.unlink()  # whether a file is a spec is not remembered
    assert check(".", cache="cache").files


def test_a_changed_text_is_checked_again(folder):
    check(".", cache="cache")
    changed = folder / "part0" / "s00.yaml"
    changed.write_text(UNKNOWN % 1)
    assert plain(check(".", cache="cache")) == plain(check("."))
    changed.write_text(CLEAN % 1)
    assert plain(check(".", cache="cache")) == plain(check("."))


@pytest.mark.parametrize(
    "settings",
    [
        Settings(thresholds=Thresholds(min_jobs=1000)),
        Settings(selection_of(codes_of(["TL1", "TL8"]))),
        Settings(fail_on="info"),
        Settings(severities=(("TL501", "error"),)),
        Settings(per_file=(("part1/**", frozenset(["TL501"])),)),
        Settings(ignores_on=False),
    ],
)
def test_other_settings_are_other_answers(folder, settings):
    check(".", cache="cache")
    assert plain(check(".", settings=settings, cache="cache")) == plain(check(".", settings=settings))
    assert plain(check(".", cache="cache")) == plain(check("."))


def test_the_settings_of_a_folder(folder):
    def found() -> Configurations:
        return Configurations(lambda settings: settings)

    check(".", settings=found(), cache="cache")
    (folder / "part1" / "torclint.toml").write_text('ignore = ["TL5"]')
    assert plain(check(".", settings=found(), cache="cache")) == plain(check(".", settings=found()))


def test_what_depends_on_other_files_is_not_remembered(folder):
    spec = '{name: w, jobs: [{name: "a_{i}", command: x, parameters: {i: "@values.txt"}}]}'
    (folder / "part0" / "list.yaml").write_text(spec)
    (folder / "values.txt").write_text("1\n2\n")
    check(".", cache="cache")
    (folder / "values.txt").write_text("1\n2\n3\n")
    assert plain(check(".", cache="cache")) == plain(check("."))
    (folder / "values.txt").unlink()
    assert plain(check(".", cache="cache")) == plain(check("."))


def test_a_file_that_has_come_or_gone_is_seen(folder):
    """Whether an input file is there is no part of the text that is remembered."""
    spec = "{name: w, files: [{name: f, path: data.txt}], jobs: [{name: a, command: x, input_files: [f]}]}"
    (folder / "part0" / "list.yaml").write_text(spec)
    check(".", cache="cache")
    for change in ((folder / "data.txt").touch, (folder / "data.txt").unlink):
        change()
        assert plain(check(".", cache="cache")) == plain(check("."))
        assert plain(check(".", cache="cache")) == plain(check("."))


@pytest.mark.parametrize("damage", ["cut", "flip", "empty", "foreign", "list"])
def test_a_damaged_cache_is_none(folder, damage):
    expected = plain(check(".", cache="cache"))
    file = folder / "cache" / "checked.json"
    text = file.read_text()
    digest, body = text.split("\n", 1)
    file.write_text(
        {
            "cut": text[: len(text) // 2],
            "flip": f"{digest}\n{body.replace('TL501', 'TL502', 1)}",
            "empty": "",
            "foreign": "hello\nworld",
            "list": "[]\n[]",
        }[damage]
    )
    assert plain(check(".", cache="cache")) == expected
    assert file.read_text() == text


def test_a_cache_of_another_torclint_is_none(folder, monkeypatch):
    check(".", cache="cache")
    monkeypatch.setattr("torclint.checking.cache.__version__", "0.0.9")
    seen = []
    checked = many.check_one
    monkeypatch.setattr(many, "check_one", lambda *given: seen.append(given) or checked(*given))
    check(".", cache="cache")
    assert len(seen) >= 50


def test_a_folder_that_cannot_be_written_is_no_error(folder):
    (folder / "file").write_text("")
    assert plain(check(".", cache="file/cache")) == plain(check("."))
