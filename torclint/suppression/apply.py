"""Leaving out what is ignored, and reporting ignores that do nothing."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record
from torclint.rules.base import SAFE, UNSAFE, FixOffer, Related
from torclint.rules.registry import UnknownRule, find, load
from torclint.suppression.directives import directives_of
from torclint.suppression.regions import Regions, at_job, at_pointer
from torclint.suppression.removal import respelt, without_comment, without_rule
from torclint.syntax.node import Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from torclint.rules.base import Finding
    from torclint.suppression.directives import Directive, Listed
    from torclint.syntax.node import Document

_COMMAND = "torclint fix --select"


class Configured(Record):
    """An ignore from the configuration: rule codes, and the job (its name as written) or JSON pointer they hold for.

    `origin` is the file and line of the entry; `exact` where its path is no pattern, so that it has to be of use.
    """

    codes: frozenset[str]
    job: str = ""
    pointer: str = ""
    origin: str = ""
    exact: bool = False


class _Ignore:
    """One rule that is ignored in some parts of a spec, and whether that left out anything."""

    __slots__ = ("code", "regions", "used")

    def __init__(self, code: str, regions: list[Span]) -> None:
        self.code = code
        self.regions = regions
        self.used = False

    def covers(self, code: str, place: Span) -> bool:
        start = place.start
        return code == self.code and any(one.start <= start < max(one.end, one.start + 1) for one in self.regions)


def suppress(
    document: Document, findings: Iterable[Finding], configured: Iterable[Configured], asked: Collection[str]
) -> list[Finding]:
    """The findings that are not ignored, with those about the ignores themselves, in the order of the text.

    `asked`: the codes of the rules that were asked; an ignore of another one cannot be said to be of no use.
    """
    directives = list(directives_of(document))
    from_config = list(configured)
    if not directives and not from_config:
        return list(findings)
    ignored = _Ignored(document, directives, from_config)
    kept = [left for finding in findings if (left := ignored.left_of(finding)) is not None]
    kept += (fault for fault in ignored.faults(asked) if fault.code in asked and ignored.left_of(fault) is not None)
    kept.sort(key=lambda finding: (finding.span, finding.code))
    return kept


def ignored_spans(document: Document, configured: Iterable[Configured], code: str) -> list[Span]:
    """Where findings of the rule `code` are ignored."""
    directives = list(directives_of(document))
    from_config = list(configured)
    if not directives and not from_config:
        return []
    ignored = _Ignored(document, directives, from_config)
    return [region for one in ignored.all if one.code == code for region in one.regions]


class _Ignored:
    def __init__(self, document: Document, directives: list[Directive], configured: list[Configured]) -> None:
        self.all: list[_Ignore] = []
        self._document = document
        self._directives = directives
        self._by_place: dict[Span, _Ignore] = {}
        self._unknown: list[tuple[Directive, Listed, UnknownRule]] = []
        self._of_config: list[tuple[Configured, list[_Ignore]]] = []
        regions = Regions(document) if directives else None
        for directive in directives:
            covered = regions.covered_by(directive.comment) if regions else []
            for listed in directive.listed:
                self._add(directive, listed, covered)
        for one in configured:
            found = _places_of(one, document)
            ignores = [_Ignore(code, found) for code in sorted(one.codes)]
            self.all += ignores
            self._of_config.append((one, ignores))

    def _add(self, directive: Directive, listed: Listed, covered: list[Span]) -> None:
        try:
            ignore = _Ignore(find(listed.text).code, covered)
        except UnknownRule as error:
            self._unknown.append((directive, listed, error))
            return
        self.all.append(ignore)
        self._by_place[listed.span] = ignore

    def left_of(self, finding: Finding) -> Finding | None:
        """The finding, at the first of its places that is not ignored; None if all of them are."""
        places = (finding.span, *finding.others)
        left = [place for place in places if not self._covers(finding.code, place)]
        if not left:
            return None
        if left[0] == finding.span:
            return finding
        related = tuple(one for one in finding.related if one.span != left[0])
        return finding._replace(span=left[0], label="this is not ignored", related=related, others=tuple(left[1:]))

    def _covers(self, code: str, place: Span) -> bool:
        covering = [ignore for ignore in self.all if ignore.covers(code, place)]
        for ignore in covering:
            ignore.used = True
        return bool(covering)

    def faults(self, asked: Collection[str]) -> Iterator[Finding]:
        """What is wrong with the ignores themselves."""
        yield from (self._malformed(directive) for directive in self._directives if directive.fault)
        yield from (self._unknown_rule(*one) for one in self._unknown)
        for directive in self._directives:
            for listed in directive.listed:
                ignore = self._by_place.get(listed.span)
                if ignore is not None and not ignore.used and ignore.code in asked:
                    yield self._unused(directive, listed, ignore)
        for one, ignores in self._of_config:
            for ignore in ignores:
                if one.exact and not ignore.used and ignore.code in asked:
                    yield self._unused_entry(one, ignore)

    def _malformed(self, directive: Directive) -> Finding:
        return load(find("unknown-ignore")).finding(
            f"this comment ignores nothing: {directive.fault}",
            directive.span,
            label="write torclint: ignore[CODE] reason",
            help=("name each rule: # torclint: ignore[TL501] why; there is no form that ignores everything",),
            fix=FixOffer(SAFE, "remove the comment", f"{_COMMAND} TL006", without_comment(self._document, directive)),
        )

    def _unknown_rule(self, directive: Directive, listed: Listed, error: UnknownRule) -> Finding:
        near = error.near[0] if error.near else ""
        if near.islower() and listed.text.lower() not in near.split("-"):
            edits = respelt(listed, near)
            fix = FixOffer(UNSAFE, f"write {near}", f"{_COMMAND} TL006 --unsafe-fixes", edits)
        else:
            edits = without_rule(self._document, directive, listed)
            fix = FixOffer(SAFE, "remove it", f"{_COMMAND} TL006", edits)
        return load(find("unknown-ignore")).finding(
            f"there is no rule {listed.text}: this ignores nothing", listed.span, label="no such rule", fix=fix,
            help=(_meant(error),),
        )  # fmt: skip

    def _unused(self, directive: Directive, listed: Listed, ignore: _Ignore) -> Finding:
        where = "covers nothing" if not ignore.regions else f"there is no {ignore.code} in what it covers"
        lines = self._document.lines
        here = lines.position(directive.comment.start).line
        related = tuple(
            Related(Span(region.start, region.start + 1), f"covers this, to line {lines.position(region.end).line:,}")
            for region in ignore.regions[-1:]
            if lines.position(region.start).line != here
        )
        return load(find("unused-ignore")).finding(
            f"the ignore of {listed.text} is of no use: {where}",
            listed.span,
            label="nothing to ignore",
            related=related,
            fix=FixOffer(
                SAFE, "remove the ignore", f"{_COMMAND} TL005", without_rule(self._document, directive, listed)
            ),
        )

    def _unused_entry(self, one: Configured, ignore: _Ignore) -> Finding:
        what = f"job {one.job}" if one.job else one.pointer
        gone = "" if ignore.regions else f": there is no {what}"
        return load(find("unused-ignore")).finding(
            f"the ignore of {ignore.code} for {what} in {one.origin} is of no use{gone}",
            ignore.regions[0] if ignore.regions else Span(0, 0),
            label=f"no {ignore.code} here",
        )


def _meant(error: UnknownRule) -> str:
    names = [name for name in error.near if name.islower()]
    return f"did you mean {' or '.join(names)}" if names else "torclint rules lists all rules"


def _places_of(one: Configured, document: Document) -> list[Span]:
    if one.job:
        return at_job(document.root, one.job)
    span = at_pointer(document.root, one.pointer)
    return [] if span is None else [span]
