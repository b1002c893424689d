"""Every kind of report has the same frame: head, foot, notices, provenance, and how a fault is reported."""

from __future__ import annotations

import re
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from granskning.i18n import Translator
from granskning.language_tags import untagged
from granskning.model.review import LeftOut
from granskning.reporting.blocks.frame import Caveats
from granskning.reporting.html.render import render_report
from granskning.reporting.shared_parts.frame import make_notices
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.reports.over_time import TimeReporter
from granskning.tasks.reports.portfolio import make_portfolio
from granskning.tasks.reports.report import Reporter
from granskning.tasks.reports.templates import load_templates

if TYPE_CHECKING:
    from granskning.reporting.blocks.frame import Framed

ROOT = Path(__file__).parents[4]
ENGLISH = Translator("en")


@pytest.fixture(scope="module")
def reports() -> dict[str, Framed | None]:
    reporter = Reporter(ROOT, open_workspace(ROOT)[1], ENGLISH)
    times = TimeReporter(reporter)
    return {
        "review": reporter.review(reporter.reported.scored[0]),
        "round": reporter.round(reporter.reported.rounds[0]),
        "strategy": times.strategy(times.strategies[0]),
        "change": times.change(*times.changes[0]),
        "portfolio": make_portfolio(reporter),
        "criteria": reporter.criteria(reporter.reported.scored[0].criteria),
    }


@pytest.mark.parametrize("kind", ["review", "round", "strategy", "change", "portfolio", "criteria"])
def test_the_whole_frame_stands_in_every_report(reports: dict[str, Framed | None], kind: str) -> None:
    report = reports[kind]
    assert report is not None
    frame = report.frame
    html = re.sub(r"</?span[^>]*>", "", render_report(report, load_templates(ROOT), ENGLISH))
    assert frame.contact
    facts = [fact.value for fact in frame.provenance if fact.value]
    for words in (frame.title, frame.organisation, frame.head, frame.foot, frame.contact, *facts):
        assert escape(untagged(words), quote=False) in html.replace("&#39;", "'").replace("&#34;", '"'), words
    assert all(notice.split(".")[0] in html for notice in frame.notices)


def test_notices_stand_in_one_order_and_only_where_they_are_true() -> None:
    assert make_notices(Caveats(), ENGLISH) == ()
    left_out = LeftOut("strategies/a/reviews/2026-11/b.yaml", "a", "2026-11", "GR304", everywhere=True)
    caveats = Caveats("DRAFT. Not approved.", "EXAMPLE. Invented.", True, (left_out,), {"a.yaml": 1})  # noqa: FBT003
    words = [notice.split(".")[0] for notice in make_notices(caveats, ENGLISH)]
    assert words == ["DRAFT", "EXAMPLE", "INTERNAL", "NOT COUNTED", "FINDINGS"]
