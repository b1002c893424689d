"""PxWebApi 2 and 1: paths, queries and answers of Statistics Sweden. Plain values in and out; nobody is called here."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeGuard

from granskning.i18n import N_
from granskning.statistics.cube import Cube, Dimension
from granskning.statistics.strict_json import read_object, text_of, whole_of
from granskning.statistics.unexpected import UnexpectedFormError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.statistics.cube import CubeCell
    from granskning.statistics.selection import Selection

Query = tuple[tuple[str, str], ...]

USUAL_CELLS = 150_000
"""The most cells of one answer where the service does not say (Statistics Sweden, June 2026)."""
USUAL_CALLS, USUAL_WINDOW = 10, 10.0
"""Calls in so many seconds where the service does not say (Statistics Sweden's own page)."""
LONGEST_ADDRESS = 1500
"""Characters: an address of some 2 100 was answered with 404 by a service of the same program."""
_LANGUAGE = ("lang", "sv")
_FORM = ("outputFormat", "json-stat2")
_IN_EXPRESSIONS = frozenset(",()[]*?")
"""What a service takes for part of an expression where it stands in an address."""


@dataclass(frozen=True, slots=True)
class PxwebLimits:
    """What a service allows, by its own configuration."""

    cells: int = USUAL_CELLS
    calls: int = USUAL_CALLS
    window: float = USUAL_WINDOW
    licence: str | None = None


def read_limits(data: bytes) -> PxwebLimits:
    """The limits in /config of version 2 or ?config of version 1. 0 means that nothing is told."""
    values = read_object(data)
    cells = whole_of(values, "maxDataCells") or whole_of(values, "maxCells")
    calls = whole_of(values, "maxCallsPerTimeWindow") or whole_of(values, "maxCalls")
    window = whole_of(values, "timeWindow")
    fine = bool(calls and calls > 0 and window and window > 0)
    return PxwebLimits(
        cells=cells if cells and cells > 0 else USUAL_CELLS,
        calls=calls if fine and calls else USUAL_CALLS,
        window=float(window) if fine and window else USUAL_WINDOW,
        licence=text_of(values, "license"),
    )


def metadata_path(table: str) -> str:
    """Where version 2 tells of a table."""
    return f"tables/{table}/metadata"


def about_path(table: str) -> str:
    """Where version 2 says whether a table is updated any more."""
    return f"tables/{table}"


ABOUT_QUERY: Query = (_LANGUAGE,)


def read_discontinued(data: bytes) -> bool:
    """Whether the service says that a table is updated no more. Raises UnexpectedFormError."""
    return read_object(data).get("discontinued") is True


def data_path(table: str) -> str:
    """Where version 2 gives a table's figures."""
    return f"tables/{table}/data"


METADATA_QUERY: Query = (_LANGUAGE, _FORM)
DATA_QUERY: Query = (_LANGUAGE, _FORM)


def selection_query(selection: Selection) -> Query:
    """The selection as version 2 has it in an address: every variable, every code."""
    return (*DATA_QUERY, *((f"valuecodes[{variable}]", ",".join(codes)) for variable, codes in selection.items()))


def fits_address(selection: Selection) -> bool:
    """Whether every code can stand in an address as it is."""
    return not any(_IN_EXPRESSIONS & set(code) for codes in selection.values() for code in codes)


def selection_body(selection: Selection) -> dict[str, Any]:
    """The selection as version 2 has it in a body."""
    chosen = [{"variableCode": variable, "valueCodes": list(codes)} for variable, codes in selection.items()]
    return {"selection": chosen}


def body_v1(selection: Selection) -> dict[str, Any]:
    """The selection as version 1 has it, with the form named: without, Statistics Sweden answers with a PX file."""
    query = [
        {"code": variable, "selection": {"filter": "item", "values": list(codes)}}
        for variable, codes in selection.items()
    ]
    return {"query": query, "response": {"format": "json-stat2"}}


def read_metadata_v1(data: bytes) -> Cube:
    """A table as version 1 tells of it: variables with codes and labels, and no values."""
    values = read_object(data)
    variables = values.get("variables")
    if not isinstance(variables, list) or not variables:
        raise UnexpectedFormError(N_("the answer tells of no variables"))
    return Cube(text_of(values, "title", "") or "", tuple(_variable_v1(item) for item in variables), {})


def _variable_v1(values: Any) -> Dimension:
    if not isinstance(values, dict):
        raise UnexpectedFormError(N_("the answer tells of no variables"))
    code = text_of(values, "code", "") or ""
    codes, labels = values.get("values"), values.get("valueTexts")
    if not code or not _are_texts(codes) or not _are_texts(labels) or len(codes) != len(labels):
        raise UnexpectedFormError(N_("the codes of {variable} have no order"), variable=code)
    if len(set(codes)) < len(codes):
        raise UnexpectedFormError(N_("{variable} has a code twice"), variable=code)
    return Dimension(
        code=code,
        label=text_of(values, "text", code) or code,
        codes={key: " ".join(label.split()) for key, label in zip(codes, labels, strict=True)},
        is_time=values.get("time") is True,
        can_be_left_out=values.get("elimination") is True,
    )


def _are_texts(values: Any) -> TypeGuard[list[str]]:
    return isinstance(values, list) and bool(values) and all(isinstance(item, str) for item in values)


def is_too_many(status: int, reason: str) -> bool:
    """Whether a refusal means that fewer cells are to be asked for: 403 by the specification, 400 in the program."""
    return status in {400, 403, 413} and "too many" in reason.lower()


def join_cubes(cubes: Sequence[Cube], selection: Selection) -> Cube:
    """One table of the parts of a selection, with exactly the cells that were asked for. Raises UnexpectedFormError."""
    first = cubes[0]
    cells: dict[tuple[str, ...], CubeCell] = {}
    for cube in cubes:
        if [item.code.lower() for item in cube.dimensions] != [item.code.lower() for item in first.dimensions]:
            raise UnexpectedFormError(N_("the parts of the answer have different variables"))
        cells.update(cube.cells)
    wanted = {variable.lower(): codes for variable, codes in selection.items()}
    names = [item.code.lower() for item in first.dimensions]
    if set(names) != set(wanted):
        message = N_("the answer has the variables {found}, where {asked} were asked for")
        raise UnexpectedFormError(message, found=", ".join(names), asked=", ".join(wanted))
    dimensions = []
    for place, item in enumerate(first.dimensions):
        labels: dict[str, str] = {}
        units: dict[str, str] = {}
        decimals: dict[str, int] = {}
        for cube in cubes:
            part = cube.dimensions[place]
            different = [code for code in part.codes if labels.get(code, part.codes[code]) != part.codes[code]]
            if different:
                raise UnexpectedFormError(N_("the parts of the answer call {code} differently"), code=different[0])
            labels.update(part.codes)
            units.update(part.units)
            decimals.update(part.decimals)
        asked = wanted[item.code.lower()]
        if set(labels) != set(asked):
            odd = min(set(labels) ^ set(asked))
            message = N_("the answer has other codes of {variable} than were asked for: {code}")
            raise UnexpectedFormError(message, variable=item.code, code=odd)
        ordered = {code: labels[code] for code in asked}
        dimensions.append(Dimension(item.code, item.label, ordered, units, decimals, is_time=item.is_time))
    if len(cells) != _count(dimensions):
        raise UnexpectedFormError(N_("the answer lacks values"))
    notes = tuple(dict.fromkeys(note for cube in cubes for note in cube.notes))
    return Cube(first.title, tuple(dimensions), cells, first.updated, first.next_update, first.source,
                notes=notes)  # fmt: skip


def _count(dimensions: Sequence[Dimension]) -> int:
    count = 1
    for item in dimensions:
        count *= len(item.codes)
    return count
