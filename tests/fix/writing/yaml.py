"""Plain values written in YAML, in every style that comes to mind."""

from __future__ import annotations

import json
import re
from typing import Any

from hypothesis import strategies as st

from tests.fix.writing.pen import Pen

Written = tuple[str, list[str]]  # what stands on the line of the key or the dash, and the lines below

_PLAIN = re.compile(r"[A-Za-z_^/.][^\x00-\x1f]*")
_NO_STRING = {"true", "false", "null", "yes", "no", "on", "off", "y", "n", ".", ".inf", ".nan"}


@st.composite
def yaml_texts(draw: st.DrawFn, spec: dict) -> str:
    pen = Pen(draw)
    layout = _Yaml(pen)
    if pen.seldom(12):
        lines = [*pen.above("", "  "), *layout.flow(spec, "").split("\n")]
        lines[-1] += pen.end()
    else:
        lines = [line for key, value in spec.items() for line in (*pen.above(""), *layout.field(key, value, ""))]
    head = [*pen.above("")]
    if pen.seldom(5):
        head += [*pen.one([], [], ["%YAML 1.2"]), "---" + pen.end()]
    foot = pen.above("", "  ", "    ", "      ") if not layout.ends_in_block else pen.above("")
    if pen.seldom(6):
        foot += ["..." + pen.end(), *pen.above("")]
    return pen.text([*head, *lines, *foot])


