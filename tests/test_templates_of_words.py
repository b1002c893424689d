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


def test_thirty_action_templates_each_for_a_question_that_is_asked() -> None:
    text = (ROOT / "docs" / "atgardsmallar.md").read_text("utf-8")
    named = re.findall(r"^\| `([a-z0-9-]+)` \|", text, re.MULTILINE)
    criteria = (ROOT / "criteria" / "jamstalld-tillvaxt.yaml").read_text("utf-8")
    asked = set(re.findall(r"^ +- id: ([a-z0-9-]+)$", criteria, re.MULTILINE))
    assert len(named) == len(set(named)) == 30
    assert set(named) <= asked
