"""TL404: patterns that match every name."""

import pytest


def test_dot_star(check):
    check("""
        name: w
        jobs:
          - {name: prep, command: "true"}
          - {name: after, command: "true", depends_on_regexes: [".*"]}
                                                                ^^^^ TL404 the pattern `.*` matches every name
    """)


@pytest.mark.parametrize("pattern", ["", "^", "$", "a*", ".*$", "^.*", "(?:)", "a|", "x?"])
def test_others_that_match_every_name(pattern, check):
    line = f'  - {{name: after, command: "true", depends_on_regexes: ["{pattern}"]}}'
    carets = " " * line.index(f'"{pattern}"]') + "^" * (len(pattern) + 2) + " TL404"
    check(f'\nname: w\njobs:\n  - {{name: prep, command: "true"}}\n{line}\n{carets}\n')


@pytest.mark.parametrize("pattern", [".+", ".", "p", "^.", "[^x]", "prep|.{3}"])
def test_what_some_name_does_not_match(pattern, clean):
    clean(
        f"""
        name: w
        jobs:
          - {{name: prep, command: "true"}}
          - {{name: after, command: "true", depends_on_regexes: ["{pattern}"]}}
        """,
        "TL404",
    )


def test_files(check):
    check("""
        name: w
        jobs:
          - {name: a, command: "true", input_file_regexes: [".*"]}
                                                            ^^^^ TL404
        files: [{name: f, path: f}]
    """)
