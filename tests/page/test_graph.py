"""The graph: its boxes and lines can be reached and say what they are; the tables say the same."""

from tests.cli.specs import NAIVE

FILES = """\
name: w
files:
  - {name: "f_{i}", path: "f{i}", parameters: {i: "1:3"}}
jobs:
  - {name: "a_{i}", command: x, output_files: ["f_{i}"], parameters: {i: "1:3"}}
  - {name: b, command: x, input_files: [f_1, f_2, f_3]}
"""


def test_boxes_and_lines_are_links_with_names(page_of):
    page = page_of(NAIVE)
    before, after = page.find("svg", role="group")
    assert [(each["aria-label"], each["href"]) for each in before.find("a")] == [
        ("work_{i:03d} waits for prep_{i:03d}: 1,000 × 1,000 = 1,000,000", "#L6"),
        ("prep_{i:03d}: job spec, 1,000 jobs, line 3", "#L3"),
        ("work_{i:03d}: job spec, 1,000 jobs, line 6", "#L6"),
    ]
    assert [each["aria-label"] for each in after.find("a", kind="barrier")] == [
        "barrier_prep_complete: barrier, 1 job, line 6"
    ]
    assert [figure["data-title"] for figure in page.find("figure", kind="graph")] == ["As it is", "With barriers"]


def test_each_box_and_line_has_its_row_in_a_table(page_of):
    page = page_of(FILES)
    rows = {
        row["id"]: [cell.words for cell in row.find() if cell.tag in ("th", "td")]
        for row in page.find("tr")
        if row.get("id")
    }
    told = {each["aria-label"]: rows[each["data-row"]] for each in page.one("svg", role="group").find("a")}
    assert told["a_{i}: job spec, 3 jobs, line 5"] == ["a_{i}", "job spec", "3 jobs", "a_1, a_2, a_3", "0", "0", "5"]
    assert told["f_{i}: file, 3 files, line 3"][:4] == ["f_{i}", "file", "3 files", "f_1, f_2, f_3"]
    assert told["b waits for f_{i}: 3"] == ["b", "f_{i}", "1 × 3", "3", "6"]


def test_names_of_many_jobs_are_the_first_ones_and_the_last(page_of):
    page = page_of(NAIVE)
    assert page.one(id="before-box-0").words == (
        "prep_{i:03d} job spec 1,000 jobs prep_000, prep_001, prep_002 … prep_999 0 1,000,000 3"
    )


def test_many_job_specs_are_folded(page_of):
    jobs = "".join(f"  - {{name: 'j{i}_{{k}}', command: x{i}, parameters: {{k: '1:{i + 1}'}}}}\n" for i in range(100))
    figure = page_of(f"name: w\njobs:\n{jobs}").one("figure", kind="graph")
    assert len(figure.one("svg").find("a")) <= 40
    assert "100 job specs are folded into" in figure.words and "--limit" not in figure.words


def test_what_is_drawn_has_both_colours_of_the_page(page_of):
    style = page_of(NAIVE).one("style").text
    assert ':where(:root[data-theme="dark"]) .tg .page' in style
    assert ':where(:root:not([data-theme="light"])) .tg .page' in style


def test_boxes_of_the_new_spec_lead_to_where_their_names_stand(page_of):
    """Above, in, between and below what changes."""
    lone = "".join(f"  - name: lone_{i}\n    command: x\n" for i in range(12))
    stages = "".join(
        f'  - name: "{name}_{{i}}"\n    command: x\n    parameters: {{i: "1:100"}}\n'
        + (f'    depends_on_regexes: ["^{before}_"]\n' if before else "")
        + lone.replace("lone", f"after_{name}")
        for name, before in (("a", ""), ("b", "a"), ("c", "b"))
    )
    page = page_of(f"name: w\njobs:\n{stages}")
    boxes = page.one("svg", id="graph-after").find("a", kind="stage") + page.one("svg", id="graph-after").find(
        "a", kind="barrier"
    )
    leads = {box["href"][:2] for box in boxes}
    assert leads == {"#L", "#N"}
    for box in boxes:
        name = box["aria-label"].partition(":")[0].partition(" and ")[0]
        assert name in page.one(id=box["href"][1:]).words
