"""The page as it is served, for its tests: `granskning serve` as a process of its own, or a thread of this one."""

from __future__ import annotations

import contextlib
import html
import http.client
import os
import re
import selectors
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
import uvicorn

from granskning.tasks.editing.edit_session import EditSession
from granskning.web.access.request_checks import Access
from granskning.web.app import make_app
from granskning.web.parts.context import AppState
from patience import CLOCK, PROCESSOR, limit_processor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

TOKEN = "prov-" + "0123456789abcdef" * 2
PATIENCE = CLOCK


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back."""

    status: int
    headers: list[tuple[str, str]]
    body: str

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")


@dataclass
class Served:
    """A page that is being served."""

    root: Path
    arguments: tuple[str, ...] = ()
    port: int = 0
    process: subprocess.Popen[str] | None = None
    told: str = ""
    given: dict[str, str] = field(default_factory=dict)

    def start(self) -> Served:
        """Start, and wait for the address."""
        place = [] if "--socket" in self.arguments else ["--port", str(self.port)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "granskning", "-C", str(self.root), "serve", *place, *self.arguments],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8", stdin=subprocess.DEVNULL,
            env={**os.environ, "GRANSKNING_TOKEN": TOKEN, "PYTHONDONTWRITEBYTECODE": "1"},
        )  # fmt: skip
        limit_processor(self.process, 4 * PROCESSOR)  # it answers many
        self.told = _first_line(self.process)
        if place:
            self.port = int(self.told.rpartition(":")[2].partition("/")[0])
        return self

    def kill(self) -> None:
        """kill -9."""
        assert self.process
        self.process.kill()
        self.process.wait(PATIENCE)
        if self.process.stdout:
            self.process.stdout.close()

    def stop(self) -> None:
        """Ctrl+C or so."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(20)
        self.kill()

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    @property
    def address(self) -> str:
        return f"http://{self.host}"

    @property
    def door(self) -> str:
        """The address with the secret."""
        return f"{self.address}/?token={TOKEN}"

    @property
    def cookie(self) -> str:
        return f"granskning-{self.port}={TOKEN}"

    def ask(
        self, method: str, path: str, headers: Mapping[str, str | None] | None = None, body: str | bytes = ""
    ) -> Reply:
        """A request as our own page would send it; `headers` change that, None takes one away."""
        ours = {"Host": self.host, "Cookie": self.cookie, "Origin": self.address}
        sent = {**ours, "Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        with contextlib.closing(connection):
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            data = body.encode() if isinstance(body, str) else body
            for name, value in sent.items():
                if value is not None:
                    connection.putheader(name, value)
            if method != "GET" and "Content-Length" not in sent:
                connection.putheader("Content-Length", str(len(data)))
            connection.endheaders(data if method != "GET" else None)
            got = connection.getresponse()
            return Reply(got.status, got.getheaders(), got.read().decode("utf-8", "replace"))

    def post(self, path: str, fields: Mapping[str, str], headers: Mapping[str, str | None] | None = None) -> Reply:
        return self.ask("POST", path, headers, urlencode(fields, errors="surrogatepass"))

    def raw(self, data: bytes) -> bytes:
        """Bytes as they are, and the first of what comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE) as held:
            held.sendall(data)
            return held.recv(65536)


def words(body: str) -> str:
    """What a page says, without its tags."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


@pytest.fixture
def site(workspace: Path) -> Iterator[Served]:
    """The sound base workspace, served from this process."""
    with serving_here(workspace) as served:
        yield served


@contextlib.contextmanager
def serving(root: Path, *arguments: str) -> Iterator[Served]:
    """Serve a folder for a while."""
    served = Served(root, arguments)
    try:
        yield served.start()
    finally:
        served.stop()


@contextlib.contextmanager
def serving_here(root: Path) -> Iterator[Served]:
    """Serve a folder from a thread of this process: the same page, without the second that a process takes to start.

    For tests of what the page does. How it is started, killed and left is asked of `serving`.
    """
    held = socket.create_server(("127.0.0.1", 0))
    served = Served(root, port=held.getsockname()[1])
    access = Access(frozenset({served.host}), token=TOKEN, cookie=f"granskning-{served.port}")
    app = make_app(AppState(EditSession(root), access, "sv"))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", server_header=False, ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
    thread.start()
    until = time.monotonic() + PATIENCE
    while not server.started and time.monotonic() < until:
        time.sleep(0.005)
    try:
        yield served
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        held.close()


def _first_line(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    until = time.monotonic() + PATIENCE
    with selectors.DefaultSelector() as ready:
        ready.register(process.stdout, selectors.EVENT_READ)
        while time.monotonic() < until and process.poll() is None:
            if ready.select(timeout=1) and (line := process.stdout.readline().strip()):
                return line
    raise AssertionError(f"granskning serve did not start: {process.poll()}")
