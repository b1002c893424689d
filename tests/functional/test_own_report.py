"""A report of one's own by one file, one made again at each change, and Word in the folder's own document."""
# ruff: noqa: SLF001  # the library has no door to a document's settings part

from __future__ import annotations

import base64
import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import docx
import pytest

from granskning.errors import TemplateFaultError, UsageError
from granskning.i18n import Translator
from granskning.reporting.html.contents import PLACE, put_contents
from granskning.reporting.html.render import Renderer
from granskning.reporting.word.docx_document import make_docx
from granskning.tasks.proof.verify import verify_pdf
from granskning.tasks.reports.own_report import choose_report
from granskning.tasks.reports.printing import write_docx
from granskning.tasks.reports.render import render_review
from granskning.tasks.reports.templates import load_reference, load_templates
from granskning.tasks.reports.watching import watch

if TYPE_CHECKING:
    from conftest import Run

pytestmark = pytest.mark.usefixtures("printed_once")

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
_PAGE = (
    '<!DOCTYPE html><html lang="sv"><head><title>T</title></head><body><div class="head-line"><p>UTKAST</p></div>'
    '<div class="foot-line"><p>fot</p></div><main><h1>Titel</h1><h2>Rubrik</h2><p class="lead">Ingress.</p>'
    "<ul><li>punkt</li></ul><table><tr><td>a</td></tr></table></main></body></html>"
)


def _put(workspace: Path, name: str, text: str) -> None:
    path = workspace / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_one_file_makes_a_report_of_ones_own(workspace: Path, granskning: Run) -> None:
    _put(
        workspace,
        "kort/report.html.j2",
        '{% extends "shared/frame.html.j2" %}{% block content %}<h1>{{ report.cover.title }}</h1>'
        "<p>Kort: {{ report.summary.verdict }}</p>{% endblock %}",
    )
    done = granskning("render", REVIEW, "--report", "kort", "--format", "html", cwd=workspace)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "build/provplan-2026-11-granskaren-kort.html"
    page = (workspace / done.stdout.strip()).read_text("utf-8")
    assert "<p>Kort: " in page
    assert 'id="targets"' not in page


def test_a_pdf_of_ones_own_report_is_made_again_by_its_own_template(workspace: Path) -> None:
    _put(workspace, "kort/report.html.j2", '{% extends "shared/frame.html.j2" %}{% block content %}<h1>Kort</h1>'
         "<p>{{ report.summary.verdict }}</p>{% endblock %}")  # fmt: skip
    name, data = render_review(workspace, Path(REVIEW), form="pdf", own="kort")
    assert name == "provplan-2026-11-granskaren-kort.pdf"
    sources = verify_pdf(data, workspace).answers[0]
    assert sources.outcome == "agrees", sources.disagreements


def test_what_it_extends_says_what_it_is_a_report_of(workspace: Path) -> None:
    _put(workspace, "lage/report.html.j2", '{% extends "shipped/portfolio/report.html.j2" %}')
    assert choose_report(workspace, "lage").kind == "portfolio"
    assert choose_report(workspace, "round") == type(choose_report(workspace, "round"))("round")
    with pytest.raises(UsageError) as refused:
        choose_report(workspace, "laget")
    assert refused.value.values["suggestion"] == "lage"
    with pytest.raises(UsageError) as refused:
        choose_report(workspace, "../x")
    assert "kort" not in str(refused.value.values["known"])


def test_a_report_is_made_again_at_each_change_and_not_of_half_a_file(workspace: Path) -> None:
    made: list[int] = []
    looks = iter(range(9))

    def rest(seconds: float) -> None:
        assert seconds >= 0.4  # the bound that keeps the processor free
        look = next(looks, None)
        if look is None:
            raise KeyboardInterrupt
        if look in (2, 3):  # saved in two goes: made once, when it has come to rest
            _put(workspace, "style.css", f":root {{ --accent: #7a1f3{look} }}{' ' * look}")

    with pytest.raises(KeyboardInterrupt):
        watch(workspace, lambda: made.append(len(made)), rest)
    assert made == [0, 1]


