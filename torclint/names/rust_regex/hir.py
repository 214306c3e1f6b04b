"""The simplified tree that automata are made from: regex-syntax's HIR (hir/mod.rs) over code points.

`HirMaker` holds the smart constructors. They simplify just as the crate's do, since what the crate counts against its
size limit is what is left after that: literals next to each other are joined, `a|b` becomes `[ab]`, a common prefix of
all branches is lifted out. Equal subtrees have equal `ident`s, so comparing them does not recurse.
"""

from __future__ import annotations

from torclint.names.rust_regex.charclass import CharClass
from torclint.names.rust_regex.ranges import canonical
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable

# Conditions on a place. The order is the crate's.
(
    LOOK_START,
    LOOK_END,
    LOOK_START_LF,
    LOOK_END_LF,
    LOOK_START_CRLF,
    LOOK_END_CRLF,
    LOOK_WORD_ASCII,
    LOOK_NOT_WORD_ASCII,
    LOOK_WORD_UNICODE,
    LOOK_NOT_WORD_UNICODE,
    LOOK_WORD_START_ASCII,
    LOOK_WORD_END_ASCII,
    LOOK_WORD_START_UNICODE,
    LOOK_WORD_END_UNICODE,
    LOOK_HALF_START_ASCII,
    LOOK_HALF_END_ASCII,
    LOOK_HALF_START_UNICODE,
    LOOK_HALF_END_UNICODE,
) = range(18)


class Hir:
    """A node. `ident` is the same for equal nodes of one HirMaker.

    `least` is 0 where the node can match the empty text, 1 where it cannot, None where it cannot match at all or the
    crate does not know (Properties::minimum_len); `only_empty` says that it can match nothing but the empty text;
    `from_start` and `to_end` that every match begins with `^` or ends with `$` (look_set_prefix, look_set_suffix).
    """

    __slots__ = ("from_start", "ident", "least", "only_empty", "to_end")

    def __init__(
        self, ident: int, least: int | None, only_empty: bool, from_start: bool = False, to_end: bool = False
    ) -> None:
        self.ident = ident
        self.least = least
        self.only_empty = only_empty
        self.from_start = from_start
        self.to_end = to_end


class HirEmpty(Hir):
    """The empty text."""

    __slots__ = ()


class HirFail(Hir):
    """No text at all: the empty class."""

    __slots__ = ()


class HirLiteral(Hir):
    """One text."""

    __slots__ = ("text",)
    text: str


class HirClass(Hir):
    """One character of a class."""

    __slots__ = ("chars",)
    chars: CharClass


class HirLook(Hir):
    """A condition on a place, one of the LOOK constants."""

    __slots__ = ("look",)
    look: int


class HirRepetition(Hir):
    """`sub{minimum,maximum}`; no upper bound where `maximum` is None."""

    __slots__ = ("maximum", "minimum", "sub")
    sub: Hir
    minimum: int
    maximum: int | None


class HirCapture(Hir):
    """A capture group."""

    __slots__ = ("sub",)
    sub: Hir


class HirConcat(Hir):
    """Two or more parts in a row."""

    __slots__ = ("subs",)
    subs: list[Hir]


class HirAlternation(Hir):
    """Two or more branches."""

    __slots__ = ("subs",)
    subs: list[Hir]


