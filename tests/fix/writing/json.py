"""Plain values written in JSON and in JSON5."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from tests.fix.writing.pen import Pen


@st.composite
def json_texts(draw: st.DrawFn, spec: dict) -> str:
    pen = Pen(draw, "//")
    pen.commented = False
    if pen.seldom(3):
        return pen.text(_Json5(pen, strict=True).value(spec, "").split("\n"))
    indent = draw(st.sampled_from([None, 0, 2, 4, "\t"]))
    separators = draw(st.sampled_from([None, (",", ":"), (", ", ": "), (" , ", " :\t")]))
    text = json.dumps(spec, indent=indent, separators=separators, ensure_ascii=draw(st.booleans()))
    return text.replace("\n", pen.newline) + draw(st.sampled_from(["", "\n", " \t"]))


@st.composite
def json5_texts(draw: st.DrawFn, spec: dict) -> str:
    pen = Pen(draw, "//")
    layout = _Json5(pen, strict=False)
    return pen.text([*pen.above(""), *layout.value(spec, "").split("\n"), *pen.above("")])


class _Json5:
    """`strict`: what JSON allows as well."""

    def __init__(self, pen: Pen, strict: bool) -> None:
        self.pen = pen
        self.strict = strict
        self.quote = '"' if strict else pen.one("", "", "'", '"')
        self.step = pen.one("  ", "    ", "\t")
        self.colon = pen.one(": ", ": ", ":", " : ", ":\t")
        self.comma = pen.one(", ", ", ", ",", " , ")
        self.one_line = pen.seldom(6)

    def key(self, name: str) -> str:
        if self.pen.is_so("escaped keys", 20):
            quote = self.quote or '"'
            return f"{quote}\\u{ord(name[0]):04x}{name[1:]}{quote}"
        return self.quote + name + self.quote

    def between(self) -> str:
        """A comment in the middle of a line, perhaps one of several lines."""
        if self.strict or not self.pen.commented or not self.pen.is_so("comments within", 3):
            return ""
        body = self.pen.comment().removeprefix("//").replace("*/", "")
        over = self.pen.one("", "", "\n")
        return f"/*{body}{over}*/ "

    def value(self, value: Any, indent: str) -> str:
        if isinstance(value, str):
            return self.between() + self.string(value)
        if not isinstance(value, (list, dict)):
            return json.dumps(value)
        return self.between() + self.within(value, indent)

    def within(self, value: Any, indent: str) -> str:
        pen = self.pen
        inner = indent + self.step
        if isinstance(value, list):
            marks, parts = "[]", [self.value(each, inner) for each in value]
        else:
            marks = "{}"
            parts = [f"{self.key(key)}{self.colon}{self.value(each, inner)}" for key, each in value.items()]
        last = "" if self.strict or not parts else pen.one("", "", ",", self.comma.rstrip())
        is_deep = any("\n" in part for part in parts)
        if not parts or self.one_line or not (is_deep or len(parts) > 5 or pen.seldom(2)):
            space = pen.one("", "", " ")
            return marks[0] + space + self.comma.join(parts) + last + space + marks[1]
        lines = [marks[0] + pen.end()]
        comes_first = pen.is_so("commas first", 10)
        for number, part in enumerate(parts):
            lines += pen.above(inner, indent, "")
            comma = last if number == len(parts) - 1 else "" if comes_first else self.comma.rstrip()
            lead = ", " if comes_first and number else ""
            lines.append(f"{inner}{lead}{part}{comma}{pen.end()}")
        return "\n".join([*lines, *pen.above(inner, indent), indent + marks[1]])

    def string(self, value: str) -> str:
        pen = self.pen
        double = json.dumps(value, ensure_ascii=pen.one(True, False))
        if self.strict:
            return double.replace("/", "\\/") if pen.is_so("escapes") else double
        single = "'" + double[1:-1].replace('\\"', '"').replace("'", "\\'") + "'"
        written = pen.one(double, single)
        if pen.is_so("escapes", 6) and value[:1].isalpha() and value.isascii():
            kind = pen.one(f"\\x{ord(value[0]):02x}", f"{value[0]}\\\n")
            written = f"{written[0]}{kind}{written[2:]}"
        return written
