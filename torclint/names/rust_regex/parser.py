"""Reads a pattern into its syntax tree, or says why the regex crate would not (regex-syntax 0.8.11, ast/parse.rs).

Nothing here recurses, so the depth of a pattern is bounded by the crate's own nest limit and not by Python's stack.
"""

from __future__ import annotations

import re

from torclint.names.rust_regex.bracket_parser import parse_bracketed
from torclint.names.rust_regex.errors import RegexError
from torclint.names.rust_regex.escapes import parse_escape
from torclint.names.rust_regex.nesting import check_nesting
from torclint.names.rust_regex.scanner import Scanner
from torclint.names.rust_regex.syntax_tree import (
    END_LINE,
    START_LINE,
    Alternation,
    Assertion,
    Concat,
    Dot,
    Empty,
    Group,
    Literal,
    Node,
    Repetition,
    SetFlags,
)

_PLAIN_RUN = re.compile(r"[^\\.^$|()\[{?*+]+")
_LOOK_AROUND = ("?=", "?!", "?<=", "?<!")
_FLAGS = "imsUuRx"
_UNCOUNTED: dict[str, tuple[int, int | None]] = {"?": (0, 1), "*": (0, None), "+": (1, None)}
_MISSING = "repetition operator missing expression"
_UNCLOSED_COUNT = "unclosed counted repetition"


def parse(pattern: str) -> Node:
    """The tree of a pattern; raises RegexError."""
    return _Parser(pattern).parse()


class _Frame:
    """A group that is still open (the pattern itself at the bottom): finished branches, and the branch being read."""

    __slots__ = ("branch", "branch_start", "branches", "group", "skips_space", "start")

    def __init__(self, group: Group | None, start: int, skips_space: bool) -> None:
        self.group = group
        self.start = start
        self.branch_start = start
        self.branches: list[Node] = []
        self.branch: list[Node] = []
        self.skips_space = skips_space

    def end_branch(self, offset: int) -> None:
        self.branches.append(_joined(self.branch, self.branch_start, offset))
        self.branch = []
        self.branch_start = offset + 1

    def finish(self, offset: int) -> Node:
        self.end_branch(offset)
        if len(self.branches) == 1:
            return self.branches[0]
        return Alternation(self.start, offset, self.branches)


def _joined(items: list[Node], start: int, end: int) -> Node:
    if not items:
        return Empty(start, end)
    return items[0] if len(items) == 1 else Concat(start, end, items)


