r"""What a class of the syntax tree holds under the flags at its place (hir/translate.rs)."""

from __future__ import annotations

from torclint.names.rust_regex import ranges as sets
from torclint.names.rust_regex.charclass import CharClass, PerlMix
from torclint.names.rust_regex.errors import RegexError
from torclint.names.rust_regex.syntax_tree import (
    Bracketed,
    Empty,
    Literal,
    Node,
    Perl,
    Posix,
    Property,
    SetOperation,
    Span,
    Union,
)
from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from torclint.names.rust_regex.flags import Flags
    from torclint.names.rust_regex.ranges import Ranges

_INVALID_UTF8 = "pattern can match invalid UTF-8"
_NOT_ALLOWED = "Unicode not allowed here"
_KELVIN, _LONG_S = 0x212A, 0x17F

_POSIX: dict[str, Ranges] = {
    "alnum": ((0x30, 0x39), (0x41, 0x5A), (0x61, 0x7A)),
    "alpha": ((0x41, 0x5A), (0x61, 0x7A)),
    "ascii": ((0, 0x7F),),
    "blank": ((9, 9), (0x20, 0x20)),
    "cntrl": ((0, 0x1F), (0x7F, 0x7F)),
    "digit": ((0x30, 0x39),),
    "graph": ((0x21, 0x7E),),
    "lower": ((0x61, 0x7A),),
    "print": ((0x20, 0x7E),),
    "punct": ((0x21, 0x2F), (0x3A, 0x40), (0x5B, 0x60), (0x7B, 0x7E)),
    "space": ((9, 13), (0x20, 0x20)),
    "upper": ((0x41, 0x5A),),
    "word": ((0x30, 0x39), (0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)),
    "xdigit": ((0x30, 0x39), (0x41, 0x46), (0x61, 0x66)),
}
_PERL_AS_POSIX = {"d": "digit", "s": "space", "w": "word"}
_OPERATIONS = {"&": sets.intersect, "-": sets.difference, "~": sets.symmetric_difference}


def class_of(pattern: str, node: Bracketed | Perl | Property, flags: Flags, spelled_out: bool) -> CharClass:
    """The class, which may turn out empty; raises RegexError."""
    if flags.unicode and not spelled_out:
        mix = _perl_mix(node, flags)
        if mix is not None:
            return mix
    return CharClass(_Evaluation(pattern, flags).ranges_of(node), is_bytes=not flags.unicode)


def fold_char(char: str, unicode: bool) -> Ranges:
    """The character with all that equal it when case is ignored; nothing where that is itself alone."""
    code = ord(char)
    if code < 128:
        if not char.isalpha():
            return ()
        other = [(_KELVIN, _KELVIN)] if char in "kK" else [(_LONG_S, _LONG_S)] if char in "sS" else []
        upper, lower = ord(char.upper()), ord(char.lower())
        return ((upper, upper), (lower, lower), *(other if unicode else ()))
    if not unicode:
        return ()
    from torclint.names.rust_regex.tables import folded

    others = folded(code, code)
    return sets.canonical((c, c) for c in [code, *others]) if others else ()


def fold_ranges(ranges: Ranges, unicode: bool) -> Ranges:
    """The set with everything that equals one of it when case is ignored."""
    if unicode and ranges and ranges[-1][1] > 127:
        from torclint.names.rust_regex.tables import folded

        others = [(code, code) for low, high in ranges for code in folded(low, high)]
        return sets.canonical((*ranges, *others))
    others = []
    for first, last, distance in ((0x61, 0x7A, -32), (0x41, 0x5A, 32)):
        others += [(low + distance, high + distance) for low, high in sets.intersect(ranges, ((first, last),))]
    for char, beyond in (("k", _KELVIN), ("s", _LONG_S)) if unicode else ():
        if sets.contains(ranges, ord(char)) or sets.contains(ranges, ord(char.upper())):
            others.append((beyond, beyond))
    return sets.canonical((*ranges, *others)) if others else ranges


