"""TL401: patterns that the Rust engine refuses."""

import pytest

SPEC = """
name: w
jobs:
  - {name: a_1, command: "true"}
  - {name: b, command: "true", depends_on_regexes: [PATTERN]}
"""


def test_look_around(check):
    check(r"""
        name: w
        jobs:
          - {name: a_1, command: "true"}
          - {name: b, command: "true", depends_on_regexes: ["^a_(?=1)"]}
                                                            ^^^^^^^^^^ TL401 `^a_(?=1)`
    """)


@pytest.mark.parametrize(
    "pattern",
    [r"a\Z", r"(a)\1", "(?P=n)", "a(?#x)", "(?>a)", "a_{i}", "a{,2}", "(", "[", "*", r"[\d-x]", "a{1001}{1001}"],
)
def test_what_python_may_take_and_rust_does_not(pattern, check):
    quoted = f"'{pattern}'"
    carets = " " * SPEC.splitlines()[4].index("PATTERN") + "^" * len(quoted) + " TL401"
    check(SPEC.replace("PATTERN", quoted) + carets + "\n")


@pytest.mark.parametrize("pattern", [r"a_\z", "(?<n>a)", r"\pL", "a[_&&_]", "(?i)A", r"\<a", "a_}"])
def test_what_rust_takes_and_python_does_not(pattern, clean):
    clean(SPEC.replace("PATTERN", f"'{pattern}'"), "TL401")


def test_a_value_that_breaks_the_pattern(check):
    check("""
        name: w
        jobs:
          - {name: "a_{m}", command: "true", parameters: {m: ["x", "y"]}}
          - {name: "b_{m}", command: "true", parameters: {m: ["x", "y(1"]}, depends_on_regexes: ["^a_({m}|y)$"]}
                                                                                                 ^^^^^^^^^^^^^ TL401 `^a_(y(1|y)$`
    """)


def test_a_pattern_for_a_million_consumers_is_told_once(check):
    check("""
        name: w
        jobs:
          - {name: "a_{i}", command: "true", parameters: {i: "1:1000000"}}
          - {name: "b_{i}", command: "true", parameters: {i: "1:1000000"}, depends_on_regexes: ["^a_(?!1)"]}
                                                                                                ^^^^^^^^^^ TL401
    """)


def test_patterns_for_files(check):
    check("""
        name: w
        jobs:
          - {name: a, command: "true", input_file_regexes: ["(f"]}
                                                            ^^^^ TL401 in `input_file_regexes`
        files: [{name: f, path: f}]
    """)
