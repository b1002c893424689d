"""One review as a calm form: shown whole, saved an answer at a time."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from granskning.model import READING_DEPTHS
from granskning.reporting.lexicon import Lexicon
from granskning.scoring.node import TOTAL
from granskning.web.context import form_of, visit_of
from granskning.web.forms import base_of, parts_of, plain_text
from granskning.web.others import views_of
from granskning.web.question import around, entry_of, is_asked, undone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.model import Criterion, Review
    from granskning.tasks.desk import Kept, OpenReview
    from granskning.web.context import Visit

HEAD_FIELDS = ("status", "reading_depth", "date", "case_number", "body", "not_read", "summary")
"""What can be changed above the answers."""


async def show(request: Request) -> Response:
    """The whole review; as text where it cannot be a form."""
    visit = visit_of(request)
    return await run_in_threadpool(_show, visit, file_of(request))


async def keep(request: Request) -> Response:
    """Save one answer. A part of the page gets back what has changed; a plain form gets the page anew."""
    visit, file = visit_of(request), file_of(request)
    form = await form_of(request)
    name = request.path_params["criterion"]
    return await run_in_threadpool(_keep, visit, file, name, form)


async def keep_head(request: Request) -> Response:
    """Save what stands above the answers."""
    visit, file = visit_of(request), file_of(request)
    form = await form_of(request)
    return await run_in_threadpool(_keep_head, visit, file, form)


def file_of(request: Request) -> str:
    """The file of the review that the address names."""
    part = request.path_params
    return f"strategies/{part['strategy']}/reviews/{part['round']}/{part['name']}.yaml"


async def ask(request: Request) -> Response:
    """One question anew, as it stands in the file."""
    visit, file = visit_of(request), file_of(request)
    return await run_in_threadpool(_ask, visit, file, request.path_params["criterion"])


def _show(visit: Visit, file: str) -> Response:
    held = visit.desk.open_review(file)
    if held is None:
        visit.desk.text(file)
        return RedirectResponse(visit.at("text") + f"/{file}", 303)
    views, beside = views_of(visit, held), around(visit, held)
    questions = []
    for target in held.criteria.all_targets:
        asked = [criterion for criterion in target.criteria if is_asked(held, criterion)]
        entries = [{**entry_of(visit, held, one, beside), "views": views.get(one.id, ())} for one in asked]
        if entries:
            questions.append({"target": target, "entries": entries})
    return visit.page(
        "review", held=held, questions=questions, depths=READING_DEPTHS, **_results(visit, held),
        findings=beside.findings.get("", ()), head=_head_of(held),
        has_joint=any(one.kind == "consensus" for one in _round(visit, held)), round_size=len(_round(visit, held)),
    )  # fmt: skip


def _round(visit: Visit, held: OpenReview) -> list[Review]:
    """The reviews of its round."""
    own = held.review
    reviews = visit.desk.loaded().workspace.reviews
    return [one for one in reviews if (one.strategy, one.round) == (own.strategy, own.round)]


def _ask(visit: Visit, file: str, name: str) -> Response:
    held = visit.desk.open_review(file)
    criterion = next((one for one in held.criteria.criteria if one.id == name), None) if held else None
    if held is None or criterion is None or not visit.is_htmx:
        return RedirectResponse(f"{visit.review_at(file)}#{name}", 303)
    return _part(visit, held, criterion, None, scope="whole")


def _results(visit: Visit, held: OpenReview) -> dict[str, Any]:
    """What stands beside the form: the live results, how many answers remain in each target, and the way to them."""
    remain = undone(held)
    jumps = []
    for target in held.criteria.all_targets:
        asked = [one.id for one in target.criteria if is_asked(held, one)]
        if asked:
            jumps.append((target.id, visit.t.text(target.title), sum(one in remain for one in asked)))
    order = [one.id for target in held.criteria.all_targets for one in target.criteria]
    inherited = sum(one.state == "inherited" for one in held.scored.card.criteria_results)
    return {
        "left": len(remain),
        "result": _result(visit, held),
        "jumps": jumps,
        "first": next((one for one in order if one in remain), ""),
        "inherited": inherited,
    }


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
    held = visit.desk.open_review(file) or held
    if not visit.is_htmx and kept.clashes:
        entry = entry_of(visit, held, criterion, around(visit, held), clashes=kept.clashes, sent=form)
        return visit.page("clash", 409, held=held, entry=entry)
    if not visit.is_htmx and kept.refused:
        found = [visit.finding(one) for one in kept.refused]
        return visit.page("refused", 409, held=held, criterion=criterion, found=found, form=form)
    if not visit.is_htmx:
        return RedirectResponse(f"{visit.review_at(file)}#{name}", 303)
    scope = "more" if "add" in form else "whole" if drop or "settle" in form else "beside"
    if kept.refused or kept.clashes:
        scope = "beside"  # what the reader has written stays where it is
    return _part(visit, held, criterion, kept, scope=scope, form=form)


def _part(  # noqa: PLR0913  # what has changed
    visit: Visit, held: OpenReview, criterion: Criterion, kept: Kept | None, *, scope: str,
    form: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    """What has changed on the page: the question anew (`more`: with room for evidence), or what is beside its fields.

    The results come along in any case.
    """
    whole = scope != "beside"
    clashes = kept.clashes if kept else ()
    beside = around(visit, held)
    if kept and kept.refused:
        beside = replace(beside, findings={criterion.id: [visit.finding(one) for one in kept.refused]})
    entry = entry_of(visit, held, criterion, beside, more=scope == "more", clashes=clashes, sent=form)
    if whole:
        entry["views"] = views_of(visit, held).get(criterion.id, ())
    more = {"kept": kept} if kept else {}
    return visit.page("saved", held=held, entry=entry, whole=whole, **_results(visit, held), **more)


def _keep_head(visit: Visit, file: str, form: Mapping[str, str]) -> Response:
    wanted = {key: plain_text(form[key]) for key in HEAD_FIELDS if key in form}
    base = {key: str(value) for key, value in base_of(form).items()}
    kept = visit.desk.keep_head(file, base, wanted)
    held = visit.desk.open_review(file)
    if held is None or not (kept.clashes or kept.refused):
        return RedirectResponse(visit.review_at(file), 303)
    t = visit.t
    labels = {
        "status": t("Status"), "reading_depth": t("Reading depth"), "date": t("Date"), "case_number": t("Case number"),
        "body": t("Deciding body"), "not_read": t("What was not read"), "summary": t("Summary"),
    }  # fmt: skip
    return visit.page(
        "head", 409, held=held, labels=labels, wanted=wanted, clashes=kept.clashes,
        base=json.dumps(kept.values, ensure_ascii=False), found=[visit.finding(one) for one in kept.refused],
    )  # fmt: skip


def _head_of(held: OpenReview) -> str:
    """What stands above the answers, as JSON, for the form to send along."""
    values = {key: getattr(held.review, key) or "" for key in HEAD_FIELDS}
    return json.dumps(values, ensure_ascii=False)
