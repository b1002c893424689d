"""A table of a file (CSV, Excel) by a mapping of its columns: rows of cells in, values by area, period and sex out."""

from __future__ import annotations

import csv
import io
import re
from decimal import Decimal
from typing import TYPE_CHECKING

from granskning.findings.suggestions import advice_on
from granskning.i18n import N_
from granskning.model.indicator import SEXES, QueryVariable, sex_of_label
from granskning.statistics.cube import CubeCell, is_symbol, read_symbol
from granskning.statistics.reading import StatisticsReading
from granskning.statistics.unexpected import OtherMeaningError, UnexpectedFormError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.model.indicator import Sex

TableCell = str | int | float | bool | None
_SPACES = re.compile("[\\s\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]")
_NUMBER = re.compile(r"[-+\N{MINUS SIGN}]?[0-9]+([.,][0-9]+)?", re.ASCII)
_PERCENT = "%"


def read_csv(data: bytes) -> list[list[TableCell]]:
    """The rows of a CSV file: UTF-8, else Windows-1252; with `;`, tab or `,` between, whichever the head has most of.

    Raises UnexpectedFormError.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("cp1252")
        except UnicodeDecodeError as error:
            raise UnexpectedFormError(N_("the file is neither UTF-8 nor Windows-1252")) from error
    if "\0" in text:
        raise UnexpectedFormError(N_("the file is neither UTF-8 nor Windows-1252"))
    head = text.partition("\n")[0]
    delimiter = max(";\t,", key=head.count)
    try:
        return [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)]
    except csv.Error as error:
        raise UnexpectedFormError(N_("the file is no CSV: {reason}"), reason=str(error)) from error


def read_rows(
    rows: Sequence[Sequence[TableCell]], columns: Mapping[str, str], frame: StatisticsReading
) -> StatisticsReading:
    """The values of a table whose first row names its columns. `columns` says which column holds what.

    A table has a column for each sex, or one of sexes and one of values. Raises UnexpectedFormError with the row, and
    OtherMeaningError where a column is not there.
    """
    places = _places(rows, columns)
    values: dict[tuple[str, str], dict[Sex, CubeCell]] = {}
    areas: dict[str, str] = {}
    for number, row in enumerate(rows[1:], 2):
        cells = {key: row[place] if place < len(row) else None for key, place in places.items()}
        if all(cell is None or str(cell).strip() == "" for cell in row):
            continue
        code, period = _key(cells, "area_code") or _key(cells, "area"), _key(cells, "period")
        if not period or (("area" in cells or "area_code" in cells) and not code):
            raise UnexpectedFormError(N_("row {number} has no area or no period"), number=number)
        areas.setdefault(code, _key(cells, "area") or code)
        place = values.setdefault((code, period), {})
        for sex, cell in _sexes(cells, number):
            if sex in place:
                message = N_("row {number} gives {area}, {period} once more")
                raise UnexpectedFormError(message, number=number, area=code, period=period)
            place[sex] = _value(cell, number)
    if not values:
        raise UnexpectedFormError(N_("the table has no rows"))
    return StatisticsReading(
        interface="table",
        title=frame.title,
        unit=frame.unit,
        query=_query(areas, values),
        values=values,
        sha256=frame.sha256,
    )


def _places(rows: Sequence[Sequence[TableCell]], columns: Mapping[str, str]) -> dict[str, int]:
    head = [" ".join(str(cell).split()) if cell is not None else "" for cell in (rows[0] if rows else [])]
    places = {}
    for key, name in columns.items():
        if head.count(name) != 1:
            message = N_("the table has no column {name}") if name not in head else N_("two columns are called {name}")
            advice = advice_on(name, [item for item in head if item], N_("the columns are: {known}"))
            raise OtherMeaningError(message, **advice, name=name)
        places[key] = head.index(name)
    return places


def _sexes(cells: Mapping[str, TableCell], number: int) -> Iterator[tuple[Sex, TableCell]]:
    if "value" not in cells:
        yield from ((sex, cells[sex]) for sex in SEXES if sex in cells and str(cells[sex] or 0).strip())
        return
    label = _key(cells, "sex")
    sex = sex_of_label(label) if "sex" in cells else "total"
    if sex is None:
        message = N_("row {number}: {label} is no word for a sex that is known")
        raise UnexpectedFormError(message, number=number, label=label[:40])
    yield sex, cells["value"]


def _key(cells: Mapping[str, TableCell], key: str) -> str:
    """A code or a name: a whole number of a workbook as it is shown there."""
    cell = cells.get(key)
    if cell is None:
        return ""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else " ".join(str(cell).split())


def _value(cell: TableCell, number: int) -> CubeCell:
    """A number with a point or a comma, or one of the signs. Spaces between thousands are passed over."""
    if isinstance(cell, bool) or cell is None:
        raise UnexpectedFormError(N_("row {number} has a value that is no number: {value}"), number=number, value=cell)
    if isinstance(cell, int | float):
        return CubeCell(Decimal(repr(cell)))
    bare = _SPACES.sub("", cell).removesuffix(_PERCENT)
    if is_symbol(bare):
        return CubeCell(symbol=read_symbol(bare))
    if not _NUMBER.fullmatch(bare):
        message = N_("row {number} has a value that is no number: {value}")
        raise UnexpectedFormError(message, number=number, value=cell[:40])
    return CubeCell(Decimal(bare.replace(",", ".").replace("\N{MINUS SIGN}", "-")))


def _query(areas: Mapping[str, str], values: Mapping[tuple[str, str], object]) -> tuple[QueryVariable, ...]:
    periods = dict.fromkeys(period for _, period in values)
    named = {code: label for code, label in areas.items() if code}
    place = (QueryVariable("area", named, "area", "område"),) if named else ()
    return (*place, QueryVariable("period", {period: period for period in periods}, "period", "period"))
