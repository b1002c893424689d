"""The set-up that docs/server.md shows: nginx with a login and encryption in front, and two users at once."""

from __future__ import annotations

import base64
import contextlib
import http.client
import os
import re
import shlex
import shutil
import socket
import ssl
import stat
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml
from playwright.sync_api import expect
from served import Served

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from playwright.sync_api import Browser, Page

PAGE = Path(__file__).parents[2] / "docs/server.md"
NAME = "granskning.exempel.se"
REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
AT = "/granskning/provplan/2026-11/granskaren"
USERS = {"strategen": "hemligt-1", "handläggaren": "hemligt-2"}

MAIN = """\
daemon off;
{user}
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{site}
}}
"""


@dataclass(frozen=True)
class House:
    """nginx in front of the page."""

    served: Served
    folder: Path
    port: int

    @property
    def host(self) -> str:
        return f"{NAME}:{self.port}"

    @property
    def socket(self) -> Path:
        return self.folder / "sida.sock"

    def ask(self, method: str, path: str, user: str = "", headers: Mapping[str, str] | None = None) -> tuple[int, str]:
        """Over the network, as anybody can."""
        context = ssl.create_default_context(cafile=self.folder / "kedja.pem")
        context.check_hostname = False  # asked by number
        sent = {"Host": self.host, "Origin": f"https://{self.host}", **(headers or {})}
        if user:
            sent["Authorization"] = "Basic " + base64.b64encode(f"{user}:{USERS[user]}".encode()).decode()
        link = http.client.HTTPSConnection("127.0.0.1", self.port, timeout=60, context=context)
        with contextlib.closing(link):
            link.request(method, path, headers=sent)
            got = link.getresponse()
            return got.status, got.read().decode()


@pytest.fixture
def house(workspace: Path, tmp_path: Path) -> Iterator[House]:
    """Both started with what the handbook says, but for paths and port."""
    nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
    if nginx is None and "CI" not in os.environ:
        pytest.skip("nginx is not on this computer; .ci/setup test installs it")
    assert nginx
    folder = tmp_path / "nginx"
    folder.mkdir()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    held = House(Served(workspace, _arguments(folder, port)), folder, port)
    _certificate(folder)
    (folder / "granskning.anvandare").write_text("".join(f"{user}:{_hashed(word)}\n" for user, word in USERS.items()))
    user = "user root;" if os.geteuid() == 0 else ""
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder, user=user, site=_site(folder, port)))
    held.served.start()
    command = [nginx, "-e", str(folder / "error.log"), "-p", str(folder), "-c", str(folder / "nginx.conf")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield held
    finally:
        process.terminate()
        process.wait(20)
        held.served.stop()


def _fence(language: str) -> str:
    found = re.search(rf"```{language}\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert found
    return found[1]


def _site(folder: Path, port: int) -> str:
    site = _fence("nginx")
    for old, new in (
        ("listen 443 ssl;", f"listen 127.0.0.1:{port} ssl;"),
        ("/etc/ssl/granskning/", f"{folder}/"),
        ("/etc/nginx/", f"{folder}/"),
        ("/run/granskning/", f"{folder}/"),
    ):
        assert old in site, old
        site = site.replace(old, new)
    return site


def _arguments(folder: Path, port: int) -> tuple[str, ...]:
    line = re.search(r"^ExecStart=.* serve (.*)$", _fence("ini"), re.MULTILINE)
    assert line
    return tuple(shlex.split(line[1].replace("/run/granskning", str(folder)).replace(NAME, f"{NAME}:{port}")))


def _certificate(folder: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}",
         "-keyout", folder / "nyckel.pem", "-out", folder / "kedja.pem"],
        check=True, capture_output=True,
    )  # fmt: skip


def _hashed(word: str) -> str:
    return subprocess.run(
        ["openssl", "passwd", "-apr1", word], check=True, capture_output=True, text=True
    ).stdout.strip()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise AssertionError("nginx did not start")


