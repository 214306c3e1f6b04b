"""`--format` given more than once, into files."""

import json

import pytest

from tests.cli.specs import BROKEN, NAIVE


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "naive.yaml").write_text(NAIVE)
    (tmp_path / "broken.yaml").write_text(BROKEN)
    return tmp_path


def test_files_and_the_text(torclint, folder):
    words = ["-f", "sarif=out.sarif", "--format=junit=out.xml", "-f", "json=out.json", "--format", "gitlab=out.gitlab"]
    code, out, _ = torclint("check", "broken.yaml", "naive.yaml", *words)
    assert code == 1
    assert out.splitlines()[-1].startswith("2 files checked: ")
    assert len(json.loads((folder / "out.sarif").read_text())["runs"][0]["results"]) == 2
    assert len(json.loads((folder / "out.json").read_text())["files"]) == 2
    assert len(json.loads((folder / "out.gitlab").read_text())) == 2
    assert (folder / "out.xml").read_text().startswith("<?xml")


def test_one_of_them_to_stdout(torclint, folder):
    code, out, _ = torclint("check", "broken.yaml", "naive.yaml", "-f", "text=out.txt", "-f", "github")
    assert code == 1
    assert out.startswith("::error file=broken.yaml,line=")
    assert "TL501" in (folder / "out.txt").read_text()
    assert "\x1b" not in (folder / "out.txt").read_text()


def test_a_file_that_cannot_be_written(torclint, folder):
    code, _, err = torclint("check", "-f", "sarif=no/such/folder.sarif")
    assert (code, err) == (2, "torclint: no/such/folder.sarif: cannot be written: No such file or directory\n")


def test_statistics(torclint, folder):
    out = torclint("check", "--statistics", "-q").out
    assert "1  TL501  quadratic-dependencies" in out
