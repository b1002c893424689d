"""Schemas that follow from others: that of a variant, and the languages of texts. Values in, values out."""

from __future__ import annotations

import copy
from typing import Any

from granskning.i18n import LANGUAGES, TAG
from granskning.workspace.yaml.source import TEXTS

Values = dict[str, Any]

BY_ID = ("areas", "scales", "classes", "challenges", "goals", "targets", "criteria")
"""Lists of a criteria set whose parts go by their ids, and of which a variant replaces one at a time."""


def variant_schema(criteria: Values, own: Values) -> Values:
    """The schema of a variant: that of a criteria set, of which it need say no more than what it replaces."""
    schema = copy.deepcopy(criteria)
    for part in _parts_by_id(schema).values():
        part["required"] = ["id"]
    schema["properties"]["scoring"]["required"] = []
    properties = {**schema["properties"], **own["properties"]}
    del properties["variant_of"]
    ordered = {key: properties[key] for key in ("schema", "extends", *properties)}
    return {**schema, **own, "properties": ordered}


def required_of(criteria: Values) -> dict[str, tuple[str, ...]]:
    """By list, the keys that a new part in it must have."""
    return {kind: tuple(part["required"]) for kind, part in _parts_by_id(criteria).items()}


def _parts_by_id(criteria: Values) -> Values:
    """By list of `BY_ID`, the schema of a part in it; targets stand in targets too, so theirs has a name."""
    target = criteria["$defs"]["target"]
    lists = {**criteria["properties"], "criteria": target["properties"]["criteria"], "targets": {"items": target}}
    return {kind: lists[kind]["items"] for kind in BY_ID}


def with_numbers_as_text(schema: Any) -> Any:
    """The schema of a form, where text that looks like a number is text: so it is read, and an editor is to agree."""
    if isinstance(schema, list):
        return [with_numbers_as_text(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    whole = {key: with_numbers_as_text(value) for key, value in schema.items()}
    for key, value in whole.get("properties", {}).items() if isinstance(whole.get("properties"), dict) else ():
        if key in TEXTS and isinstance(value, dict) and not {"pattern", "enum"} & value.keys():
            kinds = value.get("type", [])
            kinds = [kinds] if isinstance(kinds, str) else kinds
            if "string" in kinds and "number" not in kinds:
                value["type"] = [*kinds, "number"]
    return whole


def in_any_language(schema: Any) -> Any:
    """The schema with every text that may be in our languages allowed in any, by its language tag."""
    if isinstance(schema, list):
        return [in_any_language(item) for item in schema]
    if not isinstance(schema, dict):
        return schema
    whole = {key: in_any_language(value) for key, value in schema.items()}
    texts = schema.get("properties")
    if isinstance(texts, dict) and tuple(texts) == LANGUAGES:
        text = next(iter(texts.values()))
        if "type" in text:
            whole["patternProperties"] = {f"^{TAG}$": text}
    return whole
