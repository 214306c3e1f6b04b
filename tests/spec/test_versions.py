"""Differences between Torc releases are data: fields and rules that come and go."""

import pytest

from torclint.rules.registry import Entry
from torclint.spec import versions
from torclint.spec.fields import BOOL, OPTIONAL, STRING, Field, Struct


@pytest.fixture(autouse=True)
def three_releases(monkeypatch):
    monkeypatch.setattr(versions, "VERSIONS", ("1.0", "1.1", "2.0"))


@pytest.mark.parametrize(
    ("since", "until", "there"),
    [("1.0", "", "yyy"), ("1.1", "", "nyy"), ("1.0", "1.1", "ynn"), ("1.1", "2.0", "nyn"), ("2.0", "", "nny")],
)
def test_from_when_on_and_until_when(since, until, there):
    assert "".join("ny"[versions.in_force(since, until, version)] for version in versions.VERSIONS) == there


def test_a_struct_has_the_fields_of_the_release():
    old = Field("old", STRING, OPTIONAL, "", until="1.1")
    new = Field("new", BOOL, OPTIONAL, "", since="2.0")
    both = Field("both", STRING, OPTIONAL, "")
    struct = Struct("Thing", "thing", "", (old, new, both))
    assert [[field.name for field in struct.at(version).fields] for version in versions.VERSIONS] == [
        ["old", "both"],
        ["both"],
        ["new", "both"],
    ]


def test_a_rule_that_a_later_release_makes_needless():
    entry = Entry("TL999", "late-trap", torc_until="2.0")
    assert [entry.is_right_for(version) for version in versions.VERSIONS] == [True, True, False]


def test_a_release_that_there_is_not():
    with pytest.raises(ValueError, match="3"):
        versions.in_force("1.0", "", "3.0")
