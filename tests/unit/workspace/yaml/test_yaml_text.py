"""Plain values as YAML: in the house's style, and read back to the same value."""

from __future__ import annotations

from typing import Any

import pytest

from granskning.model.evidence import Evidence
from granskning.workspace.yaml import yaml_text
from granskning.workspace.yaml.source import read

LONG = "Ett ord och " * 12 + "slut"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Kort text", ["k: >-", "  Kort text"]),
        ("Två\nrader", ["k: |-", "  Två", "  rader"]),
        ("Två\n\nstycken", ["k: |-", "  Två", "", "  stycken"]),
        ("", ['k: ""']),
        ("slut\n", ['k: "slut\\n"']),
        (" inled", ['k: " inled"']),
        ("rad \nmed blanksteg", ['k: "rad \\nmed blanksteg"']),
        ("a\tb", ["k: >-", "  a\tb"]),
        ("noll\u200bbredd", ["k: >-", "  noll\u200bbredd"]),
    ],
)
def test_running_text_stands_in_a_block_that_says_just_that(text: str, lines: list[str]) -> None:
    written = yaml_text.prose("k", text, 0)
    assert written == lines
    assert yaml_text.prose("k", text, 4) == ["    " + line if line else "" for line in lines]
    assert read("\n".join(written) + "\n").value == {"k": text}


def test_a_paragraph_is_folded_within_the_width_of_the_page() -> None:
    header, *lines = yaml_text.prose("k", LONG, 0)
    assert header == "k: >-"
    assert max(map(len, lines)) <= 100 < max(map(len, lines)) + len(" Ett") + 8
    assert " ".join(line.strip() for line in lines) == LONG
    deep = yaml_text.prose("k", LONG, 80)
    assert max(len(line.strip()) for line in deep[1:]) <= 40  # never narrower than that
    assert max(len(line.strip()) for line in deep[1:]) > 18


def test_a_block_that_ends_with_a_line_break_needs_more_of_the_file_below_it() -> None:
    assert yaml_text.block("a\nb\n", 2) is None
    assert yaml_text.block("a\nb\n", 2, ended=True) == ("|", ["  a", "  b"])
    assert yaml_text.block("a\n", 2, ended=True) == (">", ["  a"])
    assert yaml_text.block("a\n\n", 2, ended=True) is None
    assert yaml_text.block("a", 2, ended=True) == (">-", ["  a"])
    assert yaml_text.block("a", 2, literal=True) == ("|-", ["  a"])
    assert yaml_text.block("", 2) is None
    assert yaml_text.block("\n", 2, ended=True) is None
    assert yaml_text.below("a b", 4, "|", ended=False) == ("|-", ["    a b"])
    assert yaml_text.below("a b", 4, ">", ended=False) == (">-", ["    a b"])
    assert yaml_text.below("a b", 4, None, ended=False) == (">-", ["    a b"])


@pytest.mark.parametrize(
    ("text", "written"),
    [("ja", "ja"), ("1", '"1"'), ("1.5", '"1.5"'), ("true", '"true"'), ("null", '"null"'), ("", '""'),
     ("a: b", '"a: b"'), ("# a", '"# a"'), ("2026-11", "2026-11"),
     ("a # b", '"a # b"'), ("- a", '"- a"'), ("å", "å"), ("a\nb", '"a\\nb"')],
)  # fmt: skip
def test_a_word_is_in_quotation_marks_only_where_it_must(text: str, written: str) -> None:
    assert yaml_text.word(text) == written
    assert read(f"k: {written}\n").value == {"k": text}


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("1", "1"),
        ("1.5", "1.5"),
        ("A", "A"),
        ("true", '"true"'),
        ("1.50", '"1.50"'),
        ("", '""'),
        ("a: b", '"a: b"'),
        ("01", "01"),
    ],
)
def test_a_level_is_written_as_it_is_read(key: str, written: str) -> None:
    assert yaml_text.level_key(key) == written


def test_what_cannot_be_seen_is_written_by_its_number() -> None:
    assert yaml_text.quoted('a"\\\u200b\u00a0å') == '"a\\"\\\\\\U0000200b\u00a0å"'
    assert read("k: " + yaml_text.quoted("a\u200bb") + "\n").value == {"k": "a\u200bb"}
    assert yaml_text.comment(" a\n  b\u200bc ") == "a b\N{REPLACEMENT CHARACTER}c"


