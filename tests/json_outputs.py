"""What every JSON output of the program is held to, wherever a test makes it come about: its shipped schema.

`conftest.py` has the writer tell each output on its way out, so a command needs no test of its own for this.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

import jsonschema_rs

from granskning.workspace.schema.schema import load_schema

if TYPE_CHECKING:
    from collections.abc import Iterator


@cache
def _validator(name: str) -> Any:
    return jsonschema_rs.validator_for(load_schema(name))


def check_output(name: str, text: str) -> None:
    """Fail where an output breaks its schema, has keys that the schema does not know, or another order of keys."""
    values = json.loads(text)
    assert values["schema"] == f"granskning/{name}/1"
    _validator(name).validate(values)
    wrong = list(_out_of_order(load_schema(name), load_schema(name), values, name))
    assert not wrong, "\n".join(wrong)


def _out_of_order(schema: dict[str, Any], root: dict[str, Any], value: Any, where: str) -> Iterator[str]:
    schema = _resolved(schema, root, value)
    if isinstance(value, dict) and "properties" in schema:
        known = list(schema["properties"])
        strange = [key for key in value if key not in known]
        if strange and schema.get("additionalProperties", True) is True:
            yield f"{where}: the schema does not tell of {', '.join(strange)}"
        wanted = [key for key in known if key in value]
        if not strange and list(value) != wanted:
            yield f"{where}: {list(value)} stand in the schema as {wanted}"
        for key, inner in value.items():
            yield from _out_of_order(schema["properties"].get(key, {}), root, inner, f"{where}.{key}")
    elif isinstance(value, list):
        for inner in value:
            yield from _out_of_order(schema.get("items", {}), root, inner, f"{where}[]")


def _resolved(schema: dict[str, Any], root: dict[str, Any], value: Any) -> dict[str, Any]:
    """The schema that tells of this value: behind a reference, or the one of several that is of its kind."""
    while "$ref" in schema:
        schema = root["$defs"][schema["$ref"].rpartition("/")[2]]
    for way in ("anyOf", "oneOf"):
        for one in schema.get(way, ()):
            found = _resolved(one, root, value)
            if ("properties" in found and isinstance(value, dict)) or ("items" in found and isinstance(value, list)):
                return found
    return schema
