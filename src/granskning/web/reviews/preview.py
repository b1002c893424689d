"""The reports as they will look: a page in a frame that can do nothing, and the PDF to take away.

A report has styles of its own, in its text. So it is sent with a policy of its own: styles in the text are allowed,
and nothing else is, neither scripts nor forms nor any address. `sandbox` takes it out of our own origin besides, so
that whatever a template of the folder says, it reaches nothing here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from granskning.errors import UnknownFileError
from granskning.i18n import N_
from granskning.reporting.wording.calculation_table import make_sums
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.reporting.wording.report_context import ScoreContext
from granskning.reporting.wording.round_calculation import made_line, make_round_sums
from granskning.tasks.editing.cached_views import PDFS, preview_report
from granskning.tasks.folder.score import explain_scored_review, explain_scored_round
from granskning.tasks.reports.own_report import choose_report, own_reports
from granskning.tasks.reports.templates import load_templates
from granskning.web.parts.blind import hidden_files, hidden_page, is_hidden
from granskning.web.parts.context import visit_of
from granskning.web.parts.criteria_set import set_of
from granskning.web.reviews.review import file_of
from granskning.wordings import name_reviewer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request

    from granskning.web.parts.context import RequestContext

POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:; form-action 'none'; "
    "frame-ancestors 'self'; base-uri 'none'; sandbox allow-popups allow-popups-to-escape-sandbox"
)
_OF_REVIEW = {
    "review": N_("The whole report"), "page": N_("The sheet of two pages"), "annex": N_("The annex for the committee"),
}  # fmt: skip
_OF_STRATEGY = {"strategy": N_("Over time"), "change": N_("What has changed since the round before")}
_BROUGHT_ALONG = {"decision": N_("The case officer's memo"), "statement": N_("The answer to a consultation")}
"""The reports on templates of their own that come along, as readers call them."""
_KINDS = {
    "archive": "application/pdf",
    "internal": "application/pdf",
    "pdf": "application/pdf",
    "html": "text/html; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


async def show_review(request: Request) -> Response:
    """The page that holds the report of a review, or the report itself."""
    visit, file = visit_of(request), file_of(request)
    return await run_in_threadpool(
        _show, visit, file, _asked(request, _OF_REVIEW), request.query_params.get("form", "")
    )


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
    report = _asked(request, _OF_STRATEGY)
    return await run_in_threadpool(_show, visit, request.path_params["strategy"], report, form)


async def show_criteria(request: Request) -> Response:
    """The annex of a criteria set: all its questions and how they count."""
    visit, form = visit_of(request), request.query_params.get("form", "")
    return await run_in_threadpool(_show, visit, request.path_params["set"], "criteria", form)


def _asked(request: Request, known: Mapping[str, str]) -> str:
    """The report that is asked for, the first of them where none is. Raises UnknownFileError."""
    report = request.query_params.get("rapport", "") or next(iter(known))
    visit = visit_of(request)
    if report not in known and report not in own_reports(load_templates(visit.desk.root)):
        raise UnknownFileError(N_("there is no such report here"), "")
    return report


async def show_portfolio(request: Request) -> Response:
    """The same of all strategies beside each other."""
    return await run_in_threadpool(_show, visit_of(request), "", "portfolio", request.query_params.get("form", ""))


def _show(visit: RequestContext, name: str, report: str, form: str) -> Response:
    kind = choose_report(visit.desk.root, report).kind
    if kind in _OF_STRATEGY:
        visit.strategy(name)
    if kind == "criteria":
        set_of(visit, name)
    hidden = hidden_files(visit)
    if _is_kept_from(visit, name, kind, hidden):
        return hidden_page(visit)
    without = hidden if kind == "portfolio" else frozenset[str]()
    if form in _KINDS:
        called, data = preview_report(visit.desk, name, report, form, without)
        kind_of = "inline" if form == "html" else "attachment"
        headers = {"content-disposition": f'{kind_of}; filename="{called}"', "cache-control": "no-store"}
        if form == "html":
            headers["content-security-policy"] = POLICY
        elif form in PDFS:
            headers["content-disposition"] = f'{kind_of}; filename="{called.removesuffix(".pdf")}-{form}.pdf"'
        return Response(data, media_type=_KINDS[form], headers=headers)
    preview_report(visit.desk, name, report, "html", without)  # what hinders it is told here, not within the frame
    return visit.page(
        "preview", trail=_trail(visit, name, kind), here=visit.request.url.path, left_out=len(without), report=report,
        reports=_choices(visit, kind), forms=_forms(visit, kind),
    )  # fmt: skip


def _choices(visit: RequestContext, kind: str) -> list[tuple[str, str]]:
    """The reports that can be chosen here: those of the same thing, the folder's own among them."""
    known = next((of for of in (_OF_REVIEW, _OF_STRATEGY) if kind in of), {})
    own = [name for name in own_reports(load_templates(visit.desk.root))
           if choose_report(visit.desk.root, name).kind in known] if known else []  # fmt: skip
    return [
        *((key, visit.t(words)) for key, words in known.items()),
        *((name, visit.t(_BROUGHT_ALONG.get(name, name))) for name in own),
    ]


def _forms(visit: RequestContext, kind: str) -> list[tuple[str, str]]:
    """The forms that it can be fetched in."""
    forms = {"pdf": N_("Fetch it as a PDF"), "docx": N_("Fetch it for Word"), "archive": N_("Fetch it for the archive")}
    if kind in ("review", "page", "round"):
        forms["internal"] = N_("Fetch it with internal notes")
    return [(key, visit.t(words)) for key, words in forms.items()]


def _is_kept_from(visit: RequestContext, name: str, report: str, hidden: frozenset[str]) -> bool:
    """Whether a report tells of a blind round before who asks has handed in; one's own review can always be seen.

    A portfolio is made without what is hidden. A strategy over time tells what git remembers too, so it waits.
    """
    if report in ("portfolio", "criteria"):
        return False
    if report in _OF_STRATEGY:
        return any(file.split("/")[1] == name for file in hidden)
    _, strategy, _, round_, _ = name.split("/")
    return is_hidden(visit, strategy, round_, "" if report == "round" else name)


def _trail(visit: RequestContext, name: str, report: str) -> list[tuple[str, str]]:
    """Where the report belongs: the strategy, and the review or the round."""
    t = visit.t
    trail = [(t("Overview"), "/oversikt")]
    if report == "criteria":
        trail = [(t("Criteria"), "/matt"), (t.text(set_of(visit, name).title), visit.at("matt", name))]
    elif report != "portfolio":
        strategy = visit.strategy(name if report in _OF_STRATEGY else name.split("/")[1])
        trail.append((t.text(strategy.title), visit.at("strategi", strategy.id)))
        if report not in _OF_STRATEGY:
            round_ = name.split("/")[3]
            trail.append((t("Round {round}", round=round_), visit.at("omgang", strategy.id, round_)))
        if report in _OF_REVIEW:
            opened = visit.desk.open_review(name)
            who = (
                name_reviewer(opened.review.kind, opened.review.reviewer, t)
                if opened
                else t.role(name.split("/")[4].removesuffix(".yaml"))
            )
            trail.append((who, visit.review_at(name)))
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
