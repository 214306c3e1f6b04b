"""Globs in configuration files."""

import pytest

from torclint.config.globs import matches


@pytest.mark.parametrize(
    ("glob", "path", "expected"),
    [
        ("a.yaml", "a.yaml", True),
        ("a.yaml", "deep/in/a.yaml", True),
        ("a.yaml", "ba.yaml", False),
        ("*.json", "x/y.json", True),
        ("x/*.json", "x/y.json", True),
        ("x/*.json", "z/x/y.json", False),
        ("x/*.json", "x/z/y.json", False),
        ("x/**/*.json", "x/y.json", True),
        ("x/**/*.json", "x/a/b/y.json", True),
        ("**/y.json", "y.json", True),
        ("x/**", "x/a/b", True),
        ("x/**", "x", False),
        ("x", "x/a/b", True),
        ("x/", "x/a", True),
        ("./x/a", "x/a", True),
        ("/x", "x/a", True),
        ("/x", "y/x", False),
        ("a?.yaml", "ab.yaml", True),
        ("a[0-9].yaml", "a7.yaml", True),
        ("a[!0-9].yaml", "a7.yaml", False),
        ("a[", "a[", True),
        ("a.b", "aXb", False),
    ],
)
def test_globs(glob, path, expected):
    assert matches(glob, path) is expected
