"""The page against a hostile neighbour: other pages in the same browser, other users, other files, other text."""

from __future__ import annotations

import re
import shutil
import socket
import time
from typing import TYPE_CHECKING

import pytest
from served import TOKEN, Served, serving, serving_here

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from conftest import Run

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
AT = "/granskning/provplan/2026-11/granskaren"
ANSWER = f"{AT}/svar/resor-vardag"
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{7*7}}"
QUOTED = "sv: '" + HOSTILE.replace("'", "''") + "'"


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory, cases: Path) -> Iterator[Served]:
    """One server over the sound base folder for all tests here that leave it as it was."""
    root = tmp_path_factory.mktemp("sida") / "arbetsmapp"
    shutil.copytree(cases / "base", root, copy_function=shutil.copyfile)
    secret = root.parent / "hemligt.yaml"
    secret.write_text("hemligt: ja\n")
    (root / "criteria/lank.yaml").symlink_to(secret)
    (root / "build").mkdir()
    (root / "build/inne.yaml").write_text("inne: ja\n")
    with serving(root) as served:
        yield served


@pytest.fixture
def own(workspace: Path) -> Iterator[Served]:
    """A server over a folder that the test may change."""
    with serving_here(workspace) as served:
        yield served


def test_only_the_address_that_the_page_is_known_by(page: Served) -> None:
    for host in ("evil.example", f"evil.example:{page.port}", "127.0.0.1", f"127.0.0.1:{page.port + 1}", ""):
        assert page.ask("GET", "/", {"Host": host}).status in (400, 421), host
    for host in (f"localhost:{page.port}", f"LOCALHOST:{page.port}"):
        assert page.ask("GET", "/", {"Host": host}).status == 200


def test_nobody_gets_in_without_the_secret(page: Served) -> None:
    wrong = (
        None,
        "",
        "granskning=",
        f"granskning-{page.port}=fel",
        f"granskning-{page.port}=\xe5",
        f"granskning={TOKEN}",
    )
    for cookie in wrong:
        for path in ("/", AT, "/static/page.css", f"/text/{REVIEW}", "/?token=fel", "/?token=%C3%A5%FF"):
            reply = page.ask("GET", path, {"Cookie": cookie})
            assert reply.status == 403, (cookie, path)
            assert "Provplan" not in reply.body


def test_the_secret_in_the_address_becomes_a_cookie_that_scripts_and_other_pages_do_not_get(page: Served) -> None:
    reply = page.ask("GET", f"/?token={TOKEN}", {"Cookie": None})
    assert (reply.status, reply.header("location")) == (303, "/")
    assert reply.header("set-cookie") == f"granskning-{page.port}={TOKEN}; HttpOnly; Path=/; SameSite=strict"
    away = page.ask("GET", f"//evil.example/x?token={TOKEN}", {"Cookie": None})
    assert not away.header("location").startswith("//")


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": None},
    ],
    ids=lambda given: next(f"{name}-{value}" for name, value in given.items()),
)
def test_a_form_of_another_page_changes_nothing(page: Served, headers: dict[str, str | None]) -> None:
    before = (page.root / REVIEW).read_bytes()
    reply = page.post(ANSWER, {"judgement": "level:3", "base": "{}"}, headers)
    assert reply.status == 403
    assert (page.root / REVIEW).read_bytes() == before


@pytest.mark.parametrize(
    "path",
    [
        "/text/../../etc/passwd",
        "/text/%2e%2e/%2e%2e/etc/passwd",
        "/text/..%2f..%2fetc%2fpasswd",
        "/text//etc/passwd",
        "/text/%2fetc%2fpasswd",
        "/text/criteria/../../hemligt.yaml",
        "/text/criteria/lank.yaml",
        "/text/build/inne.yaml",
        "/text/strategies/provplan/documents/plan.txt",
        "/text/criteria/prov.yaml%00",
        "/granskning/..%2f..%2f/x/y",
        "/granskning/provplan/2026-11/..%2f..%2fstrategy",
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static//etc/passwd",
        "/" + "a" * 20000,
    ],
)
def test_no_other_file_is_reached(page: Served, path: str) -> None:
    for method in ("GET", "POST"):
        reply = page.ask(method, path, body="text=ont&opened=")
        assert reply.status in (400, 404, 405, 409, 414), (method, reply.status)
        assert not re.search("root:|hemligt: ja|inne: ja|Starlette", reply.body)
    assert (page.root.parent / "hemligt.yaml").read_text() == "hemligt: ja\n"


def test_what_a_browser_may_do_is_told_with_every_answer(page: Served) -> None:
    replies = [
        page.ask("GET", "/"),
        page.ask("GET", "/static/page.css"),
        page.ask("GET", "/static/ingen.css"),
        page.ask("GET", "/ingen"),
        page.ask("GET", "/", {"Cookie": None}),
        page.ask("GET", "/", {"Host": "evil.example"}),
        page.ask("DELETE", AT),
        page.ask("POST", ANSWER, {"Origin": None}),
        page.ask("GET", f"/?token={TOKEN}"),
        page.post("/sprak", {"lang": "sv"}),
    ]
    for reply in replies:
        policy = reply.header("content-security-policy")
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert reply.header("x-content-type-options") == "nosniff"
        assert reply.header("cache-control") in ("no-store", "no-cache")
        assert reply.header("server") == ""
    assert [one.status for one in replies] == [200, 200, 404, 404, 403, 421, 405, 403, 303, 303]


