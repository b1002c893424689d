"""The work of a planner on the page, from an empty folder to a review that is handed in, approved and opened again."""

from __future__ import annotations

import contextlib
import html
import http.client
import io
import re
import subprocess
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from served import Served, serving_here, words

from small_pdf import small_pdf

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

AT = "/granskning/provplan/2026-11/granskaren"
REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
STRATEGY = "strategies/provplan/strategy.yaml"
HTMX = {"HX-Request": "true"}
BOUNDARY = "gransen"


@pytest.fixture
def empty(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Served]:
    folder = tmp_path / "tom"
    folder.mkdir()
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    with serving_here(folder) as served:
        yield served


def values(site: Served, file: str) -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((site.root / file).read_bytes())
    return read


def upload(site: Served, path: str, fields: Mapping[str, str], name: str, data: bytes) -> Any:
    lines = [f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
             for key, value in fields.items()]  # fmt: skip
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="document"; filename="{name}"\r\n\r\n'
    body = b"".join([*lines, head.encode(), data, f"\r\n--{BOUNDARY}--\r\n".encode()])
    return site.ask("POST", path, {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}, body)


NEW = {
    "title": "Kollektivtrafikplan för Provlän", "kind": "plan", "area": "infrastruktur", "owner": "Region Provlän",
    "from": "2027", "stage": "consultation", "date": "15/9 2026",
}  # fmt: skip


def test_from_an_empty_folder_to_a_first_question(empty: Served) -> None:
    assert "Börja här" in words(empty.ask("GET", "/").body)
    begun = {
        "organisation": "Region Provlän",
        "framework": "five-star-open-data",
        "name": "Prov Provsson",
        "email": "prov@exempel.se",
    }
    assert empty.post("/borja", begun).status == 303
    assert values(empty, "granskning.yaml")["organisation"] == "Region Provlän"
    log = subprocess.run(["git", "log", "--format=%an"], cwd=empty.root, check=True, capture_output=True, text=True)
    assert log.stdout == "Prov Provsson\n"
    assert "Ny strategi" in words(empty.ask("GET", "/").body)
    reply = upload(empty, "/ny-strategi", {**NEW, "keep": "1"}, "plan.pdf", small_pdf("Resor för alla.", "Sida två."))
    assert reply.status == 303, words(reply.body)
    name = "kollektivtrafikplan-for-provlan"
    assert reply.header("location").startswith(f"/strategi/{name}")
    strategy = values(empty, f"strategies/{name}/strategy.yaml")
    (edition,) = strategy["editions"]
    assert (edition["id"], edition["pages"], str(edition["date"])) == ("remissversion-2026", 2, "2026-09-15")
    assert (empty.root / "strategies" / name / edition["document"]).read_bytes().startswith(b"%PDF")
    fields = {
        "round": "2026-11",
        "kind": "reviewer",
        "reviewer": "Planerare kollektivtrafik",
        "due": "15 december 2026",
    }
    reply = empty.post(f"/strategi/{name}/ny", fields)
    assert reply.header("location") == f"/granskning/{name}/2026-11/planerare-kollektivtrafik/fraga"
    titles = values(empty, "granskning.yaml")["roles"]["planerare-kollektivtrafik"]["title"]
    assert list(titles.values()) == ["Planerare kollektivtrafik"]
    assert str(values(empty, f"strategies/{name}/strategy.yaml")["rounds"][0]["due"]) == "2026-12-15"
    first = empty.ask("GET", empty.ask("GET", reply.header("location")).header("location"))
    assert "Resor för alla." in words(first.body)
    assert len(first.body) < 100_000


def test_a_document_that_may_not_be_kept_leaves_its_hash_and_no_file(site: Served) -> None:
    reply = upload(
        site, "/strategi/provplan/utgava", {"stage": "adopted", "date": "2026-12"}, "hemlig.pdf", b"%PDF-1.4 x"
    )
    assert reply.status == 303, words(reply.body)
    edition = values(site, STRATEGY)["editions"][-1]
    assert len(edition["sha256"]) == 64
    assert "document" not in edition
    assert "gick inte att läsa" in words(site.ask("GET", reply.header("location").partition("#")[0]).body)
    refused = upload(site, "/strategi/provplan/utgava", {"stage": "adopted"}, "program.exe", b"MZ")
    assert refused.status == 409
    assert "program.exe" in words(refused.body)


