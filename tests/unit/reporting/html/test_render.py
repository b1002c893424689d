from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import tinyhtml5
from jinja2 import Environment

from granskning.errors import TemplateFaultError
from granskning.i18n import Translator
from granskning.reporting.html.render import CRITERIA, PORTFOLIO, REVIEW, Renderer
from granskning.reporting.html.style import css_string
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.reports.portfolio import make_portfolio
from granskning.tasks.reports.report import Reporter
from granskning.tasks.reports.templates import load_templates

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from granskning.reporting.review.report_values import ReviewReport

EXAMPLE = Path(__file__).parents[1] / "exempel"
ENGLISH = Translator("en")
SHIPPED = load_templates(EXAMPLE)


@pytest.fixture(scope="module")
def reporter() -> Reporter:
    root, loaded = open_workspace(EXAMPLE)
    return Reporter(root, loaded, ENGLISH)


@pytest.fixture(scope="module")
def report(reporter: Reporter) -> ReviewReport:
    return reporter.review(next(one for one in reporter.reported.scored if one.review.strategy == "exempelplan"))


@pytest.fixture(scope="module", params=["review", "portfolio"])
def page(request: pytest.FixtureRequest, reporter: Reporter, report: ReviewReport) -> Element:
    made = report if request.param == "review" else make_portfolio(reporter)
    html = Renderer(SHIPPED).render(REVIEW if request.param == "review" else PORTFOLIO, made, ENGLISH)
    return tinyhtml5.parse(html, namespace_html_elements=False)  # type: ignore[no-any-return]


def test_whatever_a_reviewer_writes_is_text(report: ReviewReport) -> None:
    nasty = '<script>alert(1)</script><link rel=attachment href="file:///etc/passwd">&{{ 7 * 7 }}'
    question = replace(report.targets[0].questions[0], reason=(nasty,))
    target = replace(report.targets[0], questions=(question,), picture=nasty)
    framed = replace(report, targets=(target,), frame=replace(report.frame, title=nasty, head=nasty))
    html = Renderer(SHIPPED).render(REVIEW, framed, ENGLISH)
    assert "<script" not in html
    assert "<link" not in html
    assert "49" not in re.findall(r"&amp;(.{0,14})", html)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in html


def test_language_title_and_landmarks(page: Element) -> None:
    assert page.get("lang") == "en"
    assert (page.findtext("head/title") or "").strip()
    assert page.find("body/main") is not None
    skip = page.find("body/a")
    assert skip is not None
    assert skip.get("href") == "#content"


def test_ids_are_unique_and_links_lead_somewhere(page: Element) -> None:
    ids = Counter(name for element in page.iter() if (name := element.get("id")))
    assert [name for name, count in ids.items() if count > 1] == []
    inner = {link[1:] for element in page.iter("a") if (link := element.get("href", "")).startswith("#")}
    assert inner <= ids.keys()
    labels = {name for element in page.iter() if (name := element.get("aria-labelledby"))}
    assert labels <= ids.keys()


def test_headings_never_skip_a_level(page: Element) -> None:
    levels = [int(element.tag[1]) for element in page.iter() if re.fullmatch(r"h[1-6]", str(element.tag))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_tables_have_heads_with_scope(page: Element) -> None:
    for table in page.iter("table"):
        heads = list(table.iter("th"))
        assert heads
        assert {head.get("scope") for head in heads} <= {"col", "row"}
        if table.get("class") != "facts":
            assert table.find("thead") is not None


def test_drawings_say_what_they_show(page: Element) -> None:
    for drawing in (element for element in page.iter() if str(element.tag).endswith("svg")):
        first = drawing[0]
        assert str(first.tag).endswith("title")
        assert len(first.text or "") > 40


def test_nothing_is_fetched_from_anywhere(page: Element) -> None:
    for element in page.iter():
        assert element.get("src") is None
        assert element.tag not in ("link", "script", "img", "object", "embed", "iframe")
        for style in element.findall("style"):
            own = re.sub(r"attr\(data-to url\)|url\(\"?data:font/", "", style.text or "")
            assert "url(" not in own
            assert "@import" not in (style.text or "")


def test_a_page_in_another_language_marks_the_reviewers_words(page: Element) -> None:
    if page.find(".//*[@id='summary']") is not None:
        quotes = [element for element in page.iter("span") if element.get("class") == "quote"]
        assert {quote[0].get("lang") for quote in quotes} == {"sv"}


@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("\n\n{{ report.nothing }}", 3, "nothing"),
        ("\n{{ unknown }}", 2, "unknown"),
        ("{% if %}", 1, "Expected an expression"),
        ("\n{{ 1 / 0 }}", 2, "division"),
        ("{{ report.__class__.__mro__ }}", 1, "unsafe"),
        ("\n\n\n{% for one in range(10 ** 9) %}{% endfor %}", 4, "too large"),
        ("{% include 'none.j2' %}", 0, "none.j2"),
    ],
)
def test_a_fault_in_a_template_names_file_and_line(report: ReviewReport, text: str, line: int, reason: str) -> None:
    with pytest.raises(TemplateFaultError) as caught:
        Renderer({**SHIPPED, "review/cover.html.j2": text}).render(REVIEW, report, ENGLISH)
    told = str(caught.value)
    assert reason in told
    if line:
        assert told.startswith(f"templates/review/cover.html.j2:{line}: ")


