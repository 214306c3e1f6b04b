#!/usr/bin/env python3
"""Conversations with a Torc server: recorded through a proxy once, replayed in tests.

usage: conversation.py SPEC TARGET [JOB...]      (needs `torc` and `torc-server` 1.x on the PATH)

It writes the conversation about a run of SPEC to TARGET; JOBs have completed before.

A conversation is a list of [method, path, HTTP status, answer], in the order in which it took place.
"""

from __future__ import annotations

import json
import sys
import threading
import urllib.error
import urllib.request
from collections import defaultdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

Entry = list[Any]


class _Handler(BaseHTTPRequestHandler):
    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        status, answer = self.server.respond(self.command, self.path, self.rfile.read(length))  # type: ignore[attr-defined]
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    do_GET = do_POST = do_PUT = do_DELETE = do_PATCH = _answer

    def log_message(self, *_: object) -> None:
        pass


class _Door(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.url = f"http://127.0.0.1:{self.server_port}/torc-service/v1"
        self.heard: list[tuple[str, str]] = []
        self.posted: list[Any] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class Replay(_Door):
    """Answers as it was recorded: what is asked again gets the next answer, and the last one for good."""

    def __init__(self, entries: list[Entry]) -> None:
        self._answers: dict[tuple[str, str], list[tuple[int, Any]]] = defaultdict(list)
        for method, path, status, answer in entries:
            self._answers[method, path].append((status, answer))
        super().__init__()

    def respond(self, method: str, path: str, body: bytes) -> tuple[int, Any]:
        self.heard.append((method, path))
        if method == "POST":
            self.posted.append(json.loads(body))
        answers = self._answers.get((method, path))
        if not answers:
            return 404, {"error": f"{method} {path} was not recorded"}
        return answers.pop(0) if len(answers) > 1 else answers[0]


class Recorder(_Door):
    """Passes everything on to a server, and writes it down."""

    def __init__(self, target: str) -> None:
        self._target = target
        self.entries: list[Entry] = []
        super().__init__()

    def respond(self, method: str, path: str, body: bytes) -> tuple[int, Any]:
        base = self._target.removesuffix("/torc-service/v1")
        request = urllib.request.Request(base + path, body or None, {"Content-Type": "application/json"}, method=method)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                status, text = answer.status, answer.read()
        except urllib.error.HTTPError as error:
            status, text = error.code, error.read()
        self.entries.append([method, path, status, json.loads(text or b"null")])
        return status, text


def main() -> None:
    from torclint.api import load
    from torclint.run.engines.torc import engine, programs
    from torclint.run.engines.torc.engine import HERE, Request
    from torclint.run.prepare import prepare
    from torclint.run.progress import Lines

    spec, target = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    server = programs.StandaloneServer("torc_output")
    recorder = Recorder(server.url)
    # torc itself talks to the server, so that only what we ask is recorded
    for name in ("create", "initialize", "submit", "Runner"):
        act = getattr(programs, name)
        setattr(programs, name, lambda torc, url, *rest, act=act: act(torc, server.url, *rest))
    try:
        graph = load(str(spec))
        plan = prepare(graph)
        names = list(plan.jobs.names())
        request = Request(
            graph.workflow,
            spec.read_text(),
            spec.suffix,
            plan,
            HERE,
            recorder.url,
            False,
            "torc_output",
            {"cpus": 2, "memory": 1 << 30, "gpus": 0},
            {names.index(name): 0.2 for name in sys.argv[3:]},
        )
        engine.run(request, [Lines(sys.stdout)])
    finally:
        recorder.close()
        server.close()
    lines = ",\n".join(json.dumps(entry) for entry in recorder.entries)
    lines = lines.replace(str(Path.cwd()), "/home/user/work")
    target.write_text(f"[\n{lines}\n]\n", encoding="utf-8")


if __name__ == "__main__":
    main()
