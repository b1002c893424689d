"""The indicators of the folder: the list, and each with all its figures and what leans on it. Writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.model.criteria import number_parts
from granskning.reporting.wording.figures import decimals_of, value_words
from granskning.reporting.wording.indicator_words import tell_calculations, tell_provenance
from granskning.statistics.calculation import of_area
from granskning.tasks.statistics.listing import summarise
from granskning.web.criteria.sets import current_sets
from granskning.web.parts.context import visit_of
from granskning.web.parts.figures import shown_figures
from granskning.web.parts.trend_strip import draw_trend

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.model.indicator import Figure, Indicator
    from granskning.tasks.statistics.listing import IndicatorSummary
    from granskning.web.parts.context import RequestContext
    from granskning.web.parts.figures import QuestionFigures
    from granskning.web.parts.trend_strip import TrendStrip


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator in the list."""

    shown: QuestionFigures
    women: str
    men: str
    difference: str
    trend: TrendStrip | None
    calculations: tuple[str, ...]
    retrieved: str
    is_leaned_on: bool


@dataclass(frozen=True, slots=True)
class LeaningLine:
    """A challenge that rests on the indicator, with the questions that answer it: words and address."""

    set_title: str
    set_address: str
    challenge: str
    questions: tuple[tuple[str, str], ...]


async def show_list(request: Request) -> Response:
    """All of them."""
    return await run_in_threadpool(_list, visit_of(request))


async def show(request: Request) -> Response:
    """One with every figure."""
    return await run_in_threadpool(_page, visit_of(request), request.path_params["indicator"])


def _list(visit: RequestContext) -> Response:
    indicators = visit.desk.loaded().workspace.indicators
    lines = [_line(visit, _summary(visit, indicators[name])) for name in sorted(indicators)]
    files = {finding.at.file for finding in visit.desk.loaded().findings}
    sound = {indicator.file for indicator in indicators.values()}
    broken = sorted(file for file in files - sound if file.startswith("criteria/statistics/"))
    return visit.page("indicators", lines=lines, broken=broken, title=visit.t("Statistics"))


def _page(visit: RequestContext, name: str) -> Response:
    indicator = visit.desk.loaded().workspace.indicators.get(name)
    if indicator is None:
        visit.desk.text(f"criteria/statistics/{name}.yaml")  # which says where there is no such file
        raise UsageError(N_("the indicator {name} has errors"), N_("mend it as text first"), name=name)
    summary, t = _summary(visit, indicator), visit.page_t
    notes = (*(t.text(item.note) for item in indicator.breaks), *indicator.source.notes, t.text(indicator.note))
    return visit.page(
        "indicator",
        line=_line(visit, summary),
        indicator=indicator,
        provenance=tell_provenance(indicator, summary.age_days, t),
        trends=list(_trends(indicator)),
        notes=[note for note in notes if note],
        leaning=list(_leaning(visit, summary)),
    )


def _summary(visit: RequestContext, indicator: Indicator) -> IndicatorSummary:
    return summarise(indicator, visit.today, current_sets(visit))


def _line(visit: RequestContext, summary: IndicatorSummary) -> IndicatorLine:
    indicator, figure, t = summary.indicator, summary.figure, visit.page_t
    decimals = decimals_of(indicator)
    women, men = ("" if figure is None else value_words(figure, sex, decimals, t) for sex in ("women", "men"))
    figures = () if figure is None else of_area(indicator, figure.place)
    shown = shown_figures(indicator, summary.cautions, t)
    return IndicatorLine(
        shown,
        women,
        men,
        difference="" if summary.gap is None else t.number(summary.gap.difference, decimals),
        trend=draw_trend(indicator, figures),
        calculations=tuple(tell_calculations(summary, t)),
        retrieved=t("retrieved {date} ({days} days ago)", date=t.date(indicator.retrieved), days=summary.age_days),
        is_leaned_on=bool(summary.leaning),
    )


def _trends(indicator: Indicator) -> Iterator[tuple[str, str, TrendStrip]]:
    """Area, first and last period, and the drawing of each area that has several periods."""
    seen: dict[str, tuple[Figure, ...]] = {}
    for figure in indicator.values:
        seen.setdefault(figure.place, of_area(indicator, figure.place))
    for figures in seen.values():
        drawn = draw_trend(indicator, figures)
        if drawn is not None:
            yield figures[0].area, f"{figures[0].period}–{figures[-1].period}", drawn


def _leaning(visit: RequestContext, summary: IndicatorSummary) -> Iterator[LeaningLine]:
    t, sets = visit.page_t, {criteria.reference: criteria for criteria in current_sets(visit)}
    for leaning in summary.leaning:
        criteria = sets[leaning.criteria]
        numbers, texts = number_parts(criteria), {known.id: known.question for known in criteria.criteria}
        challenge = next(known for known in criteria.challenges if known.id == leaning.challenge)
        questions = tuple(
            (f"{numbers[name]} {t.text(texts[name])}", visit.at("matt", criteria.id, "fraga", name))
            for name in leaning.questions
        )
        yield LeaningLine(t.text(criteria.title), visit.at("matt", criteria.id), t.text(challenge.title), questions)
