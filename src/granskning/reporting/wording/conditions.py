"""Conditions in words: what a rule, a gate or a band asks for, as a clause that goes after "when" or "if".

`describe_condition(condition, t, names)` is the way in. `Names` tells what parts, levels and classes are called where
the sentence is to stand: numbers in a report, ids in the terminal.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from granskning.i18n import Translator
    from granskning.model.method import Amount, Comparison, Condition

Parts = Literal["questions", "targets", "parts"]
"""What a step is made of: questions, target pictures, or both."""


@dataclass(frozen=True, slots=True)
class Names:
    """What things are called."""

    part: Callable[[str], str]
    """A question or a target by id: `question 1.2`."""
    level: Callable[[str, str], str]
    """A level by the id of the part that it is of (empty for any) and its key."""
    group: Callable[[str], str]
    """A class of questions by id."""
    outcome: Callable[[str], str]
    """What the step gives, by the key of its level."""


_ONE: dict[Comparison, str] = {
    "is": N_("{what} is {level}"),
    "at_least": N_("{what} is at least {level}"),
    "above": N_("{what} is above {level}"),
    "at_most": N_("{what} is at most {level}"),
    "below": N_("{what} is below {level}"),
}
_MANY: dict[Comparison, str] = {
    "is": N_("{what} are {level}"),
    "at_least": N_("{what} are at least {level}"),
    "above": N_("{what} are above {level}"),
    "at_most": N_("{what} are at most {level}"),
    "below": N_("{what} are below {level}"),
}
_OPPOSITE: dict[Comparison, Comparison] = {
    "at_least": "below",
    "below": "at_least",
    "at_most": "above",
    "above": "at_most",
}
_AMOUNTS: dict[Amount, str] = {
    "at_least": N_("at least {things}"),
    "more_than": N_("more than {things}"),
    "at_most": N_("at most {things}"),
    "fewer_than": N_("fewer than {things}"),
    "exactly": N_("exactly {things}"),
}
_SHARES: dict[Amount, str] = {
    "at_least": N_("at least {share} of {things}"),
    "more_than": N_("more than {share} of {things}"),
    "at_most": N_("at most {share} of {things}"),
    "fewer_than": N_("less than {share} of {things}"),
    "exactly": N_("exactly {share} of {things}"),
}
_COUNTED: dict[tuple[Parts, bool | None], tuple[str, str, str]] = {
    ("questions", None): (N_("{count} question"), N_("{count} questions"), N_("the questions")),
    ("questions", True): (
        N_("{count} critical question"),
        N_("{count} critical questions"),
        N_("the critical questions"),
    ),
    ("questions", False): (
        N_("{count} question that is not critical"),
        N_("{count} questions that are not critical"),
        N_("the questions that are not critical"),
    ),
    ("targets", None): (N_("{count} target picture"), N_("{count} target pictures"), N_("the target pictures")),
    ("parts", None): (N_("{count} part"), N_("{count} parts"), N_("the parts")),
}


def describe_condition(condition: Condition, t: Translator, names: Names, parts: Parts = "questions") -> str:
    """One condition as a clause, without capital and full stop. `parts` are what the step that it is in counts."""
    if condition.kind == "part":
        return _of_part(condition, t, names)
    if condition.kind == "count":
        return _of_count(condition, t, names, parts)
    if condition.kind == "not":
        return _negated(condition.conditions[0], t, names, parts)
    clauses = [_nested(inner_condition, condition.kind, t, names, parts) for inner_condition in condition.conditions]
    return t.series(clauses) if condition.kind == "all" else either(clauses, t)


def describe_all(conditions: Sequence[Condition], t: Translator, names: Names, parts: Parts = "questions") -> str:
    """Conditions that must all hold, as one clause."""
    if len(conditions) == 1:
        return describe_condition(conditions[0], t, names, parts)
    return t.series([_nested(condition, "all", t, names, parts) for condition in conditions])


def either(items: Sequence[str], t: Translator) -> str:
    """Things of which one is enough: `a, b or c`."""
    if len(items) < 2:  # noqa: PLR2004  # a choice begins with two
        return "".join(items)
    return t("{first} or {last}", first=", ".join(items[:-1]), last=items[-1])


def _nested(condition: Condition, outer: str, t: Translator, names: Names, parts: Parts) -> str:
    """A condition inside another; in brackets where "and" and "or" would run together."""
    words = describe_condition(condition, t, names, parts)
    is_mixed = condition.kind in ("all", "any") and condition.kind != outer and len(condition.conditions) > 1
    return f"({words})" if is_mixed else words


def _of_part(condition: Condition, t: Translator, names: Names) -> str:
    levels = either([names.level(condition.part, key) for key in condition.levels], t)
    return t(_ONE[condition.comparison], what=names.part(condition.part), level=levels)


def _negated(condition: Condition, t: Translator, names: Names, parts: Parts) -> str:
    """The opposite of a condition, in as few words as there are."""
    if condition.kind == "not":
        return describe_condition(condition.conditions[0], t, names, parts)
    if condition.kind == "part" and condition.comparison in _OPPOSITE:
        return _of_part(replace(condition, comparison=_OPPOSITE[condition.comparison]), t, names)
    if condition.kind == "part":
        levels = either([names.level(condition.part, key) for key in condition.levels], t)
        return t("{what} is not {level}", what=names.part(condition.part), level=levels)
    return t("it does not hold that {clause}", clause=describe_condition(condition, t, names, parts))


def _of_count(condition: Condition, t: Translator, names: Names, parts: Parts) -> str:
    levels = either([names.level(name, key) for name, key in _levels(condition)], t)
    number = condition.number
    kind: Parts = "questions" if condition.critical is not None or condition.classes else parts
    one, many, all_of_them = _COUNTED[kind, condition.critical]
    if condition.is_share:
        things = _narrowed(t(all_of_them), condition, t, names)
        what = t(_SHARES[condition.amount], share=t.share(number), things=things)
        return t(_MANY[condition.comparison], what=what, level=levels)
    things = _narrowed(t(one if number == 1 else many, count=t.number(number)), condition, t, names)
    what = t(_AMOUNTS[condition.amount], things=things)
    words = _ONE if number == 1 else _MANY
    return t(words[condition.comparison], what=what, level=levels)


def _levels(condition: Condition) -> list[tuple[str, str]]:
    """The levels of a count, each with a part whose scale it is on, where some are named."""
    name = condition.parts[0] if condition.parts else ""
    return [(name, key) for key in condition.levels]


def _narrowed(things: str, condition: Condition, t: Translator, names: Names) -> str:
    """The things counted, with the class and the list that they are narrowed to."""
    if condition.classes:
        groups = either([names.group(criteria_class) for criteria_class in condition.classes], t)
        things = t("{things} in the class {group}", things=things, group=groups)
    if condition.parts:
        listed = t.series([names.part(part) for part in condition.parts])
        things = t("{things} among {listed}", things=things, listed=listed)
    return things
