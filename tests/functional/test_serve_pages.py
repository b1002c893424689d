"""Every view of the page, by a real server over a real folder in git: what is shown, saved, refused and kept."""

from __future__ import annotations

import html
import http.client
import json
import os
import re
import shutil
import socket
import subprocess
import threading
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import pytest
import uvicorn

from granskning.i18n import Translator
from granskning.tasks.editing.edit_session import EditSession
from granskning.tasks.editing.init import init_workspace
from granskning.web.access.request_checks import Access
from granskning.web.app import make_app
from granskning.web.parts.context import AppState

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

S = "exempellan-transportplan"
ONE = f"/granskning/{S}/2026-11/controller"
FILE = f"strategies/{S}/reviews/2026-11/controller.yaml"
ACTIONS = f"strategies/{S}/actions.yaml"
WHO = {
    "GIT_AUTHOR_NAME": "Prov", "GIT_AUTHOR_EMAIL": "prov@exempel.se",
    "GIT_COMMITTER_NAME": "Prov", "GIT_COMMITTER_EMAIL": "prov@exempel.se",
    "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server answered."""

    status: int
    headers: Mapping[str, str]
    text: str

    @property
    def words(self) -> str:
        """The text that a reader sees, roughly."""
        return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", self.text)).split())


@dataclass(slots=True)
class Page:
    """A reader without scripts."""

    root: Path
    port: int
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, b"", headers)

    def post(self, path: str, form: Mapping[str, str] | Sequence[tuple[str, str]], **headers: str) -> Answer:
        own = f"http://127.0.0.1:{self.port}"
        told = {"content-type": "application/x-www-form-urlencoded", "origin": own, **headers}
        return self._ask("POST", path, urlencode(form).encode(), told)

    def read(self, file: str) -> str:
        return (self.root / file).read_bytes().decode("utf-8")

    def _ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        named = {name.replace("_", "-"): value for name, value in {**self.headers, **headers}.items()}
        line.request(method, path, body=body, headers=named)
        reply = line.getresponse()
        text = reply.read().decode("utf-8", "replace")
        line.close()
        return Answer(reply.status, {name.lower(): value for name, value in reply.getheaders()}, text)


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(
        ["git", "-c", "init.defaultBranch=main", *words],
        cwd=folder, env={**os.environ, **WHO}, check=True, capture_output=True, encoding="utf-8",
    )  # fmt: skip
    return done.stdout


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("example") / "mapp"
    init_workspace(folder, Translator("sv"), example=True)
    git(folder, "init", "-q")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "Början")
    return folder


@pytest.fixture(scope="module")
def untouched(example: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[EditSession]:
    """The desk of a copy that nobody changes, for the tests that only look: it is loaded and scored once."""
    root = tmp_path_factory.mktemp("untouched") / "mapp"
    shutil.copytree(example, root)
    yield EditSession(root)
    assert git(root, "status", "--porcelain") == ""


@pytest.fixture
def start(example: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Page]]:
    """What starts a server over a copy of the example."""
    for name, value in WHO.items():
        monkeypatch.setenv(name, value)
    servers: list[tuple[uvicorn.Server, threading.Thread]] = []

    def begin(
        language: str = "sv", *, read_only: bool = False, user_header: str = "", desk: EditSession | None = None
    ) -> Page:
        if desk is None:
            desk = EditSession(tmp_path / f"mapp-{len(servers)}")
            shutil.copytree(example, desk.root)
        held = socket.socket()
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        access = Access(frozenset({f"127.0.0.1:{port}"}), user_header=user_header, read_only=read_only)
        app = make_app(AppState(desk, access, language))
        server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [held]}, daemon=True)
        thread.start()
        servers.append((server, thread))
        until = time.monotonic() + 20
        while not server.started and time.monotonic() < until:
            time.sleep(0.01)
        return Page(desk.root, port)

    yield begin
    for server, thread in servers:
        server.should_exit = True
        thread.join(10)


@pytest.fixture
def page(start: Callable[..., Page]) -> Page:
    return start()


