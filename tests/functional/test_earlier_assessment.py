"""An assessment that was made earlier in a spreadsheet of somebody's own is brought in as a review that says so."""

from __future__ import annotations

import hashlib
import io
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from openpyxl import Workbook
from served import Served, words

from granskning.edges.readers.workbook_reading import read_worksheets
from granskning.i18n import Translator
from granskning.model.worksheet import Worksheet
from granskning.reporting.workbook.earlier_assessment import read_assessment
from granskning.tasks.folder.open import open_workspace

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run
    from granskning.reporting.workbook.workbook_answers import WorkbookAnswer

FILE = "strategies/provplan/reviews/2024-05/strateg.yaml"
SHEET: list[list[Any]] = [
    ["Bedömning av planen, våren 2024"],
    ["Nr", "Fråga", "Varför", "Bedömning", "Motivering", "Citat", "Sida", "Rekommendation", "Ansvarig"],
    [
        1,
        "Räknas vardagens resor?",
        None,
        "2 – Delvis",
        "Mål finns, ingen åtgärd.",
        "Alla hördes.",
        "s. 14",
        "Mät.",
        "AB",
    ],
    [2, "Räknas barnens resor?", None, "Ej relevant", "Planen gäller inte barn.", None, None, None, None],
    [3, "Vilka hördes", None, "Saknas", None, None, None, None, None],
    [4, "Finns en budget?", None, 3, "Ja, s. 9.", None, None, None, None],
    [5, "Räknas vardagens resor?", None, None, None, "Ännu ett citat.", 15, None, None],
    [6, "Räknas vardagens resor?", None, "3", "En annan mening.", None, None, None, None],
]


def book(rows: list[list[Any]], *others: list[list[Any]]) -> bytes:
    made: Any = Workbook()
    for number, sheet in enumerate((rows, *others)):
        page = made.active if not number else made.create_sheet(f"Blad{number + 1}")
        for row in sheet:
            page.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def told(statement: WorkbookAnswer) -> str:
    t = Translator("sv")
    return "\n".join(t(remark.message, **remark.values) for remark in statement.remarks)


def assess(workspace: Path, *sheets: list[list[Any]]) -> WorkbookAnswer:
    criteria = next(iter(open_workspace(workspace)[1].workspace.criteria.values()))
    return read_assessment(read_worksheets(book(*sheets)), criteria, "remiss", Translator("sv"))


def test_it_becomes_a_dated_marked_review_and_nothing_is_lost(workspace: Path, granskning: Run) -> None:
    (workspace / "gammal.xlsx").write_bytes(book(SHEET, [["Minnesanteckning"], ["Ring AB"]]))
    name = ("--review", "provplan/2024-05/strateg", "--date", "17 maj 2024")
    tried = granskning("import", "gammal.xlsx", *name, "--dry-run", cwd=workspace)
    assert tried.returncode == 1
    assert not (workspace / FILE).exists()
    done = granskning("import", "gammal.xlsx", *name, cwd=workspace)
    assert done.returncode == 1
    assert done.stdout == tried.stdout
    held: Any = yaml.safe_load((workspace / FILE).read_text("utf-8"))
    assert held["date"] == "2024-05-17" or str(held["date"]) == "2024-05-17"
    digest = hashlib.sha256((workspace / "gammal.xlsx").read_bytes()).hexdigest()
    assert (held["brought_in"]["file"], held["brought_in"]["sha256"]) == ("gammal.xlsx", digest)
    assert held["status"] == "draft"
    first = held["answers"]["resor-vardag"]
    assert first["level"] == 2
    assert [item["page"] for item in first["evidence"]] == [14, 15]
    assert held["answers"]["resor-barn"]["not_applicable"] == "Planen gäller inte barn."
    assert held["answers"]["makt-samrad"]["level"] == 0
    everything = (workspace / FILE).read_text("utf-8") + done.stdout
    for row in [*SHEET[2:], ["Minnesanteckning"], ["Ring AB"], ["Ansvarig"], [SHEET[0][0]]]:
        for cell in row:
            text = str(cell or "").removeprefix("s. ").replace("2 – Delvis", "level: 2").replace("Ej relevant", "")
            assert text in everything or text in "123456" or text == "Saknas", cell
    assert granskning("import", "gammal.xlsx", *name, cwd=workspace).returncode == 2  # it is there now
    report = granskning("render", FILE, "--format", "html", "-o", "r.html", cwd=workspace)
    assert report.returncode == 0, report.stderr
    shown = words((workspace / "r.html").read_text("utf-8"))
    assert "Från kalkylbladet gammal.xlsx" in shown
    assert digest in shown


