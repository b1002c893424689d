from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from granskning.files import HeldFiles
from granskning.workspace.schema.editor import (
    localized,
    review_schema,
    review_schema_path,
    schemas_to_write,
    stale_schemas,
)
from granskning.workspace.schema.schema import FORMS, load_schema
from granskning.workspace.yaml.source import PROSE, decode, read

if TYPE_CHECKING:
    from conftest import Alter, Load
    from granskning.model.criteria import CriteriaSet

REVIEW = "strategies/provplan/reviews/2026-11/granskaren.yaml"


@pytest.fixture
def sound(base_files: dict[str, bytes]) -> Any:
    text = decode(base_files[REVIEW])
    assert isinstance(text, str)
    return read(text).value


def answers_of(prov: CriteriaSet, language: str = "en") -> dict[str, Any]:
    found: dict[str, Any] = review_schema(prov, language)["properties"]["answers"]
    return found


def test_the_criteria_are_the_only_properties(prov: CriteriaSet) -> None:
    answers = answers_of(prov)
    assert list(answers["properties"]) == ["resor-vardag", "resor-barn", "makt-samrad"]
    assert answers["additionalProperties"] is False


def test_a_planner_sees_question_reason_and_every_level(prov: CriteriaSet) -> None:
    shown = answers_of(prov, "sv")["properties"]["resor-vardag"]
    for words in ("Räknas vardagens resor?", "De är många.", "0 Saknas", "3 Styr", "Pengar"):
        assert words in shown["markdownDescription"]
    level = shown["properties"]["level"]
    assert level["enum"] == [0, 1, 2, 3, None]
    assert len(level["markdownEnumDescriptions"]) == 5
    assert level["markdownEnumDescriptions"][1] == "**1 Nämns.** Ord"
    english = answers_of(prov)["properties"]["resor-vardag"]["properties"]["level"]
    assert english["markdownEnumDescriptions"] == [
        "**0 Missing.** Nothing",
        "**1 Mentioned.** Words",
        "**2 Partly.** Goals",
        "**3 Steers.** Money",
        "Not answered",
    ]


def test_not_applicable_is_offered_only_where_it_may_be(prov: CriteriaSet) -> None:
    found = answers_of(prov)["properties"]
    assert {key for key, answer in found.items() if "not_applicable" in answer["properties"]} == {
        "resor-barn",
        "makt-samrad",
    }


@pytest.mark.parametrize("language", ["sv", "en"])
def test_schemas_are_valid_2020_12_and_plain(prov: CriteriaSet, language: str) -> None:
    schemas = dict(schemas_to_write([prov], HeldFiles({}), language))
    assert set(schemas) == {
        *(f".granskning/schemas/{kind}.schema.json" for kind in FORMS if kind != "review"),
        ".granskning/schemas/review-prov-1.0.0.schema.json",
    }
    for text in schemas.values():
        found = json.loads(text)
        Draft202012Validator.check_schema(found)
        assert '"x-' not in text
        assert text.endswith("}\n")


def test_ids_differ_between_sets(prov: CriteriaSet) -> None:
    other = replace(prov, version="2.0.0")
    assert review_schema(prov, "sv")["$id"] != review_schema(other, "sv")["$id"]
    assert review_schema_path(other) == ".granskning/schemas/review-prov-2.0.0.schema.json"


def test_a_sound_review_is_valid(prov: CriteriaSet, sound: Any) -> None:
    assert list(Draft202012Validator(review_schema(prov, "sv")).iter_errors(sound)) == []


def test_an_unfinished_review_is_valid(prov: CriteriaSet, sound: Any) -> None:
    sound["answers"] = {"resor-vardag": {"level": None}, "resor-barn": None}
    assert Draft202012Validator(review_schema(prov, "sv")).is_valid(sound)


@pytest.mark.parametrize(
    ("criterion", "answer"),
    [
        ("resor-vardagar", {"level": 1}),
        ("resor-vardag", {"level": 4}),
        ("resor-vardag", {"level": "1"}),
        ("resor-vardag", {"not_applicable": "skäl"}),
        ("resor-barn", {"not_applicable": ""}),
        ("resor-barn", {"open": None}),
        ("resor-barn", {"justifcation": "x"}),
        ("resor-barn", {"evidence": [{"sida": 1}]}),
    ],
)
def test_a_broken_answer_is_not_valid(prov: CriteriaSet, sound: Any, criterion: str, answer: Any) -> None:
    sound["answers"] = {criterion: answer}
    assert not Draft202012Validator(review_schema(prov, "sv")).is_valid(sound)


