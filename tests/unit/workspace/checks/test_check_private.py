from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from granskning.workspace.checks.check_private import check_private, find_private, may_be_private
from granskning.workspace.yaml.source import TextLines

if TYPE_CHECKING:
    from conftest import Alter, Load

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"


def codes(text: str) -> list[str]:
    return [code for code, _ in find_private(text)]


@pytest.mark.parametrize(
    "text",
    [
        "811218-9876", "19811218-9876", "8112189876", "198112189876", "811218+9876", "811218 9876",
        "701063-2391", "197010632391", "nummer 811218-9876, och", "(811218-9876)", "tel:811218–9876.", "000229-0005",
    ],
)  # fmt: skip
def test_identity_numbers(text: str) -> None:
    assert codes(text) == ["GR520"]
    assert may_be_private(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "811218-9875", "811318-9876", "810230-9875", "556036-0793", "dnr 2026-8112189876", "81121898760",
        "TAB8112189876",
        "2026-11-23", "1 200 000 kronor", "sidorna 811218–811219", "0,8112189876", "8112189876,5",
        "15a8112189876b", "https://exempel.se/811218-9876/", "2021:811218-9876x",
    ],
)  # fmt: skip
def test_what_is_no_identity_number(text: str) -> None:
    assert "GR520" not in codes(text)


@pytest.mark.parametrize("text", ["namn.namnsson@exempel.se", "Skriv till a+b@sub.exempel.nu!", "<ö@exempel.se>"])
def test_mail(text: str) -> None:
    assert codes(text) == ["GR521"]
    assert may_be_private(text.encode())


@pytest.mark.parametrize("text", ["jamstalld-tillvaxt@0.9.0", "prov@1.0.0", "användaren @region", "a@b"])
def test_what_is_no_mail(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "070-174 06 05", "070 174 06 05", "0701740605", "08-123 456 78", "(08) 123 456 78", "+46 70 174 06 05",
        "+46701740605", "0046 8 123 456 78", "021-17 45 00", "ring 0500-12345.", "070\N{NO-BREAK SPACE}174 06 05",
    ],
)  # fmt: skip
def test_telephone_numbers(text: str) -> None:
    assert codes(text) == ["GR522"], list(find_private(text))
    assert may_be_private(f"x: {text}".encode())


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23", "08-10 15", "12 000 kronor", "2 400 000", "0,1–0,3", "0123456789", "SFS 1998:204", "0.9.0",
        "f59b315964d0", "kl 08-17 09-12 2025", "2030–2041", "010", "TAB0501234567", "Kostnad 08-16 2030", "556036-0793",
        "EX 2026/0031", "ISBN 978-91-38-24567-8", "0-3", "15 16 17 18 19",
    ],
)  # fmt: skip
def test_what_is_no_telephone_number(text: str) -> None:
    assert codes(text) == []


@given(st.text(max_size=200))
def test_any_text_can_be_looked_at(text: str) -> None:
    for _, found in find_private(text):
        assert found in text


PRIVATE = (
    "811218-9876", "8112189876", "070-174 06 05", "0701740605", "+46 70 174 06 05", "0046 8 123 456 78", "a@b.se",
    "a@3-b.se", "(08) 123 456 78", "08-123 456 78",
)  # fmt: skip
BEFORE = ("", " ", '"', "'", "(", "[", ":", "–", "\N{NO-BREAK SPACE}", "”", "«", "\t", "\n", ";", "ring:", "é ", "x-")


SHAPES = ("key: {}\n", "{}", "key: >-\n  ord {} ord\n", 'key: "{}"\n', "key:\n  - {}\n", "key: '{}'\n")


@pytest.mark.parametrize("text", PRIVATE)
def test_the_quick_look_lets_nothing_through_that_the_slow_one_finds(text: str) -> None:
    for before, shape in product(BEFORE, SHAPES):
        written = shape.format(before + text)
        assert codes(before + text) == [] or may_be_private(written.encode()), written


def test_the_quick_look_sees_what_is_written_with_escapes() -> None:
    assert may_be_private(rb'key: "\n08-123 456 78"')
    assert may_be_private(rb'key: "a\x40b.se"')


_TOLD = st.text(st.sampled_from("0123456789 +-()@.,/:;_\"'–\N{NO-BREAK SPACE}\nabzåÖ"), max_size=30)


@settings(max_examples=1000)
@given(_TOLD, st.sampled_from(PRIVATE), _TOLD)
def test_the_quick_look_never_says_no_where_something_is_found(before: str, text: str, after: str) -> None:
    text = before + text + after
    assert may_be_private(text.encode()) or codes(text) == []


def test_the_quick_look_says_no_of_what_most_files_hold() -> None:
    usual = "criteria: prov@1.0.0\ndate: 2026-06-13\nround: 2026-06\ncase_number: 'RK 2022/853'\nlevel: 0\npage: 12\n"
    assert not may_be_private(usual.encode())


def test_a_long_text_takes_no_time() -> None:
    assert codes("0" * 200_000) == []
    assert codes("a." * 100_000) == []
    assert codes("07 0-" * 50_000) == []


def test_the_place_is_that_of_the_words(load: Load, alter: Alter) -> None:
    changes = alter(REVIEW, ("Alla hördes.", "Alla hördes.\n      Ring 070-174 06 05 i dag."))
    found = [one for one in load(changes).findings if one.rule.code == "GR522"]
    assert [(one.at.path, one.place and (one.place.line, one.place.column)) for one in found] == [
        (("answers", "makt-samrad", "justification"), (28, 12))
    ]


def test_words_that_a_line_break_parts_are_told_where_the_text_begins(load: Load, alter: Alter) -> None:
    changes = alter(REVIEW, ("Alla hördes.", "Ring 070-174\n      06 05 i dag."))
    found = [one for one in load(changes).findings if one.rule.code == "GR522"]
    assert [one.place.line for one in found if one.place] == [26]


def test_internal_notes_ids_and_addresses_are_left_alone() -> None:
    values = {
        "case_number": "811218-9876",
        "answers": {"a": {"note": "811218-9876", "evidence": [{"address": "https://a.se/811218-9876"}]}},
        "sources": [{"note": "811218-9876"}],
    }
    assert [one.at.path for one in check_private(values, "x.yaml", TextLines(""))] == [("sources", 0, "note")]
