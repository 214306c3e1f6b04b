"""The pictures of terminals show what the commands print, and can be understood without seeing them."""

import html
import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SPEC = importlib.util.spec_from_file_location("make_pictures", ROOT / "scripts" / "make_pictures.py")
make_pictures = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(make_pictures)


def texts(svg):
    """What stands in the rows of a picture."""
    return [html.unescape(text) for text in re.findall(r"<text [^>]*>(.*?)</text>", svg)]


@pytest.mark.parametrize("name", ["check", "count", "fix", "plan-table"])
def test_what_does_not_change_from_run_to_run_is_up_to_date(name):
    kept = (make_pictures.PICTURES / f"{name}.svg").read_text("utf-8")
    assert texts(kept) == texts(make_pictures.picture(name)), "not up to date: run scripts/make_pictures.py"


def test_a_run_in_the_middle_and_at_its_end():
    drawn = texts(make_pictures.picture("failure"))
    assert any(text.startswith("[...]") or "[...]" in text for text in drawn)
    assert any("station\xa00417:\xa0no\xa0data\xa0since\xa003:00" in text for text in drawn)
    assert any("nightly:\xa0not\xa0completed:\xa035\xa0jobs" in text for text in drawn)


@pytest.mark.parametrize("name", make_pictures.SCENES)
def test_a_picture_says_what_it_shows(name):
    kept = (make_pictures.PICTURES / f"{name}.svg").read_text("utf-8")
    title = html.escape(make_pictures.SCENES[name].told)
    assert re.match(rf'<svg [^>]*role="img"[^>]*>\n<title>{re.escape(title)}</title>', kept)
    assert "http" not in kept.replace("http://www.w3.org/2000/svg", "").replace("https://www.textualize.io", "")
    assert f"](pictures/{name}.svg)" in (ROOT / "docs" / "screens.md").read_text("utf-8")


def test_no_picture_is_left_over():
    made = {*make_pictures.SCENES, *make_pictures.DRAWINGS, *make_pictures.PLANS, "logo"}
    assert {path.stem for path in make_pictures.PICTURES.glob("*.svg")} <= made
