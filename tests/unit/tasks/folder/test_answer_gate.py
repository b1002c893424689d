"""What of an answer may stand in its file: a day that is not in the calendar may not, but is never taken away."""

from __future__ import annotations

from granskning.tasks.folder.answer_gate import gate_answer
from granskning.workspace.schema.edit_order import order_of

FILE = "strategies/p/reviews/2026-11/a.yaml"
HEAD = """\
schema: granskning/review/1
strategy: p
edition: remiss
criteria: c@1.0.0
round: "2026-11"
reviewer: a
kind: reviewer
status: draft
reading_depth: full_text
date: {date}
answers:
  q:
    level: 1
    evidence:
      - {{address: https://exempel.se, retrieved: {retrieved}, paraphrase: Så.}}
"""


def gated(wanted: str, retrieved: str, date: str = "2026-11-23") -> tuple[object, list[str]]:
    """The day that comes out, and the codes of what was held back."""
    item = {"address": "https://exempel.se", "retrieved": wanted, "paraphrase": "Ny."}
    data = HEAD.format(date=date, retrieved=retrieved).encode()
    after = gate_answer(FILE, data, "q", {"level": 1, "evidence": [item]}, order_of("review"))
    (written,) = after.values["evidence"]
    assert written["paraphrase"] == "Ny."
    return written.get("retrieved"), [finding.rule.code for finding in after.withheld]


def test_a_day_that_is_not_in_the_calendar_is_held_back_and_the_rest_is_written() -> None:
    assert gated("2026-11-31", "2026-11-20") == ("2026-11-20", ["GR315"])
    assert gated("2026-11-30", "2026-11-20") == ("2026-11-30", [])


def test_one_that_the_file_has_already_hinders_nothing() -> None:
    assert gated("2026-11-31", "2026-11-31") == ("2026-11-31", [])
    assert gated("2026-11-30", "2026-11-20", date="2026-02-30") == ("2026-11-30", [])
