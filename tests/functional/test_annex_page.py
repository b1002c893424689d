"""The annex to the memo: always one page, and never a point that is not labelled as a proposal."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import page as validator
import pikepdf
import pytest

from granskning.edges.printing.pdf import print_pdf
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.i18n import Translator
from granskning.model.decision import Action
from granskning.reporting.blocks.badges import Fact
from granskning.reporting.html.render import ANNEX, Renderer
from granskning.reporting.review.annex import make_annex
from granskning.shipped import fonts_folder
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.reports.report import Reporter
from granskning.tasks.reports.templates import load_templates

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.reporting.review.annex import AnnexReport
    from granskning.tasks.folder.score import ScoredReview
    from granskning.workspace.loaded import Loaded

ROOT = Path(__file__).parents[2]
NAME = "exempellan-transportplan"
LONG = "Regionala utvecklingsnämndens arbetsutskott för jämställdhetsintegrering och samhällsplanering i länet"


@pytest.fixture(scope="module")
def example() -> Loaded:
    return open_workspace(ROOT, [ROOT / "strategies" / NAME])[1]


def _annex(
    loaded: Loaded, actions: Sequence[Action] | None = None, language: str = "sv", **fields: object
) -> AnnexReport:
    t = Translator(language)
    reporter = Reporter(ROOT, loaded, t)
    one: ScoredReview = next(
        one for one in reporter.reported.scored if one.review.kind == "consensus" and one.review.round == "2026-11"
    )
    strategy = loaded.workspace.strategies[NAME]
    held = loaded.workspace.actions[NAME] if actions is None else actions
    return make_annex(reporter.review(one), replace(one.review, **fields), strategy, held, t)  # type: ignore[arg-type]


def _pages(annex: AnnexReport, language: str = "sv") -> tuple[bytes, int]:
    html = Renderer(load_templates(ROOT)).render(ANNEX, annex, Translator(language))
    data = print_pdf(html, fonts=fonts_folder()).data
    with pikepdf.open(io.BytesIO(data)) as opened:
        return data, len(opened.pages)


@pytest.mark.parametrize("language", ["sv", "en"])
def test_it_is_one_accessible_archivable_page(example: Loaded, language: str) -> None:
    data, pages = _pages(_annex(example, language=language), language)
    assert pages == 1
    for profile in ("ua1", "2a"):
        assert [
            f"{one.rule_id}: {one.message}" for one in validator.validate_pdf_bytes(data, profile=profile).failures
        ] == []


SENTENCE = (
    f"{'Nämnden tar fram en plan som visar hur kvinnors och mäns resor påverkas av åtgärderna och ' * 2}"[:178] + "."
)


@pytest.mark.parametrize(("title", "more"), [(" ".join([LONG] * 3), 5), (SENTENCE, 7), ("Gör en plan.", 5)])
def test_it_is_one_page_whatever_is_written(example: Loaded, title: str, more: int) -> None:
    annex = _full(example, title)
    assert _pages(annex)[1] == 1
    assert annex.more == f"{more} till står i granskningsrapporten."


def test_it_is_one_page_whatever_is_lacking(example: Loaded) -> None:
    long = " ".join([LONG] * 3)[:200]
    assert _pages(replace(_full(example, LONG), points=(), more="", lacking=(long, long)))[1] == 1


def _full(example: Loaded, title: str) -> AnnexReport:
    """An annex with all that there is room for, and nine actions of that title."""
    actions = [
        Action(f"a{n}", title, None, (), None, LONG, "2027-12-31", None, "proposed", None, None, ()) for n in range(9)
    ]
    annex = _annex(example, actions, body=" ".join([LONG] * 3), case_number=LONG)
    return replace(
        annex,
        strategy=LONG[:100],
        rows=(),
        facts=tuple(
            replace(fact, value=LONG[:90]) if at in (0, 1, 2, 4) else fact for at, fact in enumerate(annex.facts)
        ),
    )


def test_nothing_is_proposed_from_a_review_that_lacks_the_ground(example: Loaded) -> None:
    """What is missing is told as what is needed."""
    reporter = Reporter(ROOT, example, Translator("sv"))
    identity = (NAME, "2026-11", "controller")
    one = next(item for item in reporter.reported.scored if item.review.identity == identity)
    bare = replace(one, review=replace(one.review, answers={}))
    report = reporter.review(bare)
    report = replace(report, summary=replace(report.summary, lacking=(LONG, LONG)))
    strategy = example.workspace.strategies[NAME]
    annex = make_annex(report, one.review, strategy, example.workspace.actions[NAME], Translator("sv"))
    assert (annex.points, annex.more, annex.lacking) == ((), "", (LONG, LONG))
    html = Renderer(load_templates(ROOT)).render(ANNEX, annex, Translator("sv"))
    assert "Vad som behövs före ett beslut" in html
    assert "Förslag till beslut" not in html
    assert _pages(annex)[1] == 1


def test_a_sentence_is_whole_or_is_not_quoted(example: Loaded) -> None:
    """What is decided is never a sentence that was cut."""
    long = "Skriv " + "mycket " * 40 + "tydligare"
    action = Action("a", long, None, (), None, None, None, None, "proposed", None, None, ())
    point = _annex(example, [action]).points[1]
    assert (point.own, "…" in point.words) == ("", False)
    assert point.words == "Det uppdras åt den som utses att genomföra en åtgärd som står i granskningsrapporten."
    short = replace(action, title="Skriv " + "mycket " * 20 + "tydligare. Mer sedan.")
    assert _annex(example, [short]).points[1].own == "Skriv " + "mycket " * 20 + "tydligare."


def test_points_come_from_actions_that_wait_for_an_answer(example: Loaded) -> None:
    annex = _annex(example)
    assert [point.words for point in annex.points] == [
        "Granskningsgruppen för jämställd tillväxt (påhittad) beslutar att lägga granskningen till handlingarna.",
        "Det uppdras åt strategen för transportinfrastruktur att senast juni 2028 genomföra åtgärden:",
        "4 åtgärder som är beslutade men inte klara följs upp.",
    ]
    assert annex.points[1].own == "Ta tillbaka avsnittet om distansarbete."


def test_without_actions_they_come_from_recommendations(example: Loaded) -> None:
    annex = _annex(example, [], "en")
    assert annex.points[1].words.startswith("The recommendation on question ")
    assert annex.points[1].own
    assert len(annex.points) <= 5


def test_an_action_without_date_or_role_says_so(example: Loaded) -> None:
    bare = Action("a", "Gör något", None, (), None, None, None, None, "proposed", None, None, ())
    assert _annex(example, [bare]).points[1].words == "Det uppdras åt den som utses att genomföra åtgärden:"


def test_case_number_and_status_stand_on_it(example: Loaded) -> None:
    annex = _annex(example, case_number="REG 2026/1")
    assert annex.facts[0].value == "REG 2026/1"
    assert annex.facts[-1] == Fact("Status", "Inlämnad")
    assert annex.notices == ("UTKAST.", "EXEMPEL.")
    bare = _annex(example, case_number=None)
    assert bare.facts[0].value == "EX 2026/0017 (påhittat)", "that of the strategy, where the review has none"


def test_a_fault_in_another_review_of_the_round_is_marked_once(example: Loaded) -> None:
    """What the round comes to rests on all its reviews, so an error in any of them stands on the annex of each."""
    home = f"strategies/{NAME}/reviews/2026-11"
    fault = Finding(RULES["GR201"], Pointer(f"{home}/planerare-infrastruktur.yaml"))
    own = Finding(RULES["GR201"], Pointer(f"{home}/controller.yaml"))

    def notices(*findings: Finding) -> tuple[str, ...]:
        reporter = Reporter(ROOT, replace(example, findings=findings), Translator("en"))
        identity = (NAME, "2026-11", "controller")
        return reporter.annex(
            next(item for item in reporter.reported.scored if item.review.identity == identity)
        ).notices

    assert "FINDINGS." not in notices()
    assert notices(fault).count("FINDINGS.") == 1
    assert notices(own, fault).count("FINDINGS.") == 1
