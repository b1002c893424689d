from __future__ import annotations

import io
import re
import zipfile
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest
import tinyhtml5
from docx.oxml.ns import qn
from PIL import Image

from granskning.i18n import Translator
from granskning.reporting.html.render import CRITERIA, REVIEW, Renderer
from granskning.reporting.word.docx_document import make_docx
from granskning.reporting.word.runs import bookmark_name
from granskning.reporting.word.tree import drawings_of
from granskning.shipped import fonts_folder
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.reports import printing as word
from granskning.tasks.reports.report import Reporter
from granskning.tasks.reports.templates import load_templates
from tagged_pdf import on_paper

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conftest import Run

pytestmark = pytest.mark.xdist_group("word")

EXAMPLE = Path(__file__).parents[1] / "unit/reporting/exempel"
_PAGE = '<!DOCTYPE html><html lang="sv"><head><title>T</title></head><body><main>{}</main></body></html>'


@pytest.fixture(scope="module", params=["review", "criteria"])
def html(request: pytest.FixtureRequest) -> str:
    """The page of a review, and that of the set's annex."""
    root, loaded = open_workspace(EXAMPLE)
    reporter = Reporter(root, loaded, Translator("sv"))
    one = next(one for one in reporter.reported.scored if one.review.strategy == "exempelplan")
    renderer = Renderer(load_templates(root))
    if request.param == "criteria":
        return renderer.render(CRITERIA, reporter.criteria(one.criteria), Translator("sv"))
    return renderer.render(REVIEW, reporter.review(one), Translator("sv"))


@pytest.fixture(scope="module")
def data(html: str) -> bytes:
    return word.write_docx(html, "sv", fonts=fonts_folder()).data


@pytest.fixture(scope="module")
def document(data: bytes) -> Any:
    return docx.Document(io.BytesIO(data))


def _make(body: str) -> Any:
    return docx.Document(io.BytesIO(make_docx(_PAGE.format(body), (), Translator("sv"))))


def _letters(text: str) -> str:
    return "".join(text.split())


def _shown(element: Any) -> Iterator[str]:
    hidden = {"screen", "running", "page-of", "on-page", "in-file"} & set(element.get("class", "").split())
    if isinstance(element.tag, str) and not element.tag.endswith(("svg", "style")) and not hidden:
        yield element.text or ""
        for child in element:
            yield from _shown(child)
    yield element.tail or ""


def test_every_word_of_the_page_stands_in_the_document_in_order(html: str, document: Any) -> None:
    main = tinyhtml5.parse(html, namespace_html_elements=False).find("body/main")
    lists = [one._p for one in document.paragraphs if one.style.name.lower().startswith("toc")]
    assert len(lists) > 10, "the list of contents, which only Word has"
    aside = {node for paragraph in lists for node in paragraph.iter(qn("w:t"))}
    written = "".join(node.text or "" for node in document.element.body.iter(qn("w:t")) if node not in aside)
    assert len(_letters(written)) > 10_000
    assert _letters(written) == _letters("".join(_shown(main)))


def test_headings_are_headings_and_one_title(html: str, document: Any) -> None:
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    assert styles.count("Title") == 1
    for level in range(2, 6):
        assert styles.count(f"Heading {level - 1}") == len(re.findall(rf"<h{level}[ >]", html)), level


def test_tables_say_what_is_a_head_and_repeat_it(html: str, document: Any) -> None:
    tables = document.tables
    assert len(tables) == html.count("<table")
    heads = [row for table in tables for row in table.rows if row._tr.findall(f"{qn('w:trPr')}/{qn('w:tblHeader')}")]
    assert len(heads) == html.count("<thead>")
    looks = [table._tbl.tblPr.find(qn("w:tblLook")).get(qn("w:firstRow")) for table in tables]
    assert looks.count("1") == html.count("<thead>")
    captions = [node.get(qn("w:val")) for node in document.element.iter(qn("w:tblCaption"))]
    assert len(captions) == html.count("<caption>") > 0
    assert {table.style.name for table in tables} == {"Rapporttabell"}


def test_charts_are_sharp_pictures_that_say_what_they_show(html: str, document: Any) -> None:
    told = re.findall(r"<title>(.+?)</title>", on_paper(html))[1:]
    found = [node.get("descr") for node in document.element.body.iter(qn("wp:docPr"))]
    assert len(found) == on_paper(html).count("<svg")
    assert [_letters(one) for one in found] == [_letters(one) for one in told]
    for shape in document.inline_shapes:
        part = document.part.related_parts[shape._inline.graphic.graphicData.pic.blipFill.blip.embed]
        picture = Image.open(io.BytesIO(part.blob))
        assert picture.width / (shape.width / 914_400) >= 200, "dots per inch"
        assert len(picture.getcolors(1 << 24) or []) > 20, "something is drawn"


