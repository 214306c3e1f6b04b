"""JSON5 as crate json5 reads it."""

from __future__ import annotations

import re
import sys
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.syntax.trees import keys, nodes, refusal, written
from torclint import syntax
from torclint.syntax.json5_letters import continues_key, starts_key


def value(text):
    return syntax.parse(text, "json5").value


def test_what_json_has_not():
    text = """
        // a comment
        {
          key: 'it''s' /* no */, // not a thing
        }
    """.replace("'it''s'", "'it\\'s'")
    assert value(text) == {"key": "it's"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("+5", 5),
        (".5", 0.5),
        ("5.", 5.0),
        ("5.e3", 5000.0),
        ("0x1F", 31),
        ("-0XaB", -171),
        ("-0", 0),
        ("NaN", None),
        ("-Infinity", None),
        ("1e400", None),
        ("18446744073709551615", 2**64 - 1),
        ("1" + "0" * 39, 1e39),
        ("9" * 5000, None),
    ],
)
def test_numbers(text, expected):
    got = value(text)
    assert (type(got), got) == (type(expected), expected)


@pytest.mark.parametrize("text", ["18446744073709551616", "-9223372036854775809", "0x1" + "0" * 16, "0x1" + "0" * 40])
def test_whole_numbers_of_more_than_64_bits_are_refused(text):
    assert "out of range" in refusal(text, "json5")[2]


@pytest.mark.parametrize("text", ["01", "1-2", "1e", ".", "+", "0x", "--1", "1.2.3"])
def test_what_is_not_a_number_is_refused(text):
    refusal(text, "json5")


def test_strings():
    assert value(r"'\x41é\ud83d\ude00\v\0\q\'" + "\\\n" + "\\\r\n" + "\t\u2028'") == "Aé😀\v\0q'\t\u2028"


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("'a\nb'", (1, 1), "not closed on its line"),
        ("'abc", (1, 1), "never closed"),
        (r"'\1'", (1, 2), "no such escape"),
        (r"'\01'", (1, 2), "no such escape"),
        (r"'\udc00'", (1, 2), "no such escape"),
        ("/* never\nclosed", (1, 1), "never closed"),
        ("{a: 1 /* never }", (1, 7), "never closed"),
        ("[,]", (1, 2), "expected a value"),
        ("[1,,]", (1, 4), "expected a value"),
        ("{,}", (1, 2), "expected a key"),
        ("{1a: 2}", (1, 2), "expected a key"),
        ("{a", (1, 3), "expected ':'"),
        ("[1", (1, 1), "the text ends before the ']'"),
        ("", (1, 1), "the text ends"),
    ],
)
def test_refusals_say_where_and_why(text, place, words):
    line, column, message = refusal(text, "json5")
    assert (line, column) == place
    assert words in message


def test_keys_without_quotes():
    assert value("{$: 1, _b1: 2, é٣: 3, \\u0061b: 4, true: 5}") == {"$": 1, "_b1": 2, "é٣": 3, "ab": 4, "true": 5}


def test_comments_and_their_spans():
    text = "// one\n{a: '// no', /* two\n*/ b: \"/* no */\"} // three"
    comments = syntax.parse(text, "json5").comments
    assert [text[start:end] for start, end in comments] == ["// one", "/* two\n*/", "// three"]


def test_300_levels_are_read_and_more_are_refused():
    assert value("[" * 300 + "]" * 300) is not None
    assert refusal("[" * 100_000, "json5")[2] == "nested deeper than 300 levels"


def test_a_long_text_of_comments_is_read():
    assert value("/**/ //x\n" * 50_000 + "1") == 1


CATEGORIES_FIRST = {"Lu", "Ll", "Lt", "Lm", "Lo", "Nl"}
CATEGORIES_LATER = CATEGORIES_FIRST | {"Mn", "Mc", "Nd", "Pc"}


def test_letters_are_those_of_unicode():
    """Python's own tables are the oracle; they are of an older version, so only what they know is compared."""
    differing = []
    for code in range(sys.maxunicode + 1):
        character = chr(code)
        category = unicodedata.category(character)
        if category in ("Cn", "Cs", "Co") or character in "$_":
            continue
        later = category in CATEGORIES_LATER or character in "\u200c\u200d"
        if (starts_key(character), continues_key(character)) != (category in CATEGORIES_FIRST, later):
            differing.append(character)
    assert len(differing) <= 8  # characters that a later version of Unicode has put into another category


space = st.sampled_from(["", " ", "\n", "\t", "\xa0", "// c\n", "/* c */", "/***/ "])
numbers = st.sampled_from(
    [("1", 1), ("+2", 2), ("-0x1F", -31), (".5", 0.5), ("5.", 5.0), ("1e3", 1000.0), ("NaN", None), ("-0", 0)]
)
words = st.sampled_from([("null", None), ("true", True), ("false", False)])
pieces = st.sampled_from(
    [("a", "a"), ("é", "é"), ("\\n", "\n"), ("\\\n", ""), ("\\x41", "A"), ("\\q", "q"), ("/*", "/*")]
)


@st.composite
def strings(draw):
    quote = draw(st.sampled_from("\"'"))
    parts = draw(st.lists(pieces, max_size=4))
    return quote + "".join(part for part, _ in parts) + quote, "".join(meaning for _, meaning in parts)


names = strings() | st.sampled_from([("a", "a"), ("$b", "$b"), ("\\u0061c", "ac"), ("naïve", "naïve")])


@st.composite
def documents(draw, depth=0):
    """(text, value) with the value made beside the text, not read from it."""
    if depth == 3 or draw(st.booleans()):
        return draw(numbers | words | strings())
    count = draw(st.integers(0, 3))
    gaps = [draw(space) for _ in range(4 * count + 2)]
    comma = "," if count and draw(st.booleans()) else ""
    items = [draw(documents(depth=depth + 1)) for _ in range(count)]
    if draw(st.booleans()):
        text = ",".join(gaps[2 * i] + items[i][0] + gaps[2 * i + 1] for i in range(count))
        return "[" + text + comma + gaps[-1] + "]", [meaning for _, meaning in items]
    labels = [draw(names) for _ in range(count)]
    text = ",".join(
        gaps[4 * i] + labels[i][0] + gaps[4 * i + 1] + ":" + gaps[4 * i + 2] + items[i][0] + gaps[4 * i + 3]
        for i in range(count)
    )
    return "{" + text + comma + gaps[-1] + "}", {labels[i][1]: items[i][1] for i in range(count)}


@settings(max_examples=150, deadline=None)
@given(documents())
def test_reads_what_was_meant(document):
    text, meaning = document
    assert value(text) == meaning


@settings(max_examples=150, deadline=None)
@given(documents())
def test_every_span_reads_as_its_own_value(document):
    text, _ = document
    root = syntax.parse(text, "json5").root
    for node in nodes(root):
        assert value(written(text, node)) == node.plain
    for key in keys(root):
        assert value("{" + written(text, key) + ":0}") == {key.value: 0}


@settings(max_examples=100, deadline=None)
@given(documents())
def test_without_its_comments_a_text_means_the_same(document):
    text, meaning = document
    for start, end in reversed(syntax.parse(text, "json5").comments):
        assert re.match(r"//|/\*", text[start:])
        text = text[:start] + " " + text[end:]
    assert value(text) == meaning
