from __future__ import annotations

import pytest

from granskning.errors import TemplateFaultError
from granskning.model.palette import PALETTE
from granskning.reporting.html.style import (
    addresses_of,
    contrast,
    is_embedded,
    read_palette,
    recolour,
    replace_addresses,
)
from granskning.tasks.reports.templates import load_templates


def test_every_address_is_found_however_it_is_written() -> None:
    css = r"""
      p { background: url(a.png) } q { background: URL( "b.png" ) } r { background: \75rl(c.png) }
      @media print { @page { @top-left { content: url('d.png') } } }
      s { background: image-set("e.png" 1x, url(f.png) 2x), src("g.png") }
      @font-face { src: local("Arial"), url(h.woff2) format("woff2") }
      t { --eget: url(i.png); content: "url(not-this.png)" } /* url(nor-this.png) */
    """
    assert sorted(set(addresses_of(css))) == [
        *(f"{letter}.png" for letter in "abcdefg"), "h.woff2", "i.png",
    ]  # fmt: skip
    assert addresses_of('@import "j.css"; @IMPORT url(k.css) print; p { color: red }') == ["j.css", "k.css"]


def test_an_address_is_replaced_and_nothing_else() -> None:
    css = 'a > b::before { content: "\\201D x"; background: url( logo.png ) no-repeat }\n'
    made = replace_addresses(css, "style.css", lambda address, line: f"data:image/png;base64,{address}{line}")
    assert made == 'a > b::before { content: "”x"; background: url("data:image/png;base64,logo.png1") no-repeat }\n'


@pytest.mark.parametrize(
    ("css", "line"),
    [
        ("a{}\n@import 'x.css';", 2),
        ("a {\n\n  background: url(a b'c) }", 3),
        ("p { } }", 1),
        ("p { content: 'x\n }", 1),
    ],
)
def test_a_style_sheet_that_cannot_be_read_is_told_with_its_line(css: str, line: int) -> None:
    with pytest.raises(TemplateFaultError, match=rf"^templates/style\.css:{line}: "):
        replace_addresses(css, "style.css", lambda address, _: address)


def test_what_is_embedded() -> None:
    assert is_embedded("data:image/png;base64,xx")
    assert is_embedded("#bild")
    assert not is_embedded("data:text/html,<p>")
    assert not is_embedded("file:///etc/hostname")
    assert not is_embedded("//exempel.se/x.png")


def test_colours_are_taken_from_the_root_by_name() -> None:
    css = "/* x */ :root { --accent: #7A1F3D; --nagot: 3pt } h1 { --ink: #ffffff }"
    palette = read_palette(css)
    assert palette == {"#0b5c66": "#7a1f3d"}
    assert recolour("a { color: #0b5c66 } b { color: #1b1b1f }", palette) == "a { color: #7a1f3d } b { color: #1b1b1f }"
    assert recolour("#0b5c66", {}) == "#0b5c66"


@pytest.mark.parametrize("value", ["#f5a000", "#ccc", "red", "rgb(0 0 0)", "url(x)"])
def test_a_colour_that_cannot_be_read_against_paper_is_refused(value: str) -> None:
    with pytest.raises(TemplateFaultError, match=r"templates/style\.css:2: "):
        read_palette(f":root {{\n --accent: {value} }}")


def test_the_shipped_colours_meet_their_own_demand_and_are_used() -> None:
    from pathlib import Path  # noqa: PLC0415

    everything = "".join(text for name, text in load_templates(Path("/nowhere")).items() if name.startswith("shipped/"))
    for name, (colour, against, least) in PALETTE.items():
        assert contrast(colour, against) >= least, name
        assert colour in everything, name