def test_what_a_strategy_lacks_is_said_by_its_field_and_what_was_written_stays(site: Served) -> None:
    before = sorted(site.root.rglob("*"))
    reply = site.post("/ny-strategi", {**NEW, "owner": "", "from": "snart"})
    assert reply.status == 409
    assert "Ägare saknas" in words(reply.body)
    assert 'value="Kollektivtrafikplan för Provlän"' in html.unescape(reply.body)
    reply = site.post("/ny-strategi", {**NEW, "from": "snart"})
    assert "snart är inte skrivet som det ska" in words(reply.body)
    assert sorted(site.root.rglob("*")) == before


def test_a_decision_not_to_review_is_written_shown_and_taken_back(site: Served) -> None:
    for file in (site.root / "strategies/provplan/reviews").rglob("*.yaml"):
        file.unlink()
    fields = {"why": "Planen är upphävd.", "role": "direktör", "date": "1 november 2026"}
    assert site.post("/strategi/provplan/granskas-inte", fields).status == 303
    assert "Planen är upphävd." in words(site.ask("GET", "/strategi/provplan").body)
    assert str(values(site, STRATEGY)["not_reviewed"]["date"]) == "2026-11-01"
    assert site.post("/strategi/provplan/granskas-inte", {"withdraw": "1"}).status == 303
    assert "not_reviewed" not in values(site, STRATEGY)


def base_in(body: str) -> str:
    found = re.search(r'name="base" value="([^"]*)"', body)
    assert found
    return html.unescape(found[1])


def test_words_of_the_document_become_evidence_that_is_looked_up_and_can_be_undone(site: Served) -> None:
    view = site.ask("GET", f"{AT}/fraga/makt-samrad")
    assert "Fråga 3 av 3" in words(view.body)
    cited = {
        "base": base_in(view.body),
        "cite-edition": "remiss",
        "cite-page": "1",
        "cite-quote": "Omsorgsresor  nämns en gång.",
    }
    reply = site.post(f"{AT}/svar/makt-samrad?vy=fraga", cited, HTMX)
    assert "står i texten" in words(reply.body)
    kept = values(site, REVIEW)["answers"]["makt-samrad"]["evidence"]
    assert (len(kept), kept[1]["page"], kept[1]["quote"].strip()) == (2, 1, "Omsorgsresor nämns en gång.")
    wrong = {
        "base": base_in(reply.body),
        "cite-edition": "remiss",
        "cite-page": "1",
        "cite-quote": "Detta står inte där alls.",
    }
    reply = site.post(f"{AT}/svar/makt-samrad?vy=fraga", wrong, HTMX)
    assert "<li" in reply.body.partition('id="found-makt-samrad-item-3"')[2].partition("</div>")[0]
    reply = site.post(f"{AT}/svar/makt-samrad?vy=fraga", {"base": base_in(reply.body), "items": "3", "drop": "3"}, HTMX)
    assert "Belägg 3 togs bort." in words(reply.body)
    assert len(values(site, REVIEW)["answers"]["makt-samrad"]["evidence"]) == 2
    before = html.unescape(re.search(r'name="undo-evidence" value="([^"]*)"', reply.body)[1])  # type: ignore[index]
    undo = {"base": base_in(reply.body), "items": "2", "undo": "1", "undo-evidence": before}
    site.post(f"{AT}/svar/makt-samrad?vy=fraga", undo, HTMX)
    assert len(values(site, REVIEW)["answers"]["makt-samrad"]["evidence"]) == 3


