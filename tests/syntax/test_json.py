"""JSON as serde_json reads it."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.syntax.trees import keys, nodes, refusal, written
from torclint import syntax


def value(text):
    return syntax.parse(text, "json").value


def test_all_kinds_of_values():
    assert value(' {"a": [1, -2, 0.5, true, false, null, "x"], "b": {}, "c": []} ') == {
        "a": [1, -2, 0.5, True, False, None, "x"],
        "b": {},
        "c": [],
    }


def test_the_last_of_two_equal_keys_counts_and_both_stay_in_the_tree():
    root = syntax.parse('{"a": 1, "b": 2, "a": 3}', "json").root
    assert root.plain == {"a": 3, "b": 2}
    assert [(key.value, node.value) for key, node in root.entries] == [("a", 1), ("b", 2), ("a", 3)]
    assert root.get("a").start == 22


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("18446744073709551615", 2**64 - 1),
        ("18446744073709551616", 2.0**64),
        ("-9223372036854775808", -(2**63)),
        ("-9223372036854775809", -(2.0**63)),
        ("-0", -0.0),
        ("1e2", 100.0),
        ("1E-400", 0.0),
        ("-1e-99999999999999999999", -0.0),
        ("0e99999999999999999999", 0.0),
        ("123456789012345678901234567890", 1.2345678901234568e29),
        ("0.1", 0.1),
    ],
)
def test_numbers(text, expected):
    got = value(text)
    assert type(got) is type(expected)
    assert got == expected
    assert math.copysign(1, got) == math.copysign(1, expected)


@pytest.mark.parametrize("text", ["1e309", "-1e400", "1e99999999999999999999", "9" * 400])
def test_numbers_beyond_a_double_are_refused(text):
    assert refusal(text, "json") == (1, 1, "number out of range")


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("", (1, 1), "the text ends where a value should stand"),
        ("\ufeff{}", (1, 1), "byte order mark"),
        ("{a: 1}", (1, 2), "expected a key in double quotes"),
        ("[1,\n ]", (2, 2), "a comma before ']'"),
        ('{"a": 1,}', (1, 9), "expected a key in double quotes"),
        ("[1 2]", (1, 4), "expected ',' or ']'"),
        ('{"a" 1}', (1, 6), "expected ':'"),
        ('{"a": 1', (1, 1), "the text ends before the '}'"),
        ("[1}", (1, 3), "expected ',' or ']'"),
        ("{} {}", (1, 4), "more text after the value"),
        ("// c\n1", (1, 1), "JSON has no comments"),
        ("01", (1, 2), "more text"),
        ("NaN", (1, 1), "expected a value"),
        ('"a\nb"', (1, 3), "control character"),
        ('"abc', (1, 1), "never closed"),
        (r'"\x41"', (1, 2), "no such escape"),
        (r'"\ud800"', (1, 2), "no such escape"),
        ("['a']", (1, 2), "expected a value"),
        ('"\ud800"', (1, 2), "lone surrogate"),
    ],
)
def test_refusals_say_where_and_why(text, place, words):
    line, column, message = refusal(text, "json")
    assert (line, column) == place
    assert words in message


def test_escapes():
    assert value(r'"\"\\\/\b\f\n\r\té\ud83d\ude00\u0000"') == '"\\/\b\f\n\r\té😀\0'


def test_127_levels_are_read_and_128_are_refused():
    assert value("[" * 127 + "]" * 127) is not None
    assert refusal("[" * 128 + "]" * 128, "json")[2] == "nested deeper than 127 levels"


def test_a_hostile_text_is_refused_and_not_a_crash():
    assert refusal('{"a":' * 100_000, "json")[2] == "nested deeper than 127 levels"


def test_spans_cover_quotes_and_brackets():
    text = '{"a": ["x", 1.5]}'
    root = syntax.parse(text, "json").root
    assert written(text, root) == text
    assert written(text, root.key("a")) == '"a"'
    assert written(text, root.get("a")) == '["x", 1.5]'
    assert [written(text, item) for item in root.get("a").items] == ['"x"', "1.5"]
    assert root.flow
    assert root.get("a").flow


def test_json_has_no_comments():
    assert syntax.parse('{"a": "// no"}', "json").comments == []


plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**64 - 1) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)
layouts = st.sampled_from([{}, {"indent": 2}, {"ensure_ascii": False}, {"separators": (",", ":")}, {"indent": "\t"}])


@settings(max_examples=150, deadline=None)
@given(plain, layouts)
def test_reads_what_python_writes(content, layout):
    assert value(json.dumps(content, **layout)) == content


@settings(max_examples=150, deadline=None)
@given(plain, layouts)
def test_every_span_reads_as_its_own_value(content, layout):
    text = json.dumps(content, **layout)
    root = syntax.parse(text, "json").root
    for node in [*nodes(root), *keys(root)]:
        assert value(written(text, node)) == node.plain


def finite(digits):
    if math.isinf(float(digits)):
        raise ValueError(digits)
    return float(digits)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet='{}[],:"\\ \n0123.eE+-truefalsn/u', max_size=14))
def test_takes_and_refuses_what_python_does(text):
    """Python's reader is the oracle here: the alphabet avoids what the two are known to differ in."""
    try:
        json.loads(text, parse_float=finite)
    except ValueError:
        with pytest.raises(syntax.ParseError):
            value(text)
    else:
        value(text)


@settings(max_examples=200, deadline=None)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_floats_are_right_but_for_the_last_bits(number):
    """Without float_roundtrip serde_json rounds the digits, the power of ten and their product, tiny numbers twice."""
    got = value(repr(number))
    assert abs(got - number) <= 4 * math.ulp(number)
