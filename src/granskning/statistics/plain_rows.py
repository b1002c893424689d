"""Values of a reading as they stand in an indicator's file, and back: plain numbers and groups of keys."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from granskning.model.indicator import NIL, SEXES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from granskning.model.indicator import Figure, QueryVariable, Sex
    from granskning.statistics.cube import CubeCell


def plain_number(value: Decimal) -> float | int:
    """The number as YAML has it: whole where it was written whole."""
    exponent = value.as_tuple().exponent
    return int(value) if isinstance(exponent, int) and exponent >= 0 else float(value)


def plain_value(cell: CubeCell) -> Any:
    """A value of a file: the bare number where the source says no more."""
    group: dict[str, Any] = {}
    if cell.value is not None:
        group["value"] = plain_number(cell.value)
    if cell.symbol is not None:
        group["symbol"] = cell.symbol
    if cell.status is not None:
        group["status"] = cell.status
    if cell.members is not None:
        group["members"] = cell.members
    return group["value"] if group.keys() == {"value"} else group


def is_alike(figure: Figure, sex: Sex, cell: CubeCell | None) -> bool:
    """Whether a frozen value is what the source gives now. Nil and 0 differ, and so do both from what is missing."""
    if cell is None:
        return getattr(figure, sex) is None and sex not in figure.marks
    mark = figure.marks.get(sex)
    frozen = (mark.symbol, mark.status, mark.members) if mark else (None, None, None)
    if frozen != (cell.symbol, cell.status, cell.members):
        return False
    value: Fraction | None = getattr(figure, sex)
    if cell.symbol == NIL:
        return True
    return value == (None if cell.value is None else Fraction(str(plain_number(cell.value))))


def frozen_sexes(figure: Figure) -> tuple[Sex, ...]:
    """The sexes of which a frozen row has a value or a sign."""
    return tuple(sex for sex in SEXES if getattr(figure, sex) is not None or sex in figure.marks)


def plain_row(area: str, code: str, period: str, row: Mapping[Sex, CubeCell]) -> dict[str, Any]:
    """A row of a file."""
    place = {"area": area, "area_code": code} if code else {"area": area}
    return {**place, "period": period, **{sex: plain_value(row[sex]) for sex in SEXES if sex in row}}


def plain_query(query: tuple[QueryVariable, ...]) -> list[dict[str, Any]]:
    """The query of a file, each code with what it is called."""
    items = []
    for variable in query:
        item: dict[str, Any] = {"variable": variable.variable, "role": variable.role, "label": variable.label}
        item["codes"] = dict(variable.codes)
        if variable.sexes:
            item["sexes"] = dict(variable.sexes)
        items.append(item)
    return items
