"""The examples in the rules' docstrings: the first brings the problem up, the second does not."""

import importlib
import pkgutil
import re

import pytest

import torclint.rules
from torclint.rules.base import ReadingRule
from torclint.spec.decode import decode
from torclint.syntax import ParseError, parse

_BLOCK = re.compile(r"```(yaml|kdl)\n(.*?)```", re.DOTALL)


def _reading_rules():
    for module in pkgutil.iter_modules(torclint.rules.__path__):
        for value in vars(importlib.import_module(f"torclint.rules.{module.name}")).values():
            # problems with ignores come up when findings are left out, after reading
            is_rule = isinstance(value, type) and issubclass(value, ReadingRule) and value is not ReadingRule
            if is_rule and not value.name.endswith("-ignore"):
                yield value


RULES = sorted(_reading_rules(), key=lambda rule: rule.code)


def _problems(syntax: str, text: str) -> list[str]:
    from inspect import cleandoc

    try:
        return [problem.rule for problem in decode(parse(cleandoc(text), syntax)).problems]
    except ParseError:
        return ["syntax-error"]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_examples(rule, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (example, instead) = _BLOCK.findall(rule.__doc__)
    assert set(_problems(*example)) == {rule.name}
    assert rule.name not in _problems(*instead)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_use_instead_is_clean(rule, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (_, instead) = _BLOCK.findall(rule.__doc__)
    # that labels are used is worth a note, and no fault
    assert set(_problems(*instead)) <= {"labelled-job"}


def test_codes_and_names_differ():
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)
