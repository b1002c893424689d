from __future__ import annotations

import datetime as dt
import gc
import hashlib
import io
import logging
import os
import re
import signal
import subprocess
import sys
import threading
import warnings
import zlib
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import page as validator
import pikepdf
import pytest

from granskning.edges.limits import Limit, stopped_after
from granskning.edges.printing import pdf, pdf_tags
from granskning.edges.printing.pdf import Attached, Printed, font_settings, print_pdf, replace_unprintable
from granskning.edges.readers.pdf_reading import read_pdf
from granskning.errors import MissingPartError, PrintingFailedError, TookTooLongError
from granskning.i18n import Translator
from granskning.reporting.html.render import REVIEW, Renderer
from granskning.shipped import fonts_folder
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.reports.report import Reporter
from granskning.tasks.reports.templates import load_templates
from tagged_pdf import is_element, letters, letters_seen, letters_spoken, spoken, tags_seen, tags_told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EXAMPLE = Path(__file__).parents[2] / "reporting" / "exempel"
BASE = Path(__file__).parents[3] / "cases" / "base"
FONTS = fonts_folder()
YAML = Attached("granskning.yaml", b"a: 1\n", "The review", dt.datetime(2026, 11, 23, tzinfo=dt.UTC))


@pytest.fixture(scope="module")
def html() -> str:
    root, loaded = open_workspace(EXAMPLE)
    reporter = Reporter(root, loaded, Translator("en"))
    one = next(one for one in reporter.reported.scored if one.review.strategy == "exempelplan")
    return Renderer(load_templates(root)).render(REVIEW, reporter.review(one), Translator("en"))


@pytest.fixture(scope="module")
def printed(html: str) -> Printed:
    return print_pdf(html, fonts=FONTS)


@pytest.fixture(scope="module")
def document(printed: Printed) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(printed.data)) as opened:
        yield opened


def _small(body: str) -> str:
    return f'<!DOCTYPE html><html lang="sv"><head><title>Liten</title></head><body>{body}</body></html>'


def _faults(data: bytes, profile: str) -> list[str]:
    told = validator.validate_pdf_bytes(data, profile=profile)
    return [f"{one.rule_id}: {one.message}" for one in told.failures]


# What validators say


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_a_report_is_accessible_and_archivable(printed: Printed, profile: str) -> None:
    assert _faults(printed.data, profile) == []


def test_a_page_with_attachments_is_so_too() -> None:
    """Whole reports with all that they carry are tried in tests/functional/test_report_pdfs.py."""
    data = print_pdf(_small("<h1>a</h1><p>b"), fonts=FONTS, attachments=(YAML,)).data
    assert [_faults(data, profile) for profile in ("ua1", "3a")] == [[], []]
    with pikepdf.open(io.BytesIO(data)) as opened:
        assert opened.attachments["granskning.yaml"].get_file().read_bytes() == b"a: 1\n"
        assert len(opened.Root.AF) == 1


@pytest.mark.parametrize("line_end", [b"\n", b"\r"])
def test_an_attachment_keeps_every_byte_whatever_they_are_packed_to(line_end: bytes) -> None:
    """Two files in 256 are packed to bytes that end in a line end, which no stream may."""
    texts = (b"a: " + b"x" * number + b"\n" for number in range(10_000))
    data = next(text for text in texts if zlib.compress(text, 9).endswith(line_end))
    carried = Attached("granskning.yaml", data, YAML.description, YAML.date)
    printed = print_pdf(_small("<h1>a</h1><p>b"), fonts=FONTS, attachments=(carried,)).data
    assert not pdf_tags.ends_doubtfully(printed)
    assert dict(read_pdf(printed).attachments) == {"granskning.yaml": data}
    with pikepdf.open(io.BytesIO(printed)) as opened:
        assert opened.attachments["granskning.yaml"].get_file().read_bytes() == data
    assert [_faults(printed, profile) for profile in ("ua1", "3a")] == [[], []]


def test_a_page_with_a_link_to_a_file_is_written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """What looks doubtful is written anew, up to four times, and writing is a third of printing."""
    written: list[int] = []

    def counted(built: pdf_tags.Elements, padding: int = 0) -> Callable[[Any, Any], None]:
        written.append(padding)
        return pdf_tags.make_finisher(built, padding)

    monkeypatch.setattr("granskning.edges.printing.pdf.make_finisher", counted)
    page = _small(f'<h1>a</h1><p><a href="attached:{YAML.name}">b</a>')
    with pikepdf.open(io.BytesIO(print_pdf(page, fonts=FONTS, attachments=(YAML,)).data)) as opened:
        assert [str(note.Subtype) for note in opened.pages[0].Annots] == ["/FileAttachment"]
    assert written == [0]


