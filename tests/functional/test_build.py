from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from granskning.edges.limits import Limit
from granskning.edges.printing.pdf import Printed
from granskning.errors import GranskningError, PrintingFailedError, TemplateFaultError
from granskning.i18n import Translator
from granskning.shipped import fonts_folder, templates_folder
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.reports import build as building
from granskning.tasks.reports import printing
from granskning.tasks.reports.build import build
from granskning.tasks.reports.printing import Job, print_all

if TYPE_CHECKING:
    from conftest import Run
    from granskning.tasks.reports.build import Built

EXAMPLE = Path(__file__).parents[1] / "unit" / "reporting" / "exempel"
PLAN = "exempelplan/2026-11/strateg-jamstalldhet"
CYCLING = "cykelstrategi/2026-11/projektet"
REVIEW = "strategies/exempelplan/reviews/2026-11/strateg-jamstalldhet.yaml"
OVER_TIME = "exempelplan/index"
SITE = {"index.html", "search.js", "search-index.js"}
SET_ANNEX = "kriterier--jamstalld-tillvaxt/0.9.0"
ANNEX = f"{SET_ANNEX}.html"
EVERYTHING = {
    f"{name}.{form}" for name in (PLAN, CYCLING, OVER_TIME, SET_ANNEX, "portfolio") for form in ("html", "pdf")
} | SITE
NOT_PDF = {name for name in EVERYTHING if not name.endswith(".pdf")}
HTML = {name for name in EVERYTHING if name.endswith(".html")}


@pytest.fixture
def example(tmp_path: Path) -> Path:
    root = tmp_path / "arbetsmapp"
    shutil.copytree(EXAMPLE, root, copy_function=shutil.copyfile)
    return root


def _build(root: Path, **options: Any) -> Built:
    root, loaded = open_workspace(root)
    return build(root, loaded, Translator("en"), **options)


def _change(root: Path, file: str, old: str, new: str) -> None:
    text = (root / file).read_text("utf-8")
    assert old in text
    (root / file).write_text(text.replace(old, new, 1), "utf-8")


def test_everything_is_built_once_and_then_left_alone(example: Path) -> None:
    first = _build(example)
    assert set(first.written) == EVERYTHING
    assert (first.failed, first.skipped, first.noticed, first.missing) == ((), (), (), ())
    times = {name: (example / "build" / name).stat().st_mtime_ns for name in EVERYTHING}
    second = _build(example)
    assert second.written == ()
    assert set(second.unchanged) == EVERYTHING
    assert times == {name: (example / "build" / name).stat().st_mtime_ns for name in EVERYTHING}


def test_a_changed_review_makes_its_own_report_and_the_overview_anew(example: Path) -> None:
    _build(example, formats=["html"])
    _change(example, REVIEW, "Uppföljningen är dess styrka.", "Uppföljningen är dess främsta styrka.")
    again = _build(example, formats=["html"])
    changed = {f"{PLAN}.html", f"{OVER_TIME}.html", "portfolio.html", "index.html", "search-index.js"}
    assert set(again.written) == changed
    assert again.unchanged == (f"{CYCLING}.html", ANNEX, "search.js")


def test_what_was_touched_removed_or_asked_for_anew_is_made_again(example: Path) -> None:
    _build(example, formats=["html"])
    (example / "build" / f"{PLAN}.html").write_text("ändrad", "utf-8")
    (example / "build" / f"{CYCLING}.html").unlink()
    again = _build(example, formats=["html"])
    assert set(again.written) == {f"{PLAN}.html", f"{CYCLING}.html"}


def test_another_date_or_template_makes_reports_anew(example: Path) -> None:
    _build(example, formats=["html"])
    assert f"{PLAN}.html" in _build(example, formats=["html"], as_of="2027-01-31").written
    own = example / "templates" / "shared"
    own.mkdir(parents=True)
    own.joinpath("page.css").write_text("body { color: black }", "utf-8")
    again = _build(example, formats=["html"], as_of="2027-01-31")
    assert set(again.written) == HTML
    assert "body { color: black }" in (example / "build" / f"{PLAN}.html").read_text("utf-8")


