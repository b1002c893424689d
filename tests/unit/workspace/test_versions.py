"""What two versions of a set have in common."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from granskning.scoring.comparable import comparable_questions, differing_criteria
from granskning.workspace.schema.modelling import criteria_set
from granskning.workspace.versions import are_alike
from granskning.workspace.yaml.source import read

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet

BASE = (Path(__file__).parents[2] / "cases" / "base" / "criteria" / "prov.yaml").read_text("utf-8")
CHANGED = """\
changes:
  - {from: 0.9.0, kind: substantive, criterion: resor-barn, text: {sv: Ny innebörd., en: New meaning.}}
  - {from: 0.9.0, kind: clarified, criterion: makt-samrad, text: {sv: Tydligare., en: Clearer.}}
"""


def set_of(text: str) -> CriteriaSet:
    return criteria_set(read(text).value, "criteria/prov.yaml")


EARLIER = set_of(BASE.replace("version: 1.0.0", "version: 0.9.0"))


def test_a_question_with_a_new_meaning_is_not_kept() -> None:
    assert comparable_questions(EARLIER, set_of(BASE + CHANGED)) == {"resor-vardag", "makt-samrad"}


def test_a_change_before_the_earlier_version_does_not_count() -> None:
    older = CHANGED.replace("from: 0.9.0", "from: 0.8.0")
    assert comparable_questions(EARLIER, set_of(BASE + older)) == {"resor-vardag", "resor-barn", "makt-samrad"}


def test_a_question_that_weighs_otherwise_is_not_kept() -> None:
    later = set_of(BASE.replace("weight: {value: 2,", "weight: {value: 3,"))
    assert comparable_questions(EARLIER, later) == {"resor-barn", "makt-samrad"}


def test_a_question_that_the_short_form_puts_too_is_kept() -> None:
    assert "core: true" in BASE
    later = set_of(BASE.replace("core: true", "core: false"))
    assert comparable_questions(EARLIER, later) == comparable_questions(EARLIER, set_of(BASE))


def test_a_question_that_is_gone_is_not_kept() -> None:
    later = set_of(BASE.replace("id: makt-samrad", "id: makt-dialog"))
    assert comparable_questions(EARLIER, later) == {"resor-vardag", "resor-barn"}


def test_what_a_set_declares_decides_whether_other_words_mean_the_same() -> None:
    text = BASE.replace("Räknas barnens resor?", "Räknas barns egna resor?")
    (name,) = differing_criteria(EARLIER, set_of(text))
    for kind, reasons in (("clarified", {}), ("editorial", {}), ("substantive", {name: ("question",)})):
        note = f"changes:\n  - {{from: 0.9.0, kind: {kind}, criterion: {name}, text: {{sv: Så., en: So.}}}}\n"
        assert differing_criteria(EARLIER, set_of(text + note)) == reasons
        assert differing_criteria(set_of(text + note), EARLIER) == reasons
    note = f"changes:\n  - {{from: 0.9.0, kind: substantive, criterion: {name}, text: {{sv: Så., en: So.}}}}\n"
    assert differing_criteria(EARLIER, set_of(BASE + note)) == {name: ("question",)}


def test_versions_are_alike_when_scale_targets_and_method_are() -> None:
    assert are_alike(EARLIER, set_of(BASE))
    assert not are_alike(EARLIER, set_of(BASE.replace("id: prov", "id: annan")))
    assert not are_alike(EARLIER, set_of(BASE.replace("  criteria: {method: mean}", "  criteria: {method: weakest}")))
    assert not are_alike(EARLIER, set_of(BASE.replace("  targets: {method: mean}", "  targets: {method: none}")))
    assert not are_alike(EARLIER, set_of(BASE.replace("{sv: Styr, en: Steers}", "{sv: Leder, en: Leads}")))
    assert not are_alike(EARLIER, set_of(BASE.replace("  - id: makt\n", "  - id: inflytande\n")))
