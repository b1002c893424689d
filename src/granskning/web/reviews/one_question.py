"""One question a view, beside its document: the list of all questions, progress, and the way to the next."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from granskning.errors import UsageError
from granskning.findings.severity import Severity
from granskning.i18n import N_
from granskning.tasks.evidence.evidence_findings import evidence_findings
from granskning.tasks.evidence.quotations import look_up_loaded
from granskning.web.parts.blind import hidden_page, is_hidden, my_roles
from granskning.web.parts.context import visit_of
from granskning.web.parts.figures import figures_of
from granskning.web.parts.form_words import level_words
from granskning.web.parts.peer_reviews import views_of
from granskning.web.parts.question import around, entry_of, is_asked
from granskning.web.reviews.document_pane import pane_of, pane_query
from granskning.web.reviews.remarks import remark_values
from granskning.web.reviews.search_log import logged_number
from granskning.wordings import STATES, label

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.findings.finding import Finding
    from granskning.model.criteria import Criterion
    from granskning.tasks.editing.edit_session import OpenReview
    from granskning.tasks.evidence.quotations import LookedUp
    from granskning.web.parts.context import RequestContext
    from granskning.web.parts.forms import Item

LEFT_COOKIE = "granskning-left"
"""The address of the question that was looked at last."""
FILTERS = {"kvar": N_("remaining"), "anmarkning": N_("with findings"), "oppen": STATES["open"], "mina": N_("mine")}
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class ListedQuestion:
    """A question on the list."""

    id: str
    number: str
    text: str
    target: str
    state: str
    words: str
    """Its state or level, in words."""
    findings: int
    is_left: bool
    is_mine: bool


async def begin(request: Request) -> Response:
    """The first question that remains, or the first."""
    return await run_in_threadpool(_begin, visit_of(request), _file_of(request))


async def show(request: Request) -> Response:
    """One question."""
    return await run_in_threadpool(_show, visit_of(request), _file_of(request), request.path_params["criterion"])


def _file_of(request: Request) -> str:
    part = request.path_params
    return f"strategies/{part['strategy']}/reviews/{part['round']}/{part['name']}.yaml"


def _begin(visit: RequestContext, file: str) -> Response:
    opened = visit.desk.open_review(file)
    if opened is None:
        return RedirectResponse(visit.review_at(file), 303)
    questions = questions_of(visit, opened)
    first = next((question for question in questions if question.is_left), questions[0] if questions else None)
    if first is None:
        return RedirectResponse(visit.review_at(file), 303)
    return RedirectResponse(visit.review_at(file, "fraga", first.id), 303)


def _show(visit: RequestContext, file: str, name: str) -> Response:
    opened = visit.desk.open_review(file)
    if opened is None:
        return RedirectResponse(visit.review_at(file), 303)
    criterion = next((known for known in opened.criteria.criteria if known.id == name), None)
    if criterion is None:
        raise UsageError(N_("there is no question {criterion} in this review"), "", criterion=name)
    if is_hidden(visit, opened.review.strategy, opened.review.round, file) and not opened.review.is_joint:
        return hidden_page(visit)
    more = visit.request.query_params.get("mer", "") == name
    page = visit.page("one_question", **question_values(visit, opened, criterion, more=more))
    path = quote(visit.review_at(file, "fraga", name))
    page.set_cookie(LEFT_COOKIE, path, max_age=_YEAR, httponly=True, samesite="strict", path="/")
    return page


def question_values(
    visit: RequestContext, opened: OpenReview, criterion: Criterion, *, more: bool = False
) -> dict[str, Any]:
    """What the view shows."""
    entry = single_entry(visit, opened, entry_of(visit, opened, criterion, around(visit, opened), more=more), criterion)
    answer = opened.answers.get(criterion.id) or {}
    items = [item for item in answer.get("evidence") or () if isinstance(item, dict) and item.get("edition")]
    first: Mapping[str, Any] = items[0] if items else {}
    edition, place = str(first.get("edition") or opened.review.edition), first.get("page") or first.get("pdf_page")
    target = next(part for part in opened.criteria.all_targets if criterion in part.criteria)
    pane = pane_of(visit, opened.strategy, edition, str(place or ""), str(first.get("quote") or ""))
    return {
        "held": opened,
        "entry": entry,
        "target": target,
        "pane": pane,
        "logged": logged_number(visit, opened, pane, criterion.id),
        "pane_query": lambda **change: pane_query(visit, change),
        "locked": not visit.may("review") or opened.review.status == "approved",
        **list_values(visit, opened, criterion.id),
        **remark_values(visit, opened.review.file, criterion.id),
    }


def single_entry(
    visit: RequestContext, opened: OpenReview, entry: dict[str, Any], criterion: Criterion
) -> dict[str, Any]:
    """A question's values as the view of one question has them: where it is saved, and what its quotations came to."""
    file = opened.review.file
    looked_up = quotation_findings(opened, criterion, visit)
    slots = {name: list(faults) for name, faults in entry["slots"].items()}
    found_at: dict[int, str] = {}
    for number, (page, faults) in looked_up.items():
        slots.setdefault(f"item-{number}", []).extend(faults)
        if page and not faults:
            found_at[number] = page
    hidden = is_hidden(visit, opened.review.strategy, opened.review.round)
    return {
        **entry,
        "slots": slots,
        "found_at": found_at,
        "pieces": _folded(entry["form"].items, slots),
        "saved_at": visit.review_at(file, "svar", criterion.id) + "?vy=fraga",
        "figures": figures_of(visit, opened, criterion),
        "views": () if hidden else views_of(visit, opened).get(criterion.id, ()),
    }