def test_a_template_cannot_change_what_it_is_given(report: ReviewReport) -> None:
    with pytest.raises(TemplateFaultError):
        Renderer({REVIEW: "{{ templates.update({}) }}"}).render(REVIEW, report, ENGLISH, templates={})


def test_ones_own_template_wins_file_by_file(report: ReviewReport) -> None:
    html = Renderer({**SHIPPED, "review/cover.html.j2": "<h1>OWN</h1>"}).render(REVIEW, report, ENGLISH)
    assert "<h1>OWN</h1>" in html
    assert 'id="summary"' in html


def _light(colour: str) -> float:
    """How light a colour is, as WCAG 2.1 counts it."""
    long = "".join(letter * 2 for letter in colour[1:]) if len(colour) == 4 else colour[1:]
    parts = [int(long[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_light(one), _light(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_words_stand_out_from_their_ground_in_light_and_dark() -> None:
    screen, dark = SHIPPED["shared/screen.css"].split("prefers-color-scheme: dark")
    words = re.compile(r"(?<![-\w])color: (#[0-9a-f]{3,6})")
    on_white = set(words.findall(SHIPPED["shared/page.css"] + SHIPPED["shared/paper.css"] + screen)) - {"#fff"}
    assert len(on_white) >= 4
    assert {colour for colour in on_white if _contrast(colour, "#ffffff") < 4.5} == set()
    assert {colour for colour in on_white if _contrast(colour, "#f1f6f6") < 4.5} == set()
    in_the_dark = set(words.findall(dark))
    assert len(in_the_dark) >= 4
    assert {colour for colour in in_the_dark if _contrast(colour, "#141417") < 4.5} == set()


def test_numbers_stand_out_from_every_shade_of_a_level() -> None:
    shades = dict(re.findall(r"\.step-(\d) \{ background: (#[0-9a-f]+)", SHIPPED["shared/page.css"]))
    for step, shade in shades.items():
        assert _contrast("#ffffff" if step == "4" else "#1b1b1f", shade) >= 4.5
    assert [_light(shade) for _, shade in sorted(shades.items())] == sorted(map(_light, shades.values()), reverse=True)
    assert _contrast("#0b5c66", "#ffffff") >= 3, "the outline carries the lightest shades"


def test_a_shipped_template_is_compiled_once_and_an_own_one_each_time(
    report: ReviewReport, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[str] = []
    real = Environment.compile

    def counting(environment: Environment, source: str, name: str, filename: str) -> object:
        compiled.append(name)
        return real(environment, source, name, filename)

    Renderer(SHIPPED).render(REVIEW, report, ENGLISH)
    monkeypatch.setattr(Environment, "compile", counting)
    Renderer(SHIPPED).render(REVIEW, report, ENGLISH)
    assert compiled == []
    first, other = "<p>{{ report }} of one page", "<p>{{ report }} of another"
    texts = [Renderer({"own.html.j2": text}).render("own.html.j2", "<", ENGLISH) for text in (first, other)]
    assert texts == ["<p>&lt; of one page", "<p>&lt; of another"]
    assert compiled == ["own.html.j2"] * 2


def test_the_contents_name_only_what_an_own_template_has_left(reporter: Reporter) -> None:
    criteria = reporter.reported.scored[0].criteria
    own = {**SHIPPED, CRITERIA: f'{{% extends "shipped/{CRITERIA}" %}}{{% block method %}}{{% endblock %}}'}
    whole, cut = (
        Renderer(templates).render(CRITERIA, reporter.criteria(criteria), ENGLISH) for templates in (SHIPPED, own)
    )
    assert whole.count('class="page-of"') == cut.count('class="page-of"') + 1
    assert 'href="#method"' in whole
    assert 'href="#method"' not in cut


def test_a_running_head_cannot_end_its_string_or_its_style_sheet() -> None:
    assert css_string('a"b</style>\\ö 1') == '"a\\22 b\\3c \\2f style\\3e \\5c ö 1"'