def test_broken_keys_make_everything_anew(example: Path) -> None:
    _build(example, formats=["html"])
    (example / "build" / ".granskning.json").write_text("{", "utf-8")
    assert set(_build(example, formats=["html"]).written) == NOT_PDF
    assert json.loads((example / "build" / ".granskning.json").read_text("utf-8"))["schema"] == "granskning/build/1"


def test_only_what_is_asked_for(example: Path) -> None:
    made = _build(example, formats=["html"], only="cykel*", folder=example / "ut")
    assert made.written == (f"{CYCLING}.html",)
    assert (example / "ut" / f"{CYCLING}.html").is_file()
    assert not (example / "build").exists()


def test_a_broken_review_is_skipped_and_the_others_built(example: Path) -> None:
    _change(example, REVIEW, "status: draft", "status: klar")
    made = _build(example, formats=["html"])
    assert [(one.file, one.because) for one in made.skipped] == [(REVIEW, REVIEW)]
    assert set(made.written) == {f"{CYCLING}.html", "portfolio.html", ANNEX, *SITE}


def test_a_review_that_cannot_be_read_is_named(example: Path) -> None:
    (example / REVIEW).write_bytes(b"\xff\xfe")
    assert [one.file for one in _build(example, formats=["html"]).skipped] == [REVIEW]


def test_a_review_that_rests_on_something_broken_is_marked(example: Path) -> None:
    actions = "strategies/exempelplan/actions.yaml"
    _change(example, actions, "status: proposed", "status: kanske")
    made = _build(example, formats=["html"])
    assert (made.skipped, made.marked) == ((), {actions: 1})
    assert actions in (example / "build" / f"{PLAN}.html").read_text("utf-8")


def test_faults_that_are_marked_are_told_and_give_one(example: Path, granskning: Run) -> None:
    _change(example, "strategies/exempelplan/actions.yaml", "status: proposed", "status: kanske")
    done = granskning("-C", str(example), "--lang", "en", "build", "--format", "html")
    assert done.returncode == 1
    assert "strategies/exempelplan/actions.yaml: 1 fault is marked in its reports" in done.stderr


def test_outputs_of_reviews_that_are_gone_are_removed_unless_changed(example: Path) -> None:
    _build(example, formats=["html"])
    kept = example / "build" / "egen.html"
    kept.write_text("min egen", "utf-8")
    shutil.rmtree(example / "strategies" / "cykelstrategi")
    made = _build(example, formats=["html"])
    assert made.removed == (f"{CYCLING}.html",)
    assert kept.exists()
    assert not (example / "build" / f"{CYCLING}.html").exists()


def test_nothing_is_removed_while_something_is_broken(example: Path) -> None:
    _build(example, formats=["html"])
    _change(example, REVIEW, "status: draft", "status: klar")
    shutil.rmtree(example / "strategies" / "cykelstrategi")
    assert _build(example, formats=["html"]).removed == ()
    assert (example / "build" / f"{CYCLING}.html").exists()


def test_without_pango_the_html_is_there_and_the_pdfs_are_named(example: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "missing_libraries", lambda: ("pango-1.0",))
    made = _build(example)
    assert set(made.written) == NOT_PDF
    assert made.missing == ("pango-1.0",)
    assert ".pdf" not in (example / "build" / "index.html").read_text("utf-8")


def test_the_front_page_leads_to_what_is_there(example: Path) -> None:
    _build(example, formats=["html"])
    page = (example / "build" / "index.html").read_text("utf-8")
    assert f'href="{PLAN}.html"' in page
    assert f'href="{PLAN}.pdf"' not in page


