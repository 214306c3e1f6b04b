#!/usr/bin/env python3
"""Make the pictures of pages from real ones, as a browser shows them.

usage: make_screenshots.py      (writes docs/pictures/page-*.webp)

The pages are made of copies of the examples in a temporary folder, by the commands that the documentation names, and shown by
the Chromium of this machine, or that which TORCLINT_CHROMIUM names. A run takes another time whenever it is made; the other
pictures change only with what they show, and with the fonts of the machine.
"""

from __future__ import annotations

import base64
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = ROOT / "docs" / "pictures"
QUALITY = 82  # of 100
MOST_BYTES = 150_000
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MACHINE = ("--cpus", "16", "--memory", "64g", "--gpus", "0")

COMMANDS = (
    ["report", "naive_stages.yaml", *MACHINE],
    ["report", "ensemble.yaml", *MACHINE],
    ["run", "-q", "barrier_demo.yaml", "--cpus", "8", "--memory", "8g", "--gpus", "0"],
    ["report", "--run", "-o", "run.html"],
)


class Scene(NamedTuple):
    """One picture: a page, how wide and high it is shown in CSS pixels, from where on, and what the reader did."""

    page: str
    width: int
    height: int
    scheme: str
    section: str = ""
    done: Callable[[Page], None] = lambda page: None


def point_at_the_heaviest_line(page: Page) -> None:
    page.get_by_role("link", name="trend_{r:02d}_{y} waits for regrid_{r:02d}_{y}").focus()


SCENES = {
    "summary": Scene("naive_stages", 1120, 760, "light"),
    "graph": Scene("ensemble", 1120, 1010, "dark", "graph", point_at_the_heaviest_line),
    "findings": Scene("naive_stages", 1120, 470, "light", "findings"),
    "barriers": Scene("naive_stages", 1120, 740, "light", "barriers"),
    "phone": Scene("naive_stages", 390, 844, "light"),
    "run": Scene("run", 1120, 740, "light", "timeline"),
}


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="make_screenshots.") as folder, sync_playwright() as playwright:
        shutil.copytree(ROOT / "examples", folder, dirs_exist_ok=True)
        for words in COMMANDS:
            subprocess.run(
                [sys.executable, "-m", "torclint", *words], cwd=folder, check=True, stdout=subprocess.DEVNULL
            )
        with playwright.chromium.launch(executable_path=chromium(), args=["--font-render-hinting=none"]) as browser:
            for name, scene in SCENES.items():
                save(name, shot(browser, Path(folder, f"{scene.page}.html"), scene))


def chromium() -> str:
    for name in (os.environ.get("TORCLINT_CHROMIUM"), *NAMES):
        if name and (found := shutil.which(name)):
            return found
    sys.exit("there is no Chromium here: install it, or name one in TORCLINT_CHROMIUM")


def shot(browser: Browser, file: Path, scene: Scene) -> bytes:
    """What stands on the screen, twice as fine, as WebP."""
    with browser.new_context(
        viewport={"width": scene.width, "height": scene.height},
        device_scale_factor=2,
        color_scheme=scene.scheme,
        reduced_motion="reduce",
    ) as context:
        page = context.new_page()
        page.goto(file.as_uri())
        page.add_style_tag(content="::-webkit-scrollbar { display: none }")
        if scene.section:
            page.locator(f"#{scene.section}-title").evaluate("heading => heading.scrollIntoView()")
        scene.done(page)
        taken = context.new_cdp_session(page).send("Page.captureScreenshot", {"format": "webp", "quality": QUALITY})
        return base64.b64decode(taken["data"])


def save(name: str, picture: bytes) -> None:
    if len(picture) > MOST_BYTES:
        sys.exit(f"{name}: {len(picture):,} bytes, more than {MOST_BYTES:,}")
    target = PICTURES / f"page-{name}.webp"
    target.write_bytes(picture)
    print(f"{target.relative_to(ROOT)} {len(picture):,} bytes")


if __name__ == "__main__":
    main()
