"""The round trip of a workbook: out, filled in (also by LibreOffice), and back, with nothing lost on the way."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import load_workbook

from granskning.reporting.workbook.workbook_choices import FIRST_ROW, HEAD_ROW, KEY_ROW, MEMORY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run, TreePrint

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
IDENTITY = "provplan/2026-11/granskaren"
OFFICE = shutil.which("soffice")


@pytest.fixture
def book(workspace: Path, granskning: Run) -> Path:
    """The workbook of the base workspace."""
    assert granskning("export", "-o", "bok.xlsx", cwd=workspace).stdout == "bok.xlsx\n"
    return workspace / "bok.xlsx"


@pytest.fixture
def fill(book: Path) -> Callable[..., None]:
    """Write into cells of the review's sheet: (id, key, value)."""

    def write(*cells: tuple[str, str, Any]) -> None:
        held = load_workbook(book)
        sheet = held.worksheets[1]
        for name, key, value in cells:
            place = cell_of(sheet, name, key)
            place.value = value
            if isinstance(value, str):
                place.data_type = "s"
        held.save(book)

    return write


def cell_of(sheet: Any, name: str, key: str) -> Any:
    keys = {cell.value: cell.column for cell in sheet[KEY_ROW] if cell.value}
    for row in range(FIRST_ROW, sheet.max_row + 1):
        if sheet.cell(row, keys["id"]).value == name:
            return sheet.cell(row, keys[key])
    raise AssertionError(name)


def test_it_is_made_for_a_planner(book: Path) -> None:
    held: Any = load_workbook(book)
    assert held.sheetnames[0] == "Läs mig"
    assert held.sheetnames[2] == "Belägg"
    sheet = held.worksheets[1]
    assert held[MEMORY].sheet_state == "veryHidden"
    assert sheet.protection.sheet
    assert cell_of(sheet, "resor-vardag", "id").protection.locked
    assert cell_of(sheet, "resor-vardag", "question").value == "Räknas vardagens resor?"
    judgement = cell_of(sheet, "resor-vardag", "judgement")
    assert not judgement.protection.locked
    assert judgement.value == "1 Nämns"
    assert sheet.title == "Granskaren"
    assert held.sheetnames[3] == "Lämna in"
    heads = {sheet.cell(HEAD_ROW, column).value: column for column in range(1, sheet.max_column + 1)}
    assert [name for name in heads if name[:1].isdigit()] == ["0 Saknas", "1 Nämns", "2 Delvis", "3 Styr"]
    assert sheet.cell(judgement.row, heads["2 Delvis"]).value.startswith("Mål")
    rule = next(one for one in sheet.data_validations.dataValidation if judgement.coordinate in one.sqref)
    place, _, span = rule.formula1.partition("!")
    first, last = span.replace("$", "").split(":")
    choices = [row[0].value for row in held[place.strip("'")][first:last]]
    assert choices == ["0 Saknas", "1 Nämns", "2 Delvis", "3 Styr", "kan inte bedömas", "öppen"]
    assert sheet.column_dimensions[cell_of(sheet, "resor-vardag", "justification").column_letter].width > 50
    assert rule.errorStyle == "stop"
    assert sheet.freeze_panes


def test_unchanged_it_changes_nothing(
    workspace: Path, book: Path, granskning: Run, fingerprint_tree: TreePrint
) -> None:
    before = fingerprint_tree(workspace)
    done = granskning("import", str(book), cwd=workspace)
    assert (done.returncode, done.stdout) == (0, "")
    assert fingerprint_tree(workspace) == before