@pytest.mark.parametrize("letters", range(24))
def test_no_stream_ends_in_a_line_end(letters: int) -> None:
    # one compressed stream in a hundred does by chance, and then nobody can tell its length from the file
    data = print_pdf(_small(f"<h1>{'a' * letters}</h1><p>x"), fonts=FONTS).data
    assert not re.search(rb"[\r\n]\nendstream", data)


def test_nothing_was_warned_about(printed: Printed) -> None:
    assert printed.warnings == ()
    assert printed.replaced == ()


# What no validator sees


def test_the_tag_tree_tells_every_word_of_the_page_in_order(html: str, document: pikepdf.Pdf) -> None:
    told = letters_spoken(document)
    assert len(told) > 15_000
    assert told == letters_seen(html)


def test_every_heading_table_and_cell_is_tagged_once(html: str, document: pikepdf.Pdf) -> None:
    assert tags_told(document) == tags_seen(html)


def test_table_heads_have_scope(document: pikepdf.Pdf) -> None:
    scopes = Counter(str(one.A.Scope) for one in document.objects if is_element(one, "/TH"))
    assert set(scopes) == {"/Row", "/Column"}


def test_figures_say_what_they_show(html: str, document: pikepdf.Pdf) -> None:
    profile, *strips = (str(one.Alt) for one in document.objects if is_element(one, "/Figure"))
    assert profile.startswith("Highest: [only in Swedish] Uppföljning som märks, 2.8.")
    assert len(strips) == html.count('<figure class="strip">') > 5
    assert [alt for alt in strips if not re.search(r": women [\d.,\N{NO-BREAK SPACE}]+, men [\d.]", alt)] == []


def test_links_are_spoken_in_words(document: pikepdf.Pdf) -> None:
    spoken = [str(one.Contents) for page in document.pages for one in page.get("/Annots", []) if one.Subtype == "/Link"]
    assert spoken.count("1 [only in Swedish] Kunskap om kvinnor och män") > 1, "in the map and in the sum"
    assert "1.1 Mentioned" in spoken
    assert not [words for words in spoken if words.startswith(("#", "question-", "target-"))]


def test_language_title_and_bookmarks(document: pikepdf.Pdf) -> None:
    assert str(document.Root.Lang) == "en"
    assert document.Root.ViewerPreferences.DisplayDocTitle
    assert str(document.docinfo.Title).startswith("Review of ")
    with document.open_outline() as outline:
        assert [str(one.title) for one in outline.root[0].children][:2] == [
            "Summary",
            "Where is the plan strong, and where is something missing?",
        ]


def test_running_heads_are_not_read_aloud(document: pikepdf.Pdf) -> None:
    assert "EXAMPLE·" not in letters(spoken(document))


# Always the same


_PROGRAM = """
import hashlib, sys
from pathlib import Path
from granskning.edges.printing.pdf import print_pdf
data = print_pdf(Path(sys.argv[1]).read_text("utf-8"), fonts=Path(sys.argv[2])).data
print(hashlib.sha256(data).hexdigest())
"""


