"""Indicators in the form that the schema has let through, out as frozen values."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from granskning.model.figure_change import JudgedFigure
from granskning.model.indicator import (
    NIL,
    SEXES,
    Figure,
    FigureMark,
    Indicator,
    QueryVariable,
    SeriesBreak,
    ServiceSource,
    usual_role,
)
from granskning.model.method import key_of
from granskning.workspace.schema.modelling_scoring import exact
from granskning.workspace.schema.modelling_scoring import text as _text

if TYPE_CHECKING:
    Values = dict[str, Any]


def indicator(values: Values, file: str, fallback: str = "sv", own_area: str = "") -> Indicator:
    """An indicator with its figures. `fallback` is the language of texts that do not say theirs."""
    language = values.get("language", fallback)
    source = values["source"]
    return Indicator(
        id=values["id"],
        title=_text(values["title"], language),
        unit=_text(values["unit"], language),
        share=values.get("share", False),
        producer=source["producer"],
        table=source.get("table"),
        address=source.get("address"),
        retrieved=source["retrieved"],
        quality=source.get("quality"),
        note=_text(source.get("note"), language),
        values=tuple(_figure(figure, language) for figure in values["values"]),
        file=file,
        measures=_text(values.get("measures"), language),
        excludes=_text(values.get("excludes"), language),
        not_by_sex=_text(values.get("not_by_sex"), language),
        decimals=values.get("decimals"),
        better=values.get("better"),
        breaks=tuple(
            SeriesBreak(key_of(item["from"]), _text(item["note"], language)) for item in values.get("breaks", ())
        ),
        source=service_source(source),
        own_area=own_area,
    )


def service_source(source: Values) -> ServiceSource:
    """What a service is asked for, from the source of an indicator."""
    plain = ("service", "table", "table_v1", "interface", "updated", "next_update", "licence", "sha256", "file",
             "sheet", "columns", "last_period", "discontinued")  # fmt: skip
    return ServiceSource(
        **{key: source[key] for key in plain if key in source},
        title=source.get("title", ""),
        unit=source.get("unit", ""),
        notes=tuple(source.get("notes", ())),
        query=tuple(_variable(item) for item in source.get("query", ())),
    )


def _variable(item: Values) -> QueryVariable:
    codes = item["codes"]
    labels = codes if isinstance(codes, dict) else dict.fromkeys(map(key_of, codes))
    return QueryVariable(
        variable=item["variable"],
        codes={code: label or "" for code, label in labels.items()},
        role=item.get("role") or usual_role(item["variable"]),
        label=item.get("label", ""),
        sexes={sex: key_of(code) for sex, code in item.get("sexes", {}).items()},
    )


def _figure(figure: Values, language: str) -> Figure:
    groups = {sex: figure[sex] for sex in SEXES if isinstance(figure.get(sex), dict)}
    return Figure(
        area=figure["area"],
        area_code=figure.get("area_code"),
        period=key_of(figure["period"]),
        note=_text(figure.get("note"), language),
        marks={sex: _mark(group) for sex, group in groups.items() if group.keys() - {"value"}},
        gone=figure.get("gone"),
        **{sex: _number(figure[sex]) for sex in SEXES if sex in figure},
    )


def judged_figure(values: Values) -> JudgedFigure:
    """A figure that a review was judged by."""
    numbers = {sex: exact(values[sex]) for sex in SEXES if sex in values}
    return JudgedFigure(values["indicator"], values["area"], values.get("area_code"), key_of(values["period"]),
                        values["meaning"], **numbers)  # fmt: skip


def plain_judged_figure(figure: JudgedFigure) -> Values:
    """The same as it stands in a review's file."""
    values: Values = {"indicator": figure.indicator, "area": figure.area}
    if figure.area_code is not None:
        values["area_code"] = figure.area_code
    values["period"] = figure.period
    for sex in SEXES:
        number = getattr(figure, sex)
        if number is not None:
            values[sex] = int(number) if number.denominator == 1 else float(number)
    return values | {"meaning": figure.meaning}


def _number(value: float | Values) -> Fraction | None:
    """The number; nil is none at all, and so 0."""
    if not isinstance(value, dict):
        return exact(value)
    if "value" in value:
        return exact(value["value"])
    return Fraction(0) if value.get("symbol") == NIL else None


def _mark(group: Values) -> FigureMark:
    return FigureMark(group.get("symbol"), group.get("status"), group.get("members"))
