"""The addresses of the page and what answers at each. A file per subject holds the answers."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from granskning.errors import GranskningError, UnknownFileError
from granskning.i18n import Translator
from granskning.model.workspace import RIGHTS
from granskning.web import (
    actions,
    bring_in_assessment,
    folder_work,
    history,
    indicators,
    language,
    mine,
    overview,
    strategy,
    text,
    versions,
)
from granskning.web.access.access_log import AccessLog
from granskning.web.access.permissions import WORDS, Permissions
from granskning.web.access.request_checks import SAFE_METHODS, Guard, user_of
from granskning.web.beginning import new_review, new_strategy, package, start
from granskning.web.criteria import one_set, question, rules, sets, trial
from granskning.web.parts.blind import unless_hidden
from granskning.web.parts.context import form_of, visit_of
from granskning.web.reviews import (
    approving,
    document_pane,
    evidence_files,
    hand_in,
    one_question,
    page_picture,
    preview,
    remarks,
    review,
    saving,
    search_log,
)
from granskning.web.reviews import round as round_

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import Scope

    from granskning.web.parts.context import AppState

_UNWRITTEN = frozenset({"base", "seen", "opened", "items", "judgement", "add", "drop", "settle"})
"""Fields that no reader has written."""
_SMALL = 2000
"""Bytes below which packing is not worth the while."""
_STATIC = Path(__file__).parent / "static"
_ONE = "/granskning/{strategy}/{round}/{name}"
_SET = "/matt/{set}"

ROUTES = (
    Route("/", mine.show),
    Route("/borja", start.keep, methods=["POST"]),
    Route("/ny-strategi", new_strategy.show),
    Route("/ny-strategi", new_strategy.keep, methods=["POST"]),
    Route("/strategi/{strategy}/utgava", new_strategy.show_edition),
    Route("/strategi/{strategy}/utgava", new_strategy.keep_edition, methods=["POST"]),
    Route("/strategi/{strategy}/handlingar", package.show),
    Route("/strategi/{strategy}/handlingar", package.keep, methods=["POST"]),
    Route("/strategi/{strategy}/granskas-inte", new_strategy.keep_decision, methods=["POST"]),
    Route("/omgang/{strategy}/{round}/plan", new_review.plan, methods=["POST"]),
    Route("/roller", mine.choose, methods=["POST"]),
    Route("/oversikt", overview.show),
    Route("/statistik", indicators.show_list),
    Route("/statistik/{indicator}", indicators.show),
    Route("/sprak", language.choose, methods=["POST"]),
    Route(_ONE, review.show),
    Route(f"{_ONE}/lamna-in", hand_in.show),
    Route(f"{_ONE}/lamna-in", hand_in.keep, methods=["POST"]),
    Route(f"{_ONE}/oppna", hand_in.reopen, methods=["POST"]),
    Route(f"{_ONE}/fraga", one_question.begin),
    Route(f"{_ONE}/fraga/{{criterion}}", one_question.show),
    Route(f"{_ONE}/svar/{{criterion}}", saving.keep, methods=["POST"]),
    Route(f"{_ONE}/fil/{{criterion}}", evidence_files.keep, methods=["POST"]),
    Route("/belagg/{strategy}/{name}", evidence_files.show),
    Route(f"{_ONE}/synpunkt/{{criterion}}", remarks.keep, methods=["POST"]),
    Route(f"{_ONE}/sok/{{criterion}}", search_log.search, methods=["POST"]),
    Route(f"{_ONE}/soklogg", search_log.show),
    Route(f"{_ONE}/soklogg", search_log.keep, methods=["POST"]),
    Route(f"{_ONE}/huvud", review.keep_head, methods=["POST"]),
    Route(f"{_ONE}/forklaring", preview.explain_review),
    Route(f"{_ONE}/rapport", preview.show_review),
    Route(f"{_ONE}/godkann", approving.show),
    Route(f"{_ONE}/godkann", approving.keep, methods=["POST"]),
    Route("/strategi/{strategy}", strategy.show),
    Route("/dokument/{strategy}/{edition}", document_pane.show),
    Route("/dokument/{strategy}/{edition}/sida/{page:int}", page_picture.show),
    Route("/strategi/{strategy}/ny", new_review.begin, methods=["POST"]),
    Route("/strategi/{strategy}/atgard", actions.show),
    Route("/strategi/{strategy}/atgard", actions.keep, methods=["POST"]),
    Route("/strategi/{strategy}/atgard/{action}", actions.show),
    Route("/strategi/{strategy}/atgard/{action}", actions.keep, methods=["POST"]),
    Route("/omgang/{strategy}/{round}", round_.show),
    Route("/omgang/{strategy}/{round}/forklaring", preview.explain_round),
    Route("/omgang/{strategy}/{round}/rapport", preview.show_round),
    Route("/strategi/{strategy}/rapport", preview.show_strategy),
    Route("/portfolj", preview.show_portfolio),
    Route("/historik/{strategy}", history.show),
    Route("/ut-och-in", folder_work.show),
    Route("/excel", folder_work.take_out),
    Route("/excel", folder_work.bring_in, methods=["POST"]),
    Route("/tidigare-bedomning", bring_in_assessment.show),
    Route("/tidigare-bedomning", bring_in_assessment.keep, methods=["POST"]),
    Route("/kalender", folder_work.calendar),
    Route("/matt", sets.show),
    Route("/matt", sets.bring_in, methods=["POST"]),
    Route("/matt-mall", sets.take_out),
    Route(_SET, one_set.show),
    Route(f"{_SET}/ut", sets.take_out),
    Route(f"{_SET}/rapport", preview.show_criteria),
    Route(f"{_SET}/version", one_set.revise, methods=["POST"]),
    Route(f"{_SET}/variant", one_set.vary, methods=["POST"]),
    Route(f"{_SET}/flytta", one_set.move, methods=["POST"]),
    Route(f"{_SET}/ny-malbild", one_set.add, methods=["POST"]),
    Route(f"{_SET}/prova", trial.show),
    Route(f"{_SET}/prova", trial.count, methods=["POST"]),
    Route(f"{_SET}/del/{{part}}", one_set.show_part),
    Route(f"{_SET}/del/{{part}}", one_set.keep, methods=["POST"]),
    Route(f"{_SET}/malbild/{{name}}/ny-fraga", question.add, methods=["POST"]),
    Route(f"{_SET}/fraga/{{name}}/bort", question.remove, methods=["POST"]),
    Route(f"{_SET}/regler/{{place}}", rules.show),
    Route(f"{_SET}/regler/{{place}}", rules.keep, methods=["POST"]),
    Route(f"{_SET}/{{kind}}/{{name}}", question.show),
    Route(f"{_SET}/{{kind}}/{{name}}", question.keep, methods=["POST"]),
    Route(f"{_ONE}/arbete", folder_work.show_review),
    Route(f"{_ONE}/publicera", folder_work.publish, methods=["POST"]),
    Route(f"{_ONE}/granskare", folder_work.give_over, methods=["POST"]),
    Route(f"{_ONE}/flytta", folder_work.migrate, methods=["POST"]),
    Route("/skillnad", history.compare),
    Route("/spara", versions.show),
    Route("/spara", versions.keep, methods=["POST"]),
    Route("/spara/borja", versions.begin, methods=["POST"]),
    Route(f"{_ONE}/versioner", versions.show_file),
    Route(f"{_ONE}/versioner", versions.restore, methods=["POST"]),
    Route("/text/{file:path}", text.show),
    Route("/text/{file:path}", text.keep, methods=["POST"]),
)


_NEEDS: dict[str, tuple[str, ...]] = {
    "/sprak": (),
    "/borja": RIGHTS,
    "/ny-strategi": ("strategy",),
    "/strategi/{strategy}/utgava": ("strategy",),
    "/strategi/{strategy}/handlingar": ("strategy",),
    "/strategi/{strategy}/granskas-inte": ("strategy",),
    "/omgang/{strategy}/{round}/plan": ("strategy",),
    "/roller": (),
    f"{_ONE}/svar/{{criterion}}": ("review",),
    f"{_ONE}/synpunkt/{{criterion}}": ("review",),
    f"{_ONE}/fil/{{criterion}}": ("review",),
    f"{_ONE}/sok/{{criterion}}": ("review",),
    f"{_ONE}/soklogg": ("review",),
    f"{_ONE}/huvud": ("review",),
    f"{_ONE}/lamna-in": ("review",),
    f"{_ONE}/oppna": ("approve",),
    f"{_ONE}/godkann": ("approve",),
    "/strategi/{strategy}/ny": ("review",),
    "/strategi/{strategy}/atgard": ("actions",),
    "/strategi/{strategy}/atgard/{action}": ("actions",),
    "/excel": ("review", "upload"),
    "/tidigare-bedomning": ("review", "upload"),
    "/matt": ("criteria", "upload"),
    f"{_SET}/version": ("criteria",),
    f"{_SET}/variant": ("criteria",),
    f"{_SET}/flytta": ("criteria",),
    f"{_SET}/ny-malbild": ("criteria",),
    f"{_SET}/prova": (),
    f"{_SET}/del/{{part}}": ("criteria",),
    f"{_SET}/malbild/{{name}}/ny-fraga": ("criteria",),
    f"{_SET}/fraga/{{name}}/bort": ("criteria",),
    f"{_SET}/regler/{{place}}": ("criteria",),
    f"{_SET}/{{kind}}/{{name}}": ("criteria",),
    f"{_ONE}/publicera": ("publish",),
    f"{_ONE}/flytta": ("review",),
    f"{_ONE}/granskare": ("review",),
    "/spara": ("save",),
    "/spara/borja": ("save",),
    f"{_ONE}/versioner": ("review", "approve"),
}
"""The rights that each changing request takes; what a file as text takes depends on the file."""


def _guarded(route: Route) -> Route:
    """The same route; one of a review or of a file's text keeps to itself what a blind round keeps."""
    if not route.path.startswith((_ONE, "/text/")):
        return route
    return Route(route.path, unless_hidden(route.endpoint), methods=sorted(route.methods or ()))


