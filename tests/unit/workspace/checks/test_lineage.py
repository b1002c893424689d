"""Goals, changes and retired ids: from a set's text to the model, and what is said between versions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from granskning.model.lineage import version_key
from granskning.workspace.checks.check_criteria import check_criteria
from granskning.workspace.checks.check_versions import check_versions
from granskning.workspace.schema.modelling import criteria_set
from granskning.workspace.yaml.source import read

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet

BASE = (Path(__file__).parents[3] / "cases" / "base" / "criteria" / "prov.yaml").read_text("utf-8")
PAST = """\
goals:
  - id: funktion
    title: {sv: Funktionsmålet, en: The functional goal}
    within: {sv: Transportpolitiken, en: Transport policy}
changes:
  - from: 0.9.0
    kind: split
    criterion: resor-alla
    into: [resor-vardag, resor-barn]
    text: {sv: Frågade två saker., en: Asked two things.}
  - {from: 0.8.0, kind: editorial, target: makt, text: {sv: Språket., en: The language.}}
retired:
  - {id: resor-alla, version: 1.0.0}
"""


def set_of(text: str, file: str = "criteria/prov.yaml") -> tuple[dict[str, Any], CriteriaSet]:
    values = read(text).value
    return values, criteria_set(values, file)


def test_the_past_of_a_set_is_read_as_it_is_written() -> None:
    values, criteria = set_of(BASE + PAST)
    split, editorial = criteria.changes
    assert (split.from_, split.kind, split.criterion) == ("0.9.0", "split", "resor-alla")
    assert split.into == ("resor-vardag", "resor-barn")
    assert split.text["sv"] == "Frågade två saker."
    assert (editorial.criterion, editorial.target, editorial.into) == ("", "makt", ())
    assert [(one.id, one.version) for one in criteria.retired] == [("resor-alla", "1.0.0")]
    assert criteria.goals[0].within["en"] == "Transport policy"
    assert not list(check_criteria(values, criteria, {"resor-bil"}))


def test_what_a_question_carries() -> None:
    more = """\
        core: true
        counts_as_evidence: {sv: En tabell., en: A table.}
        mistakes: {sv: Att läsa för fort., en: Reading too fast.}
        challenges: [u1]
        goals: [funktion]
      - id: resor-barn"""
    _, criteria = set_of(BASE.replace("        core: true\n      - id: resor-barn", more, 1) + PAST)
    one = criteria.criteria[0]
    assert (one.counts_as_evidence["sv"], one.mistakes["en"]) == ("En tabell.", "Reading too fast.")
    assert (one.challenges, one.goals) == (("u1",), ("funktion",))


@pytest.mark.parametrize(("lower", "higher"), [("0.9.0", "0.10.0"), ("1.0.0", "1.0.1"), ("0.10.0", "1.0.0")])
def test_versions_are_ordered_by_their_numbers(lower: str, higher: str) -> None:
    assert version_key(lower) < version_key(higher)


def test_a_question_that_is_retired_is_not_missed() -> None:
    _, earlier = set_of(BASE.replace("id: makt-samrad", "id: makt-dialog").replace("1.0.0", "0.9.0"))
    _, later = set_of(BASE + "retired:\n  - {id: makt-dialog, version: 1.0.0}\n")
    assert [one.rule.code for one in check_versions([later, earlier])] == ["GR470"]  # makt-samrad is new
    _, silent = set_of(BASE)
    assert [one.rule.code for one in check_versions([silent, earlier])] == ["GR452", "GR470"]
