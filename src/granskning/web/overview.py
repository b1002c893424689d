"""The first page: strategies × target pictures, what is left to do, and what is out of date."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool

from granskning.reporting.portfolio.overview import make_overview
from granskning.web.parts.blind import hidden_files
from granskning.web.parts.context import visit_of
from granskning.workspace.schema.kinds import kind_of_file

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.model.criteria import CriteriaSet
    from granskning.model.workspace import Workspace
    from granskning.reporting.portfolio.overview import Overview
    from granskning.web.parts.context import RequestContext


async def show(request: Request) -> Response:
    """The overview."""
    visit = visit_of(request)
    made = await run_in_threadpool(_kept, visit)
    return visit.page("overview", overview=made)


def _kept(visit: RequestContext) -> Overview:
    """The overview, made once for each state of the folder."""
    visit.desk.loaded()
    hidden = hidden_files(visit)
    key = ("overview", visit.t.asked, *sorted(hidden))
    made: Overview = visit.desk.kept.get(key, visit.desk.version, lambda: _overview(visit, hidden))
    return made


def _overview(visit: RequestContext, hidden: frozenset[str]) -> Overview:
    loaded = visit.desk.loaded()
    scored = visit.desk.scored()
    findings = Counter(finding.at.file for finding in loaded.findings)
    modelled = {review.file for review in loaded.workspace.reviews}
    broken = [(file, findings[file]) for file in sorted(loaded.broken) if file not in modelled and kind_of_file(file)]
    cards = {file: scored_review.card for file, scored_review in scored.items()}
    criteria = current_set(loaded.workspace)
    results = visit.desk.results(criteria, hidden)
    return make_overview(loaded.workspace, cards, results, criteria, findings, broken, visit.t)


def current_set(workspace: Workspace) -> CriteriaSet | None:
    """The set that the folder names: that version, or else the current one."""
    name, sets = workspace.settings.criteria, workspace.criteria
    current = (
        criteria_set
        for criteria_set in sets.values()
        if criteria_set.id == name and "/earlier/" not in criteria_set.file
    )
    return sets.get(name) or next(current, None)
