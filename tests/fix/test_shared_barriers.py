"""Barriers for parts and unions of what others wait for, for each value of a parameter, and for long lists of names."""

import torclint
from torclint import Source
from torclint.rules.thresholds import Thresholds

NOTHING_SMALL = Thresholds(2, 1)


def barriers_of(text, thresholds=None):
    fixed = torclint.fix(Source("spec.yaml", text), thresholds=thresholds or Thresholds())
    assert not fixed.failed
    return {barrier.name: fields(barrier) for barrier in fixed.barriers}


def fields(barrier):
    return [*barrier.behind, *(clause.template.text for clause in barrier.clauses)]


def test_one_for_each_value_of_a_parameter_that_all_jobs_share(rewrites):
    rewrites("""
          name: w
          parameters: {s: "[a, b, c]", i: "1:100"}
          jobs:
            - name: prep_{s}_{i}
              command: ls
              use_parameters: [s, i]
        +   - name: "barrier_prep_{s}_complete"
        +     command: "echo 'prep: 100 jobs complete' && date"
        +     depends_on_regexes: ["^prep_{s}_"]
        +     use_parameters: [s]
            - name: work_{s}_{i}
              command: ls
        -     depends_on_regexes: ["^prep_{s}_"] # its own
        +     depends_on: ["barrier_prep_{s}_complete"] # its own
              use_parameters: [s, i]
    """)


def test_with_parameters_of_its_own_in_brackets(rewrites):
    parameters = '"parameters": {"s": "1:3", "i": "1:100"}'
    rewrites(f"""
          {{"name": "w", "jobs": [
            {{"name": "prep_{{s}}_{{i}}", "command": "ls", {parameters}}},
        +   {{"name": "barrier_prep_{{s}}_complete", "command": "echo 'prep: 100 jobs complete' && date", "depends_on_regexes": ["^prep_{{s}}_"], "parameters": {{"s": "1:3"}}}},
        -   {{"name": "work_{{s}}_{{i}}", "command": "ls", "depends_on_regexes": ["^prep_{{s}}_"], {parameters}}}
        +   {{"name": "work_{{s}}_{{i}}", "command": "ls", "depends_on": ["barrier_prep_{{s}}_complete"], {parameters}}}
          ]}}
    """, path="spec.json")  # noqa: E501  # fmt: skip


def test_in_kdl(rewrites):
    rewrites("""
          name "w"
          job "prep_{s}_{i}" {
              command "ls"
              parameters { s "[a, b]"; i "1:100"; }
          }
        + job "barrier_prep_{s}_complete" {
        +     command "echo 'prep: 100 jobs complete' && date"
        +     depends_on_regexes "^prep_{s}_"
        +     parameters { s "[a, b]" }
        + }
          job "work_{s}_{i}" {
              command "ls"
        -     depends_on_regexes "^prep_{s}_"
        +     depends_on "barrier_prep_{s}_complete"
              parameters { s "[a, b]"; i "1:100"; }
          }
    """, path="spec.kdl")  # fmt: skip


def test_values_in_the_form_that_they_have_in_names(rewrites):
    rewrites("""
          name: w
          jobs:
            - name: prep_{s:03d}_{f:.2f}_{i}
              command: ls
              parameters: {s: "1:3", f: "[0.5, 1.0]", i: "1:100"}
        +   - name: "barrier_prep_{s:03d}_{f:.2f}_complete"
        +     command: "echo 'prep: 100 jobs complete' && date"
        +     depends_on_regexes: ["^prep_{s:03d}_{f:.2f}_"]
        +     parameters:
        +       s: "1:3"
        +       f: "[0.5, 1.0]"
            - name: work_{s:03d}_{f:.2f}_{i}
              command: ls
        -     depends_on_regexes: ["^prep_{s:03d}_{f:.2f}_"]
        +     depends_on: ["barrier_prep_{s:03d}_{f:.2f}_complete"]
              parameters: {s: "1:3", f: "[0.5, 1.0]", i: "1:100"}
    """)


def test_values_of_a_zip_are_listed_once(rewrites):
    rewrites("""
          name: w
          jobs:
            - name: prep_{s}_{i}
              command: ls
              parameters: {s: "[a, b]", i: "1:300"}
        +   - name: "barrier_prep_{s}_complete"
        +     command: "echo 'prep: 300 jobs complete' && date"
        +     depends_on_regexes: ["^prep_{s}_"]
        +     parameters:
        +       s: "[a, b]"
            - name: work_{s}_{k}
              command: ls
        -     depends_on_regexes: ["^prep_{s}_"]
        +     depends_on: ["barrier_prep_{s}_complete"]
              parameters: {s: "[a, a, a, a, a, b, b, b, b, b]", k: "1:10"}
              parameter_mode: zip
    """)


