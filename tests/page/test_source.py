"""The source: its lines with anchors, in colours that say what Torc reads, and cut where there is too much."""

import pytest

from tests.page.reader import Element

TEXTS = {
    "w.yaml": 'name: w  # why\njobs:\n  - {name: "a_{i}", command: x, priority: 3, parameters: {i: "1:3"}}\n',
    "w.json5": '{name: "w", // why\n jobs: [{name: "a_{i}", command: "x", priority: 3, parameters: {i: "1:3"}}]}\n',
    "w.kdl": (
        'name "w" // why\njob "a_{i}" {\n  command "x"\n  parameters {\n    i "1:3"\n  }\n}\n'
        'resource_requirements "r" {\n  num_cpus 3\n}\n'
    ),
    "w.json": '{"name": "w",\n "jobs": [{"name": "a_{i}", "command": "x", "priority": 3, "parameters": {"i": "1:3"}}]}\n',
}


def lines(page):
    return [line.one("code").text for line in page.one("pre", kind="source").find(kind="line") if line.find("code")]


@pytest.mark.parametrize("name", TEXTS)
def test_all_lines_in_the_colours_of_their_syntax(page_of, name):
    page = page_of(TEXTS[name], name=name)
    assert lines(page) == TEXTS[name].splitlines()
    code = page.one("pre", kind="source")
    assert [each.text for each in code.find("span", kind="p")] == ["{i}"]
    assert [each.text for each in code.find("span", kind="n")] == ["3"]
    assert "parameters" in [each.text.strip('"') for each in code.find("span", kind="k")]
    assert [each.text.strip("/# ") for each in code.find("span", kind="c")] == ([] if name == "w.json" else ["why"])


def test_what_cannot_be_seen_is_written_as_an_escape(page_of):
    spec = 'name: w\njobs:\n\t# tab\n  - {name: a, command: "x \u202e y\u2066"} # \u0007\n'
    shown = lines(page_of(spec))
    assert shown[2] == "\t# tab"
    assert shown[3] == '  - {name: a, command: "x \\u202e y\\u2066"} # \\x07'


def test_of_a_large_spec_what_is_spoken_of_is_shown(page_of):
    jobs = "".join(f"  - {{name: j{i}, command: x}}\n" for i in range(2100))
    page = page_of(f"name: w\njobs:\n{jobs}  - {{name: last, command: x, depends_on: [none]}}\n")
    source = page.one(id="source")
    numbers = [int(line["id"][1:]) for line in source.find(kind="line") if line.get("id")]
    assert numbers[:30] == list(range(1, 31))
    assert numbers[-1] == 2103
    assert len(numbers) < 300
    assert f"{2103 - len(numbers):,} lines that nothing above speaks of are left out" in source.words


def test_of_a_long_line_the_part_around_a_finding_is_shown(page_of):
    spec = '{"name": "w", "jobs": [' + ", ".join(f'{{"name": "j{i}", "command": "x"}}' for i in range(500))
    spec += ', {"name": "end", "command": "x", "depends_on": ["none"]}]}'
    line = page_of(spec, name="w.json").one(id="L1").one("code")
    assert line.one("mark").text == '"none"'
    assert len(line.text) < 500
    assert line.text.startswith("…")


def test_a_mark_over_several_lines(page_of):
    page = page_of("name: w\njobs:\n  - name: a\n    command: |\n      x | tee y\n      z &\n")
    assert all(isinstance(line, Element) for line in page.one("pre", kind="source").find(kind="line"))


@pytest.mark.parametrize("text", ["", "\n", "name: w", "name: w\r\njobs: []\r\n", "a\rb"])
def test_any_end_of_lines(page_of, text):
    page = page_of(text)
    assert len(page.one("pre", kind="source").find("code")) == max(1, len(text.splitlines()))
