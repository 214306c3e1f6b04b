"""TL603: a barrier that saves nothing is taken out, with --unsafe-fixes only, and where only one pattern takes its place."""

from __future__ import annotations

import pytest

from tests.fix.test_repairs import becomes, repaired


def test_in_yaml():
    becomes(
        """
          name: w
          jobs:
            - {name: "prep_{i}", command: "true", parameters: {i: "1:1000"}}
            # the barrier
        -   - name: barrier_prep_complete # here
        -     command: echo done
        -     depends_on_regexes: ["^prep_"]
        +   # here
            - name: report
              command: python report.py
        -     depends_on: ["barrier_prep_complete"] # all
        +     depends_on_regexes: ["^prep_"] # all
        """,
        "TL603",
        unsafe=True,
    )


def test_in_json_for_several():
    becomes(
        """
          {"name": "w", "jobs": [
            {"name": "prep_{i}", "command": "true", "parameters": {"i": "1:2"}},
        -   {"name": "barrier_prep_complete", "command": "echo done", "depends_on_regexes": ["^prep_"]},
        -   {"name": "x", "command": "ls", "depends_on": ["barrier_prep_complete"]},
        -   {"name": "y", "command": "ls", "depends_on": ["barrier_prep_complete"]}
        +   {"name": "x", "command": "ls", "depends_on_regexes": ["^prep_"]},
        +   {"name": "y", "command": "ls", "depends_on_regexes": ["^prep_"]}
          ]}
        """,
        "TL603",
        path="spec.json",
        unsafe=True,
    )


def test_in_kdl():
    becomes(
        """
          name "w"
          job "prep_{i}" {
            command "true"
            parameters {
              i "1:1000"
            }
          }
          // the barrier
        - job "barrier_prep_complete" { // here
        -   command "echo done"
        -   depends_on_regexes "^prep_"
        - }
        + // here
          job "report" {
            command "python report.py"
        -   depends_on "barrier_prep_complete" // all
        +   depends_on_regexes "^prep_" // all
          }
        """,
        "TL603",
        path="spec.kdl",
        unsafe=True,
    )


def test_in_kdl_on_one_line():
    spec = 'name "w"; job "p_{i}" { command "true"; parameters { i "1:9"; }; }\n%sjob "x" { command "ls"; %s; }\n'
    barrier = 'job "barrier_p" { command "echo done"; depends_on_regexes "^p_"; }; '
    found = repaired(spec % (barrier, 'depends_on "barrier_p"'), "TL603", path="spec.kdl", unsafe=True)
    assert found.text == spec % ("", 'depends_on_regexes "^p_"')


def test_not_in_kdl_where_something_is_taken_out_within():
    text = """\
name "w"
job "prep_{i}" { command "true"; parameters { i "1:9"; }; }
job "barrier_prep_complete" {
  command "echo done"
  /- command "sleep 9"
  depends_on_regexes "^prep_"
}
job "report" { command "ls"; depends_on "barrier_prep_complete"; }
"""
    assert repaired(text, "TL603", path="spec.kdl", unsafe=True).text == text


SPEC = """\
name: w
jobs:
  - {name: "prep_{i}", command: "true", parameters: {i: "1:1000"}}
  - {name: other, command: "true"}
  - {name: barrier_prep_complete, command: echo done, depends_on_regexes: ["^prep_"]}
  - {name: report, command: ls, depends_on: [barrier_prep_complete]}
"""


def test_not_without_being_asked_for():
    found = repaired(SPEC, "TL603")
    assert (found.text, found.made, found.left_unsafe) == (SPEC, (), 1)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("command: echo done", "command: ./check_all"),
        ("command: echo done", "command: echo done, cancel_on_blocking_job_failure: false"),
        ("depends_on: [barrier_prep_complete]", "depends_on: [barrier_prep_complete, other]"),
        ("depends_on: [barrier_prep_complete]", 'depends_on_regexes: ["^barrier"]'),
        ("name: w", 'name: w\nactions: [{trigger_type: on_jobs_complete, action_type: run_commands, commands: [ls], '
                    "jobs: [barrier_prep_complete]}]"),
    ],
)  # fmt: skip
def test_what_does_more_or_is_spoken_of_elsewhere_stays(old, new):
    text = SPEC.replace(old, new)
    assert text != SPEC
    assert repaired(text, "TL603", unsafe=True).text == text
