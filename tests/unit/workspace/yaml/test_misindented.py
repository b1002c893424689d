"""A key that is indented wrong is told of at its own line, however far below the parser falls."""

from __future__ import annotations

import pytest

from granskning.findings.finding import FilledWords
from granskning.workspace.yaml.misindented import _KEY, _candidates, _find_moved
from granskning.workspace.yaml.source import read

REVIEW = """\
schema: granskning/review/1
round: 2026-11
answers:
  # Är statistiken uppdelad på kön?
  #   0 Saknas   1 Nämns   2 Delvis   3 Styr

  statistik:
    level: 2
    justification: >-
      Hälften av tabellerna visar kvinnor
      och män.
    evidence:
      - edition: remiss
        page: 14
        quote: >-
          även resor till förskola och vård
      - address: https://exempel.se/plan
        retrieved: 2026-11-20
        paraphrase: Sammanfattningen talar bara om arbetsresor.
    recommendation: >-
      Beskriv mer.
  # Står källan vid siffran?
  kalla:
    level: 1
    justification: Nej.
  samrad:
    level:
  mal:
    open: Kapitel 3 saknades
"""
LINES = REVIEW.split("\n")
KEYS = [number for number, line in enumerate(LINES) if ":" in line and not line.lstrip().startswith("#")]


@pytest.mark.parametrize("number", KEYS, ids=lambda number: f"{number + 1} {LINES[number].strip()[:14]}")
def test_a_key_that_is_indented_wrong_is_told_of_at_its_line(number: int) -> None:
    line = LINES[number]
    spaces = len(line) - len(line.lstrip())
    for wrong in {spaces + 1, spaces + 2, spaces - 1, spaces - 2} & set(range(20)):
        reading = read("\n".join([*LINES[:number], " " * wrong + line.lstrip(), *LINES[number + 1 :]]))
        if not reading.whole:
            assert reading.faults[-1].place.line == number + 1, wrong


def test_each_line_near_the_fall_may_stand_where_keys_do_and_a_line_without_a_key_is_text() -> None:
    lines = ["a:", "  b: x", "    text", "  # remark", "", "  c: y"]
    keys = {number: key for number, line in enumerate(lines) if (key := _KEY.match(line)) is not None}
    moves = [(one.line, one.spaces, one.wanted, one.is_text, one.is_first) for one in _candidates(lines, 9, keys)]
    assert moves == [
        (5, 2, 0, False, False),
        (2, 4, 0, True, False),
        (2, 4, 2, True, False),
        (1, 2, 0, False, False),
        (0, 0, 2, False, True),
    ]


def test_it_says_how_far_in_it_should_be() -> None:
    reading = read(REVIEW.replace("  statistik:", "   statistik:"))
    assert reading.faults[-1].values["problem"] == FilledWords(
        "the line begins with {spaces} spaces, where {wanted} would agree with the lines around it",
        {"spaces": 3, "wanted": 2},
    )


@pytest.mark.parametrize(
    ("before", "after", "line"),
    [
        ("      Beskriv mer.", "    Beskriv mer.", 21),
        ("      Hälften av", "    Hälften av", 10),
        ("          även resor", "        även resor", 16),
    ],
)
def test_a_text_that_stands_level_with_its_key_is_told_of_and_not_the_key(before: str, after: str, line: int) -> None:
    assert read(REVIEW.replace(before, after)).faults[-1].place.line == line


def test_of_lines_that_mend_as_much_the_likeliest_is_told_and_of_others_the_one_that_keeps_most() -> None:
    lines = ["a: 1", " b: 2", "c: 3"]
    keys = {number: key for number, line in enumerate(lines) if (key := _KEY.match(line)) is not None}
    likely = sorted(_candidates(lines, 2, keys), key=lambda moved: moved.unlikeliness)
    assert len(likely) > 2
    assert _find_moved(lines, 2, lambda _text: 1) == likely[0]
    counts = iter([1, 2, 0, 1])
    assert _find_moved(lines, 2, lambda _text: next(counts, None)) == likely[1]
    assert _find_moved(lines, 2, lambda _text: None) is None
