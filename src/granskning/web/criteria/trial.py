"""A live trial of a set: how its questions look, and how answers count, by the scoring that reviews have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from granskning.reporting.wording.calculation_table import make_sums
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.reporting.wording.report_context import ScoreContext
from granskning.scoring.results.card import TOTAL
from granskning.tasks.criteria.trial import try_answers
from granskning.tasks.folder.score import explain_scored_review
from granskning.web.parts.context import form_of, visit_of
from granskning.web.parts.criteria_set import set_of
from granskning.web.parts.forms import answer_form

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.web.parts.context import RequestContext

_NAME = "a-"
"""Before the id of a question, the name of its field."""


async def show(request: Request) -> Response:
    """The questions unanswered."""
    return await run_in_threadpool(_page, visit_of(request), request.path_params["set"], {})


async def count(request: Request) -> Response:
    """The same with the answers of the form, and what they come to. Nothing is written."""
    visit = visit_of(request)
    form = await form_of(request)
    return await run_in_threadpool(_page, visit, request.path_params["set"], form)


def _page(visit: RequestContext, name: str, form: Mapping[str, str]) -> Response:
    criteria, t = set_of(visit, name), visit.t
    given = {
        key.removeprefix(_NAME): text.removeprefix("level:") for key, text in form.items() if key.startswith(_NAME)
    }
    scored = try_answers(visit.desk.loaded().workspace, criteria, given)
    lexicon = Lexicon(t, criteria, scored.outline)
    context = ScoreContext(criteria=criteria, card=scored.card, words=lexicon, explained=explain_scored_review(scored))
    titles = {target.id: t.text(target.title) for target in criteria.all_targets}
    result = [(titles[target.id], lexicon.result(target.score, target.id), lexicon.assessed(target.score))
              for target in scored.card.targets]  # fmt: skip
    if scored.card.total.standing != "profile":
        result.append((t("The whole"), lexicon.result(scored.card.total, TOTAL), lexicon.assessed(scored.card.total)))
    groups = [
        (target, [(answer_form(criterion, criteria, None, t), given.get(criterion.id, ""))
                  for criterion in target.criteria])
        for target in criteria.all_targets
    ]  # fmt: skip
    return visit.page(
        "criteria_trial", criteria=criteria, groups=groups, result=result, grids=make_sums(context), prefix=_NAME,
        is_tried=bool(any(given.values())), numbers=lexicon.numbers,
    )  # fmt: skip