def test_language_properties_and_running_head(document: Any, html: str) -> None:
    language = document.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "sv-SE"
    core = document.core_properties
    assert core.title == re.findall(r"<title>(.+?)</title>", html)[0]
    assert (core.author, core.last_modified_by, core.comments) == ("Region Exempel", "", "")
    section = document.sections[0]
    [head] = re.findall(r'class="running head-line"><p>(.+?)</p>', html)
    assert section.header.paragraphs[0].text == unescape(head)
    assert "avtryck" in section.footer.paragraphs[0].text
    fields = [node.get(qn("w:instr")) for node in section.footer._element.iter(qn("w:fldSimple"))]
    assert fields == ["PAGE", "NUMPAGES"]


def test_links_lead_to_places_that_are_there(html: str, document: Any) -> None:
    body = document.element.body
    places = {node.get(qn("w:name")) for node in body.iter(qn("w:bookmarkStart"))}
    links = {node.get(qn("w:anchor")) for node in body.iter(qn("w:hyperlink"))} - {None}
    main = html.partition("<main")[2].partition("</main>")[0]
    told = {bookmark_name(anchor) for anchor in re.findall(r'href="#([^"]+)"', main)}
    assert len(told) > 5
    assert told <= links <= places  # the list of contents leads to the headings too


def test_the_same_page_gives_the_same_bytes(html: str, data: bytes) -> None:
    assert word.write_docx(html, "sv", fonts=fonts_folder()).data == data
    with zipfile.ZipFile(io.BytesIO(data)) as held:
        assert {entry.date_time for entry in held.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        dates = re.findall(rb">(\d{4}-\d\d-\d\d)T", held.read("docProps/core.xml"))
        assert dates == [b"2026-11-23"] * 2, "created and changed are the day of the sources, never today"


def test_without_pango_the_charts_are_told_in_words(html: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(word, "missing_libraries", lambda: ("Pango",))
    made = docx.Document(io.BytesIO(word.write_docx(html, "sv", fonts=fonts_folder()).data))
    assert len(made.inline_shapes) == 0
    told = [paragraph.text for paragraph in made.paragraphs if paragraph.text.startswith("Diagrammet i ord: ")]
    assert len(told) == len(drawings_of(html)) == on_paper(html).count("<svg")


def test_lists_number_from_one_again_and_nest() -> None:
    made = _make("<ol><li>a<li>b<ul><li>c</ul></ol><p>x</p><ol><li>d<p>e</p></ol>")
    styles = [(paragraph.style.name, paragraph.text) for paragraph in made.paragraphs if paragraph.text]
    assert styles == [
        ("List Number", "a"), ("List Number", "b"), ("List Bullet 2", "c"), ("Normal", "x"),
        ("List Number", "d"), ("List Continue", "e"),
    ]  # fmt: skip
    series = [paragraph._p.pPr.numPr.numId.val for paragraph in made.paragraphs if paragraph.text in "abd"]
    assert series[0] == series[1] != series[2]


def test_cells_over_columns_and_rows_loose_words_and_what_xml_cannot_hold() -> None:
    made = _make(
        "löst <b>fet</b> text<table><thead><tr><th colspan=2>A</thead><tr><td rowspan=2>b<td>c\x0b<tr><td>"
        "<p>d</p><ul><li>e</ul></table><p>H<sub>2</sub>O<br>ny rad"
    )
    table = made.tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["A", "A"], ["b", "c"], ["b", "d\ne"]]
    assert made.paragraphs[0].text == "löst fet text"
    assert made.paragraphs[0].runs[1].bold
    assert made.paragraphs[-1].text == "H2O\nny rad"


def test_hebrew_and_arabic_run_from_right_to_left() -> None:
    made = _make('<p>Enligt ”שלום עולם” och سلام gäller <span lang="en">the rule</span>.')
    runs = {run.text: run for run in made.paragraphs[0].runs}
    assert runs["שלום עולם"].font.rtl
    assert runs["سلام"].font.rtl
    assert runs["the rule"]._r.rPr.find(qn("w:lang")).get(qn("w:val")) == "en-GB"


def test_a_line_break_in_the_markup_is_none_on_the_page() -> None:
    made = _make("<ul><li><a href='https://exempel.se'>a</a> <span class='on-page'></span>\n<br><b>b</b>\n</li></ul>")
    assert made.paragraphs[0].text == "a\nb"


def test_a_wide_chapter_lies_on_its_side_and_the_next_stands() -> None:
    made = _make("<h1>a</h1><section class='wide chapter'><h2>b</h2></section><section><h2>c</h2></section>")
    assert [section.page_width > section.page_height for section in made.sections] == [False, True, False]


def test_render_and_build_make_word_documents(workspace: Path, granskning: Run) -> None:
    review = "strategies/provplan/reviews/2026-11/granskaren.yaml"
    assert granskning("render", review, "--format", "docx", cwd=workspace).returncode == 0
    assert granskning("render", review, "-o", "ut.docx", cwd=workspace).returncode == 0
    made = docx.Document(str(workspace / "ut.docx"))
    assert made.core_properties.title.startswith("Granskning av Provplanen")
    done = granskning("build", "--format", "docx", "--format", "html", cwd=workspace)
    assert done.returncode == 0, done.stderr
    assert (workspace / "build/provplan/2026-11/granskaren.docx").exists()
    assert (workspace / "build/portfolio.docx").exists()
    assert "0 nya sidor" in granskning("build", "--format", "docx", "--format", "html", cwd=workspace).stderr
