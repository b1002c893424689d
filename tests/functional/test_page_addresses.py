"""Where a folder's pages are published, each report names its own page, also when it is made again from its PDF."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from granskning.files import HeldFiles
from granskning.i18n import Translator
from granskning.reporting.html.render import Renderer
from granskning.tasks.proof.reproduce import reproduce_report
from granskning.tasks.reports.attachments import Attacher
from granskning.tasks.reports.over_time import TimeReporter
from granskning.tasks.reports.pages import Pages, SitePage
from granskning.tasks.reports.report import Reporter
from granskning.tasks.reports.templates import load_templates
from granskning.workspace.load import load_files

ROOT = Path(__file__).parents[2]
ADDRESS = "https://exempel.se/granskningar/"
SWEDISH = Translator("sv")


def _folder(more: str) -> HeldFiles:
    """The teaching example alone, with a line more among the settings of reports."""
    paths = [*ROOT.glob("criteria/**/*.yaml"), *ROOT.glob("strategies/exempellan-*/**/*.yaml")]
    files = {path.relative_to(ROOT).as_posix(): path.read_bytes() for path in paths}
    settings = (ROOT / "granskning.yaml").read_bytes()
    return HeldFiles({**files, "granskning.yaml": settings.replace(b"report:\n", f"report:\n{more}".encode())})


def _pages(files: HeldFiles) -> tuple[Reporter, list[SitePage]]:
    reporter = Reporter(Path("/nowhere"), load_files(files), SWEDISH)
    return reporter, list(Pages(reporter, TimeReporter(reporter)).make(("html",), None))


@pytest.fixture(scope="module")
def published() -> tuple[HeldFiles, Reporter, list[SitePage]]:
    files = _folder(f"  web_address: {ADDRESS}\n")
    return files, *_pages(files)


def test_each_page_names_the_address_that_a_build_gives_it(
    published: tuple[HeldFiles, Reporter, list[SitePage]],
) -> None:
    pages = published[2]
    assert {page.report.kind for page in pages} == {"review", "round", "strategy", "change", "portfolio", "criteria"}
    assert [page.report.frame.twin for page in pages] == [f"{ADDRESS}{page.name}.html" for page in pages]


def test_a_report_that_is_made_again_names_the_same(published: tuple[HeldFiles, Reporter, list[SitePage]]) -> None:
    files, _, pages = published
    attacher = Attacher(files, load_templates(ROOT, ""), SWEDISH)
    for page in {page.report.kind: page for page in pages}.values():
        assert page.basis is not None
        attached = {one.name: one.data for one in attacher.attach(page.basis, page.report)}
        manifest = json.loads(attached["manifest.json"])
        sources = {one["path"]: attached[one["name"]] for one in manifest["files"] if one["role"] == "source"}
        remade = reproduce_report(manifest, sources, {})
        assert remade is not None, page.name
        assert remade.report.frame.twin == page.report.frame.twin
        assert manifest["report"]["page"] == page.name


def test_a_change_over_more_than_one_round_has_no_page_to_name(
    published: tuple[HeldFiles, Reporter, list[SitePage]],
) -> None:
    _, reporter, _ = published
    [(before, after)] = TimeReporter(reporter).changes
    assert TimeReporter(reporter).change(before, after).frame.twin
    assert TimeReporter(reporter).change(after, before).frame.twin == ""


def test_the_address_is_on_paper_and_neither_in_an_internal_copy_nor_in_the_one_page_annex(
    published: tuple[HeldFiles, Reporter, list[SitePage]],
) -> None:
    _, reporter, pages = published
    scored, several = reporter.reported.scored[0], reporter.reported.rounds[0]
    assert reporter.review(scored, internal=True).frame.twin == reporter.round(several, internal=True).frame.twin == ""
    assert reporter.annex(scored).frame.twin == ""
    page = next(page for page in pages if page.report.kind == "change")
    html = Renderer(load_templates(ROOT, "")).render(page.template, page.report, SWEDISH)
    assert (
        f'<p class="paper twin">Hela rapporten finns också som webbsida: <a href="{ADDRESS}{page.name}.html">' in html
    )


def test_without_an_address_nothing_is_named() -> None:
    reporter, _ = _pages(_folder(""))
    report = reporter.review(reporter.reported.scored[0])
    assert report.frame.twin == ""
    assert "webbsida" not in Renderer(load_templates(ROOT, "")).render("review/report.html.j2", report, SWEDISH)
