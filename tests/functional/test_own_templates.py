from __future__ import annotations

import base64
import io
import re
import shutil
import struct
import zlib
from functools import cache, partial
from typing import TYPE_CHECKING

import page as validator
import pikepdf
import pytest

from granskning.edges.readers.reading import exploding_pictures
from granskning.i18n import Translator
from granskning.shipped import templates_folder
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.reports import rendering
from granskning.tasks.reports import templates as own_templates
from granskning.tasks.reports.build import Built, build
from granskning.tasks.reports.templates import load_templates

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Run

REPORT = "review/report.html.j2"
EXTENDS = '{% extends "shipped/review/report.html.j2" %}\n'
REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"
NAME = "provplan/2026-11/granskaren"
PAGE = f"build/{NAME}.html"
_LOGO = '<svg xmlns="http://www.w3.org/2000/svg" width="90" height="30"><rect width="30" height="30"/></svg>'


def _put(workspace: Path, name: str, content: str | bytes) -> None:
    path = workspace / "templates" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)


@cache
def _png(width: int, height: int) -> bytes:
    """A picture of one colour: small on disk, large in memory."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    packer = zlib.compressobj(9)
    row = b"\0" * (width + 1)
    body = b"".join([*(packer.compress(row) for _ in range(height)), packer.flush()])
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def _build(workspace: Path, **options: object) -> Built:
    root, loaded = open_workspace(workspace)
    return build(root, loaded, Translator("sv"), **options)  # type: ignore[arg-type]  # each by its own name


def test_a_block_a_style_a_logo_and_a_typeface_of_ones_own(workspace: Path, granskning: Run) -> None:
    _put(workspace, REPORT, EXTENDS + "{% block last %}<h2>Om oss</h2><p>{{ report.organisation }}</p>{% endblock %}")
    _put(
        workspace,
        "style.css",
        ":root { --accent: #7a1f3d }\n@font-face { font-family: Eget; src: url('fonts/eget.ttf') }\n"
        "h1 { font-family: Eget }",
    )
    _put(workspace, "logo.svg", _LOGO)
    _put(workspace, "fonts/eget.ttf", (templates_folder() / "fonts/DejaVuSans.ttf").read_bytes())
    settings = (workspace / "granskning.yaml").read_text("utf-8")
    (workspace / "granskning.yaml").write_text(f"{settings}report:\n  logo_text: Provläns vapen\n", "utf-8")
    done = granskning("build", cwd=workspace)
    assert done.returncode == 0, done.stderr
    html = (workspace / PAGE).read_text("utf-8")
    assert "<h2>Om oss</h2>" in html
    assert 'id="summary"' in html, "the rest is the shipped template's"
    assert 'alt="Provläns vapen"' in html
    assert "#7a1f3d" in html
    assert "#0b5c66" not in html
    data = (workspace / PAGE).with_suffix(".pdf").read_bytes()
    with pikepdf.open(io.BytesIO(data)) as document:
        fonts = {str(font.BaseFont) for page in document.pages for font in page.resources.Font.values()}
    assert any("DejaVu" in font or "Eget" in font for font in fonts), fonts
    for profile in ("ua1", "3a"):
        assert [one.rule_id for one in validator.validate_pdf_bytes(data, profile=profile).failures] == []
    again = granskning("build", cwd=workspace)
    assert "0 nya sidor" in again.stderr
    _put(workspace, "logo.svg", _LOGO.replace("30", "29"))
    anew = granskning("build", "--format", "html", cwd=workspace)
    assert (anew.returncode, "0 nya sidor" in anew.stderr) == (0, False), "a new logo makes the reports anew"


def test_an_own_part_and_a_picture(workspace: Path, granskning: Run) -> None:
    _put(workspace, "review/text.html.j2", '<p id="text"><img alt="Karta" src="{{ asset("bilder/karta.png") }}"></p>')
    _put(workspace, "bilder/karta.png", _png(4, 4))
    assert granskning("build", "--format", "html", cwd=workspace).returncode == 0
    html = (workspace / PAGE).read_text("utf-8")
    held = re.search(r'alt="Karta" src="data:image/png;base64,([^"]+)"', html)
    assert held is not None
    assert base64.b64decode(held[1]) == _png(4, 4)


def test_a_whole_shipped_folder_may_be_copied(workspace: Path, granskning: Run) -> None:
    shutil.copytree(templates_folder(), workspace / "templates", dirs_exist_ok=True)
    assert granskning("build", "--format", "html", cwd=workspace).returncode == 0


FAULTS = {
    "syntax": (REPORT, "\n{% block %}", "templates/review/report.html.j2:2: "),
    "unknown": (REPORT, EXTENDS + "{% block last %}\n{{ report.nix }}{% endblock %}", "report.html.j2:3: "),
    "file": (REPORT, EXTENDS + "{% block last %}{% include '/etc/hostname' %}{% endblock %}", "/etc/hostname"),
    "picture": (REPORT, EXTENDS + "{% block last %}\n\n{{ asset('x.png') }}{% endblock %}", "report.html.j2:4: "),
    "address": (
        REPORT,
        EXTENDS + "{% block last %}\n<img src='http://127.0.0.1:9/x'>{% endblock %}",
        "j2:3: ",
    ),
    "made address": (
        REPORT,
        EXTENDS + "{% block last %}<img src='{{ 'file:' ~ '///etc' }}'>{% endblock %}",
        "file:///etc",
    ),
    "logotype": ("logo.png", partial(_png, 12_000, 12_000), "templates/logo.png"),
    "large": ("logo.png", b"x" * 3_000_001, "templates/logo.png"),
    "entities": ("logo.svg", '<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>'.encode("utf-16"), "templates/logo.svg"),
    "import": ("style.css", "a{}\n@import 'x.css';", "templates/style.css:2: "),
    "net in style": ("style.css", "a{}\n\na { background: url(https://exempel.se/x.png) }", "style.css:3: "),
    "outside": ("style.css", "a { background: url(../granskning.yaml) }", "style.css:1: "),
    "absolute": ("style.css", "a { background: url(/etc/hostname) }", "style.css:1: "),
    "pale": ("style.css", ":root { --accent: #ffcc00 }", "style.css:1: --accent"),
    "no text": ("style.css", b"\xff\xfe\x00", "templates/style.css"),
}


@pytest.mark.parametrize(("name", "content", "told"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_told_with_file_and_line_and_nothing_is_half_written(
    name: str, content: str | bytes | Callable[[], bytes], told: str, workspace: Path, granskning: Run
) -> None:
    _put(workspace, name, content() if callable(content) else content)
    others = name == REPORT  # what all reports share fails with all of them
    # a fault is met before there is anything to print: that the others are printed beside it is asked once
    form = "html" if others and content != FAULTS["syntax"][1] else "pdf"
    done = granskning("build", "--format", "html", "--format", form, cwd=workspace)
    assert done.returncode == (1 if others else 2)
    assert told in done.stderr, done.stderr
    assert not (workspace / PAGE).exists()
    assert not (workspace / PAGE).with_suffix(".pdf").exists()
    assert list(workspace.rglob("*.tmp")) == []
    if others:
        assert (workspace / f"build/portfolio.{form}").exists(), "the other reports are built"


LOOPS = {
    "loop in loop": "{% for a in range(99999) %}{% for b in range(99999) %}{% set c = a * b %}{% endfor %}{% endfor %}",
    "power": "{{ (9 ** (9 ** 9))|string|length }}",
    "doubled text": "{% set n = namespace(x='xxxx') %}{% for a in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}",
    "wide text": "{{ 'x' * 5000000000 }}",
    "long page": "{% for a in range(99999) %}{% for b in range(9999) %}xxxxxxxxxxxxxxxx{% endfor %}{% endfor %}",
    "calls itself": "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "includes itself": "{% include 'review/report.html.j2' %}",
}


@pytest.mark.parametrize("text", LOOPS.values(), ids=LOOPS)
def test_a_template_without_end_is_stopped_and_the_others_built(
    text: str, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "SECONDS", 1.0)
    monkeypatch.setattr(rendering, "_GRACE", 15.0)
    _put(workspace, REPORT, f"{EXTENDS}{{% block last %}}\n{text}\n{{% endblock %}}")
    built = _build(workspace, formats=("html",))
    assert [one.output for one in built.failed] == ["provplan/2026-11/granskaren.html"]
    assert "portfolio.html" in built.written
    told = str(built.failed[0].error)
    assert told.startswith("templates/review/report.html.j2:"), told
    if text not in (LOOPS["power"], LOOPS["includes itself"]):  # where no alarm is heard, or telling takes too long
        assert re.match(r"templates/review/report\.html\.j2:[123]:? ", told) or "longer than" in told, told


def test_a_layout_that_takes_minutes_is_stopped_and_the_others_built(workspace: Path, granskning: Run) -> None:
    nested = '<div style="display:flex">x' * 14 + "</div>" * 14
    _put(workspace, REPORT, f"{EXTENDS}{{% block last %}}{nested}{{% endblock %}}")
    done = granskning("build", "--format", "pdf", "--seconds", "1", cwd=workspace)
    assert done.returncode == 1
    failed = "provplan/2026-11/granskaren.pdf"
    assert f"{failed}: utskriften stoppades efter 1 s processortid\n" in done.stderr
    assert "\n  tips: tillåt mer med --seconds\n" in done.stderr
    assert done.stdout.split() == ["build/kriterier--prov/1.0.0.pdf", "build/portfolio.pdf", "build/provplan/index.pdf"]
    assert not (workspace / "build" / failed).exists()
    alone = granskning("render", REVIEW, "--seconds", "1", cwd=workspace)
    assert alone.returncode == 2
    assert "utskriften stoppades efter 1 s processortid\n  tips: tillåt mer med --seconds\n" in alone.stderr


def test_a_picture_s_head_is_read_apart_and_each_content_once(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple[bytes, ...]] = []

    def look(pictures: tuple[bytes, ...], file: str) -> tuple[bool, ...]:
        asked.append(pictures)
        return exploding_pictures(pictures, file)

    monkeypatch.setattr(own_templates, "exploding_pictures", look)
    small, other = _png(3, 4), _png(4, 3)
    for name, content in (("logo.png", small), ("review/b.png", small), ("c.png", other), ("d.svg", "<svg/>")):
        _put(workspace, name, content)
    load_templates(workspace)
    load_templates(workspace)
    assert asked == [(other, small, small)]


def test_a_picture_that_explodes_within_a_page_is_left_out(workspace: Path) -> None:
    bomb = base64.b64encode(_png(12_000, 12_000)).decode()
    _put(
        workspace,
        REPORT,
        f'{EXTENDS}{{% block last %}}<img alt="x" src="data:image/png;base64,{bomb}">{{% endblock %}}',
    )
    built = _build(workspace, formats=("pdf",), only=NAME)
    assert built.failed == ()
    assert any("too large" in line or "cannot be loaded" in line for _, line in built.noticed), built.noticed


def test_a_character_that_no_font_has_is_told_of_without_being_asked(workspace: Path, granskning: Run) -> None:
    _put(workspace, REPORT, EXTENDS + "{% block last %}<p>\N{CUNEIFORM SIGN A}{% endblock %}")
    done = granskning("build", "--format", "pdf", "--only", NAME, cwd=workspace)
    assert done.returncode == 0
    assert "granskaren.pdf: inget typsnitt har tecknet \N{CUNEIFORM SIGN A} (U+12000)" in done.stderr
