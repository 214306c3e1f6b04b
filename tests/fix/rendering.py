"""Plain values written in YAML, JSON, JSON5 and KDL, in styles and with comments drawn at random."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

EACH = {"output_files": "output_file", "input_files": "input_file", "commands": "command"}
COMMENTS = ["# one", "#two\tthree", "# ünïcode ✓", "# - name: no item", "#", "# 'quote\""]


class Pen:
    """Draws the choices of a style, some for the whole text and some for each place."""

    def __init__(self, draw: st.DrawFn, comment: str = "#") -> None:
        self.draw = draw
        self.comment_mark = comment
        self.newline = draw(st.sampled_from(["\n", "\n", "\r\n"]))
        self.commented = draw(st.booleans())
        self.spaced = draw(st.booleans())

    def one(self, *choices: Any) -> Any:
        return self.draw(st.sampled_from(choices))

    def comment(self) -> str:
        return self.one(*COMMENTS).replace("#", self.comment_mark, 1)

    def end(self) -> str:
        """The end of a line, perhaps with a comment."""
        return f" {self.comment()}" if self.commented and self.one(True, False, False) else ""

    def above(self, indent: str) -> list[str]:
        """Lines between two items."""
        lines = [""] if self.spaced else []
        while self.commented and self.one(True, False):
            lines.append(self.one(indent, indent, indent + "  ", "") + self.comment())
        return lines

    def text(self, lines: list[str]) -> str:
        return self.newline.join(lines) + self.one(self.newline, self.newline, "")


@st.composite
def yaml_texts(draw: st.DrawFn, spec: dict) -> str:
    pen = Pen(draw)
    layout = _Yaml(pen)
    lines = pen.above("")
    for field, value in spec.items():
        if not isinstance(value, list):
            lines.append(f"{field}: {layout.value(value)}{pen.end()}")
        elif pen.one(True, True, True, False):
            lines += [f"{field}:{pen.end()}", *layout.items(value)]
        else:
            lines += layout.flow_items(field, value)
    return pen.text(lines)


class _Yaml:
    def __init__(self, pen: Pen) -> None:
        self.pen = pen
        self.indent = pen.one("", "  ", "    ")
        self.gap = pen.one(" ", " ", "   ")
        self.list_indent = pen.one("", "  ")

    def string(self, value: str) -> str:
        kinds = [json.dumps(value, ensure_ascii=False), "'" + value.replace("'", "''") + "'"]
        if value.replace("_", "").isalnum() and not value.isdigit() and value != "true":
            kinds.append(value)
        return self.pen.one(*kinds)

    def value(self, value: Any) -> str:
        if isinstance(value, str):
            return self.string(value)
        if isinstance(value, list):
            return "[" + ", ".join(map(self.value, value)) + "]"
        if isinstance(value, dict):
            return "{" + ", ".join(f"{key}: {self.value(each)}" for key, each in value.items()) + "}"
        return json.dumps(value)

    def items(self, items: list[dict]) -> list[str]:
        pen = self.pen
        lines: list[str] = []
        for item in items:
            lines += pen.above(self.indent)
            if pen.one(True, False, False):
                lines.append(f"{self.indent}- {self.value(item)}{pen.end()}")
                continue
            body = [line for field, value in item.items() for line in self.field(field, value)]
            inner = self.indent + " " * (1 + len(self.gap))
            lines.append(f"{self.indent}-{self.gap}{body[0]}")
            lines += [inner + line if line else "" for line in body[1:]]
        return lines

    def field(self, field: str, value: Any) -> list[str]:
        pen = self.pen
        if isinstance(value, list) and pen.one(True, False):
            return [f"{field}:{pen.end()}", *(f"{self.list_indent}- {self.value(each)}{pen.end()}" for each in value)]
        if isinstance(value, dict) and pen.one(True, False):
            return [f"{field}:{pen.end()}", *(f"  {key}: {self.value(each)}{pen.end()}" for key, each in value.items())]
        if field == "command" and pen.one(True, False, False):
            return [f"{field}: |-{pen.end()}", f"  {value}"]
        return [f"{field}: {self.value(value)}{pen.end()}"]

    def flow_items(self, field: str, items: list[dict]) -> list[str]:
        pen = self.pen
        if pen.one(True, False):
            return [f"{field}: [{', '.join(map(self.value, items))}]{pen.end()}"]
        lines = [f"{field}: [{pen.end()}"]
        for item in items:
            lines += pen.above("  ")
            if pen.one(True, False):
                lines.append(f"  {self.value(item)},{pen.end()}")
                continue
            lines += ["  {", *(f"    {key}: {self.value(each)},{pen.end()}" for key, each in item.items()), "  },"]
        return [*lines, "]"]


@st.composite
def json_texts(draw: st.DrawFn, spec: dict) -> str:
    indent = draw(st.sampled_from([None, 0, 2, 4, "\t"]))
    separators = draw(st.sampled_from([None, (",", ":"), (", ", ": ")]))
    text = json.dumps(spec, indent=indent, separators=separators, ensure_ascii=draw(st.booleans()))
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"]))) + draw(st.sampled_from(["", "\n"]))


@st.composite
def json5_texts(draw: st.DrawFn, spec: dict) -> str:
    pen = Pen(draw, "//")
    layout = _Json5(pen)
    lines = ["{"]
    for field, value in spec.items():
        if not isinstance(value, list):
            lines.append(f"  {layout.key(field)}: {layout.value(value)},{pen.end()}")
            continue
        lines.append(f"  {layout.key(field)}: [{pen.end()}")
        for item in value:
            lines += [*pen.above("    "), *layout.item(item)]
        lines.append("  ],")
    return pen.text([*lines, "}"])


class _Json5:
    def __init__(self, pen: Pen) -> None:
        self.pen = pen
        self.quote = pen.one("", "", "'", '"')

    def key(self, name: str) -> str:
        return self.quote + name + self.quote

    def value(self, value: Any) -> str:
        if isinstance(value, str) and self.pen.one(True, False):
            return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
        if isinstance(value, list):
            return "[" + ", ".join(map(self.value, value)) + self.pen.one("]", ",]")
        if isinstance(value, dict):
            return "{" + ", ".join(f"{self.key(key)}: {self.value(each)}" for key, each in value.items()) + "}"
        return json.dumps(value, ensure_ascii=False)

    def item(self, item: dict) -> list[str]:
        pen = self.pen
        if pen.one(True, False):
            return [f"    {pen.one('', '', '/* here */ ')}{self.value(item)},{pen.end()}"]
        fields = [f"      {self.key(key)}: {self.value(each)},{pen.end()}" for key, each in item.items()]
        return ["    {" + pen.end(), *fields, "    }" + pen.one(",", ",", " ,") + pen.end()]


@st.composite
def kdl_texts(draw: st.DrawFn, spec: dict) -> str:
    pen = Pen(draw, "//")
    layout = _Kdl(pen)
    lines = pen.above("")
    for field, value in spec.items():
        if not isinstance(value, list):
            lines += [child + pen.end() for child in layout.children(field, value)]
            continue
        for item in value:
            lines += [
                *pen.above(""),
                *layout.item(field.removesuffix("s") if field != "resource_requirements" else field, item),
            ]
    return pen.text(lines)


class _Kdl:
    def __init__(self, pen: Pen) -> None:
        self.pen = pen
        self.indent = pen.one("  ", "    ", "\t")

    def value(self, value: Any) -> str:
        if value is True or value is False:
            return "#true" if value else "#false"
        if not isinstance(value, str):
            return str(value)
        kinds = [json.dumps(value, ensure_ascii=False)]
        if '"' not in value:
            kinds.append(f'#"{value}"#')
        if value.replace("_", "").isalpha() and value != "true":
            kinds.append(value)
        return self.pen.one(*kinds)

    def item(self, word: str, item: dict) -> list[str]:
        pen = self.pen
        fields = dict(item)
        head = f"{word} {self.value(fields.pop('name'))}" if "name" in fields else word
        children = [child for field, value in fields.items() for child in self.children(field, value)]
        if pen.one(True, False):
            return [f"{head} {{ {'; '.join(children)}{pen.one('', ';')} }}{pen.end()}"]
        return [f"{head} {{{pen.end()}", *(f"{self.indent}{child}{pen.end()}" for child in children), "}" + pen.end()]

    def children(self, field: str, value: Any) -> list[str]:
        if field in ("labels", "use_parameters"):
            return [" ".join((field, *map(self.value, value)))]
        if isinstance(value, list):
            return [f"{EACH.get(field, field)} {self.value(each)}" for each in value]
        if isinstance(value, dict):
            return [f"{field} {{ {'; '.join(f'{key} {self.value(each)}' for key, each in value.items())} }}"]
        return [f"{field} {self.value(value)}"]
