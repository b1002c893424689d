"""The reports as they will look: a page in a frame that can do nothing, and the PDF to take away.

A report has styles of its own, in its text. So it is sent with a policy of its own: styles in the text are allowed,
and nothing else is, neither scripts nor forms nor any address. `sandbox` takes it out of our own origin besides, so
that whatever a template of the folder says, it reaches nothing here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from granskning.i18n import N_
from granskning.reporting.wording.calculation_table import make_sums
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.reporting.wording.report_context import ScoreContext
from granskning.reporting.wording.round_calculation import made_line, make_round_sums
from granskning.tasks.editing.cached_views import preview_report
from granskning.tasks.editing.edit_session import UnknownFileError
from granskning.tasks.folder.score import explain_scored_review, explain_scored_round
from granskning.web.parts.blind import hidden_files, hidden_page, is_hidden
from granskning.web.parts.context import visit_of
from granskning.web.reviews.review import file_of
from granskning.wordings import name_reviewer

if TYPE_CHECKING:
    from starlette.requests import Request

    from granskning.web.parts.context import RequestContext

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; "
    "frame-ancestors 'self'; base-uri 'none'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
_KINDS = {
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


async def show_review(request: Request) -> Response:
    """The page that holds the report of a review, or the report itself."""
    visit, file = visit_of(request), file_of(request)
    return await run_in_threadpool(_show, visit, file, "review", request.query_params.get("form", ""))


async def show_round(request: Request) -> Response:
    """The same of a round."""
    visit, part = visit_of(request), request.path_params
    reviews = [
        review.file
        for review in visit.desk.loaded().workspace.reviews
        if (review.strategy, review.round) == (part["strategy"], part["round"])
    ]
    if not reviews:
        message = N_("the strategy {strategy} has no round {round}")
        raise UnknownFileError(message, "", strategy=part["strategy"], round=part["round"])
    return await run_in_threadpool(_show, visit, reviews[0], "round", request.query_params.get("form", ""))


async def show_strategy(request: Request) -> Response:
    """The same of a strategy over time."""
    visit, form = visit_of(request), request.query_params.get("form", "")
    return await run_in_threadpool(_show, visit, request.path_params["strategy"], "strategy", form)


async def show_portfolio(request: Request) -> Response:
    """The same of all strategies beside each other."""
    return await run_in_threadpool(_show, visit_of(request), "", "portfolio", request.query_params.get("form", ""))


def _show(visit: RequestContext, name: str, report: str, form: str) -> Response:
    if report == "strategy":
        visit.strategy(name)
    hidden = hidden_files(visit)
    if _is_kept_from(visit, name, report, hidden):
        return hidden_page(visit)
    without = hidden if report == "portfolio" else frozenset[str]()
    if form in _KINDS:
        called, data = preview_report(visit.desk, name, report, form, without)
        kind = "inline" if form == "html" else "attachment"
        headers = {"content-disposition": f'{kind}; filename="{called}"', "cache-control": "no-store"}
        if form == "html":
            headers["content-security-policy"] = POLICY
        return Response(data, media_type=_KINDS[form], headers=headers)
    preview_report(visit.desk, name, report, "html", without)  # what hinders it is told here, not within the frame
    return visit.page(
        "preview", trail=_trail(visit, name, report), here=visit.request.url.path, left_out=len(without),
    )  # fmt: skip


def _is_kept_from(visit: RequestContext, name: str, report: str, hidden: frozenset[str]) -> bool:
    """Whether a report tells of a blind round before who asks has handed in; one's own review can always be seen.

    A portfolio is made without what is hidden. A strategy over time tells what git remembers too, so it waits.
    """
    if report == "portfolio":
        return False
    if report == "strategy":
        return any(file.split("/")[1] == name for file in hidden)
    _, strategy, _, round_, _ = name.split("/")
    return is_hidden(visit, strategy, round_, name if report == "review" else "")


def _trail(visit: RequestContext, name: str, report: str) -> list[tuple[str, str]]:
    """Where the report belongs: the strategy, and the review or the round."""
    t = visit.t
    trail = [(t("Overview"), "/oversikt")]
    if report != "portfolio":
        strategy = visit.strategy(name if report == "strategy" else name.split("/")[1])
        trail.append((t.text(strategy.title), visit.at("strategi", strategy.id)))
        if report != "strategy":
            round_ = name.split("/")[3]
            trail.append((t("Round {round}", round=round_), visit.at("omgang", strategy.id, round_)))
        if report == "review":
            trail.append((name.split("/")[4].removesuffix(".yaml"), visit.review_at(name)))
    return [*trail, (t("Preview of the report"), "")]


async def explain_review(request: Request) -> Response:
    """The tables of one review, as a page; the review's own page unfolds them."""
    return await run_in_threadpool(_explain_review, visit_of(request), file_of(request))


async def explain_round(request: Request) -> Response:
    """The tables of a joint result."""
    part = request.path_params
    return await run_in_threadpool(_explain_round, visit_of(request), part["strategy"], part["round"])


def _explain_review(visit: RequestContext, file: str) -> Response:
    opened = visit.desk.open_review(file)
    if opened is None:
        raise UnknownFileError(N_("{file} cannot be read as a form"), "", file=file)
    scored, t = opened.scored, visit.t
    context = ScoreContext(
        criteria=opened.criteria,
        card=scored.card,
        words=Lexicon(t, opened.criteria, scored.outline),
        explained=explain_scored_review(scored),
    )
    name = t("{role}, round {round}", role=name_reviewer(opened.review.kind, opened.review.reviewer, t),
             round=opened.review.round)  # fmt: skip
    return visit.page("explanation", grids=make_sums(context), made="", back=visit.review_at(file), of=name)


def _explain_round(visit: RequestContext, strategy: str, name: str) -> Response:
    scored = visit.desk.round(strategy, name)
    if scored is None:
        message = N_("the strategy {strategy} has no round {round}")
        raise UnknownFileError(message, "", strategy=strategy, round=name)
    lexicon = Lexicon(visit.t, scored.criteria, scored.outline)
    explained = explain_scored_round(scored)
    return visit.page(
        "explanation",
        grids=make_round_sums(explained, scored.joint.card, lexicon),
        made=made_line(explained, lexicon),
        back=visit.at("omgang", strategy, name),
        of=visit.t("Round {round}", round=name),
    )
