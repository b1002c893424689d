from __future__ import annotations

from pathlib import Path

import pytest

from granskning.i18n import Translator
from granskning.reporting.html.search_index import Entry, make_entries
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.reports.over_time import TimeReporter
from granskning.tasks.reports.portfolio import make_portfolio
from granskning.tasks.reports.report import Reporter

EXAMPLE = Path(__file__).parents[1] / "exempel"


@pytest.fixture(scope="module")
def reporter() -> Reporter:
    root, loaded = open_workspace(EXAMPLE)
    return Reporter(root, loaded, Translator("en"))


def _review(reporter: Reporter, *, internal: bool = False) -> list[Entry]:
    one = next(one for one in reporter.reported.scored if one.review.strategy == "exempelplan")
    return list(make_entries(reporter.review(one, internal=internal), "a.html", Translator("en")))


def test_every_question_of_a_review_can_be_found(reporter: Reporter) -> None:
    entries = _review(reporter)
    one = next(one for one in reporter.reported.scored if one.review.strategy == "exempelplan")
    questions = [entry for entry in entries if "#question-" in entry.address]
    assert len(questions) == len(one.card.criteria_results)
    assert entries[0].address == "a.html"
    assert all(entry.title and entry.where for entry in entries)


def test_justifications_evidence_and_recommendations_are_looked_in(reporter: Reporter) -> None:
    text = " ".join(entry.text for entry in _review(reporter))
    assert "Uppföljningen" in text


def test_internal_notes_are_never_looked_in(reporter: Reporter) -> None:
    assert "Stäm av" not in " ".join(entry.text for entry in _review(reporter, internal=True))


def test_other_reports_are_one_entry_each(reporter: Reporter) -> None:
    t = Translator("en")
    times = TimeReporter(reporter)
    for report in (make_portfolio(reporter), *(times.strategy(name) for name in times.strategies)):
        entries = list(make_entries(report, "a.html", t))
        assert len(entries) == 1
        assert entries[0].text
