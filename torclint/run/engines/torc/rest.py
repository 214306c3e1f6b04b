"""Talking to a Torc server: its REST interface, by what comes with Python."""

from __future__ import annotations

import base64
import json
import os
import ssl
import urllib.error
import urllib.request
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from torclint.run.engines.errors import EngineError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

DEFAULT_URL = "http://localhost:8080/torc-service/v1"
_TIMEOUT = 60.0  # seconds
_PAGE = 10_000  # rows; the server gives 100,000 at most (lib.rs:15)
_HERE = ("127.0.0.1", "localhost", "::1")
_SHOWN = 300  # characters of what a server says


class ServerError(EngineError):
    """The server cannot be reached, or says no. `code` is the HTTP status, 0 without an answer."""

    def __init__(self, text: str, code: int = 0) -> None:
        super().__init__(text)
        self.code = code


class Server:
    """One Torc server at `url`, such as http://localhost:8080/torc-service/v1.

    Who we are is taken from the environment, as `torc` does: TORC_PASSWORD with TORC_USERNAME or USER, TORC_COOKIE_HEADER,
    TORC_TLS_CA_CERT and TORC_TLS_INSECURE.
    """

    def __init__(self, url: str) -> None:
        self.url = url.rstrip("/")
        parts = urlsplit(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise EngineError(f"{url!r} is no address of a Torc server; write http://HOST:PORT/torc-service/v1")
        handlers: list[urllib.request.BaseHandler] = []
        if parts.scheme == "https":
            handlers.append(urllib.request.HTTPSHandler(context=_tls()))
        if parts.hostname in _HERE:
            handlers.append(urllib.request.ProxyHandler({}))
        self._open = urllib.request.build_opener(*handlers).open
        self._headers = _credentials() | {"Accept": "application/json"}

    def get(self, path: str, **query: object) -> Any:
        """What is at `path`. Raises ServerError."""
        return self._call("GET", path + ("?" + urlencode(query) if query else ""))

    def post(self, path: str, body: object) -> Any:
        return self._call("POST", path, body)

    def put(self, path: str) -> Any:
        return self._call("PUT", path)

    def rows(self, path: str, first: int = 0, **query: object) -> Iterator[dict[str, Any]]:
        """All rows of a list, from the place `first` on, page by page."""
        while True:
            page = self.get(path, offset=first, limit=_PAGE, **query)
            yield from page["items"]
            first += len(page["items"])
            if not page["has_more"] or not page["items"]:
                return

    def _call(self, method: str, path: str, body: object = None) -> Any:
        content = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, content, self._headers, method=method)
        if content is not None:
            request.add_header("Content-Type", "application/json")
        try:
            with self._open(request, timeout=_TIMEOUT) as answer:
                return json.loads(answer.read() or b"null")
        except urllib.error.HTTPError as error:
            said = " ".join(error.read().decode("utf-8", "replace").split())[:_SHOWN]
            hint = "; set TORC_PASSWORD" if error.code == 401 else ""
            raise ServerError(f"{self.url}{path}: HTTP {error.code}: {said}{hint}", error.code) from None
        except (OSError, ValueError) as error:
            reason = getattr(error, "reason", None) or error
            raise ServerError(f"no answer from the Torc server at {self.url}: {reason}") from None


def _credentials() -> dict[str, str]:
    headers = {}
    password = os.environ.get("TORC_PASSWORD")
    if password is not None:
        known = map(os.environ.get, ("TORC_USERNAME", "USER", "USERNAME"))
        user = next((name for name in known if name is not None), "unknown")
        headers["Authorization"] = "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")
    cookie = os.environ.get("TORC_COOKIE_HEADER")
    if cookie:
        headers["Cookie"] = cookie
    return headers


def _tls() -> ssl.SSLContext:
    context = ssl.create_default_context(cafile=os.environ.get("TORC_TLS_CA_CERT"))
    if os.environ.get("TORC_TLS_INSECURE", "") in ("1", "true"):
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context
