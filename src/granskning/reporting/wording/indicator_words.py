"""One indicator in words: where it comes from, how old it is, and our own calculations on its leading figure."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from granskning.i18n import N_
from granskning.reporting.wording.figures import decimals_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from granskning.i18n import Translator
    from granskning.model.figure_change import Verdict
    from granskning.model.indicator import Figure, GapWay, Indicator

_WAYS: dict[GapWay, str] = {
    "narrower": N_("the difference is smaller"),
    "wider": N_("the difference is larger"),
    "same": N_("the difference is the same"),
    "turned": N_("who is higher has changed"),
}
_VERDICTS: dict[Verdict, str] = {
    "better": N_("better"),
    "worse": N_("worse"),
    "unclear": N_("neither better nor worse for both"),
}


class GapValues(Protocol):
    """Women less men, and women as a share of men."""

    @property
    def difference(self) -> Fraction:
        """In the indicator's unit."""

    @property
    def ratio(self) -> Fraction | None:
        """None where it has no meaning."""


class TrendValues(Protocol):
    """How the difference moved between two periods."""

    @property
    def first(self) -> Figure:
        """The earliest that can be compared."""

    @property
    def last(self) -> Figure:
        """The latest."""

    @property
    def way(self) -> GapWay:
        """Where the difference went."""

    @property
    def verdict(self) -> Verdict | None:
        """Only where the indicator says what is better."""

    @property
    def broken_at(self) -> str | None:
        """The break that the trend begins after."""


class CalculatedIndicator(Protocol):
    """An indicator with its leading figure and what was calculated on it."""

    @property
    def indicator(self) -> Indicator:
        """The indicator."""

    @property
    def figure(self) -> Figure | None:
        """Its leading figure."""

    @property
    def gap(self) -> GapValues | None:
        """Difference and ratio of the leading figure."""

    @property
    def trend(self) -> TrendValues | None:
        """Over the periods of the leading area."""


def tell_calculations(calculated: CalculatedIndicator, t: Translator) -> Iterator[str]:
    """Difference, ratio and trend, a line each, always said to be ours and on which table."""
    indicator, gap, figure, trend = calculated.indicator, calculated.gap, calculated.figure, calculated.trend
    decimals = decimals_of(indicator)
    own = t("(own calculation on {table})", table=indicator.source.name or indicator.id)
    if gap is not None and figure is not None:
        place = f"{figure.area} {figure.period}"
        line = t("{place}: women less men {difference}", place=place, difference=t.number(gap.difference, decimals))
        if gap.ratio is not None:
            line += t(", women {share} of men", share=t.percent(gap.ratio, 1))
        yield f"{line} {own}"
    if trend is not None:
        line = f"{trend.first.area} {trend.first.period}–{trend.last.period}: {t(_WAYS[trend.way])}"
        if trend.verdict is not None:
            line += f", {t(_VERDICTS[trend.verdict])}"
        if trend.broken_at is not None:
            line += f", {t('not compared with what is before the break {period}', period=trend.broken_at)}"
        yield f"{line} {own}"


def tell_provenance(indicator: Indicator, age_days: int | None, t: Translator) -> str:
    """Producer, table, when it was fetched and how old that is, what the service said of it, and its licence."""
    source = indicator.source
    parts = [t("Source: {producer}", producer=indicator.producer)]
    if source.name:
        kpi = source.service == "kolada"
        parts.append(t("KPI {table}", table=source.name) if kpi else t("table {table}", table=source.name))
    parts.append(t("retrieved {date} ({days} days ago)", date=indicator.retrieved, days=age_days))
    if source.updated:
        parts.append(t("updated {date}", date=source.updated))
    if source.next_update:
        parts.append(t("next publication {date}", date=source.next_update))
    if source.licence:
        parts.append(t("licence {licence}", licence=source.licence))
    return ", ".join(parts)
