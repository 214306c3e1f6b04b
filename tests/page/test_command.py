"""`torclint report`: where the page goes, and what it does not overwrite."""

import os

import pytest

from tests.cli.specs import NAIVE
from tests.page.reader import read
from torclint.cli import main

CAPACITY = ("--cpus", "4", "--memory", "8g", "--gpus", "0")


@pytest.fixture
def folder(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "w.yaml").write_text(NAIVE)
    return tmp_path


def test_the_page_is_named_after_the_spec_and_made_again_at_its_place(folder, capsys):
    assert main(["report", "w.yaml", *CAPACITY]) == 0
    first = (folder / "w.html").read_bytes()
    assert main(["report", "w.yaml", *CAPACITY]) == 0
    assert (folder / "w.html").read_bytes() == first
    assert capsys.readouterr().out.startswith("w.html: It works, and costs too much: ")


def test_another_file_is_not_overwritten_unless_asked(folder, capsys):
    (folder / "notes.html").write_text("<p>mine")
    assert main(["report", "w.yaml", "-o", "notes.html", *CAPACITY]) == 2
    told = "torclint: notes.html: not written: it is there and no page that torclint made; --force overwrites it\n"
    assert capsys.readouterr().err == told
    assert (folder / "notes.html").read_text() == "<p>mine"
    assert main(["report", "w.yaml", "-o", "notes.html", "--force", *CAPACITY]) == 0
    read((folder / "notes.html").read_text())


def test_a_pipe_is_no_place_for_a_page_and_is_not_waited_for(folder, capsys):
    os.mkfifo("pipe")
    assert main(["report", "w.yaml", "-o", "pipe", *CAPACITY]) == 2
    assert capsys.readouterr().err == "torclint: pipe: not written: is not a regular file\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["none.yaml"], "none.yaml: no such file"),
        (["w.yaml", "-o", "no/such/folder.html"], "no/such/folder.html: not written: "),
        (["w.yaml", "--memory", "much"], "much"),
        (["w.yaml", "--config", "none.toml"], "none.toml"),
    ],
)
def test_what_cannot_be_read_or_written(folder, capsys, words, said):
    assert main(["report", *words]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("torclint: ") and said in err
    assert err.count("\n") == 1


def test_a_check_does_without_templates(folder, program):
    code = "import sys, torclint.cli; torclint.cli.main(['check', 'w.yaml']); print({'jinja2', 'markdown_it'} & {*sys.modules})"
    assert program(code).splitlines()[-1] == "set()"
