"""A spec of 10,000 jobs that are written one by one, in a browser: the page stays small, and answers."""

import pytest

from tests.browser.measures import width
from tests.browser.screens import PHONE

JOBS = 10_000
NODES = 60_000  # elements of a page that a phone still scrolls with ease


@pytest.fixture
def address(report):
    lines = ["name: large", "jobs:"]
    for number in range(JOBS):
        after = f", depends_on: [job_{number - 100:05d}]" if number >= 100 else ""
        lines.append(f'  - {{name: job_{number:05d}, command: "true"{after}}}')
    return report("\n".join(lines) + "\n")


def test_it_stays_small_and_answers(browse, picture, address):
    page = browse(address, motion="reduce")
    assert page.evaluate("document.querySelectorAll('*').length") < NODES
    assert page.evaluate("performance.getEntriesByType('navigation')[0].encodedBodySize") < 5_000_000
    picture(page, "report-large")
    page.get_by_role("button", name="Larger").click()
    page.locator("table[data-sort]").first.get_by_role("button").first.click()
    page.get_by_role("button", name="Dark colours").click()
    page.set_viewport_size({"width": PHONE.width, "height": PHONE.height})
    assert width(page) == PHONE.width