def _folded(items: Sequence[Item], slots: Mapping[str, Sequence[Any]]) -> list[list[Item]]:
    """The evidence as it is shown: the first alone, and each that is empty or faulty; sound ones in a row together."""
    groups: list[list[Item]] = []
    follows = False
    for item in items:
        is_alone = not groups or not any(item.values.values()) or bool(slots.get(f"item-{item.number}"))
        if follows and not is_alone:
            groups[-1].append(item)
        else:
            groups.append([item])
        follows = not is_alone
    return groups


def quotation_findings(
    opened: OpenReview, criterion: Criterion, visit: RequestContext
) -> dict[int, tuple[str, Sequence[dict[str, Any]]]]:
    """By the number of a question's evidence: the page where its quotation stands, and what is wrong with it."""
    answer = opened.review.answers.get(criterion.id)
    if answer is None or not any(item.quote and item.edition for item in answer.evidence):
        return {}
    loaded, review = visit.desk.loaded(), replace(opened.review, answers={criterion.id: answer})
    alone = replace(loaded, workspace=replace(loaded.workspace, reviews=(review,), actions={}, left_out=()))
    looked_up = look_up_loaded(visit.desk.root, alone, [review.file])
    faults: dict[int, list[Finding]] = {}
    for finding in evidence_findings(looked_up):
        faults.setdefault(_number_of(finding.at.path), []).append(finding)
    return {
        _number_of(row.quotation.path): (
            _where(row, visit),
            [visit.finding(finding) for finding in faults.get(_number_of(row.quotation.path), ())],
        )
        for row in looked_up.rows
    }


def _where(row: LookedUp, visit: RequestContext) -> str:
    """Where a quotation stands, in words; empty where it does not stand as it is quoted."""
    if row.verdict.status != "found":
        return ""
    page = row.verdict.found_page
    return visit.t("stands on page {page}", page=page) if page else visit.t("stands in the text")


def _number_of(path: Sequence[str | int]) -> int:
    """The number of a piece of evidence, from 1."""
    return next((int(step) + 1 for step in path[3:4] if isinstance(step, int)), 0)


def list_values(visit: RequestContext, opened: OpenReview, current: str) -> dict[str, Any]:
    """The list of questions, how far it has come, and the questions before and after."""
    questions = questions_of(visit, opened)
    only = visit.request.query_params.get("visa", "")
    order = [question.id for question in questions]
    place = order.index(current) if current in order else 0
    errors = sum(finding.rule.severity is Severity.ERROR for finding in opened.findings)
    chosen = [question for question in questions if _is_wanted(question, only)]
    after = [question.id for question in questions[place + 1 :] if _is_wanted(question, only)]
    before = [question.id for question in questions[:place] if _is_wanted(question, only)]
    return {
        "questions": chosen,
        "current": current,
        "filters": [(key, visit.t(words), key == only) for key, words in FILTERS.items()],
        "only": only if only in FILTERS else "",
        "number": place + 1,
        "count": len(questions),
        "progress": opened.scored.card.progress,
        "errors": errors,
        "before": before[-1] if before else "",
        "after": after[0] if after else "",
    }


def _is_wanted(question: ListedQuestion, only: str) -> bool:
    wanted = {
        "kvar": question.is_left, "anmarkning": bool(question.findings), "oppen": question.state == "open",
        "mina": question.is_mine,
    }  # fmt: skip
    return wanted.get(only, True)


def questions_of(visit: RequestContext, opened: OpenReview) -> list[ListedQuestion]:
    """All questions that the review puts, with their states."""
    left, roles, t = opened.scored.card.undone, my_roles(visit), visit.page_t
    faults: dict[str, int] = {}
    for finding in opened.findings:
        if len(finding.at.path) > 1 and finding.at.path[0] == "answers":
            faults[str(finding.at.path[1])] = faults.get(str(finding.at.path[1]), 0) + 1
    states = {result.id: result for result in opened.scored.card.criteria_results}
    assigned = opened.strategy.planned(opened.review.round).assigned
    listed = []
    for target in opened.criteria.all_targets:
        for criterion in target.criteria:
            if not is_asked(opened, criterion):
                continue
            result = states.get(criterion.id)
            state = result.state if result else "empty"
            words = label(STATES, state, t)
            if state == "assessed" and result is not None and result.level is not None:
                level = next((level for level in opened.criteria.scale_of(criterion).levels
                              if level.key == result.level), None)  # fmt: skip
                words = level_words(result.level, t.text(level.label)) if level else result.level
            listed.append(ListedQuestion(
                id=criterion.id, number=criterion.number or "", text=t.text(criterion.question),
                target=t.text(target.title), state=state, words=words, findings=faults.get(criterion.id, 0),
                is_left=criterion.id in left,
                is_mine=assigned.get(target.id, opened.review.reviewer) in roles,
            ))  # fmt: skip
    return listed
