"""What the fix makes of KDL texts, to the letter."""

# ruff: noqa: E501  texts on one line are what some of the tests are about
from __future__ import annotations


def test_nodes_on_several_lines(rewrites):
    rewrites(r"""
          name "w"
          // stage 1
          job "prep_{i}" {
              command "true"
              parameters {
                  i "1:100"
              }
          }

        + job "barrier_prep_complete" {
        +     command "echo 'prep: 100 jobs complete' && date"
        +     depends_on_regexes "^prep_"
        + }
        +
          // stage 2
          /* which waits
             for all of stage 1 */
          job "work_{i}" {
              command "true" // c
        -     depends_on_regexes "^prep_" // all
        +     depends_on "barrier_prep_complete" // all
              parameters { i "1:100"; }
          }
    """, path="spec.kdl")  # fmt: skip


def test_raw_strings_bare_words_and_types(rewrites):
    rewrites(r"""
          name w
          job "prep_{i}" {
            command ls
            parameters { i "1:100"; }
          }
        + job "barrier_prep_complete" {
        +   command "echo 'prep: 100 jobs complete' && date"
        +   depends_on_regexes #"^prep_\d+$"#
        + }
          /* typed */ (t)job "work_{i}" {
            command ls
        -   "depends_on_regexes" (re)#"^prep_\d+$"#
        +   "depends_on" (re)"barrier_prep_complete"
            parameters { i "1:100"; }
          }
        + job "barrier_work_complete" {
        +   command "echo 'work: 100 jobs complete' && date"
        +   depends_on_regexes "^work"
        + }
          job "post_{i}" {
            command ls
        -   depends_on_regexes "^work"
        +   depends_on "barrier_work_complete"
            parameters { i "1:100"; }
          }
    """, path="spec.kdl")  # fmt: skip


def test_nodes_on_one_line(rewrites):
    rewrites("""
          name "w"; job "a_{i}" { command ls; parameters { i "1:100"; }; }
        + job "barrier_a_complete" { command "echo 'a: 100 jobs complete' && date"; depends_on_regexes "^a_" }
        - job "b_{i}" { command ls; depends_on_regexes "^a_"; parameters { i "1:100"; }; }; job "c_{i}" { command ls; depends_on_regexes "^b_"; parameters { i "1:100"; }; }
        + job "b_{i}" { command ls; depends_on "barrier_a_complete"; parameters { i "1:100"; }; }; job "barrier_b_complete" { command "echo 'b: 100 jobs complete' && date"; depends_on_regexes "^b_" }; job "c_{i}" { command ls; depends_on "barrier_b_complete"; parameters { i "1:100"; }; }
    """, path="spec.kdl")  # fmt: skip


def test_a_job_that_was_taken_out_stays_where_it_is(rewrites):
    rewrites("""
          name "w"
          job "a_{i}" { command ls; parameters { i "1:100"; }; }
          /- job "b_{i}" { command ls; }
        + job "barrier_a_complete" {
        +     command "echo 'a: 100 jobs complete' && date"
        +     depends_on_regexes "^a_"
        +     labels "x" "y z"
        + }
          // c
          job "c_{i}" {
              command ls
              labels "x" "y z"
        -     depends_on_regexes "^a_"
        +     depends_on "barrier_a_complete"
              parameters { i "1:100"; }
          }
    """.replace("{ command ls; par", '{ command ls; labels "y z" "x"; par'), path="spec.kdl")  # fmt: skip


def test_several_patterns_and_a_new_resource_class(rewrites):
    rewrites("""
          name "w"

        + resource_requirements "tiny" {
        +     num_cpus 1
        +     num_gpus 0
        +     num_nodes 1
        +     memory "100m"
        +     runtime "PT1M"
        + }
        +
          // large
          resource_requirements "large" {
              num_cpus 8
              memory "8g"
              runtime "PT1H"
          }
          job "a_{i}" { command ls; parameters { i "1:100"; }; }
          job "once" { command ls; }
          job "x" { command ls; }
        + job "barrier_a_complete" {
        +     command "echo 'a: 102 jobs complete' && date"
        +     resource_requirements "tiny"
        +     depends_on "once"
        +     depends_on_regexes "^a_"
        +     depends_on_regexes "^x"
        + }
          job "c_{i}" {
              command ls
              resource_requirements "large"
        -     depends_on "once"
        -     depends_on_regexes "^a_"
        -     depends_on_regexes "^x"
        +     depends_on "barrier_a_complete"
              parameters { i "1:100"; }
          }
    """, path="spec.kdl")  # fmt: skip


def test_a_pattern_on_several_lines(rewrites):
    rewrites(
        r'''
          name "w"
          job "a_{i}" { command ls; parameters { i "1:100"; }; }
        + job "barrier_a_complete" {
        +   command "echo 'a: 100 jobs complete' && date"
        +   depends_on_regexes "^a_"
        + }
          job "b_{i}" \
            {
        -   command ls; depends_on_regexes """
        -     ^a_
        -     """
        +   command ls; depends_on "barrier_a_complete"
            parameters { i "1:100"; }
          }
        + job "barrier_b_complete" { command "echo 'b: 100 jobs complete' && date"; depends_on_regexes "^b_" }
        - job "c_{i}" { command ls; depends_on_regexes pattern="^b_" /* why */ ; parameters { i "1:100"; }; }
        + job "c_{i}" { command ls; depends_on pattern="barrier_b_complete" /* why */ ; parameters { i "1:100"; }; }
        ''',
        path="spec.kdl",
    )
