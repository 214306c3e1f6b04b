"""What an ignore says is meant stays as it is."""

import pytest

from tests.cli.specs import NAIVE
from torclint.cli import main

IGNORED = NAIVE.replace('["^prep_"]', '["^prep_"]  # torclint: ignore[TL501] meant')


@pytest.fixture
def fixed(tmp_path, monkeypatch):
    """fixed(text): the text after `torclint fix --insert-barriers`, which finds nothing that it has to leave."""
    monkeypatch.chdir(tmp_path)

    def fixed(text: str, *options: str) -> str:
        (tmp_path / "spec.yaml").write_text(text)
        assert main(["fix", "--insert-barriers", "--quiet", *options, "spec.yaml"]) == 0
        return (tmp_path / "spec.yaml").read_text()

    return fixed


def test_without_it_there_would_be_a_barrier(fixed):
    assert "barrier_prep_complete" in fixed(NAIVE)


def test_a_comment(fixed):
    assert fixed(IGNORED) == IGNORED


def test_the_configuration(fixed, tmp_path):
    entry = '[[ignores]]\npath = "*.yaml"\nrules = ["TL501"]\njob = "work_{i:03d}"\n'
    (tmp_path / "torclint.toml").write_text(entry)
    assert fixed(NAIVE) == NAIVE
    assert "barrier_prep_complete" in fixed(NAIVE, "--isolated")


def test_other_blocks_are_cut_all_the_same(fixed):
    more = '  - {name: "third_{i}", command: x, parameters: {i: "1:1000"}, depends_on_regexes: ["^work_"]}\n'
    after = fixed(IGNORED + more)
    assert "barrier_work_complete" in after
    assert "barrier_prep_complete" not in after