@pytest.fixture
def looked_at(start: Callable[..., Page], untouched: EditSession) -> Page:
    """A page by which nothing is changed."""
    return start(desk=untouched)


VIEWS = {
    "/": ("Översikt", "Overview"),
    f"/strategi/{S}": ("Granskningsomgångar", "Review rounds"),
    f"/strategi/{S}/atgard": ("Ny åtgärd", "New action"),
    f"/strategi/{S}/atgard/bifoga-samrad": ("Ägarens svar", "The owner’s answer"),
    f"/omgang/{S}/2026-04": ("Här är granskarna oense", "Where the reviewers disagree"),
    f"/granskning/{S}/2026-11/samlad": ("Granskarna", "The reviewers"),
    ONE: ("Resultatet nu", "The result now"),
    f"{ONE}/godkann": ("Godkänn granskningen", "Approve the review"),
    f"{ONE}/rapport": ("Förhandsgranska rapporten", "Preview of the report"),
    f"/omgang/{S}/2026-04/rapport": ("Förhandsgranska rapporten", "Preview of the report"),
    f"/strategi/{S}/rapport": ("Förhandsgranska rapporten", "Preview of the report"),
    "/portfolj": ("Förhandsgranska rapporten", "Preview of the report"),
    f"/historik/{S}": ("Resultatens historik", "History of the results"),
    "/skillnad": ("Vad som har ändrats", "What has changed"),
    f"/skillnad?fran={S}/2026-04": ("Vad som har ändrats", "What has changed"),
    "/skillnad?fran=HEAD": ("Vad som har ändrats", "What has changed"),
    "/spara": ("Spara en version", "Save a version"),
    f"/text/{FILE}": ("Filens text", "The text of the file"),
}
SWEDISH = {
    ONE: ('<textarea lang="sv" id="j-', '<textarea lang="sv" id="h-summary"', '<textarea lang="sv" id="h-not_read"'),
    f"/strategi/{S}/atgard/bifoga-samrad": ('<textarea lang="sv" id="a-text"', '<input lang="sv" id="a-title"'),
    f"/granskning/{S}/2026-11/samlad": ('<dd lang="sv">',),
}
"""What an English page says to be in Swedish, and a Swedish one does not."""


@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_view_is_there_in_both_languages(
    start: Callable[..., Page], untouched: EditSession, language: str
) -> None:
    page = start(language, desk=untouched)
    for path, words in VIEWS.items():
        shown = page.get(path)
        assert shown.status == 200, (path, shown.words)
        assert words[language == "en"] in shown.words, path
        assert f'<html lang="{language}">' in shown.text
        assert "\N{LANGUAGE TAG}" not in shown.text
        for marked in SWEDISH.get(path, ()):
            assert (marked in shown.text) == (language == "en"), "what reviewers and planners write is in Swedish"
        if path == f"/skillnad?fran={S}/2026-04":
            assert ('<ins lang="sv"' in shown.text) == (language == "en")
        assert "default-src 'none'" in shown.headers["content-security-policy"]
        assert not re.search(r"<script(?! src=\"/static/)|style=\"|javascript:|\son\w+=", shown.text), path


def test_tags_choose_the_questions_that_are_shown(page: Page) -> None:
    assert "Märken:" not in page.get(ONE).words
    path = page.root / "criteria/earlier/jamstalld-tillvaxt-0.9.0.yaml"
    text = path.read_text(encoding="utf-8")
    for name, tags in (("resor-vardag", "[ig1]"), ("resor-trygghet", "[ig1, ig2]")):
        text = text.replace(f"- id: {name}\n", f"- id: {name}\n        tags: {tags}\n", 1)
    path.write_text(text, encoding="utf-8")
    every, chosen = page.get(ONE), page.get(f"{ONE}?tag=ig1&tag=nope")
    assert len(re.findall("<article", every.text)) > 20
    assert re.findall(r'<article class="question" id="([^"]*)"', chosen.text) == ["resor-vardag", "resor-trygghet"]
    assert "2 frågor visas. Resultatet gäller alla." in chosen.words
    assert f'href="{ONE}?tag=ig1&amp;tag=ig2"' in chosen.text
    assert f'<a href="{ONE}" aria-current="true">ig1</a>' in chosen.text
    assert not set(re.findall(r'href="#([^"]+)"', chosen.text)) - set(re.findall(r'id="([^"]+)"', chosen.text))
    saved = page.post(f"{ONE}/svar/resor-vardag?tag=ig1", {"judgement": "level:2", "base": "{}"})
    assert saved.status in (303, 409)
    assert saved.status == 409 or saved.headers["location"] == f"{ONE}?tag=ig1#resor-vardag"


