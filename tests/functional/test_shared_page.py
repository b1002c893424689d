"""A page with a login in front: who may do what by the roles of the settings, and the log of it."""

from __future__ import annotations

import json
import socket
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
import uvicorn
from served import PATIENCE, Served

from granskning.model.workspace import RIGHTS
from granskning.tasks.editing.edit_session import EditSession
from granskning.web.access.permissions import WORDS
from granskning.web.access.request_checks import SAFE_METHODS, Access
from granskning.web.app import ROUTES, make_app
from granskning.web.parts.context import AppState

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from served import Reply

    from conftest import Run

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
AT = "/granskning/provplan/2026-11/granskaren"
ROLES = """
roles:
  granskare:
    title: {sv: Granskare, en: Reviewer}
    may: [review, actions, save]
    users: [anna, åsa@exempel.se]
  chef:
    title: {sv: Chef, en: Head}
    may: [approve]
    users: [bo]
  metod:
    title: Metodansvarig
    may: [criteria, strategy]
    users: [bo, cia]
  registrator:
    title: Registrator
    may: [publish, upload]
    users: [eva]
  forvaltare:
    title: {sv: Förvaltare, en: Keeper}
    may: [settings]
    users: [dan]
"""
CHANGES: Mapping[str, tuple[tuple[str, ...], dict[str, str]]] = {
    # address: the rights that it takes, and a form
    f"{AT}/svar/resor-vardag": (("review",), {"recommendation": "hemlig text", "base": "{}"}),
    f"{AT}/huvud": (("review",), {"summary": "hemlig text", "base": "{}"}),
    f"{AT}/sok/resor-vardag": (("review",), {"sok": "resor"}),
    f"{AT}/soklogg": (("review",), {"sought": "samråd", "where": "diariet", "outcome": "Inget."}),
    "/strategi/provplan/ny": (("review",), {"round": "2027-01", "reviewer": "ny"}),
    "/strategi/provplan/atgard": (("actions",), {"title": "Gör"}),
    "/strategi/provplan/atgard/ingen": (("actions",), {"title": "Gör"}),
    f"{AT}/godkann": (("approve",), {"role": "chef"}),
    "/spara": (("save",), {"message": "x"}),
    f"{AT}/publicera": (("publish",), {}),
    "/omgang/provplan/2026-11/plan": (("strategy",), {"due": "2026-12-15"}),
    "/strategi/provplan/handlingar": (("strategy",), {"kind": "plan", "read": "not_read"}),
    "/excel": (("review", "upload"), {"write": "1"}),
    f"/text/{REVIEW}": (("review", "approve"), {"text": "x", "opened": ""}),
    "/text/criteria/prov.yaml": (("criteria",), {"text": "x", "opened": ""}),
    "/text/strategies/provplan/strategy.yaml": (("strategy",), {"text": "x", "opened": ""}),
    "/text/strategies/provplan/actions.yaml": (("actions",), {"text": "x", "opened": ""}),
    "/text/granskning.yaml": (("settings",), {"text": "x", "opened": ""}),
    "/text/vad/som/helst": (RIGHTS, {"text": "x", "opened": ""}),
    "/ingen-sida": (RIGHTS, {}),
}
USERS: Mapping[str, set[str]] = {
    "anna": {"review", "actions", "save"},
    "åsa@exempel.se": {"review", "actions", "save"},
    "bo": {"approve", "criteria", "strategy"},
    "cia": {"criteria", "strategy"},
    "dan": {"settings"},
    "eva": {"publish", "upload"},
    "någon": set(),
    "Anna": set(),
}


@dataclass
class Shared:
    """A page behind a login, in a thread of this process."""

    served: Served
    log: Path

    def ask(self, user: str, method: str, path: str, body: str = "") -> Reply:
        return self.served.ask(method, path, {"X-Remote-User": user.encode().decode("latin-1")}, body)

    def post(self, user: str, path: str, fields: Mapping[str, str]) -> Reply:
        return self.served.post(path, fields, {"X-Remote-User": user.encode().decode("latin-1")})

    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.log.read_text("utf-8").splitlines()]