def test_a_fault_in_a_template_fails_its_pages_alone(example: Path) -> None:
    own = example / "templates" / "review"
    own.mkdir(parents=True)
    own.joinpath("cover.html.j2").write_text("{{ report.nothing }}", "utf-8")
    made = _build(example, formats=["html"])
    assert {failure.output for failure in made.failed} == {f"{PLAN}.html", f"{CYCLING}.html"}
    assert all(isinstance(failure.error, TemplateFaultError) for failure in made.failed)
    assert set(made.written) == {"portfolio.html", f"{OVER_TIME}.html", ANNEX, *SITE}


def test_internal_notes_are_in_no_output(example: Path) -> None:
    _build(example, formats=["html"])
    assert "Stäm av" in (example / REVIEW).read_text("utf-8")
    for name in HTML:
        assert "Stäm av" not in (example / "build" / name).read_text("utf-8")


def test_in_a_repository_the_commit_of_the_sources_is_told(example: Path) -> None:
    def git(*words: str) -> str:
        settings = ("-c", "user.name=Prov", "-c", "user.email=prov@exempel.se", "-c", "init.defaultBranch=main")
        done = subprocess.run(["git", *settings, *words], cwd=example, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    git("init", "-q")
    git("add", "-A")
    git("commit", "-q", "-m", "prov")
    commit = git("rev-parse", "HEAD")[:10]
    (example / "README.md").write_text("annat", "utf-8")
    git("add", "-A")
    git("commit", "-q", "-m", "annat")
    _build(example, formats=["html"])
    page = (example / "build" / f"{PLAN}.html").read_text("utf-8")
    assert f"version {commit}" in page
    assert "changed since" not in page
    _change(example, REVIEW, "Uppföljningen är dess styrka.", "Uppföljningen är stark.")
    _build(example, formats=["html"])
    assert f"version {commit}, changed since" in (example / "build" / f"{PLAN}.html").read_text("utf-8")


STUCK = '<html lang="sv"><head><title>x</title></head><body>' + '<div style="display:flex">x' * 14
FINE = '<html lang="sv"><head><title>x</title></head><body><h1>x</h1></body></html>'


@pytest.mark.parametrize("workers", [1, 2])
def test_a_page_that_gets_stuck_fails_alone(workers: int) -> None:
    jobs = [Job("a", FINE), Job("fast", STUCK), Job("b", FINE)]
    results = dict(print_all(jobs, {}, fonts=fonts_folder(), workers=workers, limit=Limit(1)))
    assert isinstance(results["fast"], PrintingFailedError)
    assert isinstance(results["a"], Printed)
    assert isinstance(results["b"], Printed)


def test_a_pool_prints_the_same_bytes_as_one_alone() -> None:
    jobs = [Job("a", FINE), Job("b", FINE.replace(">x<", ">y<"))]
    alone = dict(print_all(jobs, {}, fonts=fonts_folder(), workers=1))
    together = dict(print_all(jobs, {}, fonts=fonts_folder(), workers=2))
    assert alone == together
    assert not any(isinstance(one, GranskningError) for one in alone.values())


def test_where_nothing_is_printed_nothing_is_loaded_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "load_printing", lambda: pytest.fail("loading takes most of a second"))
    assert list(print_all([], {}, fonts=fonts_folder())) == []


def test_the_shipped_templates_are_all_used() -> None:
    text = "".join(path.read_text("utf-8") for path in templates_folder().rglob("*.j2"))
    kinds = (
        "review",
        "page",
        "round",
        "strategy",
        "change",
        "portfolio",
        "annex",
        "criteria",
        "decision",
        "statement",
        "collection",
    )
    roots = {"site/index.html.j2", *(f"{kind}/report.html.j2" for kind in kinds)}
    for path in templates_folder().rglob("*"):
        name = path.relative_to(templates_folder()).as_posix()
        if path.suffix in (".j2", ".css") and name not in roots:
            assert f'"{name}"' in text, name
