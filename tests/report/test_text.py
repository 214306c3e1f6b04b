from textwrap import dedent

import pytest

from tests.report.reports import NAIVE, finding, quadratic, report, span_of
from torclint.report.cells import visible, width
from torclint.report.model import Report
from torclint.report.summary import summary_line
from torclint.report.terminal import COLOURS, Terminal
from torclint.report.text import fix_command, render, render_summary
from torclint.rules.base import FixOffer, Related
from torclint.syntax.node import Span
from torclint.text.source import SourceError


def printed(given: Report, columns: int = 120) -> str:
    return "\n".join(render(given, Terminal(columns)))


def shows(text: str, *findings, columns: int = 120) -> str:
    return "\n" + printed(report(text, *findings), columns).rstrip("\n") + "\n"


def block(text: str) -> str:
    return dedent(text)


def test_a_finding_with_everything():
    assert shows(NAIVE, quadratic()) == block("""
        spec.yaml:8:26: TL501 quadratic-dependencies: 1,000 jobs each wait for 1,000 jobs: 1,000,000 dependencies
          |
        3 |   - name: "preprocess_{i:03d}"
          |           -------------------- they wait for these
        ...
        8 |     depends_on_regexes: ["^preprocess_.*"]  # creates 1,000,000 dependencies
          |                          ^^^^^^^^^^^^^^^^ matches 1,000 of 2,000 jobs
          = Torc stores one row for each; creating this takes it about 45 s. One barrier job makes it 2,000.
          = fix: torclint fix --insert-barriers spec.yaml   (safe)
    """)


def test_the_same_in_a_narrow_terminal():
    assert shows(NAIVE, quadratic(), columns=60) == block("""
        spec.yaml:8:26: TL501 quadratic-dependencies: 1,000 jobs each wait for 1,000 jobs: 1,000,000 dependencies
          |
        3 |   - name: "preprocess_{i:03d}"
          |           -------------------- they wait for these
        ...
        8 |     depends_on_regexes: ["^preprocess_.*"]  # crea...
          |                          ^^^^^^^^^^^^^^^^
          |                          matches 1,000 of 2,000 jobs
          = Torc stores one row for each; creating this takes it
            about 45 s. One barrier job makes it 2,000.
          = fix: torclint fix --insert-barriers spec.yaml   (safe)
    """)


def test_a_screen_breaks_a_long_first_line_between_words():
    long = finding(Span(0, 4), message="words " * 14 + "end", help=())
    first, second = list(render(report(NAIVE, long), Terminal(80, is_screen=True)))[:2]
    assert first.endswith("words words")
    assert second == "    " + "words " * 8 + "end"
    assert next(iter(render(report(NAIVE, long), Terminal(80)))).endswith("end")


def test_line_numbers_share_one_gutter():
    text = "a\n" * 9 + "b\n" * 2
    one = finding(Span(18, 19), related=(Related(Span(16, 17), "before"),))
    assert shows(text, one) == block("""
        spec.yaml:10:1: TL501 quadratic-dependencies: a message
           |
         9 | a
           | - before
        10 | b
           | ^
    """)


def test_two_places_on_one_line_show_the_line_once():
    text = "depends_on: [a, a]"
    one = finding(Span(16, 17), label="again", related=(Related(Span(13, 14), "first"),))
    assert shows(text, one) == block("""
        spec.yaml:1:17: TL501 quadratic-dependencies: a message
          |
        1 | depends_on: [a, a]
          |              - first
          |                 ^ again
    """)


def test_more_places_than_fit_are_counted():
    text = "x\n" * 30
    one = finding(Span(0, 1), related=tuple(Related(Span(2 * line, 2 * line + 1), "") for line in range(1, 21)))
    assert "  | ... and 13 more places" in shows(text, one)


def test_a_span_over_several_lines_is_underlined_on_its_first():
    assert "1 | ab\n  |  ^ here" in shows("ab\ncd\n", finding(Span(1, 4), label="here"))


def test_a_place_behind_the_last_character():
    assert "1 | ab\n  |   ^" in shows("ab", finding(Span(2, 2)))


def test_an_empty_text():
    assert "spec.yaml:1:1:" in shows("", finding(Span(0, 0)))


def test_tabs_are_shown_as_spaces_and_the_carets_follow():
    text = "\ta:\tbad"
    assert "1 |     a:  bad\n  |         ^^^" in shows(text, finding(span_of(text, "bad")))


