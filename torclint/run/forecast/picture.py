"""A forecast as an SVG picture: a bar for each stage along the time, filled where it is on the critical path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from torclint.report.cells import visible
from torclint.report.diagram.looks import DARK, LIGHT, MONO, SANS
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
_NICE = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600, 43200, 86400)


def picture(now: Side, fixed: Side | None, machines: Machines) -> str:
    """The text of an SVG file: the spec as it is, and with barriers, on the same scale."""
    sides = [("as it is", now.forecast)] + ([("with barriers", fixed.forecast)] if fixed else [])
    longest = max((_length(found) for _, found in sides), default=0) or 1
    title = f"{plural(now.forecast.jobs, 'job')} on {machines_text(machines)}"
    body: list[str] = [_text(12, 26, title, "head")]
    y = 44
    for caption, found in sides:
        lines, y = _panel(caption, found, longest, y)
        body += lines
    body += _legend(y)
    high = y + 34
    told = "; ".join(f"{caption}: {_verdict(found)}" for caption, found in sides)
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{high}" viewBox="0 0 {_WIDTH} {high}"'
            ' role="img" class="tp">',
            f"<title>{_safe(title)}</title>",
            f"<desc>{_safe(told)}</desc>",
            f"<style>{_style()}</style>",
            f'<rect class="page" width="{_WIDTH}" height="{high}"/>',
            *body,
            "</svg>",
            "",
        ]
    )


def _style() -> str:
    """Light or dark, as the reader prefers."""
    fonts = (
        f".tp text{{font:13px {SANS}}}.tp .name{{font-family:{MONO}}}.tp .head{{font-size:15px}}.tp .small{{font-size:11px}}"
        ".tp .head,.tp .caption{font-weight:600}.tp .middle{text-anchor:middle}"
    )
    return f"{fonts}{_colours(LIGHT)}@media(prefers-color-scheme:dark){{{_colours(DARK)}}}"


def _colours(tone: dict[str, str]) -> str:
    return (
        f".tp .page{{fill:{tone['page']}}}.tp text{{fill:{tone['text']}}}.tp .small{{fill:{tone['quiet']}}}"
        f".tp line{{stroke:{tone['edge']};stroke-opacity:.6}}"
        f".tp .bar{{fill:{tone['barrier']};fill-opacity:.18;stroke:{tone['barrier']}}}.tp .critical{{fill-opacity:1}}"
    )


def _legend(y: int) -> Iterator[str]:
    for x, look, meaning in ((12, "bar critical", "on the critical path"), (170, "bar", "not on it")):
        yield f'<rect class="{look}" x="{x}" y="{y + 8}" width="24" height="12"/>'
        yield _text(x + 32, y + 18, meaning, "small")


def _length(found: Forecast) -> int:
    return max((stage.end or stage.start or 0 for stage in found.stages), default=0)


def _panel(caption: str, found: Forecast, longest: int, top: int) -> tuple[list[str], int]:
    scale = (_RIGHT - _LEFT) / longest
    stages = found.stages[:_ROWS]
    first = top + 30
    bottom = first + _ROW * len(stages)
    lines = [_text(12, top + 18, f"{caption}: {_verdict(found)}", "caption")]
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
        yield f'<line x1="{x:.1f}" y1="{top}" x2="{x:.1f}" y2="{bottom}"/>'
        yield _text(x, bottom + 14, time_text(moment), "small middle")


def _bar(stage: Stage, critical: bool, scale: float, y: int) -> Iterator[str]:
    name = visible(stage.name)
    yield _text(12, y + 16, name if len(name) <= _LETTERS else name[: _LETTERS - 3] + "...", "name")
    if stage.start is None:
        yield _text(_LEFT + 4, y + 16, "never starts", "small")
        return
    x = _LEFT + stage.start * scale
    length = max(2.0, ((stage.end if stage.end is not None else stage.start) - stage.start) * scale)
    look = "bar critical" if critical else "bar"
    yield f'<rect class="{look}" x="{x:.1f}" y="{y + 4}" width="{length:.1f}" height="{_ROW - 8}" rx="2"/>'
    jobs = plural(stage.jobs, "job")
    at_once = min(stage.at_once, stage.jobs)
    yield _text(x + length + 5, y + 16, jobs + (f", {at_once:,} at once" if 1 < at_once < stage.jobs else ""), "small")


def _text(x: float, y: float, text: str, look: str = "") -> str:
    kind = f' class="{look}"' if look else ""
    return f'<text{kind} x="{x:.1f}" y="{y:.1f}">{_safe(text)}</text>'


def _safe(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