def _perl_mix(node: Node, flags: Flags) -> PerlMix | None:
    """The class as a recipe, where it is a plain union with a perl class in it."""
    if isinstance(node, Perl):
        return PerlMix(((node.letter, node.negated),), (), False)
    if not isinstance(node, Bracketed) or flags.ignore_case:
        return None
    items = node.content.items if isinstance(node.content, Union) else [node.content]
    parts, extra = [], []
    for item in items:
        if isinstance(item, Perl):
            parts.append((item.letter, item.negated))
        elif isinstance(item, Literal):
            extra.append((ord(item.text), ord(item.text)))
        elif isinstance(item, Span):
            extra.append((ord(item.low.text), ord(item.high.text)))
        else:
            return None
    if not parts:
        return None
    ranges = sets.canonical(extra)
    if node.negated and (any(negated for _, negated in parts) or (ranges and ranges[-1][1] > 127)):
        return None
    return PerlMix(tuple(sorted(set(parts))), ranges, node.negated)


class _Evaluation:
    """Turns class nodes into ranges: of code points, or of bytes without the `u` flag."""

    __slots__ = ("flags", "maximum", "pattern")

    def __init__(self, pattern: str, flags: Flags) -> None:
        self.pattern = pattern
        self.flags = flags
        self.maximum = sets.MAX_CODE_POINT if flags.unicode else sets.MAX_BYTE

    def ranges_of(self, root: Node) -> Ranges:
        """Walks the class with its own stack: a node is met once to push its parts, once more to join them."""
        results: list[Ranges] = []
        stack: list[tuple[Node, bool]] = [(root, False)]
        while stack:
            node, joins = stack.pop()
            parts = _parts(node)
            if parts and not joins:
                stack.append((node, True))
                stack.extend((part, False) for part in reversed(parts))
                continue
            values = results[len(results) - len(parts) :] if parts else []
            del results[len(results) - len(parts) :]
            results.append(self.join(node, values) if parts else self.single(node))
        return results[0]

    def join(self, node: Node, values: list[Ranges]) -> Ranges:
        if isinstance(node, Union):
            return sets.canonical(part for value in values for part in value)
        if isinstance(node, SetOperation):
            left, right = values
            if self.flags.ignore_case:
                left, right = fold_ranges(left, self.flags.unicode), fold_ranges(right, self.flags.unicode)
            return _OPERATIONS[node.operator](left, right)
        assert isinstance(node, Bracketed)
        return self.folded_and_negated(node, values[0], node.negated)

    def single(self, node: Node) -> Ranges:
        if isinstance(node, Literal):
            code = self.code(node)
            return ((code, code),)
        if isinstance(node, Span):
            return ((self.code(node.low), self.code(node.high)),)
        if isinstance(node, Posix):
            return self.folded_and_negated(node, _POSIX[node.name], node.negated)
        if isinstance(node, Perl):
            return self.perl(node)
        if isinstance(node, Property):
            return self.property(node)
        assert isinstance(node, Empty)
        return ()

    def code(self, node: Literal) -> int:
        code = ord(node.text)
        if not self.flags.unicode and code > 127:
            self.fail(_INVALID_UTF8 if node.is_byte else _NOT_ALLOWED, node)
        return code

    def perl(self, node: Perl) -> Ranges:
        if not self.flags.unicode:
            ranges = _POSIX[_PERL_AS_POSIX[node.letter]]
            if node.negated:
                self.fail(_INVALID_UTF8, node)
            return ranges
        from torclint.names.rust_regex.tables import perl_ranges

        ranges = perl_ranges(node.letter)
        return sets.negate(ranges, self.maximum) if node.negated else ranges

    def property(self, node: Property) -> Ranges:
        if not self.flags.unicode:
            self.fail(_NOT_ALLOWED, node)
        from torclint.names.rust_regex.properties import PropertyError, named_class, valued_class

        try:
            ranges = named_class(node.name) if node.value is None else valued_class(node.name, node.value)
        except PropertyError as error:
            raise RegexError("syntax", str(error), self.pattern, node.start, node.end) from None
        return self.folded_and_negated(node, ranges, node.negated)

    def folded_and_negated(self, node: Node, ranges: Ranges, negated: bool) -> Ranges:
        if self.flags.ignore_case:
            ranges = fold_ranges(ranges, self.flags.unicode)
        if negated:
            ranges = sets.negate(ranges, self.maximum)
        if not self.flags.unicode and ranges and ranges[-1][1] > 127:
            self.fail(_INVALID_UTF8, node)
        return ranges

    def fail(self, message: str, node: Node) -> None:
        raise RegexError("syntax", message, self.pattern, node.start, node.end)


def _parts(node: Node) -> list[Node]:
    if isinstance(node, Bracketed):
        return [node.content]
    if isinstance(node, Union):
        return node.items
    if isinstance(node, SetOperation):
        return [node.left, node.right]
    return []
