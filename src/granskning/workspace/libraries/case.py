"""A CASE package (1EdTech Competencies and Academic Standards Exchange) in, a draft of a criteria set out.

The form is that of https://www.imsglobal.org/spec/case/v1p1 (CFPackage, JSON, 1.0 and 1.1). Its rubrics are targets and
their criteria questions, with the levels and weights that they have. A package without rubrics is read by its items:
those with others below them are targets, those without are questions.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.model.method import number_of
from granskning.workspace.libraries.draft import (
    DraftRemark,
    LevelDraft,
    QuestionDraft,
    ScaleDraft,
    SetDraft,
    TargetDraft,
)
from granskning.workspace.libraries.json_parts import WHOLE_FILE, object_at, objects_at, part_named, text_at
from granskning.workspace.libraries.set_sheets import means_missing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_DEEPEST = 50
"""Items below each other; a framework has some five."""

Values = dict[str, Any]


def read_case(values: Mapping[str, Any]) -> SetDraft:
    """The draft of a package. Raises UsageError where it has neither rubrics nor items."""
    package = object_at(values, "CFPackage") or dict(values)
    document = object_at(package, "CFDocument")
    items = {text_at(item, "identifier"): item for item in objects_at(package, "CFItems")}
    rubrics = [rubric for rubric in objects_at(package, "CFRubrics") if objects_at(rubric, "CFRubricCriteria")]
    draft = _of_rubrics(rubrics, items) if rubrics else _of_items(items, package, document)
    if not draft.questions:
        raise UsageError(
            N_("the package has neither CFRubrics nor CFItems that can be read"), N_("see that it is the whole package")
        )
    title = text_at(document, "title")
    about = {
        "title": title, "language": text_at(document, "language"), "about": text_at(document, "description"),
        "owner": text_at(document, "publisher") or text_at(document, "creator"), "source": title,
        "address": text_at(document, "officialSourceURL"),
        "source_note": " ".join(filter(None, (text_at(document, "version"), text_at(document, "lastChangeDateTime")))),
    }  # fmt: skip
    return replace(draft, about=about)


def _of_rubrics(rubrics: Sequence[Values], items: Mapping[str, Values]) -> SetDraft:
    """Rubrics as targets, their criteria as questions on the scales of their levels."""
    targets, questions, used = [], [], set()
    scales: dict[tuple[tuple[object, str], ...], tuple[LevelDraft, ...]] = {}
    uses: Counter[tuple[tuple[object, str], ...]] = Counter()
    given: list[tuple[tuple[object, str], ...]] = []
    feedback = 0
    for number, rubric in enumerate(rubrics, 1):
        key = text_at(rubric, "identifier") or str(number)
        title = text_at(rubric, "title") or text_at(rubric, "description") or str(number)
        targets.append(TargetDraft(key, title, picture=text_at(rubric, "description")))
        for criterion in _in_order(objects_at(rubric, "CFRubricCriteria")):
            item = text_at(object_at(criterion, "CFItemURI"), "identifier")
            used.add(item)
            levels, texts, more = _levels_of(criterion)
            feedback += more
            mark = tuple((level.value, level.label) for level in levels)
            scales.setdefault(mark, levels)
            uses[mark] += 1
            given.append(mark)
            questions.append(_criterion(criterion, key, items.get(item, {}), texts))
    ordered = [mark for mark, _ in uses.most_common() if mark]
    names = {mark: "" if place == 0 else f"skala-{place + 1}" for place, mark in enumerate(ordered)}
    asked = tuple(replace(question, scale=names.get(mark, "")) for question, mark in zip(questions, given, strict=True))
    remarks = []
    if left := [text_at(item, "humanCodingScheme") or text_at(item, "fullStatement")[:40]
                for name, item in items.items() if name not in used]:  # fmt: skip
        message = N_("items that no criterion with levels names are left out ({count}): {names}")
        remarks.append(DraftRemark("note", WHOLE_FILE, message, {"count": len(left), "names": ", ".join(left)}))
    if feedback:
        message = N_("the feedback of levels has no place in a criteria set and is left out ({count})")
        remarks.append(DraftRemark("note", WHOLE_FILE, message, {"count": feedback}))
    drafts = tuple(ScaleDraft(names[mark], scales[mark]) for mark in ordered)
    return SetDraft("case", asked, tuple(targets), drafts, {}, tuple(remarks))


def _criterion(criterion: Values, target: str, item: Values, texts: Mapping[str, str]) -> QuestionDraft:
    category, description = text_at(criterion, "category"), text_at(criterion, "description")
    statement = text_at(item, "fullStatement")
    question = description or statement or category or text_at(criterion, "identifier") or "–"
    weight = text_at(criterion, "weight")
    fields = {
        "number": text_at(item, "humanCodingScheme"),
        "short_title": category if category != question else "",
        "why": statement if statement != question else text_at(item, "notes"),
        "weight": weight if weight and number_of(weight) not in (None, 1) else "",
    }
    kept = {key: text for key, text in fields.items() if text}
    return QuestionDraft(target, question, part_named(text_at(criterion, "identifier")), "", kept, texts)


def _levels_of(criterion: Values) -> tuple[tuple[LevelDraft, ...], dict[str, str], int]:
    """The levels of a criterion from lowest to highest, their texts by value, and how many have feedback."""
    given = _in_order(objects_at(criterion, "CFRubricCriterionLevels"))
    scores = [number_of(text_at(level, "score")) for level in given]
    numbers = [score for score in scores if score is not None]
    is_scored = len(numbers) == len(given) == len(set(numbers))
    if is_scored:
        given = [level for _, level in sorted(zip(numbers, given, strict=True), key=lambda pair: pair[0])]
    levels, texts = [], {}
    for place, level in enumerate(given):
        score = number_of(text_at(level, "score")) if is_scored else None
        value: int | float = place if score is None else int(score) if score.denominator == 1 else float(score)
        label = text_at(level, "quality") or text_at(level, "description")[:60] or str(value)
        levels.append(LevelDraft(value, label, means_missing=place == 0 and means_missing(label)))
        if text := text_at(level, "description"):
            texts[str(value)] = text
    return tuple(levels), texts, sum(bool(text_at(level, "feedback")) for level in given)


def _in_order(values: Sequence[Values]) -> list[Values]:
    """By position, where it is given; else as they stand."""
    return sorted(values, key=lambda item: number_of(text_at(item, "position")) or 0)


def _of_items(items: Mapping[str, Values], package: Values, document: Values) -> SetDraft:
    """Items with others below them as targets, those without as questions, in the order of their sequence."""
    below: dict[str, list[tuple[Any, str]]] = {}
    parents: dict[str, str] = {}
    for bond in objects_at(package, "CFAssociations"):
        child = text_at(object_at(bond, "originNodeURI"), "identifier")
        parent = text_at(object_at(bond, "destinationNodeURI"), "identifier")
        if text_at(bond, "associationType") == "isChildOf" and child in items and child not in parents:
            parents[child] = parent
            below.setdefault(parent, []).append((number_of(text_at(bond, "sequenceNumber")) or 0, child))
    targets: list[TargetDraft] = []
    questions: list[QuestionDraft] = []
    reached: set[str] = set()

    def walk(name: str, target: str, depth: int) -> None:
        item = items[name]
        reached.add(name)
        children = [child for _, child in sorted(below.get(name, []), key=lambda pair: pair[0])]
        statement, code = text_at(item, "fullStatement"), text_at(item, "humanCodingScheme")
        if children and depth < _DEEPEST:
            short = text_at(item, "abbreviatedStatement")
            targets.append(TargetDraft(name, short or statement or code, target, statement if short else "", code))
            for child in children:
                walk(child, name, depth + 1)
        else:
            fields = {
                "number": code,
                "short_title": text_at(item, "abbreviatedStatement"),
                "why": text_at(item, "notes"),
            }
            kept = {key: text for key, text in fields.items() if text and text != statement}
            questions.append(QuestionDraft(target, statement or code or "–", part_named(code or name), "", kept))

    for name in items:
        if parents.get(name) not in items:
            loose = not below.get(name)
            if loose and not any(target.key == "" for target in targets):
                targets.append(TargetDraft("", text_at(document, "title") or "–"))
            walk(name, "", 0)
    left = [text_at(items[name], "humanCodingScheme") or name for name in items if name not in reached]
    message = N_("items that stand in a circle of each other are left out ({count}): {names}")
    remarks = (
        [DraftRemark("unread", WHOLE_FILE, message, {"count": len(left), "names": ", ".join(left)})] if left else []
    )
    return SetDraft("case", tuple(questions), tuple(targets), (), {}, tuple(remarks))
