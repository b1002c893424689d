"""Where two have changed the same part of an answer: both are shown, and the reader says which is to stand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning.json_reading import parse_object
from granskning.reporting.differences.comparison_words import PARTS as PARTS_IN_WORDS
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.wordings import WITHOUT_LEVEL
from granskning.workspace.answer_merge import PARTS, is_alike, put_together, take_apart
from granskning.workspace.schema.schema import is_sound

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet, Criterion
    from granskning.workspace.answer_merge import Clash, Parts


@dataclass(frozen=True, slots=True)
class ConflictText:
    """One clash in words."""

    part: str
    ours: str
    """As it is in the file now."""
    theirs: str
    """As the reader has written it."""


def tell_clashes(
    clashes: Sequence[Clash], criterion: Criterion, criteria: CriteriaSet, t: Translator
) -> tuple[ConflictText, ...]:
    """The clashes as a reader sees them."""
    lexicon = Lexicon(t, criteria)

    def words(part: str, value: Any) -> str:
        return _judged(value, criterion, lexicon) if part == "judgement" else _plain(value) or "–"

    return tuple(
        ConflictText(t(PARTS_IN_WORDS[clash.part]), words(clash.part, clash.ours), words(clash.part, clash.theirs))
        for clash in clashes
    )


def shown_answer(values: Mapping[str, Any], clashes: Sequence[Clash]) -> dict[str, Any]:
    """The answer that the form goes on showing: what the reader wrote stays there until it is settled."""
    return _with(values, {one.part: one.theirs for one in clashes})


def base_with(values: Mapping[str, Any], clashes: Sequence[Clash]) -> str:
    """What the form is merged from next time. A part that clashes goes on clashing: nothing is settled unseen."""
    return json.dumps(_with(values, {one.part: one.base for one in clashes}), ensure_ascii=False)


def base_of_fields(values: Mapping[str, Any], base: Mapping[str, Any], parts: Parts, own: Sequence[str] = ()) -> str:
    """The same where the fields stay as they are on the page. `own` are the parts that were written just now.

    A part that somebody else has changed is still shown as it was, so it is still merged from what it was. One that
    was written but for a value that the file cannot hold is merged from what was written.
    """
    before, now = take_apart(base), take_apart(values)
    stale = {
        part: before[part]
        for part in PARTS
        if part not in own and not is_alike(parts.get(part, before[part]), now[part])
    }
    return json.dumps(_with(values, stale), ensure_ascii=False)


def seen(clashes: Sequence[Clash]) -> str:
    """What the reader has been shown of the file, to be given back with the choice."""
    return json.dumps({one.part: one.ours for one in clashes}, ensure_ascii=False)


def resolve_conflicts(
    form: Mapping[str, str], base: Mapping[str, Any], parts: Parts
) -> tuple[Mapping[str, Any], Parts]:
    """The base and the parts after the reader's choice, if there is one.

    What the reader chose over is what was shown; if it has changed again since, it clashes again.
    """
    shown = {part: value for part, value in parse_object(form.get("seen", "{}")).items() if part in PARTS}
    judgement = shown.get("judgement") or {}
    if not isinstance(judgement, dict) or not is_sound("workbook#answer", {**shown, **judgement, "judgement": None}):
        shown = {}
    if form.get("settle") == "mine":
        return _with(base, shown), parts
    if form.get("settle") == "theirs":
        return base, {part: value for part, value in parts.items() if part not in shown}
    return base, parts


def _with(values: Mapping[str, Any], parts: Mapping[str, Any]) -> dict[str, Any]:
    return put_together(
        {**take_apart(values), **{part: value or _NOTHING.get(part) for part, value in parts.items()}}, values
    )


_NOTHING: dict[str, Any] = {"judgement": {}}


def _judged(value: Any, criterion: Criterion, lexicon: Lexicon) -> str:
    given = {key: item for key, item in (value or {}).items() if item is not None}
    if "level" in given:
        return lexicon.level(str(given["level"]), criterion.scale).level
    for key, reason in given.items():
        words = next((lexicon.state(state).words for state in WITHOUT_LEVEL if state == key), key)
        return f"{words}: {reason}" if isinstance(reason, str) and reason else words
    return lexicon.state("empty").words


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "\n".join(", ".join(str(part) for part in item.values()) for item in value if isinstance(item, dict))
    return "" if value is None else str(value)
