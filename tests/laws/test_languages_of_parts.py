"""Whatever stands in another language than its page says which: in HTML, in the PDF's tags, in Word's runs.

The teaching example in English: its criteria set is in both languages, its reviews, quotations and actions in Swedish.
"""

from __future__ import annotations

import io
import re
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pikepdf
import pytest
from lxml import html as lxml_html

from granskning.edges.printing.pdf import Printed
from granskning.edges.readers.document_reading import read_document
from granskning.i18n import PageTranslator, Translator
from granskning.language_tags import tagged, untagged
from granskning.model.strategy import NotReviewed
from granskning.reporting.html.contents import PLACE as CONTENTS
from granskning.reporting.html.contents import put_contents
from granskning.reporting.html.render import PAGE, ROUND, Renderer
from granskning.reporting.shared_parts.prose_languages import tag_languages
from granskning.reporting.word.docx_document import make_docx
from granskning.shipped import fonts_folder
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.reports.over_time import TimeReporter
from granskning.tasks.reports.pages import Pages
from granskning.tasks.reports.printing import Job, print_all
from granskning.tasks.reports.report import Reporter
from granskning.tasks.reports.templates import load_templates
from tagged_pdf import letters, spoken

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.model.review import Review
    from granskning.model.workspace import Workspace
    from granskning.workspace.loaded import Loaded

    Nodes = list[tuple[str, str]]

pytestmark = pytest.mark.xdist_group("languages_of_parts")

ROOT = Path(__file__).parents[2]
ENGLISH = Translator("en")
_PLAN = "exempellan-transportplan"
NOT_PROSE = frozenset({
    "owner", "partners", "body", "producer", "area", "case_number", "file", "sha256", "address", "retrieved", "id",
    "table", "quality", "document", "reviewer", "criteria", "strategy", "round", "status",
})  # fmt: skip
"""Ids, and names of bodies and places, which are in no language (WCAG 2.1, 3.1.2)."""
_RUN = 4
"""So many words in a row are no coincidence."""


@pytest.fixture(scope="module")
def loaded() -> Loaded:
    return open_workspace(ROOT)[1]


@pytest.fixture(scope="module")
def reporter(loaded: Loaded) -> Reporter:
    return Reporter(ROOT, loaded, ENGLISH)


@pytest.fixture(scope="module")
def pages(reporter: Reporter) -> dict[str, Nodes]:
    renderer = Renderer(load_templates(ROOT))
    made = Pages(reporter, TimeReporter(reporter)).make(("html",), "exempellan-*/[2i]*[dx1]")
    return {page.name: _read(renderer.render(page.template, page.report, ENGLISH, **page.more)) for page in made}


def _texts(value: Any, language: str, name: str = "") -> Iterator[str]:
    """All prose of a model that is in a language; of what is in several, nothing where English is among them."""
    if name in NOT_PROSE:
        return
    if isinstance(value, str):
        yield from (value,) if language == "sv" else ()
    elif is_dataclass(value):
        for field in fields(value):
            yield from _texts(getattr(value, field.name), language, field.name)
    elif hasattr(value, "items"):
        if value and set(value) <= {"sv", "en"}:
            yield from (value[language],) if language in value and ("en" not in value or language == "en") else ()
        else:
            for inner in value.values():
                yield from _texts(inner, language, name)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _texts(inner, language, name)


def _all_texts(workspace: Workspace, language: str) -> set[str]:
    held = (workspace.criteria, workspace.strategies, workspace.reviews, workspace.actions, workspace.indicators,
            workspace.settings.contact, [role.title for role in workspace.settings.roles])  # fmt: skip
    return {" ".join(re.findall(r"\w+", text)) for text in _texts(held, language)}