def test_the_page_itself_keeps_to_its_policy(page: Served) -> None:
    for path in ("/", AT, f"/text/{REVIEW}", "/ingen"):
        body = page.ask("GET", path).body
        assert not re.search(r"<script(?![^>]*src=\"/static/)|\son\w+=|\sstyle=|<style|javascript:", body), path
        assert not re.search(r"(?:src|href|action)=\"(?:https?:)?//", body), path


def test_too_large_a_body_is_refused_whether_its_length_is_told_or_not(page: Served) -> None:
    large = b"text=" + b"a" * (2 << 20)
    assert page.ask("POST", f"/text/{REVIEW}", body=large).status == 413
    head = f"POST {ANSWER} HTTP/1.1\r\nHost: {page.host}\r\nCookie: {page.cookie}\r\nOrigin: {page.address}\r\n"
    head += "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
    piece = b"10000\r\n" + b"a" * 0x10000 + b"\r\n"
    assert page.raw(head.encode() + piece * 33 + b"0\r\n\r\n").startswith(b"HTTP/1.1 413")
    assert page.ask("GET", "/").status == 200


def test_half_and_odd_requests_stop_nobody(page: Served) -> None:
    head = f"POST {ANSWER} HTTP/1.1\r\nHost: {page.host}\r\nCookie: {page.cookie}\r\nOrigin: {page.address}\r\n"
    waiting = [socket.create_connection(("127.0.0.1", page.port)) for _ in range(30)]
    for number, one in enumerate(waiting):
        one.sendall((head + "Content-Length: 1000\r\n\r\nbase=")[: 20 + number * 10].encode())
    start = time.monotonic()
    assert page.ask("GET", "/").status == 200
    assert time.monotonic() - start < 20
    for one in waiting:
        one.close()
    for odd in (
        b"\x00\xff\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET /\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n",
    ):
        assert page.raw(odd).startswith(b"HTTP/1.1 4"), odd
    assert page.ask("GET", "/").status == 200


def test_a_header_twice_is_not_guessed_at(page: Served) -> None:
    request = f"GET / HTTP/1.1\r\nHost: {page.host}\r\nHost: evil.example\r\nCookie: {page.cookie}\r\n\r\n"
    assert page.raw(request.encode()).startswith(b"HTTP/1.1 400")


@pytest.mark.parametrize(
    "back",
    ["https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", "\r\nSet-Cookie: x=y", "x"],
)
def test_the_choice_of_language_leads_nowhere_else(page: Served, back: str) -> None:
    reply = page.post("/sprak", {"lang": "en", "back": back})
    assert reply.status == 303
    assert reply.header("location") in ("/", "/%09/evil.example")
    assert "x=y" not in str(reply.headers)


def test_an_unknown_language_is_not_kept(page: Served) -> None:
    assert page.post("/sprak", {"lang": "xx\r\nA: b"}).header("set-cookie") == ""


def test_hostile_text_is_shown_as_text(own: Served) -> None:
    path = own.root / REVIEW
    text = path.read_text()
    for found in ("Omsorgsresor nämns en gång.", "Planen gäller inte barn.", "Redogörelsen räknar upp dem som hördes."):
        text = text.replace(found, HOSTILE)
    path.write_text(text)
    for name in ("criteria/prov.yaml", "strategies/provplan/strategy.yaml"):
        file = own.root / name
        file.write_text(re.sub(r"sv: (?!\d)[^,}\n]+", lambda _: QUOTED, file.read_text()))
    for path_ in ("/oversikt", AT, f"{AT}/fraga/resor-vardag", f"/text/{REVIEW}", "/text/criteria/prov.yaml"):
        reply = own.ask("GET", path_)
        assert reply.status == 200
        assert "alert(1)" in reply.body, path_
        assert "<script>alert" not in reply.body
        assert "<img" not in reply.body
        assert "{{7*7}}" in reply.body
    odd = own.ask("GET", "/%3Cscript%3Ealert(1)%3C/script%3E")
    assert "<script>alert" not in odd.body


def test_read_only_changes_nothing(workspace: Path) -> None:
    before = (workspace / REVIEW).read_bytes()
    with serving(workspace, "--read-only") as served:
        assert served.post(ANSWER, {"judgement": "level:3", "base": "{}"}).status == 403
        assert served.post(f"{AT}/huvud", {"summary": "x"}).status == 403
        assert served.post(f"/text/{REVIEW}", {"text": "x"}).status == 403
        body = served.ask("GET", AT).body
        assert "<fieldset disabled>" in body
        assert served.ask("GET", f"/text/{REVIEW}").body.count("<button") == served.ask("GET", "/oversikt").body.count(
            "<button"
        )
    assert (workspace / REVIEW).read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--host", "0.0.0.0"], "utan kryptering"),  # noqa: S104  # that it is refused is the point
        (["--host", "::"], "utan kryptering"),
        (["--host", "192.0.2.1", "--user-header", "X-Remote-User"], "utan kryptering"),
        (["--user-header", "X-Remote-User"], "--socket"),
        (["--socket", "s"], "--user-header"),
        (["--socket", "finns/inte/s", "--user-header", "X-R", "--public-host", "h"], "finns/inte/s"),
    ],
)
def test_the_page_is_not_opened_to_others_by_mistake(
    granskning: Run, workspace: Path, arguments: list[str], words: str
) -> None:
    done = granskning("-C", str(workspace), "serve", *arguments)
    assert done.returncode == 2
    assert words in done.stderr


def test_a_secret_that_is_easy_to_guess_is_refused(granskning: Run, workspace: Path) -> None:
    done = granskning("-C", str(workspace), "serve", env={"GRANSKNING_TOKEN": "hemligt"})
    assert done.returncode == 2
    assert "32" in done.stderr
