"""TL205: input files that no job writes and that are not there."""

import pytest


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.csv").touch()
    (tmp_path / "part_1.csv").touch()


def test_a_file_that_is_not_here(check):
    (finding,) = check("""
        name: w
        files: [{name: f, path: gone.csv}]
                                ^^^^^^^^ TL205 no job writes gone.csv
        jobs:
          - {name: a, command: x, input_files: [f]}
    """)
    assert finding.related[0].message == "read by a"


def test_one_of_several(check):
    check("""
        name: w
        files:
          - name: "part_{i}"
            path: "part_{i}.csv"
                  ^^^^^^^^^^^^^^ TL205 part_2.csv
            parameters: {i: "1:3"}
        jobs:
          - {name: "a_{i}", command: x, input_files: ["part_{i}"], parameters: {i: "1:3"}}
    """)


def test_by_a_token(check):
    check("""
        name: w
        files: [{name: f, path: gone.csv}]
                                ^^^^^^^^ TL205
        jobs:
          - {name: a, command: "cat ${files.input.f}"}
    """)


def test_what_is_there_or_made_or_read_by_nobody(clean):
    clean("""
        name: w
        files:
          - {name: there, path: there.csv}
          - {name: made, path: made.csv}
          - {name: unread, path: unread.csv}
          - {name: "p_{i}", path: "p_{i}.csv", parameters: {i: "1:3"}}
        jobs:
          - {name: make, command: x, output_files: [made, unread], output_file_regexes: ["^p_"]}
          - {name: a, command: x, input_files: [there, made, p_1]}
    """, "TL205")  # fmt: skip


def test_a_path_that_cannot_be_one(check):
    check("""
        name: w
        files: [{name: f, path: "a\\0b"}]
                                ^^^^^^ TL205
        jobs:
          - {name: a, command: x, input_files: [f]}
    """)
