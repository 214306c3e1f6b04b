"""TL406: patterns that end in the middle of a number or a word."""

import pytest


def test_a_number_that_goes_on(check):
    check("""
        name: w
        jobs:
          - {name: "stage1_{i}", command: x, parameters: {i: "1:3"}}
          - {name: "stage10_{i}", command: x, parameters: {i: "1:3"}}
          - {name: stage12, command: x}
          - {name: after, command: x, depends_on_regexes: ["^stage1"]}
                                                           ^^^^^^^^^ TL406 also matches stage12, stage10_1
    """)


def test_numbers_of_one_group(check):
    check("""
        name: w
        jobs:
          - {name: "job_{i}", command: x, parameters: {i: "1:20"}}
          - {name: after, command: x, depends_on_regexes: ["^job_1"]}
                                                           ^^^^^^^^ TL406 ends within a number: it also matches job_10
    """)


def test_a_word_that_goes_on(check):
    check("""
        name: w
        jobs:
          - {name: "work_{i}", command: x, parameters: {i: "1:3"}}
          - {name: worker, command: x}
          - {name: after, command: x, depends_on_regexes: ["^work"]}
                                                           ^^^^^^^ TL406 ends within a word: it also matches worker
    """)


@pytest.mark.parametrize(
    "pattern", ["^stage1_", "^stage1$", "^stage1_.*", "^stage", "^stage1(_|$)", "stage1", "^st.ge1"]
)
def test_patterns_that_end_where_they_should(pattern, clean):
    clean(
        f"""
        name: w
        jobs:
          - {{name: "stage1_{{i}}", command: x, parameters: {{i: "1:3"}}}}
          - {{name: "stage10_{{i}}", command: x, parameters: {{i: "1:3"}}}}
          - {{name: after, command: x, depends_on_regexes: ["{pattern}"]}}
        """,
        "TL406",
    )


def test_a_prefix_that_no_name_ends_with_is_meant_as_one(clean):
    clean(
        """
        name: w
        jobs:
          - {name: preprocess, command: x}
          - {name: prepare, command: x}
          - {name: after, command: x, depends_on_regexes: ["^pre"]}
        """,
        "TL406",
    )
