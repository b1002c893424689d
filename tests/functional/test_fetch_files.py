"""Indicators out of files: CSV and Excel by their columns, and PC-Axis by its variables, written as any other fetch."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import openpyxl
import pytest

from granskning.tasks.statistics.indicator_files import open_indicators
from statistics_folder import fetched, folder_with

if TYPE_CHECKING:
    from pathlib import Path

HEAD = """schema: granskning/indicator/1
id: andel
title: Exempel
unit: procent
source:
  producer: Exempelbyrån
  service: file
  file: underlag/{file}
  {more}
  retrieved: 2026-11-01
values: []
"""
WIDE = "columns: {area: Kommun, area_code: Kod, period: År, women: Kvinnor, men: Män}"
LONG = "columns: {area_code: Kod, period: År, sex: Kön, value: Antal}"


def folder_of(tmp_path: Path, file: str, more: str, data: bytes) -> Path:
    folder = folder_with(tmp_path, HEAD.replace("{file}", file).replace("{more}", more))
    (folder / "underlag").mkdir(exist_ok=True)
    (folder / "underlag" / file).write_bytes(data)
    return folder


def values_of(folder: Path) -> list[tuple[object, ...]]:
    (file,) = open_indicators(folder).files
    assert file.indicator is not None
    assert file.errors == ()
    return [
        (item.area_code, item.period, *(None if n is None else float(n) for n in (item.women, item.men)))
        for item in file.indicator.values
    ]


WIDE_CSV = "Kommun;Kod;År;Kvinnor;Män\nVästerås;1980;2024;1 041,5;..\n;;;;\nSala;1981;2024;–;58,5\n"
LONG_CSV = "Kod\tÅr\tKön\tAntal\n1980\t2024\tkvinnor\t41.5\n1980\t2024\tmän\t58.5\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_table_with_a_column_for_each_sex(encoding: str, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "a.csv", WIDE, WIDE_CSV.encode(encoding))
    (outcome,) = fetched(folder, write=True)
    assert outcome.state == "written"
    assert values_of(folder) == [("1980", "2024", 1041.5, None), ("1981", "2024", 0.0, 58.5)]
    assert fetched(folder)[0].state == "unchanged"


def test_a_table_with_a_row_for_each_sex(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "a.csv", LONG, LONG_CSV.encode())
    fetched(folder, write=True)
    assert values_of(folder) == [("1980", "2024", 41.5, 58.5)]


def test_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.create_sheet("Andel")
    for row in (["Kommun", "Kod", "År", "Kvinnor", "Män"], ["Västerås", "1980", 2024, 41.5, ".."]):
        book["Andel"].append(row)
    out = io.BytesIO()
    book.save(out)
    folder = folder_of(tmp_path, "a.xlsx", f"sheet: Andel\n  {WIDE}", out.getvalue())
    (outcome,) = fetched(folder, write=True)
    assert outcome.error is None
    assert values_of(folder) == [("1980", "2024", 41.5, None)]
    folder = folder_of(tmp_path, "a.xlsx", f"sheet: Annat\n  {WIDE}", out.getvalue())
    assert "no sheet Annat" in str(fetched(folder)[0].error)


def test_a_pc_axis_file(tmp_path: Path) -> None:
    text = (
        'CHARSET="ANSI";\nTITLE="Andel";\nCONTENTS="Andel";\nUNITS="procent";\nSTUB="Region","Kon";\nHEADING="Tid";\n'
        'VALUES("Region")="Riket","Sala";\nCODES("Region")="00","1981";\nVALUES("Kon")="män","kvinnor";\n'
        'CODES("Kon")="1","2";\nVALUES("Tid")="2023","2024";\nDATA=\n1 2 3 4 5 6 "-" 8;\n'
    )
    query = (
        "query:\n    - {variable: Region, codes: [1981]}\n    - {variable: Kon, codes: ['1', '2']}\n"
        "    - {variable: ContentsCode, codes: [Andel]}\n    - {variable: Tid, codes: ['2023']}"
    )
    folder = folder_of(tmp_path, "a.px", query, text.encode("cp1252"))
    (outcome,) = fetched(folder, write=True)
    assert outcome.error is None
    assert values_of(folder) == [("1981", "2023", 0.0, 5.0), ("1981", "2024", 8.0, 6.0)]
    assert fetched(folder)[0].state == "unchanged"
    (folder / "underlag/a.px").write_bytes(text.replace('"män","kvinnor"', '"kvinnor","män"').encode("cp1252"))
    assert fetched(folder, write=True)[0].state == "refused"


@pytest.mark.parametrize(
    ("more", "text", "told"),
    [
        (WIDE, WIDE_CSV.replace("Kvinnor", "Kvinna"), "no column Kvinnor"),
        (WIDE, WIDE_CSV.replace("1 041,5", "1.041,5"), "row 2 has a value that is no number"),
        (WIDE, WIDE_CSV.replace("1 041,5", "1,041,5"), "row 2 has a value that is no number"),
        (WIDE, WIDE_CSV.replace(";2024;–", ";;–"), "row 4 has no area or no period"),
        (WIDE, WIDE_CSV + "Sala;1981;2024;1;2\n", "row 5 gives 1981, 2024 once more"),
        (WIDE, WIDE_CSV.replace("..", "NaN"), "no number: NaN"),
        (WIDE, WIDE_CSV.splitlines()[0], "no rows"),
        (WIDE, "", "no column"),
        (WIDE, WIDE_CSV + "\0", "neither UTF-8"),
        (LONG, LONG_CSV.replace("män", "M"), "row 3: M is no word for a sex"),
        (LONG, LONG_CSV.replace("män", "kvinnor"), "row 3 gives 1980, 2024 once more"),
    ],
)
def test_tables_that_are_refused(more: str, text: str, told: str, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, "a.csv", more, text.encode())
    before = (folder / "criteria/statistics/andel.yaml").read_bytes()
    (outcome,) = fetched(folder, write=True)
    assert told in str(outcome.error)
    assert (folder / "criteria/statistics/andel.yaml").read_bytes() == before


def test_a_file_outside_or_away(tmp_path: Path) -> None:
    (tmp_path / "utanför.csv").write_text(WIDE_CSV, "utf-8")
    folder = folder_of(tmp_path / "mapp", "a.csv", WIDE, b"")
    path = folder / "criteria/statistics/andel.yaml"
    for name, told in (("../utanför.csv", "outside"), ("underlag/b.csv", "cannot be read")):
        path.write_text(path.read_text("utf-8").replace("underlag/a.csv", name), "utf-8")
        assert told in str(fetched(folder)[0].error)
        path.write_text(path.read_text("utf-8").replace(name, "underlag/a.csv"), "utf-8")
