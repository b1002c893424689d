"""Values against the JSON Schema of their kind: a fast yes or no, and on no every fault with its path.

`jsonschema-rs` gives the verdict; only on "no" does `jsonschema` tell what is wrong. Texts about faults are ours.
"""

from __future__ import annotations

import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from granskning.errors import Words
from granskning.findings.finding import FilledWords, Finding, Pointer
from granskning.findings.rules import RULES
from granskning.findings.suggestions import KnownNames
from granskning.i18n import N_
from granskning.shipped import package_text
from granskning.workspace.schema.derived import in_any_language, required_of, variant_schema, with_numbers_as_text
from granskning.workspace.schema.meant import meant_key, meant_value
from granskning.workspace.schema.meant_form import meant_form

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from jsonschema import ValidationError

    from granskning.findings.finding import Path

KINDS = ("workspace", "criteria", "strategy", "review", "actions", "indicator")
"""The kinds of files that people write; each has its schema, `granskning/<kind>/1`."""

FORMS = (*KINDS, "variant")
"""The forms that such files have: a criteria set may be a variant of another."""

OF_A_COMPUTER = ("local", "remarks")
"""The kinds of files that people write and git ignores: for their own computer alone, or to each other."""

OF_SEVERAL = ("collection",)
"""The kinds of files that people write beside working folders, to gather several."""

OUTPUTS = (
    *("check", "score", "history", "diff", "export", "followup", "evidence", "search", "verify", "manifest"),
    *("moments", "publication", "statistics"),
)
"""The JSON that scripts may rely on; each has its schema too."""

_NAMES = {
    "string": N_("text"),
    "integer": N_("a whole number"),
    "number": N_("a number"),
    "array": N_("a list"),
    "object": N_("a group of keys"),
    "boolean": N_("true or false"),
    "null": N_("nothing"),
}
_BOUNDS = {
    "minimum": N_("at least"),
    "maximum": N_("at most"),
    "exclusiveMinimum": N_("more than"),
    "minLength": N_("characters, at least"),
    "maxLength": N_("characters, at most"),
    "minItems": N_("items, at least"),
    "maxItems": N_("items, at most"),
    "minProperties": N_("keys, at least"),
    "uniqueItems": N_("each thing once"),
}
_ADVICE = {
    "string": N_("text that looks like a number is put in quotation marks"),
    "integer": N_("write a number in digits, without quotation marks and units"),
    "number": N_("write a number in digits, without quotation marks and units"),
    "array": N_("a list has - before each item"),
    "object": N_("put its keys on the lines below, indented, each with a colon"),
    "boolean": N_("write true or false"),
    "null": N_("leave it empty"),
}
"""What to do about a value of the wrong kind, by the kind that belongs there."""
_KEYS_BELOW = N_("put its keys on the lines below, indented, each with a colon: {known}")
_DECIMALS = N_("write decimals after a full stop, not a comma: 1.5")
_LATER = N_("a higher number means that a newer granskning wrote the file")
_COMMA = re.compile(r"[-+]?[0-9]+,[0-9]+")
_EXCERPT = 40


@cache
def load_schema(name: str) -> dict[str, Any]:
    """The schema of a kind of file or of an output, as shipped."""
    schema: dict[str, Any] = in_any_language(json.loads(package_text(f"workspace/schemas/{name}.schema.json")))
    schema = with_numbers_as_text(schema) if name in (*FORMS, *OF_SEVERAL) else schema
    return variant_schema(load_schema("criteria"), schema) if name == "variant" else schema


def resolved(node: dict[str, Any], whole: Mapping[str, Any]) -> dict[str, Any]:
    """A node of a schema without a reference, what it says itself before what it refers to."""
    while "$ref" in node:
        place: Any = whole
        for step in node["$ref"].removeprefix("#/").split("/"):
            place = place[step]
        node = {**place, **{key: value for key, value in node.items() if key != "$ref"}}
    return node


@cache
def keys_of_new(kind: str) -> tuple[str, ...]:
    """The keys that a new part must have in a list of a criteria set whose parts go by their ids."""
    return required_of(load_schema("criteria"))[kind]


