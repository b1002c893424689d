"""The statistics beside a question: of each challenge that it answers the leading figure as a strip, and its table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.model.criteria import challenges_of
from granskning.model.figure_cautions import cautions
from granskning.model.figure_change import leading_of
from granskning.model.indicator import leading_figure
from granskning.reporting.charts.chart_strip import SexValue, draw_strip
from granskning.reporting.criteria.statistics import make_table
from granskning.reporting.wording.figures import decimals_of, figure_words
from granskning.wordings import FIGURE_CAUTIONS, label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from granskning.i18n import Translator
    from granskning.model.criteria import Criterion
    from granskning.model.figure_cautions import Caution
    from granskning.model.indicator import Figure, Indicator
    from granskning.reporting.charts.chart_strip import Strip
    from granskning.reporting.criteria.annex_values import FigureTable
    from granskning.tasks.editing.edit_session import OpenReview
    from granskning.web.parts.context import RequestContext

_STRIP = 120
"""How wide the small strip is drawn."""


@dataclass(frozen=True, slots=True)
class QuestionFigures:
    """One indicator beside a question."""

    id: str
    title: str
    place: str
    values: tuple[tuple[str, str], ...]
    """By sex, in words; what is not split by sex has none."""
    not_split: str
    """That the split is missing, where it is."""
    marks: tuple[tuple[str, float], ...]
    """By sex, the place on the strip."""
    width: int
    source: str
    address: str
    retrieved: str
    table: FigureTable
    cautions: tuple[str, ...]


def figures_of(visit: RequestContext, opened: OpenReview, criterion: Criterion) -> tuple[QuestionFigures, ...]:
    """The leading indicator of each challenge that the question answers, each once; those of both sexes first."""
    indicators = visit.desk.loaded().workspace.indicators
    chosen: dict[str, Indicator] = {}
    for challenge in challenges_of(opened.criteria, criterion):
        indicator = leading_of(challenge, indicators)
        if indicator is not None:
            chosen.setdefault(indicator.id, indicator)
    day = opened.review.date or opened.criteria.date or ""
    oldest = opened.criteria.oldest_figures
    told = [shown_figures(indicator, cautions(indicator, day, oldest), visit.page_t) for indicator in chosen.values()]
    return tuple(sorted(told, key=lambda figures: -len(figures.values)))


def shown_figures(indicator: Indicator, known_cautions: Iterable[Caution], t: Translator) -> QuestionFigures:
    """An indicator as it stands beside a question, and in the list of all."""
    table, figure = make_table(indicator, t), leading_figure(indicator)
    values = tuple(_values(indicator, figure, t)) if figure is not None else ()
    place = t("{area} {period}", area=figure.area, period=figure.period) if figure is not None else ""
    strip = draw_strip("", "", "", values, share=indicator.share) if values else None
    return QuestionFigures(
        id=indicator.id,
        title=t("{indicator}, {unit}", indicator=t.text(indicator.title), unit=t.text(indicator.unit)),
        place=place,
        values=tuple((item.sex, item.label) for item in values),
        not_split="" if values else label(FIGURE_CAUTIONS, "not_by_sex", t),
        marks=tuple(_marks(strip)) if strip is not None else (),
        width=_STRIP,
        source=table.source,
        address=table.address,
        retrieved=t("retrieved {date}", date=t.date(indicator.retrieved)),
        table=table,
        cautions=tuple(t(FIGURE_CAUTIONS[caution]) for caution in known_cautions),
    )


def _values(indicator: Indicator, figure: Figure, t: Translator) -> Iterator[SexValue]:
    decimals = decimals_of(indicator)
    if figure.women is not None:
        yield SexValue("women", figure.women, t("women {value}", value=figure_words(figure.women, decimals, t)))
    if figure.men is not None:
        yield SexValue("men", figure.men, t("men {value}", value=figure_words(figure.men, decimals, t)))


def _marks(strip: Strip) -> Iterator[tuple[str, float]]:
    for mark in strip.marks:
        yield mark.sex, round(mark.x * _STRIP / strip.width, 1)
