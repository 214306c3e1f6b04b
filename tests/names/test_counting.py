"""Counting without listing gives what listing gives."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.names.strategies import domains, patterns, templates
from torclint.names import rust_regex
from torclint.names.counting import count_accepted
from torclint.names.machine import OverBudget, any_of, without
from torclint.names.template import parse_template
from torclint.spec.domain import Domain, RangeAxis


def range_domain(length: int, start: int = 0, step: int = 1) -> Domain:
    return Domain((RangeAxis(("i",), (start,), (step,), length),))


def count(template: str, domain: Domain, pattern: str) -> int:
    return count_accepted(parse_template(template, domain), domain, rust_regex.compile(pattern).dfa)


@settings(max_examples=600, deadline=None)
@given(st.data())
def test_symbolic_count_is_the_listed_count(data):
    domain = data.draw(domains())
    template = parse_template(data.draw(templates(domain)), domain)
    regex = rust_regex.compile(data.draw(patterns()))
    listed = sum(regex.is_match(name) for name in template.names(domain))
    assert count_accepted(template, domain, regex.dfa) == listed


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_several_patterns_at_once(data):
    domain = data.draw(domains())
    template = parse_template(data.draw(templates(domain)), domain)
    one, two = (rust_regex.compile(data.draw(patterns())) for _ in range(2))
    names = list(template.names(domain))
    either = sum(one.is_match(name) or two.is_match(name) for name in names)
    only_one = sum(one.is_match(name) and not two.is_match(name) for name in names)
    assert count_accepted(template, domain, any_of((one.dfa, two.dfa))) == either
    assert count_accepted(template, domain, without(one.dfa, (two.dfa,))) == only_one


@settings(max_examples=150, deadline=None)
@given(st.integers(0, 30_000), st.integers(1, 1500), st.integers(300, 6000), patterns())
def test_long_ranges_with_steps(start, step, length, pattern):
    domain = range_domain(length, start, step)
    template = parse_template("p_{i:04d}_", domain)
    regex = rust_regex.compile(pattern)
    assert count_accepted(template, domain, regex.dfa) == sum(map(regex.is_match, template.names(domain)))


@settings(max_examples=200, deadline=None)
@given(st.integers(-3000, 300), st.integers(300, 5000), patterns(), st.sampled_from(["{i}", "{i:03d}", "{i:06d}"]))
def test_long_ranges_with_signs(start, length, pattern, slot):
    domain = range_domain(length, start)
    template = parse_template(f"a{slot}_", domain)
    regex = rust_regex.compile(pattern)
    assert count_accepted(template, domain, regex.dfa) == sum(map(regex.is_match, template.names(domain)))


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 200), st.integers(31_000, 40_000), patterns())
def test_one_range_in_two_slots(start, length, pattern):
    domain = range_domain(length, start)
    template = parse_template("a{i}_{i:04d}", domain)
    regex = rust_regex.compile(pattern)
    assert count_accepted(template, domain, regex.dfa) == sum(map(regex.is_match, template.names(domain)))


def test_a_trillion_names():
    domain = Domain((RangeAxis(("i",), (0,), (1,), 10**6), RangeAxis(("j",), (0,), (1,), 10**6)))
    assert count("p_{i}_{j}", domain, "1.*_.*9$") == 468_559 * 10**5


def test_a_prefix_that_other_numbers_share():
    assert count("sim_{i}", range_domain(10**12), "sim_1") == 111_111_111_112 - 1


def test_states_that_blow_up_stop():
    pattern = "|".join(f"{digit}.{{7}}{letter}" for digit, letter in zip("0123456789", "abcdefghij", strict=True))
    domain = Domain((RangeAxis(("i",), (0,), (1,), 10**18),))
    with suppress(OverBudget):
        assert count("p{i}", domain, pattern) == 0