def test_the_same_page_gives_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    root, loaded = open_workspace(BASE)
    reporter = Reporter(root, loaded, Translator("sv"))
    html = Renderer(load_templates(root)).render(REVIEW, reporter.review(reporter.reported.scored[0]), Translator("sv"))
    source = tmp_path / "sida.html"
    source.write_text(html, "utf-8")
    told = {hashlib.sha256(print_pdf(html, fonts=FONTS).data).hexdigest()}
    for seed, zone, language in (("0", "UTC", "C"), ("4711", "Asia/Tokyo", "sv_SE.UTF-8")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": language, "LANG": language}
        words = [sys.executable, "-c", _PROGRAM, str(source), str(FONTS)]
        done = subprocess.run(words, env=env, capture_output=True, text=True, check=True)
        assert done.stderr == ""
        told.add(done.stdout.strip())
    assert len(told) == 1


def test_the_only_date_is_that_of_the_sources(printed: Printed) -> None:
    with pikepdf.open(io.BytesIO(printed.data)) as opened:
        assert {str(opened.docinfo[name]) for name in ("/CreationDate", "/ModDate")} == {"D:20261123"}
    data = print_pdf(_small("<h1>a</h1>"), fonts=FONTS).data
    assert b"CreationDate" not in data


def test_our_settings_leave_no_trace(monkeypatch: pytest.MonkeyPatch) -> None:
    before = gc.get_threshold()
    within: list[tuple[int, int, int]] = []
    monkeypatch.setattr(pdf, "_print", lambda *_: within.append(gc.get_threshold()) or b"%PDF")  # type: ignore[func-returns-value]
    assert print_pdf(_small("<p>x"), fonts=FONTS).data == b"%PDF"
    assert gc.get_threshold() == before
    assert within[0] > before, "Python looks for rubbish more seldom while a page is laid out"
    assert "granskning-fonts" not in os.environ.get("FONTCONFIG_FILE", "")


def test_an_alarm_that_rings_while_our_settings_are_put_back_leaves_none_behind(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_threshold, rung = gc.set_threshold, []

    def settings() -> tuple[object, ...]:
        return (
            dict(os.environ),
            gc.get_threshold(),
            sys.stdout,
            warnings.filters[:],
            logging.getLogger("weasyprint").handlers,
        )

    def ring_when_put_back(*wanted: int) -> None:
        rung.append(wanted)
        if len(rung) == 2:
            signal.raise_signal(signal.SIGPROF)
        set_threshold(*wanted)

    before = settings()
    monkeypatch.setattr(gc, "set_threshold", ring_when_put_back)
    monkeypatch.setattr(pdf, "_print", lambda *_: b"%PDF")
    with pytest.raises(TookTooLongError), stopped_after(Limit(60)):
        print_pdf(_small("<p>x"), fonts=FONTS)
    assert len(rung) == 3
    assert settings() == before


def test_weasyprint_finds_its_libraries_without_starting_any_program() -> None:
    """Python starts linker and compiler to look for a library by its short name: a quarter of what loading costs."""
    words = (
        "import subprocess; from granskning.edges.printing.pdf import load_printing\n"
        "def refuse(*_, **__): raise AssertionError('a program was started')\n"
        "subprocess.Popen.__init__ = refuse; load_printing()\n"
        "import sys, ctypes.util; print('weasyprint.pdf.tags' in sys.modules, ctypes.util.find_library.__module__)"
    )
    done = subprocess.run([sys.executable, "-c", words], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("True ctypes.util\n", "")


# What goes wrong


_SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><title>x</title>{}</svg>'
_FILE = "file:///etc/hostname"


@pytest.mark.parametrize(
    "body",
    [
        f'<img alt="x" src="{_FILE}">',
        '<img alt="x" src="http://127.0.0.1:9/x.png">',
        f'<link rel="attachment" href="{_FILE}"><p>x',
        f'<style>@import url("{_FILE}")</style><p>x',
        "<style>p { background: url(http://127.0.0.1:9/) }</style><p>x",
        f"<style>@font-face {{ font-family: q; src: url({_FILE}) }} p {{ font-family: q }}</style><p>x",
        "<p>x" + _SVG.format(f'<image href="{_FILE}" width="9" height="9"/>'),
    ],
)
def test_every_address_is_refused_and_the_page_printed(body: str) -> None:
    told = print_pdf(_small(body), fonts=FONTS)
    assert any("refused" in line or "cannot be loaded" in line for line in told.warnings), told.warnings
    with pikepdf.open(io.BytesIO(told.data)) as opened:
        assert len(opened.attachments) == 0


def test_a_character_that_no_font_has_is_replaced_and_told() -> None:
    told = print_pdf(
        _small("<p>Ett \N{CUNEIFORM SIGN A} tecken \N{LATIN SMALL LETTER A WITH RING ABOVE}</p>"), fonts=FONTS
    )
    assert told.replaced == ("\N{CUNEIFORM SIGN A}",)
    assert _faults(told.data, "ua1") == []
    assert _faults(told.data, "2a") == []


def test_characters_of_the_second_font_are_kept() -> None:
    assert replace_unprintable("åäö → ≥ ☑ ✓ ½ €") == ("åäö → ≥ ☑ ✓ ½ €", ())


def test_a_page_can_be_printed_outside_the_main_thread() -> None:
    told: list[Printed] = []
    thread = threading.Thread(target=lambda: told.append(print_pdf(_small("<p>x"), fonts=FONTS)))
    thread.start()
    thread.join()
    assert told[0].data.startswith(b"%PDF")


def test_too_deep_a_page_is_an_error_of_ours() -> None:
    with pytest.raises(PrintingFailedError):
        print_pdf(_small("<div>" * 900), fonts=FONTS)


def test_without_pango_the_error_says_what_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_: object) -> bytes:
        raise OSError("cannot load library 'libpango-1.0-0'")

    monkeypatch.setattr(pdf, "_print", missing)
    with pytest.raises(MissingPartError) as caught:
        print_pdf(_small("<p>x"), fonts=FONTS)
    assert "doctor" in caught.value.hint


def test_this_computer_lacks_nothing() -> None:
    assert pdf.missing_libraries() == ()


def test_a_folder_for_temporary_files_that_takes_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(PrintingFailedError, match="takes no temporary files"), font_settings(tmp_path):
        pass
