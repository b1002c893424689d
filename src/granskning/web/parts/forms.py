"""A review as a form, and a form back as parts of an answer. Says nothing about files, and decides nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.model.method import number_of
from granskning.web.parts.form_words import level_words
from granskning.wordings import STATES, label
from granskning.workspace.answer_merge import take_apart
from granskning.workspace.schema.returned import read_returned
from granskning.workspace.schema.written_dates import read_date
from granskning.workspace.yaml.pasted_text import clean_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet, Criterion
    from granskning.model.review import State

REASONED: tuple[State, ...] = ("not_applicable", "insufficient_evidence", "open")
"""The states that are given with a reason."""

ITEM_KEYS = ("edition", "page", "pdf_page", "section", "address", "retrieved", "quote", "paraphrase")
"""What evidence is made up of, in the order of the form."""

TEXTS = ("justification", "recommendation", "note")
_MOST_ITEMS = 1000


@dataclass(frozen=True, slots=True)
class Choice:
    """One radio button: its value in the form, its words, and what it takes."""

    value: str
    words: str
    guidance: str
    chosen: bool
    reason: str = ""
    """The name of the field with its reason, if it needs one."""


@dataclass(frozen=True, slots=True)
class Item:
    """The fields of one piece of evidence, by key."""

    number: int
    values: Mapping[str, str]
    file: str = ""
    """The name of a picture or another file that it is."""


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """One question with its answer, as the form shows it."""

    criterion: Criterion
    choices: tuple[Choice, ...]
    number: str | None
    """The number given, where the scale is a range; None where it has levels."""
    reasons: Mapping[str, str]
    texts: Mapping[str, str]
    items: tuple[Item, ...]
    inherited: str
    """What was carried over and is not confirmed, in words."""
    base: str
    """The answer as JSON, so that what comes back can be merged with what has changed meanwhile."""


def answer_form(
    criterion: Criterion, criteria: CriteriaSet, answer: Mapping[str, Any] | None, t: Translator, *, more: bool = False
) -> AnswerForm:
    """The form of one question; with `more`, an empty piece of evidence is added."""
    parts = take_apart(answer)
    judgement = parts["judgement"]
    scale = criteria.scale_of(criterion)
    given = judgement.get("level")
    choices = [
        Choice(
            value=f"level:{level.key}",
            words=level_words(level.key, t.text(level.label)),
            guidance=t.text(criterion.levels.get(level.key) or level.description),
            chosen=given is not None and str(given) == level.key,
        )
        for level in scale.levels
    ]
    closed = not (criterion.not_applicable or criterion.applies_to)
    choices += [
        Choice(state, label(STATES, state, t), "", state in judgement, f"reason-{state}")
        for state in REASONED
        if not (state == "not_applicable" and closed) or state in judgement
    ]
    choices.append(Choice("", label(STATES, "empty", t), "", not judgement or "inherited" in judgement))
    items = [*(parts["evidence"] or ()), *([{}] if more else ())]
    return AnswerForm(
        criterion=criterion,
        choices=tuple(choices),
        number=("" if given is None else str(given)) if scale.is_range else None,
        reasons={state: str(judgement.get(state) or "") for state in REASONED},
        texts={key: str(parts[key] or "") for key in TEXTS},
        items=tuple(
            Item(
                number,
                {key: "" if item.get(key) is None else str(item[key]) for key in ITEM_KEYS},
                str(item.get("file") or "").removeprefix("evidence/"),
            )
            for number, item in enumerate(items, 1)
        ),
        inherited=_carried(judgement, criterion, criteria, t),
        base=json.dumps(answer or {}, ensure_ascii=False),
    )


def _carried(judgement: Mapping[str, Any], criterion: Criterion, criteria: CriteriaSet, t: Translator) -> str:
    held = judgement.get("inherited")
    if not held:
        return ""
    level = next(
        (
            known_level
            for known_level in criteria.scale_of(criterion).levels
            if known_level.key == str(held.get("level"))
        ),
        None,
    )
    words = level_words(level.key, t.text(level.label)) if level else "–"
    return t("Carried over from {round}: {level}. Choose it again to confirm it.", round=held["from"], level=words)


def base_of(form: Mapping[str, str]) -> dict[str, Any]:
    """The answer that the form was made with. Anything else than that is taken as an empty answer."""
    return read_returned("workbook#answer", form.get("base", "{}")) or {}


def parts_of(
    form: Mapping[str, str], criterion: Criterion, criteria: CriteriaSet, *, drop: int | None = None
) -> dict[str, Any]:
    """The parts of an answer that the form says; only those that it has fields for. `drop` is evidence to leave out."""
    base = base_of(form)
    parts: dict[str, Any] = {}
    if "judgement" in form or "number" in form:
        parts["judgement"] = _judgement(form, criterion, criteria, base)
    for key in TEXTS:
        if key in form:
            parts[key] = plain_text(form[key]) or None
    if "items" in form:
        parts["evidence"] = _items(form, base.get("evidence") or [], drop) or None
    if "undo" in form:
        undone = read_returned("workbook#answer", f'{{"evidence": {form.get("undo-evidence", "")}}}') or {}
        parts["evidence"] = undone.get("evidence") or parts.get("evidence")
    if plain_text(form.get("cite-quote", "")):
        before = parts["evidence"] if "items" in form else base.get("evidence")
        parts["evidence"] = [*(before or ()), _cited(form)]
    return parts


def _cited(form: Mapping[str, str]) -> dict[str, Any]:
    """A piece of evidence of words that were marked in the document."""
    page = plain_text(form.get("cite-page", ""))
    item: dict[str, Any] = {"edition": plain_text(form.get("cite-edition", ""))}
    if page:
        item["page"] = typed("page", page)
    quoted = " ".join(plain_text(form["cite-quote"]).replace("\N{SOFT HYPHEN}", "").split())
    return {**item, "quote": quoted}


def rewritten_of(form: Mapping[str, str]) -> str:
    """The fields that were saved otherwise than they were written, as JSON: dates as files have them."""
    dates = {name: read_date(plain_text(value)) for name, value in form.items() if name.endswith("-retrieved")}
    changed = {name: date for name, date in dates.items() if date != plain_text(form[name])}
    return json.dumps(changed) if changed else ""


def _judgement(
    form: Mapping[str, str], criterion: Criterion, criteria: CriteriaSet, base: Mapping[str, Any]
) -> dict[str, Any]:
    chosen = form.get("judgement", "")
    if chosen in REASONED:
        return {chosen: plain_text(form.get(f"reason-{chosen}", ""))}
    scale = criteria.scale_of(criterion)
    if scale.is_range:
        text = form.get("number", "").replace(",", ".").replace("\N{MINUS SIGN}", "-").strip()
        number = number_of(text) if text else None
        if number is not None:
            return {"level": int(number) if number.denominator == 1 else float(number)}
        return {"level": text} if text else {}
    key = chosen.removeprefix("level:")
    level = next(
        (known_level for known_level in scale.levels if chosen.startswith("level:") and known_level.key == key), None
    )
    if level is not None:
        return {"level": level.value}
    if chosen:
        raise UsageError(
            N_("there is no level {level} on the scale of this question"), N_("nothing was saved"), level=key
        )
    return {"inherited": base["inherited"]} if base.get("inherited") else {}  # as long as nobody confirms it


def _items(form: Mapping[str, str], before: list[Any], drop: int | None) -> list[dict[str, Any]]:
    """The evidence of the form, its values of the kind they had; empty pieces are left out."""
    items = []
    count = int(form["items"]) if form["items"].isascii() and form["items"].isdigit() else 0
    if count > _MOST_ITEMS:
        raise UsageError(N_("there are more pieces of evidence than the page can save"), N_("edit the file as text"))
    given = {name.split("-")[1] for name in form if name.startswith("item-")}
    for number in range(1, max(count, len(before)) + 1):
        if str(number) not in given and number <= len(before) and number != drop:  # a form without its fields
            items.append(before[number - 1])
            continue
        old = before[number - 1] if number <= len(before) and isinstance(before[number - 1], dict) else {}
        item: dict[str, Any] = {key: value for key, value in old.items() if key not in ITEM_KEYS}
        for key in ITEM_KEYS:
            text = plain_text(form.get(f"item-{number}-{key}", ""))
            if text:
                item[key] = old[key] if str(old.get(key, "")).strip() == text else typed(key, text)
        if any(key in item for key in ITEM_KEYS) and number != drop:
            items.append(item)
    return items


def typed(key: str, text: str) -> Any:
    """Whole page numbers are numbers, dates are as files have them where they are understood, all else is text."""
    if key == "retrieved":
        return read_date(text)
    is_number = key in ("page", "pdf_page") and text.isascii() and text.isdigit() and len(text) < 7  # noqa: PLR2004
    return int(text) if is_number else text


def plain_text(text: str) -> str:
    """What was written, with line ends as in the files and no spaces at the ends of lines."""
    return clean_text(text)
