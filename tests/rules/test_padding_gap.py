"""TL407: patterns for numbers with so many digits, among names with fewer or more."""

import pytest

SPEC = r"""
name: w
jobs:
  - {name: "NAME", command: x, parameters: {i: "RANGE"}}
  - {name: after, command: x, depends_on_regexes: ['PATTERN']}
"""


def spec(name: str, values: str, pattern: str) -> str:
    return SPEC.replace("NAME", name).replace("RANGE", values).replace("PATTERN", pattern)


def test_plain_numbers(check):
    check(
        r"""
        name: w
        jobs:
          - {name: "work_{i}", command: x, parameters: {i: "1:1500"}}
          - {name: after, command: x, depends_on_regexes: ['^work_\d{3}$']}
                                                           ^^^^^^^^^^^^^^ TL407 matches 900 of 1,500 jobs work_{i}: not work_1
    """
    )


@pytest.mark.parametrize(
    ("name", "values", "pattern", "told"),
    [
        ("w_{i:03d}", "0:1500", r"^w_\d{3}$", "matches 1,000 of 1,501 jobs w_{i:03d}: not w_1000"),
        ("w_{i:02d}", "0:100", "^w_[0-9][0-9]$", "matches 100 of 101 jobs w_{i:02d}: not w_100"),
        ("w_{i}", "8:11", r"^w_\d\d", "matches 2 of 4 jobs w_{i}: not w_8"),
    ],
)
def test_gaps(name, values, pattern, told, check):
    text = spec(name, values, pattern)
    line = text.splitlines()[4]
    carets = " " * line.index(f"'{pattern}'") + "^" * (len(pattern) + 2) + f" TL407 {told}"
    check(text + carets + "\n")


@pytest.mark.parametrize(
    ("name", "values", "pattern"),
    [
        ("w_{i:03d}", "0:999", r"^w_\d{3}$"),
        ("w_{i}", "100:999", r"^w_\d{3}$"),
        ("w_{i}", "1:1500", r"^w_\d+$"),
        ("w_{i}", "1:1500", r"^w_\d{1,4}$"),
        ("w_{i:04d}", "0:1500", r"^w_\d{3}"),
        ("w_{i}", "1:50", r"^w_\d{3}$"),
    ],
)
def test_no_gaps(name, values, pattern, clean):
    clean(spec(name, values, pattern), "TL407")
