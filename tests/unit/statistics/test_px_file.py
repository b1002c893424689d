"""PC-Axis files: codes, signs, code pages and texts over several lines."""

from __future__ import annotations

from decimal import Decimal

import pytest

from granskning.statistics.cube import CubeCell
from granskning.statistics.px_file import read_px
from granskning.statistics.unexpected import UnexpectedFormError

TEXT = """CHARSET="ANSI";
AXIS-VERSION="2013";
LANGUAGE="sv";
LANGUAGES="sv","en";
DECIMALS=1;
SHOWDECIMALS=1;
TITLE="Exempel på andel efter region, "
"kön och år";
TITLE[en]="Example; in English";
CONTENTS="Andel";
UNITS="procent";
STUB="region","kön";
HEADING="år";
VALUES("region")="Riket","Västmanlands
 län";
CODES("region")="00","19";
VARIABLECODE("region")="Region";
VALUES("kön")="män","kvinnor";
CODES("kön")="1","2";
VARIABLECODE("kön")="Kon";
VALUES("år")="2023","2024";
CODES("år")="2023","2024";
TIMEVAL("år")=TLIST(A1,"2023"-"2024");
VARIABLECODE("år")="Tid";
LAST-UPDATED="20260320 08:00";
SOURCE="Exempelbyrån";
NOTEX="Värdena är påhittade; "
"alla.";
DATA=
41.5 "-"
".." 58.5
"..." 7
-1 8.25
;
"""


def test_a_file_in_windows_1252() -> None:
    cube = read_px(TEXT.encode("cp1252"))
    assert cube.title == "Exempel på andel efter region, kön och år"
    assert [(item.code, item.label) for item in cube.dimensions] == [
        ("Region", "region"), ("Kon", "kön"), ("Tid", "år"), ("ContentsCode", "innehåll"),
    ]  # fmt: skip
    assert cube.dimensions[1].codes == {"1": "män", "2": "kvinnor"}
    assert cube.dimensions[2].is_time
    assert cube.dimensions[3].units == {"Andel": "procent"}
    assert cube.notes == ("Värdena är påhittade; alla.",)
    assert cube.cells == {
        ("00", "1", "2023", "Andel"): CubeCell(Decimal("41.5")), ("00", "1", "2024", "Andel"): CubeCell(symbol="-"),
        ("00", "2", "2023", "Andel"): CubeCell(symbol=".."), ("00", "2", "2024", "Andel"): CubeCell(Decimal("58.5")),
        ("19", "1", "2023", "Andel"): CubeCell(symbol="..."), ("19", "1", "2024", "Andel"): CubeCell(Decimal(7)),
        ("19", "2", "2023", "Andel"): CubeCell(Decimal(-1)), ("19", "2", "2024", "Andel"): CubeCell(Decimal("8.25")),
    }  # fmt: skip


def test_other_code_pages() -> None:
    whole = read_px(TEXT.encode("cp1252"))
    assert read_px(("\ufeff" + TEXT).encode()) == whole
    assert read_px(TEXT.replace('CHARSET="ANSI";', 'CHARSET="ANSI";\nCODEPAGE="utf-8";').encode()) == whole
    with pytest.raises(UnexpectedFormError, match="code page"):
        read_px(b'CODEPAGE="ebcdic";\nDATA=1;')
    with pytest.raises(UnexpectedFormError, match="not utf-8"):
        read_px(TEXT.replace('CHARSET="ANSI";', 'CODEPAGE="utf-8";').encode("latin-1"))


def test_signs_that_the_file_gives_other_words() -> None:
    cube = read_px(TEXT.replace("DATA=", 'DATASYMBOL2="saknas";\nDATA=').replace('".."', '"saknas"').encode("cp1252"))
    assert cube.cells["00", "2", "2023", "Andel"] == CubeCell(symbol="..")


def test_several_contents_are_a_variable() -> None:
    text = TEXT.replace('CONTENTS="Andel";\nUNITS="procent";', 'CONTENTS="Blandat";\nCONTVARIABLE="kön";')
    assert [item.code for item in read_px(text.encode("cp1252")).dimensions] == ["Region", "Kon", "Tid"]


@pytest.mark.parametrize(
    "text",
    ["", "hej", TEXT.replace("8.25", ""), TEXT.replace("8.25", "8.25 9"), TEXT.replace("8.25", "åtta"),
     TEXT.replace("8.25", '"8.25"'), TEXT.replace('STUB="region","kön";', ""), TEXT.replace('"00","19"', '"00"'),
     TEXT.replace('"00","19"', '"00","00"'), TEXT.replace('SOURCE="', 'SOURCE=;"'), TEXT.replace("8.25", "NaN"),
     TEXT.replace("DATA=", 'KEYS("region")=VALUES;\nDATA='), TEXT.replace('SOURCE="Exempelbyrån";', 'SOURCE="x'),
     TEXT.replace('"00","19"', '"00","' + '19"')[:300] + "DATA="],
)  # fmt: skip
def test_what_is_refused(text: str) -> None:
    with pytest.raises(UnexpectedFormError):
        read_px(text.encode("cp1252"))