def test_a_list_of_names_written_by_hand(rewrites):
    names = ", ".join(f"step_{number}" for number in range(40))
    jobs = "".join(f"\n            - {{name: step_{number}, command: ls}}" for number in range(40))
    rewrites(f"""
          name: w
          jobs:{jobs}
        +   - name: barrier_before_work
        +     command: "echo 'stage: 40 jobs complete' && date"
        +     depends_on: [{names}]
            - name: work_{{i}}
              command: ls
        -     depends_on: [{names}]
        +     depends_on: [barrier_before_work]
              parameters: {{i: "1:100"}}
    """)


def test_lists_that_share_most_of_their_names():
    jobs = "".join(f"\n  - {{name: step_{number}, command: ls}}" for number in range(60))
    text = f"name: w\njobs:{jobs}"
    for number, last in enumerate((50, 55, 60)):
        names = ", ".join(f"step_{each}" for each in range(last))
        text += f"\n  - {{name: 'w{number}_{{i}}', command: ls, depends_on: [{names}], parameters: {{i: '1:100'}}}}"
    found = barriers_of(text + "\n", NOTHING_SMALL)
    assert len(found) == 3
    first, second, third = found.values()
    assert (len(first), len(second), len(third)) == (50, 6, 6)  # each waits for the one before it and five more


def test_one_that_waits_for_two_others():
    text = """\
name: w
jobs:
  - {name: "a_{i}", command: ls, parameters: {i: "1:2000"}}
  - {name: "b_{i}", command: ls, parameters: {i: "1:2000"}}
  - {name: "x_{i}", command: ls, depends_on_regexes: ["^a_"], parameters: {i: "1:2000"}}
  - {name: "y_{i}", command: ls, depends_on_regexes: ["^b_"], parameters: {i: "1:2000"}}
  - {name: "z_{i}", command: ls, depends_on_regexes: ["^[ab]_"], parameters: {i: "1:2000"}}
"""
    assert barriers_of(text) == {
        "barrier_a_complete": ["^a_"],
        "barrier_b_complete": ["^b_"],
        "barrier_a_and_b_complete": ["barrier_a_complete", "barrier_b_complete"],
    }


def test_two_for_a_few_that_wait_for_a_union(rewrites):
    rewrites("""
          name: w
          jobs:
            - {name: "a_{i}", command: ls, parameters: {i: "1:2000"}}
            - {name: "b_{i}", command: ls, parameters: {i: "1:2000"}}
        +   - {name: "barrier_a_complete", command: "echo 'a: 2000 jobs complete' && date", depends_on_regexes: ["^a_"]}
        -   - {name: "x_{i}", command: ls, depends_on_regexes: ["^a_"], parameters: {i: "1:2000"}}
        +   - {name: "x_{i}", command: ls, depends_on: ["barrier_a_complete"], parameters: {i: "1:2000"}}
        +   - {name: "barrier_b_complete", command: "echo 'b: 2000 jobs complete' && date", depends_on_regexes: ["^b_"]}
        -   - {name: "y_{i}", command: ls, depends_on_regexes: ["^b_"], parameters: {i: "1:2000"}}
        +   - {name: "y_{i}", command: ls, depends_on: ["barrier_b_complete"], parameters: {i: "1:2000"}}
        -   - {name: report, command: ls, depends_on_regexes: ["^[ab]_"]}
        +   - {name: report, command: ls, depends_on: ["barrier_a_complete", "barrier_b_complete"]}
    """)


def test_a_single_job_is_waited_for_itself_and_the_others_through_the_barrier_of_others(rewrites):
    rewrites(
        """
          name: w
          jobs:
            - {name: prep, command: ls}
            - {name: "work_{i}", command: ls, parameters: {i: "1:50"}}
        +   - name: barrier_before_post
        +     command: "echo 'work: 50 jobs complete' && date"
        +     depends_on_regexes:
        +       - "work"
            - name: post
              command: ls
        -     depends_on_regexes:
        -       - "^(prep|work)" # all
        +     depends_on:
        +       - "barrier_before_post"
        +       - "prep" # all
        -   - {name: "more_{i}", command: ls, depends_on_regexes: [work], parameters: {i: "1:30"}}
        +   - {name: "more_{i}", command: ls, depends_on: [barrier_before_post], parameters: {i: "1:30"}}
    """,
        thresholds=NOTHING_SMALL,
    )


