"""Random domains, templates and patterns, small enough to list."""

from __future__ import annotations

from hypothesis import strategies as st

from torclint.spec.domain import Domain, RangeAxis, RowsAxis

VALUES = st.one_of(
    st.integers(-12, 130), st.sampled_from(["a", "b", "ab", "x_1", "1", "01", "a.b", ""]), st.sampled_from([0.5, 1.0])
)


@st.composite
def range_axes(draw: st.DrawFn, name: str) -> RangeAxis:
    start = draw(st.integers(-15, 120))
    step = draw(st.sampled_from([1, 1, 1, 2, 3, 7, -1, -3]))
    return RangeAxis((name,), (start,), (step,), draw(st.integers(1, 30)))


@st.composite
def zipped_axes(draw: st.DrawFn, names: tuple[str, str]) -> RangeAxis:
    starts = (draw(st.integers(0, 12)), draw(st.integers(0, 12)))
    steps = (draw(st.sampled_from([1, 1, 2])), draw(st.sampled_from([1, 1, -1])))
    return RangeAxis(names, starts, steps, draw(st.integers(1, 12)))


@st.composite
def row_axes(draw: st.DrawFn, name: str) -> RowsAxis:
    return RowsAxis((name,), tuple((value,) for value in draw(st.lists(VALUES, min_size=1, max_size=5))))


@st.composite
def domains(draw: st.DrawFn) -> Domain:
    kind = draw(st.integers(0, 6))
    if kind == 0:
        return Domain()
    if kind == 1:
        return Domain((draw(zipped_axes(("i", "j"))),))
    axes = [draw(st.one_of(range_axes("i"), range_axes("i"), row_axes("i")))]
    if kind > 4:
        axes.append(draw(st.one_of(range_axes("j"), row_axes("j"))))
    return Domain(tuple(axes))


LITERALS = st.sampled_from(["p_", "job_", "a", "_", "-", "1", "x_1_", "é"])


@st.composite
def templates(draw: st.DrawFn, domain: Domain) -> str:
    """A template that holds every parameter once at least, so that most names differ."""
    pieces = [draw(LITERALS)]
    for name in draw(st.permutations(domain.names)):
        pieces.append(draw(st.sampled_from(["{%s}", "{%s}", "{%s:03d}", "{%s:02d}"])) % name)
        if draw(st.booleans()):
            pieces.append(draw(LITERALS))
    if domain.names and draw(st.integers(0, 4)) == 0:
        pieces.append("{" + draw(st.sampled_from(domain.names)) + "}")
    return "".join(pieces)


PATTERN_PIECES = st.sampled_from(
    ["p_", "job_", "a", "_", "-", "1", "0", "x", r"\d", r"\d+", r"\d{2}", ".*", ".", "[0-4]", "[ab]", r"\w+", "(1|2)",
     r"\b", "$", "^", "é", "3?", "(?:a|_)", "[^0]"]
)  # fmt: skip


@st.composite
def patterns(draw: st.DrawFn, holes: tuple[str, ...] = ()) -> str:
    """A valid pattern, often anchored; with `holes` it often has slots of these parameters in it."""
    pieces = draw(st.lists(PATTERN_PIECES, min_size=1, max_size=4))
    if holes and draw(st.integers(0, 3)):
        slot = "{" + draw(st.sampled_from(holes)) + draw(st.sampled_from(["", ":03d", ":02d"])) + "}"
        pieces.insert(draw(st.integers(0, len(pieces))), slot)
    text = "".join(pieces)
    if draw(st.booleans()):
        text = "^" + text
    if draw(st.integers(0, 3)) == 0:
        text += "$"
    return text
