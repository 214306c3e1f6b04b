"""The piece of source text that a finding is about, with carets under it."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING, Record
from torclint.report.cells import lay_out, visible, width, wrap

if TYPE_CHECKING:
    from torclint.report.terminal import Palette, Terminal
    from torclint.syntax.node import Span
    from torclint.text.lines import LineIndex

CUT = "..."
MAX_MARKS = 8  # places shown for one finding


class Mark(Record):
    """A place to underline with `sign`, and what to say there; `look` is the colour."""

    span: Span
    label: str
    sign: str
    look: str


class _Strip(Record):
    """One line of the text as shown: cut at both sides where it must be. `first` and `last` are cells underlined."""

    text: str
    first: int
    last: int


def excerpt(lines: LineIndex, marks: list[Mark], terminal: Terminal) -> list[str]:
    """The lines to print for `marks`, each with its line of the text, in the order of the text."""
    shown = sorted(marks[:MAX_MARKS], key=lambda mark: mark.span)
    numbers = [lines.position(mark.span.start).line for mark in shown]
    gutter = len(str(numbers[-1]))
    room = terminal.width - gutter - 3
    palette = terminal.palette
    out = [_framed("", gutter, palette)]
    before = numbers[0]
    printed = 0
    for number, mark in zip(numbers, shown, strict=True):
        if number > before + 1:
            out.append(f"{palette.frame}{CUT}{palette.off}")
        strip = _strip(lines, number, mark.span, room)
        if number != printed or strip.text.startswith(CUT):
            out.append(_framed(str(number), gutter, palette, strip.text))
        out += (_framed("", gutter, palette, text) for text in _underlined(strip, mark, room, palette))
        before = printed = number
    if len(marks) > MAX_MARKS:
        out.append(_framed("", gutter, palette, f"{CUT} and {len(marks) - MAX_MARKS:,} more places"))
    return out


def _framed(number: str, gutter: int, palette: Palette, text: str = "") -> str:
    frame = f"{palette.frame}{number:>{gutter}} |{palette.off}"
    return f"{frame} {text}" if text else frame


def _strip(lines: LineIndex, number: int, span: Span, room: int) -> _Strip:
    start = lines.starts[number - 1]
    end = lines.starts[number] if number < len(lines.starts) else len(lines.text)
    # a line may be as long as the file: only what can be seen of it is looked at
    left = max(start, span.start - room)
    right = min(end, span.start + 2 * room)
    line = lines.text[left:right].rstrip("\r\n")
    shown, starts = lay_out(line)
    first = min(span.start - left, len(line))
    last = max(first, min(span.end - left, len(line)))
    if left == start and starts[-1] <= room and right >= end:
        return _Strip("".join(shown), starts[first], max(starts[last], starts[first] + 1))
    return _cut(shown, starts, first, last, left > start, room)


def _cut(shown: list[str], starts: list[int], first: int, last: int, cut_before: bool, room: int) -> _Strip:
    """The part of a line that shows the span from its start, with some of what stands before it."""
    room -= 2 * len(CUT)
    low = 0
    if cut_before or starts[last] > room:
        wanted = max(starts[first] - room // 3, starts[last] - room)
        wanted = min(wanted, starts[first])
        while low < first and starts[low] < wanted:
            low += 1
    high = low
    while high < len(shown) and starts[high + 1] - starts[low] <= room:
        high += 1
    head = CUT if low or cut_before else ""
    offset = len(head) - starts[low]
    text = head + "".join(shown[low:high]) + (CUT if high < len(shown) else "")
    begin = starts[first] + offset
    return _Strip(text, begin, max(starts[min(last, high)] + offset, begin + 1))


def _underlined(strip: _Strip, mark: Mark, room: int, palette: Palette) -> list[str]:
    label = visible(mark.label)
    line = " " * strip.first + mark.look + mark.sign * (strip.last - strip.first)
    if not label:
        return [line + palette.off]
    if strip.last + 1 + width(label) <= room:
        return [f"{line} {label}{palette.off}"]
    fits = width(label) <= room
    indent = min(strip.first, room - width(label) if fits else room // 4)
    below = wrap(label, room - indent)
    return [line + palette.off, *(f"{' ' * indent}{mark.look}{text}{palette.off}" for text in below)]
