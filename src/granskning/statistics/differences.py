"""What differs between a frozen indicator and what its source gives now: in meaning, and value by value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

from granskning.i18n import N_
from granskning.model.figure_change import period_free
from granskning.model.indicator import SEXES
from granskning.statistics.plain_rows import frozen_sexes, is_alike, plain_row, plain_value

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.model.indicator import Figure, Indicator, QueryVariable, Sex
    from granskning.statistics.cube import CubeCell
    from granskning.statistics.reading import StatisticsReading

Kind = Literal["added", "changed", "vanished", "returned"]


@dataclass(frozen=True, slots=True)
class MeaningChange:
    """Something that says what the numbers mean, and that the source now says otherwise."""

    what: str
    """A msgid."""
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that differs: what was frozen and what the source gives, by sex."""

    kind: Kind
    area: str
    area_code: str
    period: str
    before: Figure | None
    after: Mapping[Sex, CubeCell] | None


@dataclass(frozen=True, slots=True)
class IndicatorDifference:
    """All that differs."""

    meaning: tuple[MeaningChange, ...] = ()
    rows: tuple[RowChange, ...] = ()
    unchanged: int = 0
    about: tuple[str, ...] = field(default_factory=tuple)
    """Keys of the source that would be written anew: when it was updated, its notes, its licence."""

    @property
    def counts(self) -> dict[Kind, int]:
        """How many rows of each kind."""
        kinds: tuple[Kind, ...] = ("added", "changed", "vanished", "returned")
        return {kind: sum(row.kind == kind for row in self.rows) for kind in kinds}

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to write but that it has been looked at."""
        return not (self.meaning or self.rows or self.about)


def compare_reading(indicator: Indicator, reading: StatisticsReading) -> IndicatorDifference:
    """What differs. A frozen row is missed where its area was asked for and the source has it no more."""
    frozen = {(figure.area_code or "", figure.period): figure for figure in indicator.values}
    labels = reading.area_labels
    rows: list[RowChange] = []
    unchanged = 0
    for (code, period), values in reading.values.items():
        figure = frozen.get((code, period))
        area = labels.get(code, code)
        if figure is None:
            rows.append(RowChange("added", area, code, period, None, values))
        elif figure.gone is not None:
            rows.append(RowChange("returned", area, code, period, figure, values))
        elif all(is_alike(figure, sex, values.get(sex)) for sex in SEXES):
            unchanged += 1
        else:
            rows.append(RowChange("changed", area, code, period, figure, values))
    asked = {*labels, *reading.no_longer}
    for (code, period), figure in frozen.items():
        if code in asked and (code, period) not in reading.values and figure.gone is None:
            rows.append(RowChange("vanished", figure.area, code, period, figure, None))
    meaning = tuple(_meaning(indicator, reading))
    return IndicatorDifference(meaning, tuple(rows), unchanged, tuple(_about(indicator, reading)))


def _meaning(indicator: Indicator, reading: StatisticsReading) -> Iterator[MeaningChange]:
    source = indicator.source
    same_way = source.interface in (None, reading.interface)
    if source.title and same_way and period_free(source.title) != period_free(reading.title):
        yield MeaningChange(N_("the table's title"), source.name, source.title, reading.title)
    if source.unit and (reading.unit or same_way) and source.unit != reading.unit:
        yield MeaningChange(N_("the unit"), source.name, source.unit, reading.unit)
    now = {variable.variable.lower(): variable for variable in reading.query}
    for variable in source.query:
        if (other := now.get(variable.variable.lower())) is not None:
            yield from _variable_changes(variable, other)
    if source.interface is not None:
        before = {sex for figure in indicator.values if figure.gone is None and (figure.area_code or "") in
                  reading.area_labels for sex in frozen_sexes(figure)}  # fmt: skip
        for sex in SEXES:
            if sex in before and sex not in reading.sexes:
                yield MeaningChange(N_("values by sex"), sex, sex, "")


def _variable_changes(before: QueryVariable, after: QueryVariable) -> Iterator[MeaningChange]:
    if before.label and before.label != after.label:
        yield MeaningChange(N_("the variable"), before.variable, before.label, after.label)
    if before.role == "period":
        return
    what = N_("the word for a sex") if before.role == "sex" else N_("what a code means")
    for code, label in before.codes.items():
        if label and code in after.codes and label != after.codes[code]:
            yield MeaningChange(what, f"{before.variable} {code}", label, after.codes[code])


def _about(indicator: Indicator, reading: StatisticsReading) -> Iterator[str]:
    source = indicator.source
    if reading.last_period is not None and reading.last_period != source.last_period:
        yield "last_period"
    for key in ("updated", "next_update", "discontinued", "licence", "notes"):
        if (getattr(reading, key) or None) != (getattr(source, key) or None):
            yield key


def merged_rows(
    written: Sequence[dict[str, Any]], indicator: Indicator, difference: IndicatorDifference, today: str
) -> list[dict[str, Any]]:
    """The rows of the file after the fetch: new ones after the last of their area, those that are gone marked.

    What a row says besides its values stays.
    """
    rows = [dict(row) for row in written]
    places = {(figure.area_code or "", figure.period): place for place, figure in enumerate(indicator.values)}
    added: dict[str, list[dict[str, Any]]] = {}
    for change in difference.rows:
        place = places.get((change.area_code, change.period))
        if place is None and change.after is not None:
            new = plain_row(change.area, change.area_code, change.period, change.after)
            added.setdefault(change.area_code, []).append(new)
        elif place is not None and change.after is None:
            rows[place]["gone"] = today
        elif place is not None and change.after is not None:
            rows[place] = _renewed(rows[place], change)
    return list(_in_place(rows, indicator, added))


def _in_place(
    rows: Sequence[dict[str, Any]], indicator: Indicator, added: Mapping[str, list[dict[str, Any]]]
) -> Iterator[dict[str, Any]]:
    """All rows, each new one before the first of its area with a later period, else after the last of its area."""
    codes = [figure.area_code or "" for figure in indicator.values]
    last = {code: place for place, code in enumerate(codes)}
    waiting = {code: sorted(new, key=lambda row: str(row["period"])) for code, new in added.items()}
    for place, (row, code) in enumerate(zip(rows, codes, strict=True)):
        earlier = waiting.get(code, [])
        while earlier and str(earlier[0]["period"]) < indicator.values[place].period:
            yield earlier.pop(0)
        yield row
        if last[code] == place:
            yield from waiting.pop(code, [])
    for new in waiting.values():
        yield from new


def _renewed(row: dict[str, Any], change: RowChange) -> dict[str, Any]:
    values = {sex: plain_value(cell) for sex, cell in (change.after or {}).items()}
    kept = {key: value for key, value in row.items() if key not in SEXES and key != "gone"}
    note = {"note": kept.pop("note")} if "note" in kept else {}
    return {**kept, **{sex: values[sex] for sex in SEXES if sex in values}, **note}
