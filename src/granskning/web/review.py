"""One review as a calm form: shown whole, saved an answer at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from granskning.model import READING_DEPTHS
from granskning.reporting.lexicon import Lexicon
from granskning.reporting.overview import UNDONE
from granskning.scoring.node import TOTAL
from granskning.web.context import visit_of
from granskning.web.forms import answer_form, base_of, parts_of
from granskning.web.others import views_of
from granskning.workspace.edits import Remove, Set

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.model import Criterion
    from granskning.tasks.desk import Kept, OpenReview
    from granskning.web.context import Visit
    from granskning.workspace.edits import Edit

HEAD_FIELDS = ("status", "reading_depth", "date", "case_number", "body", "not_read", "summary")
"""What can be changed above the answers."""


async def show(request: Request) -> Response:
    """The whole review; as text where it cannot be a form."""
    visit = visit_of(request)
    return await run_in_threadpool(_show, visit, file_of(request))


async def keep(request: Request) -> Response:
    """Save one answer. A part of the page gets back what has changed; a plain form gets the page anew."""
    visit, file = visit_of(request), file_of(request)
    form = {name: str(value) for name, value in (await request.form(max_part_size=2 << 20)).items()}
    name = request.path_params["criterion"]
    return await run_in_threadpool(_keep, visit, file, name, form)


async def keep_head(request: Request) -> Response:
    """Save what stands above the answers."""
    visit, file = visit_of(request), file_of(request)
    form = {name: str(value) for name, value in (await request.form(max_part_size=2 << 20)).items()}
    await run_in_threadpool(_keep_head, visit, file, form)
    return RedirectResponse(visit.review_at(file), 303)


def file_of(request: Request) -> str:
    """The file of the review that the address names."""
    part = request.path_params
    return f"strategies/{part['strategy']}/reviews/{part['round']}/{part['name']}.yaml"


def _show(visit: Visit, file: str) -> Response:
    held = visit.desk.open_review(file)
    if held is None:
        visit.desk.text(file)
        return RedirectResponse(visit.at("text") + f"/{file}", 303)
    views = views_of(visit, held)
    questions = [
        {
            "target": target,
            "entries": [
                _entry(visit, held, criterion, views) for criterion in target.criteria if _asked(held, criterion)
            ],
        }
        for target in held.criteria.all_targets
        if any(_asked(held, criterion) for criterion in target.criteria)
    ]
    return visit.page(
        "review", held=held, questions=questions, depths=READING_DEPTHS, left=_left(held), result=_result(visit, held),
        findings=[one for one in map(visit.finding, held.findings) if not one["criterion"]],
    )  # fmt: skip


def _asked(held: OpenReview, criterion: Criterion) -> bool:
    return criterion.core or held.review.form != "short"


def _entry(
    visit: Visit, held: OpenReview, criterion: Criterion, views: Mapping[str, Any], *, more: bool = False
) -> dict[str, Any]:
    """One question as its template needs it."""
    findings = [one for one in map(visit.finding, held.findings) if one["criterion"] == criterion.id]
    form = answer_form(criterion, held.criteria, held.answers.get(criterion.id), visit.t, more=more)
    return {"form": form, "findings": findings, "views": views.get(criterion.id, ())}


def _left(held: OpenReview) -> int:
    return sum(one.state in UNDONE for one in held.scored.card.criteria_results)


def _result(visit: Visit, held: OpenReview) -> list[tuple[str, str, str]]:
    """The live results: each target, and the whole where there is one."""
    lexicon = Lexicon(visit.t, held.criteria, held.scored.plan)
    card = held.scored.card
    titles = {one.id: visit.t.text(one.title) for one in held.criteria.all_targets}
    rows = [(titles[one.id], lexicon.result(one.score, one.id), lexicon.assessed(one.score)) for one in card.targets]
    if card.total.standing != "profile":
        rows.append((visit.t("The whole"), lexicon.result(card.total, TOTAL), lexicon.assessed(card.total)))
    return rows


def _keep(visit: Visit, file: str, name: str, form: Mapping[str, str]) -> Response:
    held = visit.desk.open_review(file)
    criterion = next((one for one in held.criteria.criteria if one.id == name), None) if held else None
    if held is None or criterion is None:
        visit.desk.keep_answer(file, name, {}, {})  # which says what is wrong
        return RedirectResponse(visit.review_at(file), 303)
    drop = form.get("drop", "")
    parts = parts_of(form, criterion, held.criteria, drop=int(drop) if drop.isascii() and drop.isdigit() else None)
    kept = visit.desk.keep_answer(file, name, base_of(form), parts)
    if not visit.is_htmx:
        return RedirectResponse(f"{visit.review_at(file)}#{name}", 303)
    held = visit.desk.open_review(file) or held
    return _part(visit, held, criterion, kept, scope="more" if "add" in form else "whole" if drop else "beside")


def _part(visit: Visit, held: OpenReview, criterion: Criterion, kept: Kept, *, scope: str) -> Response:
    """What has changed on the page: the question anew (`more`: with room for evidence), or what is beside its fields.

    The results come along in any case.
    """
    whole = scope != "beside"
    entry = _entry(visit, held, criterion, views_of(visit, held) if whole else {}, more=scope == "more")
    return visit.page(
        "saved", held=held, entry=entry, kept=kept, whole=whole, left=_left(held), result=_result(visit, held)
    )


def _keep_head(visit: Visit, file: str, form: Mapping[str, str]) -> None:
    held = visit.desk.open_review(file)
    before = {key: getattr(held.review, key) for key in HEAD_FIELDS} if held else {}
    edits: list[Edit] = []
    for key in HEAD_FIELDS:
        text = form.get(key, "").replace("\r\n", "\n").strip()
        if key in form and text != (before.get(key) or ""):
            edits.append(Set((key,), text) if text else Remove((key,)))
    if edits:
        visit.desk.keep_head(file, edits, form.get("opened", ""))