def test_ticked_columns_stand_for_levels(workspace: Path) -> None:
    rows: list[list[Any]] = [
        ["Fråga", "0 Saknas", "1 Nämns", "2 Delvis", "3 Styr", "Kommentar"],
        ["resor-vardag", None, None, "x", None, "Bra."],
        ["2. Räknas barnens resor?", "X", None, None, "x", None],
        ["Vilka hördes?", None, None, None, "kanske", None],
    ]
    found = assess(workspace, rows)
    assert found.parts["resor-vardag"] == {"judgement": {"level": 2}, "justification": "Bra."}
    assert not found.parts["resor-barn"]
    assert "flera nivåer är ikryssade" in told(found)
    assert "kanske" in told(found)


@pytest.mark.parametrize(
    ("cell", "level"),
    [(2, 2), (2.0, 2), ("2", 2), ("Delvis", 2), ("delvis", 2), ("2 Delvis", 2), ("2 - Delvis", 2), ("Nivå 2", 2),
     ("2: Delvis", 2), ("Delvis (2)", 2), ("5", None), ("2 Styr", None), ("nja", None), (True, None), ("1,5", None)],
)  # fmt: skip
def test_a_level_is_known_by_its_value_or_its_label(workspace: Path, cell: Any, level: int | None) -> None:
    found = assess(workspace, [["Id", "Nivå"], ["resor-vardag", cell]])
    assert found.parts["resor-vardag"].get("judgement") == (None if level is None else {"level": level})
    assert bool(found.remarks) == (level is None)


HEADINGS = ("Id", "Nr", "Fråga", "Bedömning", "Skäl", "Motivering", "Citat", "Belägg", "Sida", "Avsnitt", "Länk",
            "Rekommendation", "Anteckning", "0 Saknas", "2 Delvis", "Varför", "Vikt", "Ansvarig")  # fmt: skip
LEVELS = ("0 Saknas", "2 Delvis")


def test_no_cell_is_passed_over(workspace: Path) -> None:
    """Whatever stands in a cell, the answers or the remarks are others without it, on a later row of a question too."""
    criteria = next(iter(open_workspace(workspace)[1].workspace.criteria.values()))

    def outcome(*rows: dict[int, Any]) -> tuple[Any, str]:
        table = {1: dict(enumerate(HEADINGS, 1)), **dict(enumerate(rows, 2))}
        found = read_assessment([Worksheet("Blad", table)], criteria, "remiss", Translator("sv"))
        return found.parts, told(found)

    question = HEADINGS.index("Fråga") + 1
    named: dict[int, Any] = {question: "Räknas vardagens resor?"}
    judged = {**named, HEADINGS.index("Bedömning") + 1: "3"}
    for before, row in (((), named), ((), judged), ((judged,), named)):
        for column, heading in enumerate(HEADINGS, 1):
            for cell in ("0", 1, 2.0, "3", "x", "Saknas", "Ej relevant", "Något eget"):
                is_of_the_set = (heading, cell) in (("Nr", 1), ("Vikt", 2.0)) or (
                    "Saknas" in (heading, cell) and heading in LEVELS
                )
                if column not in row and not is_of_the_set:
                    assert outcome(*before, row) != outcome(*before, {**row, column: cell}), (heading, cell, row)


