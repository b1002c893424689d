"""What can be wrong in what an indicator asks a statistics service for, told without asking it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from granskning.errors import Words
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.i18n import N_
from granskning.model.indicator import sex_of_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.findings.finding import Path
    from granskning.model.indicator import Indicator, QueryVariable, Role

_KPI = re.compile(r"[NU][0-9]{5}")
_KOLADA = {"municipality": "area", "gender": "sex", "year": "period"}
_NEEDED: dict[str, tuple[Role, ...]] = {"kolada": ("area",), "scb": ("contents", "period")}
_MISSING: dict[Role, str] = {
    "area": N_("no variable has the role area"),
    "contents": N_("no variable has the role contents"),
    "period": N_("no variable has the role period"),
}


def check_query(indicator: Indicator) -> Iterator[Finding]:
    """Yield what is wrong in the query of an indicator; nothing where it names no service."""
    source, file = indicator.source, indicator.file
    if source.service is None:
        return
    if source.service == "file":
        yield from _check_file(indicator)
        return
    if source.service == "kolada" and not _KPI.fullmatch(source.name):
        yield _problem(file, ("source", "service"), N_("a KPI of Kolada is N or U and five digits under table:"))
    elif not source.name:
        yield _problem(file, ("source", "service"), N_("there is neither table: nor table_v1:"))
    for role in _NEEDED[source.service]:
        if source.variable_of(role) is None:
            yield _problem(file, ("source", "service"), _MISSING[role])
    seen: set[str] = set()
    for number, variable in enumerate(source.query):
        yield from _check_variable(variable, ("source", "query", number), indicator, seen)


def _check_file(indicator: Indicator) -> Iterator[Finding]:
    """A PC-Axis file is asked by its variables, any other table by its columns."""
    source, path = indicator.source, ("source", "service")
    is_px = (source.file or "").lower().endswith(".px")
    values = {"women", "men", "mixed", "total", "value"} & source.columns.keys()
    if source.file is None:
        yield _problem(indicator.file, path, N_("there is no file:"))
    elif is_px and (source.variable_of("contents") is None or source.variable_of("period") is None):
        yield _problem(indicator.file, path, N_("a PC-Axis file needs query: with contents and period"))
    elif not is_px and not values:
        yield _problem(indicator.file, path, N_("a table needs columns: with women, men or value"))
    elif "sex" in source.columns and "value" not in source.columns:
        yield _problem(indicator.file, ("source", "columns"), N_("a column of sexes needs one of values: value:"))


def _check_variable(variable: QueryVariable, path: Path, indicator: Indicator, seen: set[str]) -> Iterator[Finding]:
    file = indicator.file
    names = {variable.variable.lower(), *(() if variable.role == "other" else (f"role {variable.role}",))}
    if names & seen:
        yield _problem(file, (*path, "variable"), N_("two variables have the same name or role"))
    seen |= names
    if variable.role in ("contents", "other") and len(variable.codes) > 1:
        yield _problem(file, (*path, "codes"), N_("a variable with several codes is no area, sex or period"))
    if indicator.source.service == "kolada" and _KOLADA.get(variable.variable) != variable.role:
        yield _problem(file, (*path, "variable"), N_("Kolada has municipality, gender and year"))
    if variable.role != "sex":
        if variable.sexes:
            yield _problem(file, (*path, "sexes"), N_("sexes: belongs to the variable of sex"))
        return
    if set(variable.sexes.values()) - variable.codes.keys():
        yield _problem(file, (*path, "sexes"), N_("sexes: names a code that is not among the codes"))
    if variable.sexes or indicator.source.service == "kolada":
        return
    for code, label in variable.codes.items():
        if label and sex_of_label(label) is None:
            yield Finding(RULES["GR711"], Pointer(file, (*path, "codes", code)), {"label": label})


def _problem(file: str, path: Path, problem: str) -> Finding:
    return Finding(RULES["GR708"], Pointer(file, path), {"problem": Words(problem)})
