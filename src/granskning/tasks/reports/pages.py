"""Which pages a build makes, under which names: of each review and round, over time, of each change, of everything.

The front page of a build, with links to what is there, and the index that its search looks in.
"""

from __future__ import annotations

import fnmatch
import json
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any

from granskning.language_tags import untagged
from granskning.reporting.html.render import CHANGE, CRITERIA, INDEX, PORTFOLIO, REVIEW, ROUND, SEARCH, STRATEGY
from granskning.reporting.html.search_index import make_entries
from granskning.reporting.wording.uncounted import left_out_line, tell_round_status
from granskning.tasks.reports.page_names import PORTFOLIO_NAME, change_name, criteria_name, strategy_name
from granskning.tasks.reports.portfolio import make_portfolio, portfolio_criteria, portfolio_results
from granskning.wordings import STATUSES, label, name_reviewer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from granskning.model.criteria import CriteriaSet
    from granskning.reporting.portfolio.portfolio_values import PortfolioReport
    from granskning.tasks.folder.score import ScoredRound, StrategyResult
    from granskning.tasks.reports.attachments import ReportSources
    from granskning.tasks.reports.outputs import Outputs
    from granskning.tasks.reports.over_time import TimeReporter
    from granskning.tasks.reports.report import Reporter


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page to make, under its name without ending."""

    name: str
    template: str
    report: Any
    formats: tuple[str, ...]
    more: Mapping[str, Any] = field(default_factory=dict)
    basis: ReportSources | None = None
    """What its PDF carries along."""


class Pages:
    """The names of all pages of a workspace, and the pages that are asked for."""

    def __init__(self, reporter: Reporter, times: TimeReporter) -> None:
        self._reporter = reporter
        self._times = times
        self.has_portfolio = portfolio_criteria(reporter) is not None
        self.strategies = {name: strategy_name(name, reporter.reported.scored) for name in times.strategies}
        """The names of the pages of strategies over time, by strategy."""

    def make(self, formats: tuple[str, ...], only: str | None) -> Iterator[SitePage]:
        """The pages whose names match, but the front page."""
        for name, template, report, key in self._all():
            if only is None or fnmatch.fnmatchcase(name, only):
                made = report()
                yield SitePage(
                    name, template, made, formats, self._way_home(name), self._reporter.dependencies.basis(*key)
                )

    def _all(self) -> Iterator[tuple[str, str, Callable[[], Any], tuple[str, ...]]]:
        """Name and template of each page, what makes its report, and the key of what that rests on."""
        reporter, times = self._reporter, self._times
        for scored_review in reporter.reported.scored:
            identity = scored_review.review.identity
            yield "/".join(identity), REVIEW, partial(reporter.review, scored_review), ("review", *identity)
        for several in reporter.reported.rounds:
            key = (several.strategy, several.round)
            yield "/".join(key), ROUND, partial(reporter.round, several), ("round", *key)
        for name, page in self.strategies.items():
            yield page, STRATEGY, partial(times.strategy, name), ("strategy", name)
        for before, after in times.changes:
            pair = (*after.review.identity, *before.review.identity)
            named = change_name(before.review, after.review)
            yield named, CHANGE, partial(times.change, before, after), ("change", *pair)
        for criteria in used_criteria(reporter):
            named, key = criteria_name(criteria), ("criteria", criteria.reference)
            yield named, CRITERIA, partial(reporter.criteria, criteria), key
        if self.has_portfolio:
            yield PORTFOLIO_NAME, PORTFOLIO, lambda: make_portfolio(reporter), ("portfolio",)

    def _way_home(self, name: str) -> dict[str, Any]:
        """The links at the top of a page: to the front page, and to its strategy over time."""
        up = "../" * name.count("/")
        over_time = self.strategies.get(name.split("/", maxsplit=1)[0], "")
        return {"site": {"home": f"{up}index.html", "strategy": f"{up}{over_time}.html" if over_time else "",
                         "here": over_time == name}}  # fmt: skip


def used_criteria(reporter: Reporter) -> list[CriteriaSet]:
    """The versions of criteria sets that reported reviews name, each once, in order of their references."""
    used = {scored_review.criteria.reference: scored_review.criteria for scored_review in reporter.reported.scored}
    return [used[reference] for reference in sorted(used)]


SCRIPTS = ("search", "search-index")
_FORMATS = ("pdf", "html")

Row = dict[str, str]


class Site:
    """What the front page says of a build whose reports are made."""

    def __init__(self, reporter: Reporter, times: TimeReporter, pages: Pages, outputs: Outputs) -> None:
        self._reporter = reporter
        self._times = times
        self._pages = pages
        self._outputs = outputs
        self._t = reporter.t

    def front_page(self, portfolio: PortfolioReport) -> SitePage:
        """The front page."""
        links = {name: self._link(result) for name, result in portfolio_results(self._reporter).items()}
        more = {
            "groups": list(self._groups()),
            "portfolio": self._made("portfolio"),
            "links": {name: link for name, link in links.items() if link},
        }
        return SitePage("index", INDEX, portfolio, ("html",), more)

    def _link(self, result: StrategyResult) -> str:
        """Where a strategy's name in the matrix leads: to the review whose results stand there, or to its round."""
        of = result.round
        names = ["/".join(scored_review.review.identity) for scored_review in of.deciding]
        if of.speaking is None:
            names.insert(0, f"{of.strategy}/{of.round}")
        made = [self._made(name) for name in names]
        return next((files["html"] or files["pdf"] for files in made if any(files.values())), "")

    def _made(self, name: str) -> Row:
        return {
            format_name: f"{name}.{format_name}" if self._outputs.has(f"{name}.{format_name}") else ""
            for format_name in _FORMATS
        }

    def _groups(self) -> Iterator[dict[str, Any]]:
        """The reports strategy by strategy: over time first, then changes, rounds and reviews, the latest first."""
        t, workspace = self._t, self._reporter.workspace
        left_out: dict[str, list[str]] = {}
        for item in workspace.left_out:
            left_out.setdefault(item.strategy, []).append(left_out_line(item, t))
        for name, strategy in sorted(workspace.strategies.items(), key=lambda pair: t.text(pair[1].title)):
            rows = [row for row in self._rows(name) if row["html"] or row["pdf"]]
            lines = left_out.get(name, [])
            if rows or lines:
                yield {"title": t.text(strategy.title), "id": name, "rows": rows, "left_out": lines}
        annexes = [
            {
                "words": f"{t.text(criteria.title)}, {criteria.version}",
                "status": "",
                **self._made(criteria_name(criteria)),
            }
            for criteria in used_criteria(self._reporter)
        ]
        if any(row["html"] or row["pdf"] for row in annexes):
            yield {
                "title": t("The questions and what they rest on"),
                "id": "kriterier--",
                "rows": annexes,
                "left_out": [],
            }

    def _rows(self, name: str) -> Iterator[Row]:
        t = self._t
        if name in self._pages.strategies:
            yield {"words": t("Over time"), "status": "", **self._made(self._pages.strategies[name])}
        for before, after in reversed(self._times.changes):
            if after.review.strategy == name:
                words = t("What changed from {before} to {after}", before=before.review.round, after=after.review.round)
                yield {"words": words, "status": "", **self._made(change_name(before.review, after.review))}
        for of in reversed(
            [scored_round for scored_round in self._reporter.reported.every_round if scored_round.strategy == name]
        ):
            if of in self._reporter.reported.rounds:
                yield {**_round_words(of, self._reporter), **self._made(f"{name}/{of.round}")}
            for review in of.of.counted:
                who = t("{role}, round {round}", role=name_reviewer(review.kind, review.reviewer, t), round=of.round)
                status = label(STATUSES, review.status, t)
                yield {"words": who, "status": status, **self._made("/".join(review.identity))}

    def entries(self, pages: Sequence[SitePage]) -> bytes:
        """What the search looks in, as a script that a page without a server can read."""
        there = [page for page in pages if self._outputs.has(f"{page.name}.html")]
        found = [entry for page in there for entry in make_entries(page.report, f"{page.name}.html", self._t)]
        lines = ",\n".join(json.dumps(list(entry), ensure_ascii=False) for entry in found)
        return untagged(f"window.granskningIndex = [\n{lines}\n];\n").encode()


def script_of(templates: Mapping[str, str]) -> bytes:
    """The search itself."""
    return templates[f"site/{SEARCH}"].encode()


def _round_words(scored_round: ScoredRound, reporter: Reporter) -> Row:
    """What the list of reports calls a round, and how it stands with it."""
    t = reporter.t
    words = t("All reviewers, round {round}", round=scored_round.round)
    return {"words": words, "status": tell_round_status(scored_round.joint, t)}
