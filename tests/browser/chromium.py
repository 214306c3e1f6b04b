"""The Chromium of this machine: where it is, and what to do where there is none.

Playwright brings a driver and no browser. The tests of this folder are skipped where Chromium or the driver is missing, unless
TORCLINT_REQUIRE_CHROMIUM is set: then they fail.
"""

import os
import shutil
from typing import NoReturn

import pytest

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
# the same pixels wherever possible
LOOKS = ("--force-color-profile=srgb", "--font-render-hinting=none", "--disable-lcd-text", "--hide-scrollbars")


def executable() -> str:
    """The program to start. Skips the test, or fails it, where there is none."""
    named = os.environ.get("TORCLINT_CHROMIUM")
    for name in [named] if named else NAMES:
        if found := shutil.which(name):
            return found
    return missing(f"no {named or 'Chromium'} here: install it (Debian: chromium), or name one in TORCLINT_CHROMIUM")


def missing(reason: str) -> NoReturn:
    """What a test needs is not here: told as a reason to skip it, or as a failure where it is required."""
    if required():
        pytest.fail(reason, pytrace=False)
    pytest.skip(reason)


def required() -> bool:
    return bool(os.environ.get("TORCLINT_REQUIRE_CHROMIUM"))
