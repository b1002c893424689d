from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from granskning.findings.finding import Pointer
from granskning.findings.rules import RULES
from granskning.findings.suggestions import nearest
from granskning.i18n import LANGUAGES, TAG
from granskning.workspace.schema import schema
from granskning.workspace.schema.derived import (
    BY_ID,
    in_any_language,
    required_of,
    variant_schema,
    with_numbers_as_text,
)
from granskning.workspace.schema.schema import KINDS, OUTPUTS, _short, check_values, load_schema
from granskning.workspace.yaml.source import decode, read

BASE = Path(__file__).parents[3] / "cases" / "base"
FILES = {
    "workspace": "granskning.yaml",
    "criteria": "criteria/prov.yaml",
    "indicator": "criteria/statistics/resor-bil.yaml",
    "strategy": "strategies/provplan/strategy.yaml",
    "actions": "strategies/provplan/actions.yaml",
    "review": "strategies/provplan/reviews/2026-11/granskaren.yaml",
}
DOCUMENTS: dict[str, Any] = {}
for _kind, _path in FILES.items():
    _text = decode((BASE / _path).read_bytes())
    assert isinstance(_text, str)
    DOCUMENTS[_kind] = read(_text).value


def test_every_kind_has_a_sound_document() -> None:
    assert set(KINDS) == set(DOCUMENTS)
    for kind, values in DOCUMENTS.items():
        assert check_values(kind, values, "x.yaml") == []


@pytest.mark.parametrize("name", [*KINDS, *OUTPUTS, "build", "workbook", "cache"])
def test_schemas_are_valid_2020_12(name: str) -> None:
    found = load_schema(name)
    Draft202012Validator.check_schema(found)
    jsonschema_rs.meta.validate(found)
    assert found["$id"] == f"urn:granskning:schema:{name}:1"
    said = found["properties"]["schema"]
    assert f"granskning/{name}/1" in said.get("enum", [said.get("const")])


@pytest.mark.parametrize("name", [*KINDS, *OUTPUTS, "build", "workbook", "cache"])
def test_every_title_has_both_languages(name: str) -> None:
    def look(node: Any) -> None:
        if isinstance(node, list):
            for child in node:
                look(child)
        elif isinstance(node, dict):
            for key in ("title", "description", "errorMessage", "patternErrorMessage", "markdownEnumDescriptions"):
                if isinstance(node.get(key), str | list):
                    assert key in node.get("x-en", {}), node
            for key, child in node.items():
                if key != "x-en":
                    look(child)

    look(load_schema(name))


# --- two validators, one opinion ------------------------------------------------------------------------------------

STRAY: list[Any] = [
    None,
    True,
    False,
    0,
    1,
    -1,
    1.0,
    1.5,
    -0.0,
    2999,
    3000,
    10**30,
    1e300,
    "",
    " ",
    "a",
    "å",
    "A",
    "a-b",
    "a--b",
    "-a",
    "1",
    "all",
    "none",
    "2026",
    "2026-11",
    "2026-11-23",
    "2026-13",
    "2026-11-32",
    "1.0.0",
    "prov@1.0.0",
    "https://x.se",
    "https:// x",
    "80 %",
    "101 %",
    "documents/a.pdf",
    "draft",
    "sv",
    "a" * 81,
    "a" * 501,
    "a\nb",
    "🙂" * 80,
    "é" * 81,
    "\u2028",
    [],
    [1],
    ["a"],
    ["a", "a"],
    [1, 1.0],
    [0, False],
    {},
    {"a": 1},
    {"sv": "x"},
    {"sv": "x", "de": "y"},
    {"en": ""},
    {"value": 2},
    {"from": "x"},
    {"from": 1, "to": 2},
    {"method": "mean"},
]


def spots(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(spot for key, child in children for spot in spots(child, (*path, key)))]


@st.composite
def mutants(draw: st.DrawFn) -> tuple[str, Any]:
    """A sound document with up to three changes: a value replaced, a key dropped, a key added or renamed."""
    kind = draw(st.sampled_from(KINDS))
    root: Any = {"": copy.deepcopy(DOCUMENTS[kind])}
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from([("",), *spots(root)[1:]]))
        holder: Any = root
        for step in path[:-1]:
            holder = holder[step]
        value = copy.deepcopy(draw(st.sampled_from(STRAY)))
        deed = draw(st.sampled_from(["replace", "drop", "add", "rename"]))
        if deed == "drop" and len(path) > 1:
            del holder[path[-1]]
        elif deed == "add" and isinstance(holder[path[-1]], dict):
            holder[path[-1]][draw(st.sampled_from(["ny", "why", "note", "level", "1"]))] = value
        elif deed == "add" and isinstance(holder[path[-1]], list):
            holder[path[-1]].append(value)
        elif deed == "rename" and isinstance(holder, dict) and len(path) > 1:
            holder[f"{path[-1]}x"] = holder.pop(path[-1])
        else:
            holder[path[-1]] = value
    return kind, root[""]