def test_nothing_can_be_changed_where_it_is_only_for_reading(
    start: Callable[..., Page], untouched: EditSession
) -> None:
    page = start(read_only=True, desk=untouched)
    for path in VIEWS:
        shown = page.get(path)
        assert shown.status == 200, path
        forms = re.findall(r"<form[^>]*method=\"post\".*?</form>", shown.text, re.DOTALL)
        assert not [one for one in forms if "<button" in one and 'action="/sprak"' not in one], path
    for path in (f"{ONE}/svar/resor-vardag", f"{ONE}/godkann", f"/strategi/{S}/atgard", f"/strategi/{S}/ny", "/spara"):
        assert page.post(path, {"role": "x"}).status == 403
    assert git(page.root, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    "path",
    ["/nope", "/strategi/nope", f"/omgang/{S}/1999", f"/granskning/{S}/2026-11/nope", "/text/../granskning.yaml",
     "/text/%2e%2e/%2e%2e/etc/passwd", "/text//etc/passwd", f"/granskning/..%2f..%2fetc/x/{quote('å<b>')}",
     "/strategi/..%2f..%2fetc", "/historik/nope", "/granskning/nope/nope/nope/rapport"],
)  # fmt: skip
def test_what_is_not_there_is_told_calmly(looked_at: Page, path: str) -> None:
    shown = looked_at.get(path)
    assert shown.status == 404, shown.words
    assert "Ingenting här" in shown.words
    assert "root:" not in shown.text
    assert "<b>" not in shown.text


def test_a_name_that_nothing_has_cannot_be_compared(looked_at: Page) -> None:
    for name in ("nope", "--output=/tmp/x", "/etc/passwd", "/etc/passwdd", "/etc/", "../x", "<b>å</b>"):
        shown = looked_at.get(f"/skillnad?fran={quote(name)}")
        assert shown.status == 409, name
        assert "<b>" not in shown.text
        assert "menade du" not in shown.text, f"{name}: what lies outside the folder is told to nobody"


# --- a review -------------------------------------------------------------------------------------------------------


def base_in(shown: str, criterion: str) -> str:
    found = re.search(rf'name="base" value="([^"]*)"\s+form="form-{criterion}"', shown)
    assert found
    return html.unescape(found.group(1))


def test_a_clash_shows_both_texts_and_the_reader_chooses(page: Page) -> None:
    base = base_in(page.get(ONE).text, "resor-vardag")
    assert page.post(f"{ONE}/svar/resor-vardag", {"base": base, "justification": "Den andras ord."}).status == 303
    mine = {"base": base, "justification": "Mina egna ord, å <b>."}
    shown = page.post(f"{ONE}/svar/resor-vardag", mine)
    assert shown.status == 409
    assert "Den andras ord." in shown.words
    assert "Mina egna ord, å <b>." in html.unescape(shown.text)
    assert "<b>." not in shown.text
    assert "Den andras ord." in page.read(FILE)
    again = {**mine, "base": base_in(shown.text, "resor-vardag"), "settle": "mine", "seen": seen_in(shown.text)}
    assert page.post(f"{ONE}/svar/resor-vardag", again).status == 303
    assert "Mina egna ord, å <b>." in page.read(FILE)


