"""The limit on the compiled size: for each family, the largest count that the crate accepts, found with the crate."""

import pytest

from torclint.names import rust_regex

TOO_LARGE = "Compiled regex exceeds size limit of 10485760 bytes."


def is_accepted(pattern):
    try:
        rust_regex.compile(pattern)
    except rust_regex.RegexError as error:
        assert (error.kind, error.message) == ("too large", TOO_LARGE)
        assert (error.start, error.end) == (0, len(pattern))
        return False
    return True


@pytest.mark.parametrize(
    ("family", "largest"),
    [
        ("a{N}", 327_673),
        ("[ab]{N}", 145_632),
        ("a{0,N}", 145_631),
        (r"\d{N}", 2_046),
        (r"\w{N}", 209),
        (r"\pL{N}", 244),
        (".{N}", 10_485),
        (r"(\d{N}){N}", 45),
        (r"a(?:\D){0,N}", 819),
    ],
)
def test_largest_count_that_is_accepted(family, largest):
    assert is_accepted(family.replace("N", str(largest)))
    assert not is_accepted(family.replace("N", str(largest + 1)))


def test_counts_far_beyond_the_limit_take_no_time():
    assert not is_accepted("a{4294967295}")
    assert not is_accepted("(((a{1000}){1000}){1000}){1000}")
    assert not is_accepted(r"(?:\w{0,4294967295}){4294967295}")


def test_repeating_nothing_stays_small():
    assert is_accepted("(?:){4294967295}")
    assert is_accepted("a{0}{4294967295}")
    assert is_accepted("(?:^){4294967295}")


def test_a_huge_alternation_of_literals_has_no_limit():
    words = "|".join(f"a_rather_long_name_of_one_of_many_jobs_in_a_workflow_{number}" for number in range(4_000))
    assert is_accepted(words)
    assert not is_accepted(f"(?:{words})x")