def _reference(change: Any = None) -> bytes:
    document = docx.Document()
    document.styles["Heading 1"].font.name = "Egen rubrik"
    document.add_paragraph("Mallens egen text")
    document.sections[0].header.paragraphs[0].text = "Region Exempel"
    if change is not None:
        change(document)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def test_word_is_set_in_the_folders_own_document() -> None:
    made = docx.Document(io.BytesIO(make_docx(_PAGE, (), Translator("sv"), _reference())))
    assert made.styles["Heading 1"].font.name == "Egen rubrik"
    words = [paragraph.text for paragraph in made.paragraphs]
    assert "Mallens egen text" not in words
    assert "Rubrik" in words
    assert [part.text for part in made.sections[0].header.paragraphs] == ["Region Exempel", "UTKAST"]


def test_a_document_that_points_out_is_cut_off_and_the_words_stay() -> None:
    address = "https://example.com/mall.dotx"
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
    data = _reference(lambda document: document.part._settings_part.relate_to(address, kind, is_external=True))
    with zipfile.ZipFile(io.BytesIO(make_docx(_PAGE, (), Translator("sv"), data))) as packed:
        assert not [name for name in packed.namelist() if b"example.com" in packed.read(name)]


@pytest.mark.parametrize("kind", ["text", "cut", "macros"])
def test_what_is_no_plain_word_document_is_told_as_a_fault_of_the_template(kind: str, tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("word/vbaProject.bin", "x")
    data = {"text": b"hej", "cut": _reference()[:900], "macros": held.getvalue()}[kind]
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/reference.docx").write_bytes(data)
    with pytest.raises(TemplateFaultError) as told:
        load_reference(tmp_path)
    assert told.value.values["template"] == "reference.docx"


def test_an_archive_that_is_no_document_is_told_while_it_is_printed(tmp_path: Path) -> None:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as packed:
        packed.writestr("a.txt", "x")
    with pytest.raises(TemplateFaultError) as told:
        write_docx(_PAGE, "sv", fonts=tmp_path, reference=held.getvalue())
    assert told.value.values["template"] == "reference.docx"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("logo.png", b"hej"),
        ("logo.jpg", b""),
        ("logo.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><rect"),
        ("logo.svg", b"<!DOCTYPE svg [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><svg>&x;</svg>"),
        ("logo.svg", b"<html/>"),
        ("logo.png", b"\x89PNG\r\n\x1a\n" + b"x" * 3_000_001),
    ],
)
def test_a_logo_that_cannot_be_shown_is_told_with_its_name(name: str, data: bytes, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / name).write_bytes(data)
    with pytest.raises(TemplateFaultError) as told:
        load_templates(tmp_path)
    assert told.value.values["template"] == name


def test_the_handbooks_logo_is_whole_and_on_the_first_page(workspace: Path, granskning: Run) -> None:
    page = (Path(__file__).parents[2] / "docs/mallar.md").read_text("utf-8")
    logo = page.partition("<!-- skriv: templates/logo.svg -->\n```svg\n")[2].partition("```")[0]
    words = page.partition("<!-- ändra: granskning.yaml -->\n```yaml\n")[2].partition("```")[0]
    _put(workspace, "logo.svg", logo)
    with (workspace / "granskning.yaml").open("a", encoding="utf-8") as settings:
        settings.write(words)
    done = granskning("render", REVIEW, "--format", "html", cwd=workspace)
    assert done.returncode == 0, done.stderr
    shown = (workspace / done.stdout.strip()).read_text("utf-8")
    assert f'src="data:image/svg+xml;base64,{base64.b64encode(logo.encode()).decode()}"' in shown
    assert 'alt="Region Exempel, logotyp"' in shown


def test_contents_are_those_of_the_page_and_a_short_page_has_none() -> None:
    heads = "".join(f'<h2 class="small" id="a{n}">{n} &amp; <b>ord</b></h2>' for n in range(4))
    page = put_contents(f"<main>{heads}</main>{PLACE}", Translator("sv"))
    assert page.count('<li><a href="#a') == 4  # as many as headings
    assert '<a href="#a3">3 &amp; ord</a>' in page
    assert PLACE not in put_contents(f"<h2 id='x'>x</h2>{PLACE}", Translator("sv"))


def test_a_template_that_forgets_a_block_leaves_a_whole_page() -> None:
    templates = {"kort/report.html.j2": "{% block other %}x{% endblock %}"}
    assert Renderer(templates).render("kort/report.html.j2", None, Translator("sv")) == "x"
