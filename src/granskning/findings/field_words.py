"""What stands in the place of a finding's fields where it is told of in general: `the key ‹key› is there already`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable

    from granskning.findings.finding import Rule

_TEXT = N_("words")
_PLACE = N_("place")
_NUMBER = N_("number")
_DATE = N_("date")
_AREA_CODE = N_("area code")
_FIELDS = {
    "above": N_("key"), "added": N_("parts"), "allowed": N_("allowed values"), "amount": _NUMBER, "area": N_("area"),
    "area_code": _AREA_CODE, "areas": N_("areas"), "base": N_("set"), "below": N_("the step before"),
    "between": N_("a third level"), "bound": "", "case": N_("combination of levels"),
    "challenge": N_("challenge"), "changes": N_("what differs"), "character": N_("character"),
    "circle": N_("the chain"), "closest": N_("the document's words"), "code": N_("code"), "commit": N_("commit"),
    "copy": "", "count": _NUMBER, "criteria": N_("questions"), "criterion": N_("question"), "date": _DATE,
    "day": _DATE, "decision": N_("answer"), "depth": N_("reading depth"), "differences": N_("targets"),
    "differing": N_("what differs"), "distance": N_("distance"), "document": N_("document"), "due": _DATE,
    "earlier": N_("the one"), "earlier_date": _DATE, "edition": N_("edition"), "editions": N_("editions"),
    "errors": _NUMBER, "expected": N_("what is expected"), "figure": N_("figure"), "figures": N_("figures"),
    "file": N_("file"), "folder": N_("folder"), "found": N_("what stands there"), "group": N_("group"),
    "help": N_("advice"), "high": N_("highest"), "id": "id", "identity": N_("strategy, round and reviewer"),
    "indicator": N_("indicator"), "kept": N_("the first"), "key": N_("key"), "keys": N_("keys"),
    "kind": N_("kind"), "known": N_("what there is"), "label": N_("level"), "language": N_("language"),
    "later": N_("the other"), "later_date": _DATE, "level": N_("level"), "levels": N_("levels"), "limit": N_("limit"),
    "low": N_("lowest"), "method": N_("method"), "missing": N_("what is missing"), "most": N_("highest"),
    "name": N_("name"), "needs": N_("condition"), "notices": _NUMBER, "number": _NUMBER, "of": "",
    "one": N_("the one"), "organisation": N_("organisation"), "other": N_("the other"), "other_date": _DATE,
    "our_words": _TEXT, "ours": N_("the one side"), "own": N_("set"), "page": N_("page"), "pages": _NUMBER,
    "part": N_("part"), "path": N_("path"), "paths": N_("places"), "pdf_page": N_("page"), "period": N_("period"),
    "place": _PLACE, "points": N_("points"), "problem": N_("problem"), "reason": N_("reason"),
    "reference": N_("set"), "removed": N_("parts"), "replaced": N_("parts"), "repository": N_("repository"),
    "rest": N_("the rest"), "result": N_("result"), "retrieved": _DATE, "role": N_("role"), "round": N_("round"),
    "rounds": N_("rounds"), "rules": N_("rules"), "scales": N_("scales"), "set": N_("set"), "sex": N_("sex"),
    "size": _NUMBER, "state": N_("state"), "states": N_("states"), "status": N_("status"),
    "strategies": N_("strategies"), "strategy": N_("strategy"), "sum": N_("sum"), "table": N_("table"),
    "tag": N_("tag"), "target": N_("target"), "their_words": _TEXT, "theirs": N_("the other side"),
    "title": N_("name"), "total": N_("total"), "value": N_("value"), "version": N_("version"),
    "wanted": _NUMBER, "warnings": _NUMBER, "way": N_("distance"), "weight": N_("weight"), "what": N_("what differs"),
    "where": _PLACE, "whole": N_("key"), "why": N_("reason"), "words": _TEXT, "years": _NUMBER,
}  # fmt: skip
"""A word for each field, a msgid; an empty one where the field only completes the one before it."""


def in_general(message: str, t: Callable[[str], str]) -> str:
    """A message or hint about no finding in particular, in the reader's language: its fields as ‹words›."""

    def word(field: re.Match[str]) -> str:
        name = _FIELDS[field[1]]
        return f"‹{t(name)}›" if name else ""

    return re.sub(r"(?<!\{)\{(\w+)\}", word, t(message)).replace("{{", "{").replace("}}", "}")


def cure_in_general(rule: Rule, t: Callable[[str], str]) -> str:
    """How a finding is mended, in the reader's language; empty where only the finding itself can say it."""
    if rule.hint.startswith("{"):
        return ""
    if (
        re.fullmatch(r"[^:{}]+: \{(expected|known|allowed|levels|editions|rounds|strategies|areas|found)\}", rule.hint)
        and "sha256" not in rule.hint
    ):
        return t("the finding's own hint lists what there is to choose from")
    return in_general(rule.hint, t)
