from __future__ import annotations

import pytest

from granskning.reporting.html.external_resources import PageFault, find_page_faults


@pytest.mark.parametrize(
    "html",
    [
        '<a href="#a">x</a><h2 id="a">y</h2>', '<a href="https://exempel.se/#b">x</a>', '<a href="#">x</a>',
        '<img src="a.png" alt="Vad bilden visar">', "<svg><title>Vad den visar</title><path/></svg>",
        '<svg aria-label="Vad den visar"><g/></svg>', "<svg><title>A</title><svg></svg></svg>",
    ],
)  # fmt: skip
def test_a_page_without_fault(html: str) -> None:
    assert find_page_faults(html) == ()


def test_an_open_link_is_told_once() -> None:
    assert find_page_faults('<a href="#b">x</a><a href="#b">y</a>') == (PageFault("open_anchor", "#b"),)


@pytest.mark.parametrize(
    "html",
    ["<svg></svg>", "<svg/>", "<svg><title> </title></svg>", "<svg><path/>", "<svg><svg><title></title></svg></svg>"],
)
def test_a_silent_drawing(html: str) -> None:
    assert find_page_faults(html) == (PageFault("no_words", "svg"),)


@pytest.mark.parametrize("html", ['<img src="a.png">', '<img src="a.png" alt="">', '<img src="a.png" alt=" "/>'])
def test_a_silent_picture(html: str) -> None:
    assert find_page_faults(html) == (PageFault("no_words", "a.png"),)
