"""One review as a calm form: shown whole, saved an answer at a time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from granskning.errors import UsageError
from granskning.findings.severity import Severity
from granskning.i18n import N_
from granskning.json_reading import parse_object
from granskning.model.review import READING_DEPTHS
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.reporting.wording.uncounted import left_out_line
from granskning.scoring.results.card import TOTAL
from granskning.web.parts.blind import hidden_page, is_hidden
from granskning.web.parts.context import form_of, visit_of
from granskning.web.parts.peer_reviews import views_of
from granskning.web.parts.question import around, chosen_tags, entry_of, is_asked, tag_query, tags_of_questions
from granskning.workspace.schema.written_dates import read_date
from granskning.workspace.yaml.pasted_text import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.tasks.editing.edit_session import Kept, OpenReview
    from granskning.web.parts.context import RequestContext

HEAD_FIELDS = ("status", "reading_depth", "date", "case_number", "body", "not_read", "summary")
"""What can be changed above the answers."""

OPEN_STATES = ("draft", "submitted")
"""What a status can be set to here. To approve is a thing of its own."""


_WHOLE = 12
"""Questions that are shown in full; a longer review is folded by target, but for the first with something left."""


async def show(request: Request) -> Response:
    """The whole review; as text where it cannot be a form."""
    visit = visit_of(request)
    return await run_in_threadpool(_show, visit, file_of(request))


async def keep_head(request: Request) -> Response:
    """Save what stands above the answers."""
    visit, file = visit_of(request), file_of(request)
    form = await form_of(request)
    kept, fields = await run_in_threadpool(_keep_head, visit, file, form)
    if kept.clashes or kept.refused:
        return await run_in_threadpool(_show, visit, file, kept, fields)
    return RedirectResponse(visit.review_at(file), 303)


def file_of(request: Request) -> str:
    """The file of the review that the address names."""
    part = request.path_params
    return f"strategies/{part['strategy']}/reviews/{part['round']}/{part['name']}.yaml"


def _show(
    visit: RequestContext, file: str, kept: Kept | None = None, fields: Mapping[str, Any] | None = None
) -> Response:
    """The form; after a save of the head that was refused or clashed, with what the reader wrote in it."""
    held = visit.desk.open_review(file)
    if held is None:
        visit.desk.text(file)
        return RedirectResponse(visit.text_at(file), 303)
    is_blind = is_hidden(visit, held.review.strategy, held.review.round, file)
    if is_blind and not held.review.is_joint:
        return hidden_page(visit)
    views, beside = ({} if is_blind else views_of(visit, held)), around(visit, held)
    room, tags = visit.request.query_params.get("mer", ""), chosen_tags(visit, held)
    questions, shown, left = [], 0, held.scored.card.undone
    for target in held.criteria.all_targets:
        asked = [criterion for criterion in target.criteria if is_asked(held, criterion, tags)]
        entries = [
            {**entry_of(visit, held, question, beside, more=question.id == room), "views": views.get(question.id, ())}
            for question in asked
        ]
        shown += len(entries)
        if entries:
            is_open = bool(left & {question.id for question in asked}) or room in {question.id for question in asked}
            questions.append({"target": target, "entries": entries, "is_open": is_open})
            left = frozenset() if is_open else left
    head = head_of(held)
    return visit.page(
        "review", 409 if kept else 200, clashes=kept.clashes if kept else (),
        head_base=json.dumps(head, ensure_ascii=False),
        head={**head, **{key: value or "" for key, value in (fields or {}).items()}}, held=held, questions=questions,
        depths=READING_DEPTHS,
        refused=[visit.finding(refused_finding) for refused_finding in kept.refused] if kept else [],
        choices=_tag_choices(visit, held), shown=shown, whole=_WHOLE,
        findings=beside.findings.get("", ()), not_counted=_not_counted(visit, file), **results_of(visit, held),
    )  # fmt: skip


def _tag_choices(visit: RequestContext, opened_review: OpenReview) -> list[tuple[str, str, int, bool]]:
    """The tags to choose questions by: each with the address that adds it or takes it away, and how many carry it."""
    at, chosen = visit.review_at(opened_review.review.file), chosen_tags(visit, opened_review)
    return [
        (tag, at + tag_query([*(each for each in chosen if each != tag), *(() if tag in chosen else (tag,))]), count,
         tag in chosen)
        for tag, count in tags_of_questions(opened_review).items()
    ]  # fmt: skip


def _not_counted(visit: RequestContext, file: str) -> str:
    """That the review does not count and why; empty where it does."""
    items = (item for item in visit.desk.loaded().workspace.left_out if item.file == file)
    return next((left_out_line(item, visit.t) for item in items), "")


def results_of(visit: RequestContext, opened_review: OpenReview) -> dict[str, Any]:
    """What stands beside the form: the live results, how many answers remain in each target, and the way to them."""
    errors = [finding.at.path for finding in opened_review.findings if finding.rule.severity is Severity.ERROR]
    wrongs = {path[1] for path in errors if len(path) > 1 and path[0] == "answers"}
    remain, tags = opened_review.scored.card.undone, chosen_tags(visit, opened_review)
    jumps = []
    order: list[str] = []
    applicable = {result.id: result.score.applicable for result in opened_review.scored.card.targets}
    for target in opened_review.criteria.all_targets:
        asked = [criterion.id for criterion in target.criteria if is_asked(opened_review, criterion, tags)]
        order += asked
        if asked:
            left, wrong = sum(question in remain for question in asked), sum(question in wrongs for question in asked)
            jumps.append((target.id, visit.page_t.text(target.title), left, wrong, applicable.get(target.id, 0)))
    inherited = sum(result.state == "inherited" for result in opened_review.scored.card.criteria_results)
    return {
        "left": len(remain),
        "errors": len(errors),
        "result": _result(visit, opened_review),
        "jumps": jumps,
        "first": next((criterion_id for criterion_id in order if criterion_id in remain), ""),
        "inherited": inherited,
    }


def _result(visit: RequestContext, opened_review: OpenReview) -> list[tuple[str, str, str]]:
    """The live results: each target, and the whole where there is one."""
    lexicon = Lexicon(visit.page_t, opened_review.criteria, opened_review.scored.outline)
    card = opened_review.scored.card
    titles = {target.id: visit.page_t.text(target.title) for target in opened_review.criteria.all_targets}
    rows = [
        (titles[target.id], lexicon.result(target.score, target.id), lexicon.assessed(target.score))
        for target in card.targets
    ]
    if card.total.standing != "profile":
        rows.append((visit.t("The whole"), lexicon.result(card.total, TOTAL), lexicon.assessed(card.total)))
    return rows


def head_of(opened_review: OpenReview) -> dict[str, str]:
    """What stands above the answers, as the form has it."""
    return {key: str(getattr(opened_review.review, key) or "") for key in HEAD_FIELDS}


def _keep_head(visit: RequestContext, file: str, form: Mapping[str, str]) -> tuple[Kept, dict[str, Any]]:
    """Save what was changed above the answers; what came of it, and what the form said."""
    fields = {key: clean_text(form[key]) or None for key in HEAD_FIELDS if key in form}
    if fields.get("date"):
        fields["date"] = read_date(str(fields["date"]))
    for key, allowed in (("status", OPEN_STATES), ("reading_depth", READING_DEPTHS)):
        if fields.get(key, allowed[0]) not in allowed:
            raise UsageError(N_("{value} cannot be chosen here"), N_("nothing was saved"), value=fields[key] or "–")
    return visit.desk.keep_head(file, parse_object(form.get("base", "{}")), fields), fields
