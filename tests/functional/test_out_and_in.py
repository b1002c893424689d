"""What is taken out of the page and brought in: workbooks, tables, calendars, versions of criteria."""

from __future__ import annotations

import io
import re
import subprocess
from typing import TYPE_CHECKING

from openpyxl import load_workbook
from served import Served, words

from granskning.reporting.tables.calendar_text import DueDate, calendar_text
from granskning.reporting.workbook.workbook_choices import FIRST_ROW, KEY_ROW

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

    from conftest import Run

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
AT = "/granskning/provplan/2026-11/granskaren"


def test_a_workbook_goes_out_is_shown_and_is_brought_in(site: Served, granskning: Run) -> None:
    assert granskning("export", "-o", "bok.xlsx", cwd=site.root).returncode == 0
    book = load_workbook(site.root / "bok.xlsx")
    sheet = book.worksheets[1]
    keys = {cell.value: cell.column for cell in sheet[KEY_ROW] if cell.value}
    sheet.cell(FIRST_ROW, keys["justification"]).value = "Skrivet i Excel."
    out = io.BytesIO()
    book.save(out)
    before = (site.root / REVIEW).read_bytes()

    def send(write: str) -> str:
        head = b'--g\r\nContent-Disposition: form-data; name="write"\r\n\r\n' + write.encode() + b"\r\n"
        head += b'--g\r\nContent-Disposition: form-data; name="workbook"; filename="bok.xlsx"\r\n\r\n'
        reply = site.ask("POST", "/excel", {"Content-Type": "multipart/form-data; boundary=g"},
                         head + out.getvalue() + b"\r\n--g--\r\n")  # fmt: skip
        assert reply.status == 200, words(reply.body)
        return words(reply.body)

    shown = send("0")
    assert "Skrivet i Excel." in shown
    assert "Inget är skrivet än" in shown
    assert (site.root / REVIEW).read_bytes() == before
    assert "Vad som fördes in" in send("1")
    assert "Skrivet i Excel." in (site.root / REVIEW).read_text("utf-8")


def test_what_is_taken_out_is_a_file(site: Served) -> None:
    for form in ("xlsx", "csv-sv", "json"):
        reply = site.ask("GET", f"/excel?form={form}")
        assert reply.status == 200
        assert "attachment" in reply.header("content-disposition")
    assert site.ask("GET", "/excel?form=exe").status == 409
    site.post("/omgang/provplan/2026-11/plan", {"due": "2026-12-15"})
    calendar = site.ask("GET", "/kalender").body
    assert "DTSTART;VALUE=DATE:20261215" in calendar


def test_a_new_version_of_a_set_and_a_review_moved_to_it(site: Served) -> None:
    assert site.post("/matt/prov/version", {"version": "0.1"}).status == 409
    assert site.post("/matt/prov/version", {"version": "1.1.0"}).status == 303
    assert (site.root / "criteria/earlier/prov-1.0.0.yaml").exists()
    before = (site.root / REVIEW).read_bytes()
    assert "Inget är skrivet än" in words(site.post(f"{AT}/flytta", {"to": "prov@1.1.0"}).body)
    assert (site.root / REVIEW).read_bytes() == before
    assert "Flyttad." in words(site.post(f"{AT}/flytta", {"to": "prov@1.1.0", "write": "1"}).body)
    assert "prov@1.1.0" in (site.root / REVIEW).read_text("utf-8")


