"""The schema as a form and an editor need it: what stands at a path, what it is called, in what order keys come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from granskning.workspace.schema.edit_order import order_of
from granskning.workspace.schema.form_nodes import (
    _keys,
    children_of,
    choices_of,
    help_of,
    kind_of_node,
    node_at,
    title_of,
)
from granskning.workspace.schema.schema import resolved

if TYPE_CHECKING:
    from granskning.model.criteria import CriteriaSet

CRITERION = ("targets", 0, "criteria", 0)


def node(*path: str | int) -> dict[str, Any]:
    found = node_at(path)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("path", "kind", "swedish", "english"),
    [
        ((), "group", "Kriterieuppsättning", "Criteria set"),
        (("title",), "translated", "Titel", "Title"),
        (("targets",), "list", "Målbilder", "Target pictures"),
        ((*CRITERION, "weight"), "group", "Vikt", "Weight"),
        ((*CRITERION, "levels"), "map", "Nivåtexter", "Level texts"),
        ((*CRITERION, "tags"), "words", "Märken", "Tags"),
        (("scoring", "criteria", "method"), "choice", "Metod", "Method"),
        (("scoring", "gates", 0, "when"), "group", "När", "When"),
        (("scale", 0, "means_missing"), "yes", "Betyder saknas", "Means missing"),
        (("scale", 0, "value"), "number", "Värde", "Value"),
        (("scoring", "criteria", "rounding", "decimals"), "number", "Decimaler", "Decimals"),
    ],
)
def test_what_stands_at_a_path(path: tuple[str | int, ...], kind: str, swedish: str, english: str) -> None:
    there = node(*path)
    assert kind_of_node(there) == kind
    assert (title_of(there, "sv"), title_of(there, "en")) == (swedish, english)


@pytest.mark.parametrize("path", [("nothing",), ("title", "sv", 0), ("targets", "x"), ("targets", 0, "x", "y"), (0,)])
def test_where_there_can_be_nothing(path: tuple[str | int, ...]) -> None:
    assert node_at(path) is None


@pytest.mark.parametrize(
    ("schema", "value", "kind"),
    [
        ({"type": ["array", "object"], "properties": {"a": {}}}, [1], "words"),
        ({"type": ["array", "object"], "properties": {"a": {}}}, {"a": 1}, "group"),
        ({"type": ["array", "object"]}, None, "group"),
        ({"type": "array", "items": {"properties": {"a": {}}}}, None, "list"),
        ({"type": "array"}, None, "words"),
        ({"type": "object", "properties": {"a": {}}}, None, "group"),
        ({"type": ["object", "string"], "properties": {"a": {}}}, "x", "text"),
        ({"type": ["object", "string"], "properties": {"a": {}}}, {"a": 1}, "group"),
        ({"type": ["object", "number"], "properties": {"value": {}}}, 1, "group"),
        ({"type": ["object", "number"], "properties": {"a": {}}}, 1, "number"),
        ({"type": "object", "additionalProperties": {"type": "string"}}, None, "map"),
        ({"type": "object", "additionalProperties": False}, None, "text"),
        ({"type": "integer"}, None, "number"),
        ({"type": ["string", "integer"]}, None, "number"),
        ({"type": "string"}, None, "text"),
        ({}, None, "text"),
        ({"const": True}, None, "yes"),
        ({"type": ["boolean"]}, None, "yes"),
        ({"type": ["boolean", "string"]}, None, "text"),
        ({"enum": ["a"], "type": "boolean"}, None, "choice"),
        ({"type": "object", "properties": {"sv": {}, "en": {}, "fi": {}}}, None, "translated"),
        ({"type": "object", "properties": {"sv": {}}}, None, "group"),
    ],
)
def test_what_a_field_is(schema: dict[str, Any], value: Any, kind: str) -> None:
    assert kind_of_node(schema, value) == kind


def test_the_words_of_a_node_in_the_language_asked_for_or_in_its_own() -> None:
    both = {"title": "T", "description": "Säger nog.", "x-en": {"title": "U", "description": "Says enough."}}
    assert [(title_of(both, language), help_of(both, language)) for language in ("sv", "en")] == [
        ("T", "Säger nog."), ("U", "Says enough."),
    ]  # fmt: skip
    bare = {"title": "T", "description": "Säger nog."}
    assert (title_of(bare, "en"), help_of(bare, "en")) == ("T", "Säger nog.")
    assert (title_of({}, "sv"), help_of({}, "en")) == ("", "")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Säger nog.", True),
        ("Se means_missing.", False),
        ("Som half_up.", False),
        ("Skriv applies_to.", False),
        ("a b", True),
    ],
)
def test_what_names_a_key_or_a_value_of_the_file_is_no_help_on_the_page(text: str, *, told: bool) -> None:
    _keys.cache_clear()
    assert help_of({"description": text}, "sv") == (text if told else "")


def test_the_values_to_choose_are_told_in_words_without_a_full_stop() -> None:
    choice = {"enum": ["a", "b", 3], "markdownEnumDescriptions": ["Första.", "Andra"],
              "x-en": {"markdownEnumDescriptions": ["First.", "Second.", "Third."]}}  # fmt: skip
    assert choices_of(choice, "sv") == (("a", "Första"), ("b", "Andra"), ("3", "3"))
    assert choices_of(choice, "en") == (("a", "First"), ("b", "Second"), ("3", "Third"))
    assert choices_of({"enum": ["a"]}, "en") == (("a", "a"),)
    assert choices_of({}, "sv") == ()
    assert choices_of(node("scoring", "criteria", "method"), "sv")[0] == ("mean", "Viktat medelvärde")


def test_what_a_group_has() -> None:
    weight = children_of(node(*CRITERION, "weight"))
    assert list(weight) == ["value", "why"]
    assert all("$ref" not in child for child in weight.values())
    assert children_of({}) == {}


def test_a_reference_gives_way_to_what_the_node_says_itself() -> None:
    whole = {"$defs": {"a": {"$ref": "#/$defs/b", "title": "A"}, "b": {"title": "B", "type": "string"}}}
    assert resolved({"$ref": "#/$defs/a", "description": "D"}, whole) == {
        "title": "A",
        "type": "string",
        "description": "D",
    }
    assert resolved({"type": "number"}, whole) == {"type": "number"}


@pytest.mark.parametrize(
    ("kind", "path", "first", "last"),
    [
        ("review", (), "schema", "archived"),
        ("review", ("answers", "a"), "level", "note"),
        ("review", ("answers", "a", "evidence", 3), "edition", "paraphrase"),
        ("criteria", CRITERION, "id", "prerequisites"),
        ("criteria", (*CRITERION, "weight"), "value", "why"),
    ],
)
def test_keys_stand_in_the_schemas_order(kind: str, path: tuple[str | int, ...], first: str, last: str) -> None:
    keys = order_of(kind)(path)
    assert (keys[0], keys[-1]) == (first, last)


@pytest.mark.parametrize("path", [("nothing",), ("nothing", "x"), ("answers", "a", "level", "x"), ("answers", 0)])
def test_where_the_schema_has_no_keys_there_is_no_order(path: tuple[str | int, ...]) -> None:
    assert order_of("review")(path) == ()


def test_answers_stand_in_the_order_of_the_set(prov: CriteriaSet) -> None:
    assert order_of("review", prov)(("answers",)) == ("resor-vardag", "resor-barn", "makt-samrad")
    assert order_of("review")(("answers",)) == ()
    assert order_of("criteria", prov)(("answers",)) == ()
    assert order_of("review", prov)(("answers", "resor-barn"))[0] == "level"