def seen_in(shown: str) -> str:
    found = re.search(r'name="seen" value="([^"]*)"', shown)
    assert found
    return html.unescape(found.group(1))


def test_after_a_clash_the_next_keystroke_overwrites_nothing(page: Page) -> None:
    base = base_in(page.get(ONE).text, "resor-vardag")
    page.post(f"{ONE}/svar/resor-vardag", {"base": base, "justification": "Den andras ord."})
    first = page.post(f"{ONE}/svar/resor-vardag", {"base": base, "justification": "Mina"}, HX_Request="true")
    assert first.status == 200
    kept = base_in(first.text, "resor-vardag")
    second = page.post(f"{ONE}/svar/resor-vardag", {"base": kept, "justification": "Mina or"}, HX_Request="true")
    assert "Båda visas" in second.words
    assert "Den andras ord." in page.read(FILE)
    assert "Mina or" not in page.read(FILE)


def slots_in(shown: str) -> dict[str, str]:
    return dict(re.findall(r'<div class="slot" id="found-resor-vardag-([\w-]+)"[^>]*>(.*?)</div>', shown, re.DOTALL))


def test_findings_stand_by_the_field_that_they_concern(page: Page) -> None:
    form = {"base": base_in(page.get(ONE).text, "resor-vardag"), "items": "1", "item-1-edition": "nope",
            "item-1-page": "3", "item-1-quote": "x", "justification": ""}  # fmt: skip
    slots = slots_in(page.post(f"{ONE}/svar/resor-vardag", form, HX_Request="true").text)
    assert "Motiveringen saknas" in slots["justification"]
    assert "GR201" not in slots["justification"]
    assert "<li" in slots["item-1"]
    assert "<li" not in slots["note"]


def test_what_would_break_the_file_is_not_written_and_said_beside_the_field(looked_at: Page) -> None:
    before = looked_at.read(FILE)
    form = {"base": base_in(looked_at.get(ONE).text, "resor-vardag"), "judgement": "open", "reason-open": ""}
    shown = looked_at.post(f"{ONE}/svar/resor-vardag", form, HX_Request="true")
    assert "Inte sparat än" in shown.words
    assert "<li" in slots_in(shown.text)["judgement"]
    plain = looked_at.post(f"{ONE}/svar/resor-vardag", form)
    assert plain.status == 409
    assert 'value="open" checked' in plain.text
    assert looked_at.read(FILE) == before
    head = looked_at.post(f"{ONE}/huvud", {"base": "{}", "date": "i går"})
    assert head.status == 409
    assert "i går" in head.text
    wrong = looked_at.post(f"/strategi/{S}/atgard", {"title": "Ny", "status": "proposed", "due": "snart"})
    assert wrong.status == 409
    assert 'value="snart"' in wrong.text
    assert looked_at.get(ONE).status == 200
    assert git(looked_at.root, "status", "--porcelain") == ""


def test_the_head_is_merged_field_by_field(page: Page) -> None:
    shown = page.get(ONE).text
    page.post(f"{ONE}/svar/resor-vardag", {"base": base_in(shown, "resor-vardag"), "justification": "Nya ord."})
    base = html.unescape(re.search(r'name="base" value="([^"]*)">', shown).group(1))  # type: ignore[union-attr]
    assert page.post(f"{ONE}/huvud", {"base": base, "summary": "Kort sagt."}).status == 303
    assert page.post(f"{ONE}/huvud", {"base": base, "case_number": "EX 7"}).status == 303
    clash = page.post(f"{ONE}/huvud", {"base": base, "summary": "Annat."})
    assert clash.status == 409
    assert "Kort sagt." in clash.words
    assert "Annat." in clash.text
    assert "EX 7" in page.read(FILE)


