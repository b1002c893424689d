"""A decided value may be written as people read it, and is the same as by its id."""

from __future__ import annotations

import pytest
from small_sets import make

from granskning.model.decision import Override
from granskning.scoring.engine.plan import compile_criteria
from granskning.scoring.overrides import name_overrides

BANDS = "bands: [{from: 0, id: low, label: {sv: Inte framme, en: Not there}}, {from: 2, id: high, label: Framme}]"


@pytest.mark.parametrize(
    ("written", "named"),
    [("low", "low"), ("Inte  framme", "low"), ("not there", "low"), ("Framme", "high"), ("2.5", "2.5"), ("?", "?")],
)
def test_a_label_is_its_band(written: str, named: str) -> None:
    plan = compile_criteria(make(f"criteria: {{method: mean, {BANDS}}}"))
    [override] = name_overrides((Override("t", written, "r", "x"),), plan)
    assert override.result == named
