import pytest
from hypothesis import given
from hypothesis import strategies as st

from torclint.text.edits import Edit, EditConflict, apply, compose


def test_edits_are_made_at_the_places_of_the_original_text():
    assert apply("abcdef", [Edit(4, 6, "X"), Edit(0, 1, "__"), Edit(2, 2, "+")]) == "__b+cdX"


def test_no_edit_no_change():
    assert apply("abc", []) == "abc"


def test_an_insertion_may_touch_a_replacement_at_both_ends():
    assert apply("abc", [Edit(1, 2, "B"), Edit(1, 1, "<"), Edit(2, 2, ">")]) == "a<B>c"


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(0, 2, ""), Edit(1, 3, "")],
        [Edit(0, 3, ""), Edit(1, 1, "x")],
        [Edit(1, 1, "x"), Edit(1, 1, "y")],
        [Edit(0, 1, "x"), Edit(0, 1, "x")],
    ],
)
def test_overlaps_and_insertions_at_one_place_are_refused(edits):
    with pytest.raises(EditConflict, match="overlap"):
        apply("abc", edits)


@pytest.mark.parametrize("edit", [Edit(-1, 0, ""), Edit(2, 1, ""), Edit(3, 4, "")])
def test_edits_outside_the_text_are_refused(edit):
    with pytest.raises(EditConflict, match="outside"):
        apply("abc", [edit])


@given(st.text(), st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.text(max_size=3)), max_size=6))
def test_applying_is_the_same_as_editing_from_the_back(text, raw):
    edits = [Edit(min(a, b), max(a, b), new) for a, b, new in raw]
    try:
        got = apply(text, edits)
    except EditConflict:
        return
    expected = text
    for edit in sorted(edits, reverse=True):
        expected = expected[: edit.start] + edit.replacement + expected[edit.end :]
    assert got == expected


@st.composite
def edits_on(draw, text):
    """Edits that do not overlap."""
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edits = [
        Edit(start, end, draw(st.text("xyz", max_size=3))) for start, end in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    kept: list[Edit] = []
    for edit in edits:
        if not kept or (edit.start >= kept[-1].end and edit[:2] != kept[-1][:2]):
            kept.append(edit)
    return kept


@given(st.data(), st.text("abcdef", max_size=15))
def test_composed_edits_do_what_both_do(drawn, text):
    first = drawn.draw(edits_on(text))
    middle = apply(text, first)
    second = drawn.draw(edits_on(middle))
    assert apply(text, compose(first, second)) == apply(middle, second)
