"""What git remembers of a strategy's results, and what changed between two states of the folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool

from granskning.errors import GranskningError
from granskning.model.rounds import rounds_by_strategy
from granskning.reporting.differences.diff_blocks import diff_blocks
from granskning.reporting.differences.diff_values import DifferenceLine, Heading
from granskning.reporting.differences.event_labels import event_label
from granskning.reporting.shared_parts.prose_languages import marked_prose
from granskning.tasks.editing.cached_views import difference, strategy_history
from granskning.web.parts.blind import hidden_files, hidden_page
from granskning.web.parts.context import visit_of
from granskning.wordings import STATUSES, label

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.reporting.differences.diff_values import Block
    from granskning.scoring.timeline import Timeline
    from granskning.web.parts.context import RequestContext

_LONGEST = 300
"""Letters of a name that a state may have."""


async def show(request: Request) -> Response:
    """The history of a strategy."""
    return await run_in_threadpool(_show, visit_of(request), request.path_params["strategy"])


async def compare(request: Request) -> Response:
    """What changed from one state to another."""
    visit, query = visit_of(request), request.query_params
    before, after = (query.get(key, "").strip()[:_LONGEST] for key in ("fran", "till"))
    return await run_in_threadpool(_compare, visit, before, after)


def _show(visit: RequestContext, strategy: str) -> Response:
    held = visit.strategy(strategy)
    if any(file.split("/")[1] == strategy for file in hidden_files(visit)):
        return hidden_page(visit)
    try:
        history = strategy_history(visit.desk, strategy, visit.t)
    except GranskningError as error:
        message, hint = visit.error_words(error)
        return visit.page("history", strategy=held, lines=[], message=message, hint=hint, shallow=False)
    return visit.page(
        "history",
        strategy=held,
        lines=[_line(visit, timeline) for timeline in history.timelines],
        message=visit.error_words(history.damage)[0] if history.damage else "",
        hint="",
        shallow=history.is_shallow,
    )


def _line(visit: RequestContext, line: Timeline) -> dict[str, Any]:
    t = visit.t
    if line.round is None:
        title = t("The strategy")
    elif line.reviewer is None:
        title = t("Round {round}", round=line.round)
    else:
        title = t("{role}, round {round}", role=t.role(line.reviewer), round=line.round)
    moments = []
    before = ""
    for moment in line.moments:
        total = moment.outcome.total if moment.outcome else None
        moments.append({
            "date": t.date(moment.date[:10]) if moment.date else t("now"),
            "commit": (moment.commit or "")[:8],
            "compare": _between(before, moment.commit or "") if before else "",
            "result": (total.shown or "–") if total else "–",
            "band": total.band if total else "",
            "assessed": t("{assessed} of {applicable}", assessed=total.assessed, applicable=total.applicable)
            if total else "",
            "status": label(STATUSES, moment.status, t) if moment.status else "",
            "what": event_label(moment, t, verbose=True),
        })  # fmt: skip
        before = moment.commit or before
    return {"title": title, "moments": moments[::-1], "is_open": line.reviewer is None}


def _between(before: str, after: str) -> str:
    return f"/skillnad?fran={before}&till={after}" if after else f"/skillnad?fran={before}"


def _compare(visit: RequestContext, before: str, after: str) -> Response:
    t = visit.t
    if hidden_files(visit):
        return hidden_page(visit)
    message = hint = ""
    blocks: list[dict[str, Any]] = []
    every = rounds_by_strategy(visit.desk.loaded().workspace)
    rounds = [f"{name}/{of.name}" for name, own in sorted(every.items()) for of in own if of.reviews]
    if before:
        try:
            diff = difference(visit.desk, before, after or None, t.language)
            prose = marked_prose(diff.after.loaded.workspace, visit.page_t)
            blocks = plain_blocks(diff_blocks(diff, visit.page_t, prose))
        except GranskningError as error:
            message, hint = visit.error_words(error)
    return visit.page(
        "difference", 409 if message else 200, before=before, after=after, blocks=blocks, rounds=rounds,
        message=message, hint=hint,
    )  # fmt: skip


def plain_blocks(blocks: list[Block]) -> list[dict[str, Any]]:
    """The blocks of a comparison as a template shows them: lines that belong to one list stand together."""
    told: list[dict[str, Any]] = []
    for block in blocks:
        if isinstance(block, Heading):
            told.append({"kind": "heading", "level": block.level, "text": block.text})
        elif isinstance(block, DifferenceLine) and block.depth:
            if not told or told[-1]["kind"] != "list":
                told.append({"kind": "list", "lines": []})
            told[-1]["lines"].append(block)
        elif isinstance(block, DifferenceLine):
            told.append({"kind": "line", "line": block})
        else:
            told.append({"kind": "table", "table": block})
    return told