def test_what_is_filled_in_comes_back_and_nothing_else(
    workspace: Path, book: Path, granskning: Run, fill: Callable[..., None]
) -> None:
    path = workspace / REVIEW
    path.write_text(path.read_text("utf-8").replace("answers:", "answers:   # mina svar"), "utf-8")
    fill(
        ("resor-vardag", "judgement", "2 Delvis"),
        ("resor-vardag", "justification", 'Nämns: tre gånger #1 och "så".'),
        ("resor-barn", "judgement", "öppen"),
        ("resor-barn", "reason", "Bilagan saknas."),
        ("makt-samrad", "recommendation", "Skriv vilka.\nOch när."),
    )
    before = path.read_text("utf-8")
    dry = granskning("import", str(book), "--dry-run", cwd=workspace)
    assert dry.returncode == 0
    assert path.read_text("utf-8") == before
    assert "Ingenting är skrivet" in dry.stderr
    done = granskning("import", str(book), cwd=workspace)
    assert (done.returncode, done.stdout) == (0, dry.stdout)
    after = path.read_text("utf-8")
    assert "answers:   # mina svar" in after
    assert set(after.splitlines()) - set(before.splitlines()) == {
        "    level: 2",
        '      Nämns: tre gånger #1 och "så".',
        "    open: >-",
        "      Bilagan saknas.",
        "    recommendation: |-",
        "      Skriv vilka.",
        "      Och när.",
    }
    assert "5 ändringar i 1 granskning" not in done.stderr  # judgement, its reason and the texts: four parts
    assert "4 ändringar i 1 granskning" in done.stderr
    assert granskning("check", cwd=workspace).returncode == 0


@pytest.mark.skipif(OFFICE is None and not os.environ.get("CI"), reason="LibreOffice is not here")
@pytest.mark.xdist_group("office")
def test_libreoffice_in_between(
    workspace: Path, book: Path, granskning: Run, fill: Callable[..., None], tmp_path: Path
) -> None:
    fill(("makt-samrad", "judgement", "0 Saknas"), ("resor-vardag", "recommendation", "Åtgärda överallt – helst nu."))
    profile = (tmp_path / "profil").as_uri()
    subprocess.run(
        [OFFICE or "soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", tmp_path / "ut", book],
        check=True, capture_output=True, timeout=180,
    )  # fmt: skip
    done = granskning("import", str(tmp_path / "ut/bok.xlsx"), cwd=workspace)
    assert done.returncode == 0, done.stdout
    assert "2 ändringar i 1 granskning" in done.stderr
    text = (workspace / REVIEW).read_text("utf-8")
    assert "    level: 0\n" in text
    assert "      Åtgärda överallt – helst nu.\n" in text


def test_what_changed_meanwhile_is_shown_and_left(
    workspace: Path, book: Path, granskning: Run, fill: Callable[..., None]
) -> None:
    fill(("resor-vardag", "justification", "Boken säger så."), ("makt-samrad", "judgement", "1 Nämns"))
    path = workspace / REVIEW
    path.write_text(
        path.read_text("utf-8").replace("      Omsorgsresor nämns en gång.\n    evi", "      Filen säger så.\n    evi"),
        "utf-8",
    )
    done = granskning("import", str(book), cwd=workspace)
    assert done.returncode == 1
    for words in ("Omsorgsresor nämns en gång.", "Filen säger så.", "Boken säger så."):
        assert words in done.stdout
    text = path.read_text("utf-8")
    assert "Filen säger så." in text
    assert "Boken säger så." not in text
    assert "1 krock är kvar" in done.stderr
    assert "makt-samrad:\n    level: 1\n" in text


def test_evidence_is_changed_added_and_taken_away(workspace: Path, book: Path, granskning: Run) -> None:
    held = load_workbook(book)
    sheet = held["Belägg"]
    keys = {cell.value: cell.column for cell in sheet[KEY_ROW] if cell.value}
    rows = {
        (sheet.cell(row, keys["id"]).value): row
        for row in range(FIRST_ROW, sheet.max_row + 1)
        if sheet.cell(row, keys["id"]).value
    }
    sheet.cell(rows["resor-vardag"], keys["page"]).value = 2
    for key in ("address", "retrieved", "paraphrase"):
        sheet.cell(rows["makt-samrad"], keys[key]).value = None
    new = max(rows.values()) + 1
    for key, value in {
        "review": IDENTITY,
        "id": "makt-samrad",
        "edition": "remiss",
        "section": "Bilaga 1",
        "paraphrase": "Listar dem.",
    }.items():
        sheet.cell(new, keys[key]).value = value
    held.save(book)
    done = granskning("import", str(book), cwd=workspace)
    assert done.returncode == 0, done.stdout
    text = (workspace / REVIEW).read_text("utf-8")
    assert "        page: 2\n" in text
    assert "exempel.se/samrad" not in text
    assert "      - edition: remiss\n        section: Bilaga 1\n" in text
    assert granskning("check", cwd=workspace).returncode == 0