def test_only_who_is_logged_in_comes_in_and_under_their_own_name(house: House) -> None:
    assert house.ask("GET", "/")[0] == 401
    assert house.ask("GET", "/", headers={"X-Remote-User": "strategen"})[0] == 401
    status, body = house.ask("GET", "/", "strategen")
    assert status == 200
    assert '<span class="quiet">strategen</span>' in body
    # whatever is sent along, the name is that of the login
    for spoofed in ({"X-Remote-User": "chefen"}, {"x-remote-user": "chefen"}, {"X_Remote_User": "chefen"}):
        status, body = house.ask("GET", "/", "strategen", spoofed)
        assert status == 200
        assert "chefen" not in body
        assert ">strategen<" in body
    assert house.ask("GET", "/", "strategen", {"Host": "evil.example"})[0] == 421
    assert house.ask("POST", f"{AT}/huvud", "strategen", {"Origin": "https://evil.example"})[0] == 403


def test_the_socket_is_for_the_owner_and_the_group_alone(house: House) -> None:
    status = house.socket.stat()
    assert stat.S_ISSOCK(status.st_mode)
    assert stat.S_IMODE(status.st_mode) == 0o660
    with socket.socket(socket.AF_UNIX) as held:  # without a name nobody comes in there either
        held.connect(str(house.socket))
        held.sendall(f"GET / HTTP/1.1\r\nHost: {house.host}\r\n\r\n".encode())
        assert held.recv(4096).startswith(b"HTTP/1.1 403")
    for double in ("X-Remote-User: a\r\nX-Remote-User: b", "X-Remote-User: a<b>", "X-Remote-User:  "):
        with socket.socket(socket.AF_UNIX) as held:
            held.connect(str(house.socket))
            held.sendall(f"GET / HTTP/1.1\r\nHost: {house.host}\r\n{double}\r\n\r\n".encode())
            assert held.recv(4096)[9:10] == b"4"


def test_a_socket_that_was_left_behind_is_taken_over_and_one_in_use_is_not(house: House, workspace: Path) -> None:
    second = Served(workspace, house.served.arguments)
    with pytest.raises(AssertionError, match="did not start"):
        second.start()
    second.stop()
    assert house.ask("GET", "/", "strategen")[0] == 200
    house.served.kill()
    assert house.socket.exists()
    house.served.start()
    assert house.ask("GET", "/", "strategen")[0] == 200


@pytest.fixture
def users(house: House, browser: Browser) -> Iterator[dict[str, Page]]:
    """Each in a browser of their own."""
    pages = {}
    for user, word in USERS.items():
        context = browser.new_context(
            ignore_https_errors=True, locale="sv-SE", http_credentials={"username": user, "password": word}
        )
        pages[user] = context.new_page()
        pages[user].goto(f"https://{house.host}{AT}")
    yield pages
    for page in pages.values():
        page.context.close()


def test_two_users_in_one_review(house: House, users: dict[str, Page]) -> None:
    one, two = users.values()
    for user, page in users.items():
        expect(page.locator("header.top")).to_contain_text(user)
    one.locator("#j-resor-vardag").fill("Den ena: åäö.")
    two.locator("#makt-samrad input[value='level:1']").check()
    expect(one.locator("#state-resor-vardag")).to_have_text(re.compile(r"Sparat \d\d\.\d\d$"))
    expect(two.locator("#state-makt-samrad")).to_have_text(re.compile(r"Sparat \d\d\.\d\d$"))
    two.locator("#j-resor-vardag").fill("Den andra.")
    expect(two.locator("#state-resor-vardag")).to_contain_text("någon annan har ändrat")
    expect(two.locator("#beside-resor-vardag .clashes")).to_contain_text("Den ena: åäö.")
    answers = yaml.safe_load((house.served.root / REVIEW).read_bytes())["answers"]
    assert answers["resor-vardag"]["justification"].strip() == "Den ena: åäö."
    assert answers["makt-samrad"]["level"] == 1
