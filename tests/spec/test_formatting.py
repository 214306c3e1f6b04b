"""Values as text and templates filled in: Torc 1.0.0, parameter_expansion.rs:24-48, 537-567."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from torclint.spec.formatting import MAX_WIDTH, format_value, substitute


@pytest.mark.parametrize(
    ("value", "spec", "text"),
    [
        (7, None, "7"),
        (7, "03d", "007"),
        (-2, "04d", "-002"),
        (7, "00d", "7"),
        (7, "0+3d", "007"),
        (7, "3d", "7"),
        (7, "0d", "7"),
        (7, "+03d", "7"),
        (7, ".2f", "7"),
        (7, "", "7"),
        (1.0, None, "1"),
        (1e-7, None, "0.0000001"),
        (1.5e-7, None, "0.00000015"),
        (1e21, None, "1000000000000000000000"),
        (1.25e22, None, "12500000000000000000000"),
        (123456.75, None, "123456.75"),
        (-0.0, None, "-0"),
        (float("nan"), None, "NaN"),
        (float("inf"), None, "inf"),
        (float("-inf"), ".2f", "-inf"),
        (0.125, ".2f", "0.12"),
        (2.5, ".0f", "2"),
        (0.5, "03d", "0.5"),
        ("01", "03d", "01"),
    ],
)
def test_format_value(value, spec, text):
    assert format_value(value, spec) == text


def test_width_is_limited():
    assert len(format_value(1, "0999999999999d")) == MAX_WIDTH


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_plain_float_reads_back_and_has_no_exponent(value):
    text = format_value(value)
    assert float(text) == value
    assert "e" not in text
    assert not text.endswith(".0")


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("a{i}b{i:03d}", "a7b007"),
        ("${i}", "$7"),
        ("${i:-x}", "$7"),
        ("{{i}}", "{7}"),
        ("{i:{i}}", "7}"),
        ("{ i }", "{ i }"),
        ("{I}", "{I}"),
        ("{i:03d", "{i:03d"),
        ("{j}", "{j}"),
    ],
)
def test_substitute(template, text):
    assert substitute(template, {"i": 7}) == text


def test_own_text_is_not_filled_in_again():
    assert substitute("{a}{a:x}", {"a": "{a}"}) == "{a}{a}"
