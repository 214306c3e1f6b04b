"""Patterns made to hurt: very long, very deep, very ambiguous."""

import pytest

from torclint.names import rust_regex

TOO_DEEP = "exceed the maximum number of nested parentheses/brackets (250)"


def message(pattern):
    with pytest.raises(rust_regex.RegexError) as caught:
        rust_regex.compile(pattern)
    return caught.value.message


def test_the_deepest_pattern():
    pattern = "^" + "(a|" * 83 + "b" + ")" * 83 + "$"
    assert rust_regex.compile(pattern).is_match("b")
    assert rust_regex.compile("(" * 249 + "ab" + ")" * 249).is_match("xaby")


def test_too_deep():
    assert message("(" * 250 + "ab" + ")" * 250) == TOO_DEEP
    assert message("a" + "*" * 251) == TOO_DEEP
    assert message("(" * 100_000 + ")" * 100_000) == TOO_DEEP
    assert message("[" * 20_000 + "a" + "]" * 20_000) == TOO_DEEP


def test_long_patterns():
    assert rust_regex.compile("x" * 300_000).is_match("x" * 300_000)
    assert message("x" * 1_000_000).startswith("Compiled regex exceeds")
    assert message("(" * 200_000) == "unclosed group"


def test_nested_repetitions_are_linear():
    text = "a" * 5_000
    assert not rust_regex.compile("^(a+)+$").is_match(text + "b")
    assert not rust_regex.compile("^(a|a)*(a|a)*$").is_match(text + "b")
    assert rust_regex.compile("^(?:a?){300}a{300}$").is_match("a" * 300)


def test_long_texts():
    assert rust_regex.compile("(?:ab)*c$").is_match("ab" * 100_000 + "c")


def test_a_refused_pattern_is_refused_again():
    errors = []
    for _ in range(3):
        with pytest.raises(rust_regex.RegexError) as caught:
            rust_regex.compile("(a")
        errors.append((caught.value.kind, caught.value.message, caught.value.start))
    assert len(set(errors)) == 1