class _Parser(Scanner):
    __slots__ = ("capture_count", "frames", "names")

    def __init__(self, pattern: str) -> None:
        super().__init__(pattern)
        self.frames = [_Frame(None, 0, False)]
        self.capture_count = 0
        self.names: set[str] = set()

    def parse(self) -> Node:
        pattern, length = self.pattern, self.length
        while True:
            if self.skips_space:
                self.skip_space()
            else:
                run = _PLAIN_RUN.match(pattern, self.offset)
                if run is not None:
                    self.frames[-1].branch.append(Literal(run.start(), run.end(), run[0]))
                    self.offset = run.end()
            if self.offset >= length:
                break
            self.parse_one(pattern[self.offset])
        if len(self.frames) > 1:
            group = self.frames[-1].group
            assert group is not None
            self.fail("unclosed group", group.start, group.end)
        tree = self.frames[0].finish(self.offset)
        check_nesting(pattern, tree)
        return tree

    def parse_one(self, char: str) -> None:
        start = self.offset
        branch = self.frames[-1].branch
        if char == "(":
            self.open_group()
        elif char == ")":
            self.close_group()
        elif char == "|":
            self.frames[-1].end_branch(start)
            self.offset += 1
        elif char == "[":
            branch.append(parse_bracketed(self))
        elif char == "\\":
            branch.append(parse_escape(self))
        elif char in _UNCOUNTED:
            body = self.repeated_node()
            self.offset += 1
            self.repeat(body, *_UNCOUNTED[char])
        elif char == "{":
            self.parse_counted()
        else:
            self.offset += 1
            if char == ".":
                branch.append(Dot(start, start + 1))
            elif char == "^":
                branch.append(Assertion(start, start + 1, START_LINE))
            elif char == "$":
                branch.append(Assertion(start, start + 1, END_LINE))
            else:
                branch.append(Literal(start, start + 1, char))

    # Repetitions

    def repeated_node(self) -> Node:
        """Takes what the operator here applies to off the branch."""
        branch = self.frames[-1].branch
        if not branch or isinstance(branch[-1], SetFlags):
            self.fail(_MISSING, self.offset, self.offset)
        body = branch.pop()
        if not isinstance(body, Literal) or len(body.text) == 1:
            return body
        cut = body.end - 1
        branch.append(Literal(body.start, cut, body.text[:-1]))
        return Literal(cut, body.end, body.text[-1])

    def repeat(self, body: Node, least: int, most: int | None) -> None:
        greedy = not self.bump_if("?")
        self.frames[-1].branch.append(Repetition(body.start, self.offset, body, least, most, greedy))

    def parse_counted(self) -> None:
        start = self.offset
        body = self.repeated_node()
        if not self.bump_and_skip():
            self.fail(_UNCLOSED_COUNT, start, self.offset)
        least, most = self.parse_counts(start)
        if self.char != "}":
            self.fail(_UNCLOSED_COUNT, start, self.offset)
        self.bump_and_skip()
        if most is not None and least > most:
            self.bump_if("?")
            self.fail("invalid repetition count range, the start must be <= the end", start, self.offset)
        self.repeat(body, least, most)

    def parse_counts(self, start: int) -> tuple[int, int | None]:
        # The crate looks at what follows the first number before it minds that the number is wrong.
        problem: RegexError | None = None
        least = 0
        try:
            least = self.decimal()
        except RegexError as error:
            problem = error
        if self.at_end:
            self.fail(_UNCLOSED_COUNT, start, self.offset)
        most: int | None = least
        if self.char == ",":
            if not self.bump_and_skip():
                self.fail(_UNCLOSED_COUNT, start, self.offset)
            most = None
            if self.char != "}" and problem is None:
                most = self.decimal()
        if problem is not None:
            raise problem
        return least, most

    # Groups

    def open_group(self) -> None:
        start = self.offset
        self.offset += 1
        self.skip_space()
        for prefix in _LOOK_AROUND:
            if self.bump_if(prefix):
                message = "look-around, including look-ahead and look-behind, is not supported"
                self.fail(message, start, self.offset)
        inner = self.offset
        flags: dict[str, bool] = {}
        index, name = 0, ""
        if self.bump_if("?P<") or self.bump_if("?<"):
            self.capture_count += 1
            index, name = self.capture_count, self.parse_capture_name()
        elif self.bump_if("?"):
            if self.at_end:
                self.fail("unclosed group", start, start + 1)
            flags = self.parse_flags()
            closes = self.char == ")"
            self.offset += 1
            if closes:
                if not flags:
                    self.fail(_MISSING, inner, inner)
                self.skips_space = flags.get("x", self.skips_space)
                self.frames[-1].branch.append(SetFlags(start, self.offset, flags))
                return
        else:
            self.capture_count += 1
            index = self.capture_count
        group = Group(start, start + 1, index, name, flags)
        self.frames.append(_Frame(group, self.offset, self.skips_space))
        self.skips_space = flags.get("x", self.skips_space)

    def close_group(self) -> None:
        frame = self.frames[-1]
        if frame.group is None:
            self.fail("unopened group", self.offset, self.offset + 1)
        self.frames.pop()
        frame.group.body = frame.finish(self.offset)
        self.offset += 1
        frame.group.end = self.offset
        self.skips_space = frame.skips_space
        self.frames[-1].branch.append(frame.group)

    def parse_capture_name(self) -> str:
        start = self.offset
        while not self.at_end and self.char != ">":
            if not _in_capture_name(self.char, self.offset == start):
                self.fail("invalid capture group character", self.offset, self.offset + 1)
            self.offset += 1
        if self.at_end:
            self.fail("unclosed capture group name", self.offset, self.offset)
        name = self.pattern[start : self.offset]
        self.offset += 1
        if not name:
            self.fail("empty capture group name", start, start)
        if name in self.names:
            self.fail("duplicate capture group name", start, start + len(name))
        self.names.add(name)
        return name

    def parse_flags(self) -> dict[str, bool]:
        flags: dict[str, bool] = {}
        negation = -1
        dangling = False
        while self.char not in (":", ")"):
            here = self.offset
            if self.char == "-":
                if negation >= 0:
                    self.fail("flag negation operator repeated", here, here + 1)
                negation = here
                dangling = True
            else:
                if self.char not in _FLAGS:
                    self.fail("unrecognized flag", here, here + 1)
                if self.char in flags:
                    self.fail("duplicate flag", here, here + 1)
                flags[self.char] = negation < 0
                dangling = False
            if not self.bump():
                self.fail("expected flag but got end of regex", self.offset, self.offset)
        if dangling:
            self.fail("dangling flag negation operator", negation, negation + 1)
        return flags


def _in_capture_name(char: str, is_first: bool) -> bool:
    """Rust's char::is_alphabetic and is_alphanumeric, and a few more.

    Those come with the compiler that Torc was built with; for letters newer than Unicode 16 it may know better.
    """
    if char == "_":
        return True
    if char.isascii():
        return char.isalpha() if is_first else char.isalnum() or char in ".[]"
    from torclint.names.rust_regex.properties import named_class
    from torclint.names.rust_regex.ranges import contains

    code = ord(char)
    return contains(named_class("Alphabetic"), code) or (not is_first and contains(named_class("N"), code))
