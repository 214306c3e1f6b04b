"""What `torclint graph --format mermaid` writes is drawn by Mermaid, with every name as it stands in the spec."""

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.browser import mermaid
from tests.report.diagram.test_formats import picture as chain
from tests.report.diagram.test_formats import texts
from torclint.cli import main
from torclint.report.cells import visible
from torclint.report.diagram import mermaid as written

EXAMPLES = Path(__file__).parents[2] / "examples"
NASTY = [
    "end", "End", "graph", "subgraph x", "default", "class", "click", "style", "linkStyle", "direction", "o", "x",
    "a0", 'say "hi"', "it's", "`code`", "`**bold**`", "[x]", "[[x]]", "(x)", "((x))", "{x}", "{{x}}", "a{i:03d}",
    ">x]", "[/x/]", "]", '"]', "#", "#35;", "#quot;", "&quot;", "&amp;lt;", ";", "a;b", "%", "%% comment",
    "%%{init: {}}%%", "---", "--- title", "-->", "--x", "a|b", "|", "~~~", ":::", ":::note", "a & b",
    "@{shape: cloud}", "<b>", "<br/>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "$$x^2$$", "$x$",
    "\\", "\\n", "\\\\n", "fa:fa-ban", "fa-ban", "1. one", "- one", "* one", "+ one", "# one", "> one", "_a_",
    "__a__", "*a*", "**a**", "~~a~~", "==a==", "===", "a_b_c", "[a](b)", "![a](b)", "https://example.org",
    "www.example.org", "a@example.org", "größe", "任务_1", "задача", "مهمة", "🚀", "e\u0301", "\u00a0", "a  b", " a",
    "a ", "a\tb", "^prep_.*$", "(?P<n>.*)", "x" * 200,
]  # fmt: skip


@pytest.fixture(scope="package", params=mermaid.VERSIONS)
def script(request, tmp_path_factory):
    cache = getattr(request.config, "cache", None)  # -p no:cacheprovider
    return mermaid.script(request.param, cache.mkdir("mermaid") if cache else tmp_path_factory.mktemp("mermaid"))


@pytest.fixture
def draw(browse, script, tmp_path):
    """draw(text): what stands in the boxes and on the frames and lines of the diagram that Mermaid makes of it, by class."""
    source = json.dumps(script.as_uri())
    (tmp_path / "page.html").write_text(
        f"<!DOCTYPE html><html lang=en><meta charset=utf-8><title>t</title><main></main><script src={source}></script>"
        "<script>mermaid.initialize({startOnLoad: false})</script>"
    )
    page = browse((tmp_path / "page.html").as_uri(), site="file:///")

    def draw(text: str) -> dict[str, list[str]]:
        return page.evaluate(
            """async text => {
                const main = document.querySelector("main");
                main.innerHTML = (await mermaid.render("drawn", text)).svg;
                const all = selector => [...main.querySelectorAll(selector)];
                const said = element => {
                    const copy = element.cloneNode(true);
                    for (const end of copy.querySelectorAll("br")) end.replaceWith("\\n");
                    return copy.textContent;
                };
                const number = element => Number(element.id.match(/\\d+$/)[0]);
                return {
                    boxes: all("g.node").sort((one, other) => number(one) - number(other)).map(said),
                    frames: all("g.cluster-label").map(said),
                    lines: all("g.edgeLabel").map(said).filter(text => text),
                };
            }""",
            text,
        )

    draw.page = page
    return draw


def test_names_are_shown_as_they_are(draw):
    for start in range(0, len(NASTY), 12):
        titles = [visible(name) for name in NASTY[start : start + 12]]
        assert boxes(draw, titles) == [spaced(title) for title in titles]


def test_each_name_is_shown_as_it_is_where_it_stands_alone(draw):
    for name in NASTY[::3]:
        assert boxes(draw, [visible(name)]) == [spaced(visible(name))]


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(texts.map(visible), min_size=6, max_size=12))
def test_any_name_is_shown_as_it_is(draw, titles):
    assert boxes(draw, titles) == [spaced(title) for title in titles]


def boxes(draw, titles: list[str]) -> list[str]:
    """The first lines of what stands in the boxes; a note at the end repeats the last name."""
    drawn = draw("\n".join(written.render([chain(titles)], [""])))
    return [spaced(each.partition("\n")[0]) for each in drawn["boxes"]][: len(titles)]


def spaced(text: str) -> str:
    """As HTML shows it: with single spaces; and without those of no width."""
    return " ".join(text.replace("\u200b", "").split())


def test_examples_before_and_after(draw, picture, capsys):
    for name in ("ensemble", "shared_barrier", "one_to_one_files", "heavy_barrier", "naive_stages"):
        assert main(["graph", "--before-after", "--format", "mermaid", str(EXAMPLES / f"{name}.yaml")]) == 0
        drawn = draw(capsys.readouterr().out)
        assert drawn["boxes"]
    picture(draw.page, "mermaid-naive-stages", whole=True)
    assert sorted(drawn["frames"]) == [
        "After torclint fix --insert-barriers: 3,000 dependencies",
        "Before: 1,001,000 dependencies",
    ]
    assert sorted(drawn["lines"]) == ["1,000"] * 4 + ["1,000 × 1,000 = 1,000,000"]
