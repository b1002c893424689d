"""What a fetch would cost, and what it gave, in lines for the terminal."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.cli.app import advice, sentence
from granskning.i18n import N_
from granskning.model.indicator import NIL, SEXES
from granskning.reporting.blocks.tables import Column, Table
from granskning.reporting.tables.text_table import TextLayout, text_table
from granskning.reporting.wording.figures import value_words
from granskning.statistics.plain_rows import is_alike, plain_number
from granskning.wordings import FIGURE_CAUTIONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from granskning.i18n import Translator
    from granskning.model.indicator import Figure, Sex
    from granskning.statistics.cube import CubeCell
    from granskning.statistics.differences import RowChange
    from granskning.tasks.statistics.fetch import FetchOutcome
    from granskning.tasks.statistics.fetch_plan import FetchPlan

_LONGEST_ADDRESS = 200
_MARKS = {"added": "+", "changed": "~", "vanished": "-", "returned": "+"}
_NAMES: dict[Sex, str] = {"women": N_("women"), "men": N_("men"), "mixed": N_("mixed"), "total": N_("total")}
_SERVICES = {"scb": "SCB", "kolada": "Kolada", "file": "–"}
_STATES = {
    "differs": N_("differs"),
    "unchanged": N_("unchanged"),
    "written": N_("written"),
    "refused": N_("refused: it means something else now"),
    "failed": N_("failed"),
}


def tell_addresses(replaced: Sequence[tuple[str, str, str]], t: Translator) -> Iterator[str]:
    """A line for each service that is asked for elsewhere than at its own address."""
    for service, address, variable in replaced:
        names = {"service": service, "address": address, "variable": variable}
        yield t("{service} is asked at {address}, as {variable} says.", **names)


def tell_plan(plan: FetchPlan, t: Translator) -> Iterator[str]:
    """A row an indicator, and what all of it costs."""
    columns = (
        Column("id", t("indicator")), Column("service", t("service")), Column("table", t("table")),
        Column("areas", t("areas"), "integer"), Column("periods", t("periods"), "integer"),
        Column("cells", t("cells"), "integer"), Column("calls", t("calls"), "integer"),
    )  # fmt: skip
    rows = tuple(
        (item.id, _SERVICES[item.service], item.table, item.areas, item.periods, item.cells, item.calls)
        for item in plan.fetches
    )
    yield from text_table(Table("plan", "", columns, rows=rows), TextLayout(100, "id", least=20))
    yield t.plural(
        "{count} indicator: {calls} calls, {cells} cells, about {seconds} s. Nobody was asked.",
        "{count} indicators: {calls} calls, {cells} cells, about {seconds} s. Nobody was asked.",
        len(plan.fetches), calls=t.whole(plan.calls), cells=t.whole(plan.cells), seconds=t.whole(round(plan.seconds)),
    )  # fmt: skip
    if plan.left_out:
        yield t.plural("{count} indicator names no service or has errors.",
                       "{count} indicators name no service or have errors.", len(plan.left_out))  # fmt: skip


def tell_outcome(outcome: FetchOutcome, t: Translator) -> Iterator[str]:
    """What became of one indicator, row by row."""
    head = f"{outcome.id}: {_where(outcome)}{t(_STATES[outcome.state])}"
    if outcome.state == "unchanged" and outcome.difference.unchanged:
        head += f" ({t.plural('{count} row', '{count} rows', outcome.difference.unchanged)})"
    yield head
    yield from _failure(outcome, t)
    for change in outcome.difference.meaning:
        yield f"  ! {t(change.what)}, {change.name}: ”{change.before}” → ”{change.after}”"
    if outcome.state == "refused":
        yield "  " + t("look whether the figures still mean the same; take them in with --accept")
    for row in outcome.difference.rows:
        yield f"  {_MARKS[row.kind]} {_row(row, t)}"
    if outcome.difference.about and outcome.state in ("differs", "written"):
        names = {"updated": N_("updated"), "next_update": N_("next publication"),
                 "last_period": N_("the table's last period"), "discontinued": N_("updated no more"),
                 "licence": N_("licence"), "notes": N_("the source's notes")}  # fmt: skip
        yield "  " + t("also: {what}", what=", ".join(t(names[key]) for key in outcome.difference.about))
    if outcome.reading is not None and not outcome.reading.sexes & {"women", "men"}:
        yield "  " + t(FIGURE_CAUTIONS["not_by_sex"])


def _failure(outcome: FetchOutcome, t: Translator) -> Iterator[str]:
    """What went wrong, where, and what to do; nothing where all went well."""
    if outcome.error is None:
        return
    yield f"  {sentence(outcome.error, t)}"
    if outcome.address is not None and "address" not in outcome.error.values:
        yield "  " + t("address: {address}", address=outcome.address[:_LONGEST_ADDRESS])
    if hint := advice(outcome.error, t):
        yield f"  {t('hint')}: {hint}"
    if outcome.kept is not None:
        yield "  " + t("the answer lies in {file} to be looked at", file=outcome.kept)


def _where(outcome: FetchOutcome) -> str:
    source = outcome.indicator.source if outcome.indicator else None
    if source is None or source.service is None:
        return ""
    return f"{_SERVICES[source.service]} {source.name}, "


def _row(row: RowChange, t: Translator) -> str:
    place = f"{row.area}{f' ({row.area_code})' if row.area_code else ''} {row.period}"
    if row.after is None:
        return f"{place}: {t('the source has it no more; it stays, marked')}"
    if row.before is None or row.kind == "returned":
        values = ", ".join(f"{t(_NAMES[sex])} {_cell(row.after[sex], t)}" for sex in SEXES if sex in row.after)
        return f"{place}: {values}"
    return f"{place}: {', '.join(_changes(row.before, row.after, t))}"


def _changes(before: Figure, after: Mapping[Sex, CubeCell], t: Translator) -> Iterator[str]:
    for sex in SEXES:
        cell = after.get(sex)
        if not is_alike(before, sex, cell):
            was = _frozen(before, sex, t)
            yield f"{t(_NAMES[sex])} {was} → {_cell(cell, t) if cell is not None else t('nothing')}"


def _frozen(figure: Figure, sex: Sex, t: Translator) -> str:
    mark = figure.marks.get(sex)
    if mark is not None and mark.symbol:
        return value_words(figure, sex, 0, t)
    value = getattr(figure, sex)
    words = "" if value is None else t.number(value)
    return " ".join(part for part in (words, mark.status if mark else "") if part) or t("nothing")


def _cell(cell: CubeCell, t: Translator) -> str:
    """A value as the source gives it now, with its sign or what is said of it."""
    parts = []
    if cell.value is not None:
        parts.append(t.number(Fraction(str(plain_number(cell.value)))))
    if cell.symbol is not None:
        parts.append("\N{EN DASH}" if cell.symbol == NIL else cell.symbol)
    if cell.status is not None:
        parts.append(f"({cell.status})")
    if cell.members is not None:
        parts.append(t("(unweighted mean of {count})", count=cell.members))
    return " ".join(parts)


def tell_summary(outcomes: Sequence[FetchOutcome], t: Translator, *, write: bool) -> Iterator[str]:
    """How it went, which failed, and what to do next."""
    count = {state: sum(outcome.state == state for outcome in outcomes) for state in _STATES}
    states = [f"{count[state]} {t(words)}" for state, words in _SHORT.items() if count[state]]
    yield t("Indicators asked for: {count}, of which {states}.", count=t.whole(len(outcomes)), states=", ".join(states))
    if bad := [outcome.id for outcome in outcomes if outcome.state in ("failed", "refused")]:
        yield t("Not taken: {ids}. Their files are as they were.", ids=", ".join(bad))
    if count["differs"] and not write:
        yield t("Nothing was written. Freeze the figures with --write.")
    if count["written"]:
        yield t("Look through the changes and save them: granskning save")


_SHORT = {
    "written": N_("taken in"),
    "differs": N_("with a difference"),
    "unchanged": N_("as they were"),
    "refused": N_("refused"),
    "failed": N_("not fetched"),
}
