"""Nothing that a spec or a log says is taken for HTML, for a style or for a script."""

import json
import re
from pathlib import Path

import pytest

from tests.browser.accessibility import violations
from tests.browser.measures import beyond, width
from tests.browser.screens import DESKTOP, PHONE
from torclint.cli import main

RUN = "window.__executed = (window.__executed || 0) + 1"
TEXTS = [
    f"<script>{RUN}</script>",
    f"<img src=x onerror='{RUN}'>",
    f"<svg onload='{RUN}'>",
    f"</style><script>{RUN}</script>",
    f"</title></script><script>{RUN}</script>",
    f"</pre></code></td></table><script>{RUN}</script>",
    f'" autofocus onfocus="{RUN}" x="',
    f"' onmouseover='{RUN}'",
    f"javascript:{RUN}",
    f"]]><script>{RUN}</script>",
    f"<!-- --><iframe srcdoc='<script>parent.{RUN.removeprefix('window.')}</script>'></iframe>",
    f"{{{{ {RUN} }}}} {{% raw %}}",
    f"&lt;script&gt;{RUN}&lt;/script&gt;",
    "<style>*{display:none}</style>",
    "<meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'>",
    "<base href='http://127.0.0.1:9/'><a href='x' style='position:fixed;inset:0'>click</a>",
    "\u202e\u2066reversed\u200f",
    "<b>" * 50 + "x" * 300,
]


def hostile_spec(texts: list[str]) -> dict:
    """Each text as a name, a command, a description, a parameter, a file, a pattern and an unknown word."""
    jobs = []
    for number, text in enumerate(texts):
        before = {"depends_on": [texts[number - 1]]} if number else {}
        jobs.append({"name": text, "command": f"echo {text}", "input_files": [f"file {text}"], **before})
    for number, text in enumerate(texts):
        wide = {"name": f"{text}_{{i}}", "command": text, "parameters": {"i": "1:300"}}
        jobs.append(wide | ({"depends_on_regexes": [f"^{re.escape(texts[number - 1])}_"]} if number else {}))
    return {
        "name": texts[0] + texts[1],
        "description": " ".join(texts),
        "files": [{"name": f"file {text}", "path": text} for text in texts],
        "user_data": [{"name": f"data {text}", "data": {text: text}} for text in texts],
        "jobs": jobs,
    }


def look_at(page) -> None:
    """Do what a reader might do: go over everything, open everything, press everything."""
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    page.evaluate("""() => {
        for (const each of document.querySelectorAll("main *")) {
            for (const kind of ["pointerenter", "mouseover", "focus"]) {
                each.dispatchEvent(new Event(kind, { bubbles: kind === "mouseover" }));
            }
        }
        const click = each => each.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
        document.querySelectorAll("button, a[href^='#']").forEach(click);
    }""")
    page.evaluate("new Promise(resolve => setTimeout(resolve, 100))")


def assert_harmless(page) -> None:
    assert page.evaluate("window.__executed") is None
    assert (
        page.locator("script[src], iframe, main script, main style, main img, base, meta[http-equiv=refresh]").count()
        == 0
    )
    assert (
        page.evaluate(
            "[...document.links].map(each => each.protocol).filter(each => each !== 'file:' && each !== 'https:')"
        )
        == []
    )


@pytest.mark.parametrize("broken", [False, True], ids=["whole", "broken"])
def test_a_hostile_spec_does_nothing(browse, picture, tmp_path, broken):
    spec = hostile_spec(TEXTS[:5] if broken else TEXTS)
    if broken:
        spec["jobs"][0] |= {TEXTS[0]: TEXTS[1], "priority": TEXTS[2], "resource_requirements": TEXTS[3]}
    (tmp_path / "<script>w.json").write_text(json.dumps(spec), "utf-8")
    target = tmp_path / "page.html"
    assert main(["report", str(tmp_path / "<script>w.json"), "-o", str(target), "--isolated", "--cpus", "4"]) == 0
    page = browse(target.as_uri(), DESKTOP)
    assert page.title().startswith(TEXTS[0]) or "<script>w.json" in page.title()
    picture(page, f"report-hostile-{'broken' if broken else 'whole'}")
    if broken:  # the other page is long
        assert violations(page) == []
    look_at(page)
    assert_harmless(page)
    assert page.url.startswith(target.as_uri())


def test_a_hostile_spec_is_no_wider_than_a_phone(browse, tmp_path):
    (tmp_path / "w.json").write_text(json.dumps(hostile_spec(TEXTS)), "utf-8")
    target = tmp_path / "page.html"
    assert main(["report", str(tmp_path / "w.json"), "-o", str(target), "--isolated", "--cpus", "4"]) == 0
    page = browse(target.as_uri(), PHONE)
    assert (width(page), beyond(page)) == (PHONE.width, [])


def test_what_jobs_wrote_does_nothing(browse, picture, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("said.txt").write_text("\n".join(TEXTS) + "\n\x1b[31mred\x1b[0m \x07\x00\n", "utf-8")
    jobs = [{"name": text, "command": "cat said.txt; cat said.txt >&2; exit 3"} for text in TEXTS[:-1]]
    Path("w.json").write_text(json.dumps({"name": TEXTS[0], "jobs": jobs}), "utf-8")
    main(["run", "-q", "--no-check", "--cpus", "2", "--memory", "1g", "--gpus", "0", "w.json"])
    assert main(["report", "--run", "-o", "page.html"]) == 0
    page = browse((tmp_path / "page.html").as_uri(), DESKTOP)
    assert "red" in page.inner_text("main")
    picture(page, "run-hostile")
    assert violations(page) == []
    look_at(page)
    assert_harmless(page)