def make_app(house: AppState) -> Starlette:
    """The whole page, guarded."""
    t = Translator(house.language)
    permissions = Permissions(house.desk, ROUTES, _NEEDS)

    def lacking(scope: Scope) -> str:
        rights = permissions.lacking(scope, user_of(scope, house.access.user_header))
        words = ", ".join(t(WORDS[right]) for right in rights)
        return t("You may not do that here. It takes the right to: {rights}.", rights=words) if rights else ""

    log = (
        [Middleware(AccessLog, file=house.log, user_header=house.access.user_header, rights=permissions.needed, t=t)]
        if house.log
        else []
    )
    app = Starlette(
        routes=[*map(_guarded, ROUTES), Mount("/static", StaticFiles(directory=_STATIC))],
        middleware=[
            *log,
            Middleware(Guard, access=house.access, t=t, lacking=lacking),
            Middleware(GZipMiddleware, minimum_size=_SMALL, compresslevel=5),
        ],
        exception_handlers={GranskningError: _could_not, HTTPException: _not_there},
    )
    app.state.house = house
    app.state.permissions = permissions
    return app


async def _could_not(request: Request, error: Any) -> Response:
    visit = visit_of(request)
    message, hint = visit.error_words(error)
    sent = () if request.method in SAFE_METHODS else (await form_of(request)).items()
    written = [text for name, text in sent if text and name not in _UNWRITTEN]
    unknown = isinstance(error, UnknownFileError) and request.method in SAFE_METHODS
    heading = visit.t("Nothing here") if unknown else visit.t("That could not be done")
    return visit.page("message", 404 if unknown else 409, heading=heading, message=message, hint=hint, written=written)


async def _not_there(request: Request, error: Any) -> Response:
    visit = visit_of(request)
    t = visit.t
    message = t("There is no such page.") if error.status_code == HTTPStatus.NOT_FOUND else str(error.detail)
    return visit.page("message", error.status_code, heading=t("Nothing here"), message=message, hint="", written=())
