"""A report made once more from the files that its PDF carries: read, scored, told and rendered by the same code."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING, Any

from granskning.files import HeldFiles
from granskning.i18n import Translator
from granskning.model.evidence import QuotationStatus
from granskning.model.review import LeftOut
from granskning.reporting.html.render import ANNEX, CHANGE, CRITERIA, PAGE, PORTFOLIO, REVIEW, ROUND, SHIPPED, STRATEGY
from granskning.scoring.score_history import NO_MEMORY, ScoreHistory
from granskning.shipped import templates_folder
from granskning.tasks.reports.attachments import StatedProvenance
from granskning.tasks.reports.dependencies import ReportTerms
from granskning.tasks.reports.over_time import TimeReporter
from granskning.tasks.reports.own_report import template_of
from granskning.tasks.reports.portfolio import make_portfolio
from granskning.tasks.reports.rendering import render_once, rendering_limit
from granskning.tasks.reports.report import Reporter
from granskning.tasks.reports.templates import load_templates
from granskning.workspace.load import load_files

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from granskning.tasks.folder.score import ScoredReview

_PAGES = {
    "review": REVIEW,
    "page": PAGE,
    "annex": ANNEX,
    "round": ROUND,
    "strategy": STRATEGY,
    "change": CHANGE,
    "portfolio": PORTFOLIO,
    "criteria": CRITERIA,
}
"""The template of each kind of report that can be made again from its sources."""


@dataclasses.dataclass(frozen=True, slots=True)
class Remade:
    """A report that was made again."""

    report: Any
    html: str


def reproduce_report(
    manifest: Mapping[str, Any],
    files: Mapping[str, bytes],
    templates: Mapping[str, str],
    memory: ScoreHistory = NO_MEMORY,
    seconds: float | None = None,
) -> Remade | None:
    """The report that a manifest describes, from its sources by path; None where they do not give such a report.

    `templates` are those of the working folder it was made in; the shipped ones need not be among them. `memory` is
    what git remembered then, and templates of its own may take `seconds` where they are given.
    """
    t = Translator(manifest["language"])
    loaded = load_files(HeldFiles(files))
    hashes = {entry["path"]: entry["original_sha256"] for entry in manifest["files"]}
    left_out = tuple(LeftOut(**one) for one in manifest.get("left_out", ()))
    faults, page = manifest.get("faults", {}), manifest["report"].get("page", "")
    quotations = recorded_quotations(manifest)
    stated = StatedProvenance(manifest["commit"], manifest["changed"], hashes, left_out, faults, page, quotations)
    reporter = Reporter(Path(), loaded, t, ReportTerms(manifest["as_of"], stated))
    report = _report(reporter, manifest["report"], memory, internal=manifest["internal"])
    if report is None:
        return None
    own = manifest["report"].get("template")
    page = template_of(own) if own else _PAGES[manifest["report"]["kind"]]
    return Remade(report, render_once(all_templates(templates), page, report, t, rendering_limit(seconds)))


def recorded_quotations(manifest: Mapping[str, Any]) -> tuple[QuotationStatus, ...]:
    """What a manifest says came of looking the report's quotations up."""
    return tuple(QuotationStatus(**values) for values in manifest.get("quotations", ()))


def can_remake(kind: str) -> bool:
    """Whether a kind of report can be made again from its sources alone."""
    return kind in _PAGES


def all_templates(own: Mapping[str, str]) -> dict[str, str]:
    """The shipped templates with a working folder's own over them. Nothing that is given replaces a shipped one."""
    own = {name: text for name, text in own.items() if not name.startswith(SHIPPED)}
    return {**load_templates(templates_folder().parent), **own}


def _report(reporter: Reporter, wanted: Mapping[str, Any], memory: ScoreHistory, *, internal: bool) -> Any:
    identity = tuple(wanted[part] for part in ("strategy", "round", "reviewer") if wanted[part] is not None)
    find: dict[str, Callable[[], Any]] = {
        "review": lambda: next(
            (
                reporter.review(scored_review, internal=internal)
                for scored_review in reporter.reported.scored
                if scored_review.review.identity == identity
            ),
            None,
        ),
        "annex": lambda: next(
            (
                reporter.annex(scored_review)
                for scored_review in reporter.reported.scored
                if scored_review.review.identity == identity
            ),
            None,
        ),
        "strategy": lambda: _over_time(reporter, identity[0], memory),
        "change": lambda: _change(reporter, identity, tuple((wanted.get("against") or {}).values())),
        "round": lambda: next(
            (
                reporter.round(scored_round, internal=internal)
                for scored_round in reporter.reported.rounds
                if (scored_round.strategy, scored_round.round) == identity
            ),
            None,
        ),
        "portfolio": lambda: make_portfolio(reporter),
        "criteria": lambda: _criteria(reporter, wanted.get("criteria", "")),
    }
    return find["review" if wanted["kind"] == "page" else wanted["kind"]]()


def _criteria(reporter: Reporter, reference: str) -> Any:
    criteria = reporter.workspace.criteria.get(reference)
    return reporter.criteria(criteria) if criteria is not None else None


def _over_time(reporter: Reporter, name: str, memory: ScoreHistory) -> Any:
    times = TimeReporter(reporter, lambda _strategy: memory)
    there = name in reporter.workspace.strategies and bool(times.occasions(name))
    return times.strategy(name) if there else None


def _change(reporter: Reporter, identity: tuple[str, ...], against: tuple[str, ...]) -> Any:
    held: dict[tuple[str, ...], ScoredReview] = {
        scored_review.review.identity: scored_review for scored_review in reporter.reported.scored
    }
    before, after = held.get(against), held.get(identity)
    return TimeReporter(reporter).change(before, after) if before and after else None
