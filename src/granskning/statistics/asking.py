"""From what an indicator asks for and what the table is now, to the codes of a call; and from its answer to values."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from granskning.findings.suggestions import advice_on
from granskning.i18n import N_
from granskning.model.indicator import QueryVariable, sex_of_label
from granskning.statistics.selection import chosen_periods
from granskning.statistics.unexpected import OtherMeaningError, UnexpectedFormError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from granskning.model.indicator import Sex
    from granskning.statistics.cube import Cube, CubeCell, Dimension
    from granskning.statistics.reading import StatisticsReading
    from granskning.statistics.selection import PeriodWish, Selection


@dataclass(frozen=True, slots=True)
class AskedTable:
    """The codes to ask for, by the table's own names of its variables, and the roles of these."""

    selection: Selection
    variables: tuple[QueryVariable, ...]
    """As the indicator has them, in the table's order."""
    no_longer: frozenset[str]
    """Areas that were frozen and that the table no longer has."""


def ask_table(query: Sequence[QueryVariable], table: Cube, areas: Collection[str], wish: PeriodWish) -> AskedTable:
    """Choose codes of every variable of the table. `areas` are asked for beside those of the query.

    Raises OtherMeaningError where query and table do not fit each other.
    """
    by_name = {variable.variable.lower(): variable for variable in query}
    for name, variable in by_name.items():
        if table.dimension(name) is None:
            known = [item.code for item in table.dimensions]
            raise _unknown(N_("the table has no variable {code}"), variable.variable, known)
    selection: dict[str, tuple[str, ...]] = {}
    variables = []
    no_longer: set[str] = set()
    for item in table.dimensions:
        asked = by_name.get(item.code.lower())
        if asked is None:
            message = N_("the table has the variable {variable} ({label}), which the query does not name")
            hint = N_("add it under query: with one code, such as {code} ({meaning})")
            code, meaning = next(iter(item.codes.items()))
            raise OtherMeaningError(message, hint, variable=item.code, label=item.label, code=code, meaning=meaning)
        codes, gone = _codes(asked, item, areas, wish)
        no_longer |= gone
        selection[item.code] = codes
        variables.append(replace(asked, variable=item.code))
    return AskedTable(selection, tuple(variables), frozenset(no_longer))


def _codes(
    asked: QueryVariable, item: Dimension, areas: Collection[str], wish: PeriodWish
) -> tuple[tuple[str, ...], set[str]]:
    """The codes to ask for of one variable, and the areas that are gone."""
    wanted = dict.fromkeys((*asked.codes, *(areas if asked.role == "area" else ())))
    missing = [code for code in wanted if code not in item.codes]
    frozen = {code for code in missing if asked.codes.get(code)}
    may_be_gone = asked.role in ("area", "period")
    strange = [code for code in missing if code not in frozen or not may_be_gone]
    if strange:
        message = N_("the table has no {code} among its codes of {variable}")
        raise _unknown(message, strange[0], list(item.codes), variable=item.code)
    if asked.role == "period":
        codes = chosen_periods(tuple(item.codes), asked.codes.keys(), wish)
    else:
        codes = tuple(code for code in wanted if code in item.codes)
    if not codes:
        message = N_("nothing is left to ask for of {variable}: the table has none of the codes")
        raise OtherMeaningError(message, variable=item.code)
    return codes, frozen if asked.role == "area" else set()


def _unknown(message: str, code: str, known: Sequence[str], **values: object) -> OtherMeaningError:
    listing = N_("the table has: {known}")
    return OtherMeaningError(message, **advice_on(code, known, listing), code=code, **values)


def read_table(cube: Cube, asked: AskedTable, frame: StatisticsReading) -> StatisticsReading:
    """The values of an answer by area, period and sex. `frame` has what is known of the table besides.

    Raises UnexpectedFormError, and OtherMeaningError for a word for a sex that is not known.
    """
    places = {variable.role: place for place, variable in enumerate(asked.variables)}
    order = {item.code.lower(): place for place, item in enumerate(cube.dimensions)}
    where = {role: order[asked.variables[place].variable.lower()] for role, place in places.items()}
    variables = tuple(
        _labelled(variable, cube.dimensions[order[variable.variable.lower()]]) for variable in asked.variables
    )
    sexes = next((_sex_by_code(variable) for variable in variables if variable.role == "sex"), {})
    values: dict[tuple[str, str], dict[Sex, CubeCell]] = {}
    for codes, cell in cube.cells.items():
        area = codes[where["area"]] if "area" in where else ""
        sex = sexes[codes[where["sex"]]] if "sex" in where else "total"
        values.setdefault((area, codes[where["period"]]), {})[sex] = cell
    contents = cube.dimensions[where["contents"]]
    code = next(iter(contents.codes))
    return replace(
        frame,
        unit=contents.units.get(code, ""),
        decimals=contents.decimals.get(code),
        query=variables,
        values=_in_order(values, variables),
        updated=cube.updated,
        next_update=cube.next_update,
        notes=cube.notes or frame.notes,
        no_longer=asked.no_longer,
    )


def _in_order(
    values: Mapping[tuple[str, str], dict[Sex, CubeCell]], variables: Sequence[QueryVariable]
) -> dict[tuple[str, str], dict[Sex, CubeCell]]:
    areas = next((list(item.codes) for item in variables if item.role == "area"), [""])
    periods = next(list(item.codes) for item in variables if item.role == "period")
    return {(area, period): values[area, period] for area in areas for period in periods if (area, period) in values}


def _labelled(variable: QueryVariable, item: Dimension) -> QueryVariable:
    return replace(variable, codes=item.codes, label=item.label)


def _sex_by_code(variable: QueryVariable) -> dict[str, Sex]:
    """The sex of each code: as the indicator says, else by the table's own word."""
    given: dict[str, Sex] = {code: sex for sex, code in variable.sexes.items()}  # type: ignore[misc]  # by the schema
    sexes: dict[str, Sex] = {}
    for code, label in variable.codes.items():
        sex = given.get(code) if given else sex_of_label(label)
        if sex is None:
            message = N_("{label} ({code}) is no word for a sex that is known")
            hint = N_("say under sexes: which code is women, men and total")
            raise OtherMeaningError(message, hint, label=label, code=code)
        if sex in sexes.values():
            raise UnexpectedFormError(N_("two codes of {variable} mean the same sex"), variable=variable.variable)
        sexes[code] = sex
    return sexes
