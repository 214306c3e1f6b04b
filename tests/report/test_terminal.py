import io
import os

import pytest

from torclint.report.terminal import WIDE, terminal_of, wants_colours


class Screen(io.StringIO):
    def isatty(self):
        return True


@pytest.fixture(autouse=True)
def no_settings(monkeypatch):
    for name in ("NO_COLOR", "FORCE_COLOR", "CI", "COLUMNS", "TERM"):
        monkeypatch.delenv(name, raising=False)


def test_a_terminal_gets_colours_and_a_pipe_none():
    assert wants_colours(Screen(), "auto")
    assert not wants_colours(io.StringIO(), "auto")


def test_the_option_is_stronger_than_the_environment(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    assert wants_colours(io.StringIO(), "always")
    monkeypatch.delenv("NO_COLOR")
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert not wants_colours(Screen(), "never")


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"FORCE_COLOR": "0"}, False),
        ({"TERM": "dumb"}, False),
        ({"TERM": "xterm"}, True),
    ],
)
def test_the_environment_for_a_terminal(monkeypatch, settings, expected):
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert wants_colours(Screen(), "auto") is expected


def test_force_color_reaches_into_a_pipe(monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert wants_colours(io.StringIO(), "auto")


def test_width_of_a_pipe_is_wide():
    assert terminal_of(io.StringIO(), "auto").width == WIDE


@pytest.mark.parametrize(("columns", "expected"), [("80", 80), ("7", 40), ("0", WIDE), ("x", WIDE), ("²", WIDE)])
def test_columns_tells_the_width(monkeypatch, columns, expected):
    monkeypatch.setenv("COLUMNS", columns)
    assert terminal_of(io.StringIO(), "auto").width == expected


def test_width_of_a_terminal(monkeypatch):
    screen = Screen()
    screen.fileno = lambda: 1
    monkeypatch.setattr(os, "get_terminal_size", lambda descriptor: os.terminal_size((93, 20)))
    assert terminal_of(screen, "auto").width == 93
    monkeypatch.setenv("CI", "true")
    assert terminal_of(screen, "auto").width == WIDE
