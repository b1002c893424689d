"""The handbook's sample wordings and action templates: the teaching example is quoted, and each question is asked."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "strategies" / "exempellan-transportplan"
EDITIONS = {"antagen version": "antagen", "remiss": "remiss"}


def _plain(text: str) -> str:
    return " ".join(text.split()).strip(" ….").lower()


def _quotations() -> set[tuple[str, str, str]]:
    """What the example's reviews quote: edition, page and words. That they stand on their pages others test."""
    found = set()
    for path in EXAMPLE.glob("reviews/*/*.yaml"):
        for answer in (yaml.safe_load(path.read_text("utf-8")).get("answers") or {}).values():
            for item in (answer or {}).get("evidence") or ():
                if "quote" in item:
                    found.add((item["edition"], str(item["page"]), _plain(item["quote"])))
    return found


def test_sample_wordings_with_a_page_are_quoted_from_the_example() -> None:
    text = (ROOT / "docs" / "formuleringar.md").read_text("utf-8")
    sample = re.findall(r"”([^”]+)”,? \((antagen version|remiss), s\. (\d+)\)", text)
    assert len(sample) >= 15
    held = _quotations()
    for words, edition, page in sample:
        asked = _plain(words)
        there = [quote for named, number, quote in held if (named, number) == (EDITIONS[edition], page)]
        assert any(asked in quote or quote in asked for quote in there), words


def test_every_core_question_has_a_wording_at_each_level_and_is_put_as_in_the_set() -> None:
    pages = (ROOT / "docs" / "formuleringar.md").read_text("utf-8").split("\n## ")[1:]
    levels = {page.partition("\n")[0]: re.findall(r"^\| ([123]) \| \S", page, re.MULTILINE) for page in pages}
    full = yaml.safe_load((ROOT / "criteria" / "jamstalld-tillvaxt.yaml").read_text("utf-8"))
    parts = [part for target in full["targets"] for part in (target, *target.get("targets", ()))]
    asked = {one["question"]["sv"]: one.get("core", False) for part in parts for one in part.get("criteria", ())}
    assert {question for question, is_core in asked.items() if is_core} <= set(levels) <= set(asked)
    assert {"".join(numbers) for numbers in levels.values()} == {"123"}


def test_thirty_action_templates_each_for_a_question_that_is_asked() -> None:
    text = (ROOT / "docs" / "atgardsmallar.md").read_text("utf-8")
    named = re.findall(r"^\| `([a-z0-9-]+)` \|", text, re.MULTILINE)
    criteria = (ROOT / "criteria" / "jamstalld-tillvaxt.yaml").read_text("utf-8")
    asked = set(re.findall(r"^ +- id: ([a-z0-9-]+)$", criteria, re.MULTILINE))
    assert len(named) == len(set(named)) == 30
    assert set(named) <= asked
