"""KDL text to nodes: the structure of crate kdl 6.7.1's v2 parser, without its recursion."""

from __future__ import annotations

import re

from torclint.record import TYPE_CHECKING
from torclint.syntax.kdl_entries import EntryReader
from torclint.syntax.kdl_lexer import IDENTIFIER, PLAIN_STRING, RESERVED, Lexer
from torclint.syntax.kdl_strings import BLANK, NEWLINE
from torclint.syntax.kdl_tree import Entry, KdlNode
from torclint.syntax.node import ParseError, Span
from torclint.syntax.surrogates import refuse_surrogates

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_DEPTH = 300  # the crate has no limit but its stack; Torc looks at four levels

_SPACE = rf"[{BLANK}]"
# what most nodes are: a name and one quoted string, then a line end, `;` or children
_COMMON_NODE = re.compile(rf"[{BLANK}{NEWLINE}]*+({IDENTIFIER}){_SPACE}++{PLAIN_STRING}{_SPACE}*+(?:\r?\n|;|({{))")
# why a block in braces was opened: see NodeReader._closed
_BEFORE_CHILDREN, _CHILDREN, _AFTER_CHILDREN = range(3)


class _Block:
    """An open pair of braces, or the document.

    `ended`: a node was not terminated, so that only dropped nodes and the closing brace may follow.
    """

    __slots__ = ("dropped_from", "ended", "node", "node_dropped_from", "nodes", "opening", "reason")

    def __init__(self, opening: int) -> None:
        self.nodes: list[KdlNode] = []
        self.opening = opening
        self.ended = False
        # the node whose block this is, or that is being read in it: see NodeReader._open
        self.node: KdlNode | None = None
        self.node_dropped_from = -1
        self.reason = _CHILDREN
        self.dropped_from = -1


