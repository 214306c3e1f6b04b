"""What barriers would change, and why; and what is left as it is."""

from tests.cli.specs import NAIVE


def test_the_barriers_and_the_difference(page_of):
    part = page_of(NAIVE).one(id="barriers")
    assert "puts in 1 barrier. Of 1,000,000 dependencies 2,000 are left" in part.words
    barriers, diff = part.find("table")
    assert barriers.rows == [["barrier_prep_complete", "^prep_", "1,000 × 1,000", "1,000,000", "2,000"]]
    assert next(row[3] for row in diff.rows if row[2] == "+") == '- name: "barrier_prep_complete"'
    assert next(row["id"] for row in diff.find("tr", kind="plus")) == "N6"
    assert [row[3] for row in diff.rows if row[2] == "−"] == ['depends_on_regexes: ["^prep_"]']


def test_a_block_that_gets_none_is_told_with_the_reason(page_of):
    page = page_of("""\
name: w
jobs:
  - {name: "a_{i}", command: ls, labels: [x], parameters: {i: "1:100"}}
  - {name: "b_{i}", command: ls, depends_on_regexes: [^a_], parameters: {i: "1:100"}}
""")
    assert page.one(id="barriers").words == (
        "Barriers torclint fix --insert-barriers leaves this spec as it is. Left as they are Line 4: no barrier for ^a_ "
        "(100 × 100): the jobs around the barrier have different labels, so no one runner would take them all"
    )


def test_without_anything_to_gain_there_is_no_such_part(page_of):
    page = page_of("name: w\njobs: [{name: a, command: x}]\n")
    assert not page.find(id="barriers")
    assert "Barriers" not in page.one("nav").words
