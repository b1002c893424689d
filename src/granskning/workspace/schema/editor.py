"""The JSON Schemas that editors use: plain ones per kind of file, and one per criteria set for its reviews.

The editor's review schema has the criteria's ids as properties, level texts on every level, and whole-answer
snippets, so that a planner sees the question and what each level takes while typing.
"""

from __future__ import annotations

import json
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from granskning.errors import UnreadableFileError
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.i18n import Translator
from granskning.json_text import indented_json
from granskning.model.criteria import challenges_of, goals_of
from granskning.wordings import STATES, label
from granskning.workspace.schema.schema import FORMS, load_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from granskning.files import Files
    from granskning.model.criteria import CriteriaSet, Criterion
    from granskning.model.method import Scale
    from granskning.model.workspace import Settings

FOLDER = ".granskning/schemas"
_PLAIN = tuple(kind for kind in FORMS if kind != "review")
"""The kinds of file whose schema is the same whatever the criteria sets are."""
_REASONS = ("not_applicable", "insufficient_evidence", "open")
"""What takes the place of a level; in an editor it must have a reason."""


def localized(schema: Any, language: str) -> Any:
    """A copy of a schema with its titles and texts in one language, and without our own keywords."""
    if isinstance(schema, list):
        return [localized(item, language) for item in schema]
    if not isinstance(schema, dict):
        return schema
    english = schema.get("x-en", {}) if language == "en" else {}
    plain = {key: localized(value, language) for key, value in schema.items() if not key.startswith("x-")}
    return plain | english


def schemas_to_write(sets: Iterable[CriteriaSet], files: Files, language: str) -> Iterator[tuple[str, str]]:
    """Path and text of every schema file of `.granskning/schemas` that is missing or stale."""
    texts = {f"{FOLDER}/{kind}.schema.json": partial(_plain_text, kind, language) for kind in _PLAIN}
    for path, make in _makers(sets, language):
        schema = make()
        if not _says(files, path, schema):
            yield path, texts[path]() if path in texts else _text(schema)


def _makers(sets: Iterable[CriteriaSet], language: str) -> Iterator[tuple[str, Callable[[], dict[str, Any]]]]:
    """Yield the path of each schema file, and what makes its schema."""
    for kind in _PLAIN:
        yield f"{FOLDER}/{kind}.schema.json", partial(_plain_schema, kind, language)
    for criteria_set in sets:
        yield review_schema_path(criteria_set), partial(review_schema, criteria_set, language)


@cache  # of what is shipped alone; nobody may change what it gives
def _plain_schema(kind: str, language: str) -> dict[str, Any]:
    schema: dict[str, Any] = localized(load_schema(kind), language)
    return schema


@cache
def _plain_text(kind: str, language: str) -> str:
    return _text(_plain_schema(kind, language))


def _text(schema: dict[str, Any]) -> str:
    return f"{indented_json(schema, 1)}\n"


def review_schema_path(criteria: CriteriaSet) -> str:
    """Where the editor's schema for reviews with this set lies."""
    return f"{FOLDER}/review-{criteria.id}-{criteria.version}.schema.json"


def review_schema(criteria: CriteriaSet, language: str) -> dict[str, Any]:
    """The schema of reviews, made narrower and more helpful for one criteria set."""
    t = Translator(language)
    plain = _plain_schema("review", language)
    answer, properties = plain["$defs"]["answer"], plain["properties"]
    answers = {criterion.id: _answer_schema(answer, criterion, criteria, t) for criterion in criteria.criteria}
    own = {
        "criteria": {**properties["criteria"], "const": criteria.reference},
        "answers": {**properties["answers"], "additionalProperties": False, "properties": answers},
    }
    name = f"{plain['$id']}:{criteria.id}:{criteria.version}"
    return {**plain, "$id": name, "properties": {**properties, **own}}