def test_a_number_that_the_set_has_too_is_still_the_page(workspace: Path) -> None:
    head: list[Any] = ["Fråga", "Bedömning", "Citat", "Sida", "Avsnitt", "Motivering"]
    rows = [head, ["resor-vardag", 2, "Alla hördes.", 3, "2", "Saknas"]]
    found = assess(workspace, rows).parts["resor-vardag"]
    assert found["evidence"] == [{"edition": "remiss", "page": 3, "section": "2", "quote": "Alla hördes."}]
    assert found["justification"] == "Saknas"


def test_a_table_of_ones_and_noughts_or_of_the_levels_values_is_ticked(workspace: Path) -> None:
    head: list[Any] = ["Fråga", "0 Saknas", "1 Nämns", "2 Delvis", "3 Styr"]
    found = assess(workspace, [head, ["resor-vardag", 0, 0, 1, 0], ["resor-barn", None, None, None, 3]])
    assert [found.parts[name]["judgement"] for name in ("resor-vardag", "resor-barn")] == [{"level": 2}, {"level": 3}]
    assert not found.remarks


def test_what_is_no_assessment_is_refused(workspace: Path, granskning: Run) -> None:
    name = ("--review", "provplan/2024-05/strateg")
    (workspace / "tom.xlsx").write_bytes(book([["a", "b"], [1, 2]]))
    (workspace / "text.csv").write_text("Fråga;Bedömning\nNågot helt annat?;2\n", "utf-8")
    granskning("export", "-o", "bok.xlsx", cwd=workspace)
    for file in ("tom.xlsx", "text.csv", "bok.xlsx"):
        done = granskning("import", file, *name, cwd=workspace)
        assert done.returncode == 2, file
        assert "Traceback" not in done.stderr
    for wrong in ("provplan/2024-05", "finns-inte/2024-05/strateg", "provplan/2024 05/strateg"):
        assert granskning("import", "tom.xlsx", "--review", wrong, cwd=workspace).returncode == 2
    assert granskning("import", "tom.xlsx", *name, "--date", "i maj", cwd=workspace).returncode == 2
    assert granskning("import", "bok.xlsx", "--date", "2024-05-17", cwd=workspace).returncode == 2
    assert not (workspace / "strategies/provplan/reviews/2024-05").exists()


def test_the_page_shows_it_before_it_is_written(site: Served) -> None:
    given = {"strategy": "provplan", "round": "2024-05", "reviewer": "Strateg", "date": "2024-05-17"}

    def send(write: str) -> Any:
        body = b""
        for key, value in {**given, "write": write}.items():
            body += f'--g\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        body += b'--g\r\nContent-Disposition: form-data; name="assessment"; filename="gammal.xlsx"\r\n\r\n'
        kind = {"Content-Type": "multipart/form-data; boundary=g"}
        return site.ask("POST", "/tidigare-bedomning", kind, body + book(SHEET) + b"\r\n--g--\r\n")

    shown = send("0")
    assert shown.status == 200, words(shown.body)
    assert "Inget är skrivet än" in words(shown.body)
    assert "Finns en budget?" in words(shown.body)
    assert not (site.root / FILE).exists()
    assert send("1").status == 200
    page = words(site.ask("GET", "/granskning/provplan/2024-05/strateg").body)
    assert "gammal.xlsx" in page
    assert re.search(r"SHA-256 [0-9a-f]{64}", page)
    assert "införd från ett kalkylblad" in words(site.ask("GET", "/omgang/provplan/2024-05").body)
    again = send("1")
    assert (again.status, "det finns redan en granskning" in words(again.body).lower()) == (409, True)
    assert 'value="2024-05-17"' in again.body  # what was written stays
    given["date"] = "i maj"
    assert "inget datum" in words(send("0").body)
