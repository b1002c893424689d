from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from conftest import Alter, Load

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"


@pytest.mark.parametrize(("status", "count"), [("draft", 0), ("submitted", 1), ("approved", 1)])
def test_only_a_draft_may_have_questions_without_an_answer(status: str, count: int, load: Load, alter: Alter) -> None:
    pieces = [("    level: 1\n", "    level:\n")]
    if status != "draft":
        pieces.append(("status: draft", f"status: {status}"))
    findings = load(alter(REVIEW, *pieces)).findings
    assert [one.rule.code for one in findings].count("GR212") == count
