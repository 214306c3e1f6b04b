"""The page of `torclint report` on every screen: readable, quiet, usable by keyboard, and on paper."""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from tests.browser.accessibility import violations
from tests.browser.measures import beyond, moving, walk, width
from tests.browser.screens import DESKTOP, PHONE, WIDTHS
from tests.cli.specs import BROKEN, CLEAN

EXAMPLES = Path(__file__).parents[2] / "examples"
SPECS = {
    "naive_stages": EXAMPLES / "naive_stages.yaml",
    "ensemble": EXAMPLES / "ensemble.yaml",
    "vague_names": EXAMPLES / "vague_names.yaml",
    "clean": CLEAN,
    "broken": BROKEN,
}
SCREENS = {"phone": PHONE, "desktop": DESKTOP}
SCHEMES = ("light", "dark")


REACHABLE = """[...document.querySelectorAll("a[href], button, summary, [tabindex='0']")]
    .filter(each => each.checkVisibility() && each.tabIndex >= 0).length"""


@pytest.fixture(params=SPECS)
def address(request, report):
    return report(SPECS[request.param])


@pytest.mark.parametrize(
    ("name", "screen", "scheme"),
    [
        ("naive_stages", "desktop", "light"),
        ("naive_stages", "phone", "dark"),
        ("ensemble", "desktop", "dark"),
        ("ensemble", "phone", "light"),
        ("vague_names", "desktop", "light"),
        ("clean", "phone", "dark"),
        ("broken", "desktop", "dark"),
    ],
)
def test_all_can_use_it(browse, picture, report, name, screen, scheme):
    page = browse(report(SPECS[name]), SCREENS[screen], scheme=scheme)
    picture(page, f"report-{name}-{screen}-{scheme}", whole=True)
    assert violations(page) == []


def test_nothing_reaches_beyond_the_screen(browse, address):
    page = browse(address)
    for wide in WIDTHS:
        page.set_viewport_size({"width": wide, "height": 900})
        assert (width(page), beyond(page)) == (wide, []), wide


def test_it_can_be_walked_through_by_keyboard(browse, address):
    page = browse(address, motion="reduce")  # what scrolls smoothly is not there at once
    steps = walk(page)
    assert (steps[0]["tag"], steps[0]["name"]) == ("a", "Skip to the content")
    assert [step for step in steps if not step["seen"] or not step["marked"]] == []
    reachable = page.evaluate(REACHABLE)
    assert len(steps) >= reachable > 5


def test_the_skip_link_leads_past_the_navigation(browse, report):
    page = browse(report(SPECS["naive_stages"]))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_sections_in_the_navigation_lead_to_their_headings(browse, report):
    page = browse(report(SPECS["ensemble"]), PHONE, motion="reduce")
    for link in page.locator("nav a").all():
        link.click()
        heading = page.get_by_role("heading", name=link.inner_text(), exact=True, level=2)
        box = heading.bounding_box()
        assert box is not None
        assert page.locator("header").bounding_box()["height"] <= box["y"] < PHONE.height


def test_the_theme_can_be_changed_and_is_kept(browse, report):
    page = browse(report(SPECS["naive_stages"]))
    behind = "getComputedStyle(document.body).backgroundColor"
    assert page.evaluate(behind) == "rgb(255, 255, 255)"
    page.get_by_role("button", name="Dark colours").press("Enter")
    assert page.evaluate(behind) == "rgb(13, 17, 23)"
    assert page.get_by_role("button", name="Light colours").is_visible()
    assert violations(page) == []

    def after_reload() -> str:
        page.reload()
        return page.evaluate(behind)

    assert any(after_reload() == "rgb(13, 17, 23)" for _ in range(20))  # Chromium writes it down a little later
    page.get_by_role("button", name="Light colours").click()
    assert page.evaluate(behind) == "rgb(255, 255, 255)"


def test_without_scripts_all_of_it_is_there(browse, address):
    silent = browse(address, scripts=False)
    loud = browse(address)
    for page in (silent, loud):
        page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    words = "document.querySelector('main').innerText.split(/\\s+/)"
    assert set(loud.evaluate(words)) - set(silent.evaluate(words)) <= {"Show", "all", "+", "−"}  # on buttons
    assert (
        silent.evaluate("[...document.querySelectorAll('button')].filter(each => each.checkVisibility()).length") == 0
    )


def test_nothing_moves_for_those_who_asked_for_that(browse, report):
    address = report(SPECS["naive_stages"])
    assert moving(browse(address, motion="reduce")) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_on_paper(browse, artifacts, report, scheme):
    page = browse(report(SPECS["ensemble"]), scheme=scheme)
    folded = page.locator("details:not([open]) > :last-child").all_text_contents()
    written = page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "12mm"))
    (artifacts / f"report-ensemble-{scheme}.pdf").write_bytes(written)
    printed = PdfReader(io.BytesIO(written))
    text = " ".join(page.extract_text() for page in printed.pages)
    for heading in page.locator("h2").all_inner_texts():
        assert heading in text
    assert folded
    for each in folded:
        assert each.split()[0] in text
    assert page.evaluate("document.querySelectorAll('details[open]').length") == 0  # as it was


def test_on_paper_nothing_is_cut_off(browse, address):
    page = browse(address)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 703, "height": 1032})  # A4 less 12 mm on each side
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert (width(page), beyond(page, scrolled=())) == (703, [])
    assert page.evaluate("[...document.querySelectorAll('details')].every(each => each.open)")