@contextmanager
def shared(root: Path, log: Path) -> Iterator[Shared]:
    held = socket.create_server(("127.0.0.1", 0))
    served = Served(root, port=held.getsockname()[1])
    access = Access(frozenset({served.host}), user_header="X-Remote-User")
    app = make_app(AppState(EditSession(root), access, "sv", log))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off", server_header=False, ws="none"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
    thread.start()
    until = time.monotonic() + PATIENCE
    while not server.started and time.monotonic() < until:
        time.sleep(0.005)
    try:
        yield Shared(served, log)
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        held.close()


@pytest.fixture
def page(workspace: Path, tmp_path: Path) -> Iterator[Shared]:
    settings = workspace / "granskning.yaml"
    settings.write_text(settings.read_text("utf-8") + ROLES, "utf-8")
    with shared(workspace, tmp_path / "log.jsonl") as made:
        yield made


def test_every_change_is_for_those_whose_role_may(page: Shared) -> None:
    for user, rights in USERS.items():
        for path, (needed, fields) in CHANGES.items():
            reply = page.post(user, path, fields)
            if rights.issuperset(needed):
                assert reply.status != 403, (user, path, reply.body)
            else:
                assert reply.status == 403, (user, path)
                assert reply.body.startswith("Det får du inte göra här."), reply.body


def test_what_is_refused_changes_nothing(page: Shared, fingerprint_tree: object) -> None:
    root = page.served.root
    before = fingerprint_tree(root)  # type: ignore[operator]  # a function of conftest
    for path, (_, fields) in CHANGES.items():
        page.post("någon", path, fields)
    assert fingerprint_tree(root) == before  # type: ignore[operator]


def test_every_route_that_changes_something_says_what_it_takes() -> None:
    from granskning.web import app  # noqa: PLC0415  # what it holds for itself

    changing = {route.path for route in ROUTES if (route.methods or set()) - SAFE_METHODS}
    assert changing == {*app._NEEDS, "/text/{file:path}"}  # noqa: SLF001
    assert set(WORDS) == set(RIGHTS)


def test_everybody_reads_and_chooses_a_language(page: Shared) -> None:
    for path in ("/", AT, "/text/criteria/prov.yaml", "/strategi/provplan"):
        assert page.ask("någon", "GET", path).status == 200
    assert page.post("någon", "/sprak", {"lang": "en"}).status == 303


def test_the_page_shows_what_one_may_not_do_as_disabled(page: Shared) -> None:
    assert "<fieldset disabled>" in page.ask("bo", "GET", AT).body
    assert "<fieldset disabled>" not in page.ask("anna", "GET", AT).body
    assert f"{AT}/godkann" not in page.ask("anna", "GET", AT).body
    assert f"{AT}/godkann" in page.ask("bo", "GET", AT).body
    assert 'name="role"' not in page.ask("anna", "GET", f"{AT}/godkann").body
    assert 'name="role"' in page.ask("bo", "GET", f"{AT}/godkann").body
    assert " readonly" in page.ask("anna", "GET", "/text/criteria/prov.yaml").body
    assert " readonly" not in page.ask("cia", "GET", "/text/criteria/prov.yaml").body
    assert 'href="/spara"' in page.ask("anna", "GET", "/").body
    assert 'href="/spara"' not in page.ask("bo", "GET", "/").body


def test_a_document_comes_in_with_those_who_may_bring_one(page: Shared, fingerprint_tree: object) -> None:
    """A strategy may be changed by more than may put files on the server."""
    form = {"title": "Ny", "owner": "Provlän", "area": "infrastruktur", "keep": "1"}
    fields = "".join(f'--x\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{form[key]}\r\n' for key in form)
    file = '--x\r\nContent-Disposition: form-data; name="document"; filename="plan.txt"\r\n\r\nResor.\r\n--x--\r\n'
    before = fingerprint_tree(page.served.root)  # type: ignore[operator]  # a function of conftest
    for user, status in (("eva", 403), ("cia", 409)):
        headers = {"X-Remote-User": user, "Content-Type": "multipart/form-data; boundary=x"}
        reply = page.served.ask("POST", "/ny-strategi", headers, fields + file)
        assert reply.status == status, reply.body
    assert "får inte ta in dokument" in reply.body
    assert fingerprint_tree(page.served.root) == before  # type: ignore[operator]
    assert 'name="document"' not in page.ask("cia", "GET", "/ny-strategi").body


