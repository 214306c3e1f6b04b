"""No text of a spec becomes anything but text: whatever names, commands and comments say, the page has the same elements."""

import json
import string

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.page.reader import assert_sound, read
from torclint.checking.files import Source
from torclint.config.settings import Settings
from torclint.page.making import render
from torclint.page.spec.page import page_of
from torclint.page.spec.subject import subject_of
from torclint.run.forecast.forecast import Machines
from torclint.run.scheduler import Capacity

MACHINES = Machines(Capacity(4, 1 << 33, 0))
TRICKY = [
    "<script>alert(1)</script>",
    "</style><script>",
    '" onfocus="alert(1)" x="',
    "' onclick='x",
    "<!-- ",
    "-->",
    "<svg onload=x>",
    "&lt;b&gt;&amp;",
    "]]>",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "\u202eabc\u2066",
    "a\u0000b".replace("\u0000", "\u0001"),
    "\u2028\ufeff",
    "<a href='javascript:x'>",
]


def made(path, text):
    return render(page_of(subject_of(Source(path, text), Settings(), MACHINES)))


def elements(page):
    return [(each.tag, sorted(name for name in each.attributes)) for each in page.all]


def spec(name, words):
    """A spec with findings about everything that is called `name`, and `words` wherever a text may stand."""
    jobs = [
        {"name": name, "command": words, "depends_on": [name]},
        {"name": f"{name}2", "command": words, "depends_on": [name, f"{name}3"], "input_files": [f"{name}f"]},
        {"name": f"{name}_{{i}}", "command": words, "depends_on_regexes": ["^a"], "parameters": {"i": "1:3"}},
    ]
    return json.dumps({"name": name, "description": words, "jobs": jobs, name: 1}, ensure_ascii=False)


def test_tricky_texts_are_text():
    plain = read(made("plain.json", spec("plain", "plain")))
    for tricky in TRICKY:
        text = made(f"{tricky.replace('/', '')}.json", spec(tricky, tricky))
        page = read(text)
        assert_sound(page)
        assert [
            each.tag for each in page.all if each.tag in ("script", "style", "iframe", "img", "form", "object")
        ] == [each.tag for each in plain.all if each.tag in ("script", "style", "iframe", "img", "form", "object")], (
            tricky
        )
        assert not any(char in text for char in "\u202e\u2066\u0001\u2028\ufeff")
        assert page.one("h1").words == " ".join(shown(tricky).split())


def shown(text):
    return "".join(
        char if char.isprintable() else f"\\u{ord(char):04x}" if ord(char) > 255 else f"\\x{ord(char):02x}"
        for char in text
    )


LETTERS = st.text(
    st.characters(exclude_categories=("Cs", "Nd", "Cn"), exclude_characters="{}`\\"), min_size=1, max_size=12
)


@settings(max_examples=25)
@given(LETTERS.filter(lambda text: text.strip() == text and "_" not in text))
def test_a_description_adds_no_element(words):
    """In a place that no rule looks at, so that there are the same findings."""
    template = '{"name": "w", "description": %s, "jobs": [{"name": "a", "command": "x"}]}'
    plain = read(made("w.json", template % '"x"'))
    page = read(made("w.json", template % json.dumps(words, ensure_ascii=False)))
    assert elements(page) == elements(plain)


@settings(max_examples=25)
@given(st.text(max_size=60), st.sampled_from(["w.yaml", "w.json", "w.json5", "w.kdl"]))
def test_any_text_makes_a_sound_page(text, name):
    page = read(made(name, text))
    assert_sound(page)
    assert len(page.find("script")) == len(read(made("w.yaml", "")).find("script"))


@settings(max_examples=15)
@given(st.text(string.printable + "é\u202e\u2066\u2028<>&\"'", max_size=40), st.text(string.printable, max_size=40))
def test_any_name_and_command_make_a_sound_page(name, words):
    text = made("w.json", spec(name, words))
    assert_sound(read(text))
    assert not any(char in text for char in "\u202e\u2066\u2028\x0b\x0c")
