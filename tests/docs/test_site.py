"""The site of the documentation: it builds without a warning, has every page, and loads nothing from other hosts."""

import re
from pathlib import Path

import pytest
import yaml

from tests.docs.building import build

ROOT = Path(__file__).parents[2]
LOADS = re.compile(  # what a browser fetches unasked; a link that is clicked is none, nor is rel="canonical"
    r"""<(?:script|img|iframe|source|video|audio|embed)\b[^>]*\b(?:src|srcset)=["']?(?:https?:)?//[^>]*>"""
    r"""|<link\b(?![^>]*rel="?(?:canonical|next|prev))[^>]*\bhref=["']?(?:https?:)?//[^>]*>"""
    r"""|(?:url\(|@import\s+)["']?(?:https?:)?//[^)"']*"""
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The folder with the site."""
    return build(tmp_path_factory.mktemp("site"))


def pages(nav):
    """All pages that a navigation names."""
    for entry in nav:
        value = next(iter(entry.values())) if isinstance(entry, dict) else entry
        yield from [value] if isinstance(value, str) else pages(value)


def test_navigation_has_every_page_once():
    named = sorted(pages(yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["nav"]))
    written = {path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    taken_in = {"overview.md", "changes.md", "contributing.md", "examples.md"}  # by scripts/site_hooks.py
    assert named == sorted(written | taken_in)


def test_every_page_is_built(site):
    assert (site / "search" / "search_index.js").exists()  # for search in a folder
    for page in pages(yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["nav"]):
        assert "<h1" in (site / page).with_suffix(".html").read_text("utf-8"), page


def test_nothing_is_loaded_from_other_hosts(site):
    files = [path for path in site.rglob("*") if path.suffix in (".html", ".css", ".svg")]
    assert files
    assert {str(path.relative_to(site)): LOADS.findall(path.read_text("utf-8")) for path in files} == {
        str(path.relative_to(site)): [] for path in files
    }


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://unpkg.com/shim"></script>',
        '<link rel="stylesheet" href="https://fonts.example/css">',
        '<img alt="" src=//example.org/a.png>',
        "<style>@import 'https://example.org/a.css'</style>",
        "body { background: url(https://example.org/a.png) }",
    ],
)
def test_what_counts_as_loading(html):
    assert LOADS.search(html)


def test_links_in_the_site_lead_to_pages_of_the_site(site):
    """Links to files beside docs/ are turned into links to where the site shows them."""
    graph = (site / "graph.html").read_text("utf-8")
    assert 'href="examples.html#ensemble"' in graph
    assert "../examples" not in graph
    assert 'id="ensemble"' in (site / "examples.html").read_text("utf-8")
    overview = (site / "overview.html").read_text("utf-8")
    assert 'src="pictures/before-after.svg"' in overview
    assert 'href="rules.html"' in overview