def _runs(text: str) -> set[str]:
    words = re.findall(r"\w+", text)
    return {" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1)}


def _read(html: str) -> Nodes:
    return list(_nodes(lxml_html.document_fromstring(html)))


def _nodes(element: Any, language: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a page with the language that it stands in; `title` of the head holds one language at most."""
    if not isinstance(element.tag, str) or element.tag in ("head", "style", "script"):
        return
    language = element.get("lang", language)
    yield language, element.text or ""
    for child in element:
        yield from _nodes(child, language)
        yield language, child.tail or ""


def _documents() -> Iterator[str]:
    """The words of the plans themselves, which are quoted where a quotation stands otherwise there."""
    for path in (ROOT / "strategies").glob("*/documents/*.pdf"):
        pages = read_document(path.read_bytes(), path.name.encode()).pages
        yield " ".join(re.findall(r"\w+", " ".join(page.text for page in pages)))


def test_every_text_in_another_language_says_which(loaded: Loaded, pages: dict[str, Nodes]) -> None:
    swedish = _all_texts(loaded.workspace, "sv")
    telling = {run for text in swedish for run in _runs(text)}
    telling -= {run for text in _all_texts(loaded.workspace, "en") for run in _runs(text)}
    every = " | ".join((*swedish, *_documents()))
    assert len(pages) > 4
    for name, nodes in pages.items():
        assert sum(language == "sv" for language, _ in nodes) > 30
        assert ("en", "Parts of this report are only in Swedish.") in nodes
        for language, text in nodes:
            if language == "sv":
                assert " ".join(re.findall(r"\w+", text)) in every, (name, text)
            elif "jamstalld-tillvaxt" not in text and not re.search(r"\d\.\d and \d\.\d|\d\.\d–\d", text):
                assert not _runs(text) & telling, (name, text)


def test_a_role_as_a_file_has_it_and_a_decision_not_to_review_say_their_language(loaded: Loaded) -> None:
    plan = loaded.workspace.strategies[_PLAN]
    decided = replace(plan, not_reviewed=NotReviewed("Planen upphör", "regiondirektör"))
    held = replace(loaded.workspace, strategies={_PLAN: decided}, reviews=loaded.workspace.reviews[:1])
    t = PageTranslator("en", held.settings.role_titles)
    made = tag_languages(held, t)
    shown = made.strategies[_PLAN].not_reviewed
    assert shown is not None
    assert (shown.why, shown.role) == (tagged("Planen upphör", "sv"), tagged("regiondirektör", "sv"))
    roles = {one.responsible for one in made.actions[_PLAN]}
    assert {tagged("trafikdirektör", "sv"), "controller"} <= roles
    own = tag_languages(held, PageTranslator("sv", held.settings.role_titles))
    assert own.strategies[_PLAN].not_reviewed == decided.not_reviewed


def test_the_contents_are_in_the_languages_of_the_headings() -> None:
    heads = (
        '<h2 class="small" id="a" lang="sv">Resor</h2>'
        '<h2 id="b">4 <span class="x" lang="sv">Digitalt</span> <b>now</b></h2>'
        '<h2 id="c">Method</h2><h2 id="d">Origin</h2>'
    )
    page = put_contents(f"{heads}{CONTENTS}", ENGLISH)
    assert '<li><a href="#a" lang="sv">Resor</a></li>' in page
    assert '<li><a href="#b">4 <span lang="sv">Digitalt</span> now</a></li>' in page
    assert '<li><a href="#c">Method</a></li>' in page


def test_no_mark_of_a_missing_translation_stands_within_a_sentence(pages: dict[str, Nodes]) -> None:
    found = [text for nodes in pages.values() for _, text in nodes if re.search(r"[a-z,(] \[only in", text)]
    assert not found


def test_no_count_reads_as_a_level(pages: dict[str, Nodes]) -> None:
    levels = {"Missing": "0", "Mentioned": "1", "Partly": "2", "Steers": "3"}
    for name, nodes in pages.items():
        for _, text in nodes:
            for number, level in re.findall(r"(?<![\d.])(\d+) (Missing|Mentioned|Partly|Steers)\b", text):
                assert number == levels[level], (name, text)


def test_the_pdf_and_word_say_the_same_languages(reporter: Reporter) -> None:
    scored = next(one for one in reporter.reported.scored if one.review.file.endswith("2026-11/samlad.yaml"))
    templates = load_templates(ROOT)
    html = Renderer(templates).render(PAGE, reporter.review(scored), ENGLISH)
    printed = [text for language, text in _read(html) if language == "sv"]
    assert len(printed) > 5
    [(_, made)] = print_all([Job("a.pdf", html, language="en")], templates, fonts=fonts_folder(), workers=1)
    assert isinstance(made, Printed)
    with pikepdf.open(io.BytesIO(made.data)) as document:
        assert letters(spoken(document, "sv")) == letters("".join(printed))
    body = docx.Document(io.BytesIO(make_docx(html, (), ENGLISH))).element.body
    marked = body.xpath(".//w:r[w:rPr/w:lang/@w:val='sv-SE']//w:t")
    assert letters("".join(text.text or "" for text in marked)) == letters("".join(printed))


def test_reviews_in_two_languages_stand_side_by_side_each_in_its_own(loaded: Loaded) -> None:
    """A round in Swedish with a reviewer who writes English: her words, and nobody else's, say so."""
    reviews = tuple(
        replace(one, language="en") if one.reviewer == "controller" else one for one in loaded.workspace.reviews
    )
    swedish = Translator("sv")
    held = replace(loaded, workspace=replace(loaded.workspace, reviews=reviews))
    reporter = Reporter(ROOT, held, swedish)
    several = next(one for one in reporter.reported.rounds if one.round == "2026-11")
    nodes = _read(Renderer(load_templates(ROOT)).render(ROUND, reporter.round(several), swedish))
    assert ("sv", "Delar av rapporten finns bara på engelska.") in nodes
    written = {one.reviewer: " | ".join(_all(one)) for one in several.of.reviews}
    english = [text for language, text in nodes if language == "en" and len(text.split()) > _RUN]
    assert len(english) > 5
    assert all(" ".join(text.split()) in written["controller"] for text in english)
    others = " ".join(written[name] for name in written if name != "controller")
    assert not [text for text in english if " ".join(text.split()) in others]


def _all(review: Review) -> Iterator[str]:
    """Every justification and quotation of a review, each as one line without the signs of its language."""
    for answer in review.answers.values():
        for words in (answer.reason, answer.justification, answer.recommendation, answer.note):
            yield " ".join(untagged(words or "").split())
        for item in answer.evidence:
            yield from (
                " ".join(untagged(words or "").split()) for words in (item.quote, item.paraphrase, item.section)
            )