def test_a_review_with_another_set_is_not_valid(prov: CriteriaSet, sound: Any) -> None:
    assert not Draft202012Validator(review_schema(replace(prov, version="2.0.0"), "sv")).is_valid(sound)


def test_localized() -> None:
    source = {
        "title": "Nivå",
        "x-en": {"title": "Level"},
        "x-prose": True,
        "items": [{"title": "Å", "x-en": {"title": "A"}}],
    }
    assert localized(source, "sv") == {"title": "Nivå", "items": [{"title": "Å"}]}
    assert localized(source, "en") == {"title": "Level", "items": [{"title": "A"}]}


def test_the_keys_of_running_text_are_those_of_the_schemas() -> None:
    found: set[str] = set()

    def look(node: Any) -> None:
        if isinstance(node, list):
            for child in node:
                look(child)
        elif isinstance(node, dict):
            for key, child in node.get("properties", {}).items():
                if isinstance(child, dict) and child.get("x-prose"):
                    found.add(key)
            for child in node.values():
                look(child)

    for kind in FORMS:
        look(load_schema(kind))
    assert found == PROSE


def test_stale_schemas(load: Load, prov: CriteriaSet) -> None:
    fresh = {path: text.encode() for path, text in schemas_to_write([prov], HeldFiles({}), "sv")}
    assert load(dict(fresh)).findings == ()
    crossed = {path: data.replace(b"\n", b"\r\n") for path, data in fresh.items()}
    assert load(dict(crossed)).findings == ()
    assert list(schemas_to_write([prov], HeldFiles(crossed), "sv")) == []
    name = review_schema_path(prov)
    assert list(schemas_to_write([prov], HeldFiles({**fresh, name: b"{}"}), "sv")) == [(name, fresh[name].decode())]
    assert [(one.rule.code, one.at.file) for one in load({**fresh, name: b"{}"}).findings] == [("GR504", name)]
    assert list(stale_schemas([prov], HeldFiles({}), None)) == []


def test_a_planner_sees_what_counts_as_evidence_and_what_often_goes_wrong(load: Load, alter: Alter) -> None:
    more = """        core: true
        counts_as_evidence: {sv: En tabell över resor., en: A table of trips.}
        mistakes: {sv: Att räkna bilar., en: Counting cars.}
      - id: resor-barn"""
    changed = load(alter("criteria/prov.yaml", ("        core: true\n      - id: resor-barn", more)))
    shown = answers_of(changed.workspace.criteria["prov@1.0.0"])["properties"]["resor-vardag"]["markdownDescription"]
    assert "*What counts as evidence:* A table of trips." in shown
    assert "*Typical mistakes:* Counting cars." in shown
    assert "*Challenge:* The trips" in shown
    bare = answers_of(changed.workspace.criteria["prov@1.0.0"])["properties"]["resor-barn"]["markdownDescription"]
    assert "*What counts as evidence:*" not in bare
    assert "*Typical mistakes:*" not in bare


def test_a_reason_is_at_least_a_letter_and_a_number_will_do(prov: CriteriaSet) -> None:
    for answer in answers_of(prov)["properties"].values():
        assert answer["properties"]["open"]["minLength"] == 1
        assert answer["properties"]["open"]["type"] == ["string", "number"]


def test_a_question_without_a_reason_says_itself_alone(prov: CriteriaSet) -> None:
    shown = answers_of(prov)["properties"]
    assert shown["resor-vardag"]["markdownDescription"].split("\n\n")[1] == "They are many."
    assert shown["makt-samrad"]["markdownDescription"].split("\n\n")[1].startswith("**0 Missing.**")


def test_on_a_range_a_number_between_its_ends_may_stand(prov: CriteriaSet) -> None:
    scale = replace(prov.scales[""], levels=(), minimum=Fraction(0), maximum=Fraction(5, 2), unit="km")
    level = answers_of(replace(prov, scales={"": scale}))["properties"]["resor-vardag"]["properties"]["level"]
    assert (level["type"], level["minimum"], level["maximum"]) == (["number", "null"], 0, 2.5)
    assert "from 0 to 2.5 km" in level["description"]
    assert "enum" not in level
