"""The graph of the page: it can be moved and read by mouse, by keyboard and by finger, and leads to the source."""

from pathlib import Path

import pytest

from tests.browser.screens import PHONE

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture
def graph(browse, report):
    """The page of the ensemble, with its graph on the screen."""
    page = browse(report(EXAMPLES / "ensemble.yaml"), motion="reduce")
    page.locator("#graph").scroll_into_view_if_needed()
    return page


def view(page) -> list[float]:
    """What part of the picture is shown: left, top, width and height in its own units."""
    box = page.locator("figure.graph:visible svg").get_attribute("viewBox")
    return [float(number) for number in box.split()]


def test_arrows_move_it_and_plus_and_minus_change_its_size(graph):
    graph.locator(".plane:visible").focus()
    left, top, wide, high = view(graph)
    graph.keyboard.press("ArrowRight")
    graph.keyboard.press("ArrowDown")
    assert view(graph) == pytest.approx([left + wide / 10, top + high / 10, wide, high])
    graph.keyboard.press("+")
    assert view(graph)[2:] == pytest.approx([wide / 1.25, high / 1.25])
    graph.keyboard.press("-")
    graph.keyboard.press("-")
    assert view(graph)[2:] == pytest.approx([wide * 1.25, high * 1.25])
    graph.keyboard.press("0")
    assert view(graph) == pytest.approx([left, top, wide, high])


def test_buttons_and_the_wheel_change_its_size_and_the_wheel_alone_scrolls_the_page(graph):
    whole = view(graph)
    graph.get_by_role("button", name="Larger").click()
    assert view(graph)[2] < whole[2]
    graph.get_by_role("button", name="Show all").click()
    assert view(graph) == pytest.approx(whole)
    graph.locator(".plane:visible").hover()
    before = graph.evaluate("scrollY")
    graph.mouse.wheel(0, 100)
    graph.wait_for_function("before => scrollY > before", arg=before)
    assert view(graph) == pytest.approx(whole)
    graph.keyboard.down("Control")
    graph.mouse.wheel(0, -100)
    graph.keyboard.up("Control")
    graph.wait_for_function(
        "wide => document.querySelector('figure.graph svg').viewBox.baseVal.width < wide", arg=whole[2]
    )


def test_it_is_dragged_and_a_drag_is_no_click(graph):
    left, top, *_ = view(graph)
    box = graph.locator("svg [data-row]").first.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    graph.mouse.move(x, y)
    graph.mouse.down()
    graph.mouse.move(x + 50, y + 30, steps=5)
    graph.mouse.up()
    assert view(graph)[0] < left
    assert view(graph)[1] < top
    assert "#L" not in graph.url


def test_what_has_the_focus_is_told_and_enter_leads_to_its_line(graph):
    box = graph.get_by_role("link", name="trend_{r:02d}_{y}: job spec")
    box.focus()
    assert "trend_{r:02d}_{y}" in graph.locator("#graph-details").inner_text()
    graph.keyboard.press("Enter")
    line = graph.locator(":target")
    assert 'name: "trend_{r:02d}_{y}"' in line.inner_text()
    assert graph.evaluate("document.activeElement === document.querySelector(':target')")
    place = line.bounding_box()
    assert graph.locator("header.top").bounding_box()["height"] <= place["y"] <= 900 - place["height"]


# of a path, on the screen
MIDDLE = """path => {
    const { x, y } = path.getPointAtLength(path.getTotalLength() / 2).matrixTransform(path.getScreenCTM());
    return [x, y];
}"""


def test_pointing_at_a_line_tells_what_waits_for_what(graph):
    way = graph.get_by_role("link", name="trend_{r:02d}_{y} waits for regrid_{r:02d}_{y}").locator(".line")
    graph.mouse.move(*way.evaluate(MIDDLE))
    told = graph.locator("#graph-details").inner_text()
    for words in ("trend_{r:02d}_{y}", "regrid_{r:02d}_{y}", "100 × 100", "10,000"):
        assert words in told


def test_before_and_after(graph, picture):
    assert graph.get_by_role("button", name="As it is").get_attribute("aria-pressed") == "true"
    assert "11,411" in graph.locator("figure.graph:visible figcaption").inner_text()
    graph.get_by_role("button", name="With barriers").press("Enter")
    picture(graph, "report-graph-with-barriers")
    assert graph.get_by_role("button", name="With barriers").get_attribute("aria-pressed") == "true"
    assert "621" in graph.locator("figure.graph:visible figcaption").inner_text()
    assert graph.get_by_role("link", name="barrier_regrid_complete: barrier").is_visible()


def test_what_is_off_the_frame_comes_into_sight_with_the_focus(graph):
    graph.locator(".plane:visible").focus()
    for _ in range(6):
        graph.keyboard.press("+")
    for _ in range(40):
        graph.keyboard.press("Tab")
        seen = graph.evaluate("""() => {
            const link = document.activeElement, plane = link.closest(".plane");
            if (!plane || link === plane) return null;
            const inner = link.getBoundingClientRect(), outer = plane.getBoundingClientRect();
            return inner.right > outer.left && inner.left < outer.right && inner.bottom > outer.top && inner.top < outer.bottom;
        }""")
        if seen is None:
            break
        assert seen
    assert "figure" not in graph.evaluate("document.activeElement.closest('figure')?.className ?? ''")


CENTRE = "element => element.scrollIntoView({ block: 'center' })"


def test_a_finger_scrolls_past_it_and_moves_it_when_it_is_larger_than_its_frame(browse, report, picture):
    page = browse(report(EXAMPLES / "ensemble.yaml"), PHONE, motion="reduce")
    plane = page.locator(".plane:visible")
    plane.evaluate(CENTRE)
    picture(page, "report-graph-phone")
    whole = view(page)
    before = page.evaluate("scrollY")
    swipe(page, plane, -200)
    page.wait_for_function("before => scrollY > before + 100", arg=before)
    page.get_by_role("button", name="Larger").click()
    larger = view(page)
    plane.evaluate(CENTRE)
    before = page.evaluate("scrollY")
    swipe(page, plane, -200)
    page.wait_for_function("top => document.querySelector('figure.graph svg').viewBox.baseVal.y > top", arg=larger[1])
    assert page.evaluate("scrollY") == before
    page.get_by_role("button", name="Show all").click()
    assert view(page) == pytest.approx(whole)


def swipe(page, plane, dy: float) -> None:
    """One finger along the middle of the graph, as the system reports it."""
    box = plane.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    session = page.context.new_cdp_session(page)
    touch = "Input.dispatchTouchEvent"
    session.send(touch, {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 11):
        session.send(touch, {"type": "touchMove", "touchPoints": [{"x": x, "y": y + dy * step / 10}]})
    session.send(touch, {"type": "touchEnd", "touchPoints": []})
    session.detach()
