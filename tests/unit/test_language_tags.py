"""Words that carry their language: through sentences and cuts, and out as elements with `lang`."""

from __future__ import annotations

import pytest

from granskning.i18n import PageTranslator, Translator
from granskning.language_tags import cut, language_runs, retagged, tagged, unmarked, untagged
from granskning.reporting.charts.chart import wrap
from granskning.reporting.html.languages import TOLD_HERE, spell_out_languages
from granskning.reporting.wording.words import first_sentence, paragraphs, shorten
from granskning.wordings import capital

PAGE = PageTranslator("en")
ENGLISH = Translator("en")
MAKT = tagged("makt och ansvar", "sv")


def _out(html: str) -> str:
    return spell_out_languages(html, ENGLISH)


def test_content_in_another_language_carries_it_and_is_marked_only_alone() -> None:
    title = PAGE.text({"sv": "Makt"})
    assert title == f"[only in Swedish] {tagged('Makt', 'sv')}"
    assert PAGE("{subject} is strongest in {targets}.", subject="It", targets=PAGE.series([title, title])) == (
        f"It is strongest in {tagged('Makt', 'sv')} and {tagged('Makt', 'sv')}."
    )
    assert PAGE.text({"sv": "Makt", "en": "Power"}) == "Power"
    assert PAGE.text({"en-GB": "Power"}).endswith("Power")
    assert PageTranslator("fi").text({"fi": "Valta", "sv": "Makt"}) == tagged("Valta", "fi")
    assert PAGE.text({}) == tagged("", "sv") == ""
    assert ENGLISH.text({"sv": "Makt"}) == "[only in Swedish] Makt"


def test_what_is_cut_keeps_its_language() -> None:
    assert capital(MAKT) == tagged("Makt och ansvar", "sv")
    assert paragraphs(tagged("Ett.\n\nTvå.", "sv")) == (tagged("Ett.", "sv"), tagged("Två.", "sv"))
    assert paragraphs(tagged("Så:\n- ett\n- två", "sv"))[1] == f"\t• {tagged('ett', 'sv')}"
    assert first_sentence(tagged("Ett här. Två där.", "sv")) == tagged("Ett här.", "sv")
    assert shorten(f"Of {MAKT} here", 12) == f"Of {tagged('makt och', 'sv')} …"
    assert shorten(MAKT, 40) == MAKT
    assert wrap(f"2 {MAKT}", 10) == (f"2 {tagged('makt och', 'sv')}", tagged("ansvar", "sv"))
    assert cut(f"a {MAKT}", 3) == f"a {tagged('m', 'sv')}"
    assert retagged(["ab", "cd"], "ab cd") == ("ab", "cd")
    assert untagged(f"a {MAKT}") == "a makt och ansvar"
    assert unmarked(f"[only in Swedish] {MAKT} [1] x") == f"{MAKT} [1] x"
    assert language_runs(f"a {MAKT} b") == [("", "a "), ("sv", "makt och ansvar"), ("", " b")]


@pytest.mark.parametrize(
    ("html", "out"),
    [
        ("<p>a & b</p>", "<p>a & b</p>"),
        (f"<p>{MAKT}</p>", '<p lang="sv">makt och ansvar</p>'),
        (f"<p> {MAKT}\n</p>", '<p lang="sv"> makt och ansvar\n</p>'),
        (f"<p>In {MAKT}.</p>", '<p>In <span lang="sv">makt och ansvar</span>.</p>'),
        (f"<p>{MAKT} <b>on</b></p>", '<p><span lang="sv">makt och ansvar</span> <b>on</b></p>'),
        (f"<p><b>on</b> {MAKT}</p>", '<p><b>on</b> <span lang="sv">makt och ansvar</span></p>'),
        (f'<img alt="{MAKT}"/>', '<img alt="makt och ansvar" lang="sv"/>'),
        (f'<a title="a {MAKT}">b</a>', '<a title="a makt och ansvar">b</a>'),
        (f"<title>Of {MAKT}</title>", "<title>Of makt och ansvar</title>"),
        (f"<svg><title>{MAKT}</title></svg>", '<svg><title lang="sv">makt och ansvar</title></svg>'),
        (f"<svg><text>2 {MAKT}</text></svg>", '<svg><text>2 <tspan lang="sv">makt och ansvar</tspan></text></svg>'),
        (f"<style>a > b</style><p>{tagged('x', 'se')}</p>", '<style>a > b</style><p lang="se">x</p>'),
        ("<p>" + tagged("x", 'sv" onclick="1') + "</p>", "<p>x</p>"),
        (f"<p lang='fi'>{MAKT}</p>", "<p lang='fi'><span lang=\"sv\">makt och ansvar</span></p>"),
    ],
)
def test_a_page_says_its_languages_out(html: str, out: str) -> None:
    assert _out(html) == out


def test_a_page_tells_which_languages_it_has_beside_its_own() -> None:
    page = f"<main>{TOLD_HERE}<p>{MAKT}</p><p>{tagged('x', 'se')}</p><p>{tagged('y', 'sv')}</p></main>"
    assert "Parts of this report are only in Swedish and Northern Sami.</p>" in _out(page)
    assert "Delar av rapporten finns bara på finska.</p>" in spell_out_languages(
        f"{TOLD_HERE}<p>{tagged('x', 'fi')}</p>", Translator("sv")
    )
    assert _out(f"{TOLD_HERE}<p>x</p>") == "<p>x</p>"
    asked = spell_out_languages(f"{TOLD_HERE}<p>{tagged('x', 'fi')}</p>", Translator("fi"))
    assert asked == '<p lang="fi">x</p>', "that the page is asked for in Finnish is told by a notice"
