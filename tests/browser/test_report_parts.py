"""Findings, tables, charts and the source of the page: filtered, sorted, read and jumped between."""

from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"
SEVERAL = """\
name: several
jobs:
  - name: "prep_{i:03d}"
    command: "true"
    parameters: {i: "0:299"}
  - name: "work_{i:03d}"
    command: "true"
    depends_on_regexes: ["^prep_"]
    parameters: {i: "0:299"}
  - name: "few_{i:03d}"
    command: "true"
    depends_on_regexes: ["work_00"]
    parameters: {i: "0:19"}
  - name: barrier1
    command: "true"
    depends_on_regexes: ["^few_"]
  - name: afew_more
    command: "true"
    depends_on: [barrier1]
  - name: last
    command: "true"
    depends_on_regexes: ["few_"]
"""


@pytest.fixture
def page(browse, report):
    return browse(report(SEVERAL), motion="reduce")


def test_findings_of_one_severity_are_shown_alone(page, picture):
    tools = page.get_by_role("group", name="Show findings by severity")
    shown = page.locator("article.finding:visible")
    everything = shown.count()
    tools.get_by_role("button", name="Warning").press("Enter")
    assert tools.get_by_role("button", name="Warning").get_attribute("aria-pressed") == "true"
    assert 0 < shown.count() < everything
    assert page.locator("article.finding.error:visible, article.finding.info:visible").count() == 0
    picture(page, "report-findings-filtered")
    tools.get_by_role("button", name="All").press("Enter")
    assert shown.count() == everything


def test_a_mark_in_the_source_leads_to_its_finding_even_if_that_is_filtered_out(page):
    tools = page.get_by_role("group", name="Show findings by severity")
    mark = page.locator("#source .at a").first
    target = page.locator(mark.get_attribute("href"))
    other = "Info" if "warning" in target.get_attribute("class") else "Warning"
    tools.get_by_role("button", name=other).click()
    assert target.is_hidden()
    mark.click()
    target.wait_for(state="visible")
    page.wait_for_function(
        "id => { const box = document.querySelector(id).getBoundingClientRect(); return 0 <= box.top && box.top < innerHeight; }",
        arg=mark.get_attribute("href"),
    )


def test_the_number_of_a_line_leads_there(page):
    link = page.locator("#dependencies tbody a").first
    number = link.inner_text()
    link.click()
    line = page.locator(":target")
    assert line.get_attribute("id") == f"L{number}"
    assert 0 <= line.bounding_box()["y"] < 900


@pytest.mark.parametrize("name", ["Line", "Dependencies", "Jobs"])
def test_tables_are_sorted_by_their_heads(page, name):
    table = page.locator("table[data-sort]").first
    head = table.get_by_role("columnheader", name=name, exact=True)
    rows = "table => [...table.tBodies[0].rows].map(row => [...row.cells].map(cell => cell.textContent.trim()))"
    place = head.evaluate("head => head.cellIndex")

    def column() -> list:
        cells = [row[place].replace(",", "") for row in table.evaluate(rows)]
        return [int(cell) for cell in cells] if name != "Jobs" else cells

    head.get_by_role("button").press("Enter")
    first = head.get_attribute("aria-sort")
    assert column() == sorted(column(), reverse=first == "descending")
    head.get_by_role("button").press("Enter")
    assert {first, head.get_attribute("aria-sort")} == {"ascending", "descending"}
    assert column() == sorted(column(), reverse=first == "ascending")
    assert len(set(column())) > 1


def test_stages_are_sorted_by_time_and_not_by_its_words(browse, report):
    page = browse(report(EXAMPLES / "ensemble.yaml"))
    table = page.get_by_role("table", name="The jobs of each job spec")
    table.get_by_role("columnheader", name="Starts").get_by_role("button").click()
    starts = table.evaluate("table => [...table.tBodies[0].rows].map(row => Number(row.cells[5].dataset.value))")
    assert starts == sorted(starts, reverse=True)
    assert len(set(starts)) > 2


def test_what_is_folded_opens_by_keyboard(page):
    summary = page.locator("#findings summary").first
    summary.press("Enter")
    assert page.locator("#findings details").first.evaluate("each => each.open")


def test_charts_are_read_out_by_arrow_keys(page):
    along = page.locator("#plan .wide").first
    along.focus()
    page.keyboard.press("ArrowRight")
    told = page.locator("#plan output").first
    assert "prep_{i:03d}" in told.inner_text()
    page.keyboard.press("ArrowRight")
    assert "work_{i:03d}" in told.inner_text()
    page.keyboard.press("Escape")
    assert told.inner_text() == ""


def test_headings_make_an_outline(page):
    headings = page.locator("h1, h2").all_inner_texts()
    assert headings == ["several", "Summary", "Dependencies", "Graph", "Findings", "Barriers", "Plan", "Source"]
    assert (
        page.get_by_role("banner").count()
        == page.get_by_role("main").count()
        == page.get_by_role("contentinfo").count()
        == 1
    )
