"""A criteria set is brought in from a table or a library, and comes back from a workbook: all is there, or told."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING, Any

import pytest
from openpyxl import Workbook, load_workbook

from granskning.api import open_workspace
from granskning.i18n import Translator
from granskning.model.question_fields import (
    ABOUT_FIELDS,
    ID_FIELD,
    QUESTION_FIELDS,
    SCALE_FIELDS,
    TARGET_FIELDS,
    LevelColumn,
    plain_heading,
    recognise,
)
from granskning.workspace.yaml.source import read

if TYPE_CHECKING:
    from pathlib import Path

    from conftest import Run

SV = (
    "Målbild;Nr;Fråga;Varför;0 – Saknas;Nivå 1: Delvis;Level 2;Vikt;Skäl för vikt;Område;Kärnfråga\n"
    "Resor;1.1;Räknas alla resor?;De är många.;Nej;Lite;Allt;2,5;Väger tyngst.;Infrastruktur; ja\n"
    ";1.2;Räknas barnens?;;;;;;;;nej\n"
    "Makt;2.1;Vilka hördes?;;Nej;Några;Alla;;;alla;\n"
)


def values(root: Path, name: str) -> dict[str, Any]:
    found: dict[str, Any] = read((root / f"criteria/{name}.yaml").read_text("utf-8")).value
    return found


def bring(run: Run, root: Path, data: str | bytes, *words: str, name: str = "ny.csv") -> Any:
    (root / name).write_bytes(data if isinstance(data, bytes) else data.encode())
    return run("import", name, *words, cwd=root)


def book(*sheets: tuple[str, list[list[Any]]]) -> bytes:
    made = Workbook()
    made.remove(made.worksheets[0])
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def test_a_table_becomes_a_set_that_check_accepts(workspace: Path, granskning: Run) -> None:
    told = bring(granskning, workspace, SV, "--dry-run")
    assert told.returncode == 0, told.stderr
    assert "rad 3: nivåer utan text: 0, 1, 2" in told.stdout
    assert not (workspace / "criteria/ny.yaml").exists()
    assert bring(granskning, workspace, SV).returncode == 0
    made = values(workspace, "ny")
    first = made["targets"][0]["criteria"][0]
    assert [level["label"] for level in made["scale"]] == ["Saknas", "Delvis", "2"]
    assert made["scale"][0]["means_missing"] is True
    assert first["weight"] == {"value": 2.5, "why": "Väger tyngst."}
    assert first["levels"] == {"0": "Nej", "1": "Lite", "2": "Allt"}
    assert (first["core"], first["applies_to"], first["number"]) == (
        True,
        ["infrastruktur"],
        "1.1" if isinstance(first["number"], str) else 1.1,
    )
    assert made["areas"] == [{"id": "infrastruktur", "title": "Infrastruktur"}]
    assert [len(target["criteria"]) for target in made["targets"]] == [2, 1]
    assert granskning("check", "criteria/ny.yaml", cwd=workspace).returncode == 0


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("2,5", "tung", "ruta H2: ”tung” är ingen vikt"),
        ("1.2;", "1.1;", "rad 3: numret 1.1 står också på bladet ny.csv, rad 2"),
        ("Räknas barnens?", "", "rad 3: raden har ingen fråga"),
        ("Lite", "", "rad 2: nivåer utan text: 1 (skriv vad nivån kräver"),
        (" ja", "kanske", "”kanske” är varken ja eller nej"),
        ("2,5", "", "rad 2: det finns ett skäl för en vikt, men ingen vikt"),
    ],
)
def test_what_cannot_be_understood_stops_the_writing_and_names_its_place(
    workspace: Path, granskning: Run, old: str, new: str, place: str
) -> None:
    told = bring(granskning, workspace, SV.replace(old, new, 1))
    assert told.returncode == 1
    assert place in told.stdout
    assert not (workspace / "criteria/ny.yaml").exists()


def test_columns_sheets_and_rows_that_are_not_read_are_told(workspace: Path, granskning: Run) -> None:
    rows = [["Frågor 2026"], ["Fråga", "Mål", "Anteckning"], ["Vad?", "Resor", "egen"], ["Vem?", "", ""]]
    data = book(("Blad1", rows), ("Budget", [["kronor", 5]]))
    told = bring(granskning, workspace, data, name="bok.xlsx")
    assert told.returncode == 1  # something was not read
    for words in ("rad 1: det som står ovanför rubrikerna läses inte: Frågor 2026", "Anteckning", "bladet Budget",
                  "ingen kolumn har nivåtexter"):  # fmt: skip
        assert words in told.stdout
    assert len(values(workspace, "bok")["targets"][0]["criteria"]) == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_csv_is_read_whatever_its_letters_and_delimiter(workspace: Path, granskning: Run, encoding: str) -> None:
    text = "sep=\t\r\n" + SV.replace(";", "\t").replace("\n", "\r\n")
    assert bring(granskning, workspace, text.encode(encoding)).returncode == 0
    assert values(workspace, "ny")["targets"][0]["criteria"][0]["question"] == "Räknas alla resor?"


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.csv", "inget blad har en kolumn med frågor"),
        (b"\x00\x01\x02", "a.csv", "är inte text"),
        (b"namn;stad\nA;B\n", "a.csv", "inget blad har en kolumn med frågor; första raden säger: namn, stad"),
        (b"Fr\xc3\xa5ga;Nr\n", "a.csv", "det finns ingen fråga i tabellen"),
        (b"Fraga;" + b";" * 600 + b"\n", "a.csv", "fler rader eller kolumner"),
        (b'{"catalog": ', "a.json", "JSON som är trasig"),
        (b"[" * 5000, "a.json", "JSON som är trasig"),
        (b"[1]", "a.json", "inget kriteriebibliotek"),
        (b'{"profile": {}}', "a.json", "ett annat slags OSCAL-fil än en katalog: profile"),
        (b'{"catalog": {"groups": 5, "metadata": []}}', "a.json", "inga kontroller"),
        (b'{"CFItems": []}', "a.json", "en del av ett CASE-ramverk"),
        (b'{"CFPackage": {"CFItems": {"x": 1}, "CFRubrics": "y"}}', "a.json", "varken CFRubrics eller CFItems"),
        (b'{"schema": "granskning/export/1"}', "a.json", "något som granskning har skrivit"),
        (b"PK\x03\x04 none", "a.xlsx", "går inte att läsa som arbetsbok"),
    ],
)  # fmt: skip
def test_a_file_of_another_kind_is_a_sentence(
    workspace: Path, granskning: Run, data: bytes, name: str, words: str
) -> None:
    told = bring(granskning, workspace, data, name=name)
    assert told.returncode == 2
    assert words in told.stderr
    assert "Traceback" not in told.stderr


def test_formulas_and_cells_far_away_are_refused(workspace: Path, granskning: Run) -> None:
    told = bring(granskning, workspace, book(("B", [["Fråga", "Vikt"], ["Vad?", "=1+1"]])), name="f.xlsx")
    assert (told.returncode, "ruta B2: här står en formel" in told.stdout) == (1, True)
    made = Workbook()
    made.worksheets[0].append(["Fråga"])
    made.worksheets[0]["A30000"] = "Vad?"
    out = io.BytesIO()
    made.save(out)
    told = bring(granskning, workspace, out.getvalue(), name="g.xlsx")
    assert (told.returncode, "A30000" in told.stderr) == (2, True)


CATALOG = {
    "catalog": {
        "uuid": "00000000-0000-4000-8000-000000000001",
        "metadata": {"title": "Exempelkatalog", "version": "5.1.1+u4", "last-modified": "2026-01-01T00:00:00Z",
                     "oscal-version": "1.1.2"},
        "groups": [{
            "id": "ac", "class": "family", "title": "Access Control",
            "groups": [{"id": "ac-x", "title": "Inner", "controls": [{"id": "ac-9", "title": "Bare"}]}],
            "controls": [{
                "id": "ac-1", "title": "Policy", "params": [
                    {"id": "p1", "select": {"choice": ["{{ insert: param, p2 }}", "all"]}},
                    {"id": "p2", "label": "roles"}],
                "props": [{"name": "label", "value": "AC-01", "class": "zero-padded"},
                          {"name": "label", "value": "AC-1"}],
                "links": [{"href": "#x"}],
                "parts": [
                    {"name": "statement", "parts": [
                        {"name": "item", "props": [{"name": "label", "value": "a."}],
                         "prose": "Write for {{ insert: param, p1 }}"}]},
                    {"name": "guidance", "prose": "Because."}, {"name": "assessment-objective", "prose": "See it."},
                    {"name": "assessment-method", "prose": "Ask."}],
                "controls": [{"id": "ac-1.1", "title": "More"},
                             {"id": "ac-1.2", "title": "Gone", "props": [{"name": "status", "value": "withdrawn"}]}],
            }],
        }],
    }
}  # fmt: skip


def test_an_oscal_catalog(workspace: Path, granskning: Run) -> None:
    told = bring(granskning, workspace, json.dumps(CATALOG), name="k.json")
    assert told.returncode == 0, told.stdout + told.stderr
    for words in ("(1): ac-1.2", "assessment-method (1)", "links (1)", "det finns inga nivåer"):
        assert words in told.stdout
    made = values(workspace, "exempelkatalog")
    assert made["sources"][0]["note"] == "5.1.1+u4 2026-01-01T00:00:00Z"
    (target,) = made["targets"]
    inner, own = target["targets"][::-1]
    assert (own["criteria"][0]["question"], own["criteria"][0]["number"]) == ("a. Write for [[roles]; all]", "AC-1")
    assert own["criteria"][0]["counts_as_evidence"] == "See it."
    assert [criterion["id"] for criterion in own["criteria"]] == ["ac-1", "ac-1-1"]
    assert inner["criteria"][0]["question"] == "Bare"
    assert granskning("check", "criteria/exempelkatalog.yaml", cwd=workspace).returncode == 0


def level(score: float, quality: str, text: str) -> dict[str, Any]:
    return {"identifier": quality, "score": score, "quality": quality, "description": text, "position": 9 - score}


CASE = {
    "CFPackage": {
        "CFDocument": {"identifier": "d", "title": "Exempelmatris", "creator": "Exempel", "language": "sv",
                       "officialSourceURL": "https://exempel.se/matris"},
        "CFItems": [{"identifier": "i1", "fullStatement": "Kan läsa", "humanCodingScheme": "L.1"},
                    {"identifier": "i2", "fullStatement": "Utan matris", "humanCodingScheme": "L.2"}],
        "CFRubrics": [{"identifier": "r", "title": "Läsning", "description": "Alla läser.", "CFRubricCriteria": [
            {"identifier": "c2", "category": "Flyt", "description": "Hur flyter det?", "weight": 2, "position": 2,
             "CFRubricCriterionLevels": [level(1, "Saknas", "Inget"), level(0, "Låg", "Lite"),
                                         level(2, "Hög", "Allt")]},
            {"identifier": "c1", "description": "Hur läses det?", "position": 1, "CFItemURI": {"identifier": "i1"},
             "CFRubricCriterionLevels": [level(0, "Nej", "Läser inte"), level(1, "Ja", "Läser")]}]}],
    }
}  # fmt: skip


def test_a_case_package_with_rubrics_has_levels_weights_and_scales(workspace: Path, granskning: Run) -> None:
    told = bring(granskning, workspace, json.dumps(CASE), name="m.json")
    assert told.returncode == 0, told.stdout + told.stderr
    assert "(1): L.2" in told.stdout
    made = values(workspace, "exempelmatris")
    first, second = made["targets"][0]["criteria"]
    assert (first["question"], first["number"], first["why"]) == ("Hur läses det?", "L.1", "Kan läsa")
    assert second["weight"] == {"value": 2, "why": "Vikten som källan ger frågan."}
    assert second["levels"] == {"0": "Lite", "1": "Inget", "2": "Allt"}
    assert made["scales"][0]["id"] in (first.get("scale"), second.get("scale"))
    assert granskning("check", "criteria/exempelmatris.yaml", cwd=workspace).returncode == 0


def test_a_case_package_of_items_and_one_in_a_circle(workspace: Path, granskning: Run) -> None:
    def bond(child: str, parent: str) -> dict[str, Any]:
        return {"associationType": "isChildOf", "originNodeURI": {"identifier": child},
                "destinationNodeURI": {"identifier": parent}}  # fmt: skip

    items = [{"identifier": name, "fullStatement": f"Post {name}"} for name in "abcxy"]
    package = {"CFDocument": {"title": "Poster", "language": "sv"}, "CFItems": items,
               "CFAssociations": [bond("b", "a"), bond("c", "a"), bond("x", "y"), bond("y", "x")]}  # fmt: skip
    told = bring(granskning, workspace, json.dumps(package), name="p.json")
    assert (told.returncode, "i en ring" in told.stdout) == (1, True)
    (target,) = values(workspace, "poster")["targets"]
    assert [criterion["question"] for criterion in target["criteria"]] == ["Post b", "Post c"]


def test_every_heading_of_the_template_is_recognised_in_both_languages() -> None:
    for language in ("sv", "en"):
        t = Translator(language)
        for field in (ID_FIELD, *TARGET_FIELDS, *QUESTION_FIELDS):
            assert recognise(t(field.title)) == field.key, (language, field.key)
        for fields in (ABOUT_FIELDS, SCALE_FIELDS):
            for key, (title, names) in fields.items():
                assert plain_heading(t(title)) in names, (language, key)
        assert recognise(t("Level {value}: {label}", value=1, label="Nämns")) == LevelColumn("1", "Nämns")


def test_the_template_is_filled_in_and_brought_in(workspace: Path, granskning: Run) -> None:
    assert granskning("export", "--template", "-o", "mall.xlsx", cwd=workspace).returncode == 0
    filled = load_workbook(workspace / "mall.xlsx")
    sheet = filled["Frågor"]
    columns: dict[Any, Any] = {cell.value: cell.column for cell in sheet[1]}
    sheet.cell(2, columns["Målbild"]).value = "Resor"
    sheet.cell(2, columns["Fråga"]).value = "Räknas resorna?"
    for value in ("0: Saknas", "1: Nämns", "2: Delvis", "3: Styr"):
        sheet.cell(2, columns[f"Nivå {value}"]).value = f"Kräver {value}"
    filled["Om uppsättningen"]["B1"].value = "Mina mål"
    filled.save(workspace / "mall.xlsx")
    told = granskning("import", "mall.xlsx", cwd=workspace)
    assert told.returncode == 0, told.stdout
    made = values(workspace, "mina-mal")
    assert (made["title"], made["language"]) == ("Mina mål", "sv")
    assert made["targets"][0]["criteria"][0]["levels"]["3"] == "Kräver 3: Styr"


def returned(workspace: Path, granskning: Run, change: Any, *words: str) -> Any:
    assert granskning("export", "--criteria", "prov", "-o", "prov.xlsx", cwd=workspace).returncode == 0
    filled = load_workbook(workspace / "prov.xlsx")
    sheet = filled["Frågor"]
    change(sheet, {cell.value: cell.column for cell in sheet[1]})
    filled.save(workspace / "prov.xlsx")
    return lambda: granskning("import", "prov.xlsx", *words, cwd=workspace)


def test_a_set_comes_back_unchanged_and_changes_nothing(workspace: Path, granskning: Run) -> None:
    before = (workspace / "criteria/prov.yaml").read_bytes()
    told = returned(workspace, granskning, lambda _sheet, _columns: None)()
    assert (told.returncode, told.stdout) == (0, told.stdout)
    assert "Inget är ändrat" in told.stdout + told.stderr
    assert (workspace / "criteria/prov.yaml").read_bytes() == before


def test_what_is_changed_in_the_workbook_is_spliced_and_clashes_are_left(workspace: Path, granskning: Run) -> None:
    file = workspace / "criteria/prov.yaml"
    file.write_text("# min anteckning\n" + file.read_text("utf-8"), "utf-8")

    def change(sheet: Any, columns: dict[str, int]) -> None:
        sheet.cell(2, columns["Varför"]).value = "De är flest."
        sheet.cell(3, columns["Fråga"]).value = "Räknas skolresor?"
        sheet.cell(5, columns["Målbild"]).value = "Makt"
        sheet.cell(5, columns["Fråga"]).value = "Vem bestämmer?"

    bring_back = returned(workspace, granskning, change)
    text = file.read_text("utf-8").replace("sv: Räknas barnens resor?", "sv: Räknas barns resor?")
    file.write_text(text, "utf-8")
    told = bring_back()
    assert told.returncode == 1  # a clash
    assert "filen lämnas som den är" in told.stdout
    after = file.read_text("utf-8")
    assert after.startswith("# min anteckning\n")
    assert "why: {sv: De är flest., en: They are many.}" in after
    assert "Räknas barns resor?" in after
    made = values(workspace, "prov")
    assert made["targets"][1]["criteria"][1]["question"] == {"sv": "Vem bestämmer?"}
    same = [line for line in text.splitlines() if "De är många" not in line]
    assert [line for line in after.splitlines() if line in same] == same


def test_a_table_over_a_set_that_is_there_is_refused(workspace: Path, granskning: Run) -> None:
    told = bring(granskning, workspace, SV, "--set", "prov")
    assert (told.returncode, "det finns redan en kriterieuppsättning prov" in told.stderr) == (2, True)
    assert granskning("export", "--criteria", "prv", cwd=workspace).returncode == 2


def test_the_version_of_an_approved_review_is_not_changed(workspace: Path, granskning: Run) -> None:
    review = workspace / "strategies/provplan/reviews/2026-11/granskaren.yaml"
    review.write_text(
        review.read_text("utf-8")
        .replace("status: submitted", "status: approved")
        .replace("status: draft", "status: approved"),
        "utf-8",
    )
    assert any(known.status == "approved" for known in open_workspace(workspace)[1].workspace.reviews)

    def change(sheet: Any, columns: dict[str, int]) -> None:
        sheet.cell(2, columns["Varför"]).value = "Nytt."

    told = returned(workspace, granskning, change)()
    assert (told.returncode, "godkänd granskning är bedömd" in told.stderr) == (2, True)
