"""The keys of dates are those that the schemas give the form of a date."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.workspace.checks.dates import _FIELDS
from granskning.workspace.schema.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Iterator


def date_keys(schema: Any) -> Iterator[str]:
    """The properties whose text is a date."""
    if isinstance(schema, dict):
        for key, value in schema.get("properties", {}).items():
            if isinstance(value, dict) and str(value.get("pattern", "")).startswith("^[0-9]{4}"):
                yield key
    for inner in schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ():
        yield from date_keys(inner)


def test_every_date_that_people_fill_in_is_known() -> None:
    found = {key for kind in ("review", "strategy", "actions") for key in date_keys(load_schema(kind))}
    assert found == _FIELDS