def _answer_schema(
    answer: dict[str, Any], criterion: Criterion, criteria: CriteriaSet, t: Translator
) -> dict[str, Any]:
    """One question's answer; what it has in common with the others is shared with them, not copied."""
    scale = criteria.scale_of(criterion)
    labels = {level.key: f"{level.key} {t.text(level.label)}" for level in scale.levels}
    texts = {
        level.key: f"**{labels[level.key]}.** {t.text(criterion.levels.get(level.key) or level.description)}".rstrip()
        for level in scale.levels
    }
    why = f"\n\n{t.text(criterion.why)}" if criterion.why else ""
    told = [f"**{t.text(criterion.question)}**{why}", *texts.values(), *_guidance(criterion, criteria, t)]
    shared = answer["properties"]
    level = {"title": shared["level"]["title"], **_level_schema(scale, labels, texts, t)}
    reasons = {key: {**shared[key], "type": ["string", "number"], "minLength": 1} for key in _REASONS}
    properties = {**shared, "level": level, **reasons}
    if not criterion.not_applicable and not criterion.applies_to:
        del properties["not_applicable"]
    return {
        **answer,
        "markdownDescription": "\n\n".join(told),
        "properties": properties,
        "defaultSnippets": list(_snippets(criterion, labels, t)),
    }


def _guidance(criterion: Criterion, criteria: CriteriaSet, t: Translator) -> Iterator[str]:
    """What counts as evidence, what often goes wrong, and what the question answers and serves."""
    challenges = "; ".join(t.text(challenge.title) for challenge in challenges_of(criteria, criterion))
    goals = "; ".join(t.text(goal.title) for goal in goals_of(criteria, criterion))
    parts = (
        (t("What counts as evidence"), t.text(criterion.counts_as_evidence)),
        (t("Typical mistakes"), t.text(criterion.mistakes)),
        (t("Challenge"), challenges),
        (t("Serves the goals"), goals),
    )
    yield from (f"*{label}:* {words}" for label, words in parts if words)


def _level_schema(scale: Scale, labels: dict[str, str], texts: dict[str, str], t: Translator) -> dict[str, Any]:
    """What can stand at level: one of the levels, or a number of the range."""
    if scale.minimum is None or scale.maximum is None:
        return {
            "enum": [*(level.value for level in scale.levels), None],
            "markdownEnumDescriptions": [*texts.values(), label(STATES, "empty", t)],
            "errorMessage": t("The level is one of {levels}.", levels=", ".join(labels.values())),
        }
    low, high = t.number(scale.minimum), t.number(scale.maximum)
    return {
        "type": ["number", "null"],
        "minimum": float(scale.minimum),
        "maximum": float(scale.maximum),
        "description": t("A number from {low} to {high}{unit}", low=low, high=high, unit=f" {scale.unit}".rstrip()),
    }


def _snippets(criterion: Criterion, labels: dict[str, str], t: Translator) -> Iterator[dict[str, Any]]:
    choice = "${1|" + ",".join(labels) + "|}" if labels else "$1"
    body: dict[str, Any] = {"level": choice, "justification": ">-\n  $2"}
    if criterion.evidence:
        body["evidence"] = [{"edition": "$3", "page": "$4", "quote": ">-\n  $5"}]
    yield {"label": t("assess"), "description": t("Level, justification and evidence"), "body": body}
    yield {"label": t(STATES["insufficient_evidence"]), "body": {"insufficient_evidence": ">-\n  $1"}}
    yield {"label": t("leave open"), "body": {"open": ">-\n  $1"}}


def stale_schemas(sets: Iterable[CriteriaSet], files: Files, settings: Settings | None) -> Iterator[Finding]:
    """A notice for each schema in the folder that says another thing than would be written today."""
    language = settings.language if settings else "sv"
    if not files.exists(FOLDER):
        return
    for path, make in _makers(sets, language):
        if files.exists(path) and not _says(files, path, make()):
            yield Finding(RULES["GR504"], Pointer(path), {"file": path})


def _says(files: Files, path: str, schema: dict[str, Any]) -> bool:
    """Whether a schema file says this. Its values are compared: writing a large one takes ten times as long."""
    try:
        return bool(json.loads(files.read(path)) == schema)
    except (UnreadableFileError, ValueError, RecursionError):
        return False
