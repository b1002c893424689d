"""Which pages a build makes, under which names: of each review and round, over time, of each change, of everything.

A review is `STRATEGY/ROUND/REVIEWER`, a round `STRATEGY/ROUND`, a change `STRATEGY/ROUND--ROUND` (ids never have two
hyphens in a row), a strategy over time `STRATEGY/index`.
"""

from __future__ import annotations

import fnmatch
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from granskning.reporting.html.render import PORTFOLIO, REVIEW
from granskning.reporting.over_time.change import CHANGE
from granskning.reporting.over_time.strategy import STRATEGY
from granskning.reporting.round.round import ROUND
from granskning.tasks.portfolio import make_portfolio, portfolio_criteria

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from granskning.tasks.folder.score import Scored
    from granskning.tasks.origin import Basis
    from granskning.tasks.over_time import TimeReporter
    from granskning.tasks.report import Reporter

INDEX_NAME = "index"


@dataclass(frozen=True, slots=True)
class Page:
    """A page to make, under its name without ending."""

    name: str
    template: str
    report: Any
    formats: tuple[str, ...]
    more: dict[str, Any] = field(default_factory=dict)
    basis: Basis | None = None
    """What its PDF carries along."""


class Pages:
    """The names of all pages of a workspace, and the pages that are asked for."""

    def __init__(self, reporter: Reporter, times: TimeReporter) -> None:
        self._reporter = reporter
        self._times = times
        self.has_portfolio = portfolio_criteria(reporter) is not None
        self.strategies = {name: strategy_name(name, reporter) for name in times.strategies}
        """The names of the pages of strategies over time, by strategy."""

    def make(self, formats: tuple[str, ...], only: str | None) -> Iterator[Page]:
        """The pages whose names match, but the front page."""
        for name, template, report, key in self._all():
            if only is None or fnmatch.fnmatchcase(name, only):
                made = report()
                yield Page(name, template, made, formats, self._way_home(name), self._reporter.basis(*key))

    def _all(self) -> Iterator[tuple[str, str, Callable[[], Any], tuple[str, ...]]]:
        """Name and template of each page, what makes its report, and the key of what that rests on."""
        reporter, times = self._reporter, self._times
        for one in reporter.scored:
            identity = one.review.identity
            yield "/".join(identity), REVIEW, lambda one=one: reporter.review(one), ("review", *identity)  # type: ignore[misc]
        for several in reporter.rounds:
            key = (several.strategy, several.round)
            yield "/".join(key), ROUND, lambda several=several: reporter.round(several), ("round", *key)  # type: ignore[misc]
        for name, page in self.strategies.items():
            yield page, STRATEGY, lambda name=name: times.strategy(name), ("strategy", name)  # type: ignore[misc]
        for before, after in times.changes:
            pair = (*after.review.identity, *before.review.identity)
            named = change_name(before, after)
            yield named, CHANGE, lambda one=before, other=after: times.change(one, other), ("change", *pair)  # type: ignore[misc]
        if self.has_portfolio:
            yield "portfolio", PORTFOLIO, lambda: make_portfolio(reporter), ("portfolio",)

    def _way_home(self, name: str) -> dict[str, Any]:
        """The links at the top of a page: to the front page, and to its strategy over time."""
        up = "../" * name.count("/")
        over_time = self.strategies.get(name.split("/", maxsplit=1)[0], "")
        return {"site": {"home": f"{up}index.html", "strategy": f"{up}{over_time}.html" if over_time else "",
                         "here": over_time == name}}  # fmt: skip


def strategy_name(strategy: str, reporter: Reporter) -> str:
    """The name of the page of a strategy over time; another one where a round is called index."""
    taken = any(one.review.identity[:2] == (strategy, INDEX_NAME) for one in reporter.scored)
    return f"{strategy}/{INDEX_NAME}--{strategy}" if taken else f"{strategy}/{INDEX_NAME}"


def change_name(before: Scored, after: Scored) -> str:
    """The name of the page of a change."""
    return f"{after.review.strategy}/{before.review.round}--{after.review.round}"