class HirMaker:
    """Builds nodes that can be compared with each other."""

    __slots__ = ("_idents", "empty", "fail")

    def __init__(self) -> None:
        self._idents: dict[Hashable, int] = {}
        self.empty = HirEmpty(self._ident(("empty",)), 0, True)
        self.fail = HirFail(self._ident(("fail",)), None, False)

    def literal(self, text: str) -> Hir:
        if not text:
            return self.empty
        node = HirLiteral(self._ident(("literal", text)), 1, False)
        node.text = text
        return node

    def char_class(self, chars: CharClass) -> Hir:
        """The class, or the literal that a class of one character is. Not for the empty class."""
        if type(chars) is CharClass and len(chars.ranges) == 1 and chars.ranges[0][0] == chars.ranges[0][1]:
            return self.literal(chr(chars.ranges[0][0]))
        node = HirClass(self._ident(("class", chars.key)), 1, False)
        node.chars = chars
        return node

    def look(self, look: int) -> Hir:
        node = HirLook(self._ident(("look", look)), 0, True, look == LOOK_START, look == LOOK_END)
        node.look = look
        return node

    def capture(self, index: int, name: str, sub: Hir) -> Hir:
        ident = self._ident(("capture", index, name, sub.ident))
        node = HirCapture(ident, sub.least, sub.only_empty, sub.from_start, sub.to_end)
        node.sub = sub
        return node

    def repetition(self, minimum: int, maximum: int | None, greedy: bool, sub: Hir) -> Hir:
        if sub.only_empty:
            minimum = min(minimum, 1)
            maximum = 1 if maximum is None else min(maximum, 1)
        if minimum == 0 and maximum == 0:
            return self.empty
        if minimum == 1 and maximum == 1:
            return sub
        least = sub.least if sub.least is None or minimum > 0 else 0
        ident = self._ident(("repetition", minimum, maximum, greedy, sub.ident))
        needed = minimum > 0
        node = HirRepetition(ident, least, sub.only_empty, needed and sub.from_start, needed and sub.to_end)
        node.sub, node.minimum, node.maximum = sub, minimum, maximum
        return node

    def concat(self, subs: list[Hir]) -> Hir:
        parts: list[Hir] = []
        text: list[str] = []
        for sub in subs:
            for part in sub.subs if isinstance(sub, HirConcat) else (sub,):
                if isinstance(part, HirLiteral):
                    text.append(part.text)
                elif part is not self.empty:
                    if text:
                        parts.append(self.literal("".join(text)))
                        text = []
                    parts.append(part)
        if text:
            parts.append(self.literal("".join(text)))
        if not parts:
            return self.empty
        if len(parts) == 1:
            return parts[0]
        ident = self._ident(("concat", *[part.ident for part in parts]))
        leasts = [part.least for part in parts]
        least = None if None in leasts else int(1 in leasts)
        only_empty = all(part.only_empty for part in parts)
        node = HirConcat(ident, least, only_empty, _begins(parts), _ends(parts))
        node.subs = parts
        return node

    def alternation(self, subs: list[Hir]) -> Hir:
        branches: list[Hir] = []
        for sub in subs:
            if isinstance(sub, HirAlternation):
                branches += sub.subs
            else:
                branches.append(sub)
        if len(branches) == 1:
            return branches[0]
        merged = self._as_class(branches) or self._with_prefix_lifted(branches)
        if merged is not None:
            return merged
        leasts = [branch.least for branch in branches]
        least = None if None in leasts else int(0 not in leasts)
        node = HirAlternation(
            self._ident(("alternation", *[branch.ident for branch in branches])),
            least,
            all(branch.only_empty for branch in branches),
            all(branch.from_start for branch in branches),
            all(branch.to_end for branch in branches),
        )
        node.subs = branches
        return node

    def _ident(self, key: Hashable) -> int:
        return self._idents.setdefault(key, len(self._idents))

    def _as_class(self, branches: list[Hir]) -> Hir | None:
        """The one class that branches of one character each, or of classes only, come to."""
        if all(isinstance(branch, HirLiteral) and len(branch.text) == 1 for branch in branches):
            codes = [ord(branch.text) for branch in branches if isinstance(branch, HirLiteral)]
            return self.char_class(CharClass(canonical((code, code) for code in codes)))
        if not all(isinstance(branch, HirClass | HirFail) for branch in branches):
            return None
        ranges = [r for branch in branches if isinstance(branch, HirClass) for r in branch.chars.ranges]
        return self.char_class(CharClass(canonical(ranges))) if ranges else self.fail

    def _with_prefix_lifted(self, branches: list[Hir]) -> Hir | None:
        first = branches[0]
        if not isinstance(first, HirConcat):
            return None
        length = len(first.subs)
        for branch in branches[1:]:
            if not isinstance(branch, HirConcat):
                return None
            length = min(length, len(branch.subs))
            for index in range(length):
                if branch.subs[index].ident != first.subs[index].ident:
                    length = index
                    break
            if length == 0:
                return None
        rests = [self.concat(branch.subs[length:]) for branch in branches if isinstance(branch, HirConcat)]
        return self.concat([*first.subs[:length], self.alternation(rests)])


def _begins(parts: list[Hir]) -> bool:
    """Whether `^` is among what must hold before the first character."""
    for part in parts:
        if part.from_start:
            return True
        if not part.only_empty:
            return False
    return False


def _ends(parts: list[Hir]) -> bool:
    for part in reversed(parts):
        if part.to_end:
            return True
        if not part.only_empty:
            return False
    return False
