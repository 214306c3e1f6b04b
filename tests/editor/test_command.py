"""`torclint server` itself: how it starts and ends, and what it says where it cannot start."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

SERVER = [sys.executable, "-m", "torclint", "server"]


def run(*options: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*SERVER, *options], input="", capture_output=True, text=True, env={**os.environ, **(env or {})}, timeout=60
    )


def test_that_it_ends_with_its_input() -> None:
    ended = run()
    assert (ended.returncode, ended.stdout) == (0, "")


def test_that_it_ends_quietly_when_the_editor_says_so() -> None:
    messages = [
        {
            "jsonrpc": "2.0",
            "id": 1,
            "method": "initialize",
            "params": {"processId": None, "rootUri": None, "capabilities": {}},
        },
        {"jsonrpc": "2.0", "method": "initialized", "params": {}},
        {"jsonrpc": "2.0", "id": 2, "method": "shutdown"},
        {"jsonrpc": "2.0", "method": "exit"},
    ]
    texts = [json.dumps(message) for message in messages]
    wire = "".join(f"Content-Length: {len(text)}\r\n\r\n{text}" for text in texts)
    with subprocess.Popen(SERVER, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as server:
        assert server.stdin and server.stdout and server.stderr
        server.stdin.write(wire.encode())
        server.stdin.flush()  # stdin stays open: it is the message that ends it
        assert server.wait(60) == 0
        assert server.stderr.read() == b""
        assert b'"id":2' in server.stdout.read().replace(b" ", b"")


def test_without_pygls(tmp_path: Path) -> None:
    (tmp_path / "pygls.py").write_text("raise ModuleNotFoundError('gone', name='pygls')\n")
    ended = run(env={"PYTHONPATH": str(tmp_path)})
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == "torclint: the language server needs pygls: pip install 'torclint[server]'\n"


def test_a_configuration_that_is_not_there() -> None:
    ended = run("--config", "gone.toml")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "gone.toml" in ended.stderr


def test_that_nothing_else_loads_it() -> None:
    code = "import sys, torclint.cli; torclint.cli.main(['--version']); sys.exit('pygls' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, timeout=60).returncode == 0
