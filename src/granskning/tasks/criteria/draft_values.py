"""A draft of a criteria set as the values of a file of ours: ids made, a scale and ways of counting chosen, and told.

Nothing of the draft is left out. What it does not say is chosen here, once: the scale of three levels, the mean of each
target and no figure for the whole, and reasons and evidence asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from granskning.i18n import N_, Translator
from granskning.tasks.criteria.question_edits import as_number, split_words
from granskning.workspace.answer_merge import new_id
from granskning.workspace.libraries.draft import DraftRemark, LevelDraft, ScaleDraft
from granskning.workspace.libraries.json_parts import WHOLE_FILE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.workspace.libraries.draft import QuestionDraft, SetDraft, TargetDraft

_ID = re.compile(r"(?:[a-z0-9]+-)*[0-9]*[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_VERSION = re.compile(r"[0-9]+\.[0-9]+\.[0-9]+")
_USUAL = (N_("Missing"), N_("Partly"), N_("There"))
_GIVEN_WEIGHT = N_("The weight that the source gives the question.")
_EVERYWHERE = frozenset({"alla", "samtliga", "all", "any", "-", "–"})
_WORDS_OF_ID = 4
_TEXT_KEYS = ("short_title", "why", "counts_as_evidence", "mistakes")


@dataclass(slots=True)
class SetValues:
    """The values of the file, and what was chosen for it."""

    values: dict[str, Any]
    remarks: list[DraftRemark] = field(default_factory=list)
    count: int = 0
    """Questions."""


def draft_values(draft: SetDraft, name: str, title: str, language: str, date: str) -> SetValues:
    """The values of a new set called `name`; `title` and `language` are used where the draft has none."""
    made = SetValues({})
    own = _language(draft, language, made)
    scales = draft.scales or (_usual_scale(own, made),)
    areas = _areas(draft)
    targets, taken = _targets(draft, made), set[str]()
    questions: dict[str, list[dict[str, Any]]] = {}
    titles = {target.key: target.title for target in draft.targets}
    for question in draft.questions:
        values = _question(question, titles.get(question.target, ""), areas, taken, made)
        if draft.kind != "table" and "weight" in values and not isinstance(values["weight"], dict):
            values["weight"] = {"value": values["weight"], "why": _words(own)(_GIVEN_WEIGHT)}
        questions.setdefault(question.target, []).append(values)
    made.count = len(draft.questions)
    about = draft.about
    made.values = {
        "id": name,
        "version": about["version"] if _VERSION.fullmatch(about.get("version", "")) else "0.1.0",
        "title": about.get("title") or title,
        "language": own,
        "status": "proposal",
        "owner": about.get("owner", ""),
        "date": date,
        "about": about.get("about", ""),
        "sources": _sources(draft),
        "areas": [{"id": area, "title": words} for words, area in areas.items()],
        "scale": _levels(scales[0]),
        "scales": [{"id": scale.id, "levels": _levels(scale)} for scale in scales[1:]],
        "requires": {"evidence": [level.value for level in scales[0].levels[1:]]},
        "targets": _nested(targets, questions, ""),
        "scoring": _scoring(made),
    }
    made.values = {key: value for key, value in made.values.items() if value not in ("", [], None)}
    if about.get("version") and made.values["version"] != about["version"]:
        message = N_("the version is {version} here, since “{text}” is not three numbers")
        made.remarks.append(DraftRemark("note", WHOLE_FILE, message, {"version": "0.1.0", "text": about["version"]}))
    return made


def _language(draft: SetDraft, language: str, made: SetValues) -> str:
    """The language that the draft says; a library that says none is in English, and a table in that of the folder."""
    given = draft.about.get("language", "").strip().replace("_", "-")
    if re.fullmatch(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*", given):
        return given.split("-")[0]
    if draft.kind == "table":
        return language
    message = N_("the language is not said, so it is taken to be English")
    made.remarks.append(DraftRemark("note", WHOLE_FILE, message))
    return "en"


def _words(language: str) -> Translator:
    """The words of the program in the language of a set: Swedish, or else English."""
    return Translator("sv" if language == "sv" else "en")


def _usual_scale(language: str, made: SetValues) -> ScaleDraft:
    """A scale of three levels, where the draft has none."""
    t = _words(language)
    levels = tuple(LevelDraft(value, t(label), means_missing=value == 0) for value, label in enumerate(_USUAL))
    words = ", ".join(f"{level.value} {level.label}" for level in levels)
    message = N_("there are no levels, so the scale is: {levels}")
    made.remarks.append(DraftRemark("note", WHOLE_FILE, message, {"levels": words}))
    return ScaleDraft("", levels)


def _scoring(made: SetValues) -> dict[str, Any]:
    """How answers count until somebody says otherwise."""
    message = N_("answers count as the mean of each target picture, with no figure for the whole; a verdict takes the "
                 "whole text read and four questions in five judged")  # fmt: skip
    made.remarks.append(DraftRemark("note", WHOLE_FILE, message))
    return {
        "criteria": {"method": "mean"},
        "targets": {"method": "none"},
        "verdict": {"requires": {"coverage": "80 %", "reading_depth": "full_text"}},
        "rounding": {"decimals": 1, "mode": "half_up"},
    }


def _areas(draft: SetDraft) -> dict[str, str]:
    """The ids of the areas that questions name, by their words."""
    areas: dict[str, str] = {}
    for question in draft.questions:
        for words in split_words(question.fields.get("applies_to", "")) or ():
            if words.casefold() not in _EVERYWHERE and words.casefold() not in {known.casefold() for known in areas}:
                areas[words] = new_id(words, set(areas.values()), "omrade")
    return areas


def _targets(draft: SetDraft, made: SetValues) -> list[tuple[TargetDraft, dict[str, Any]]]:
    """The targets with their values, questions left out; one without questions anywhere below it is told."""
    asked = {question.target for question in draft.questions}
    by_key = {target.key: target for target in draft.targets}
    filled: set[str] = set()
    for key in asked:
        above = key
        while above in by_key and above not in filled:
            filled.add(above)
            above = by_key[above].parent if by_key[above].parent != above else ""
    taken: set[str] = set()
    targets = []
    for target in draft.targets:
        if target.key not in filled:
            message = N_("the target picture “{target}” has no question, and is left out")
            made.remarks.append(DraftRemark("unread", WHOLE_FILE, message, {"target": target.title}))
            continue
        name = new_id(" ".join(target.title.split()[:_WORDS_OF_ID]), taken, "mal")
        taken.add(name)
        values = {"id": name, "number": target.number, "title": target.title, "picture": target.picture}
        targets.append((target, {key: value for key, value in values.items() if value}))
    return targets


def _nested(
    targets: list[tuple[TargetDraft, dict[str, Any]]], questions: Mapping[str, list[dict[str, Any]]], above: str
) -> list[dict[str, Any]]:
    nested = []
    keys = {target.key for target, _ in targets}
    for target, values in targets:
        parent = target.parent if target.parent in keys and target.parent != target.key else ""
        if parent == above and (target.key != above or not above):
            own = dict(values)
            if target.key in questions:
                own["criteria"] = questions[target.key]
            if target.key and (below := _nested(targets, questions, target.key)):
                own["targets"] = below
            nested.append(own)
    return nested


def _question(
    question: QuestionDraft, target: str, areas: Mapping[str, str], taken: set[str], made: SetValues
) -> dict[str, Any]:
    """A question's values. Its id is the one given, else made of its target and its number or first words."""
    fields = question.fields
    bare = question.id.strip()
    if not _ID.fullmatch(bare) or bare in taken or len(bare) > 80:  # noqa: PLR2004  # as the schema says
        first = " ".join(question.question.split()[:_WORDS_OF_ID])
        words = bare or f"{' '.join(target.split()[:2])} {fields.get('short_title') or fields.get('number') or first}"
        made_of, bare = bare, new_id(words, taken, "fraga")
        if made_of:
            message = N_("“{text}” cannot be an id, so it is {id}")
            made.remarks.append(DraftRemark("note", question.place, message, {"text": made_of, "id": bare}))
    taken.add(bare)
    values: dict[str, Any] = {"id": bare, "number": fields.get("number"), "question": question.question}
    values |= {key: fields.get(key) for key in _TEXT_KEYS}
    values["levels"] = dict(question.levels)
    if "weight" in fields:
        amount, why = as_number(fields["weight"]), fields.get("weight.why")
        values["weight"] = {"value": amount, "why": why} if why else amount
    values["not_applicable"] = "allowed" if fields.get("not_applicable") else None
    known = {words.casefold(): area for words, area in areas.items()}
    wanted = split_words(fields.get("applies_to", "")) or ()
    values["applies_to"] = [known[words.casefold()] for words in wanted if words.casefold() in known]
    values["core"] = True if fields.get("core") else None
    values |= {key: split_words(fields.get(key, "")) for key in ("look_for", "tags")}
    values["scale"] = question.scale
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}


def _levels(scale: ScaleDraft) -> list[dict[str, Any]]:
    return [
        {key: value for key, value in (("value", level.value), ("label", level.label),
         ("description", level.description), ("means_missing", level.means_missing)) if value not in ("", False)
         or key == "value"}
        for level in scale.levels
    ]  # fmt: skip


def _sources(draft: SetDraft) -> list[dict[str, str]]:
    """The library that the set was brought in from, as its source."""
    about = draft.about
    if not about.get("source"):
        return []
    source = {"id": "kalla", "title": about["source"][:500], "address": about.get("address", ""),
              "note": about.get("source_note", "")}  # fmt: skip
    if not re.fullmatch(r"https?://[^ \t\r\n]+", source["address"]):
        source["address"] = ""
    return [{key: value for key, value in source.items() if value}]
