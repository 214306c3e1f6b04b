"""Baselines: known findings do not count, whatever lines they move to."""

import json

import pytest

from tests.cli.specs import CLEAN, NAIVE

STRAY = """\
name: w
jobs:
  - {name: "stage1_{i}", command: x, parameters: {i: "1:3"}}
  - {name: my_stage1_test, command: x}
  - {name: after, command: x, depends_on_regexes: ["stage1"]}
"""
FILE = "torclint-baseline.json"


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "naive.yaml").write_text(NAIVE)
    (tmp_path / "sub" / "stray.yaml").write_text(STRAY)
    return tmp_path


def entries(folder):
    return json.loads((folder / FILE).read_text())["findings"]


def test_known_findings_do_not_count(torclint, folder):
    assert torclint("check").code == 1
    assert torclint("baseline") == (0, f"{FILE}: 2 known findings\n", "")
    assert [(entry["file"], entry["code"]) for entry in entries(folder)] == [
        ("naive.yaml", "TL501"),
        ("sub/stray.yaml", "TL403"),
    ]
    assert torclint("check", "--baseline", FILE) == (
        0,
        "2 files checked: no new findings; 2 known findings left out\n",
        "",
    )


def test_they_may_move(torclint, folder):
    torclint("baseline")
    (folder / "naive.yaml").write_text("# more\n\n# lines\n" + NAIVE)
    assert torclint("check", "--baseline", FILE).code == 0


def test_new_ones_count(torclint, folder):
    torclint("baseline")
    more = STRAY + "  - {name: after2, command: x, depends_on_regexes: [stage1]}\n"
    (folder / "sub" / "stray.yaml").write_text(more + more.splitlines()[-1].replace("after2", "after3") + "\n")
    code, out, _ = torclint("check", "-f", "concise", "--baseline", FILE)
    assert code == 1
    assert [line.split(":")[1] for line in out.splitlines()] == ["6", "7"]


def test_one_more_of_the_same_counts(torclint, folder):
    torclint("baseline")
    (folder / "sub" / "stray.yaml").write_text(STRAY.replace('["stage1"]', '["stage1", "tage1"]'))
    code, out, _ = torclint("check", "-f", "concise", "--baseline", FILE)
    assert (code, len(out.splitlines())) == (1, 1)


def test_what_is_gone_is_told_and_taken_out(torclint, folder):
    torclint("baseline")
    (folder / "naive.yaml").write_text(CLEAN)
    code, _, err = torclint("check", "--baseline", FILE)
    assert (code, err) == (0, f"torclint: {FILE}: 1 entry is stale; torclint baseline --file {FILE} takes that out\n")
    assert torclint("baseline").out == f"{FILE}: 1 known finding, 1 fewer\n"
    assert [entry["file"] for entry in entries(folder)] == ["sub/stray.yaml"]


def test_a_baseline_only_shrinks_unless_asked(torclint, folder):
    torclint("baseline", "naive.yaml")
    assert torclint("baseline").out == f"{FILE}: 1 known finding, as before\n"
    assert torclint("baseline", "--grow").out == f"{FILE}: 2 known findings, 1 more\n"


def test_files_that_were_not_checked_keep_their_entries(torclint, folder):
    torclint("baseline")
    assert torclint("baseline", "naive.yaml").out == f"{FILE}: 2 known findings, as before\n"
    assert torclint("check", "naive.yaml", "--baseline", FILE).err == ""


def test_from_another_folder(torclint, folder, monkeypatch):
    torclint("baseline")
    monkeypatch.chdir(folder / "sub")
    assert torclint("check", "stray.yaml", "--baseline", f"../{FILE}").code == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "is no baseline; make it again"),
        ("[]", "is no baseline"),
        ('{"schema": 1}', "is no baseline"),
        ('{"schema": 1, "findings": [{"file": "a"}]}', "is no baseline"),
        ('{"schema": 2, "findings": []}', "made by another version"),
    ],
)
def test_a_file_that_is_no_baseline(torclint, folder, text, message):
    (folder / FILE).write_text(text)
    for words in (["check", "--baseline", FILE], ["baseline"]):
        code, _, err = torclint(*words)
        assert code == 2
        assert err.startswith(f"torclint: {FILE}: ")
        assert message in err


def test_no_baseline_there(torclint, folder):
    assert torclint("check", "--baseline", "gone.json")[::2] == (2, "torclint: gone.json: no such file\n")


def test_nothing_to_take_down(torclint):
    assert torclint("baseline").code == 3