class _Yaml:
    def __init__(self, pen: Pen) -> None:
        self.pen = pen
        self.indent = pen.one("", "  ", "    ", "   ")
        self.gap = pen.one(" ", " ", "   ")
        self.step = pen.one("  ", "    ", " ")
        self.list_indent = pen.one("", self.step)
        self.anchors: dict[str, str] = {}
        self.anchored = 0
        self.ends_in_block = False

    def key(self, key: str) -> str:
        pen = self.pen
        quote = pen.one('"', "'") if pen.is_so("quoted keys") else ""
        return f"{quote}{key}{quote}{' ' * pen.is_so('space before the colon', 10)}:"

    def field(self, key: str, value: Any, indent: str) -> list[str]:
        pen = self.pen
        if not isinstance(value, (list, dict)) and pen.is_so("explicit keys", 12):
            return [f"{indent}? {key}{pen.end()}", f"{indent}: {self.inline(value, indent)}{pen.end()}"]
        head, lines = self.value(value, indent, is_top=indent == "" and isinstance(value, list))
        return [f"{indent}{self.key(key)}{head}", *lines]

    def value(self, value: Any, indent: str, is_top: bool = False, spaces: tuple[str, ...] = ("  ", "\t")) -> Written:
        """`value` behind a key, or a dash, that stands at `indent`."""
        pen = self.pen
        name = json.dumps(value, sort_keys=True)
        space = pen.one(*spaces) if pen.is_so("wide") else " "
        if name in self.anchors and pen.seldom(2):
            return f"{space}*{self.anchors[name]}{pen.end()}", []
        anchor = ""
        if not is_top and not isinstance(value, (int, bool)) and pen.is_so("anchors"):
            self.anchored += 1
            anchor = f"{space}&a{self.anchored}"
        head, lines = self.body(value, indent, is_top, space)
        if anchor:
            self.anchors[name] = anchor.strip(" \t&")
        return anchor + head, lines

    def body(self, value: Any, indent: str, is_top: bool, space: str) -> Written:
        pen = self.pen
        self.ends_in_block = False
        if isinstance(value, list) and value and not pen.seldom(4 if is_top else 2):
            own = self.indent if is_top else indent + self.list_indent
            return pen.end(), [line for each in value for line in (*pen.above(own), *self.item(each, own))]
        if isinstance(value, dict) and not pen.seldom(2):
            own = indent + self.step
            return pen.end(), [
                line for key, each in value.items() for line in (*self.between(own), *self.field(key, each, own))
            ]
        if isinstance(value, str) and pen.seldom(3):
            return self.over_lines(value, indent, space)
        if pen.is_so("values on the next line", 8):
            return pen.end(), [f"{indent}  {self.inline(value, indent + '  ')}{pen.end()}"]
        return f"{space}{self.inline(value, indent)}{pen.end()}", []

    def between(self, indent: str) -> list[str]:
        return self.pen.above(indent) if self.pen.is_so("comments between fields") else []

    def item(self, item: Any, indent: str) -> list[str]:
        pen = self.pen
        if not isinstance(item, dict) or not item or pen.seldom(3):
            if isinstance(item, (dict, list)):
                return [f"{indent}-{self.gap}{self.flow(item, indent)}{pen.end()}"]
            head, lines = self.value(item, indent, spaces=("  ", self.gap))
            return [f"{indent}-{head.expandtabs(1)}", *lines]
        inner = indent + " " * (1 + len(self.gap))
        fields = [line for key, each in item.items() for line in (*self.between(inner), *self.field(key, each, inner))]
        first = fields[0]
        if pen.is_so("dashes alone", 6) or first.strip()[:1] in ("", "#"):
            return [f"{indent}-{pen.end().expandtabs(1)}", *fields]
        return [f"{indent}-{self.gap}{first[len(inner) :]}", *fields[1:]]

    def inline(self, value: Any, indent: str) -> str:
        """`value` as part of a line, which may go on below."""
        if isinstance(value, str):
            return self.string(value, in_flow=False)
        if isinstance(value, (list, dict)):
            return self.flow(value, indent)
        return json.dumps(value)

    def string(self, value: str, in_flow: bool) -> str:
        pen = self.pen
        kinds = [self.double(value)]
        if "\n" not in value:
            kinds.append("'" + value.replace("'", "''") + "'")
        if is_plain(value, in_flow):
            kinds += [value, value]
        return ("!!str " if pen.is_so("tags", 10) else "") + pen.one(*kinds)

    def double(self, value: str) -> str:
        written = json.dumps(value, ensure_ascii=self.pen.one(True, False))
        if self.pen.is_so("escapes", 8) and value[:1].isalpha() and value.isascii():
            return f'"\\x{ord(value[0]):02x}{written[2:]}'
        return written

    def over_lines(self, value: str, indent: str, space: str) -> Written:
        """A string that takes several lines, or could."""
        pen = self.pen
        inner = indent + self.step
        words = value.split(" ")
        folds = (
            len(words) > 1 and "\n" not in value and all(word and word[0] not in "#-?:&*!|>%@`" for word in words[1:])
        )
        kinds = []
        if value.strip() == value.rstrip("\n") and value.strip():
            kinds += ["|", ">"] if "\n" not in value else ["|"]
        if folds:
            kinds += ["double", "single"] + ["plain"] * is_plain(value, False)
        if not kinds or value.endswith("\n\n"):
            return f"{space}{self.double(value)}{pen.end()}", []
        kind = pen.one(*kinds)
        if kind in "|>":
            size = str(len(self.step)) if pen.seldom(4) else ""
            chomp = "" if value.endswith("\n") else "-"
            self.ends_in_block = True
            body = [inner + line if line else "" for line in value.removesuffix("\n").split("\n")]
            return f"{space}{kind}{size}{chomp}{pen.end()}", body
        whole = {"double": self.double, "single": lambda text: "'" + text.replace("'", "''") + "'", "plain": str}[kind](
            value
        )
        first, _, rest = whole.partition(" ")
        return f"{space}{first}", [f"{inner}{rest}{pen.end()}"]

    def flow(self, value: Any, indent: str) -> str:
        """In brackets or braces, on one line or on several: those are indented deeper than `indent`."""
        pen = self.pen
        if isinstance(value, str):
            return self.string(value, in_flow=True)
        if not isinstance(value, (list, dict)):
            return json.dumps(value)
        marks = "[]" if isinstance(value, list) else "{}"
        inner = indent + pen.one("  ", "    ")
        if isinstance(value, list):
            parts = [self.flow(each, inner) for each in value]
        else:
            quote = pen.one("", "", '"', "'")
            parts = [f"{quote}{key}{quote}: {self.flow(each, inner)}" for key, each in value.items()]
        last = pen.one("", "", ",") if parts else ""
        if not parts or not (pen.is_so("flow over lines") or any("\n" in part for part in parts)):
            space = pen.one("", "", " ")
            return marks[0] + space + pen.one(", ", ", ", ",", " , ").join(parts) + last + space + marks[1]
        lines = [marks[0] + pen.end()]
        for number, part in enumerate(parts):
            lines += pen.above(inner)
            comma = "," if number < len(parts) - 1 else last
            lines.append(f"{inner}{part}{comma}{pen.end()}")
        closing = indent + (" " if indent or isinstance(value, dict) else "")
        return "\n".join([*lines, *pen.above(inner), f"{closing}{marks[1]}"])


def is_plain(value: str, in_flow: bool) -> bool:
    """Whether `value` may stand without quotes, for every reader of YAML."""
    if not _PLAIN.fullmatch(value) or value.lower() in _NO_STRING or value != value.strip():
        return False
    if in_flow and any(mark in value for mark in ",[]{}"):
        return False
    return ": " not in value and " #" not in value and not value.endswith(":") and not re.fullmatch(r"[.\d]+", value)
