"""The SVG that `torclint graph` and `torclint plan` draw, as a browser shows it."""

import re
from pathlib import Path

import pytest

from tests.browser.accessibility import violations
from tests.browser.screens import PHONE
from torclint.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples"
SCHEMES = ("light", "dark")
CONTRAST = 4.5  # WCAG 2.2, 1.4.3: text against what is behind it


@pytest.fixture
def drawing(capsys, tmp_path):
    """drawing("graph", ...): the address of the picture that the command draws."""

    def drawing(*words: str) -> str:
        assert main([*words]) == 0
        (tmp_path / "drawn.svg").write_text(capsys.readouterr().out, "utf-8")
        return (tmp_path / "drawn.svg").as_uri()

    return drawing


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", ["naive_stages", "ensemble"])
def test_texts_stand_in_their_boxes_and_can_be_read(browse, picture, drawing, name, scheme):
    address = drawing("graph", "--before-after", "--format", "svg", str(EXAMPLES / f"{name}.yaml"))
    page = browse(address, scheme=scheme)
    picture(page, f"graph-{name}-{scheme}")
    assert page.evaluate(OUTSIDE) == []
    told = page.evaluate(COLOURS)
    assert len({text for text, *_ in told}) > 5
    assert [(text, contrast(front, back)) for text, front, back in told if contrast(front, back) < CONTRAST] == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_picture_of_a_plan_can_be_read(browse, picture, tmp_path, scheme):
    words = ["--cpus", "64", "--memory", "256g", "--gpus", "0", "--nodes", "16", "--svg", str(tmp_path / "plan.svg")]
    assert main(["plan", str(EXAMPLES / "campaign.yaml"), *words]) == 0
    page = browse((tmp_path / "plan.svg").as_uri(), scheme=scheme)
    picture(page, f"plan-{scheme}")
    assert page.evaluate(BEYOND) == []
    told = page.evaluate(COLOURS)
    assert len({text for text, *_ in told}) > 5
    assert [(text, contrast(front, back)) for text, front, back in told if contrast(front, back) < CONTRAST] == []


def test_names_of_any_script_stand_in_their_boxes(browse, picture, drawing, tmp_path):
    (tmp_path / "w.yaml").write_text(
        "name: scripts\njobs:\n"
        "  - {name: 数据准备_一二三四五六, command: x}\n"
        '  - {name: "задача_подготовки_данных", command: x, depends_on: ["数据准备_一二三四五六"]}\n'
        '  - {name: "WWWWWWWWWWWWWWWWMMMMMMMM", command: x, depends_on: ["задача_подготовки_данных"]}\n'
        '  - {name: "<script>alert(1)</script>", command: x, depends_on: ["WWWWWWWWWWWWWWWWMMMMMMMM"]}\n'
    )
    page = browse(drawing("graph", "--format", "svg", str(tmp_path / "w.yaml")))
    picture(page, "graph-scripts")
    assert page.evaluate(OUTSIDE) == []


def test_in_a_page_it_is_one_image_with_a_name(browse, drawing, tmp_path):
    drawing("graph", "--format", "svg", str(EXAMPLES / "naive_stages.yaml"))
    inside = (tmp_path / "drawn.svg").read_text("utf-8")
    (tmp_path / "page.html").write_text(
        "<!DOCTYPE html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>t</title><style>svg{{max-width:100%;height:auto}}</style><main><h1>t</h1>{inside}</main>",
        "utf-8",
    )
    page = browse((tmp_path / "page.html").as_uri(), PHONE)
    assert page.get_by_role("img", name="naive_stages").count() == 1
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE.width


# texts that reach beyond the box that they stand in, or beyond the picture: their words
OUTSIDE = """() => {
    const inside = (inner, outer) => inner.left >= outer.left && inner.right <= outer.right
        && inner.top >= outer.top && inner.bottom <= outer.bottom;
    const page = document.querySelector("svg").getBoundingClientRect();
    return [...document.querySelectorAll("text")].filter(text => {
        const box = text.parentNode.querySelector(":scope > rect:not(.behind), :scope > path:not(.line, .rule)");
        const around = box && !text.matches(".label, .quiet.small") ? box.getBoundingClientRect() : page;
        return !inside(text.getBoundingClientRect(), around);
    }).map(text => text.textContent);
}"""

# texts that reach beyond the picture
BEYOND = """() => {
    const page = document.querySelector("svg").getBoundingClientRect();
    return [...document.querySelectorAll("text")].filter(text => {
        const { left, right, top, bottom } = text.getBoundingClientRect();
        return left < page.left || right > page.right || top < page.top || bottom > page.bottom;
    }).map(text => text.textContent);
}"""

# each text with its colour and the colour of the last shape before it that lies behind its middle
COLOURS = """() => [...document.querySelectorAll("text")].map(text => {
    const { left, right, top, bottom } = text.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const behind = [...document.querySelectorAll("rect, .file path")].filter(shape => {
        const box = shape.getBoundingClientRect();
        const earlier = shape.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_FOLLOWING;
        return earlier && box.left <= x && x <= box.right && box.top <= y && y <= box.bottom;
    }).at(-1);
    return [text.textContent, getComputedStyle(text).fill, getComputedStyle(behind).fill];
})"""


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG between two colours such as `rgb(1, 2, 3)`."""
    bright, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    parts = [int(part) / 255 for part in re.findall(r"\d+", colour)[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_contrast_is_that_of_wcag():
    assert contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)") == 21
    assert round(contrast("rgb(119, 119, 119)", "rgb(255, 255, 255)"), 2) == 4.48
