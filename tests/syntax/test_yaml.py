"""YAML where Torc's parser, a translation of libyaml, refuses more than libyaml itself."""

import pytest

from torclint.syntax import ParseError, parse


@pytest.mark.parametrize(
    ("key", "read"),
    [
        ("k" * 1024, True),
        ("é" * 512, True),
        ("é" * 512 + "k", False),
        ("é" * 512 + " ", False),
        ("&anchor " + "é" * 510, False),
        ("? " + "é" * 600 + "\n", True),
    ],
    ids=["ascii", "just-fits", "a-byte-too-long", "spaces-count", "anchors-count", "explicit"],
)
@pytest.mark.parametrize("around", ["{}: 1\n", "{{a: 1, {}: 1}}\n"], ids=["block", "flow"])
def test_a_key_has_at_most_1024_bytes(key, read, around):
    text = around.format(key)
    if read:
        assert 1 in parse(text, "yaml").value.values()
        return
    with pytest.raises(ParseError, match="a key is longer than 1024 bytes"):
        parse(text, "yaml")
