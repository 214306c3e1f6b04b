"""Any name comes through each format as it is: what is written is read back by a parser of that format."""

import re
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from torclint.graph.clauses import JOBS
from torclint.report.cells import visible, width
from torclint.report.diagram import dot, lanes, mermaid, svg
from torclint.report.diagram.boxes import Box, Link
from torclint.report.diagram.picture import Picture
from torclint.report.terminal import Terminal

KINDS = ["stage", "barrier", "file", "user data"]
TRICKY = [
    'a"b',
    "a\\",
    "\\n",
    "\\N",
    "&lt;",
    "<b>",
    "#35;",
    "$$x$$",
    "%%{init}%%",
    "`x`",
    "1. a",
    "_a_",
    "end",
    "a|b",
    "]]>",
    "-->",
    "fa:fa-ban",
]

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30) | st.sampled_from(TRICKY)
names = st.lists(texts.map(visible), min_size=1, max_size=6)


def picture(titles: list[str]) -> Picture:
    boxes = tuple(
        Box(KINDS[number % 4], title, number + 1, 1, 1, (JOBS, number)) for number, title in enumerate(titles)
    )
    links = tuple(
        Link(number, number + 1, 10 ** (number + 2), (10, 10 ** (number + 1))) for number in range(len(titles) - 1)
    )
    return Picture(titles[0], "5 dependencies", "2 jobs", boxes, links, tuple(range(len(titles))), (titles[-1],))


@given(names)
def test_svg(titles):
    root = ElementTree.fromstring("\n".join(svg.render([picture(titles)] * 2, ["Before", "After"])))
    space = {"s": "http://www.w3.org/2000/svg"}
    told = [each.text.rsplit(", ", 2)[0] for each in root.iterfind(".//s:g/s:title", space)]
    assert told == [title.replace("\ufffe", "\\ufffe").replace("\uffff", "\\uffff") for title in titles] * 2
    assert not re.search(r"https?://(?!www\.w3\.org)", ElementTree.tostring(root, "unicode").replace(str(titles), ""))


@given(names)
def test_dot(titles):
    read = Dot("\n".join(dot.render([picture(titles)], [""])))
    assert [label.split("\n")[0] for label in read.boxes.values()] == titles
    assert len(read.links) == len(titles) - 1
    assert read.clusters == []


class Dot:
    """As much of the language of Graphviz as is written: a digraph of statements, and subgraphs in it."""

    _TOKEN = re.compile(r'\s*(?:("(?:[^"\\]|\\.)*")|(->|[{}\[\]=,])|([A-Za-z_]\w*|[\d.]+))', re.DOTALL)

    def __init__(self, text: str) -> None:
        self.boxes: dict[str, str] = {}
        self.links: list[tuple[str, str]] = []
        self.clusters: list[str] = []
        self._tokens = [found[1] or found[2] or found[3] for found in self._TOKEN.finditer(text)]
        assert "".join(self._tokens) == re.sub(r'("(?:[^"\\]|\\.)*")|\s', lambda each: each[1] or "", text)
        assert self._next() == "digraph"
        self._next()
        self._statements()
        assert not self._tokens

    def _next(self) -> str:
        return self._tokens.pop(0)

    def _statements(self) -> None:
        assert self._next() == "{"
        while (word := self._next()) != "}":
            if word == "subgraph":
                self.clusters.append(self._next())
                self._statements()
            elif self._tokens[0] == "=":
                self._next()
                self._next()
            elif self._tokens[0] == "->":
                self._next()
                self.links.append((word, self._next()))
                self._attributes()
            else:
                attributes = self._attributes()
                if word not in ("graph", "node", "edge"):
                    self.boxes[word] = shown_by_graphviz(attributes["label"])

    def _attributes(self) -> dict[str, str]:
        assert self._next() == "["
        found = {}
        while True:
            name, equals, value, end = (self._next() for _ in range(4))
            assert equals == "="
            found[name] = value
            if end == "]":
                return found
            assert end == ","


def shown_by_graphviz(written: str) -> str:
    """The text of a quoted label: `\\n` is a new line, any other character behind a backslash is itself."""
    text = re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], written[1:-1], flags=re.DOTALL)
    return text.replace("&amp;", "&")


@given(texts.map(visible))
def test_text_in_dot_stands_for_itself(text):
    written = dot.quoted(text)
    assert re.fullmatch(r'"(?:[^"\\]|\\["\\])*"', written, re.DOTALL)
    assert shown_by_graphviz(written) == text
    assert "&" not in written.replace("&amp;", "")


@given(names)
def test_mermaid(titles):
    written = "\n".join(mermaid.render([picture(titles)], [""]))
    found = re.findall(r'^  a\d+[(\[/]+"([^"\n]*)"[)\]/]+(?::::\w+)?$', written, re.MULTILINE)
    assert [read_back(label.split("<br/>")[0]) for label in found] == titles
    assert written.count(" -->") == len(titles) - 1


@given(texts.map(visible))
def test_text_in_mermaid_has_no_mark_that_means_something_to_it(text):
    written = mermaid.text(text)
    assert not re.search(r"[^\w\s,:(){}×=#;-]", written)
    assert not re.search(r"#(?!\d+;)", written)
    assert "$$" not in re.sub(r"#36;", "$", written)
    assert "\\n" not in written.replace("#92;", "\\")
    assert "fa:fa-" not in written
    assert read_back(written) == text.replace("\u200b", "")


def read_back(label: str) -> str:
    return re.sub(r"#(\d+);", lambda found: chr(int(found[1])), label).replace("\u200b", "")


@given(names)
def test_lines_in_a_terminal_are_no_wider_than_it(titles):
    lines = list(lanes.render([picture(titles)], [""], Terminal(80)))
    body = lines[lines.index("") + 1 : -2]
    assert sum(line.startswith(("●", "◆", "▫", "○")) for line in body) == len(titles)
    assert all(width(line) <= 80 for line in body)


def test_links_are_coloured_by_what_they_cost():
    shown = picture(["a", "b", "c", "d", "e"])  # 100, 1,000, 10,000 and 100,000 dependencies
    assert [link.cost for link in shown.links] == [0, 0, 1, 2]
    assert "  linkStyle 2 stroke:#c46a00" in "\n".join(mermaid.render([shown], [""]))
    assert 'class="line heavy"' in "\n".join(svg.render([shown], [""]))


def test_a_second_picture_is_another_subgraph():
    written = list(mermaid.render([picture(["a"]), picture(["b"])], ["Before", "After"]))
    assert [line for line in written if "subgraph" in line] == [
        '  subgraph a["Before: 5 dependencies"]',
        '  subgraph b["After: 5 dependencies"]',
    ]
    read = Dot("\n".join(dot.render([picture(["a"]), picture(["b"])], ["Before", "After"])))
    assert read.clusters == ["cluster_a", "cluster_b"]
    assert read.boxes == {"a0": "a\n1 job", "b0": "b\n1 job"}
