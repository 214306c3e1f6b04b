import json
import os
from pathlib import Path

import jsonschema
import pytest

from tests.cli.specs import BROKEN, CLEAN, NAIVE

SCHEMA = json.loads((Path(__file__).parents[2] / "schemas" / "report-v1.schema.json").read_text())


@pytest.fixture
def specs(tmp_path):
    (tmp_path / "clean.yaml").write_text(CLEAN)
    (tmp_path / "naive.yaml").write_text(NAIVE)
    (tmp_path / "broken.yaml").write_text(BROKEN)
    (tmp_path / "binary.yaml").write_bytes(b"name: \0\n")
    return tmp_path


def test_a_clean_spec(torclint, specs):
    assert torclint("check", "clean.yaml") == (0, "1 file checked: no findings\n", "")


def test_findings_are_shown_and_counted(torclint, specs):
    code, out, err = torclint("check", "naive.yaml")
    assert (code, err) == (1, "")
    first, *_, last = out.splitlines()
    assert first.startswith("naive.yaml:8:26: TL501 quadratic-dependencies: 1,000 jobs each wait for 1,000 jobs")
    assert last == "1 file checked: 1 warning (1 fixable with torclint fix --insert-barriers)"


def test_a_syntax_error_is_a_finding_and_hides_no_other_file(torclint, specs):
    code, out, _ = torclint("check", "--format", "concise", "broken.yaml", "naive.yaml")
    assert code == 1
    assert [line.split(": ")[1].split()[0] for line in out.splitlines()] == ["TL001", "TL501"]
    assert out.startswith("broken.yaml:2:8: TL001 syntax-error: ")


def test_an_unreadable_file_is_told_and_hides_no_other_file(torclint, specs):
    code, out, err = torclint("check", "missing.yaml", "clean.yaml", "binary.yaml")
    assert code == 2
    assert out == "1 file checked: no findings; 2 files could not be read\n"
    assert err.splitlines() == [
        "torclint: missing.yaml: no such file",
        "torclint: binary.yaml:1:7: holds a NUL byte: this is a binary file, not a spec",
    ]


def test_a_path_given_twice_is_checked_once(torclint, specs):
    assert torclint("check", "clean.yaml", "clean.yaml").out == "1 file checked: no findings\n"


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--fail-on", "error"], 0),
        (["--fail-on", "warning"], 1),
        (["--fail-on=info"], 1),
        (["--exit-zero"], 0),
        (["--min-jobs", "1001"], 0),
        (["--min-saving=998001"], 0),
    ],
)
def test_what_makes_a_check_fail(torclint, specs, options, code):
    assert torclint("check", *options, "naive.yaml").code == code


def test_unreadable_input_fails_whatever_the_options(torclint, specs):
    assert torclint("check", "--exit-zero", "missing.yaml").code == 2


def test_quiet_prints_findings_only(torclint, specs):
    assert torclint("check", "--quiet", "clean.yaml").out == ""
    out = torclint("check", "-q", "naive.yaml").out
    assert "TL501" in out
    assert "checked" not in out


def test_json(torclint, specs):
    code, out, _ = torclint("check", "-f", "json", "clean.yaml", "naive.yaml", "broken.yaml", "missing.yaml")
    plain = json.loads(out)
    jsonschema.Draft202012Validator(SCHEMA).validate(plain)
    assert code == 2
    assert [file["path"] for file in plain["files"]] == ["clean.yaml", "naive.yaml", "broken.yaml"]
    assert plain["files"][1]["summary"]["edges"] == {"explicit": 1_000_000, "implicit": 0, "total": 1_000_000}
    assert plain["files"][2]["summary"]["jobs"] is None
    assert plain["totals"] == {"files": 3, "errors": 1, "warnings": 1, "infos": 0, "fixable": 1}


def test_json_without_any_file_is_still_json(torclint, specs):
    (specs / "empty").mkdir()
    code, out, _ = torclint("check", "--format=json", "empty")
    assert code == 3
    assert json.loads(out)["files"] == []


def test_stdin(torclint, specs):
    code, out, _ = torclint("check", "-", "--format", "concise", stdin=NAIVE.encode())
    assert code == 1
    assert out.startswith("<stdin>:8:26: TL501 ")


def test_stdin_under_a_name(torclint, specs):
    json5 = b"{name: 'w', jobs: [}"
    assert torclint(
        "check", "-", "--stdin-filename", "w.json5", "-fconcise".replace("-f", "--format="), stdin=json5
    ).out.startswith("w.json5:1:")


