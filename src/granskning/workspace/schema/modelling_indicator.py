"""Indicators in the form that the schema has let through, out as frozen values."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.model.indicator import Figure, Indicator
from granskning.model.method import key_of
from granskning.workspace.schema.modelling_scoring import exact
from granskning.workspace.schema.modelling_scoring import text as _text

if TYPE_CHECKING:
    Values = dict[str, Any]


def indicator(values: Values, file: str, fallback: str = "sv") -> Indicator:
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
        values=tuple(
            Figure(
                area=figure["area"],
                area_code=figure.get("area_code"),
                period=key_of(figure["period"]),
                note=_text(figure.get("note"), language),
                **{sex: exact(figure[sex]) for sex in ("women", "men", "mixed", "total") if sex in figure},
            )
            for figure in values["values"]
        ),
        file=file,
    )
