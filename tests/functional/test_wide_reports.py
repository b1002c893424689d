"""A strategy over time, a change, the portfolio and the annex, from the command line to paper and site."""

from __future__ import annotations

import functools
import http.server
import json
import re
import shutil
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2
import pytest
from axe import SCRIPT, faults_of

from altered_files import change_file
from granskning.cli.app import run
from granskning.edges.printing.pdf import Printed
from granskning.i18n import Translator
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.reports import render
from granskning.tasks.reports.build import build
from granskning.tasks.reports.render_wide import render_wide
from two_rounds import CRITERIA, REVIEW, STRATEGY, lay_out_two_rounds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from conftest import Run

pytestmark = pytest.mark.usefixtures("printed_once")

ROOT = Path(__file__).parents[2]
NAME = "exempellan-transportplan"
REVIEWS = f"strategies/{NAME}/reviews"
JOINT = f"{REVIEWS}/2026-11/samlad.yaml"


def _copy(root: Path) -> Path:
    for folder in ("criteria", f"strategies/{NAME}", "strategies/rus-2030", "strategies/rup-2014-2020"):
        shutil.copytree(ROOT / folder, root / folder, copy_function=shutil.copyfile)
    shutil.copyfile(ROOT / "granskning.yaml", root / "granskning.yaml")
    return root


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _copy(tmp_path_factory.mktemp("arbetsmapp"))


@pytest.fixture(scope="module")
def site(example: Path) -> Path:
    root, loaded = open_workspace(example)
    made = build(root, loaded, Translator("sv"), formats=["html"], folder=example / "ut")
    assert (made.failed, made.skipped) == ((), ())
    return example / "ut"


# --- on demand ------------------------------------------------------------------------------------------------------


BUILT = {
    "rus-2030/2026-11/projektgruppen": ("rus-2030/2026-11/projektgruppen",),
    "rup-2014-2020/2026-11/projektgruppen": ("rup-2014-2020/2026-11/projektgruppen",),
    f"{NAME}/2026-11/controller": (f"{NAME}/2026-11/controller",),
    f"{NAME}/2026-04": (f"{NAME}/2026-04", "--report", "round"),
    f"{NAME}/index": (NAME, "--report", "strategy"),
    f"{NAME}/2026-04--2026-11": (NAME, "--report", "change"),
    "kriterier--jamstalld-tillvaxt/0.9.0": ("jamstalld-tillvaxt@0.9.0", "--report", "criteria"),
    "portfolio": ("--report", "portfolio"),
}
"""Pages of a build, and how each is asked for alone. One strategy succeeds another, and both tell of it."""
SITE_HEAD = re.compile(r'<header class="top screen">.*?</header>\s*', re.DOTALL)


@pytest.mark.parametrize("page", BUILT)
def test_a_page_alone_is_that_of_a_build(example: Path, site: Path, granskning: Run, page: str) -> None:
    """But for the head that leads to the other pages. Less of the folder is read for it."""
    alone = granskning("-C", str(example), "render", *BUILT[page], "--format", "html", "-o", "-")
    assert alone.returncode == 0, alone.stderr
    built = (site / f"{page}.html").read_text("utf-8")
    assert SITE_HEAD.search(built)
    assert SITE_HEAD.sub("", alone.stdout) == SITE_HEAD.sub("", built)


@pytest.mark.parametrize("path", [NAME, f"strategies/{NAME}", f"strategies/{NAME}/strategy.yaml", JOINT])
def test_a_strategy_is_found_by_its_id_its_folder_and_its_files(example: Path, path: str) -> None:
    name, data = render_wide(example, Path(path), form="html", report="strategy")
    assert name == f"{NAME}-over-tid.html"
    assert "En plan över tid" in data.decode()


def test_a_change_is_told_from_the_round_before_or_the_one_named(example: Path) -> None:
    said = render_wide(example, Path(NAME), form="html", report="change")
    named = render_wide(example, Path(JOINT), form="html", report="change", against="2026-04")
    filed = render_wide(example, Path(JOINT), form="html", report="change", against=f"{REVIEWS}/2026-04/samlad.yaml")
    assert said == named == filed
    assert said[0] == f"{NAME}-2026-04-2026-11.html"


