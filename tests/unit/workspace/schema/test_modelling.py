from __future__ import annotations

import pickle
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from granskning.model.evidence import Evidence
from granskning.model.review import Answer
from granskning.scoring.results.numbers import format_number
from granskning.workspace.schema.modelling import actions, answer, review, settings
from granskning.workspace.schema.modelling_collection import collection
from granskning.workspace.schema.modelling_indicator import indicator
from granskning.workspace.schema.modelling_scoring import exact
from granskning.workspace.schema.modelling_strategy import strategy

if TYPE_CHECKING:
    from conftest import Alter, Load
    from granskning.model.criteria import CriteriaSet

CRITERIA = "criteria/prov.yaml"


def test_exact_is_what_was_written() -> None:
    assert exact(0.1) == Fraction(1, 10)
    assert exact(2) == 2
    assert exact("0.333") == Fraction(333, 1000)
    assert exact(1e-3) == Fraction(1, 1000)


@pytest.mark.parametrize(
    ("values", "state", "level", "reason"),
    [
        ({}, "empty", None, None),
        ({"level": None}, "empty", None, None),
        ({"justification": "x"}, "empty", None, None),
        ({"level": 0}, "assessed", "0", None),
        ({"level": 2}, "assessed", "2", None),
        ({"level": "Saknas"}, "assessed", "Saknas", None),
        ({"not_applicable": "skäl"}, "not_applicable", None, "skäl"),
        ({"insufficient_evidence": "skäl"}, "insufficient_evidence", None, "skäl"),
        ({"open": "skäl"}, "open", None, "skäl"),
        ({"open": None}, "empty", None, None),
        ({"inherited": {"from": "2025-10", "level": 2}}, "inherited", "2", "2025-10"),
        ({"inherited": {"from": "2025-10", "not_applicable": "x"}}, "inherited", None, "2025-10"),
        ({"open": "a", "level": 1}, "assessed", "1", None),
        ({"open": "a", "level": None}, "open", None, "a"),
        ({"inherited": {"from": "x", "level": 1}, "open": "a"}, "open", None, "a"),
    ],
)
def test_the_one_state_of_an_answer(values: dict[str, Any], state: str, level: str | None, reason: str | None) -> None:
    made = answer("a", values)
    assert (made.state, made.level, made.reason) == (state, level, reason)


def test_evidence() -> None:
    made = answer(
        "a", {"level": 1, "evidence": [{"edition": "remiss", "page": 14, "pdf_page": 16, "quote": "x"}, {"page": "iv"}]}
    )
    assert made.evidence == (Evidence(edition="remiss", page="14", pdf_page=16, quote="x"), Evidence(page="iv"))
    assert answer("a", {"evidence": None}) == Answer("a", "empty")


def test_review_with_the_least_there_is() -> None:
    values = {
        "schema": "granskning/review/1", "strategy": "s", "edition": "e", "criteria": "c@1.0.0", "round": "r",
        "reviewer": "x", "status": "draft", "reading_depth": "not_read",
    }  # fmt: skip
    made = review(values, "f.yaml")
    assert (made.kind, made.form, made.date, made.answers, made.identity) == (
        "reviewer",
        "full",
        None,
        {},
        ("s", "r", "x"),
    )
    assert review({**values, "answers": {"a": None}}, "f.yaml").answers == {"a": Answer("a", "empty")}


def test_the_head_of_a_review_has_nothing_of_its_answers() -> None:
    figure = {"indicator": "i", "area": "Riket", "period": "2024", "meaning": "m"}
    values = {
        "strategy": "s", "edition": "e", "criteria": "c@1.0.0", "round": "r", "reviewer": "x", "status": "draft",
        "reading_depth": "not_read", "answers": {"a": {"level": 1}}, "figures": [figure],
        "archived": [{"criterion": "b", "criteria": "c@0.9.0", "answer": {"level": 2}}],
    }  # fmt: skip
    whole, head = review(values, "f"), review(values, "f", answers=False)
    assert (len(whole.answers), len(whole.figures), whole.archived[0].answer.level) == (1, 1, "2")
    assert (head.answers, head.figures, head.archived) == ({}, (), ())


def test_strategy_with_the_least_there_is() -> None:
    made = strategy(
        {
            "id": "s",
            "title": "T",
            "kind": "plan",
            "area": "a",
            "owner": "O",
            "editions": [{"id": "e", "stage": "draft", "date": 2026}],
        },
        "f",
    )
    assert (made.owner, made.period, made.title, made.editions[0].date) == (("O",), (None, None), {"sv": "T"}, "2026")
    assert made.edition("e") is made.editions[0]
    assert made.edition("x") is None


def test_a_strategy_is_owned_by_one_or_by_several() -> None:
    least = {"id": "s", "title": "S", "kind": "plan", "area": "a", "period": {"from": 2026}, "editions": []}
    owners = [strategy({**least, "owner": owner}, "f").owner for owner in ("Länet", ["Länet", "Regionen"])]
    assert owners == [("Länet",), ("Länet", "Regionen")]


def test_settings() -> None:
    made = settings({"organisation": "O", "criteria": "c"})
    assert (made.language, made.contact) == ("sv", None)


def test_actions() -> None:
    (made,) = actions(
        {"actions": [{"id": "a", "title": "T", "status": "done", "due": 2027, "follow_up": [{"date": 2028}]}]}
    )
    assert (made.due, made.follow_up[0].date, made.decision) == ("2027", "2028", None)


