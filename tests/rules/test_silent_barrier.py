"""TL605: barriers that print nothing."""

import pytest

STAGES = """
name: w
jobs:
  - {name: "stage1_{i}", command: "true", parameters: {i: "1:99"}}
  - {name: NAME, command: "COMMAND", depends_on_regexes: ["^stage1_"]}
  - {name: "next_{i}", command: "true", parameters: {i: "1:99"}, depends_on: [NAME]}
"""


def test_true(check):
    check("""
        name: w
        jobs:
          - {name: "stage1_{i}", command: "true", parameters: {i: "1:1000"}}
          - {name: all_stage1_complete, command: "true", depends_on_regexes: ["^stage1_"]}
                                                 ^^^^^^ TL605 echo '1,000 jobs complete' && date
          - {name: "next_{i}", command: "true", parameters: {i: "1:99"}, depends_on: [all_stage1_complete]}
    """)


@pytest.mark.parametrize("command", [":", "sleep 1", "exit 0", "set -e; true"])
def test_other_words_for_nothing(command, check):
    line = STAGES.replace("NAME", "all_stage1_done").replace("COMMAND", command).splitlines()[4]
    carets = " " * line.index(f'"{command}"') + "^" * (len(command) + 2) + " TL605 prints nothing"
    check(STAGES.replace("NAME", "all_stage1_done").replace("COMMAND", command).replace(line, f"{line}\n{carets}"))


@pytest.mark.parametrize("command", ["echo done", "date", "true && date", "touch done", "$REPORT", "cat out/*"])
def test_what_prints(command, clean):
    clean(STAGES.replace("NAME", "all_stage1_done").replace("COMMAND", command), "TL605")


def test_a_job_that_is_not_called_a_barrier(clean):
    clean(STAGES.replace("NAME", "middle").replace("COMMAND", "true"), "TL605")
