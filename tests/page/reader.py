"""A reader of HTML for tests: elements with their attributes and texts, and refusing what does not nest."""

from html.parser import HTMLParser
from itertools import pairwise

VOID = {"meta", "link", "br", "hr", "img", "input", "col", "wbr"}
APART = {"p", "li", "tr", "td", "th", "dt", "dd", "div", "h1", "h2", "h3", "h4", "caption", "title"}


class Element:
    def __init__(self, tag, attributes, parent):
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children = []

    def __getitem__(self, name):
        return self.attributes[name]

    def get(self, name):
        return self.attributes.get(name)

    @property
    def classes(self):
        return (self.get("class") or "").split()

    @property
    def all(self):
        """The element and all elements in it, in the order of the text."""
        return [self, *(each for child in self.children if isinstance(child, Element) for each in child.all)]

    @property
    def above(self):
        """The elements that it is in, from the inside."""
        return [self.parent, *self.parent.above] if self.parent is not None else []

    @property
    def text(self):
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def words(self):
        """The text as it is read, with single blanks, also between cells and paragraphs."""
        return " ".join(self._spaced.split())

    @property
    def _spaced(self):
        text = "".join(child if isinstance(child, str) else child._spaced for child in self.children)
        return f" {text} " if self.tag in APART else text

    def find(self, tag="", kind="", **attributes):
        """All elements in it with this tag, this class and these attributes."""
        return [
            each
            for each in self.all
            if (not tag or each.tag == tag)
            and (not kind or kind in each.classes)
            and all(each.get(name.replace("_", "-")) == value for name, value in attributes.items())
        ]

    def one(self, tag="", kind="", **attributes):
        (found,) = self.find(tag, kind, **attributes)
        return found

    @property
    def rows(self):
        """The cells of a table's body, as texts."""
        return [
            [cell.words for cell in row.children if isinstance(cell, Element)] for row in self.one("tbody").find("tr")
        ]


class _Reader(HTMLParser):
    def __init__(self):
        super().__init__()
        self.root = Element("", {}, None)
        self._place = self.root

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice: {tag} {attrs}"
        element = Element(tag, dict(attrs), self._place)
        self._place.children.append(element)
        if tag not in VOID:
            self._place = element

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag):
        assert self._place.tag == tag, f"</{tag}> where </{self._place.tag}> was due: {self.getpos()}"
        self._place = self._place.parent

    def handle_data(self, data):
        self._place.children.append(data)


def read(text):
    """The page as its element `html`."""
    reader = _Reader()
    reader.feed(text)
    reader.close()
    assert reader._place is reader.root, f"<{reader._place.tag}> is not closed"
    return reader.root.one("html")


def assert_sound(page):
    """What holds for every page: ids once, links that lead somewhere, nothing from elsewhere, and names for what is shown."""
    ids = [each["id"] for each in page.all if each.get("id") is not None]
    assert len(ids) == len(set(ids)), sorted(id for id in ids if ids.count(id) > 1)
    for each in page.all:
        for name in ("aria-labelledby", "aria-describedby", "aria-controls", "for"):
            assert set((each.get(name) or "").split()) <= set(ids), each[name]
        href = each.get("href")
        if href is not None and href.startswith("#"):
            assert href[1:] in ids, href
        assert each.get("src") is None
        assert not any(name.startswith("on") for name in each.attributes)
        assert each.get("style") is None or "url" not in each["style"]
    for table in page.find("table"):
        assert table.one("caption").words
        assert all(cell.get("scope") in ("col", "row") for cell in table.find("th"))
    for picture in page.find("svg"):
        if picture.get("aria-hidden") != "true" and not any(each.tag == "svg" for each in picture.above):
            assert picture.get("role") in ("img", "group", "graphics-document")
            assert picture.get("aria-labelledby") or picture.get("aria-label") or picture.find("title")
    levels = [int(each.tag[1]) for each in page.all if each.tag in ("h1", "h2", "h3", "h4", "h5")]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(deeper <= level + 1 for level, deeper in pairwise(levels))
