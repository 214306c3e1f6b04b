"""The diff made from edits says what a diff of the two texts says."""

from hypothesis import given
from hypothesis import strategies as st

from torclint.text.diff import unified_diff
from torclint.text.edits import Edit, apply


def made(text, edits):
    return list(unified_diff(text, edits, "a", "b"))


def test_a_line_changed_and_a_line_inserted():
    text = "one\ntwo\nthree\nfour\nfive\n"
    edits = [Edit(4, 7, "TWO"), Edit(14, 14, "new\n")]
    assert made(text, edits) == [
        "--- a",
        "+++ b",
        "@@ -1,5 +1,6 @@",
        " one",
        "-two",
        "+TWO",
        " three",
        "+new",
        " four",
        " five",
    ]


def test_changes_far_apart_make_two_hunks():
    text = "".join(f"{number}\n" for number in range(1, 41))
    edits = [Edit(0, 1, "first"), Edit(len(text) - 3, len(text) - 1, "last")]
    assert [line for line in made(text, edits) if line.startswith("@@")] == ["@@ -1,4 +1,4 @@", "@@ -37,4 +37,4 @@"]


def test_no_change():
    assert made("a\n", []) == []
    assert made("a\n", [Edit(0, 1, "a")]) == []


LINES = st.lists(st.sampled_from(["a", "b", "", "cc"]), max_size=30)


@given(LINES, st.data())
def test_the_new_text_can_be_read_off_the_diff(lines, data):
    text = "".join(f"{line}\n" for line in lines)
    places = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    spans = list(zip(places[::2], places[1::2], strict=False))
    edits = [Edit(start, end, data.draw(st.sampled_from(["", "x", "x\ny", "\n", "z\n"]))) for start, end in spans]
    after = apply(text, edits)
    diff = made(text, edits)
    new_lines, place = [], 0
    for line in diff[2:]:
        if line.startswith("@@"):
            start, _, length = line.split()[1].lstrip("-").partition(",")
            first = int(start) - (length != "0")
            new_lines += text.splitlines()[place:first]
            place = first
        elif line[0] == "+":
            new_lines.append(line[1:])
        else:
            place += 1
            if line[0] == " ":
                new_lines.append(line[1:])
    new_lines += text.splitlines()[place:]
    assert new_lines == after.splitlines()
