"""The doors for Python programs."""

from pathlib import Path

import pytest

import torclint
from torclint.api import SpecRefused
from torclint.graph.workflow import Counts
from torclint.text.source import SourceError

NAIVE = """\
name: naive
jobs:
  - {name: "prep_{i}", command: "true", parameters: {i: "1:2000"}}
  - {name: "work_{i}", command: "true", parameters: {i: "1:2000"}, depends_on_regexes: ["^prep_"]}
"""


def test_check_takes_paths_and_texts(tmp_path):
    path = tmp_path / "naive.yaml"
    path.write_text(NAIVE)
    report = torclint.check(path, str(tmp_path / "none.yaml"), torclint.Source("memory.yaml", NAIVE))
    assert [file.path for file in report.files] == [str(path), "memory.yaml"]
    assert [finding.code for finding in report.findings] == ["TL501", "TL501"]
    assert [str(error) for error in report.unreadable] == [f"{tmp_path / 'none.yaml'}: no such file"]


def test_thresholds():
    from torclint.rules.thresholds import Thresholds

    source = torclint.Source("memory.yaml", NAIVE)
    assert not list(torclint.check(source, thresholds=Thresholds(min_jobs=2001)).findings)


def test_count():
    assert torclint.count(torclint.Source("memory.yaml", NAIVE)) == Counts(2, 4000, 4_000_000, 0, 4_000_000)


@pytest.mark.parametrize("text", ["a: [", "[]", "name: w\njobs: [{name: 5}]\n"])
def test_count_of_a_spec_that_torc_refuses(text):
    with pytest.raises(SpecRefused, match=r"^memory\.yaml:\d+:\d+: "):
        torclint.count(torclint.Source("memory.yaml", text))


def test_count_of_a_missing_file():
    with pytest.raises(SourceError):
        torclint.count(Path("/nowhere/at/all.yaml"))


def test_there_is_no_other_name():
    with pytest.raises(AttributeError, match="has no attribute 'nothing'"):
        _ = torclint.nothing


def test_fix_in_two_levels_where_that_is_asked_for():
    huge = torclint.Source(
        "w.yaml",
        '{name: w, jobs: [{name: "a_{i}", command: ls, parameters: {i: "1:100000"}}, '
        "{name: b, command: ls, depends_on_regexes: [^a_]}]}",
    )
    assert torclint.fix(huge).after is None
    assert torclint.fix(huge, two_levels=True).after is not None
