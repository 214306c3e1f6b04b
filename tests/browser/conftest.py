"""Pages in a real Chromium, which has to show them without an error, a warning, a dialog or a request to anywhere else.

    def test_a_page(browse, picture):
        page = browse("file:///...", PHONE, scheme="dark")
        picture(page, "a-page")

Pictures, and what stood on the screen when a test failed, are in TORCLINT_TEST_ARTIFACTS (default: test-artifacts/).
"""

import os
import re
from pathlib import Path

import pytest

from tests.browser import chromium
from tests.browser.screens import DESKTOP, Reader, Screen
from torclint.cli import main

ROOT = Path(__file__).parents[2]
FAILED = pytest.StashKey[bool]()
HARMLESS = ("data:", "blob:", "about:")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


# Playwright keeps an event loop in the thread of the tests, in which no other can run: it has to be gone when others begin.
@pytest.fixture(scope="package")
def browser(tmp_path_factory):
    """One Chromium for all tests of this folder."""
    program = chromium.executable()
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        chromium.missing(
            "Playwright, which drives Chromium, is not installed; there are no wheels of it for this platform"
        )
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=program, args=chromium.LOOKS)
            context = started.new_context()
            first = tmp_path_factory.mktemp("chromium") / "first.html"
            first.write_text("<title>shown</title>")
            page = context.new_page()
            page.goto(first.as_uri())  # one from a snap cannot read temporary folders
            context.close()
        except Error as error:
            chromium.missing(f"{program} shows no page: {str(error).splitlines()[0]}")
        yield started
        started.close()


@pytest.fixture
def artifacts():
    """The folder for pictures."""
    folder = Path(os.environ.get("TORCLINT_TEST_ARTIFACTS") or ROOT / "test-artifacts", "screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def picture(artifacts):
    """picture(page, "name"): the page as it stands now, to be looked at by people; whole=True for all of it."""

    def picture(page, name: str, whole: bool = False) -> Path:
        target = artifacts / f"{name}.png"
        page.screenshot(path=target, full_page=whole)
        return target

    return picture


@pytest.fixture
def browse(browser, request, artifacts):
    """browse(address, screen, scheme=..., motion=..., scripts=...): a page, open, in a profile of its own.

    `site` is what its address and all that it loads begin with; by default nothing may be loaded but the page itself.
    Errors and warnings of the page, and whatever else is asked for, fail the test when it is over.
    """
    contexts = []
    troubles = []

    def browse(address: str, screen: Screen = DESKTOP, site: str | None = None, **asked: object):
        reader = Reader(screen, **asked)
        context = browser.new_context(
            viewport={"width": screen.width, "height": screen.height},
            has_touch=screen.touch,
            is_mobile=screen.touch,
            color_scheme=reader.scheme,
            reduced_motion=reader.motion,
            java_script_enabled=reader.scripts,
            offline=not (site or "").startswith("http"),
            accept_downloads=False,
        )
        context.set_default_timeout(30_000)  # a machine may be busy
        contexts.append(context)
        page = context.new_page()
        watch(page, site or address.partition("#")[0], troubles)
        page.goto(address)
        return page

    yield browse
    if request.node.stash.get(FAILED, False):
        name = re.sub(r"[^\w.-]+", "-", request.node.name)
        for number, page in enumerate(page for context in contexts for page in context.pages):
            page.screenshot(path=artifacts / f"FAILED-{name}-{number}.png", full_page=True)
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.fixture(scope="package")
def report(tmp_path_factory):
    """report(spec, *options): the address of the page that `torclint report` makes of a file, or of the text of one.

    The page is made once, however many tests look at it.
    """
    folder = tmp_path_factory.mktemp("reports")
    made: dict[tuple[str, ...], str] = {}

    def report(spec: Path | str, *options: str) -> str:
        words = (str(spec), *options)
        if words not in made:
            source, target = spec, folder / f"{len(made)}.html"
            if isinstance(spec, str):
                source = folder / f"{len(made)}.yaml"
                source.write_text(spec, "utf-8")
            machine = ("--cpus", "4", "--memory", "8g", "--gpus", "0")
            assert main(["report", str(source), "-o", str(target), "--isolated", *machine, *options]) == 0
            made[words] = target.as_uri()
        return made[words]

    return report


def watch(page, site: str, troubles: list[str]) -> None:
    """Write into `troubles` what the page complains about or asks for that lies not in `site`."""

    def ask(request) -> None:
        if not request.url.startswith((site, *HARMLESS)):
            troubles.append(f"asks for {request.url}")

    def say(message) -> None:
        if message.type in ("error", "warning"):
            troubles.append(f"{message.type} on the console: {message.text}")

    def interrupt(dialog) -> None:
        troubles.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    page.on("request", ask)
    page.on("console", say)
    page.on("dialog", interrupt)
    page.on("pageerror", lambda error: troubles.append(f"uncaught: {error}"))
    page.on("popup", lambda other: troubles.append(f"opens {other.url}"))