@given(mutants())
@settings(max_examples=400, deadline=None)
def test_both_validators_agree_and_every_fault_has_words(mutant: tuple[str, Any]) -> None:
    kind, values = mutant
    found = load_schema(kind)
    valid = jsonschema_rs.Draft202012Validator(found).is_valid(values)
    assert Draft202012Validator(found).is_valid(values) == valid
    findings = check_values(kind, values, "x.yaml")
    assert bool(findings) != valid
    assert all(finding.rule.code != "GR126" for finding in findings)
    assert all(finding.at.file == "x.yaml" for finding in findings)


def test_a_disagreement_is_still_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "_is_valid", lambda _: lambda _: False)
    findings = check_values("review", DOCUMENTS["review"], "x.yaml")
    assert [(one.rule, one.at) for one in findings] == [(RULES["GR126"], Pointer("x.yaml"))]


# --- what is told of a fault ----------------------------------------------------------------------------------------


def told(kind: str, **changes: Any) -> list[tuple[str, tuple[Any, ...], str | None]]:
    values = {key: value for key, value in {**DOCUMENTS[kind], **changes}.items() if value is not ...}
    return [
        (one.rule.code, one.at.path, nearest(*one.near) if one.near else None)
        for one in check_values(kind, values, "x.yaml")
    ]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"status": ...}, [("GR120", (), None)]),
        ({"status": ..., "round": ...}, [("GR120", (), None), ("GR120", (), None)]),
        ({"statsu": "draft"}, [("GR121", ("statsu",), "status")]),
        ({"round": 2026}, [("GR122", ("round",), None)]),
        ({"answers": []}, [("GR122", ("answers",), None)]),
        ({"status": "utkast"}, [("GR123", ("status",), "draft")]),
        ({"status": "påbörjad"}, [("GR123", ("status",), None)]),
        ({"status": "drafty"}, [("GR123", ("status",), "draft")]),
        ({"date": "2026"}, [("GR124", ("date",), None)]),
        ({"answers": {"x": {"level": True}}}, [("GR122", ("answers", "x", "level"), None)]),
        ({"answers": {"x": {"levle": 1}}}, [("GR121", ("answers", "x", "levle"), "level")]),
        (
            {"answers": {"x": {"evidence": [{"pdf_page": 0}]}}},
            [("GR125", ("answers", "x", "evidence", 0, "pdf_page"), None)],
        ),
        ({"schema": "granskning/review/2", "status": ...}, [("GR127", ("schema",), None)]),
        ({"schema": "granskning/strategy/1"}, [("GR127", ("schema",), "granskning/review/1")]),
        ({"schema": "granskning/reviews/1"}, [("GR127", ("schema",), "granskning/review/1")]),
        ({"date": 20261123}, [("GR124", ("date",), "2026-11-23")]),
        ({"date": "23 november 2026"}, [("GR124", ("date",), "2026-11-23")]),
        ({"date": "2026-1-3"}, [("GR124", ("date",), "2026-01-03")]),
        ({"round": "2026_11"}, [("GR124", ("round",), "2026-11")]),
        ({"reviewer": "Controller"}, [("GR124", ("reviewer",), "controller")]),
        ({"reviewer": "Namn Namnsson"}, [("GR124", ("reviewer",), None)]),
        ({"strategy": "exempellän-plan"}, [("GR124", ("strategy",), "exempellan-plan")]),
        ({"criteria": "jämställd-tillväxt v0.9"}, [("GR124", ("criteria",), "jamstalld-tillvaxt@0.9.0")]),
        ({"answers": {"x": {"not_applicable": True}}}, [("GR122", ("answers", "x", "not_applicable"), None)]),
        ({"schema": ...}, [("GR120", (), None)]),
    ],
)
def test_words_for_faults(changes: dict[str, Any], expected: list[Any]) -> None:
    assert told("review", **changes) == expected