def test_a_swedish_spreadsheet_gets_semicolons_commas_and_a_mark(workspace: Path, granskning: Run) -> None:
    assert (
        granskning("export", "--table", "target_results", "--excel", "sv", "-o", "r.csv", cwd=workspace).returncode == 0
    )
    data = (workspace / "r.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert b";" in data.splitlines()[0]
    assert re.search(rb";\d+,\d+;", data)
    plain = granskning("export", "--table", "target_results", "-o", "-", cwd=workspace).stdout
    assert re.search(r",\d+\.\d+,", plain)


def test_lines_of_a_calendar_are_folded_and_marked() -> None:
    title = "Räkna; resor, och åäö " + "å" * 80
    text = calendar_text([DueDate("p/a", "2026-12-15", title, "rad 1\nrad 2"), DueDate("p/b", "2026", "utan dag")])
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    whole = text.replace("\r\n ", "")
    assert "SUMMARY:Räkna\\; resor\\, och" in whole
    assert "DESCRIPTION:rad 1\\nrad 2" in whole
    assert "utan dag" not in whole


def test_actions_that_are_due_as_a_calendar(workspace: Path, granskning: Run) -> None:
    file = workspace / "strategies/provplan/actions.yaml"
    file.write_text(
        "schema: granskning/actions/1\nstrategy: provplan\nactions:\n  - id: rakna\n    title: Räkna resorna\n"
        "    status: proposed\n    due: 2026-12-15\n", "utf-8",
    )  # fmt: skip
    done = granskning("actions", "--format", "ics", cwd=workspace)
    assert (done.returncode, "SUMMARY:Räkna resorna" in done.stdout) == (0, True)


def test_a_review_changes_its_reviewer(site: Served, granskning: Run) -> None:
    strategy = "strategies/provplan/strategy.yaml"
    assert site.post("/omgang/provplan/2026-11/plan", {"target-resor": "granskaren"}).status == 303
    assert site.post(f"{AT}/granskare", {"reviewer": " "}).status == 409
    assert site.post(f"{AT}/granskare", {"reviewer": "Planerare kollektivtrafik"}).status == 303
    assert "Granskare är Planerare kollektivtrafik." in words(site.ask("GET", f"{AT}/arbete").body)
    text = (site.root / REVIEW).read_text("utf-8")
    assert "reviewer: planerare-kollektivtrafik\n" in text
    assert "Omsorgsresor nämns en gång." in text
    assert "resor: planerare-kollektivtrafik" in (site.root / strategy).read_text("utf-8")
    assert granskning("check", cwd=site.root).returncode == 0
    (site.root / REVIEW).with_name("andra.yaml").write_text(text.replace("planerare-kollektivtrafik", "andra"), "utf-8")
    assert site.post(f"{AT}/granskare", {"reviewer": "andra"}).status == 409
    (site.root / REVIEW).write_text(text.replace("status: draft", "status: approved"), "utf-8")
    assert site.post(f"{AT}/granskare", {"reviewer": "Controller"}).status == 409


def test_a_decision_not_to_review_is_shown_and_accepted(site: Served, granskning: Run) -> None:
    (site.root / REVIEW).unlink()
    decision = {"why": "Planen ersätts i år.", "role": "direktören", "date": "2026-11-29"}
    assert site.post("/strategi/provplan/granskas-inte", decision).status == 303
    assert granskning("check", cwd=site.root).returncode == 0
    assert "Planen ersätts i år." in words(site.ask("GET", "/portfolj?form=html").body)


def head(root: Path) -> str:
    told = subprocess.run(["git", "rev-parse", "HEAD"], cwd=root, capture_output=True, text=True, check=True)
    return told.stdout.strip()


def test_an_approved_review_is_published_and_an_earlier_version_is_put_back(
    site: Served, granskning: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{name}_NAME", "prov")
        monkeypatch.setenv(f"GIT_{name}_EMAIL", "prov@exempel.se")
    for arguments in (("init", "-q", "-b", "main"), ("add", "-A"), ("commit", "-q", "-m", "först")):
        subprocess.run(["git", *arguments], cwd=site.root, check=True)
    first = (site.root / REVIEW).read_bytes()
    (site.root / REVIEW).write_bytes(first.replace(b"Alla h\xc3\xb6rdes.", b"Ingen h\xc3\xb6rdes."))
    shown = site.ask("GET", f"{AT}/versioner").body
    assert "först" in words(shown)
    commit = head(site.root)
    assert site.post(f"{AT}/versioner", {"version": "0" * 40}).status == 409
    assert site.post(f"{AT}/versioner", {"version": commit}).status == 303
    assert (site.root / REVIEW).read_bytes() == first
    saved = head(site.root)
    assert saved != commit
    kept = subprocess.run(["git", "show", f"{saved}:{REVIEW}"], cwd=site.root, capture_output=True, check=True).stdout
    assert "Ingen hördes.".encode() in kept, "what stood there was saved first"
    reply = site.post(f"{AT}/publicera", {})
    assert not (site.root / "strategies/provplan/published").exists(), "a draft is not published"
    assert reply.status in (200, 409)
    assert site.post(f"{AT}/godkann", {"role": "direktören"}).status == 303
    told = words(site.post(f"{AT}/publicera", {}).body)
    assert "Publicerad" in told or "Publicerat" in told, told
    published = [path.name for path in (site.root / "strategies/provplan/published").rglob("*") if path.is_file()]
    assert {name.rpartition(".")[2] for name in published} >= {"pdf", "zip", "yaml"}
    assert granskning("check", cwd=site.root).returncode == 0


def test_every_report_and_form_is_on_the_page(site: Served) -> None:
    """What `render` makes for a review, a strategy and a set is reached by a link of the page that shows it."""
    at = f"{AT}/rapport"
    page = site.ask("GET", at).body
    for link in ("rapport=page", "rapport=annex", "form=pdf", "form=docx", "form=archive", "form=internal"):
        assert link in page, link
    sheet, annex = (site.ask("GET", f"{at}?rapport={name}&form=html") for name in ("page", "annex"))
    assert (sheet.status, annex.status, sheet.body == annex.body) == (200, 200, False)
    assert site.ask("GET", f"{at}?rapport=strategy").status == 404
    assert "/matt/prov/rapport" in site.ask("GET", "/matt/prov").body
    questions = site.ask("GET", "/matt/prov/rapport?form=html")
    assert (questions.status, "Vilka hördes?" in questions.body) == (200, True)
    assert "form=internal" not in site.ask("GET", "/matt/prov/rapport").body
    assert "rapport=change" in site.ask("GET", "/strategi/provplan/rapport").body
    assert site.ask("GET", "/matt/finns-inte/rapport").status == 404
