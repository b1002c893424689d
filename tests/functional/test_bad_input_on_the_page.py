"""Bad input to the page: refused or told, and nothing lost."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket

import pytest
from served import Served, words

from small_pdf import PICTURE, small_pdf

AT = "/granskning/provplan/2026-11/granskaren"
REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
ANSWER = {"base": "{}", "judgement": "level:2", "justification": "Skrivet i stormen.", "items": "0"}

WAITING = {"base": '{"not_applicable": "Planen gäller inte barn."}', "judgement": "open", "reason-open": "Väntar."}


def head_of(site: Served, path: str, *lines: str) -> bytes:
    ours = (
        f"POST {path} HTTP/1.1",
        f"Host: {site.host}",
        f"Cookie: {site.cookie}",
        f"Origin: {site.address}",
    )
    return "\r\n".join((*ours, *lines, "", "")).encode()


def test_a_body_with_two_lengths_is_refused(site: Served) -> None:
    before = (site.root / REVIEW).read_bytes()
    body = b"0\r\n\r\nlevel=3"
    told = site.raw(
        head_of(site, f"{AT}/svar/resor-vardag", "Content-Type: application/x-www-form-urlencoded",
                f"Content-Length: {len(body)}", "Transfer-Encoding: chunked") + body
    )  # fmt: skip
    assert told.startswith(b"HTTP/1.1 400"), told[:80]
    assert (site.root / REVIEW).read_bytes() == before


def test_a_document_of_500_mb_is_refused_before_it_is_read(site: Served) -> None:
    told = site.raw(head_of(site, "/ny-strategi", "Content-Type: multipart/form-data; boundary=g",
                            f"Content-Length: {500 << 20}"))  # fmt: skip
    assert told.startswith(b"HTTP/1.1 413"), told[:80]


def test_half_open_connections_hold_nobody_up(site: Served) -> None:
    with contextlib.ExitStack() as held:
        for number in range(60):
            connection = held.enter_context(socket.create_connection(("127.0.0.1", site.port), timeout=10))
            half = head_of(site, f"{AT}/svar/resor-vardag", "Content-Length: 400")
            connection.sendall(half[: 40 + number] if number % 2 else half + b"judgement=level")
        assert site.ask("GET", f"{AT}/fraga/resor-vardag").status == 200
        assert site.post(f"{AT}/svar/resor-barn", WAITING).status < 400
    assert b"V\xc3\xa4ntar." in (site.root / REVIEW).read_bytes()


def test_a_round_renamed_meanwhile_loses_no_words(site: Served) -> None:
    folder = site.root / "strategies/provplan/reviews/2026-11"
    folder.rename(folder.with_name("2026-12"))
    reply = site.post(f"{AT}/svar/resor-vardag", ANSWER)
    assert reply.status in (404, 409)
    assert "Skrivet i stormen." in words(reply.body)
    assert not folder.exists()


def test_a_folder_moved_while_the_page_runs_is_told(site: Served) -> None:
    away = site.root.with_name("annanstans")
    shutil.move(site.root, away)
    reply = site.post(f"{AT}/svar/resor-vardag", ANSWER)
    assert 400 <= reply.status < 600
    assert not (site.root / REVIEW).exists()
    shutil.move(away, site.root)
    assert site.post(f"{AT}/svar/resor-vardag", ANSWER).status < 500


@pytest.mark.parametrize("reason", [28, 30])
def test_a_full_disk_and_a_folder_only_for_reading_are_told(
    site: Served, monkeypatch: pytest.MonkeyPatch, reason: int
) -> None:
    """28 is no space left, 30 a file system only for reading."""
    before = (site.root / REVIEW).read_bytes()
    real = os.open

    def refuse(path: object, flags: int, *more: object, **named: object) -> int:
        if flags & (os.O_CREAT | os.O_WRONLY | os.O_RDWR) and str(site.root) in str(path):
            raise OSError(reason, os.strerror(reason), str(path))
        return real(path, flags, *more, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(os, "open", refuse)
    reply = site.post(f"{AT}/svar/resor-vardag", ANSWER)
    monkeypatch.undo()
    assert reply.status == 409
    assert "Skrivet i stormen." in words(reply.body)
    assert (site.root / REVIEW).read_bytes() == before


NEW = {
    "kind": "plan", "area": "infrastruktur", "owner": "Region Provlän", "from": "2027", "stage": "consultation",
    "date": "15/9 2026",
}  # fmt: skip
LOCKED = b"%PDF-1.7\n1 0 obj<</Encrypt 2 0 R>>endobj\ntrailer<</Encrypt 2 0 R>>\n%%EOF"


@pytest.mark.parametrize("name", ["locked.pdf", "pictures.pdf"])
def test_an_encrypted_and_an_image_only_document_can_be_reviewed(site: Served, name: str) -> None:
    data = LOCKED if name == "locked.pdf" else small_pdf(PICTURE)
    parts = [f'--g\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'
             for key, value in {**NEW, "title": "En plan"}.items()]  # fmt: skip
    parts.append(f'--g\r\nContent-Disposition: form-data; name="document"; filename="{name}"\r\n\r\n')
    reply = site.ask("POST", "/ny-strategi", {"Content-Type": "multipart/form-data; boundary=g"},
                     "".join(parts).encode() + data + b"\r\n--g--\r\n")  # fmt: skip
    assert reply.status == 303, words(reply.body)
    assert "kan granskas" in words(site.ask("GET", reply.header("location")).body)


def test_a_review_that_is_told_not_to_be_made_is_not(site: Served) -> None:
    before = sorted(site.root.rglob("*"))
    asked = {"round": "2027-01", "kind": "reviewer", "reviewer": "Planerare"}
    for wrong in ({"due": "2027-02-30"}, {"due": "snart"}, {"round": "con"}, {"reviewer": "!!"}):
        reply = site.post("/strategi/provplan/ny", {**asked, **wrong})
        assert reply.status == 409, wrong
        assert sorted(site.root.rglob("*")) == before, wrong


def test_a_role_becomes_a_file_that_every_computer_can_have(site: Served) -> None:
    for role, name in (("con", "roll-con"), ("a" * 300, "a" * 60)):
        reply = site.post("/strategi/provplan/ny", {"round": "2027-01", "kind": "reviewer", "reviewer": role})
        assert reply.header("location") == f"/granskning/provplan/2027-01/{name}/fraga"
