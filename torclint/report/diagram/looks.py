"""The looks of a picture: fonts, sizes and colours, as CSS."""

from __future__ import annotations

from torclint.record import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

COSTS = ("calm", "busy", "heavy")

MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"
SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'DejaVu Sans', sans-serif"
LIGHT = {
    "page": "#ffffff", "box": "#f6f8fa", "edge": "#b4bdc7", "text": "#1f2328", "quiet": "#59636e", "barrier": "#0b6e75",
    "onbarrier": "#ffffff", "item": "#fff8e5", "itemedge": "#d4a72c", "calm": "#818b98", "busy": "#b35900", "heavy": "#cf222e",
}  # fmt: skip
DARK = {
    "page": "#0d1117", "box": "#1c222b", "edge": "#4d5662", "text": "#e6edf3", "quiet": "#9aa4af", "barrier": "#2ba6ad",
    "onbarrier": "#04191b", "item": "#272115", "itemedge": "#9e7b1f", "calm": "#8b949e", "busy": "#e3933a", "heavy": "#ff6b66",
}  # fmt: skip


def style() -> str:
    """The style of a picture of its own, light or dark as its reader prefers."""
    return "".join((shapes(), *colours(LIGHT))) + "@media(prefers-color-scheme:dark){" + "".join(colours(DARK)) + "}"


def shapes() -> str:
    """Sizes and fonts."""
    rules = (
        f".tg text{{font-family:{SANS}}}",
        f".tg .name{{font-family:{MONO};font-size:13px;text-anchor:middle}}",
        ".tg .file .name,.tg .user-data .name{font-size:11px}",
        ".tg .measure,.tg .label{font-size:12px;text-anchor:middle}",
        f".tg tspan.measure{{font-size:11px;font-family:{SANS}}}",
        ".tg .total{font-size:20px;font-weight:600}",
        ".tg .small{font-size:12px}",
        ".tg .label.heavy{font-weight:600}",
        ".tg .line{fill:none}",
        ".tg .back{stroke-dasharray:6 4}",
    )
    return "".join(rules)


def colours(tone: dict[str, str], scope: str = "") -> Iterator[str]:
    """The colours of one tone, for pictures within what the selector `scope` picks."""
    tg = f"{scope} .tg" if scope else ".tg"
    yield f"{tg} .page,{tg} .behind{{fill:{tone['page']}}}{tg} .rule{{stroke:{tone['edge']};stroke-opacity:.5}}"
    yield f"{tg} .stage rect{{fill:{tone['box']};stroke:{tone['edge']}}}"
    yield f"{tg} .barrier rect{{fill:{tone['barrier']}}}{tg} .barrier text,{tg} .barrier tspan{{fill:{tone['onbarrier']}}}"
    yield f"{tg} .file path,{tg} .file rect,{tg} .user-data rect{{fill:{tone['item']};stroke:{tone['itemedge']}}}"
    yield f"{tg} .name,{tg} .total.calm{{fill:{tone['text']}}}{tg} .measure,{tg} .quiet,{tg} .label.calm{{fill:{tone['quiet']}}}"
    for cost in COSTS:
        yield f"{tg} .line.{cost}{{stroke:{tone[cost]}}}{tg} .tip.{cost}{{fill:{tone[cost]}}}"
    for cost in COSTS[1:]:
        yield f"{tg} .label.{cost},{tg} .total.{cost}{{fill:{tone[cost]}}}"