class NodeReader:
    """Gives the top-level nodes of a KDL 2 document one by one; `dropped` grows by the spans that `/-` takes out.

    Only one that has been gone through to its end has seen the whole text. Raises ParseError.
    """

    def __init__(self, text: str) -> None:
        refuse_surrogates(text)
        self.dropped: list[Span] = []
        self._text = text
        self._lexer = Lexer(text)
        self._entry_reader = EntryReader(self._lexer, self.dropped)
        self._block = _Block(0)
        self._around: list[_Block] = []

    def __iter__(self) -> Iterator[KdlNode]:
        text, common, document = self._text, _COMMON_NODE.match, self._block
        position = 1 if text.startswith("\ufeff") else 0
        while True:
            found = common(text, position)
            if found is not None and not self._block.ended and found[1] not in RESERVED:
                position = self._common_node(found)
            else:
                position = self._lexer.line_space(position)
                if position >= len(text) or text[position] == "}":
                    if self._ends(position):
                        return
                    position = self._closed(position + 1)
                else:
                    position = self._node(position)
            if document.nodes:
                yield document.nodes.pop()

    def _common_node(self, found: re.Match[str]) -> int:
        name, value, opening = found.groups()
        start, name_end = found.span(1)
        node = KdlNode(name, None, start, start, name_end)
        value_start, value_end = found.span(2)
        node.end = value_end + 1
        node.entries.append(Entry(value, value_start - 1, value_end + 1))
        if opening is None:
            self._block.nodes.append(node)
            return found.end()
        return self._open(found.start(3), node, -1, _CHILDREN, -1)

    def _ends(self, position: int) -> bool:
        """Whether the document ends here; if not, a brace closes the block."""
        if position < len(self._text):
            if not self._around:
                raise ParseError("a '}' that closes nothing", self._text, position)
            return False
        if self._around:
            raise ParseError("this '{' is never closed", self._text, self._block.opening)
        return True

    def _node(self, position: int) -> int:
        """Read the node at `position`, up to its children; the offset to go on from."""
        text, lexer = self._text, self._lexer
        dropped_from = -1
        if text.startswith("/-", position):
            dropped_from = position
            position = lexer.line_space(position + 2)
            if position >= len(text) or text[position] == "}":
                raise ParseError("'/-' stands before nothing", text, dropped_from)
        elif self._block.ended:
            raise ParseError("expected a line end or ';' before the next node", text, position)
        node, position = self._header(position)
        return self._before_children(node, dropped_from, position)

    def _header(self, start: int) -> tuple[KdlNode, int]:
        text, lexer = self._text, self._lexer
        position = start
        annotation = None
        if text.startswith("(", start):
            annotation, position = lexer.annotation(start)
            position = lexer.node_space(position)
        found = lexer.string(position)
        if found is None:
            if text.startswith("{", position):
                raise ParseError("a block without a node before it", text, position)
            raise ParseError("expected the name of a node", text, position)
        node = KdlNode(found[0], annotation, start, position, found[1])
        return node, self._entries(node, found[1])

    def _entries(self, node: KdlNode, position: int) -> int:
        entries = node.entries
        while True:
            entry = self._entry_reader.entry(position)
            if entry is None:
                if entries:
                    node.end = entries[-1].end
                return position
            entries.append(entry)
            position = entry.end

    def _before_children(self, node: KdlNode, dropped_from: int, position: int) -> int:
        lexer = self._lexer
        start = lexer.node_space(position)
        if start > position and self._text.startswith("/-", start):
            spans = self._entry_reader.dropped(start)
            self.dropped += spans
            slash = start
            if spans:
                start = lexer.node_space(spans[-1].end)
                slash = start if start > spans[-1].end else -1
            opening = self._dropped_block(slash)
            if opening >= 0:
                return self._open(opening, node, dropped_from, _BEFORE_CHILDREN, slash)
        return self._children_or_end(node, dropped_from, start)

    def _children_or_end(self, node: KdlNode, dropped_from: int, position: int) -> int:
        if self._text.startswith("{", position):
            return self._open(position, node, dropped_from, _CHILDREN, -1)
        return self._finish(node, dropped_from, position)

    def _dropped_block(self, slash: int) -> int:
        """The offset of the brace that the `/-` at `slash` takes out; -1 if it does not."""
        if slash < 0 or not self._text.startswith("/-", slash):
            return -1
        opening = self._lexer.line_space(slash + 2)
        return opening if self._text.startswith("{", opening) else -1

    def _open(self, opening: int, node: KdlNode, node_dropped_from: int, reason: int, dropped_from: int) -> int:
        if len(self._around) >= MAX_DEPTH:
            raise ParseError(f"nested deeper than {MAX_DEPTH} levels", self._text, opening)
        self._around.append(self._block)
        block = self._block = _Block(opening)
        block.node = node
        block.node_dropped_from = node_dropped_from
        block.reason = reason
        block.dropped_from = dropped_from
        return opening + 1

    def _closed(self, position: int) -> int:
        """Go on behind the brace that closes the innermost block: dropped blocks may stand around the children."""
        block = self._block
        self._block = self._around.pop()
        node = block.node
        assert node is not None
        if block.reason == _CHILDREN:
            node.children = block.nodes
            node.end = position
        else:
            self.dropped.append(Span(block.dropped_from, position))
        slash = self._lexer.node_space(position)
        may_repeat = block.reason == _CHILDREN or slash > position
        opening = self._dropped_block(slash) if may_repeat else -1
        if opening >= 0:
            reason = _AFTER_CHILDREN if block.reason == _CHILDREN else block.reason
            return self._open(opening, node, block.node_dropped_from, reason, slash)
        if block.reason == _BEFORE_CHILDREN:
            return self._children_or_end(node, block.node_dropped_from, slash)
        return self._finish(node, block.node_dropped_from, slash)

    def _finish(self, node: KdlNode, dropped_from: int, position: int) -> int:
        if dropped_from >= 0:
            self.dropped.append(Span(dropped_from, node.end))
            return position
        self._block.nodes.append(node)
        terminator = self._lexer.terminator(position)
        if terminator >= 0:
            return terminator
        self._block.ended = True
        return position
