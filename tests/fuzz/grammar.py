"""Values drawn from a JSON Schema: mostly as the schema wants them, now and then not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fuzz.mutations import ODD
from granskning.workspace.schema.schema import load_schema

if TYPE_CHECKING:
    from random import Random

_ODDNESS = 0.03
_DEEP = 9
_TEXTS = (
    "x",
    "resor-barn",
    "resor",
    "remiss",
    "provplan",
    "granskaren",
    "prov",
    "prov@1.0.0",
    "2026-11",
    "2026-11-20",
    "1.0.0",
    "Ett ord",
    "https://exempel.se/plan",
    "documents/plan.txt",
    "kommun",
    "50 %",
    "1/3",
    "0" * 64,
)


def draw(kind: str, random: Random) -> Any:
    """Draw a file's values."""
    schema = load_schema(kind)
    return _Drawing(schema, random).value(schema, 0)


class _Drawing:
    """The state of one drawing."""

    def __init__(self, root: dict[str, Any], random: Random) -> None:
        self.root, self.random = root, random

    def value(self, schema: Any, depth: int) -> Any:
        """A value of a schema."""
        random = self.random
        if not isinstance(schema, dict) or random.random() < _ODDNESS:
            return random.choice(ODD)
        if "$ref" in schema:
            return self.value(self._at(schema["$ref"]), depth)
        if "const" in schema:
            return schema["const"]
        if "enum" in schema:
            return random.choice(schema["enum"])
        for key in ("oneOf", "anyOf"):
            if key in schema and "properties" not in schema:
                return self.value(random.choice(schema[key]), depth)
        kind = schema.get("type", "object" if "properties" in schema else "string")
        kind = random.choice(kind) if isinstance(kind, list) else kind
        make = {"object": self._object, "array": self._array}.get(kind)
        return make(schema, depth) if make else self._scalar(kind)

    def _at(self, reference: str) -> Any:
        held: Any = self.root
        for name in reference.removeprefix("#/").split("/"):
            held = held[name]
        return held

    def _object(self, schema: dict[str, Any], depth: int) -> dict[Any, Any]:
        random = self.random
        known = schema.get("properties", {})
        chance = 0.9 - depth / _DEEP
        names = [name for name in known if name in schema.get("required", ()) or random.random() < chance]
        values = {name: self.value(known[name], depth + 1) for name in names}
        others = [*schema.get("patternProperties", {}).values(), schema.get("additionalProperties")]
        for other in others:
            if isinstance(other, dict) and depth < _DEEP:
                for _ in range(random.randrange(3)):
                    values[random.choice((*_TEXTS, 0, 1))] = self.value(other, depth + 1)
        return values

    def _array(self, schema: dict[str, Any], depth: int) -> list[Any]:
        length = self.random.randrange(3) if depth < _DEEP else 0
        length = max(length, schema.get("minItems", 0))
        return [self.value(schema.get("items", {}), depth + 1) for _ in range(min(length, 4))]

    def _scalar(self, kind: str) -> Any:
        random = self.random
        if kind in ("integer", "number"):
            return random.choice((0, 1, 2, 3, random.randrange(-5, 2000)))
        if kind == "boolean":
            return random.random() < 1 / 2
        return None if kind == "null" else random.choice(_TEXTS)