@pytest.mark.parametrize(
    ("value", "style", "flow", "written"),
    [
        (None, None, False, ""), (None, None, True, "null"), (True, None, False, "true"), (False, None, False, "false"),
        (3, None, False, "3"), (0.1, None, False, "0.1"), (1e-7, None, False, "0.0000001"),
        (1e22, None, False, "1" + "0" * 22),
        ([1, None, "a"], None, False, "[1, null, a]"), ({"a": None, "b c": "d"}, None, False, "{a: null, b c: d}"),
        ([], None, False, "[]"), ({}, None, False, "{}"), ("a", "'", False, "'a'"),
        ("it's", "'", False, "'it''s'"),
        ("a", '"', False, '"a"'),
        ("a\u200b", "'", False, '"a\\U0000200b"'), ("a, b", None, False, "a, b"),
        ("a, b", None, True, '"a, b"'), ("a]", None, True, '"a]"'),
        ("00", None, False, '"00"'), ("0", None, False, '"0"'),
        ("a\u00a0b", None, False, "a\u00a0b"), ("a:", None, False, '"a:"'),
    ],
)  # fmt: skip
def test_a_value_on_one_line(value: Any, style: str | None, written: str, *, flow: bool) -> None:
    assert yaml_text.inline(value, style=style, flow=flow) == written


VALUE = {
    "id": "a", "title": {"sv": "T", "en": "U"}, "why": "Därför.", "levels": {"0": "Nej", "1": "Ja"},
    "tags": ["x", "1"], "rows": [{"a": 1, "b": [1, 2]}, [["y"]], {}], "none": None, "empty": [], "00": "kod",
    "1": "ett",
}  # fmt: skip
LINES = """\
id: a
title:
  sv: T
  en: U
why: >-
  Därför.
levels:
  "0": Nej
  "1": Ja
tags:
  - x
  - "1"
rows:
  - a: 1
    b:
      - 1
      - 2
  - - - y
  - {}
none:
empty: []
"00": kod
"1": ett
"""


def test_a_whole_value_in_the_houses_style() -> None:
    lines = [line for key, value in VALUE.items() for line in yaml_text.entry(key, value, 0)]
    text = "\n".join(lines) + "\n"
    assert read(text).value == VALUE
    assert text.replace('"1":', "1:").replace('"0":', "0:") == LINES.replace('"1":', "1:").replace('"0":', "0:")


def test_the_indentation_of_keys_and_of_lists_is_as_asked_for() -> None:
    assert yaml_text.entry("a", {"b": [{"c": {"d": 1}, "e": 2}]}, 1, step=4, dash=0) == [
        " a:", "     b:", "     - c:", "           d: 1", "       e: 2",
    ]  # fmt: skip
    assert yaml_text.item([], 2) == ["  - []"]
    assert yaml_text.item(None, 2) == ["  -"]
    assert yaml_text.item("x", 0) == ["- x"]


@pytest.mark.parametrize(
    ("key", "text", "column", "is_running"),
    [
        ("why", "a", 0, True),
        ("title", "a", 0, False),
        ("title", "a\nb", 0, True),
        ("title", "a" * 93, 0, False),  # 5 + 2 + 93
        ("title", "a" * 94, 0, True),
        ("title", "a" * 93, 1, True),
        ("id", "a" * 200, 0, False),
        ("id", "a\nb", 0, True),
        ("id", "a\n", 0, False),
    ],
)
def test_which_text_stands_in_a_block(key: str, text: str, column: int, *, is_running: bool) -> None:
    assert yaml_text.is_running(key, text, column) is is_running


def test_a_whole_file_of_simple_values() -> None:
    values = {"schema": "s/1", "code": "1", "number": 3, "none": None, "words": ["a", "1"], "nothing": [],
              "groups": [{"id": "x", "page": 2, "reason": None}, {"id": "y"}]}  # fmt: skip
    text = yaml_text.write_mapping(values)
    assert text == (
        'schema: s/1\ncode: "1"\nnumber: 3\nnone:\nwords:\n  - a\n  - "1"\nnothing: []\n'
        "groups:\n  - id: x\n    page: 2\n    reason:\n  - id: y\n"
    )
    assert read(text).value == {**values, "groups": [values["groups"][0], {"id": "y"}]}  # type: ignore[index]


def test_the_evidence_of_an_answer() -> None:
    items = [
        Evidence("remiss", page="4", pdf_page=6, quote="Så\nhär."),
        Evidence("", address="https://a.example", page="iv", retrieved="2026-01-01", section="3.1", paraphrase="P"),
    ]
    assert list(yaml_text.evidence(items)) == [
        "    evidence:", "      - edition: remiss", "        page: 4", "        pdf_page: 6", "        quote: |-",
        "          Så", "          här.", '      - edition: ""', "        page: iv", '        section: "3.1"',
        "        address: https://a.example", "        retrieved: 2026-01-01", "        paraphrase: >-", "          P",
    ]  # fmt: skip
    assert list(yaml_text.evidence([])) == []


@pytest.mark.parametrize("value", [{"a, b": 1}, {"a]": {"b}": "c, d"}}, {"x": None, "y": [None, "a: b", {"[": 1}]}])
def test_what_is_told_on_one_line_is_read_as_it_was(value: Any) -> None:
    assert read(f"k: {yaml_text.inline(value)}\n").value == {"k": value}