def check_values(kind: str, values: Any, file: str) -> list[Finding]:
    """Everything in which the values break the schema of that kind; empty when they are sound."""
    if is_sound(kind, values):
        return []
    expected = f"granskning/{'criteria' if kind == 'variant' else kind}/1"
    if not isinstance(values, dict):
        return [_finding("GR122", file, (), found=kind_of(values), expected=Words(_NAMES["object"]),
                         help=Words(_ADVICE["object"]))]  # fmt: skip
    if "schema" in values and values["schema"] != expected:
        return [_other_schema(values["schema"], expected, file)]
    findings = list(_explain(kind, values, file))
    return findings or [_finding("GR126", file, ())]


def _other_schema(value: Any, expected: str, file: str) -> Finding:
    """A first key that is misspelt, or of a later version than this program knows."""
    is_later = str(value).startswith(expected.removesuffix("1"))
    near = None if is_later else (expected, [expected])
    advice = Words(_LATER if is_later else N_("the file lies where files of that kind lie"))
    return _finding("GR127", file, ("schema",), near, value=_short(value), expected=expected, help=advice)


def is_sound(kind: str, values: Any) -> bool:
    """Whether the values are as the schema of that kind says, or of a named part of it: `cache#facts`."""
    try:
        return _is_valid(kind)(values)
    except ValueError:  # nested deeper than the validator goes, or text that is none
        return False


def kind_of(value: Any) -> Words:
    """The name of a value's kind, for a message."""
    if isinstance(value, bool):
        return Words(_NAMES["boolean"])
    if value is None:
        return Words(_NAMES["null"])
    names = {str: "string", int: "integer", float: "number", list: "array", dict: "object"}
    return Words(_NAMES[names[type(value)]])


@cache
def _is_valid(kind: str) -> Callable[[Any], bool]:
    import jsonschema_rs  # only commands that read files pay for it

    name, _, part = kind.partition("#")
    schema = load_schema(name)
    if part:
        schema = {"$ref": f"#/$defs/{part}", "$defs": schema["$defs"]}
    validator = jsonschema_rs.Draft202012Validator(schema)
    verdict: Callable[[Any], bool] = validator.is_valid
    return verdict


def _explain(kind: str, values: Any, file: str) -> Iterator[Finding]:
    errors = sorted(
        _explainer()(load_schema(kind)).iter_errors(values),
        key=lambda error: [str(step) for step in error.absolute_path],
    )
    told: set[tuple[object, ...]] = set()
    for error in errors:
        for finding in _translate(error, file):
            identity = (finding.rule.code, finding.at, str(finding.values.get("key")))
            if identity not in told:
                told.add(identity)
                yield finding


@cache
def _explainer() -> Any:
    """A validator that tells what is wrong, by patterns that mean what they mean everywhere else.

    In Python alone `$` is also before a line break at the end, so `jsonschema` would pass what the verdict refuses.
    """
    from jsonschema import Draft202012Validator, ValidationError  # a tenth of a second, when needed
    from jsonschema.validators import extend

    def pattern(_validator: Any, wanted: str, value: Any, _schema: Any) -> Iterator[ValidationError]:
        if isinstance(value, str) and not re.search(_as_python(wanted), value):
            yield ValidationError(wanted)

    return extend(Draft202012Validator, {"pattern": pattern})  # type: ignore[no-untyped-call]  # theirs has no types


def _as_python(pattern: str) -> str:
    return pattern.removesuffix("$") + (r"\Z" if pattern.endswith("$") else "")