def test_wide_and_combining_characters_take_their_cells():
    text = "名前: e\u0301 bad"
    assert "1 | 名前: e\u0301 bad\n  |         ^^^" in shows(text, finding(span_of(text, "bad")))
    assert shows(text, finding(Span(0, 2))).endswith("  | ^^^^\n")


@pytest.mark.parametrize("place", ["x_000", "x_050", "x_099"])
@pytest.mark.parametrize("columns", [40, 80, 120])
def test_of_a_long_line_the_part_around_the_place_is_shown(place, columns):
    text = "[" + ", ".join(f"x_{number:03}" for number in range(100)) + "]"
    lines = shows(text, finding(span_of(text, place), label="here")).splitlines()
    source, carets = lines[3], lines[4]
    start = carets.index("^")
    assert source[start : start + carets.count("^")] == place
    assert all(width(line) <= 120 for line in lines)


def test_a_place_longer_than_the_screen_is_shown_from_its_start():
    text = "[" + ", ".join(f"x_{number:03}" for number in range(100)) + "]"
    lines = shows(text, finding(Span(8, 600)), columns=60).splitlines()
    assert lines[3].startswith("1 | ...x_001")
    assert lines[4] == "  | " + " " * 3 + "^" * 50


def test_a_line_of_a_hundred_million_characters_costs_no_more_than_what_is_seen():
    text = "x" * 100_000_000
    lines = shows(text, finding(Span(50_000_000, 50_000_001))).splitlines()
    assert all(len(line) <= 120 for line in lines)


def test_a_label_that_does_not_fit_stands_below():
    text = "          bad"
    label = "this one is too long to stand beside the carets in forty columns"
    assert shows(text, finding(span_of(text, "bad"), label=label), columns=40) == block("""
        spec.yaml:1:11: TL501 quadratic-dependencies: a message
          |
        1 |           bad
          |           ^^^
          |          this one is too long to
          |          stand beside the carets in
          |          forty columns
    """)


def test_a_spec_cannot_steer_the_terminal():
    text = "a: \x1b[31mred\x07\u202e\n"
    one = finding(Span(0, 1), message="name \x1b]0;evil\x07 and\nnewline", label="\x9b1m", help=("\x1b[2J",))
    lines = printed(report(text, one, path="od\x1bd.yaml"))
    assert "\\x1b]0;evil\\x07 and\\nnewline" in lines
    assert not set(lines) & set("\x1b\x07\x9b\u202e")


def test_visible_leaves_text_alone():
    assert visible("ä 日本 {i:03d} \\n") == "ä 日本 {i:03d} \\n"


def test_a_byte_that_is_no_text_shows_as_a_byte():
    assert visible(b"bad\xff.yaml".decode("utf-8", "surrogateescape")) == "bad\\xff.yaml"


def test_colours_wrap_the_same_text():
    given = report(NAIVE, quadratic())
    coloured = "\n".join(render(given, Terminal(80, COLOURS)))
    for code in set(COLOURS):
        coloured = coloured.replace(code, "")
    assert coloured == printed(given, 80)


def test_the_fix_command_quotes_the_path():
    offer = FixOffer("safe", "t", "torclint fix")
    assert fix_command(offer, "a/b-c_1.yaml") == "torclint fix a/b-c_1.yaml"
    assert fix_command(offer, "a b$(x).yaml") == "torclint fix 'a b$(x).yaml'"


def test_the_summary_counts_by_severity():
    error = finding(Span(0, 1), severity="error")
    info = finding(Span(0, 1), severity="info")
    first = report(NAIVE, quadratic(), quadratic(), error).files
    second = report(NAIVE, quadratic()._replace(fix=None), info, info).files
    line = summary_line(Report(first + second))
    assert line == ("2 files checked: 1 error, 3 warnings, 2 infos (2 fixable with torclint fix --insert-barriers)")


def test_the_summary_of_a_clean_run():
    assert summary_line(report(NAIVE)) == "1 file checked: no findings"
    assert render_summary(report(NAIVE), Terminal(80, COLOURS)).startswith(COLOURS.good)


def test_the_summary_tells_what_could_not_be_read():
    given = report(NAIVE)._replace(unreadable=(SourceError("x", "no such file"),))
    assert summary_line(given) == "1 file checked: no findings; 1 file could not be read"
