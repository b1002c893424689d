"""Every report that is stale, into the output folder: of each review and round, the portfolio, and a front page.

Loading and scoring are quick and always done; rendering and printing are left out for what has not changed.
"""

from __future__ import annotations

import fnmatch
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

from granskning import __version__
from granskning.edges.disk import read_file
from granskning.edges.pdf import Printed, missing_libraries
from granskning.errors import GranskningError
from granskning.i18n import LOCALE
from granskning.reporting.render import INDEX, PORTFOLIO, REVIEW, own_templates
from granskning.reporting.report import contact_words
from granskning.reporting.round import ROUND
from granskning.reporting.style import OWN_STYLE
from granskning.reporting.words import STATUSES, small
from granskning.shipped import fonts_folder
from granskning.tasks.outputs import Outputs, fingerprint
from granskning.tasks.printing import Job, print_all
from granskning.tasks.rendering import open_renderer
from granskning.tasks.report import Reporter, Skipped
from granskning.tasks.templates import load_templates
from granskning.workspace.canonical import canonical

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from granskning.i18n import Translator
    from granskning.reporting.document import ReviewReport
    from granskning.reporting.portfolio import PortfolioReport
    from granskning.reporting.round_values import RoundReport
    from granskning.tasks.score import ScoredRound
    from granskning.workspace.load import Loaded

FORMATS = ("pdf", "html")
"""What a build makes unless it is told."""
EVERY_FORMAT = (*FORMATS, "docx")
_RENDERERS = ("jinja2", "markupsafe")
_PRINTERS = (
    "python-docx",
    "pypdfium2",
    "weasyprint",
    "pydyf",
    "tinyhtml5",
    "tinycss2",
    "cssselect2",
    "fonttools",
    "pyphen",
)