def test_indicator_numbers_are_exact() -> None:
    values = {
        "id": "i", "title": "T", "unit": "U", "source": {"producer": "P", "retrieved": "2026-11-01"},
        "values": [{"area": "A", "period": 2025, "women": 0.1, "men": 0}],
    }  # fmt: skip
    (figure,) = indicator(values, "f").values
    assert (figure.women, figure.men, figure.total, figure.period) == (Fraction(1, 10), Fraction(0), None, "2025")


def test_criteria_set(prov: CriteriaSet) -> None:
    assert prov.reference == "prov@1.0.0"
    assert [criterion.id for criterion in prov.criteria] == ["resor-vardag", "resor-barn", "makt-samrad"]
    assert prov.scales[""].missing is prov.scale[0]
    assert [criterion.weight for criterion in prov.criteria] == [2, 1, 1]
    assert prov.criteria[0].justification == {"0", "1", "2", "3"}
    assert prov.criteria[0].evidence == {"1", "2", "3"}
    assert prov.scoring.coverage == Fraction(4, 5)
    assert prov.scoring.gates[0].when.levels == ("1",)
    assert prov.areas.keys() == {"infrastruktur", "skola"}


def test_a_text_in_one_language_is_in_the_language_of_the_set(load: Load, alter: Alter) -> None:
    changed = load(alter(CRITERIA, ("title: {sv: Prov, en: Trial}", "title: Trial\nlanguage: en"))).workspace
    assert changed.criteria["prov@1.0.0"].title == {"en": "Trial"}


def test_a_criterion_may_ask_for_less_than_the_set(load: Load, alter: Alter) -> None:
    changed = load(
        alter(CRITERIA, ("        core: true\n", "        core: true\n        requires: {evidence: none}\n"))
    ).workspace
    first = changed.criteria["prov@1.0.0"].criteria[0]
    assert (first.evidence, first.justification) == (frozenset[str](), frozenset("0123"))


@pytest.mark.parametrize("written", ["80 %", "80%", "80\N{NO-BREAK SPACE}%"])
def test_coverage_however_written(written: str, load: Load, alter: Alter) -> None:
    changed = load(alter(CRITERIA, ("coverage: 80 %", f"coverage: {written}"))).workspace
    assert changed.criteria["prov@1.0.0"].scoring.coverage == Fraction(4, 5)


def test_a_whole_number_written_with_decimals_is_a_whole_number(load: Load, alter: Alter) -> None:
    # JSON Schema calls 1.0 an integer; as decimals it made `score` crash (10**1.0 is no whole number)
    rounding = "  rounding: {decimals: 1.0}\n  verdict:"
    changed = load(alter(CRITERIA, ("  verdict:", rounding)))
    if not changed.broken:
        assert format_number(Fraction(5, 3), changed.workspace.criteria["prov@1.0.0"].scoring.rounding, "en") == "1.7"


def test_everything_pickles(load: Load) -> None:
    workspace = load().workspace
    assert pickle.loads(pickle.dumps(workspace)) == workspace  # noqa: S301  # our own bytes


def test_a_collection_says_whom_it_gathers_and_what_it_leaves_out_is_empty() -> None:
    values: dict[str, Any] = {
        "organisation": "Provlän", "title": "Samlingen", "criteria": "prov@1.0.0",
        "organisations": [
            {"id": "a", "title": "A", "group": "region", "folder": "x", "repository": "y", "commit": "0" * 40},
            {"id": "b"},
        ],
    }  # fmt: skip
    held = collection(values)
    first, second = held.organisations
    assert (first.id, first.title, first.group, first.folder, first.repository, first.commit) == (
        "a", {"sv": "A"}, "region", "x", "y", "0" * 40,
    )  # fmt: skip
    assert (second.title, second.group, second.folder, second.repository, second.commit) == ({}, "", "", "", "")
    assert (held.groups, held.smallest_group, held.smallest_why, held.contact) == ((), 5, None, None)
    more = {
        "groups": [{"id": "region", "title": "Regioner"}], "language": "en",
        "smallest_group": {"value": 3, "why": "Three are enough."}, "report": {"contact": "x@exempel.se"},
    }  # fmt: skip
    held = collection({**values, **more})
    assert [(group.id, group.title) for group in held.groups] == [("region", {"en": "Regioner"})]
    assert (held.smallest_group, held.smallest_why, held.contact) == (3, {"en": "Three are enough."}, "x@exempel.se")


CLASS = "classes:\n  - {id: k, title: K, weight: {value: 5, why: {sv: Viktigt, en: Important}}}\n"


def test_a_question_takes_its_weight_from_its_class_unless_it_says_its_own(load: Load, alter: Alter) -> None:
    def weights(*pieces: tuple[str, str]) -> list[tuple[object, object]]:
        criteria = load(alter(CRITERIA, ("targets:\n", f"{CLASS}targets:\n"), *pieces)).workspace.criteria["prov@1.0.0"]
        return [(criterion.weight, criterion.weight_why) for criterion in criteria.criteria]

    own, none = (2, {"sv": "Väger tyngst.", "en": "Weighs most."}), weights()[1]
    shared = (5, {"sv": "Viktigt", "en": "Important"})
    assert weights() == [own, none, none]
    member = [("      - id: resor-vardag\n", "      - id: resor-vardag\n        class: k\n"),
              ("      - id: resor-barn\n", "      - id: resor-barn\n        class: k\n")]  # fmt: skip
    assert weights(*member) == [own, shared, none]