def test_a_review_is_checked_handed_in_approved_and_opened_again(site: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    file = site.root / REVIEW
    text = file.read_text("utf-8").replace("reading_depth: full_text", "reading_depth: not_read")
    file.write_text(text.replace("  makt-samrad:\n    level: 3\n", "  makt-samrad:\n    level:\n"), "utf-8")
    shown = site.ask("GET", f"{AT}/lamna-in")
    assert "1 sak saknas" in words(shown.body)
    assert f'href="{AT}/fraga/makt-samrad"' in shown.body
    assert " checked" not in shown.body  # how much was read is asked, never presumed
    reply = site.post(f"{AT}/lamna-in", {"reading_depth": "full_text"})
    assert reply.status == 409
    file.write_text(text, "utf-8")
    assert site.post(f"{AT}/lamna-in", {}).status == 409
    assert site.post(f"{AT}/lamna-in", {"reading_depth": "contents"}).status == 409
    assert site.post(f"{AT}/lamna-in", {"reading_depth": "full_text"}).status == 303
    assert (values(site, REVIEW)["status"], values(site, REVIEW)["reading_depth"]) == (
        "submitted",
        "full_text",
    )
    assert site.post(f"{AT}/godkann", {"role": "direktör"}).status == 303
    # without versions what was approved would be gone
    assert site.post(f"{AT}/oppna", {"why": "Fel sida.", "role": "direktör"}).status == 409
    assert site.post("/spara/borja", {"name": "Prov", "email": "prov@exempel.se"}).status == 303
    assert site.post(f"{AT}/oppna", {"why": "", "role": "direktör"}).status == 409
    assert site.post(f"{AT}/oppna", {"why": "Fel sida.", "role": "direktör"}).status == 303
    opened = values(site, REVIEW)
    assert (opened["status"], opened["reopened"][0]["why"]) == ("draft", "Fel sida.")
    approved = subprocess.run(
        ["git", "show", f"HEAD:{REVIEW}"], cwd=site.root, check=True, capture_output=True, text=True
    )
    assert "status: approved" in approved.stdout


FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def text_of_export(site: Served, form: str, headers: Mapping[str, str]) -> bytes:
    """What an export holds, unpacked where it is packed."""
    ours = {"Host": site.host, "Origin": site.address, "Accept-Encoding": "identity", **headers}
    connection = http.client.HTTPConnection("127.0.0.1", site.port, timeout=60)
    with contextlib.closing(connection):
        connection.request("GET", f"/excel?form={form}", headers=ours)
        data = connection.getresponse().read()
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        return b"".join(map(packed.read, packed.namelist()))


def test_a_blind_round_keeps_the_answers_of_others_until_one_has_handed_in(site: Served) -> None:
    text = (site.root / REVIEW).read_text("utf-8")
    other = site.root / "strategies/provplan/reviews/2026-11/andra.yaml"
    mine = text.replace("reviewer: granskaren", "reviewer: andra").replace("Omsorgsresor nämns en gång.", "Mitt eget.")
    other.write_text(mine, "utf-8")
    assert site.post("/omgang/provplan/2026-11/plan", {"blind": "1", "target-resor": "Controller"}).status == 303
    assert values(site, STRATEGY)["rounds"][0]["assigned"] == {"resor": "controller"}
    secret, views = "Omsorgsresor nämns en gång.", ("/omgang/provplan/2026-11", f"{AT}/fraga/resor-vardag", AT)
    me = {"Cookie": f"{site.cookie}; granskning-roles=andra"}
    for path in (*views, f"{AT}/rapport?form=html", "/omgang/provplan/2026-11/rapport?form=html"):
        assert secret not in words(site.ask("GET", path, me).body), path
    also = ("/portfolj?form=html", "/strategi/provplan/rapport?form=html", f"/text/{REVIEW}", "/historik/provplan",
            f"{AT}/versioner", f"{AT}/lamna-in", f"{AT}/arbete", "/skillnad?fran=HEAD", "/oversikt", "/")  # fmt: skip
    for path in also:
        assert secret not in words(site.ask("GET", path, me).body), path
    assert "1 granskning av en blind omgång är utelämnad" in words(site.ask("GET", "/portfolj", me).body)
    for form in ("json", "xlsx"):
        assert secret.encode() not in text_of_export(site, form, me), form
    assert site.ask("POST", f"/text/{REVIEW}", {**me, **FORM}, b"text=x&opened=y").status == 200
    assert site.ask("POST", f"{AT}/svar/resor-vardag", {**me, **FORM}, b"base={}").status == 200
    assert (site.root / REVIEW).read_text("utf-8") == text
    other.write_text(other.read_text("utf-8").replace("status: draft", "status: submitted"), "utf-8")
    for path in (AT, f"/text/{REVIEW}", "/portfolj?form=html"):
        assert secret in words(site.ask("GET", path, me).body) or path.startswith("/portfolj"), path
    assert secret.encode() in text_of_export(site, "json", me)


def test_my_roles_are_remembered_and_the_list_is_searched_and_paged(site: Served) -> None:
    assert "Ange nedan vilka roller" in words(site.ask("GET", "/").body)
    reply = site.post("/roller", {"role": "granskaren"})
    cookie = reply.header("set-cookie").partition(";")[0]
    mine = words(site.ask("GET", "/", {"Cookie": f"{site.cookie}; {cookie}"}).body)
    assert "1 av 3" in mine or "alla besvarade" in mine
    text = (site.root / REVIEW).read_text("utf-8")
    for number in range(60):
        at = site.root / f"strategies/provplan/reviews/2027-{number:03}/granskaren.yaml"
        at.parent.mkdir()
        at.write_text(text.replace("round: 2026-11", f"round: 2027-{number:03}"), "utf-8")
    shown = site.ask("GET", "/").body
    assert "61 granskningar, sida 1 av 2" in words(shown)
    assert "1 granskning" in words(site.ask("GET", "/?q=2027-059").body)
    assert len(shown) < 100_000
