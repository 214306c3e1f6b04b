"""The automaton that the counting engine steps over names that are not written out."""

import re

import pytest

from torclint.names import rust_regex
from torclint.names.rust_regex import LazyDfa, StateLimit


def walk(dfa, text):
    state = dfa.start
    for char in text:
        state = dfa.step(state, char)
    return state


def test_steps_lead_to_acceptance():
    dfa = rust_regex.compile(r"^job_\d$").dfa
    assert dfa.accepts(walk(dfa, "job_7"))
    assert not dfa.accepts(walk(dfa, "job_"))
    assert not dfa.accepts(walk(dfa, "job_77"))


def test_matched_is_a_sink():
    dfa = rust_regex.compile("ab").dfa
    state = walk(dfa, "xxab")
    assert state == dfa.MATCHED == LazyDfa.MATCHED
    assert dfa.step(state, "\n") == state
    assert dfa.accepts(state)


def test_dead_is_a_sink():
    dfa = rust_regex.compile("^ab").dfa
    state = walk(dfa, "b")
    assert state == dfa.DEAD == LazyDfa.DEAD
    assert dfa.step(state, "a") == state
    assert not dfa.accepts(state)


@pytest.mark.parametrize("pattern", [r"[^\s\S]", r"a[^\s\S]b", r"x+[a&&b]", r"(?:[a&&b]|[c&&d]){2}y"])
def test_what_cannot_match_is_dead_at_once(pattern):
    dfa = rust_regex.compile(pattern).dfa
    assert dfa.start == dfa.DEAD


@pytest.mark.parametrize("pattern", ["", "a*", ".*", "(?:a|)", r"\b{start-half}|x"])
def test_what_matches_the_empty_text_has_matched_at_once(pattern):
    dfa = rust_regex.compile(pattern).dfa
    assert dfa.start == dfa.MATCHED


def test_unanchored_patterns_never_die():
    dfa = rust_regex.compile("ab").dfa
    assert walk(dfa, "zzzzz") != dfa.DEAD


def test_known_steps_are_in_the_table():
    dfa = rust_regex.compile("^step_table$").dfa
    following = dfa.step(dfa.start, "s")
    assert dfa.transitions[dfa.start] == {"s": following}


def test_states_are_few():
    dfa = rust_regex.compile(r"^preprocess_\d{6}$").dfa
    for number in range(0, 1_000_000, 997):
        assert dfa.accepts(walk(dfa, f"preprocess_{number:06d}"))
    assert dfa.state_count == 20


def test_look_arounds_depend_on_both_sides():
    dfa = rust_regex.compile(r"\bjob\b").dfa
    assert dfa.accepts(walk(dfa, "a job"))
    assert walk(dfa, "a job,") == dfa.MATCHED
    assert not dfa.accepts(walk(dfa, "a jobs"))
    assert not dfa.accepts(walk(dfa, "é" + "job"))


def binary(length):
    return [format(number, f"0{length}b") for number in range(2**length)]


def test_stepping_stops_at_the_state_limit():
    dfa = LazyDfa(rust_regex.compile("1.{9}$")._automaton(), state_limit=100)
    with pytest.raises(StateLimit):
        for text in binary(10):
            walk(dfa, text)
    assert dfa.state_count == 100


def test_matching_goes_on_beyond_the_state_limit():
    pattern = "1.{9}0|1.{9}$"
    regex = rust_regex.compile(pattern)
    regex.dfa.state_limit = 50
    for text in binary(12)[::7]:
        assert regex.is_match(text) == bool(re.search(pattern, text))


def test_the_same_pattern_gives_the_same_regex():
    assert rust_regex.compile("same_one") is rust_regex.compile("same_one")


def test_only_so_many_are_kept():
    first = rust_regex.compile("the first of many")
    for number in range(1100):
        rust_regex.compile(f"kept_{number}")
    assert rust_regex.compile("the first of many") is not first
