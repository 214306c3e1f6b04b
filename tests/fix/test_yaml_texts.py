"""What the fix makes of YAML texts, to the letter: lines that are not named stay as they are."""

# ruff: noqa: E501  texts on one line are what some of the tests are about
from __future__ import annotations

import torclint
from torclint import Source
from torclint.rules.thresholds import Thresholds

ECHO = "\"echo 'prep: 100 jobs complete' && date\""  # where the line would be too long


def test_the_naive_workflow(rewrites):
    fixed = rewrites("""
          name: "Inefficient Multi-Stage Workflow"
          description: "This creates 1,000,000 dependencies!"

          jobs:
            # Stage 1: 1000 preprocessing jobs
            - name: "preprocess_{i:03d}"
              command: "python preprocess.py --id {i}"
              parameters:
                i: "0:999"

        +   - name: "barrier_preprocess_complete"
        +     command: "echo 'preprocess: 1000 jobs complete' && date"
        +     depends_on_regexes: ["^preprocess_.*"]
        +
            # Stage 2: Each analysis job waits for ALL preprocessing jobs
            - name: "analyze_{i:03d}"
              command: "python analyze.py --id {i}"
        -     depends_on_regexes: ["^preprocess_.*"]  # ⚠️ Creates 1,000,000 dependencies!
        +     depends_on: ["barrier_preprocess_complete"]  # ⚠️ Creates 1,000,000 dependencies!
              parameters:
                i: "0:999"

            # Stage 3: Final aggregation
            - name: "final_report"
              command: "python generate_report.py"
              depends_on_regexes: ["^analyze_.*"]  # ⚠️ Creates 1,000 more dependencies
    """)
    assert fixed.before.counts.total == 1_001_000
    assert fixed.after.counts.total == 3_000
    (report,) = torclint.check(Source("spec.yaml", fixed.text)).files
    assert "TL501" not in [finding.code for finding in report.findings]


def test_a_million_by_a_million(rewrites):
    fixed = rewrites("""
          name: w
          jobs:
            - {name: "a_{i}", command: "true", parameters: {i: "1:1000000"}}
        +   - {name: "barrier_a_complete", command: "echo 'a: 1000000 jobs complete' && date", depends_on_regexes: [^a_]}
        -   - {name: "b_{i}", command: "true", depends_on_regexes: [^a_], parameters: {i: "1:1000000"}}
        +   - {name: "b_{i}", command: "true", depends_on: [barrier_a_complete], parameters: {i: "1:1000000"}}
    """)
    assert fixed.after.counts.total == 2_000_000


def test_no_indent_and_block_lists(rewrites):
    rewrites("""
          name: w
          jobs:
          - name: prep_{i}
            command: "true"
            parameters:
              i: "1:100"
        + - name: barrier_prep_complete
        +   command: "echo 'prep: 100 jobs complete' && date"
        +   depends_on_regexes:
        +   - ^prep_
          - name: work_{i}
            command: "true"
        -   depends_on_regexes:
        -   - ^prep_
        +   depends_on:
        +   - barrier_prep_complete
            parameters:
              i: "1:100"
    """)


def test_an_indent_of_four_and_a_wide_dash(rewrites):
    rewrites("""
          name: w
          jobs:
              -   name: 'prep_{i}'
                  command: 'true'
                  parameters: {i: '1:100'}
        +     -   name: 'barrier_prep_complete'
        +         command: "echo 'prep: 100 jobs complete' && date"
        +         depends_on_regexes:
        +             -  '^prep_\\d+'
              -   name: 'work_{i}'
                  command: 'true'
                  parameters: {i: '1:100'}
        -         depends_on_regexes:
        +         depends_on:
                      # all of them
        -             -  '^prep_\\d+'   # really
        +             -  'barrier_prep_complete'   # really
    """)


def test_a_dash_on_a_line_of_its_own(rewrites):
    rewrites("""
          name: w
          jobs:
            -
              name: prep_{i}
              command: "true"
              parameters: {i: "1:100"}
        +   - name: barrier_prep_complete
        +     command: "echo 'prep: 100 jobs complete' && date"
        +     depends_on_regexes: [^prep_]
            - # work
              name: work_{i}
              command: "true"
        -     depends_on_regexes: [^prep_]
        +     depends_on: [barrier_prep_complete]
              parameters: {i: "1:100"}
    """)