def test_a_very_long_and_a_word_pasted_text_are_kept(page: Page) -> None:
    shown = page.get(ONE).text
    long = "Långt. " * 14300
    pasted = "“Klokt” – sa hon…\r\n\tpunkt\xa0ett • två\u2028\u200bslut\x0b"
    for criterion, text in (("resor-vardag", long), ("resor-barn", pasted)):
        form = {"base": base_in(shown, criterion), "justification": text}
        assert page.post(f"{ONE}/svar/{criterion}", form).status in (303, 409)
    again = page.get(ONE)
    assert long.strip() in again.text
    assert page.get(f"/text/{FILE}").status == 200
    assert "“Klokt” – sa hon…" in again.text


def test_a_file_that_is_deleted_under_the_form(page: Page) -> None:
    base = base_in(page.get(ONE).text, "resor-vardag")
    (page.root / FILE).unlink()
    for path, form in ((f"{ONE}/svar/resor-vardag", {"base": base, "justification": "x"}), (f"{ONE}/huvud", {})):
        assert page.post(path, form).status in (303, 404, 409)
    assert page.get(ONE).status == 404
    assert not (page.root / FILE).exists()


def test_a_broken_file_is_shown_as_text_with_its_fault(page: Page) -> None:
    (page.root / FILE).write_text("schema: granskning/review/1\nanswers: [\n", "utf-8")
    assert page.get("/").status == 200
    shown = page.get(ONE)
    assert (shown.status, shown.headers["location"]) == (303, f"/text/{FILE}")
    text = page.get(f"/text/{FILE}")
    assert "rad " in text.words
    assert page.get(f"{ONE}/rapport").status == 409
    assert page.get(f"{ONE}/godkann").status == 409
    assert FILE in page.get(f"/omgang/{S}/2026-11").words


# --- strategy, actions, rounds --------------------------------------------------------------------------------------


def test_an_action_is_proposed_answered_and_followed(page: Page) -> None:
    before = page.read(ACTIONS)
    form = page.get(f"/strategi/{S}/atgard?criterion=resor-barn&round=2026-11&back={quote(ONE)}%23resor-barn")
    assert re.search(r'value="resor-barn" checked', form.text)
    new = [("title", "Mät resor på nytt"), ("status", "proposed"), ("criteria-shown", "1"), ("criterion", "resor-barn"),
           ("round", "2026-11"), ("back", f"{ONE}#resor-barn")]  # fmt: skip
    done = page.post(f"/strategi/{S}/atgard", new)
    assert (done.status, done.headers["location"]) == (303, f"{ONE}#resor-barn")
    assert page.read(ACTIONS).startswith(before.rstrip("\n"))
    assert "Mät resor på nytt" in page.get(ONE).words

    shown = page.get(f"/strategi/{S}/atgard/mat-resor-pa-nytt")
    base = html.unescape(re.search(r'name="base" value="([^"]*)"', shown.text).group(1))  # type: ignore[union-attr]
    answered = {
        "base": base, "title": "Mät resor på nytt", "status": "done", "responsible": "controller", "due": "2027",
        "decision": "accepts", "answer-date": "2026-11-25", "answer-role": "direktör",
        "step-date": "2026-11-26", "step-text": "Mätt.", "step-edition": "antagen", "step-page": "4",
        "step-quote": "ord", "criteria-shown": "1", "criterion": "resor-barn", "round": "2026-11",
    }  # fmt: skip
    assert page.post(f"/strategi/{S}/atgard/mat-resor-pa-nytt", answered).status == 303
    text = page.read(ACTIONS)
    assert text.startswith(before.rstrip("\n"))
    for line in ("decision: accepts", "date: 2026-11-25", "  Mätt.", "page: 4", "responsible: controller"):
        assert line in text.removeprefix(before.rstrip("\n")), line


def test_the_first_action_of_a_strategy_makes_the_file(page: Page) -> None:
    name = next(p.parent.name for p in sorted(page.root.glob("strategies/*/strategy.yaml"))
                if not (p.parent / "actions.yaml").exists())  # fmt: skip
    assert page.post(f"/strategi/{name}/atgard", {"title": "Åtgärd ett", "status": "proposed"}).status == 303
    assert "id: atgard-ett" in page.read(f"strategies/{name}/actions.yaml")
    assert page.post(f"/strategi/{name}/atgard", {"title": "", "status": "proposed"}).status == 409


