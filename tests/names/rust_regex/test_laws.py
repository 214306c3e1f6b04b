"""Laws over random patterns: against Python's `re` where both read a pattern alike, and of the engine with itself."""

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from torclint.names import rust_regex

ATOMS = ["a", "b", "c", "1", "_", "ab", ".", "[ab]", "[^a]", "[a-c1]", "[^_1]", r"\d", r"\w", r"\W", r"\b", r"\B", "^"]
COUNTS = ["*", "+", "?", "*?", "{2}", "{1,2}", "{0,1}", "{1,}"]


def patterns():
    """Patterns that the crate and `re` agree about on ASCII text of one line."""

    def extend(inner):
        repeated = st.builds(lambda body, count: f"(?:{body}){count}", inner, st.sampled_from(COUNTS))
        return st.one_of(
            repeated,
            st.builds("{}{}".format, inner, inner),
            st.builds("(?:{}|{})".format, inner, inner),
            st.builds("({})".format, inner),
        )

    return st.recursive(st.sampled_from(ATOMS), extend, max_leaves=6)


# Not the empty text: until Python 3.14, `re` does not find `\\B` in it.
texts = st.text("ab1_ -", min_size=1, max_size=7)


@settings(max_examples=400, deadline=None)
@given(patterns(), st.lists(texts, min_size=1, max_size=4))
def test_agrees_with_python(pattern, names):
    oracle = re.compile(pattern, re.ASCII)
    regex = rust_regex.compile(pattern)
    for name in names:
        assert regex.is_match(name) == bool(oracle.search(name))


@settings(max_examples=200, deadline=None)
@given(patterns(), texts, texts)
def test_sinks_tell_the_future(pattern, before, after):
    dfa = rust_regex.compile(pattern).dfa
    state = dfa.start
    for char in before:
        state = dfa.step(state, char)
    if state in (dfa.MATCHED, dfa.DEAD):
        assert rust_regex.compile(pattern).is_match(before + after) == (state == dfa.MATCHED)


@settings(max_examples=200, deadline=None)
@given(patterns(), patterns(), texts)
def test_an_alternation_matches_what_a_branch_does(left, right, name):
    either = rust_regex.compile(f"{left}|{right}").is_match(name)
    assert either == (rust_regex.compile(left).is_match(name) or rust_regex.compile(right).is_match(name))


@settings(max_examples=200, deadline=None)
@given(patterns(), texts)
def test_the_prefix_is_a_prefix(pattern, name):
    regex = rust_regex.compile(f"^{pattern}")
    if regex.is_match(name):
        assert name.startswith(regex.literal_prefix)


@settings(max_examples=200, deadline=None)
@given(patterns(), texts)
def test_what_matches_everything_does(pattern, name):
    regex = rust_regex.compile(pattern)
    assert regex.is_match(name) or not regex.matches_everything


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=12))
def test_any_text_is_a_pattern_or_an_error_within_it(text):
    try:
        rust_regex.compile(text)
    except rust_regex.RegexError as error:
        assert 0 <= error.start <= error.end <= len(text)
