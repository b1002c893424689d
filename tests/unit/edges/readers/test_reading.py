"""What harms a reader ends its process and nothing else: there are values, or a sentence that names the file."""

from __future__ import annotations

import io
import warnings
import zipfile
from typing import TYPE_CHECKING, Any

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from granskning.edges.limits import Limit
from granskning.edges.readers import archive_reading, workbook_reading
from granskning.edges.readers.archive_reading import read_archive
from granskning.edges.readers.reading import read_pdf, read_worksheets
from granskning.edges.readers.workbook_reading import MOST_COLUMNS, MOST_ROWS
from granskning.edges.workers import run_apart
from granskning.errors import ReadingStoppedError, TooMuchMemoryError, UnreadableFileError
from hostile_files import PDFS, zip_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SHORT = Limit(0.1, grace=0.1, memory=1 << 30)
STOPPED = {"a form that calls itself", "a huge content stream", "a stream packed twice"}
READABLE = {
    "a table of objects in another's place",
    "a table of objects that follows itself",
    "a stream that is longer than it says",
}


@pytest.mark.parametrize("name", PDFS)
def test_a_pdf_that_would_do_harm(name: str) -> None:
    data = PDFS[name]()
    if name in STOPPED:
        with pytest.raises(ReadingStoppedError) as stopped:
            read_pdf(data, "plan.pdf", SHORT)
        assert stopped.value.values["file"] == "plan.pdf"
        assert stopped.value.hint
        return
    if name in READABLE:
        assert len(read_pdf(data, "plan.pdf").pages) == 1
        return
    with pytest.raises(UnreadableFileError) as refused:
        read_pdf(data, "plan.pdf")
    assert refused.value.values == {}, "the reason is a sentence that can be put into another"


def test_memory_has_an_end() -> None:
    with pytest.raises(TooMuchMemoryError, match="512 MB"):
        run_apart(bytearray, 1 << 30, limits=Limit(9, memory=512 << 20))


# --- workbooks --------------------------------------------------------------------------------------------------------


def _workbook(fill: Callable[[Any], object]) -> bytes:
    book = openpyxl.Workbook()
    fill(book.active)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _packed_rows(rows: bytes, strings: bytes = b"") -> bytes:
    """A workbook with these rows in its only sheet."""
    main = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with io.BytesIO(_workbook(lambda _: None)) as whole, zipfile.ZipFile(whole) as packed:
        parts = {entry.filename: packed.read(entry) for entry in packed.infolist()}
    parts["xl/worksheets/sheet1.xml"] = b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (main, rows)
    if strings:
        parts["xl/sharedStrings.xml"] = b'<sst xmlns="%s"><si><t>%s</t></si></sst>' % (main, strings)
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(
            b"</Types>",
            b'<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument'
            b'.spreadsheetml.sharedStrings+xml"/></Types>',
        )
    return zip_of(parts)


def test_a_cell_far_away_makes_no_cells_between() -> None:
    data = _workbook(lambda sheet: [sheet.cell(2, 2, "nära"), sheet.cell(5000, 16384, "fjärran")])
    [sheet] = workbook_reading.read_worksheets(data)
    assert sheet.rows == {2: {2: "nära"}}
    assert sheet.cell_outside == "XFD5000"
    [sheet] = workbook_reading.read_worksheets(_workbook(lambda sheet: sheet.cell(1_048_576, 1, "x")))
    assert sheet.cell_outside == "A1048576"


def test_the_last_cell_within_is_read() -> None:
    [sheet] = workbook_reading.read_worksheets(_workbook(lambda sheet: sheet.cell(MOST_ROWS, MOST_COLUMNS, 7)))
    assert (sheet.rows, sheet.cell_outside) == ({MOST_ROWS: {MOST_COLUMNS: 7}}, "")


WORKBOOKS: Mapping[str, Callable[[], bytes]] = {
    "unpacked it is too large": lambda: _packed_rows(b" " * 60_000_000),
    "rows beyond the last": lambda: _packed_rows(b'<row r="99999999999"><c><v>1</v></c></row>'),
    "one text in very many cells": lambda: _packed_rows(
        b"<row>%s</row>" % (b'<c t="s"><v>0</v></c>' * 400) * 20, b"a" * 10_000
    ),
    "a cell that points nowhere": lambda: _packed_rows(b'<row><c t="s"><v>7</v></c></row>'),
    "a number with thousands of digits": lambda: _packed_rows(b"<row><c><v>%s</v></c></row>" % (b"9" * 5000)),
    "no workbook": lambda: zip_of({"a": b"b"}),
    "no zip": lambda: b"PK",
    "parts within parts": lambda: _packed_rows(b"<a>" * 100_000),
}


@pytest.mark.parametrize("name", WORKBOOKS)
def test_a_workbook_that_would_do_harm(name: str) -> None:
    with pytest.raises(UnreadableFileError):
        read_worksheets(WORKBOOKS[name](), "svar.xlsx")


def test_rows_without_end_are_stopped() -> None:
    with pytest.raises((ReadingStoppedError, UnreadableFileError)):
        read_worksheets(_packed_rows(b"<row/>" * 4_000_000), "svar.xlsx", SHORT)


def test_what_the_library_warns_of_reaches_nobody(capfd: pytest.CaptureFixture[str]) -> None:
    data = _workbook(lambda sheet: sheet.add_data_validation(DataValidation(sqref="A1")))
    extension = b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"/></extLst></worksheet>'
    with io.BytesIO(data) as whole, zipfile.ZipFile(whole) as packed:
        parts = {entry.filename: packed.read(entry) for entry in packed.infolist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"</worksheet>", extension)
    parts.pop("xl/styles.xml")
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(read_worksheets(zip_of(parts), "svar.xlsx")) == 1
    assert capfd.readouterr() == ("", "")


# --- archives ---------------------------------------------------------------------------------------------------------


def test_an_archive_that_grows_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zip_of({"a": b"0" * 100_000, "b": b"0" * 100_000})
    assert [len(content) for _, content in read_archive(data)] == [100_000, 100_000]
    monkeypatch.setattr(archive_reading, "MOST_BYTES", 150_000)
    with pytest.raises(UnreadableFileError):
        read_archive(data)