def test_rows_and_sheets_moved_renamed_and_added(workspace: Path, book: Path, granskning: Run) -> None:
    held: Any = load_workbook(book)
    sheet = held.worksheets[1]
    cell_of(sheet, "makt-samrad", "judgement").value = "0 Saknas"
    sheet.title = "Mitt blad"
    sheet.move_range(f"A{FIRST_ROW}:{sheet.cell(1, sheet.max_column).column_letter}{FIRST_ROW}", rows=10)
    sheet.insert_rows(FIRST_ROW)
    held.create_sheet("Eget")["A1"] = "=1+1"
    held.move_sheet("Mitt blad", 3)
    held.save(book)
    done = granskning("import", str(book), cwd=workspace)
    assert done.returncode == 1, done.stdout
    assert "bladet Eget: 1 ruta" in done.stdout
    assert "1 ändring i 1 granskning" in done.stderr


def test_what_cannot_be_understood_is_told_with_its_row_and_left(
    workspace: Path, book: Path, granskning: Run, fill: Callable[..., None]
) -> None:
    before = (workspace / REVIEW).read_text("utf-8")
    fill(
        ("resor-vardag", "judgement", "7 Toppen"),
        ("resor-barn", "reason", None),
        ("makt-samrad", "recommendation", "=1+1"),
        ("makt-samrad", "id", "makt-samradd"),
    )
    held = load_workbook(book)
    cell_of(held.worksheets[1], "resor-vardag", "recommendation").value = "=HYPERLINK(1)"
    held.save(book)
    done = granskning("import", str(book), cwd=workspace)
    assert done.returncode == 1
    assert (workspace / REVIEW).read_text("utf-8") == before
    for words in (
        "7 Toppen är ingen bedömning som resor-vardag kan få; välj en av: 0 Saknas",
        "kan inte tillämpas behöver ett skäl i kolumnen bredvid (resor-barn)",
        "det finns ingen fråga makt-samradd",
        "de frågorna lämnas som de är: makt-samrad",
        "innehåller en formel, som inte läses",
    ):
        assert words in done.stdout, done.stdout


def test_a_row_twice_counts_once(workspace: Path, book: Path, granskning: Run) -> None:
    held = load_workbook(book)
    sheet = held.worksheets[1]
    last = sheet.max_row + 1
    for column, cell in enumerate(sheet[FIRST_ROW], 1):
        sheet.cell(last, column).value = cell.value
    cell_of(sheet, "resor-vardag", "judgement").value = "3 Styr"
    held.save(book)
    done = granskning("import", str(book), cwd=workspace)
    assert done.returncode == 1
    assert "står på en rad till" in done.stdout
    assert "resor-vardag:\n    level: 3\n" in (workspace / REVIEW).read_text("utf-8")


def test_an_approved_review_is_not_changed(
    workspace: Path, book: Path, granskning: Run, fill: Callable[..., None]
) -> None:
    path = workspace / REVIEW
    path.write_text(path.read_text("utf-8").replace("status: draft", "status: approved"), "utf-8")
    fill(("resor-vardag", "judgement", "3 Styr"))
    before = path.read_bytes()
    done = granskning("import", str(book), cwd=workspace)
    assert done.returncode == 2
    assert "är godkänd och ändras inte" in done.stdout
    assert path.read_bytes() == before


def test_a_text_that_no_cell_has_room_for_survives(workspace: Path, granskning: Run) -> None:
    path = workspace / REVIEW
    long = "Ord å ä ö. " * 12_000
    path.write_text(path.read_text("utf-8").replace("      Alla hördes.", f"      {long.strip()}"), "utf-8")
    before = path.read_bytes()
    assert granskning("export", "-o", "bok.xlsx", cwd=workspace).returncode == 0
    held = load_workbook(workspace / "bok.xlsx")
    assert "längre än en ruta rymmer" in cell_of(held.worksheets[1], "makt-samrad", "justification").value
    done = granskning("import", "bok.xlsx", cwd=workspace)
    assert (done.returncode, done.stdout) == (0, "")
    assert path.read_bytes() == before


