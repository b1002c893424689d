"""One result of a round and of a strategy, the same in every report, page and table."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from granskning.files import HeldFiles
from granskning.i18n import Translator
from granskning.language_tags import unmarked
from granskning.model.review import LeftOut
from granskning.reporting.html.render import PORTFOLIO, Renderer
from granskning.tasks.data.export import export_workspace
from granskning.tasks.reports.attachments import StatedProvenance
from granskning.tasks.reports.dependencies import ReportTerms
from granskning.tasks.reports.over_time import TimeReporter
from granskning.tasks.reports.portfolio import make_portfolio
from granskning.tasks.reports.report import Reporter
from granskning.tasks.reports.templates import load_templates
from granskning.workspace.load import load_files

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.reporting.portfolio.portfolio_values import PortfolioReport
    from granskning.workspace.loaded import Loaded

ROOT = Path(__file__).parents[4]
BASE = ROOT / "tests" / "cases" / "base"
STRATEGY = "strategies/provplan/strategy.yaml"
ENGLISH = Translator("en")

REVIEW = """\
schema: granskning/review/1
strategy: provplan
edition: remiss
criteria: prov@1.0.0
round: {round}
reviewer: {reviewer}
kind: {kind}
status: {status}
reading_depth: full_text
{date}answers:
{answers}"""


def _answers(level: int, *, justified: bool = True) -> str:
    lines = []
    for name in ("resor-vardag", "makt-samrad"):
        lines += [f"  {name}:", f"    level: {level}"]
        lines += ["    justification: Så står det.", "    evidence:"] if justified else ["    evidence:"]
        lines += ["      - address: https://exempel.se/plan", "        retrieved: 2026-07-20"]
        lines.append("        paraphrase: Så.")
    lines += ["  resor-barn:", "    not_applicable: Planen gäller inte barn."]
    return "\n".join(lines) + "\n"


def _review(  # noqa: PLR0913  # what tests vary
    reviewer: str,
    level: int,
    *,
    round_: str = "2026-11",
    date: str | None = "2026-11-23",
    status: str = "submitted",
    kind: str = "reviewer",
    justified: bool = True,
) -> str:
    dated = f"date: {date}\n" if date else ""
    answers = _answers(level, justified=justified)
    return REVIEW.format(round=round_, reviewer=reviewer, kind=kind, status=status, date=dated, answers=answers)


def _load(reviews: Mapping[str, str], method: str | None = "mean") -> Loaded:
    """The small workspace with these reviews, by round and name of the file."""
    files = {
        path.relative_to(BASE).as_posix(): path.read_bytes()
        for path in BASE.rglob("*")
        if path.is_file() and "reviews" not in path.parts and path.name != "actions.yaml"
    }
    declared = f"  reviewers: {{method: {method}}}\n" if method else ""
    scoring = files["criteria/prov.yaml"].decode().replace("scoring:\n", f"scoring:\n{declared}")
    files["criteria/prov.yaml"] = scoring.encode()
    files |= {f"strategies/provplan/reviews/{name}.yaml": text.encode() for name, text in reviews.items()}
    return load_files(HeldFiles(files))


def _reporter(loaded: Loaded, t: Translator = ENGLISH) -> Reporter:
    return Reporter(Path("/"), loaded, t)


def _portfolio(loaded: Loaded) -> PortfolioReport:
    made = make_portfolio(_reporter(loaded))
    assert made is not None
    return made


def _views(loaded: Loaded) -> dict[str, str]:
    """The overall result as each view tells it."""
    reporter = _reporter(loaded)
    over_time = TimeReporter(reporter).strategy("provplan")
    annex = " ".join(reporter.annex(reporter.reported.scored[0]).round)
    _, table = export_workspace(loaded, form="csv", table="rounds")
    name, *row = (line.split(",") for line in table.decode().splitlines())
    return {
        "portfolio": _portfolio(loaded).rows[0].cells[-1].result,
        "round": next(iter(re.findall(r"\d\.\d", reporter.round(reporter.reported.rounds[-1]).summary.lead)), ""),
        "over time": next(iter(re.findall(r"is (\d\.\d)", over_time.lead)), ""),
        "over time, table": over_time.results[0].rows[-1][-1].text.split(" ")[0],
        "annex": next(iter(re.findall(r"come to (\d\.\d)", annex)), ""),
        "table": row[-1][name.index("value")],
    }


@pytest.mark.parametrize("levels", [(2, 1), (1, 2)])
@pytest.mark.parametrize("method", ["mean", "median", "pooled"])
def test_two_reviewers_have_one_result_in_every_view(method: str, levels: tuple[int, int]) -> None:
    loaded = _load({"2026-11/anna": _review("anna", levels[0]), "2026-11/bo": _review("bo", levels[1])}, method)
    assert set(_views(loaded).values()) == {"1.5"}


@pytest.mark.parametrize("names", [("anna", "bo", "samlad"), ("samlad", "bo", "anna")])
def test_the_joint_review_is_the_result_whatever_it_is_called(names: tuple[str, str, str]) -> None:
    one, other, joint = names
    reviews = {one: _review(one, 2), other: _review(other, 1), joint: _review(joint, 3, kind="consensus")}
    views = _views(_load({f"2026-11/{name}": text for name, text in reviews.items()}, "consensus"))
    assert set(views.values()) == {"3.0"}


def test_a_declared_consensus_that_is_not_there_is_no_result_anywhere() -> None:
    loaded = _load({"2026-11/anna": _review("anna", 2), "2026-11/bo": _review("bo", 1)}, "consensus")
    views = _views(loaded)
    assert views.pop("over time, table") == "–"
    assert set(views.values()) == {""}
    made = _portfolio(loaded)
    assert {cell.mark.words for cell in made.rows[0].cells} == {"cannot be assessed"}
    title = unmarked(made.rows[0].title)
    assert made.notes == (f"{title}, round 2026-11: Cannot be assessed: the joint review is not there.",)
    assert made.carrying is None, "what single reviewers say is no result"
    reporter = _reporter(loaded)
    assert "This is one of 2 reviews of the round 2026-11." in reporter.annex(reporter.reported.scored[0]).round
    assert "cannot_be_assessed" in export_workspace(loaded, form="csv", table="rounds")[1].decode()


def test_only_one_reviewer_is_the_round() -> None:
    loaded = _load({"2026-11/anna": _review("anna", 2)}, "consensus")
    reporter = _reporter(loaded)
    assert _portfolio(loaded).rows[0].cells[-1].result == "2.0"
    assert reporter.annex(reporter.reported.scored[0]).round == ()
    assert reporter.reported.rounds == ()


@pytest.mark.parametrize(
    ("first", "second"), [("2026-08", "2026-11"), ("remiss", "antagen"), ("omgang-9", "omgang-10")]
)
def test_names_of_rounds_decide_nothing(first: str, second: str) -> None:
    reviews = {
        f"{first}/anna": _review("anna", 1, round_=first, date="2026-08-01"),
        f"{second}/anna": _review("anna", 3, round_=second, date="2026-11-01"),
    }
    loaded = _load(reviews)
    assert _portfolio(loaded).rows[0].cells[-1].result == "3.0"
    times = TimeReporter(_reporter(loaded))
    made = times.strategy("provplan")
    assert [row[0].text for row in made.rounds.rows] == [first, second]
    assert "2 are higher" in made.sentences[0]
    assert [(one.review.round, other.review.round) for one, other in times.changes] == [(first, second)]
    rows = export_workspace(loaded, form="csv", table="rounds")[1].decode().splitlines()[1:]
    assert [row.split(",")[1] for row in rows] == [first, second]


def test_a_round_without_a_date_is_not_the_latest() -> None:
    reviews = {
        "senaste/anna": _review("anna", 1, round_="senaste", date=None),
        "2026-11/anna": _review("anna", 3, date="2026-11-01"),
    }
    loaded = _load(reviews)
    # neither does its edition tell a date
    text = loaded.files.read(STRATEGY).decode().replace("    date: 2026-05\n", "")
    held = {name: loaded.files.read(name) for name in loaded.read}
    loaded = load_files(HeldFiles({**held, STRATEGY: text.encode()}))
    assert _portfolio(loaded).rows[0].cells[-1].result == "3.0"
    made = TimeReporter(_reporter(loaded)).strategy("provplan")
    assert [row[0].text for row in made.rounds.rows] == ["senaste", "2026-11"]


def test_a_later_round_under_way_is_named_and_replaces_nothing() -> None:
    reviews = {
        "2026-08/anna": _review("anna", 1, round_="2026-08", date="2026-08-01"),
        "2026-11/anna": _review("anna", 3, status="draft"),
    }
    row = _portfolio(_load(reviews)).rows[0]
    assert (row.cells[-1].result, row.note) == ("1.0", "round 2026-11 under way")


def test_a_draft_speaks_where_nothing_is_handed_in_and_is_marked() -> None:
    row = _portfolio(_load({"2026-11/anna": _review("anna", 3, status="draft")})).rows[0]
    assert (row.cells[-1].result, row.note) == ("3.0", "draft")


def _doubled() -> dict[str, str]:
    return {
        "2026-11/anna": _review("anna", 2),
        "2026-11/bo": _review("bo", 1),
        "2026-11/bo-LAPTOP": _review("bo", 1),
    }


def test_a_doubled_identity_makes_the_round_unassessable_in_every_view() -> None:
    loaded = _load(_doubled())
    views = _views(loaded)
    assert views.pop("over time, table") == "–"
    assert set(views.values()) == {""}
    reporter = _reporter(loaded)
    told = [*_portfolio(loaded).notes, *reporter.round(reporter.reported.rounds[0]).summary.lacking]
    told += TimeReporter(reporter).strategy("provplan").notices
    assert sum("bo-LAPTOP.yaml" in line for line in told) == 3
    assert [one.file.rpartition("/")[2] for one in reporter.reported.skipped] == ["bo-LAPTOP.yaml", "bo.yaml"]


def test_where_nothing_can_be_laid_together_there_is_a_sentence_and_no_crash() -> None:
    loaded = _load({name: text for name, text in _doubled().items() if "/bo" in name})
    reporter = _reporter(loaded)
    assert (reporter.reported.scored, reporter.reported.rounds) == ((), ())
    assert reporter.reported.skipped[-1].file == "strategies/provplan/reviews/2026-11/"
    made = _portfolio(loaded)
    assert {cell.mark.words for cell in made.rows[0].cells} == {"cannot be assessed"}
    over_time = TimeReporter(reporter).strategy("provplan")
    assert over_time.rounds.rows[0][-1].text == "Cannot be assessed"
    assert Renderer(load_templates(ROOT)).render(PORTFOLIO, made, ENGLISH)


def _with_broken_file(method: str = "mean") -> Loaded:
    reviews = {
        "2026-08/anna": _review("anna", 1, round_="2026-08", date="2026-08-01"),
        "2026-11/anna": _review("anna", 2),
        "2026-11/bo": _review("bo", 1).replace("status: submitted", "status: klar"),
    }
    return _load(reviews, method)


def test_a_broken_file_leaves_no_older_figure_without_a_word() -> None:
    loaded = _with_broken_file()
    made = _portfolio(loaded)
    assert {cell.mark.words for cell in made.rows[0].cells} == {"cannot be assessed"}
    assert any("2026-11/bo.yaml" in note for note in made.notes)
    over_time = TimeReporter(_reporter(loaded)).strategy("provplan")
    assert [row[-1].text for row in over_time.rounds.rows][-1] == "Cannot be assessed"
    assert any("2026-11/bo.yaml" in notice for notice in over_time.notices)
    assert "Cannot be assessed" in over_time.lead
    assert over_time.steps[0].grids == ()


def test_the_last_file_that_cannot_be_read_is_named_beside_the_older_figure() -> None:
    reviews = {
        "2026-08/anna": _review("anna", 1, round_="2026-08", date="2026-08-01"),
        "2026-11/anna": "schema: granskning/review/1\nstrategy: [",
    }
    made = _portfolio(_load(reviews))
    assert (made.rows[0].cells[-1].result, made.rows[0].note) == ("1.0", "1 file not counted")
    assert "2026-11/anna.yaml" in made.notes[0]


def test_a_finding_of_content_is_marked_and_excludes_nothing() -> None:
    loaded = _load({"2026-11/anna": _review("anna", 2, justified=False), "2026-11/bo": _review("bo", 1)})
    assert {one.rule.code for one in loaded.findings} >= {"GR201"}
    assert set(_views(loaded).values()) == {"1.5"}
    assert _portfolio(loaded).rows[0].note == "2 findings"
    reporter = _reporter(loaded)
    assert reporter.reported.skipped == ()
    notice = "FINDINGS. The check has 2 findings of faults in strategies/provplan/reviews/2026-11/anna.yaml."
    for made in (
        reporter.review(reporter.reported.scored[0]),
        reporter.round(reporter.reported.rounds[0]),
        TimeReporter(reporter).strategy("provplan"),
    ):
        assert notice in made.notices
    assert notice not in reporter.review(reporter.reported.scored[1]).notices
    assert reporter.dependencies.marked == {"strategies/provplan/reviews/2026-11/anna.yaml": 2}


@pytest.mark.parametrize("kind", ["portfolio", "strategy", "round"])
def test_what_was_left_out_and_marked_is_told_again_from_the_sources_alone(kind: str) -> None:
    """What `verify` does: the files that the report rests on, and what the manifest says of the others."""
    loaded = _with_broken_file()

    def made(reporter: Reporter) -> object:
        if kind == "portfolio":
            return make_portfolio(reporter)
        return (
            TimeReporter(reporter).strategy("provplan")
            if kind == "strategy"
            else reporter.round(reporter.reported.rounds[0])
        )

    reporter = _reporter(loaded)
    first = made(reporter)
    basis = reporter.dependencies.basis(
        kind, *{"portfolio": (), "strategy": ("provplan",), "round": ("provplan", "2026-11")}[kind]
    )
    files = {name: loaded.files.read(name) for name in (*basis.sources, *basis.beside)}
    assert not any(name.endswith("bo.yaml") for name in files)
    hashes = dict.fromkeys(files, "")
    assert basis.left_out == (LeftOut("strategies/provplan/reviews/2026-11/bo.yaml", "provplan", "2026-11", "GR123"),)
    stated = StatedProvenance(None, False, hashes, basis.left_out, dict(basis.faults))  # noqa: FBT003  # as the manifest says
    again = made(Reporter(Path("/"), load_files(HeldFiles(files)), ENGLISH, ReportTerms(stated=stated)))
    assert _without_hashes(again) == _without_hashes(first)


def _without_hashes(report: object) -> str:
    return re.sub(r"[0-9a-f]{12,64}", "", repr(report))