def test_two_who_change_an_action_lose_nothing(page: Page) -> None:
    path = f"/strategi/{S}/atgard/bestam-tid"
    base = html.unescape(re.search(r'name="base" value="([^"]*)"', page.get(path).text).group(1))  # type: ignore[union-attr]
    assert page.post(path, {"base": base, "cost": "10 kronor", "status": "ongoing"}).status == 303
    assert page.post(path, {"base": base, "due": "2027", "status": "ongoing"}).status == 303
    assert "cost: 10 kronor" in page.read(ACTIONS)
    shown = page.post(path, {"base": base, "cost": "20 kronor", "status": "ongoing"})
    assert shown.status == 409
    assert "10 kronor" in shown.words
    assert "20 kronor" in shown.text
    now = html.unescape(re.search(r'name="base" value="([^"]*)"', shown.text).group(1))  # type: ignore[union-attr]
    assert page.post(path, {"base": now, "cost": "20 kronor", "status": "ongoing"}).status == 303
    assert "cost: 20 kronor" in page.read(ACTIONS)
    assert json.loads(now)["cost"] == "10 kronor"


def test_a_new_review_and_the_joint_one_are_begun(page: Page) -> None:
    made = page.post(f"/strategi/{S}/ny", {"round": "2027-04", "reviewer": "controller", "earlier": "2026-11"})
    assert made.headers["location"] == f"/granskning/{S}/2027-04/controller/fraga"
    shown = page.get(made.headers["location"].removesuffix("/fraga")).words
    assert "Överfört" in shown or "I omgång 2026-11" in shown
    page.post(f"/strategi/{S}/ny", {"round": "2027-04", "reviewer": "jurist"})
    assert "Börja den samlade bedömningen" in page.get(f"/omgang/{S}/2027-04").words
    joint = page.post(f"/strategi/{S}/ny", {"round": "2027-04", "kind": "consensus", "reviewer": "samlad"})
    assert joint.headers["location"] == f"/granskning/{S}/2027-04/samlad/fraga"
    assert page.get(joint.headers["location"]).status == 303
    again = page.post(f"/strategi/{S}/ny", {"round": "2027-04", "reviewer": "jurist"})
    assert again.status == 409
    titled = page.post(f"/strategi/{S}/ny", {"round": "2027", "reviewer": "Ärendeägare på Åland"})
    assert titled.headers["location"] == f"/granskning/{S}/2027/arendeagare-pa-aland/fraga", "an id is made of a title"
    for round_, role in (("../x", "a"), ("2027", "!!"), ("", "")):
        assert page.post(f"/strategi/{S}/ny", {"round": round_, "reviewer": role}).status == 409


# --- reports, approval, versions ------------------------------------------------------------------------------------


def test_a_report_is_shown_where_it_can_do_nothing(looked_at: Page) -> None:
    for path in (f"{ONE}/rapport", f"/omgang/{S}/2026-04/rapport", f"/strategi/{S}/rapport", "/portfolj"):
        held = looked_at.get(f"{path}?form=html")
        policy = held.headers["content-security-policy"]
        assert held.status == 200
        assert "sandbox" in policy
        assert "allow-scripts" not in policy
        assert "script-src" not in policy
        assert "default-src 'none'" in policy
        shown = re.search(r'<iframe class="report" src="([^"]+)"', looked_at.get(path).text)
        assert shown is not None
        assert looked_at.get(html.unescape(shown[1])).headers["content-security-policy"] == policy


def test_the_pdf_is_fetched(looked_at: Page) -> None:
    made = looked_at.get(f"{ONE}/rapport?form=pdf")
    assert made.status == 200, made.words
    assert made.text.startswith("%PDF-")
    assert made.headers["content-disposition"].startswith("attachment")
    assert looked_at.get(f"{ONE}/rapport?form=docx").text.startswith("PK")