def test_text_that_looks_like_a_formula_stays_text(workspace: Path, granskning: Run) -> None:
    path = workspace / REVIEW
    path.write_text(path.read_text("utf-8").replace("      Alla hördes.", "      =1+1 är en fråga."), "utf-8")
    assert granskning("export", "-o", "bok.xlsx", cwd=workspace).returncode == 0
    for sheet in load_workbook(workspace / "bok.xlsx").worksheets:
        formulas = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]
        assert not [formula for formula in formulas if "1+1" in formula]
    assert granskning("import", "bok.xlsx", cwd=workspace).stdout == ""


def test_the_import_reads_standard_input(workspace: Path, book: Path) -> None:
    import sys  # noqa: PLC0415  # only here

    done = subprocess.run(
        [sys.executable, "-m", "granskning", "import", "-", "--dry-run"],
        input=book.read_bytes(), cwd=workspace, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_a_round_with_short_form_and_internal_notes(workspace: Path, granskning: Run) -> None:
    path = workspace / REVIEW
    text = path.read_text("utf-8").replace("date: 2026-11-23\n", "date: 2026-11-23\nform: short\n")
    path.write_text(text.replace("    level: 3\n", "    level: 3\n    note: bara vi\n"), "utf-8")
    assert granskning("export", "-o", "ut.xlsx", cwd=workspace).returncode == 0
    assert granskning("export", "--internal", "-o", "in.xlsx", cwd=workspace).returncode == 0
    told = [load_workbook(workspace / name).worksheets[1] for name in ("ut.xlsx", "in.xlsx")]
    assert [cell.value for cell in told[0][KEY_ROW]][-2:] == ["recommendation", "id"]
    assert cell_of(told[1], "makt-samrad", "note").value == "bara vi"
    assert "resor-barn" not in [cell.value for row in told[0].iter_rows(min_row=FIRST_ROW) for cell in row]
    assert granskning("import", "ut.xlsx", cwd=workspace).stdout == ""


def damaged(book: Path) -> dict[str, bytes]:
    held = load_workbook(book)
    del held[MEMORY]
    without = io.BytesIO()
    held.save(without)
    held = load_workbook(book)
    held[MEMORY]["A1"] = json.dumps({"schema": "granskning/workbook/9", "language": "sv"})
    newer = io.BytesIO()
    held.save(newer)
    whole = book.read_bytes()
    return {
        "empty": b"",
        "text": "Åäö".encode(),
        "half": whole[: len(whole) // 2],
        "without memory": without.getvalue(),
        "newer": newer.getvalue(),
    }


@pytest.mark.parametrize("name", ["empty", "text", "half", "without memory", "newer"])
def test_what_is_no_workbook_of_ours_is_told(workspace: Path, book: Path, granskning: Run, name: str) -> None:
    (workspace / "fel.xlsx").write_bytes(damaged(book)[name])
    done = granskning("import", "fel.xlsx", cwd=workspace)
    assert done.returncode == 2
    assert "arbetsbok" in done.stderr


def test_a_review_that_is_gone_is_told(workspace: Path, book: Path, granskning: Run) -> None:
    (workspace / REVIEW).unlink()
    done = granskning("import", str(book), cwd=workspace)
    assert done.returncode == 1
    assert f"det finns ingen granskning {IDENTITY} i mappen" in done.stdout


def test_every_cell_is_in_the_file_or_in_the_message(workspace: Path, book: Path, granskning: Run) -> None:
    held = load_workbook(book)
    sheet, evidence = held.worksheets[1], held["Belägg"]
    sheet.cell(FIRST_ROW - 1, 12).value, sheet.cell(FIRST_ROW, 12).value = "Mina tankar", "en egen kolumn"
    held.create_sheet("Anteckningar")["C3"] = "ett eget blad"
    cell_of(sheet, "resor-vardag", "question").value = "en annan fråga"
    cell_of(sheet, "resor-vardag", "level-2").value = "en annan nivå"
    sheet.cell(2, 3).value = "ovanför"
    keys = {cell.value: cell.column for cell in evidence[KEY_ROW] if cell.value}
    rows = [
        {"review": "provplan/2026-11/ingen", "id": "resor-vardag", "quote": "fel granskning"},
        {"id": "resor-barn"},
        {"review": IDENTITY, "id": "resor-vardag", "address": "https://exempel.se/b", "retrieved": "23/11 2026",
         "paraphrase": "ett datum som går att förstå"},
        {"review": IDENTITY, "id": "makt-samrad", "address": "https://exempel.se/a", "retrieved": "i går",
         "paraphrase": "utan datum"},
    ]  # fmt: skip
    for row, cells in enumerate(rows, evidence.max_row + 1):
        for key, value in cells.items():
            evidence.cell(row, keys[key]).value = value
    held.save(book)
    done = granskning("import", str(book), cwd=workspace)
    assert done.returncode == 1
    for words in ("L (Mina tankar)", "Anteckningar: 1", "frågan resor-vardag", "provplan/2026-11/ingen, som",
                  "hör till dess kriterieuppsättning och ändras inte här: en annan nivå", "1 ruta ovanför tabellen",
                  "raden väljer frågan resor-barn, men har inget belägg",
                  f"rad {evidence.max_row}: i går är inte skrivet"):  # fmt: skip
        assert words in done.stdout, words
    text = (workspace / REVIEW).read_text("utf-8")
    assert "retrieved: 2026-11-23" in text
    assert "utan datum" in text
    assert "i går" not in text
    assert granskning("check", cwd=workspace).stdout.count("GR124") == 0


HAND_IN = "Lämna in"


def put_head(book: Path, **cells: str | None) -> None:
    """Write on the sheet to hand in, in the row of the only review."""
    held = load_workbook(book)
    sheet: Any = held[HAND_IN]
    keys = {cell.value: cell.column for cell in sheet[KEY_ROW] if cell.value}
    for key, value in cells.items():
        sheet.cell(FIRST_ROW, keys[key]).value = value
    held.save(book)


def test_excel_alone_takes_a_review_to_its_handing_in(
    workspace: Path, book: Path, granskning: Run, fill: Callable[..., None]
) -> None:
    put_head(book, reading_depth="Bara innehållsförteckningen", not_read="Bilagorna.", summary="Planen räcker inte.",
             status="Inlämnad")  # fmt: skip
    fill(("resor-vardag", "judgement", None))
    before = (workspace / REVIEW).read_text("utf-8")
    done = granskning("import", str(book), cwd=workspace)
    text = (workspace / REVIEW).read_text("utf-8")
    assert done.returncode == 1
    assert "inte inlämnad; " in done.stdout
    assert "status: draft" in text
    assert "reading_depth: contents" in text
    assert "  Planen räcker inte." in text
    (workspace / REVIEW).write_text(before, "utf-8")
    put_head(book, reading_depth="Hela texten", not_read=None)
    for name in ("resor-vardag", "resor-barn", "makt-samrad"):
        fill((name, "judgement", "2 Delvis"), (name, "reason", None), (name, "justification", "Det står så."))
    held: Any = load_workbook(book)
    evidence = held["Belägg"]
    keys = {cell.value: cell.column for cell in evidence[KEY_ROW] if cell.value}
    free = next(row for row in range(FIRST_ROW, 99) if not evidence.cell(row, keys["id"]).value)
    for row, name in enumerate(("resor-vardag", "resor-barn", "makt-samrad"), free):
        evidence.cell(row, keys["review"]).value = "Granskaren"
        for key, value in {"id": name, "edition": "remiss", "section": "Kap. 1", "paraphrase": "Det står så."}.items():
            evidence.cell(row, keys[key]).value = value
    held.save(book)
    dry = granskning("import", str(book), "--dry-run", cwd=workspace)
    assert (workspace / REVIEW).read_text("utf-8") == before
    done = granskning("import", str(book), cwd=workspace)
    assert done.returncode == 0, done.stdout
    assert done.stdout == dry.stdout
    assert "status\n    - utkast\n    + inlämnad" in done.stdout
    assert "status: submitted" in (workspace / REVIEW).read_text("utf-8")
    assert granskning("check", cwd=workspace).returncode == 0


def test_what_is_handed_in_says_what_was_read(workspace: Path, book: Path, granskning: Run) -> None:
    put_head(book, reading_depth="Hälften", status="Godkänd")
    done = granskning("import", str(book), cwd=workspace)
    assert done.returncode == 1
    assert "Läsdjup: Hälften går inte att välja här; välj en av: Hela texten" in done.stdout
    assert "Status: Godkänd går inte att välja här; välj en av: Utkast, Inlämnad" in done.stdout
    put_head(book, reading_depth="Bara innehållsförteckningen", status="Inlämnad")
    assert "säg vad som inte är läst" in granskning("import", str(book), cwd=workspace).stdout


def test_what_remains_is_coloured_and_counted(book: Path) -> None:
    held: Any = load_workbook(book)
    sheet = held.worksheets[1]
    judged = cell_of(sheet, "resor-vardag", "judgement").column_letter
    ranges = {str(cells.sqref): rules for cells, rules in sheet.conditional_formatting._cf_rules.items()}  # noqa: SLF001
    last = FIRST_ROW + 2
    assert ranges[f"{judged}{FIRST_ROW}:{judged}{last}"][0].formula[0].startswith(f"OR(ISBLANK(${judged}{FIRST_ROW})")
    told = str(sheet[f"{judged}3"].value)
    assert told.startswith('="Kvar: "&COUNTBLANK(')
    assert told.endswith('&" av 3"')
    hand_in: Any = held[HAND_IN]
    keys = {cell.value: cell.column for cell in hand_in[KEY_ROW] if cell.value}
    assert hand_in.cell(FIRST_ROW, keys["remains"]).value.startswith("=COUNTBLANK('Granskaren'!")


def test_a_row_without_a_review_is_told_where_there_are_two(workspace: Path, granskning: Run) -> None:
    other = (workspace / REVIEW).with_name("planeraren.yaml")
    other.write_text((workspace / REVIEW).read_text("utf-8").replace("reviewer: granskaren", "reviewer: planeraren"))
    assert granskning("export", "-o", "tva.xlsx", cwd=workspace).returncode == 0
    held: Any = load_workbook(workspace / "tva.xlsx")
    assert held.sheetnames[1:3] == ["Granskaren", "Planeraren"]
    evidence = held["Belägg"]
    keys = {cell.value: cell.column for cell in evidence[KEY_ROW] if cell.value}
    row = evidence.max_row + 1
    evidence.cell(row, keys["id"]).value, evidence.cell(row, keys["quote"]).value = "resor-vardag", "ingen granskning"
    held.save(workspace / "tva.xlsx")
    assert "vilken granskning det hör till" in granskning("import", "tva.xlsx", cwd=workspace).stdout


def test_a_workbook_of_an_earlier_form_is_still_brought_in(workspace: Path, book: Path, granskning: Run) -> None:
    held: Any = load_workbook(book)
    del held[HAND_IN]
    memory = held[MEMORY]
    memory.delete_rows(2)  # what stood above the answers was not remembered, and there was no fingerprint
    memory["A1"] = json.dumps({"schema": "granskning/workbook/1", "language": "sv"})
    sheet = held.worksheets[1]
    for column in [cell.column for cell in sheet[KEY_ROW] if str(cell.value).startswith("level-")][::-1]:
        sheet.delete_cols(column)
    cell_of(sheet, "resor-vardag", "justification").value = "Ur en äldre arbetsbok."
    held.save(book)
    done = granskning("import", str(book), cwd=workspace)
    assert done.returncode == 0, done.stdout
    assert "Ur en äldre arbetsbok." in (workspace / REVIEW).read_text("utf-8")
