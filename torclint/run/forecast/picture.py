"""A forecast as an SVG picture: a bar for each stage along the time, dark where it is on the critical path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.report.cells import visible
from torclint.report.numbers import plural
from torclint.run.forecast.tell import machines_text
from torclint.spec.amounts import time_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from torclint.run.forecast.forecast import Forecast, Machines, Stage
    from torclint.run.forecast.tell import Side

_WIDTH, _LEFT, _ROW, _ROWS = 960, 250, 24, 60
_RIGHT = _WIDTH - 150
_LETTERS = 30  # of a name, beside its bar
_DARK, _LIGHT, _INK, _PALE = "#1f6feb", "#9ecbff", "#1f2328", "#d0d7de"
_NICE = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 43200, 86400)


def picture(now: Side, fixed: Side | None, machines: Machines) -> str:
    """The text of an SVG file: the spec as it is, and with barriers, on the same scale."""
    sides = [("as it is", now.forecast)] + ([("with barriers", fixed.forecast)] if fixed else [])
    longest = max((_length(found) for _, found in sides), default=0) or 1
    title = f"{plural(now.forecast.jobs, 'job')} on {machines_text(machines)}"
    body: list[str] = [_text(12, 26, title, size=15, weight=600)]
    y = 44
    for caption, found in sides:
        lines, y = _panel(caption, found, longest, y)
        body += lines
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{y + 12}" font-family="sans-serif">'
    return "\n".join([head, f'<rect width="{_WIDTH}" height="{y + 12}" fill="#ffffff"/>', *body, "</svg>", ""])


def _length(found: Forecast) -> int:
    return max((stage.end or stage.start or 0 for stage in found.stages), default=0)


def _panel(caption: str, found: Forecast, longest: int, top: int) -> tuple[list[str], int]:
    scale = (_RIGHT - _LEFT) / longest
    stages = found.stages[:_ROWS]
    first = top + 30
    bottom = first + _ROW * len(stages)
    lines = [_text(12, top + 18, f"{caption}: {_verdict(found)}", weight=600)]
    lines += _axis(longest, scale, first, bottom)
    critical = {name for name, _ in found.critical_path}
    for number, stage in enumerate(stages):
        lines += _bar(stage, stage.name in critical, scale, first + _ROW * number)
    y = bottom + 22
    if len(found.stages) > _ROWS:
        lines.append(_text(12, y + 14, f"and {len(found.stages) - _ROWS:,} more stages"))
        y += 22
    return lines, y


def _verdict(found: Forecast) -> str:
    if found.seconds is None:
        return found.why
    return f"done after {time_text(found.seconds)}, no sooner than {time_text(found.critical_seconds)} on any machine"


def _axis(longest: int, scale: float, top: int, bottom: int) -> Iterator[str]:
    step = next((step for step in _NICE if longest / step <= 8), 0)
    if not step:
        days = -(-longest // (8 * 86400))
        step = days * 86400
    for moment in range(0, longest + 1, step):
        x = _LEFT + moment * scale
        yield f'<line x1="{x:.1f}" y1="{top}" x2="{x:.1f}" y2="{bottom}" stroke="{_PALE}"/>'
        yield _text(x, bottom + 14, time_text(moment), size=11, anchor="middle")


def _bar(stage: Stage, critical: bool, scale: float, y: int) -> Iterator[str]:
    name = visible(stage.name)
    yield _text(12, y + 16, name if len(name) <= _LETTERS else name[: _LETTERS - 3] + "...")
    if stage.start is None:
        yield _text(_LEFT + 4, y + 16, "never starts", size=11)
        return
    x = _LEFT + stage.start * scale
    length = max(2.0, ((stage.end if stage.end is not None else stage.start) - stage.start) * scale)
    fill = _DARK if critical else _LIGHT
    yield f'<rect x="{x:.1f}" y="{y + 4}" width="{length:.1f}" height="{_ROW - 8}" rx="2" fill="{fill}"/>'
    jobs = plural(stage.jobs, "job")
    at_once = min(stage.at_once, stage.jobs)
    yield _text(x + length + 5, y + 16, jobs + (f", {at_once:,} at once" if 1 < at_once < stage.jobs else ""), size=11)


def _text(x: float, y: float, text: str, size: int = 13, weight: int = 400, anchor: str = "start") -> str:
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" font-weight="{weight}" fill="{_INK}" text-anchor="{anchor}">'
        f"{safe}</text>"
    )
