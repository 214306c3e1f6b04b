"""From the syntax tree to the HIR: flags, case folding, what is not allowed without the `u` flag (hir/translate.rs).

The tree is walked with a stack of its own, not by recursion.
"""

from __future__ import annotations

from torclint.names.rust_regex import hir, syntax_tree
from torclint.names.rust_regex.charclass import CharClass
from torclint.names.rust_regex.class_sets import class_of, fold_char
from torclint.names.rust_regex.errors import RegexError
from torclint.names.rust_regex.flags import DEFAULT_FLAGS, Flags
from torclint.names.rust_regex.hir import Hir, HirMaker
from torclint.names.rust_regex.ranges import MAX_CODE_POINT
from torclint.names.rust_regex.syntax_tree import (
    Alternation,
    Assertion,
    Bracketed,
    Concat,
    Dot,
    Empty,
    Group,
    Literal,
    Node,
    Perl,
    Property,
    Repetition,
    SetFlags,
)

INVALID_UTF8 = "pattern can match invalid UTF-8"

_WORD_LOOKS = {
    syntax_tree.WORD: hir.LOOK_WORD_ASCII,
    syntax_tree.NOT_WORD: hir.LOOK_NOT_WORD_ASCII,
    syntax_tree.WORD_START: hir.LOOK_WORD_START_ASCII,
    syntax_tree.WORD_END: hir.LOOK_WORD_END_ASCII,
    syntax_tree.HALF_START: hir.LOOK_HALF_START_ASCII,
    syntax_tree.HALF_END: hir.LOOK_HALF_END_ASCII,
}


class _Finish:
    """A stack entry: build `node` from the last `subs` results; then `flags` hold again."""

    __slots__ = ("flags", "node", "subs")

    def __init__(self, node: Node, subs: int, flags: Flags) -> None:
        self.node = node
        self.subs = subs
        self.flags = flags


class _Walk:
    """What a walk over the tree carries: the pattern (for errors) and whether classes must be spelled out as ranges."""

    __slots__ = ("maker", "pattern", "spelled_out")

    def __init__(self, pattern: str, spelled_out: bool) -> None:
        self.pattern = pattern
        self.maker = HirMaker()
        self.spelled_out = spelled_out


def translate(pattern: str, tree: Node, spelled_out: bool = False) -> Hir:
    r"""The HIR of a parsed pattern; raises RegexError.

    Perl classes stay unread recipes unless `spelled_out`, with which two classes are equal if they hold the same.
    """
    walk = _Walk(pattern, spelled_out)
    flags = DEFAULT_FLAGS
    results: list[Hir] = []
    stack: list[Node | _Finish] = [tree]
    while stack:
        entry = stack.pop()
        if isinstance(entry, _Finish):
            if isinstance(entry.node, Group):
                flags = entry.flags
            subs = results[len(results) - entry.subs :]
            del results[len(results) - entry.subs :]
            results.append(_combine(walk.maker, entry, subs))
        elif isinstance(entry, SetFlags):
            flags = flags.updated(entry.flags)
            results.append(walk.maker.empty)
        elif isinstance(entry, Concat | Alternation):
            stack.append(_Finish(entry, len(entry.items), flags))
            stack.extend(reversed(entry.items))
        elif isinstance(entry, Group):
            stack.append(_Finish(entry, 1, flags))
            stack.append(entry.body)
            flags = flags.updated(entry.flags)
        elif isinstance(entry, Repetition):
            # The flags that count are those after the body: `(?:(?U)a)*` has given them back by then.
            stack.append(_Finish(entry, 1, flags))
            stack.append(entry.body)
        else:
            results.append(_leaf(walk, entry, flags))
    return results[0]


def _combine(maker: HirMaker, entry: _Finish, subs: list[Hir]) -> Hir:
    node = entry.node
    if isinstance(node, Concat):
        return maker.concat(subs)
    if isinstance(node, Alternation):
        return maker.alternation(subs)
    if isinstance(node, Repetition):
        greedy = node.greedy != entry.flags.swap_greed
        return maker.repetition(node.least, node.most, greedy, subs[0])
    assert isinstance(node, Group)
    return maker.capture(node.index, node.name, subs[0]) if node.index else subs[0]


def _leaf(walk: _Walk, node: Node, flags: Flags) -> Hir:
    if isinstance(node, Literal):
        return _literal(walk, node, flags)
    if isinstance(node, Dot):
        return _dot(walk, node, flags)
    if isinstance(node, Assertion):
        return walk.maker.look(_look(node.kind, flags))
    if isinstance(node, Empty):
        return walk.maker.empty
    assert isinstance(node, Bracketed | Perl | Property)
    chars = class_of(walk.pattern, node, flags, walk.spelled_out)
    return walk.maker.char_class(chars) if chars.ascii_bits or chars.ranges else walk.maker.fail


def _literal(walk: _Walk, node: Literal, flags: Flags) -> Hir:
    if node.is_byte and not flags.unicode and ord(node.text) > 0x7F:
        raise RegexError("syntax", INVALID_UTF8, walk.pattern, node.start, node.end)
    if not flags.ignore_case:
        return walk.maker.literal(node.text)
    parts = []
    for char in node.text:
        ranges = fold_char(char, flags.unicode)
        is_bytes = not flags.unicode
        parts.append(walk.maker.char_class(CharClass(ranges, is_bytes)) if ranges else walk.maker.literal(char))
    return walk.maker.concat(parts)


def _dot(walk: _Walk, node: Dot, flags: Flags) -> Hir:
    if not flags.unicode:
        raise RegexError("syntax", INVALID_UTF8, walk.pattern, node.start, node.end)
    if flags.dot_all:
        return walk.maker.char_class(CharClass(((0, MAX_CODE_POINT),)))
    if flags.crlf:
        return walk.maker.char_class(CharClass(((0, 9), (11, 12), (14, MAX_CODE_POINT))))
    return walk.maker.char_class(CharClass(((0, 9), (11, MAX_CODE_POINT))))


def _look(kind: int, flags: Flags) -> int:
    if kind == syntax_tree.START_TEXT or (kind == syntax_tree.START_LINE and not flags.multi_line):
        return hir.LOOK_START
    if kind == syntax_tree.END_TEXT or (kind == syntax_tree.END_LINE and not flags.multi_line):
        return hir.LOOK_END
    if kind == syntax_tree.START_LINE:
        return hir.LOOK_START_CRLF if flags.crlf else hir.LOOK_START_LF
    if kind == syntax_tree.END_LINE:
        return hir.LOOK_END_CRLF if flags.crlf else hir.LOOK_END_LF
    ascii_look = _WORD_LOOKS[kind]
    if not flags.unicode:
        return ascii_look
    return ascii_look + 2
