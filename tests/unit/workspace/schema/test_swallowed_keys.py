"""A key that stands as far in as the text above it is told of, with the indentation that would fit; prose is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from granskning.workspace.schema import swallowed_keys
from granskning.workspace.schema.swallowed_keys import check_swallowed_keys

if TYPE_CHECKING:
    import re

REVIEW = """\
schema: granskning/review/1
answers:
  statistik:
    level: 2
    justification: >-
      Hälften av tabellerna.
      {within_justification}

      Resten saknas.
    evidence:
      - edition: remiss
        quote: >-
          även resor till förskola
          {within_quote}
  kalla:
    level: 1
"""
STRATEGY = """\
schema: granskning/strategy/1
summary: >-
  En plan.
  {within_summary}
editions:
- id: remiss
  title: Remiss
"""


def _told(kind: str, text: str) -> list[tuple[object, object, object, int]]:
    findings = check_swallowed_keys(kind, "fil.yaml", text)
    return [
        (finding.values["key"], finding.values["above"], finding.values["wanted"], finding.place.line)
        for finding in findings
        if finding.place
    ]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("evidence:", [("evidence", "justification", 4, 7)]),
        ("  evidence:", [("evidence", "justification", 4, 7)]),
        ("recommendation: Räkna alla.", [("recommendation", "justification", 4, 7)]),
        ("level: 3", [("level", "justification", 4, 7)]),
        ("Resor: bara till arbetet.", []),
        ("status: pågår.", []),  # a key of the whole file, but not of an answer
        ("page: 14", []),  # a key of evidence, which the text is not
        ("det visar page: 14 i planen", []),
        ("level:2", []),
        ("https://exempel.se/evidence", []),
    ],
)
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_a_key_of_the_answer_within_a_justification(line: str, told: list[object], ends: str) -> None:
    text = REVIEW.format(within_justification=line, within_quote="och vård")
    assert _told("review", text.replace("\n", ends)) == told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("page: 14", [("page", "quote", 8, 14)]),
        ("- edition: remiss", [("edition", "quote", 6, 14)]),
        ("recommendation: >-", [("recommendation", "quote", 4, 14)]),
        ("- recommendation", []),
        ("- recommendation: nej", []),  # no list is of recommendations
    ],
)
def test_a_key_of_the_evidence_or_of_its_answer_within_a_quotation(line: str, told: list[object]) -> None:
    assert _told("review", REVIEW.format(within_justification="Ja.", within_quote=line)) == told


def test_only_the_first_key_within_a_text_is_told_of() -> None:
    lines = ("status: pågår.", "evidence:", "  - edition: remiss", "    quote: >-", "      resor", "      page: 3")
    within = "\n      ".join(lines)
    text = REVIEW.format(within_justification=within, within_quote="och vård")
    assert _told("review", text) == [("evidence", "justification", 4, 8)]


def test_a_key_of_the_whole_file_within_a_text_of_its_own() -> None:
    assert _told("strategy", STRATEGY.format(within_summary="owner: Region Exempel")) == [("owner", "summary", 0, 4)]
    assert _told("strategy", STRATEGY.format(within_summary="Ägare: Region Exempel")) == []


def test_a_long_text_of_empty_lines_takes_no_time() -> None:
    text = REVIEW.format(within_justification="      \n" * 3000 + "      evidence:", within_quote="och vård")
    assert len(_told("review", text)) == 1


class CountedPattern:
    """A pattern that knows how many lines it was held against."""

    def __init__(self, pattern: re.Pattern[str]) -> None:
        self.pattern, self.lines = pattern, 0

    def match(self, line: str) -> re.Match[str] | None:
        self.lines += 1
        return self.pattern.match(line)


@pytest.mark.parametrize(
    "line", ["      x: |\n", "      Ord.\n", "      evidence:\n", "  b:\n    justification: >-\n      evidence:\n"]
)
def test_each_line_is_looked_at_once(line: str, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "answers:\n  a:\n    justification: >-\n      Ord.\n" + line * 2000
    counted = CountedPattern(swallowed_keys.KEY_LINE)
    monkeypatch.setattr(swallowed_keys, "KEY_LINE", counted)
    found = list(check_swallowed_keys("review", "f.yaml", text))
    assert bool(found) == ("evidence:" in line)
    assert counted.lines <= text.count("\n") + 1


class EveryBlock:
    """Takes any text for one that may have a key in a block."""

    def findall(self, _text: str) -> list[tuple[str, str]]:
        return [("evidence:", "")]


LINES = st.sampled_from([
    "answers:", "  a:", "    justification: >-", "    note: |", "   note: |-", "      - quote: >", "      Ord.",
    "      evidence:", "      page: 3", "\tpage: 3", "      \tevidence:", "      - edition: remiss", "    evidence:",
    "", "   ", " \u2003", "  # x: >-", "x: |", "        level: 1", " level: 2",
])  # fmt: skip


@given(st.lists(LINES, max_size=14), st.sampled_from(["\n", "\r\n"]))
def test_the_quick_look_hides_no_key(lines: list[str], ends: str) -> None:
    text = ends.join(lines)
    told = _told("review", text)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(swallowed_keys, "_BLOCK", EveryBlock())
        assert _told("review", text) == told