def _translate(error: ValidationError, file: str) -> Iterator[Finding]:
    path: Path = tuple(error.absolute_path)
    schema: Any = error.schema
    keyword, value = str(error.validator), cast("Any", error.instance)
    bound: Any = error.validator_value
    if keyword == "required":
        missing = [key for key in bound if key not in value]
        above = "" if any(isinstance(step, int) for step in path) else "".join(f"{step}." for step in path)
        yield from (_finding("GR120", file, path, key=key, whole=f"{above}{key}", whole_key=True) for key in missing)
    elif keyword == "additionalProperties":
        patterns = [re.compile(pattern) for pattern in schema.get("patternProperties", {})]
        strangers = [key for key in value if not any(pattern.search(key) for pattern in patterns)]
        yield from _unknown_keys({key: value[key] for key in strangers}, schema.get("properties", {}), file, path)
    elif keyword == "type":
        names = [bound] if isinstance(bound, str) else bound
        if _is_misshaped_number(value, names, schema):
            yield _misshaped(schema, path, str(value), file)
            return
        kinds = {"found": kind_of(value), "expected": Words(_NAMES[names[0]])}
        known = schema.get("properties", {}) if names[0] == "object" else {}
        keys = FilledWords(_KEYS_BELOW, {"known": KnownNames(list(known))})
        advice = keys if known else Words(_advice(value, names[0]))
        yield Finding(RULES["GR122"], Pointer(file, path), kinds | {"help": advice})
    elif keyword in ("enum", "const"):
        allowed = [str(value) for value in (bound if keyword == "enum" else [bound])]
        near = (meant_value(str(value), schema) or str(value), allowed)
        yield _finding("GR123", file, path, near, value=_short(value), allowed=", ".join(allowed))
    elif keyword == "pattern" and re.search(bound, value):  # all but a line break at the end
        yield _finding("GR126", file, path)
    elif keyword == "pattern":
        yield _misshaped(schema, path, value, file)
    elif keyword in _BOUNDS:
        number = "" if isinstance(bound, bool) else f" {bound}"
        told = _short(value) or Words(_NAMES["null"])
        yield _finding("GR125", file, path, value=told, limit=Words(_BOUNDS[keyword]), bound=number)
    else:
        yield _finding("GR126", file, path)


def _is_misshaped_number(value: Any, names: Collection[str], schema: Mapping[str, Any]) -> bool:
    """Whether a number stands where text in a form does, and would not be in that form as text: `date: 20261123`."""
    if isinstance(value, bool) or not isinstance(value, int | float) or "string" not in names:
        return False
    return "pattern" in schema and not re.search(_as_python(schema["pattern"]), str(value))


def _misshaped(schema: Mapping[str, Any], path: Path, value: str, file: str) -> Finding:
    """A date, an id, a version and the like that is not in its form, with the form that it was meant in."""
    advice: object = {
        "sv": schema.get("patternErrorMessage", ""),
        "en": schema.get("x-en", {}).get("patternErrorMessage", ""),
    }
    if "number" in schema.get("type", ()) and _COMMA.fullmatch(value.strip()):
        advice = Words(_DECIMALS)
    wanted = re.compile(_as_python(schema["pattern"]))
    is_a_name = path[-1:] == ("reviewer",) and " " in value  # a role; no id is made of a person's name
    meant = None if is_a_name else meant_form(value, lambda form: wanted.search(form) is not None)
    near = (meant, [meant]) if meant else None
    return _finding("GR124", file, path, near, value=_short(value), help=advice)


def _advice(value: Any, expected: str) -> str:
    """What to do about a value of the wrong kind: as it was written, and by what belongs there."""
    if isinstance(value, str) and expected in ("number", "integer") and _COMMA.fullmatch(value.strip()):
        return _DECIMALS
    if isinstance(value, bool) and expected == "string":
        return N_("write it in words")
    return _ADVICE.get(expected, _ADVICE["string"])


def _unknown_keys(value: dict[str, Any], properties: dict[str, Any], file: str, path: Path) -> Iterator[Finding]:
    known = list(properties)
    for key, content in value.items():
        if key not in known and content is None and (" " in key or key.isdigit() or key.endswith(("?", "!", "."))):
            advice = Words(_DECIMALS if key.isdigit() else N_("put the whole text in quotation marks"))
            yield _finding("GR128", file, (*path, key), key=key, whole_key=True, help=advice)
        elif key not in known:
            left = ", ".join(one for one in known if one not in value) or "–"
            pointer = Pointer(file, (*path, key), key=True)
            near = (meant_key(key, properties) or key, known)
            yield Finding(RULES["GR121"], pointer, {"key": key, "known": left}, near=near)


def _finding(
    code: str,
    file: str,
    path: Path,
    near: tuple[str, list[str]] | None = None,
    *,
    whole_key: bool = False,
    **values: object,
) -> Finding:
    return Finding(RULES[code], Pointer(file, path, key=whole_key), values, near=near)


def _short(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    text = " ".join(text.split())
    return text if len(text) <= _EXCERPT else f"{text[: _EXCERPT - 1]}…"
