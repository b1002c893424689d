"""A page of the plan as a picture beside a question: the answer's quotation is marked where it stands."""

from __future__ import annotations

import contextlib
import html
import http.client
import io
import re
from typing import TYPE_CHECKING

import pytest
from PIL import Image
from served import Served, serving_here

from patience import CLOCK
from quoted_folder import PAGES, REVIEW, put
from small_pdf import small_pdf

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

QUESTION = "/granskning/provplan/2026-11/granskaren/fraga/resor-vardag"
PAPER = (255, 226, 128)


@pytest.fixture
def page(workspace: Path) -> Iterator[Served]:
    put(workspace, "plan.pdf", small_pdf(*PAGES))
    file = workspace / REVIEW
    file.write_text(file.read_text("utf-8").replace("        page: 1\n", "        page: 2\n"), "utf-8")
    with serving_here(workspace) as served:
        yield served


def test_the_quotation_is_marked_on_its_page_and_nothing_else_is(page: Served) -> None:
    found_picture = re.search(r'<img src="(/dokument/[^"]+)"[^>]*alt="([^"]+)"', page.ask("GET", QUESTION).body)
    assert found_picture
    assert found_picture[2] == "Sidan 2 som bild; texten står ovanför"
    address = html.unescape(found_picture[1])
    assert address.startswith("/dokument/provplan/remiss/sida/2?citat=")
    assert PAPER in colours(picture(page, address))
    assert PAPER not in colours(picture(page, "/dokument/provplan/remiss/sida/2"))
    assert PAPER not in colours(picture(page, address.replace("/2?", "/1?")))


def colours(picture: Image.Image) -> set[object]:
    return {colour for _, colour in picture.getcolors(1 << 20) or ()}


def picture(page: Served, address: str) -> Image.Image:
    connection = http.client.HTTPConnection("127.0.0.1", page.port, timeout=CLOCK)
    with contextlib.closing(connection):
        connection.request("GET", address, headers={"Host": page.host, "Cookie": page.cookie})
        answer = connection.getresponse()
        assert (answer.status, answer.getheader("content-type")) == (200, "image/png")
        return Image.open(io.BytesIO(answer.read())).convert("RGB")


@pytest.mark.parametrize("address", ["/dokument/provplan/remiss/sida/9", "/dokument/provplan/ingen/sida/1"])
def test_a_page_that_is_not_there_is_told_and_nothing_breaks(address: str, page: Served) -> None:
    answer = page.ask("GET", address)
    assert answer.status == 404
    assert "Sidan visas inte här" in answer.body
