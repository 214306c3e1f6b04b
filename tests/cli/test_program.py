"""The program as a whole: what it imports, how it ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.specs import CLEAN, NAIVE

FORBIDDEN = {
    "click", "rich", "jsonschema", "ruamel", "sqlite3", "dataclasses", "inspect", "json", "typing", "pathlib",
    "tempfile", "shutil", "subprocess", "unicodedata", "decimal", "datetime", "difflib", "textwrap", "yaml.resolver",
    "torclint.graph.barriers", "torclint.graph.loops", "torclint.graph.suggestions", "torclint.spec.quantities",
}  # fmt: skip

SHOW_MODULES = """
import sys
sys.argv[1:] = {words!r}
from torclint.__main__ import main
code = main()
sys.stdout = sys.stderr
print(*sorted(sys.modules), sep="\\n")
sys.exit(code)
"""


@pytest.mark.parametrize("text", [CLEAN, NAIVE], ids=["clean", "findings"])
def test_a_check_imports_nothing_it_does_not_need(tmp_path, text):
    (tmp_path / "w.yaml").write_text(text)
    program = SHOW_MODULES.format(words=["check", "w.yaml"])
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 1), done.stderr
    assert set(done.stderr.split()) & FORBIDDEN == set()


def test_both_ways_to_read_yaml_give_the_same(tmp_path):
    """The stand-in for PyYAML's package against the package itself, on texts that its parser refuses."""
    texts = [
        "a: [",
        "a: b: c",
        "a: \x01",
        "- *x",
        "a: \t- b",
        "{a: 1",
        "%YAML 9.9\n---\n",
        "a: 'x",
        "&a [*a",
        "\tx",
        "!<",
    ]
    program = f"""
import sys
if sys.argv[1] == "quick":
    from torclint.cli.quick_yaml import install
    install()
from torclint.syntax import ParseError, parse
for text in {texts!r}:
    try:
        print(parse(text, "yaml").value)
    except ParseError as error:
        print(error)
print("yaml.resolver" in sys.modules, file=sys.stderr)
"""
    quick, full = (
        subprocess.run([sys.executable, "-c", program, way], capture_output=True, text=True, check=True)
        for way in ("quick", "full")
    )
    assert quick.stdout == full.stdout
    assert (quick.stderr, full.stderr) == ("False\n", "True\n")


def test_a_pyyaml_of_another_kind_is_taken_as_it_is(tmp_path):
    program = """
import torclint.cli.quick_yaml as quick
quick._PARTS = ("error", "nothing_of_that_name")
quick.install()
from torclint.syntax import parse
print(parse("a: [1, true]", "yaml").value)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "{'a': [1, True]}\n"


def test_pyyaml_without_libyaml_is_told(program, tmp_path):
    (tmp_path / "w.yaml").write_text(CLEAN)
    (tmp_path / "yaml").mkdir()
    (tmp_path / "yaml" / "__init__.py").write_text("__with_libyaml__ = False\n")
    done = program("check", "w.yaml")
    assert done.returncode == 2
    assert done.stderr.startswith(b"torclint: PyYAML lacks libyaml")


def test_an_internal_error_is_one_line_and_exit_code_4(tmp_path):
    program = """
import sys, torclint.cli.check as check
check.check = lambda *given, **more: 1 / 0
sys.argv[1:] = ["check", "x"]
from torclint.__main__ import main
sys.exit(main())
"""
    run = [sys.executable, "-c", program]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    assert done.returncode == 4
    assert done.stderr == (
        "torclint: internal error: ZeroDivisionError: division by zero "
        "(please report it with the spec; TORCLINT_DEBUG=1 shows where it happened)\n"
    )
    debug = subprocess.run(run, capture_output=True, text=True, check=False, env=os.environ | {"TORCLINT_DEBUG": "1"})
    assert "Traceback" in debug.stderr


def test_a_reader_that_stops_reading_is_no_error(tmp_path):
    (tmp_path / "w.yaml").write_text(NAIVE)
    command = [sys.executable, "-m", "torclint", "expand", "--edges", "w.yaml"]
    running = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert running.stdout.readline().count(b"\t") == 1
    running.stdout.close()
    assert running.stderr.read() == b""
    assert running.wait() == 141
    running.stderr.close()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_is_told(tmp_path):
    (tmp_path / "w.yaml").write_text(NAIVE)
    command = [sys.executable, "-m", "torclint", "expand", "--edges", "w.yaml"]
    with open("/dev/full", "wb") as full:
        done = subprocess.run(command, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert done.stderr == b"torclint: input or output failed: No space left on device\n"


@pytest.mark.parametrize(("closed", "code"), [("<&-", 1), (">&-", 1), ("2>&-", 1), ("<&- >&- 2>&-", 1)])
def test_streams_that_are_closed_are_no_error(tmp_path, closed, code):
    (tmp_path / "w.yaml").write_text(NAIVE)
    command = f"{sys.executable} -m torclint check w.yaml - {closed}"
    done = subprocess.run(["bash", "-c", command], cwd=tmp_path, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (code, b"")


def test_a_terminal_that_knows_only_ascii(program, tmp_path):
    (tmp_path / "w.yaml").write_text("name: é\njobs: [é\n")
    done = program("check", "w.yaml", env=os.environ | {"PYTHONIOENCODING": "ascii"})
    assert done.returncode == 1
    assert b"jobs: [\\xe9" in done.stdout


def test_shell_completion_knows_the_table(program):
    words = {"COMP_WORDS": "torclint check --fa", "COMP_CWORD": "2", "_TORCLINT_COMPLETE": "bash_complete"}
    assert program(env=os.environ | words).stdout == b"plain,--fail-on\n"


def test_numbers_with_thousands_of_digits(program, tmp_path):
    ranges = ", ".join(f'p{number}: "1:1000000000000000000"' for number in range(300))
    name = "_".join(f"{{p{number}}}" for number in range(300))
    (tmp_path / "w.yaml").write_text(f'name: w\njobs:\n  - {{name: "{name}", command: x, parameters: {{{ranges}}}}}\n')
    done = program("check", "--format", "json", "w.yaml")
    assert done.returncode == 0, done.stderr
    assert b'"jobs": 1' + b"0" * 5400 in done.stdout