def test_the_earlier_comes_first_whichever_way_they_are_named(example: Path) -> None:
    one = render_wide(example, Path(JOINT), form="html", report="change", against="2026-04")
    other = render_wide(
        example, Path(f"{REVIEWS}/2026-04/samlad.yaml"), form="html", report="change", against="2026-11"
    )
    assert one == other


def test_the_same_role_is_compared_with_itself(example: Path) -> None:
    path = Path(f"{REVIEWS}/2026-11/controller.yaml")
    html = render_wide(example, path, form="html", report="change", against="2026-04")[1].decode()
    assert "Controller. Inlämnad" in html
    assert "inte gjorda av samma roll" not in html


def test_two_reviewers_of_one_round_can_be_compared(example: Path) -> None:
    path, against = Path(f"{REVIEWS}/2026-11/controller.yaml"), f"{REVIEWS}/2026-11/strateg-jamstalldhet.yaml"
    name, data = render_wide(example, path, form="html", report="change", against=against)
    assert name == f"{NAME}-strateg-jamstalldhet-controller.html"
    assert "Båda granskningarna gäller samma text" in data.decode()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("x", "--report", "strategy"), "x is no strategy"),
        (("rus-2030", "--report", "change"), "there is no round before 2026-11"),
        ((NAME, "--report", "change", "--against", "2025-01"), "has no round 2025-01"),
        ((JOINT, "--report", "change", "--against", JOINT), "cannot be compared with itself"),
        ((JOINT, "--against", "2026-04"), "--against goes with --report change only"),
        ((JOINT, "--report", "annex", "--internal"), "--internal goes with"),
        ((), "name the file of a review"),
        (("--report", "strategy"), "name a review, a strategy's folder or its id"),
        (("nowhere.yaml", "--report", "annex"), "nowhere.yaml"),
    ],
)
def test_what_cannot_be_made_says_why(example: Path, granskning: Run, arguments: tuple[str, ...], said: str) -> None:
    done = granskning("-C", str(example), "--lang", "en", "render", *arguments, "--format", "html", "-o", "-")
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_a_broken_review_of_the_strategy_is_named_in_its_reports(tmp_path: Path, granskning: Run) -> None:
    root = _copy(tmp_path / "a")
    broken = root / REVIEWS / "2026-04" / "controller.yaml"
    broken.write_text(broken.read_text("utf-8").replace("status: submitted", "status: klar"), "utf-8")
    done = granskning("-C", str(root), "render", NAME, "--report", "strategy", "--format", "html", "-o", "-")
    assert done.returncode == 0, done.stderr
    assert "controller.yaml" in done.stdout
    done = granskning("-C", str(root), "render", "--report", "portfolio", "--format", "html", "-o", "ut.html")
    assert done.returncode == 0, done.stderr


def test_a_round_is_told_of_whatever_is_wrong_in_another(tmp_path: Path, granskning: Run) -> None:
    root = lay_out_two_rounds(tmp_path / "a")
    change_file(root / REVIEW.replace("2026-11", "2026-06"), ("status: draft", "status: klar"))
    done = granskning("-C", str(root), "render", "provplan/2026-11", "--report", "round", "--format", "html", "-o", "-")
    assert done.returncode == 0, done.stderr
    assert "Granskningsomgång 2026-11" in done.stdout


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return lay_out_two_rounds(tmp_path_factory.mktemp("liten") / "arbetsmapp")