@pytest.mark.parametrize("values", [[], "text", 1, True, 1.5, ["a"]])
def test_a_file_that_is_no_group_of_keys(values: Any) -> None:
    assert [one.rule.code for one in check_values("review", values, "x.yaml")] == ["GR122"]


@given(st.sampled_from(["strategy", "edition", "round", "reviewer", "date", "criteria"]))
@example("strategy")
def test_a_line_break_at_the_end_of_an_id_is_a_fault(key: str) -> None:
    # Python's `$` would let it through
    values = {**DOCUMENTS["review"], key: DOCUMENTS["review"][key] + "\n"}
    assert len(check_values("review", values, "x.yaml")) == 1


def test_a_variant_need_say_no_more_of_a_part_than_its_id_and_a_set_all() -> None:
    criteria = load_schema("criteria")
    before = copy.deepcopy(criteria)
    variant = variant_schema(criteria, {"title": "V", "required": ["extends"], "properties": {"extends": {}}})
    assert criteria == before
    assert required_of(variant) == dict.fromkeys(BY_ID, ("id",))
    assert {kind: keys[:2] for kind, keys in required_of(criteria).items()} == {
        **dict.fromkeys(("areas", "challenges", "goals", "targets"), ("id", "title")),
        "scales": ("id",), "classes": ("id", "title"), "criteria": ("id", "question"),
    }  # fmt: skip
    assert list(variant["properties"])[:2] == ["schema", "extends"]
    assert "variant_of" not in variant["properties"]
    assert (variant["title"], variant["required"], variant["properties"]["scoring"]["required"]) == (
        "V",
        ["extends"],
        [],
    )


@pytest.mark.parametrize(
    ("value", "kinds"),
    [
        ({"type": "string"}, ["string", "number"]),
        ({"type": ["string", "null"]}, ["string", "null", "number"]),
        ({"type": ["string", "number"]}, ["string", "number"]),
        ({"type": "integer"}, "integer"),
        ({}, None),
        ({"type": "string", "pattern": "x"}, "string"),
        ({"type": "string", "enum": ["x"]}, "string"),
    ],
)
def test_text_that_looks_like_a_number_is_text_where_any_text_may_stand(value: dict[str, Any], kinds: object) -> None:
    schemas = [{"properties": {"note": {**value}, "level": {**value}}}]
    (read_as,) = with_numbers_as_text(schemas)
    assert read_as["properties"]["note"].get("type") == kinds
    assert read_as["properties"]["level"] == value


def test_a_text_in_our_languages_may_be_in_any_and_nothing_else_may() -> None:
    text = {"type": "string", "minLength": 1}
    both, one, odd = ({"properties": dict.fromkeys(keys, text)} for keys in (LANGUAGES, LANGUAGES[:1], ("a", "b")))
    referring = {"properties": {language: {"$ref": "#/$defs/text"} for language in LANGUAGES}}
    changed = in_any_language({"items": [both, one, odd, referring]})["items"]
    assert changed == [{**both, "patternProperties": {f"^{TAG}$": text}}, one, odd, referring]


def test_numbers_may_be_text_in_files_that_people_write_and_nowhere_else() -> None:
    stored = json.loads((Path(schema.__file__).parents[1] / "schemas" / "score.schema.json").read_text("utf-8"))
    assert load_schema("score")["properties"] == stored["properties"]
    people = json.loads((Path(schema.__file__).parents[1] / "schemas" / "review.schema.json").read_text("utf-8"))
    assert load_schema("review") != people


@pytest.mark.parametrize(
    ("key", "code"),
    [
        ("Vad gäller för resor", "GR128"),
        ("Varför?", "GR128"),
        ("Nej.", "GR128"),
        ("Ja!", "GR128"),
        ("12", "GR128"),
        ("summering", "GR121"),
        ("1a", "GR121"),
    ],
)
def test_a_text_that_became_a_key_is_told_apart_from_a_key_that_nobody_knows(key: str, code: str) -> None:
    assert [one.rule.code for one in check_values("review", {**DOCUMENTS["review"], key: None}, "x.yaml")] == [code]
    assert [one.rule.code for one in check_values("review", {**DOCUMENTS["review"], key: 1}, "x.yaml")] == ["GR121"]


@pytest.mark.parametrize("length", [39, 40, 41, 200])
def test_of_a_long_value_forty_letters_are_told(length: int) -> None:
    told_value = _short("x " + "y" * (length - 2))
    assert len(told_value) == min(length, 40)
    assert told_value.endswith("…") is (length > 40)
