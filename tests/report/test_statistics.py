from textwrap import dedent

from tests.report.reports import NAIVE, finding, quadratic, report
from torclint.report.statistics import render
from torclint.report.terminal import COLOURS, Terminal
from torclint.syntax.node import Span


def test_what_is_found_most_stands_first_and_then_by_code():
    missing = finding(Span(0, 1), code="TL102", name="missing-field", severity="error")
    vague = finding(Span(0, 1), code="TL602", name="vague-barrier-name", severity="info")
    given = report(NAIVE, vague, missing, *[quadratic()] * 1200, finding(Span(0, 1)))
    assert "\n".join(render(given, Terminal())) == dedent("""\
        count  code   name                    severity  fixable
        1,201  TL501  quadratic-dependencies  warning     1,200
            1  TL102  missing-field           error           -
            1  TL602  vague-barrier-name      info            -
    """)


def test_without_findings_there_is_no_table():
    assert list(render(report(NAIVE), Terminal())) == []


def test_colours_change_no_width():
    given = report(NAIVE, quadratic())
    coloured = "\n".join(render(given, Terminal(80, COLOURS)))
    for code in set(COLOURS):
        coloured = coloured.replace(code, "")
    assert coloured == "\n".join(render(given, Terminal(80)))
