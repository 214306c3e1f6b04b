"""Plain values written in KDL."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import strategies as st

from tests.fix.writing.pen import Pen

_EACH = {"output_files": "output_file", "input_files": "input_file", "commands": "command"}
_NODE_OF = {"jobs": "job", "files": "file", "actions": "action", "resource_requirements": "resource_requirements"}
_BARE = {"true", "false", "null", "inf", "nan"}


@st.composite
def kdl_texts(draw: st.DrawFn, spec: dict) -> str:
    pen = Pen(draw, "//")
    layout = _Kdl(pen)
    lines = pen.above("")
    for field, value in spec.items():
        if not isinstance(value, list):
            written = (child + layout.stop() + pen.end() for child in layout.children(field, value))
            lines += [*layout.out("", "name zz"), *written]
            continue
        for item in value:
            lines += [*pen.above(""), *layout.out("", 'job "zz" { command x }'), *layout.item(_NODE_OF[field], item)]
    return pen.text([*lines, *pen.above("")])


class _Kdl:
    def __init__(self, pen: Pen) -> None:
        self.pen = pen
        self.indent = pen.one("  ", "    ", "\t")

    def word(self, name: str) -> str:
        """The name of a node or child, perhaps with a type before it or in quotes."""
        pen = self.pen
        kind = "(t)" if pen.is_so("types", 6) else ""
        return kind + (f'"{name}"' if pen.is_so("quoted names", 6) else name)

    def stop(self) -> str:
        return ";" if self.pen.is_so("semicolons", 4) else ""

    def out(self, indent: str, node: str) -> list[str]:
        """A node that is taken out by `/-`."""
        return [f"{indent}/-{self.pen.one('', ' ')}{node}"] if self.pen.is_so("slashdash", 5) else []

    def value(self, value: Any) -> str:
        pen = self.pen
        kind = "(u8)" if pen.is_so("types", 6) else ""
        if value is True or value is False:
            return kind + ("#true" if value else "#false")
        if not isinstance(value, str):
            return kind + str(value)
        kinds = [self.quoted(value)]
        if '"' not in value and "\n" not in value:
            kinds.append(f'#"{value}"#')
        if '"##' not in value and "\n" not in value:
            kinds.append(f'##"{value}"##')
        if value.replace("_", "").isalpha() and value not in _BARE:
            kinds += [value, value]
        return kind + pen.one(*kinds)

    def quoted(self, value: str) -> str:
        written = json.dumps(value, ensure_ascii=False)
        if self.pen.is_so("escapes", 6) and value[:1].isalpha() and value.isascii():
            kind = self.pen.one(f"\\u{{{ord(value[0]):x}}}", f"{value[0]}\\\n   ", f"{value[0]}\\   ")
            if value[1:2] not in " ":
                return f'"{kind}{written[2:]}'
        return written

    def gap(self) -> str:
        """What stands between a name and its value."""
        pen = self.pen
        if pen.is_so("escaped newlines", 6):
            return f" \\{pen.end()}\n      "
        if pen.commented and pen.is_so("comments within", 5):
            return f" /*{pen.comment().removeprefix('//')} /* in */ */ "
        return " "

    def item(self, word: str, item: dict) -> list[str]:
        pen = self.pen
        fields = dict(item)
        head = self.word(word)
        if "name" in fields:
            prop = "name=" if pen.is_so("names as properties", 8) else ""
            head += f"{self.gap()}{prop}{self.value(fields.pop('name'))}"
        children = [child for field, value in fields.items() for child in self.children(field, value)]
        if not children:
            return [head + self.stop() + pen.end()]
        space = pen.one(" ", " ", "")
        if pen.seldom(3):
            inner = pen.one("; ", "; ", ";", " ; ").join(children)
            return [f"{head}{space}{{{space}{inner}{pen.one('', ';')}{space}}}{self.stop()}{pen.end()}"]
        lines = [f"{head}{space}{{{pen.end()}"]
        for child in children:
            lines += pen.above(self.indent, "") if pen.is_so("comments between fields") else []
            lines += [*self.out(self.indent, 'depends_on "zz"'), f"{self.indent}{child}{self.stop()}{pen.end()}"]
        return [*lines, *pen.above(self.indent), "}" + self.stop() + pen.end()]

    def children(self, field: str, value: Any) -> list[str]:
        if field in ("labels", "use_parameters"):
            return [self.word(field) + "".join(f"{self.gap()}{self.value(each)}" for each in value)]
        if isinstance(value, list):
            return [f"{self.word(_EACH.get(field, field))}{self.gap()}{self.value(each)}" for each in value]
        if isinstance(value, dict):
            inner = "; ".join(f"{key} {self.value(each)}" for key, each in value.items())
            return [f"{self.word(field)} {{ {inner}{self.pen.one('', ';')} }}"]
        out = f" /-{self.value('zz')}" if self.pen.is_so("slashdash", 5) and field != "command" else ""
        return [f"{self.word(field)}{out}{self.gap()}{self.value(value)}"]