def test_strings_of_each_kind(rewrites):
    rewrites(r"""
          name: w
          jobs:
            - {name: 'a_{i}', command: 'true', parameters: {i: '1:100'}}
        +   - {name: 'barrier_a_complete', command: "echo 'a: 100 jobs complete' && date", depends_on_regexes: ["^a_\\d"]}
        -   - {name: 'b_{i}', command: 'true', depends_on_regexes: ["^a_\\d"], parameters: {i: '1:100'}}
        +   - {name: 'b_{i}', command: 'true', depends_on: ["barrier_a_complete"], parameters: {i: '1:100'}}
        +   - {name: "barrier_b_complete", command: "echo 'b: 100 jobs complete' && date", depends_on_regexes: ['^b_\d']}
        -   - {name: "c_{i}", command: cd, depends_on_regexes: ['^b_\d'], parameters: {i: '1:100'}}
        +   - {name: "c_{i}", command: cd, depends_on: ['barrier_b_complete'], parameters: {i: '1:100'}}
    """)


def test_quoted_keys(rewrites):
    rewrites(
        """
          name: w
          jobs:
            - {"name": "prep_{i}", "command": "true", "parameters": {"i": "1:100"}}
        +   - {"name": "barrier_prep_complete", "command": ECHO, "depends_on_regexes": ["^prep"]}
        -   - {"name": "work_{i}", "command": "true", "depends_on_regexes": ["^prep"], "parameters": {"i": "1:100"}}
        +   - {"name": "work_{i}", "command": "true", "depends_on": ["barrier_prep_complete"], "parameters": {"i": "1:100"}}
    """.replace("ECHO", ECHO)
    )


def test_a_flow_list_on_one_line(rewrites):
    rewrites("""
          name: w
        - jobs: [{name: a1, command: ls}, {name: a2, command: ls}, {name: "b_{i}", command: ls, depends_on_regexes: [^a], parameters: {i: "1:9"}}]  # all
        + jobs: [{name: a1, command: ls}, {name: a2, command: ls}, {name: "barrier_a_complete", command: "echo 'a: 2 jobs complete' && date", depends_on_regexes: [^a]}, {name: "b_{i}", command: ls, depends_on: [barrier_a_complete], parameters: {i: "1:9"}}]  # all
    """, thresholds=Thresholds(2, 1))  # fmt: skip


def test_a_flow_list_on_several_lines(rewrites):
    rewrites("""
          name: w
          jobs: [ # stages
            {name: "prep_{i}", command: ls, parameters: {i: "1:100"}},  # one

            # two
            {
              name: "work_{i}",
              command: ls, # list
              parameters: {i: "1:100"}
            },
        +   {
        +     name: "barrier_prep_complete",
        +     command: "echo 'prep: 100 jobs complete' && date",
        +     depends_on_regexes: [^prep],
        +   },
            # three
            {
              name: "other_{i}",
              command: ls,
        -     depends_on_regexes: [
        +     depends_on: [
                # the first stage
        -       ^prep,
        +       barrier_prep_complete,
              ],
              parameters: {i: "1:100"},
            }
          ]
    """)


def test_comments_stay_where_they_belong(rewrites):
    rewrites("""
          # top
          name: w # name
          jobs: # jobs
            # stage 1
            - name: prep_{i} # first
              command: "true"
              # the range
              parameters: {i: "1:100"} # hundred
              # end of stage 1
        +   - name: barrier_prep_complete
        +     command: "echo 'prep: 100 jobs complete' && date"
        +     depends_on_regexes: [^prep_]
          # ---------
            # stage 2
            #\twith a tab\there
            # - name: not an item
            - name: work_{i} # wörk ✓ 🚀
              command: "true"
        -     depends_on_regexes: [^prep_] # all\tof them
        +     depends_on: [barrier_prep_complete] # all\tof them
              parameters: {i: "1:100"}
            # the end
          # of all
    """)


def test_a_block_scalar_that_ends_in_what_looks_like_comments(rewrites):
    fixed = rewrites("""
          name: w
          jobs:
            - name: prep_{i}
              parameters: {i: "1:100"}
              command: |
                make
                # part of the script
                # this too
        +   - name: barrier_prep_complete
        +     command: "echo 'prep: 100 jobs complete' && date"
        +     depends_on_regexes: [^prep_]
            # a comment
            - name: work_{i}
        -     depends_on_regexes: [^prep_]
        +     depends_on: [barrier_prep_complete]
              parameters: {i: "1:100"}
              command: |
                # no comment
                work
    """)
    assert fixed.after.workflow.jobs[0].command.text == "make\n# part of the script\n# this too\n"


