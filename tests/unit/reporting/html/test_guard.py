from __future__ import annotations

from pathlib import Path

import pytest

from granskning.reporting.html.external_resources import refused_addresses
from granskning.reporting.html.render import PORTFOLIO, REVIEW, Renderer
from granskning.tasks.reports.templates import load_templates

FILE = "file:///etc/hostname"
NET = "http://127.0.0.1:9/x"
_SVG = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'

EVERY_PLACE = {
    "link attachment": f'<link rel="attachment" href="{FILE}">',
    "a attachment": f'<a rel="attachment" href="{FILE}">x</a>',
    "link stylesheet": f'<link rel="stylesheet" href="{NET}">',
    "link icon": f"<link rel=icon href={NET}>",
    "img": f'<img alt="" src="{FILE}">',
    "img relative": '<img alt="" src="bild.png">',
    "img srcset": f'<img alt="" srcset="{NET} 2x">',
    "img without protocol": '<img alt="" src="//exempel.se/x.png">',
    "picture": f'<picture><source srcset="{NET}"></picture>',
    "video": f'<video poster="{NET}"></video>',
    "audio": f'<audio src="{NET}"></audio>',
    "track": f'<track src="{NET}">',
    "object": f'<object data="{NET}"></object>',
    "embed": f'<embed src="{NET}">',
    "iframe": '<iframe srcdoc="<p>x"></iframe>',
    "script": f'<script src="{NET}"></script>',
    "import": f'<style>@import "{NET}";</style>',
    "import url": f"<style>@import url({FILE});</style>",
    "css url": f"<style>p {{ background: url('{NET}') }}</style>",
    "css escaped": rf"<style>p {{ background: \75 rl({NET}) }}</style>",
    "font-face": f"<style>@font-face {{ font-family: q; src: url({FILE}) }}</style>",
    "style attribute": f"<p style=\"background:url('{NET}')\">x",
    "table background": f'<table background="{NET}">',
    "input": f'<input type="image" src="{NET}">',
    "svg image": _SVG.format(f'<image href="{NET}"/>'),
    "svg image xlink": _SVG.format(f'<image xlink:href="{NET}"/>'),
    "svg use": _SVG.format(f'<use href="{NET}#a"/>'),
    "svg feImage": _SVG.format(f'<filter><feImage href="{NET}"/></filter>'),
    "svg fill": _SVG.format(f'<rect fill="url({NET}#a)"/>'),
    "base": '<base href="https://exempel.se/">',
    "refresh": f'<meta http-equiv="Refresh" content="0; url={NET}">',
    "unclosed style": f"<style>p {{ background: url({NET})",
    "data that is a page": '<img alt="" src="data:text/html,x">',
}


@pytest.mark.parametrize("html", EVERY_PLACE.values(), ids=EVERY_PLACE)
def test_every_place_that_can_name_an_address_is_seen(html: str) -> None:
    assert refused_addresses(f"<!DOCTYPE html><body>{html}"), html


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://exempel.se/plan.pdf">planen</a>',
        '<a href="#question-1">1</a>',
        '<a href="mailto:registrator@exempel.se">mejl</a>',
        '<img alt="" src="data:image/png;base64,iVBORw0KGgo=">',
        _SVG.format('<rect fill="url(#a)"/><use href="#b"/>'),
        "<style>p::before { content: 'url(x)' } @font-face { src: url(data:font/woff2;base64,AA) }</style>",
        "<p>Skriv url(http://exempel.se) så här: &lt;img src=x&gt;",
    ],
)
def test_links_and_what_the_page_carries_itself_are_let_through(html: str) -> None:
    assert refused_addresses(html) == []


def test_the_shipped_templates_fetch_nothing() -> None:
    templates = load_templates(Path("/nowhere"))
    assert not any("http" in one for text in templates.values() for one in refused_addresses(text) if "{" not in one)
    assert {REVIEW, PORTFOLIO} <= templates.keys()
    assert Renderer(templates)
