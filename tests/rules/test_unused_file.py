"""TL207: files that no job reads or writes."""

import pytest

SPEC = """
name: w
files:
  - {name: "raw_{i}", path: "raw_{i}.csv", parameters: {i: "1:3"}}
jobs:
  - {name: "use_{i}", command: "COMMAND", FIELDS parameters: {i: "1:3"}}
"""


def test_nobody_names_it(check):
    check("""
        name: w
        files:
          - {name: result, path: result.csv}
                   ^^^^^^ TL207 no job reads or writes the file result
          - {name: "part_{i}", path: "part_{i}.csv", parameters: {i: "1:3"}}
                   ^^^^^^^^^^ TL207
          - {name: used, path: used.csv}
        jobs:
          - {name: make, command: "./make > result.csv", output_files: [used]}
    """)


@pytest.mark.parametrize(
    "fields",
    [
        'input_files: ["raw_{i}"],',
        'output_files: ["raw_{i}"],',
        "input_files: [raw_2],",
        'input_file_regexes: ["^raw"],',
        'output_file_regexes: ["raw_{i}$"],',
    ],
)
def test_lists_and_patterns(fields, clean):
    clean(SPEC.replace("COMMAND", "x").replace("FIELDS", fields), "TL207")


def test_tokens(clean):
    clean(SPEC.replace("COMMAND", "x ${files.input.raw_{i}}").replace("FIELDS", ""), "TL207")


def test_a_token_that_finds_nothing(check):
    check("""
        name: w
        files:
          - {name: "raw_{i}", path: "raw_{i}.csv"}
                   ^^^^^^^^^ TL207
        jobs:
          - {name: "use_{i}", command: "x ${files.input.raw_{i}}", parameters: {i: "1:3"}}
    """)


def test_files_that_are_there_for_their_own_sake(clean):
    clean("{name: w, files: [{name: a, path: a, st_mtime: 1.5}], jobs: [{name: j, command: x}]}", "TL207")


def test_jobs_that_are_added_later_may_use_it(clean):
    text = "name: w\ndynamic_jobs: {max_iterations: 3}\nfiles: [{name: a, path: a}]\njobs: [{name: j, command: x}]\n"
    clean(text, "TL207")