def test_without_roles_that_name_anybody_all_may_do_all(workspace: Path, tmp_path: Path) -> None:
    settings = workspace / "granskning.yaml"
    settings.write_text(settings.read_text("utf-8") + "roles:\n  chef:\n    title: Chef\n", "utf-8")
    with shared(workspace, tmp_path / "log") as page:
        assert (
            page.post(
                "vem som helst", f"{AT}/svar/resor-vardag", {"recommendation": "hemlig text", "base": "{}"}
            ).status
            == 303
        )


def test_settings_that_break_open_no_door(page: Shared) -> None:
    settings = page.served.root / "granskning.yaml"
    change = (f"{AT}/svar/resor-vardag", {"recommendation": "hemlig text", "base": "{}"})
    assert page.post("bo", *change).status == 403
    whole = settings.read_text("utf-8")
    for broken in ("", "roles: [", whole.replace("may: [review", "may: [allt")):
        settings.write_text(broken, "utf-8")
        assert page.post("bo", *change).status == 403
    settings.write_text(whole.replace("users: [bo]", "users: [bo]").replace("[anna,", "[anna, bo,"), "utf-8")
    assert page.post("bo", *change).status == 303


def test_settings_that_could_never_be_read_let_nobody_change(workspace: Path, tmp_path: Path) -> None:
    (workspace / "granskning.yaml").write_text("roles: [", "utf-8")
    with shared(workspace, tmp_path / "log") as page:
        assert page.post("anna", "/text/granskning.yaml", {"text": "x", "opened": ""}).status == 403


def test_the_log_says_who_did_what_and_never_what_was_written(page: Shared) -> None:
    page.ask("anna", "GET", f"{AT}?sok=hemlig+text")
    page.post("åsa@exempel.se", f"{AT}/svar/resor-vardag", {"recommendation": "hemlig text", "base": "{}"})
    page.post("bo", f"{AT}/huvud", {"summary": "hemlig text"})
    page.served.ask("GET", "/")
    lines = page.lines()
    assert [(line["user"], line["method"], line["outcome"], line["change"]) for line in lines] == [
        ("anna", "GET", "read", []),
        ("åsa@exempel.se", "POST", "changed", ["review"]),
        ("bo", "POST", "refused", ["review"]),
        ("", "GET", "refused", []),
    ]
    assert [line["status"] for line in lines] == [200, 303, 403, 403]
    assert lines[1]["path"] == f"{AT}/svar/resor-vardag"
    assert set(lines[0]) == {"time", "user", "method", "path", "change", "status", "outcome"}
    assert "hemlig" not in page.log.read_text("utf-8")


def test_a_log_that_was_moved_away_is_begun_anew(page: Shared) -> None:
    page.ask("anna", "GET", "/")
    page.log.rename(page.log.with_suffix(".1"))
    page.ask("bo", "GET", "/")
    assert [line["user"] for line in page.lines()] == ["bo"]


def test_without_a_log_nothing_is_changed(page: Shared) -> None:
    page.log.unlink(missing_ok=True)
    page.log.mkdir()
    before = (page.served.root / REVIEW).read_bytes()
    reply = page.post("anna", f"{AT}/svar/resor-vardag", {"recommendation": "hemlig text", "base": "{}"})
    assert reply.status == 503
    assert (page.served.root / REVIEW).read_bytes() == before
    assert page.ask("anna", "GET", "/").status == 200


def test_an_odd_request_makes_one_line(page: Shared) -> None:
    page.ask("anna", "GET", "/%0A%7B%22user%22:%22bo%22%7D" + "a" * 2000)
    (line,) = page.lines()
    assert line["user"] == "anna"
    assert len(str(line["path"])) == 500


@pytest.mark.parametrize(("log", "words"), [("arbetsmapp/log", "arbetsmappen"), ("saknas/log", "går inte att skriva")])
def test_a_log_in_the_wrong_place_is_refused(granskning: Run, workspace: Path, log: str, words: str) -> None:
    done = granskning("-C", str(workspace), "serve", "--log", str(workspace.parent / log))
    assert done.returncode == 2
    assert words in done.stderr
