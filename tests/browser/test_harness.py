"""The browser of these tests notices what it is there to notice."""

import pytest

from tests.browser.accessibility import violations
from tests.browser.conftest import watch
from tests.browser.screens import PHONE


@pytest.fixture
def watched(browser, tmp_path):
    """watched("<html...>"): what there is to complain about in such a page."""

    def watched(html: str) -> list[str]:
        (tmp_path / "page.html").write_text(f"<!DOCTYPE html><meta charset=utf-8>{html}")
        address = (tmp_path / "page.html").as_uri()
        troubles: list[str] = []
        page = browser.new_page()
        watch(page, address, troubles)
        page.goto(address)
        page.evaluate("new Promise(requestAnimationFrame)")
        page.close()
        return troubles

    return watched


def test_a_page_without_fault(watched):
    assert watched("<p>quiet</p><img src='data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA='>") == []


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ("<script>console.error('loud')</script>", "error on the console: loud"),
        ("<script>console.warn('hm')</script>", "warning on the console: hm"),
        ("<script>throw new Error('broken')</script>", "uncaught: broken"),
        ("<script>alert('hello')</script>", "dialog: hello"),
        ("<img src='other.png' alt=''>", "/other.png"),
        ("<link rel=stylesheet href='http://127.0.0.1:9/style.css'>", "asks for http://127.0.0.1:9/style.css"),
        (
            "<meta http-equiv=Content-Security-Policy content=\"script-src 'none'\"><script>1</script>",
            "Content Security",
        ),
    ],
)
def test_faults_are_seen(watched, html, words):
    assert any(words in trouble for trouble in watched(html))


def test_what_is_hard_to_read_is_found(browse, tmp_path):
    (tmp_path / "page.html").write_text(
        "<!DOCTYPE html><html lang=en><meta charset=utf-8><title>t</title>"
        "<main><h1>t</h1><p style='color:#bbb;background:#fff'>pale</p></main>"
    )
    (found,) = violations(browse((tmp_path / "page.html").as_uri()))
    assert found.startswith("color-contrast (serious)")


def test_a_reader_has_a_screen_a_scheme_and_may_have_no_scripts(browse, tmp_path):
    (tmp_path / "page.html").write_text("<meta name=viewport content='width=device-width'><p>text</p>")
    address = (tmp_path / "page.html").as_uri()
    page = browse(address, PHONE, scheme="dark", motion="reduce")
    asked = "query => matchMedia(query).matches"
    for query in ("(width: 390px)", "(pointer: coarse)", "(prefers-color-scheme: dark)", "(prefers-reduced-motion)"):
        assert page.evaluate(asked, query), query
    (tmp_path / "page.html").write_text("<noscript>none</noscript>")
    assert browse(address, scripts=False).inner_text("body") == "none"