def test_where_pdfs_cannot_be_made_it_is_said(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("granskning.tasks.editing.cached_views.missing_libraries", lambda: ["Pango"])
    made = page.get(f"{ONE}/rapport?form=pdf")
    assert made.status == 409
    assert "Pango" in made.words


def test_a_review_that_is_not_whole_is_not_approved(page: Page) -> None:
    page.post(f"{ONE}/svar/resor-vardag", {"base": base_in(page.get(ONE).text, "resor-vardag"), "judgement": ""})
    before = page.read(FILE)
    shown = page.post(f"{ONE}/godkann", {"role": "direktör"})
    assert shown.status == 409
    assert "Inte godkänd" in shown.words
    assert f'{ONE}/fraga/resor-vardag"' in shown.text
    assert page.read(FILE) == before
    assert page.post(f"{ONE}/godkann", {"role": " "}).status == 409


def test_an_approval_is_written_and_the_form_locked(page: Page) -> None:
    one = f"/granskning/{S}/2026-11/samlad"
    done = page.post(f"{one}/godkann", {"role": "direktör", "case_number": "EX 1", "body": "styrelsen"})
    assert done.status == 303, done.words
    text = page.read(f"strategies/{S}/reviews/2026-11/samlad.yaml")
    assert "status: approved" in text
    assert "role: direktör" in text
    assert "är godkänd" in page.get(one).words
    assert page.post(f"{one}/svar/resor-vardag", {"justification": "x"}).status == 409


def test_a_version_is_saved_with_who_is_logged_in(start: Callable[..., Page]) -> None:
    page = start(user_header="x-user")
    page.headers["x-user"] = "Åsa Prov".encode().decode("latin-1")
    base = base_in(page.get(ONE).text, "resor-vardag")
    page.post(f"{ONE}/svar/resor-vardag", {"base": base, "justification": "Nya ord."})
    shown = page.get("/spara")
    assert FILE in shown.words
    done = page.post("/spara", {"message": "Ny motivering å"})
    assert done.status == 200, done.words
    assert "Ny motivering å" in done.words
    assert git(page.root, "log", "-1", "--format=%an|%cn|%s") == "Åsa Prov|Prov|Ny motivering å\n"
    assert "Ingenting" in done.words
    assert "Ny motivering å" in page.get(f"/historik/{S}").words
    (page.root / f"strategies/{S}/reviews/2026-04/samlad (1).yaml").write_text("a: b\n")
    for answer in (page.get("/spara"), page.post("/spara", {"message": ""})):
        assert "Inte sparad, eftersom det är en låsfil" in answer.words
        assert "fil är som den sparades" not in answer.words


def test_why_no_version_can_be_saved_is_said(page: Page, monkeypatch: pytest.MonkeyPatch) -> None:
    (page.root / ".git/MERGE_HEAD").write_text(git(page.root, "rev-parse", "HEAD"), "utf-8")
    assert "Git är mitt i en sammanslagning, så inget sparas." in page.get("/spara").words
    (page.root / ".git/MERGE_HEAD").unlink()
    shutil.rmtree(page.root / ".git")
    shown = page.post("/spara", {"message": "x"})
    assert shown.status == 409
    assert page.get(f"/historik/{S}").status == 200
    monkeypatch.setenv("PATH", "")
    assert "finns inte på datorn" in page.get("/spara").words


def test_what_is_written_beside_the_page_is_seen_at_once(page: Page) -> None:
    page.get(f"/strategi/{S}")
    path = page.root / ACTIONS
    path.write_text(path.read_text("utf-8").replace("Bifoga redovisningen", "Bilägg redovisningen"), "utf-8")
    assert "Bilägg redovisningen" in page.get(f"/strategi/{S}").words
    path.write_text("schema: granskning/actions/1\nactions: [", "utf-8")
    shown = page.get(f"/strategi/{S}")
    assert shown.status == 200
    assert page.post(f"/strategi/{S}/atgard", {"title": "x", "status": "proposed"}).status == 409
    path.unlink()
    assert "Ingen åtgärd" in page.get(f"/strategi/{S}").words