def test_a_block_scalar_that_keeps_its_blank_lines(rewrites):
    fixed = rewrites("""
          name: w
          jobs:
            - name: prep_{i}
              parameters: {i: "1:100"}
              command: |+
                make
                # script

        +   - name: barrier_prep_complete
        +     command: "echo 'prep: 100 jobs complete' && date"
        +     depends_on_regexes: [^prep_]
        +
            - name: work_{i}
        -     depends_on_regexes: [^prep_]
        +     depends_on: [barrier_prep_complete]
              parameters: {i: "1:100"}
              command: ls
    """)
    assert fixed.after.workflow.jobs[0].command.text == "make\n# script\n\n"


TWO_STAGES = """
      name: w
      jobs:
        - name: prep_{i}
          command: "true"
          parameters: {i: "1:100"}

    +   - name: barrier_prep_complete
    +     command: "echo 'prep: 100 jobs complete' && date"
    +     depends_on_regexes: [^prep_]
    +
        # consumer
        - name: work_{i}
          command: "true"
    -     depends_on_regexes: [^prep_]
    +     depends_on: [barrier_prep_complete]
          parameters: {i: "1:100"}
"""


def test_crlf(rewrites):
    rewrites(TWO_STAGES, change=lambda text: text.replace("\n", "\r\n"))


def test_no_newline_at_the_end(rewrites):
    rewrites(TWO_STAGES, change=lambda text: text.removesuffix("\n"))


def test_a_document_start_and_end(rewrites):
    rewrites(TWO_STAGES, change=lambda text: "---\n" + text + "...\n# rest\n")


def test_trailing_blanks(rewrites):
    rewrites(TWO_STAGES, change=lambda text: text.replace("# consumer\n", "# consumer  \n"))


def test_consumers_first(rewrites):
    rewrites("""
          name: w
          jobs:
        +   - name: barrier_prep_complete
        +     command: "echo 'prep: 100 jobs complete' && date"
        +     depends_on_regexes: [^prep_]
        +
            - name: work_{i}
              command: "true"
        -     depends_on_regexes: [^prep_]
        +     depends_on: [barrier_prep_complete]
              parameters: {i: "1:100"}

            - name: prep_{i}
              command: "true"
              parameters: {i: "1:100"}
    """)


def test_a_pattern_list_that_jobs_share_by_an_alias(rewrites):
    rewrites("""
          name: w
          jobs:
            - {name: "prep_{i}", command: ls, parameters: &all {i: "1:100"}}
        +   - name: "barrier_prep_complete"
        +     command: "echo 'prep: 100 jobs complete' && date"
        +     depends_on_regexes: [^prep_]
            - name: "work_{i}"
              command: ls
        -     depends_on_regexes: &everything [^prep_]
        +     depends_on_regexes: &everything [^barrier_prep_complete$]
              parameters: *all
            - {name: "post_{i}", command: ls, depends_on_regexes: *everything, parameters: *all}
    """)


def test_a_pattern_that_jobs_share_by_an_alias(rewrites):
    rewrites(
        """
          name: w
          jobs:
            - {name: "prep_{i}", command: ls, parameters: {i: "1:100"}}
        +   - {name: "barrier_prep_complete", command: ECHO, depends_on_regexes: ["^prep_"]}
        -   - {name: "work_{i}", command: ls, depends_on_regexes: [&p "^prep_"], parameters: {i: "1:100"}}
        +   - {name: "work_{i}", command: ls, depends_on: [&p "barrier_prep_complete"], parameters: {i: "1:100"}}
            - {name: "post_{i}", command: ls, depends_on_regexes: ["^work_1$"], parameters: {i: "1:100"}}
    """.replace("ECHO", ECHO)
    )


def test_an_anchor_on_a_consumer(rewrites):
    rewrites("""
          name: w
          jobs:
            - {name: "prep_{i}", command: ls, parameters: {i: "1:100"}}
        +   - name: "barrier_prep_complete"
        +     command: "echo 'prep: 100 jobs complete' && date"
        +     depends_on_regexes: ["^prep_"]
            - &work
              name: "work_{i}"
              command: ls
        -     depends_on_regexes: ["^prep_"]
        +     depends_on: ["barrier_prep_complete"]
              parameters: {i: "1:100"}
    """)