def test_and_in_kdl(rewrites):
    rewrites(
        """
          name "w"
          job "a_{i}" { command "ls"; parameters { i "1:50" }; }
          job "b_{i}" { command "ls"; parameters { i "1:50" }; }
        + job "barrier_a_complete" { command "echo 'a: 50 jobs complete' && date"; depends_on_regexes "^a_" }
        - job "c_{i}" { command "ls"; depends_on_regexes "^a_"; parameters { i "1:50" }; }
        + job "c_{i}" { command "ls"; depends_on "barrier_a_complete"; parameters { i "1:50" }; }
        + job "barrier_b_complete" { command "echo 'b: 50 jobs complete' && date"; depends_on_regexes "^b_" }
        - job "d_{i}" { command "ls"; depends_on_regexes "^b_"; parameters { i "1:50" }; }
        + job "d_{i}" { command "ls"; depends_on "barrier_b_complete"; parameters { i "1:50" }; }
          job "report" {
              command "ls"
        -     depends_on_regexes "^[ab]_" // all
        +     depends_on "barrier_a_complete"; depends_on "barrier_b_complete" // all
          }
    """,
        path="spec.kdl",
        thresholds=NOTHING_SMALL,
    )


def test_a_pattern_of_others_for_the_part_that_gets_no_barrier(rewrites):
    rewrites("""
          name: w
          jobs:
            - {name: "a_{i}", command: ls, parameters: {i: "1:3"}}
            - {name: "b_{i}", command: ls, parameters: {i: "1:2000"}}
            - {name: x, command: ls, depends_on_regexes: ["^a_"]}
        +   - {name: "barrier_b_complete", command: "echo 'b: 2000 jobs complete' && date", depends_on_regexes: ["^b_"]}
        -   - {name: "y_{i}", command: ls, depends_on_regexes: ["^b_"], parameters: {i: "1:2000"}}
        +   - {name: "y_{i}", command: ls, depends_on: ["barrier_b_complete"], parameters: {i: "1:2000"}}
        -   - {name: z, command: ls, depends_on_regexes: ["^[ab]_"]}
        +   - {name: z, command: ls, depends_on_regexes: ["^a_", "^barrier_b_complete$"]}
    """)


def test_a_part_of_what_others_wait_for():
    text = """\
name: w
jobs:
  - {name: "a_{i:04d}", command: ls, parameters: {i: "0:1999"}}
  - {name: "x_{i}", command: ls, depends_on_regexes: ["^a_0"], parameters: {i: "1:2000"}}
  - {name: "y_{i}", command: ls, depends_on_regexes: ["^a_"], parameters: {i: "1:2000"}}
"""
    # the rest of `^a_` has no pattern of its own, and all of it again costs more than the first barrier saves
    assert barriers_of(text) == {"barrier_a_complete": ["^a_0"], "barrier_before_y": ["^a_"]}


def test_names_of_barriers_do_not_meet():
    text = """\
name: w
jobs:
  - {name: "prep_{s}_{i}", command: ls, parameters: {s: "[a, b]", i: "1:9"}}
  - {name: "post_{s}_{k}", command: ls, depends_on_regexes: ["^prep_{s}_"], parameters: {s: "[a, b]", k: "1:9"}}
  - {name: "sum_{k}", command: ls, depends_on_regexes: ["^prep_a"], parameters: {k: "1:9"}}
"""
    assert barriers_of(text, NOTHING_SMALL) == {
        "barrier_prep_{s}_complete": ["^prep_{s}_"],
        "barrier_prep_complete": ["^prep_a"],
    }


def test_each_value_with_a_small_share_gets_none():
    text = """\
name: w
jobs:
  - {name: "prep_{s}_{i}", command: ls, parameters: {s: "1:1000", i: "1:3"}}
  - {name: "post_{s}_{k}", command: ls, depends_on_regexes: ["^prep_{s}_"], parameters: {s: "1:1000", k: "1:3"}}
"""
    assert barriers_of(text) == {}


def test_no_gap_is_told_where_the_choice_is_proven():
    text = """\
name: w
jobs:
  - {name: "a_{i}", command: ls, parameters: {i: "1:2000"}}
  - {name: "x_{i}", command: ls, depends_on_regexes: ["^a_"], parameters: {i: "1:2000"}}
"""
    assert torclint.fix(Source("spec.yaml", text)).gap == 0
