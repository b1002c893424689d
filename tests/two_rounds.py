"""A working folder small enough to be printed often, with a report of every kind: two rounds, one of two reviewers."""

from __future__ import annotations

import shutil
from pathlib import Path

BASE = Path(__file__).parent / "cases" / "base"
CRITERIA = "prov@1.0.0"
STRATEGY = "provplan"
REVIEWS = f"strategies/{STRATEGY}/reviews"
REVIEW = f"{REVIEWS}/2026-11/granskaren.yaml"


def lay_out_two_rounds(root: Path) -> Path:
    """The base workspace with an earlier round before its own, and a second reviewer in its own."""
    shutil.copytree(BASE, root, copy_function=shutil.copyfile)
    text = (root / REVIEW).read_text("utf-8")
    other = text.replace("reviewer: granskaren", "reviewer: annan")
    earlier = text.replace("round: 2026-11", "round: 2026-06").replace("date: 2026-11-23", "date: 2026-06-20")
    assert len({text, other, earlier}) == 3
    (root / REVIEW).with_name("annan.yaml").write_text(other, "utf-8")
    (root / REVIEWS / "2026-06").mkdir()
    (root / REVIEWS / "2026-06" / "granskaren.yaml").write_text(earlier.replace("level: 3", "level: 1"), "utf-8")
    return root