def test_a_pattern_that_something_else_shares_by_an_alias(stays):
    stays(
        """
        name: w
        jobs:
          - {name: "prep_{i}", command: ls, parameters: {i: "1:100"}}
          - {name: "work_{i}", command: ls, depends_on_regexes: &p ["^prep_"], parameters: {i: "1:100"}}
        actions:
          - {trigger_type: on_jobs_complete, action_type: run_commands, commands: [ls], job_name_regexes: *p}
        """,
        "the edit would change or leave other parts of the spec (an alias, or a key written twice)",
    )


def test_a_pattern_that_is_an_alias_of_something_else(rewrites):
    rewrites(
        """
          name: w
          description: &p "^prep_"
          jobs:
            - {name: "prep_{i}", command: ls, parameters: {i: "1:100"}}
        +   - {name: "barrier_prep_complete", command: ECHO, depends_on_regexes: ["^prep_"]}
        -   - {name: "work_{i}", command: ls, depends_on_regexes: [*p], parameters: {i: "1:100"}}
        +   - {name: "work_{i}", command: ls, depends_on: ["barrier_prep_complete"], parameters: {i: "1:100"}}
        """.replace("ECHO", ECHO)
    )


def test_an_anchor_on_a_pattern_that_something_else_uses(stays):
    stays(
        """
        name: w
        jobs:
          - {name: "prep_{i}", command: ls, parameters: {i: "1:100"}}
          - {name: "work_{i}", command: ls, depends_on_regexes: [&p "^prep_"], parameters: {i: "1:100"}}
        actions:
          - {trigger_type: on_jobs_complete, action_type: run_commands, commands: [ls], job_name_regexes: [*p]}
        """,
        "the anchor `&p` would go, and is used elsewhere",
    )


def test_patterns_over_several_lines(rewrites):
    rewrites(r"""
          name: w
          jobs:
            - {name: "prep_{i}", command: ls, parameters: {i: "1:100"}}
        +   - name: "barrier_prep_complete"
        +     command: "echo 'prep: 100 jobs complete' && date"
        +     depends_on_regexes:
        +       - "^prep_"
            - name: "work_{i}"
              command: ls
        -     depends_on_regexes:
        -       - >- # all
        -         ^prep_
        +     depends_on:
        +       - barrier_prep_complete # all
              # below
              parameters: {i: "1:100"}
        +   - name: "barrier_work_complete"
        +     command: "echo 'work: 100 jobs complete' && date"
        +     depends_on_regexes: ["^work_"]
            - name: "post_{i}"
              command: ls
        -     depends_on_regexes: ["^wo\
        -       rk_"]
        +     depends_on: ["barrier_work_complete"]
              parameters: {i: "1:100"}
    """)


def test_one_that_cannot_be_had_does_not_keep_the_others(rewrites):
    rewrites(
        """
          name: w
          jobs:
            - {name: "prep_{i}", command: ls, parameters: {i: "1:100"}}
            - name: "work_{i}"
              command: ls
              depends_on_regexes: ["^never_matched|^prep_"]
              depends_on_regexes: ["^prep_"]
              parameters: {i: "1:100"}
        +   - name: "barrier_work_complete"
        +     command: "echo 'work: 100 jobs complete' && date"
        +     depends_on_regexes: ["^work_"]
            - name: "post_{i}"
              command: ls
        -     depends_on_regexes: ["^work_"]
        +     depends_on: ["barrier_work_complete"]
              parameters: {i: "1:100"}
        """,
        withheld=["the edit would change or leave other parts of the spec (an alias, or a key written twice)"],
    )


def test_odd_dashes_keys_and_anchors(rewrites):
    rewrites("""
          name: w
          jobs:
            - {name: "a_{i}",
               command: ls, parameters: {i: "1:100"}}
        +   - {
        +       name: "barrier_a_complete",
        +       command: "echo 'a: 100 jobs complete' && date",
        +       depends_on_regexes: [^a_]
        +     }
            - { # opening
                name: "b_{i}",
                command: ls,   # list
        -       depends_on_regexes: [^a_], parameters: {i: "1:100"}}
        +       depends_on: [barrier_a_complete], parameters: {i: "1:100"}}
        +   - name: "barrier_b_complete"
        +     command: "echo 'b: 100 jobs complete' && date"
        +     depends_on_regexes:
        +     - "^b_"
            -   # odd
              &c
              name: "c_{i}"
              command: ls
        -     ? depends_on_regexes
        +     ? depends_on
              :
        -     - "^b_"
        +     - "barrier_b_complete"
              parameters: {i: "1:100"}
    """)


def test_carriage_returns(rewrites):
    rewrites(TWO_STAGES, change=lambda text: text.replace("\n", "\r"))
