"""The tables of dependencies: what `torclint count` prints, with lines that lead to the source and bars."""

from tests.cli.specs import NAIVE


def test_a_row_for_each_block_before_and_after(page_of):
    before, after = page_of(NAIVE).one(id="dependencies").find("table")
    assert before.one("caption").words == "As it is. 1,000,000 dependencies; torc create takes about 30 s"
    assert before.rows == [["8", "work_{i:03d}", "^prep_", "1,000 × 1,000", "1,000,000", "55 MB, 30 s"]]
    assert [row[1:5] for row in after.rows] == [
        ["barrier_prep_complete", "^prep_", "1 × 1,000", "1,000"],
        ["work_{i:03d}", "barrier_prep_complete", "1,000 × 1", "1,000"],
    ]


def test_a_bar_is_as_long_as_its_share_of_the_heaviest_block(page_of):
    page = page_of("""\
name: w
jobs:
  - {name: "a_{i}", command: x, parameters: {i: "1:20"}}
  - {name: "b_{i}", command: x, depends_on_regexes: ["^a_"], parameters: {i: "1:10"}}
  - {name: "c_{i}", command: x, depends_on_regexes: ["^b_"], parameters: {i: "1:5"}}
""")
    table = page.one("table", kind="edges")
    assert [row[4] for row in table.rows] == ["200", "50"]
    assert [each["style"] for each in table.find(kind="share")] == ["width: 100.0%", "width: 25.0%"]
    assert table.one("tfoot").words == "In total 250 14 kB, < 0.1 s"


def test_lines_lead_to_the_source_and_new_ones_to_the_difference(page_of):
    page = page_of(NAIVE)
    before, after = page.one(id="dependencies").find("table")
    (link,) = before.find("a")
    assert "depends_on_regexes" in page.one(id=link["href"][1:]).words
    texts = [page.one(id=link["href"][1:]).words for link in after.find("a")]
    assert [text[text.index("depends") :] for text in texts] == [
        'depends_on_regexes: ["^prep_"]',
        'depends_on: ["barrier_prep_complete"]',
    ]


def test_of_many_blocks_the_light_ones_are_summed_up(page_of):
    jobs = "".join(f"  - {{name: j{i}, command: x, depends_on: [j{i - 1}]}}\n" for i in range(1, 101))
    table = page_of(f"name: w\njobs:\n  - {{name: j0, command: x}}\n{jobs}").one("table", kind="edges")
    assert len(table.rows) == 60
    assert table.one("tfoot").words.startswith("and 40 more, lighter ones 40 In total 100")


def test_a_spec_without_dependencies(page_of):
    part = page_of("name: w\njobs: [{name: a, command: x}]\n").one(id="dependencies")
    assert "No job waits for another one." in part.words
