"""The site of the documentation in a browser, from a server and from a folder."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import urldefrag

import pytest

from tests.browser.accessibility import violations
from tests.browser.screens import DESKTOP, PHONE
from tests.docs.building import build


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return build(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def server(folder):
    """The address of the site on a server of its own, with a slash at its end."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as listening:
        thread = Thread(target=listening.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{listening.server_port}/"
        listening.shutdown()
        thread.join()


def test_all_pages_open_on_a_phone_and_their_links_lead_somewhere(browse, folder, server):
    addresses = [f"{server}{path.relative_to(folder)}" for path in sorted(folder.rglob("*.html"))]
    page = browse(addresses[0], PHONE, site=server)
    places: dict[str, set[str]] = {}
    links: set[tuple[str, str]] = set()
    for address in addresses:
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") == PHONE.width, address
        places[address] = set(page.evaluate("[...document.querySelectorAll('[id]')].map(each => each.id)"))
        links |= {(address, link) for link in page.evaluate("[...document.links].map(each => each.href)")}
    inside = {(where, *urldefrag(link)) for where, link in links if link.startswith(server)}
    assert len(inside) > len(addresses)
    files = {f"{server}{path.relative_to(folder)}" for path in folder.rglob("*")} | {server}
    assert [(where, target) for where, target, _ in inside if target not in files] == []
    wrong = [
        (where, target, place)
        for where, target, place in inside
        if place and target in places and place not in places[target] and not place.startswith("__")
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("name", "scheme"), [("index", "light"), ("index", "dark"), ("graph", "dark"), ("configuration", "light")]
)
def test_what_the_pages_say_can_be_used_by_all(browse, picture, server, name, scheme):
    page = browse(f"{server}{name}.html", DESKTOP, site=server, scheme=scheme)
    picture(page, f"site-{name}-{scheme}")
    assert violations(page, "article", ".md-code__nav") == []  # what lies around it is the theme's


@pytest.mark.parametrize("place", ["server", "folder"])
def test_search(browse, picture, folder, server, place):
    site = server if place == "server" else f"{folder.as_uri()}/"
    page = browse(f"{site}index.html", site=site)
    page.keyboard.press("s")
    page.keyboard.type("quadratic-dependencies")
    # results come while one types: wait for those of the whole word
    page.wait_for_function("document.querySelector('.md-search-result__link')?.href.includes('rules.html')")
    picture(page, f"site-search-{place}")
    page.locator(".md-search-result__link").first.click()  # and not by key: results that are drawn again lose the focus
    page.wait_for_url("**/rules.html*")
    assert "TL501" in page.inner_text("main")