def test_a_character_that_no_font_has_is_told_when_it_is_printed(
    small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = Printed(b"%PDF", (), ("\N{CUNEIFORM SIGN A}",))
    monkeypatch.setattr(render, "print_all", lambda jobs, *_, **__: [(jobs[0].output, printed)])
    monkeypatch.chdir(small)
    assert run(["--lang", "en", "render", REVIEW]) == 0
    told = capsys.readouterr().err
    assert "provplan-2026-11-granskaren.pdf: no font has the character \N{CUNEIFORM SIGN A} (U+12000)" in told


@pytest.mark.parametrize("report", ["strategy", "change", "portfolio", "annex", "criteria"])
def test_verify_makes_every_report_again_and_notices_a_changed_source(
    small: Path, tmp_path: Path, granskning: Run, report: str
) -> None:
    path = tmp_path / f"{report}.pdf"
    named = {"portfolio": (), "criteria": (CRITERIA,)}.get(report, (REVIEW,))
    end, before, after = ("2026-11_granskaren.yaml", b"level: 1", b"level: 2")
    if report == "criteria":
        end, before, after = ("criteria_prov.yaml", b"De \xc3\xa4r m\xc3\xa5nga.", b"De \xc3\xa4r f\xc3\xa5.")
    made = granskning("-C", str(small), "render", *named, "--report", report, "-o", str(path))
    assert made.returncode == 0, made.stderr
    done = granskning("-C", str(small), "--lang", "en", "verify", str(path))
    assert "1. The report and its own sources: agrees" in done.stdout
    with pikepdf.open(path) as opened:
        name = next(name for name in opened.attachments if name.endswith(end))
        held = opened.attachments[name].get_file()
        data = held.read_bytes().replace(before, after)
        assert data != held.read_bytes()
        del opened.attachments[name]
        opened.attachments[name] = pikepdf.AttachedFileSpec(opened, data, filename=name)  # type: ignore[call-arg]  # the rest has defaults
        opened.save(tmp_path / "changed.pdf")
    changed = granskning("-C", str(small), "--lang", "en", "verify", str(tmp_path / "changed.pdf"))
    assert changed.returncode == 1
    assert "does not agree" in changed.stdout


# --- the site -------------------------------------------------------------------------------------------------------


def test_every_link_of_the_site_leads_somewhere(site: Path) -> None:
    pages = {path: path.read_text("utf-8") for path in site.rglob("*.html")}
    assert len(pages) > 12
    for path, text in pages.items():
        for link in re.findall(r'(?:href|src)="([^"]+)"', text):
            if re.match(r"[a-z]+:", link):
                continue
            name, _, anchor = link.partition("#")
            target = (path.parent / name).resolve() if name else path
            assert target.is_file(), (path.name, link)
            if anchor and target.suffix == ".html":
                assert f'id="{anchor}"' in target.read_text("utf-8"), (path.name, link)


def test_the_front_page_begins_with_the_matrix_and_lists_every_report(site: Path) -> None:
    text = (site / "index.html").read_text("utf-8")
    assert text.index('id="matrix"') < text.index('id="search"') < text.index('id="reports"')
    for path in site.rglob("*.html"):
        if path.name != "index.html" or path.parent != site:
            assert f'href="{path.relative_to(site).as_posix()}"' in text


def test_the_site_has_no_script_within_its_pages_and_no_outside_address(site: Path) -> None:
    for path in [*site.rglob("*.html"), *site.rglob("*.js")]:
        text = path.read_text("utf-8")
        assert not re.findall(r"<script(?![^>]*src=)", text)
        assert " onclick=" not in text
        assert not re.findall(r'<(?:script|link|img|iframe)[^>]+(?:src|href)="https?:', text)
    assert "fetch(" not in (site / "search.js").read_text("utf-8")
    assert "innerHTML" not in (site / "search.js").read_text("utf-8")


def test_the_index_is_a_script_that_any_reader_of_json_can_check(site: Path) -> None:
    text = (site / "search-index.js").read_text("utf-8")
    entries = json.loads(text.removeprefix("window.granskningIndex = ").removesuffix(";\n"))
    assert len(entries) > 300
    assert all(len(entry) == 4 for entry in entries)
    for _, _, address, _ in entries[::17]:
        name, _, anchor = address.partition("#")
        page = (site / name).read_text("utf-8")
        assert not anchor or f'id="{anchor}"' in page


def test_scripts_go_when_the_site_goes(tmp_path: Path) -> None:
    root = lay_out_two_rounds(tmp_path / "a")
    _, loaded = open_workspace(root)
    build(root, loaded, Translator("sv"), formats=["html"])
    assert (root / "build" / "search.js").is_file()
    again = build(root, open_workspace(root)[1], Translator("sv"), formats=["html"])
    assert again.written == ()
    shutil.rmtree((root / REVIEW).parents[1] / "2026-06")
    third = build(root, open_workspace(root)[1], Translator("sv"), formats=["html"])
    assert third.removed == (f"{STRATEGY}/2026-06/granskaren.html",)
    assert "search-index.js" in third.written
    assert "search.js" in third.unchanged


# --- in a browser ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def browser_page(browser: Browser) -> Iterator[Page]:
    """A tab of the browser that all tests share: two at once in a process is more than its driver takes."""
    page = browser.new_page()
    yield page
    page.close()


def test_a_page_that_a_browser_prints_has_its_heads(site: Path, browser_page: Page) -> None:
    browser_page.goto((site / NAME / "2026-11" / "samlad.html").as_uri())
    document = pypdfium2.PdfDocument(browser_page.pdf(prefer_css_page_size=True))
    told = [" ".join(page.get_textpage().get_text_bounded().split()) for page in document]
    assert len(told) > 5
    for number, words in enumerate(told, 1):
        assert words.count(f"sida {number} av {len(told)}") == 1
        assert words.count("avtryck") >= 1, "the foot"
    assert "UTKAST" in told[1][:400], "the running head"


def _hits(page: Page, words: str) -> tuple[str, list[str]]:
    page.fill("#search-field", words)
    page.press("#search-field", "Enter")
    status = page.inner_text("#search-status")
    return status, page.locator("#search-results a").all_inner_texts()


def test_the_search_works_from_a_folder_without_a_server(site: Path, browser_page: Page) -> None:
    browser_page.goto((site / "index.html").as_uri())
    status, found = _hits(browser_page, "SAMRÅDSREDOGÖRELSE")
    assert found
    assert status.endswith("träffar.") or status == "1 träff."
    assert _hits(browser_page, "samrådsredogörelse")[1] == found, "capital letters make no difference"
    assert _hits(browser_page, "samradsredogorelse")[1] == [], "å and ö are letters of their own"
    assert _hits(browser_page, "xyzzy")[0] == "Inget hittades."
    assert _hits(browser_page, "")[0] == ""
    _hits(browser_page, "samrådsredogörelse")
    browser_page.locator("#search-results a").first.click()
    assert "#question-" in browser_page.url or "#target-" in browser_page.url or browser_page.url.endswith(".html")


def test_it_works_the_same_from_a_server(site: Path, browser_page: Page) -> None:
    handler = functools.partial(_Quiet, directory=str(site))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser_page.goto(f"http://127.0.0.1:{server.server_port}/index.html")
        assert _hits(browser_page, "trygg")[1]
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_without_scripts_there_is_no_search_field_but_the_list(site: Path, browser_page: Page) -> None:
    context = browser_page.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    page = context.new_page()
    page.goto((site / "index.html").as_uri())
    assert not page.locator("#search-field").is_visible()
    assert page.locator(".reports a").first.is_visible()
    context.close()


@pytest.fixture(scope="module")
def looked_through(browser: Browser) -> Iterator[Page]:
    """A tab that axe-core is in."""
    page = browser.new_page()
    page.add_init_script(SCRIPT)
    yield page
    page.close()


WHOLE = ("index.html", f"{NAME}/index.html", f"{NAME}/2026-04--2026-11.html", "portfolio.html", "kriterier--*/*.html")


@pytest.mark.parametrize("name", WHOLE)
def test_the_pages_keep_to_wcag(site: Path, looked_through: Page, name: str) -> None:
    looked_through.goto(min(site.glob(name), key=lambda path: path.stat().st_size).as_uri())
    for width in (320, 1280):
        looked_through.set_viewport_size({"width": width, "height": 800})
        assert faults_of(looked_through) == {"light": [], "dark": []}, width
        inner = looked_through.evaluate("document.documentElement.scrollWidth")
        assert inner <= width, f"{name} is wider than the screen"