def test_stdin_that_is_no_text(torclint):
    code, _, err = torclint("check", "-", stdin=b"\xff\xfe")
    assert (code, err) == (2, "torclint: <stdin>:1:1: is UTF-16; Torc reads UTF-8 only\n")


def test_an_empty_stdin_is_a_finding(torclint):
    assert torclint("check", "-").code == 1


def test_an_empty_file_is_a_finding(torclint, specs):
    (specs / "empty.yaml").write_text("")
    assert torclint("check", "empty.yaml").code == 1


def test_colours_on_demand(torclint, specs):
    assert "\x1b[" not in torclint("check", "naive.yaml").out
    assert "\x1b[" in torclint("check", "--color", "always", "naive.yaml").out


def test_a_folder_is_searched_for_specs(torclint, specs):
    (specs / "deep" / "er").mkdir(parents=True)
    (specs / "deep" / "er" / "a.json").write_text('{"name": "a", "jobs": [{"name": "j", "command": "true"}]}')
    (specs / "deep" / "b.kdl").write_text('name "b"\njob "j" {\n    command "true"\n}\n')
    (specs / "deep" / "c.json5").write_text("{name: 'c', jobs: [{name: 'j', command: 'true'}]}")
    (specs / "deep" / "half.yml").write_text("name: half\njobs:\n  - {name: j, command: [}\n")
    code, out, err = torclint("check", "--format", "json", ".")
    assert [file["path"] for file in json.loads(out)["files"]] == [
        "clean.yaml",
        "naive.yaml",
        "deep/b.kdl",
        "deep/c.json5",
        "deep/half.yml",
        "deep/er/a.json",
    ]
    assert (code, err) == (1, "")


def test_what_is_no_spec_is_passed_over_in_a_folder(torclint, tmp_path):
    (tmp_path / "ci.yml").write_text("name: ci\non: push\njobs:\n  build: {runs-on: x}\n")
    (tmp_path / "package.json").write_text('{"name": "x", "version": "1"}')
    (tmp_path / "list.yaml").write_text("- name: x\n  jobs: []\n")
    (tmp_path / "picture.json").write_bytes(b"\x89PNG\0")
    (tmp_path / "spec.txt").write_text(CLEAN)
    (tmp_path / ".hidden").mkdir()
    (tmp_path / ".hidden" / "a.yaml").write_text(CLEAN)
    code, out, err = torclint("check", ".")
    assert (code, out, err) == (3, "", "torclint: nothing to lint: no Torc spec in .\n")


def test_a_file_is_checked_once_however_it_is_written(torclint, specs):
    paths = [
        "naive.yaml",
        "./naive.yaml",
        ".//naive.yaml",
        str(specs / "naive.yaml"),
        "../" + specs.name + "/naive.yaml",
        ".",
    ]
    assert torclint("check", "--format=concise", *paths).out.count("TL501") == 1


def test_a_name_that_looks_like_an_option_can_be_used_again(torclint, specs):
    (specs / "naive.yaml").rename(specs / "-n.yaml")
    assert torclint("check", "--format=concise", ".").out.startswith("./-n.yaml:")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_in_a_folder_is_passed_over(torclint, specs):
    os.mkfifo(specs / "pipe.yaml")
    assert len(json.loads(torclint("check", "--format=json", ".").out)["files"]) == 2


@pytest.mark.skipif(os.geteuid() == 0, reason="root may search every folder")
def test_a_folder_that_cannot_be_searched_is_told(torclint, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0)
    code, _, err = torclint("check", ".")
    closed.chmod(0o700)
    assert (code, err) == (2, "torclint: closed: permission denied\n")


def test_a_loop_of_folders_ends(torclint, specs):
    (specs / "loop").symlink_to(specs, target_is_directory=True)
    assert len(json.loads(torclint("check", "--format=json", ".").out)["files"]) == 2


def test_verbose_tells_of_every_file(torclint, specs):
    out = torclint("check", "--verbose", "clean.yaml", "naive.yaml", "broken.yaml").out
    table = out[out.index("file ") :].split("\n\n")[0].splitlines()
    assert [line.split() for line in table] == [
        ["file", "syntax", "jobs", "dependencies", "errors", "warnings", "infos"],
        ["clean.yaml", "yaml", "2", "1"],
        ["naive.yaml", "yaml", "2,000", "1,000,000", "1"],
        ["broken.yaml", "yaml", "-", "-", "1"],
    ]
    assert torclint("check", "-v", "-q", "clean.yaml").err == "torclint: --quiet and --verbose exclude each other\n"
