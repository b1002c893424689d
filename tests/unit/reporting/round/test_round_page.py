"""The page of a round: what assistive technology needs, and nothing that could run or be fetched."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import tinyhtml5

from granskning.files import HeldFiles
from granskning.i18n import Translator
from granskning.reporting.html.render import ROUND, Renderer
from granskning.tasks.reports.report import Reporter
from granskning.tasks.reports.templates import load_templates
from granskning.workspace.load import load_files

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from granskning.reporting.round.round_values import RoundReport

EXAMPLE = Path(__file__).parents[1] / "exempel"
FOLDER = "strategies/exempelplan/reviews/2026-11"
ENGLISH = Translator("en")
SHIPPED = load_templates(EXAMPLE)


def _make(count: int, *, joint: bool) -> RoundReport:
    """A round where every second reviewer puts each level one step lower."""
    files = {path.relative_to(EXAMPLE).as_posix(): path.read_bytes() for path in EXAMPLE.rglob("*") if path.is_file()}
    text = files.pop(f"{FOLDER}/strateg-jamstalldhet.yaml").decode()
    lower = re.sub(r"level: ([23])", lambda found: f"level: {int(found[1]) - 1}", text)
    for number in range(count):
        own = (lower if number % 2 else text).replace("reviewer: strateg-jamstalldhet", f"reviewer: granskare-{number}")
        files[f"{FOLDER}/granskare-{number}.yaml"] = own.encode()
    if joint:
        own = text.replace("reviewer: strateg-jamstalldhet", "reviewer: gruppen").replace("level: 3", "level: 0")
        files[f"{FOLDER}/gruppen.yaml"] = own.replace("kind: reviewer", "kind: consensus").encode()
    reporter = Reporter(EXAMPLE, load_files(HeldFiles(files)), ENGLISH)
    return reporter.round(reporter.reported.rounds[0])


@pytest.fixture(scope="module")
def report() -> RoundReport:
    return _make(3, joint=True)


@pytest.fixture(scope="module", params=["with a joint review", "without", "many"])
def page(request: pytest.FixtureRequest, report: RoundReport) -> Element:
    made = {
        "with a joint review": lambda: report,
        "without": lambda: _make(2, joint=False),
        "many": lambda: _make(9, joint=True),
    }[request.param]()
    html = Renderer(SHIPPED).render(ROUND, made, ENGLISH)
    return tinyhtml5.parse(html, namespace_html_elements=False)  # type: ignore[no-any-return]


def test_whatever_a_reviewer_writes_is_text(report: RoundReport) -> None:
    nasty = '<script>alert(1)</script><link rel=attachment href="file:///etc/passwd">&{{ 7 * 7 }}'
    dispute = report.disputes.groups[0].disputes[0]
    judgement = replace(dispute.judgements[0], who=nasty, reason=(nasty,), note=(nasty,))
    group = replace(report.disputes.groups[0], disputes=(replace(dispute, judgements=(judgement,)),))
    frame = replace(report.frame, title=nasty, head=nasty)
    made = replace(report, frame=frame, disputes=replace(report.disputes, groups=(group,)))
    html = Renderer(SHIPPED).render(ROUND, made, ENGLISH)
    assert "<script" not in html
    assert "<link" not in html
    assert "49" not in re.findall(r"&amp;(.{0,14})", html)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_language_title_and_landmarks(page: Element) -> None:
    assert page.get("lang") == "en"
    assert (page.findtext("head/title") or "").startswith("Review round 2026-11 of ")
    assert page.find("body/main") is not None


def test_ids_are_unique_and_links_lead_somewhere(page: Element) -> None:
    ids = Counter(name for element in page.iter() if (name := element.get("id")))
    assert [name for name, count in ids.items() if count > 1] == []
    inner = {link[1:] for element in page.iter("a") if (link := element.get("href", "")).startswith("#")}
    assert inner <= ids.keys()
    labels = {name for element in page.iter() if (name := element.get("aria-labelledby"))}
    assert labels <= ids.keys()
    numbered = {target[1:] for element in page.iter() if (target := element.get("data-to"))}
    assert numbered <= ids.keys()


def test_headings_never_skip_a_level(page: Element) -> None:
    levels = [int(element.tag[1]) for element in page.iter() if re.fullmatch(r"h[1-6]", str(element.tag))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_have_heads_with_scope_and_rows_as_wide(page: Element) -> None:
    for table in page.iter("table"):
        heads = list(table.iter("th"))
        assert {head.get("scope") for head in heads} <= {"col", "row", "rowgroup"}
        if table.get("class") == "facts":
            continue
        columns = table.findall("thead/tr/th")
        assert len(columns) > 1
        for row in (*table.findall("tbody/tr"), *table.findall("tfoot/tr")):
            assert sum(int(cell.get("colspan", "1")) for cell in row) == len(columns)
            assert row[0].get("scope") == ("rowgroup" if len(row) == 1 else "row")


def test_regions_that_scroll_have_a_name(page: Element) -> None:
    for region in page.iter("div"):
        if region.get("tabindex"):
            assert (region.get("role"), bool(region.get("aria-label"))) == ("group", True)


def test_every_level_is_told_in_words(page: Element) -> None:
    """A symbol is never alone: what follows it says the same, so that nothing hangs on colour."""
    signs = [element for element in page.iter("span") if (element.get("class") or "").startswith("sign ")]
    assert signs
    assert all((sign.tail or "").strip() for sign in signs)


def test_nothing_is_fetched_from_anywhere(page: Element) -> None:
    for element in page.iter():
        assert element.get("src") is None
        assert element.tag not in ("link", "script", "img", "object", "embed", "iframe")


def test_the_reviewers_words_are_marked_as_theirs_in_another_language(page: Element) -> None:
    told = [part for cell in page.iter("td") for part in cell.findall("p")]
    assert {part.get("lang") or part[0].get("lang") for part in told} == {"sv"}


def test_more_reviewers_than_fit_get_several_tables_on_a_page_on_its_side() -> None:
    html = Renderer(SHIPPED).render(ROUND, _make(9, joint=True), ENGLISH)
    assert 'class="wide part" id="targets"' in html
    assert "Reviewers 1–5 of 9" in html
    assert "Reviewers 6–9 of 9" in html
    small = Renderer(SHIPPED).render(ROUND, _make(3, joint=True), ENGLISH)
    assert 'class="broad part" id="targets"' in small
