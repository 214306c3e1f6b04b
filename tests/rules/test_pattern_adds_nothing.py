"""TL402: patterns that add no new name."""


def test_a_pattern_that_matches_nothing(check):
    check("""
        name: w
        jobs:
          - {name: prep_1, command: "true"}
          - {name: after, command: "true", depends_on_regexes: ["^perp_"]}
                                                                ^^^^^^^^ TL402 adds no job
    """)


def test_only_what_is_named_already(check):
    check("""
        name: w
        jobs:
          - {name: prep_1, command: "true"}
          - {name: after, command: "true", depends_on: [prep_1], depends_on_regexes: ["^prep_"]}
                                                                                      ^^^^^^^^ TL402
    """)


def test_the_second_of_two_patterns(check):
    check("""
        name: w
        jobs:
          - {name: "prep_{i}", command: "true", parameters: {i: "0:999999"}}
          - {name: after, command: "true", depends_on_regexes: ["^prep_", "^prep_1"]}
                                                                          ^^^^^^^^^ TL402
    """)


def test_the_wider_pattern_after_the_narrower(clean):
    clean(
        """
        name: w
        jobs:
          - {name: "prep_{i}", command: "true", parameters: {i: "0:999999"}}
          - {name: after, command: "true", depends_on_regexes: ["^prep_1", "^prep_"]}
        """,
        "TL402",
    )


def test_a_wider_pattern_that_adds_one_name_in_a_million(clean):
    clean(
        """
        name: w
        jobs:
          - {name: "prep_{i}", command: "true", parameters: {i: "0:999999"}}
          - {name: after, command: "true", depends_on_regexes: ["^prep_[1-9]", "^prep_"]}
        """,
        "TL402",
    )


def test_a_hole_that_finds_nothing_for_one_value(check):
    check("""
        name: w
        jobs:
          - {name: "prep_{s}_{i}", command: "true", parameters: {s: [a, b], i: "1:5"}}
          - {name: "after_{s}", command: "true", parameters: {s: [a, b, c]}, depends_on_regexes: ["^prep_{s}_"]}
                                                                                                  ^^^^^^^^^^^^ TL402 `^prep_c_`
    """)


def test_a_hole_that_finds_nothing_for_one_of_a_million(check):
    check("""
        name: w
        jobs:
          - {name: "prep_{i}", command: "true", parameters: {i: "1:1000000"}}
          - {name: "after_{i}", command: "true", parameters: {i: "0:999999"}, depends_on_regexes: ["^prep_{i}$"]}
                                                                                                   ^^^^^^^^^^^^ TL402 `^prep_0$`
    """)


def test_a_number_that_others_begin_with(clean):
    clean(
        """
        name: w
        jobs:
          - {name: "prep_{i}", command: "true", parameters: {i: "10:99"}}
          - {name: "after_{i}", command: "true", parameters: {i: "1:9"}, depends_on_regexes: ["^prep_{i}"]}
        """,
        "TL402",
    )


def test_files(check):
    check("""
        name: w
        jobs:
          - {name: a, command: "true", input_files: [f], input_file_regexes: ["^f"]}
                                                                              ^^^^ TL402 adds no file
        files: [{name: f, path: f}]
    """)


def test_zeros_that_are_missing(check):
    """The gap between plain indices and padded ones, for the first jobs at least."""
    check("""
        name: w
        jobs:
          - {name: "prep_{i:03d}", command: x, parameters: {i: "1:500"}}
          - {name: "use_{i}", command: x, parameters: {i: "1:200"}, depends_on_regexes: ["^prep_{i}$"]}
                                                                                         ^^^^^^^^^^^^ TL402 write {i:03d}
          - {name: seventh, command: x, depends_on_regexes: ["^prep_7$"]}
                                                             ^^^^^^^^^^ TL402 with 3 digits it would match: `^prep_007$`
          - {name: eighth, command: x, depends_on_regexes: ["^prep_0008$"]}
                                                            ^^^^^^^^^^^^^ TL402 with 3 digits it would match: `^prep_008$`
    """)


def test_capitals(check):
    check("""
        name: w
        jobs:
          - {name: prep_1, command: x}
          - {name: after, command: x, depends_on_regexes: ["^Prep_"]}
                                                           ^^^^^^^^ TL402 with other capitals it would match
    """)


def test_a_pattern_that_may_take_long_to_try_is_left_alone(check):
    (finding,) = check("""
        name: w
        jobs:
          - {name: "prep_{i:03d}", command: x, parameters: {i: "1:500"}}
          - {name: after, command: x, depends_on_regexes: ["^prep_7|x.{3}8$"]}
                                                           ^^^^^^^^^^^^^^^^^ TL402 matches nothing
    """)
    assert finding.help == ("Torc counts only names that the entries before it have not picked out",)
