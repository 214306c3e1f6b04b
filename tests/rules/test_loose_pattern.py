"""TL408: patterns that could be stricter without matching any other name."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("pattern", "new"),
    [
        ("a_", "^a_"),
        ("a_1|a_2", "^(?:a_1|a_2)"),
        ("^a_.$", ""),  # any digit
        ("v1.2", r"^v1\\.2"),
        ("^v1.2", r"^v1\\.2"),
        ("^v1[.]2", ""),
        (r"v1\\.2", r"^v1\\.2"),
        (".*", ""),
        ("^a_", ""),
        ("1$", ""),
        ("(?i)A_", "^(?i)A_"),
        ("a_{i}$", "^a_{i}$"),
        ("a_{i:.2f}", "^a_{i:.2f}"),
        ("nobody", ""),
    ],
)
def test_patterns(check, clean, pattern, new):
    line = f'  - {{name: "z_{{i}}", parameters: {{i: "1:3"}}, command: ls, depends_on_regexes: ["{pattern}"]}}'
    text = f"""name: w
jobs:
  - {{name: "a_{{i}}", command: ls, parameters: {{i: "1:3"}}}}
  - {{name: v1.2, command: ls}}
{line}
"""
    if not new:
        clean(text, "TL408")
        return
    carets = " " * line.index(f'"{pattern}"') + "^" * (len(pattern) + 2)
    (finding,) = check(f"{text}{carets} TL408")
    assert finding.fix is not None
    (edit,) = finding.fix.edits
    assert edit.replacement == f'"{new}"'
