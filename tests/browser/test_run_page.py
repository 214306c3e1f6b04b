"""The page about a run on every screen: its charts by pointer and by keyboard, without scripts, and on paper."""

import io
from contextlib import chdir

import pytest
from pypdf import PdfReader

from tests.browser.accessibility import violations
from tests.browser.measures import beyond, walk, width
from tests.browser.screens import DESKTOP, PHONE, WIDTHS
from tests.page.test_large_run import write_store
from torclint.cli import main

SPEC = """
name: weather
resource_requirements:
  - {name: small, num_cpus: 1, memory: 100m, runtime: PT1M}
  - {name: large, num_cpus: 2, memory: 300m, runtime: PT5M}
failure_handlers:
  - {name: again, rules: [{exit_codes: [7], max_retries: 3}]}
jobs:
  - {name: "read_station_{i}", command: "sleep 0.0{i}", parameters: {i: "1:9"}, resource_requirements: small}
  - {name: flaky, command: "test $TORC_ATTEMPT_ID = 2 || exit 7", resource_requirements: small, failure_handler: again}
  - {name: compare, command: "sleep 0.1", depends_on_regexes: ["^read_", flaky], resource_requirements: large}
  - name: broken
    command: |
      for line in $(seq 60); do echo this is the line $line of a log, a long one, longer than a phone is wide; done >&2
      exit 3
    depends_on: [compare]
  - {name: after, command: "true", depends_on: [broken]}
"""
SCREENS = {"phone": PHONE, "desktop": DESKTOP}


@pytest.fixture(scope="package")
def run_pages(tmp_path_factory):
    """The addresses of the pages about a small run, and about one of 2,000 jobs, that was not run for real."""
    folder = tmp_path_factory.mktemp("runs")
    with chdir(folder):
        (folder / "small.yaml").write_text(SPEC)
        assert main(["run", "-q", "--cpus", "4", "--memory", "1g", "--gpus", "0", "small.yaml"]) == 1
        write_store("large.sqlite", 2000)
        assert main(["report", "--run", "-o", "small.html"]) == 0
        assert main(["report", "large.sqlite", "-o", "large.html"]) == 0
    return {name: (folder / f"{name}.html").as_uri() for name in ("small", "large")}


@pytest.fixture(params=["small", "large"])
def address(request, run_pages):
    return run_pages[request.param]


@pytest.mark.parametrize(
    ("name", "screen", "scheme"),
    [
        ("small", "desktop", "light"),
        ("small", "phone", "dark"),
        ("large", "desktop", "dark"),
        ("large", "phone", "light"),
    ],
)
def test_all_can_use_it(browse, picture, run_pages, name, screen, scheme):
    page = browse(run_pages[name], SCREENS[screen], scheme=scheme)
    picture(page, f"run-{name}-{screen}-{scheme}", whole=True)
    assert violations(page) == []


def test_nothing_reaches_beyond_the_screen(browse, address):
    page = browse(address)
    for wide in WIDTHS:
        page.set_viewport_size({"width": wide, "height": 900})
        assert (width(page), beyond(page)) == (wide, []), wide


def test_it_can_be_walked_through_by_keyboard(browse, address):
    steps = walk(browse(address, motion="reduce"))
    assert [step for step in steps if not step["seen"] or not step["marked"]] == []
    assert any(step["name"].startswith("What ran when") for step in steps)


def test_arrow_keys_go_from_bar_to_bar(browse, run_pages):
    page = browse(run_pages["small"])
    chart, told = page.locator("#timeline .wide"), page.locator("#timeline output")
    chart.focus()
    page.keyboard.press("ArrowRight")
    first = told.inner_text()
    assert ": completed; started after " in first or ": failed" in first
    page.keyboard.press("ArrowRight")
    assert told.inner_text() != first
    page.keyboard.press("End")
    assert told.inner_text().startswith("broken: failed with exit code 3")
    page.keyboard.press("Escape")
    assert told.inner_text() == ""


def test_a_bar_under_the_pointer_is_told(browse, run_pages):
    page = browse(run_pages["small"])
    page.locator("#timeline .bar.failed").first.hover()
    assert page.locator("#timeline output").inner_text().startswith("broken: failed")


def test_charts_of_the_machine_tell_the_same_moment(browse, run_pages):
    page = browse(run_pages["large"])
    page.locator("#use .wide").first.focus()
    page.keyboard.press("Home")
    told = page.locator("#use output").all_inner_texts()
    assert told[0] == "0 s: 10"
    assert {each.split(":")[0] for each in told} == {"0 s"}
    assert page.locator("#use line.cursor").count() == len(told)


def test_the_timeline_can_be_zoomed(browse, run_pages):
    page = browse(run_pages["small"])
    chart = "document.querySelector('#timeline svg.chart').getBoundingClientRect().width"
    before = page.evaluate(chart)
    page.get_by_role("button", name="Zoom in").press("Enter")
    assert page.evaluate(chart) == pytest.approx(2 * before, rel=0.05)
    assert width(page) == DESKTOP.width
    page.get_by_role("button", name="Zoom out").press("Enter")
    assert page.evaluate(chart) == before
    assert page.get_by_role("button", name="Zoom out").is_disabled()


def test_logs_are_seen_from_their_end(browse, run_pages):
    page = browse(run_pages["small"])
    log = page.locator("#failures figure.log pre").first
    box, last = log.bounding_box(), log.evaluate(
        """pre => {
            const text = pre.querySelector("code").lastChild, range = document.createRange();
            range.setStart(text, text.data.trimEnd().length - 1);
            range.setEnd(text, text.data.trimEnd().length);
            return range.getBoundingClientRect().bottom + scrollY;
        }"""
    )  # fmt: skip
    assert box["y"] < last <= box["y"] + box["height"]


def test_without_scripts_all_of_it_is_there(browse, address):
    page = browse(address, scripts=False)
    assert page.locator("#timeline svg.chart").first.is_visible()
    assert page.locator("button").evaluate_all("all => all.every(each => !each.checkVisibility())")
    assert page.locator("#timeline .bar title").first.text_content()


def test_on_paper(browse, artifacts, run_pages):
    page = browse(run_pages["small"], scheme="dark")
    written = page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "12mm"))
    (artifacts / "run-small.pdf").write_bytes(written)
    text = " ".join(each.extract_text() for each in PdfReader(io.BytesIO(written)).pages)
    for heading in page.locator("h2").all_inner_texts():
        assert heading in text
    for told in (
        "this is the line 60 of a log",
        "Started after",
        "read_station_1",
    ):  # folded, a heading to sort by, a bar
        assert told in text