@dataclass(frozen=True, slots=True)
class Failure:
    """An output that could not be made, and why."""

    output: str
    error: GranskningError


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did. Outputs are posix paths in the output folder, sorted."""

    folder: Path
    written: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]
    """Outputs of reviews and rounds that are no longer there."""
    failed: tuple[Failure, ...]
    skipped: tuple[Skipped, ...]
    noticed: tuple[tuple[str, str], ...]
    """What printing warned about: the output and the line."""
    replaced: tuple[tuple[str, str], ...]
    """Characters that no font of the reports has: the output and the character."""
    missing: tuple[str, ...]
    """Libraries without which no PDF was printed and no chart drawn for Word; the HTML is there."""


@dataclass(frozen=True, slots=True)
class _Page:
    """A page to make, under its name without ending."""

    name: str
    template: str
    report: ReviewReport | RoundReport | PortfolioReport
    formats: tuple[str, ...]
    more: dict[str, Any] = field(default_factory=dict)


def build(  # noqa: PLR0913  # what a user may choose, by name
    root: Path,
    loaded: Loaded,
    t: Translator,
    *,
    folder: Path | None = None,
    workers: int | None = None,
    formats: Collection[str] = FORMATS,
    only: str | None = None,
    as_of: str | None = None,
    seconds: float = 120,
    tell: Callable[[str], None] = lambda _output: None,
) -> Built:
    """Make every output that is not up to date; `only` is a pattern that the name of a page must match.

    `workers` is how many pages are printed at once (one per processor unless said), `seconds` how long one may take.
    """
    missing = missing_libraries() if {"pdf", "docx"} & set(formats) else ()
    chosen = tuple(one for one in EVERY_FORMAT if one in formats and (one != "pdf" or not missing))
    outputs = Outputs(folder or root / "build", tell)
    maker = _Maker(outputs, load_templates(root, loaded.workspace.settings.logo_text or ""), t)
    reporter = Reporter(root, loaded, t, as_of=as_of)
    portfolio = reporter.portfolio()
    pages = _pages(reporter, portfolio, chosen, only)
    try:
        maker.render(pages)
        maker.print(workers, seconds)
        if only is None:
            if portfolio is not None and "html" in chosen:
                pages.append(_front_page(reporter, portfolio, outputs, t, loaded))
                maker.render(pages[-1:])
            _forget(outputs, pages, loaded)
    finally:
        maker.close()
        outputs.keep_keys()
    return maker.result(reporter.skipped, missing)


def _pages(
    reporter: Reporter, portfolio: PortfolioReport | None, formats: tuple[str, ...], only: str | None
) -> list[_Page]:
    """The pages that are asked for, but the front page."""
    pages = [
        _Page(name, REVIEW, reporter.review(one), formats)
        for one in reporter.scored
        if _matches(name := "/".join(one.review.identity), only)
    ]
    pages += [
        _Page(name, ROUND, reporter.round(one), formats)
        for one in reporter.rounds
        if _matches(name := f"{one.strategy}/{one.round}", only)
    ]
    if portfolio is not None and _matches("portfolio", only):
        pages.append(_Page("portfolio", PORTFOLIO, portfolio, formats))
    return pages


def _forget(outputs: Outputs, pages: Sequence[_Page], loaded: Loaded) -> None:
    """Remove the pages of reviews and rounds that are gone; while a file is broken, nobody knows which those are."""
    if not loaded.broken:
        names = {page.name for page in pages} | {"index"}
        outputs.forget(lambda output: output.rpartition(".")[0] not in names)


class _Maker:
    """Makes pages: renders what is stale, and prints what is to be printed."""

    def __init__(self, outputs: Outputs, templates: dict[str, str], t: Translator) -> None:
        self.failed: list[Failure] = []
        self.noticed: list[tuple[str, str]] = []
        self.replaced: list[tuple[str, str]] = []
        self._outputs = outputs
        self._renderer = open_renderer(templates)
        self._guarded = bool(own_templates(templates)) or OWN_STYLE in templates
        self._t = t
        self._ground = fingerprint(
            canonical([templates, t.language, _catalogue(t), __version__, _versions(_RENDERERS)])
        )
        self._printer = ""
        self._jobs: dict[str, tuple[str, str]] = {}
        """HTML and key of what is to be printed."""

    def render(self, pages: Sequence[_Page]) -> None:
        """Write the HTML that is stale, and set aside what is to be printed."""
        for page in pages:
            key = fingerprint(canonical([self._ground, page.template, page.report, page.more]))
            keys = {f"{page.name}.{one}": key if one == "html" else self._printing(key) for one in page.formats}
            stale = {output: key for output, key in keys.items() if self._outputs.is_stale(output, key)}
            if not stale:
                continue
            try:
                html = self._renderer.render(page.template, page.report, self._t, **page.more)
            except GranskningError as error:
                self.failed += [Failure(output, error) for output in stale]
                continue
            for output, made in stale.items():
                if output.endswith(".html"):
                    self._write(output, html.encode(), made)
                else:
                    self._jobs[output] = (html, made)

    def print(self, workers: int | None, seconds: float) -> None:
        """Print what was set aside; each PDF is written as it is done."""
        jobs = [Job(output, html, self._t.language) for output, (html, _) in self._jobs.items()]
        for output, printed in print_all(
            jobs, fonts=fonts_folder(), workers=workers, seconds=seconds, guarded=self._guarded
        ):
            if isinstance(printed, Printed):
                self.noticed += [(output, line) for line in printed.warnings]
                self.replaced += [(output, character) for character in printed.replaced]
                self._write(output, printed.data, self._jobs[output][1])
            else:
                self.failed.append(Failure(output, printed))

    def close(self) -> None:
        """End what was started."""
        self._renderer.close()

    def result(self, skipped: tuple[Skipped, ...], missing: tuple[str, ...]) -> Built:
        """What was done."""
        outputs = self._outputs
        return Built(
            folder=outputs.folder,
            written=tuple(sorted(outputs.written)),
            unchanged=tuple(sorted(outputs.unchanged)),
            removed=tuple(sorted(outputs.removed)),
            failed=tuple(sorted(self.failed, key=lambda one: one.output)),
            skipped=skipped,
            noticed=tuple(sorted(self.noticed)),
            replaced=tuple(sorted(self.replaced)),
            missing=missing,
        )

    def _write(self, output: str, data: bytes, key: str) -> None:
        try:
            self._outputs.write(output, data, key)
        except GranskningError as error:
            self.failed.append(Failure(output, error))

    def _printing(self, key: str) -> str:
        """The key of a PDF: that of its HTML, the fonts, and what prints it."""
        if not self._printer:
            fonts = {path.name: fingerprint(read_file(path)) for path in sorted(fonts_folder().glob("*.ttf"))}
            self._printer = fingerprint(canonical([fonts, _versions(_PRINTERS)]))
        return fingerprint(key + self._printer)


def _front_page(
    reporter: Reporter, portfolio: PortfolioReport, outputs: Outputs, t: Translator, loaded: Loaded
) -> _Page:
    """The front page, with links to what is there."""

    def made(name: str) -> dict[str, str]:
        return {one: f"{name}.{one}" if outputs.has(f"{name}.{one}") else "" for one in FORMATS}

    strategies = loaded.workspace.strategies
    documents = [{"title": t("All strategies side by side"), "review": "", "status": "", **made("portfolio")}]
    rounds = {(one.strategy, one.round): one for one in reporter.rounds}
    links = {}
    for one in reporter.scored:
        review, files = one.review, made("/".join(one.review.identity))
        title = t.text(strategies[review.strategy].title)
        several = rounds.pop((review.strategy, review.round), None)
        if several is not None:
            documents.append({"title": title, **_round_words(several, t), **made(f"{review.strategy}/{review.round}")})
        who = t("{role}, round {round}", role=review.reviewer, round=review.round)
        documents.append({"title": title, "review": who, "status": t(STATUSES[review.status]), **files})
    for name, chosen in reporter.speaking.items():
        files = made("/".join(chosen.review.identity))
        links[name] = files["html"] or files["pdf"]
    more = {"documents": documents, "links": links, "contact": contact_words(loaded.workspace.settings, t)}
    return _Page("index", INDEX, portfolio, ("html",), more)


def _round_words(one: ScoredRound, t: Translator) -> dict[str, str]:
    """What the list of documents calls a round, and how it stands with it."""
    joint = next((held.review for held in one.scored if held.review.kind == "consensus"), None)
    if joint is not None:
        status = t("Joint review: {status}", status=small(t(STATUSES[joint.status])))
    else:
        status = t("The joint review is missing") if one.joint.missing else ""
    return {"review": t("All reviewers, round {round}", round=one.round), "status": status}


def _matches(name: str, only: str | None) -> bool:
    return only is None or fnmatch.fnmatchcase(name, only)


def _versions(names: tuple[str, ...]) -> dict[str, str]:
    """The versions of libraries that decide how an output looks."""
    found = {}
    for name in names:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found


def _catalogue(t: Translator) -> str:
    """The fingerprint of the translations; none where the messages are the originals."""
    path = LOCALE / t.language / "LC_MESSAGES" / "messages.mo"
    return fingerprint(read_file(path)) if path.exists() else ""
