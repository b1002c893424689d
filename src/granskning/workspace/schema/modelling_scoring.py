"""What a criteria set says about scoring, as the nouns of `method`. Fills in what is left out; checks nothing.

The goals, changes and retired ids of a criteria set: plain values that have passed their schema in, frozen out.
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Literal, get_args

from granskning.model.criteria import EVERY
from granskning.model.lineage import CriteriaChange, Goal, Retired
from granskning.model.method import (
    OR_MORE,
    Amount,
    Band,
    Comparison,
    Condition,
    CurvePoint,
    DecisionRule,
    DifferenceRule,
    Gate,
    Level,
    Move,
    Rounding,
    Scale,
    Scoring,
    Step,
    key_of,
    number_of,
    tells_share,
)
from granskning.model.rater_agreement import DeclaredAgreement

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.model.method import Text

Values = dict[str, Any]

_FRACTION = re.compile(r"-?[0-9]{1,9}/[1-9][0-9]{0,8}")
"""A level that is written so is a number, as 1 and 0.5 are; one written as `50 %` or `1` in quotes is a word."""
_COMPARISONS = get_args(Comparison)
_AMOUNTS = get_args(Amount)
_HIGHEST = "100 %"
_RULES = {"table": "rows", "rules": "rules", "ladder": "steps"}
"""Under which key each method that decides by rules has them."""


def text(value: str | dict[str, str] | None, language: str) -> Text:
    """Words by language; words without a language are in the one given."""
    if value is None:
        return {}
    return {language: value} if isinstance(value, str) else dict(value)


def exact(number: float | str) -> Fraction:
    """The number that was written: 0.1 is one tenth, `50 %` one half."""
    return number_of(str(number)) or Fraction(0)


def scales(values: Values, language: str) -> dict[str, Scale]:
    """All scales by id, the usual one under the empty id."""
    named = {scale["id"]: _scale(scale, language) for scale in values.get("scales", ())}
    if "scale" in values:
        return {"": Scale("", levels=_levels(values["scale"], language)), **named}
    first = next(iter(named.values()), Scale(""))
    return {"": replace(first, id=""), **named}


def _scale(values: Values, language: str) -> Scale:
    if "range" not in values:
        return Scale(values["id"], levels=_levels(values.get("levels", ()), language))
    span = values["range"]
    return Scale(
        id=values["id"],
        minimum=exact(span["from"]),
        maximum=exact(span["to"]),
        interval=exact(span["step"]) if "step" in span else None,
        unit=span.get("unit", ""),
        curve=_curve(values),
        between=values.get("between", "line"),
    )


def _curve(values: Values) -> tuple[CurvePoint, ...]:
    """Points at numbers, of a scale or a step."""
    return tuple(
        CurvePoint(exact(point.get("at", point.get("above", 0))), exact(point["gives"]), "at" not in point)
        for point in values.get("points", ())
    )


def _levels(values: Any, language: str) -> tuple[Level, ...]:
    return tuple(_level(level, language) for level in values)


def _level(values: Values, language: str) -> Level:
    value = values["value"]
    points: Any = values.get("points", value)
    return Level(
        value=value,
        label=text(values["label"], language),
        description=text(values.get("description"), language),
        means_missing=values.get("means_missing", False),
        means_not_applicable=values.get("means_not_applicable", False),
        without_evidence=key_of(values["without_evidence"]) if "without_evidence" in values else None,
        points=number_of(points)
        if isinstance(points, str) and _FRACTION.fullmatch(points)
        else None
        if isinstance(points, str)
        else exact(points),
        strength=values.get("strength", False),
    )


def without_evidence(value: Any, scale: Scale | None) -> dict[str, str]:
    """What answers count as without evidence: as the question says, else as its scale does level by level."""
    if value is None:
        levels = scale.levels if scale else ()
        return {level.key: level.without_evidence for level in levels if level.without_evidence is not None}
    if isinstance(value, dict):
        return {str(level): key_of(other) for level, other in value.items()}
    return {EVERY: key_of(value)}


def scoring(values: Values, language: str) -> Scoring:
    """The whole of `scoring`, each step with what it does not say itself taken from there."""
    verdict = values.get("verdict", {}).get("requires", {})
    reviewers = values.get("reviewers", {})
    criteria = step(values["criteria"], values, language)
    normalise = values.get("normalise")
    return Scoring(
        criteria=criteria,
        subtargets=step(values["subtargets"], values, language) if "subtargets" in values else criteria,
        targets=step(values["targets"], values, language),
        reviewers=reviewers.get("method"),
        reviewers_of=reviewers.get("of", "results"),
        normalise=(exact(normalise["from"]), exact(normalise["to"])) if normalise else None,
        gates=tuple(_gate(gate, language) for gate in values.get("gates", ())),
        coverage=exact(verdict.get("coverage", "0 %")),
        reading_depth=verdict.get("reading_depth", "not_read"),
        difference_rules=tuple(
            DifferenceRule(exact(rule["at_most"]), rule["gives"], text(rule.get("why"), language))
            for rule in reviewers.get("rules", ())
        ),
        difference_otherwise=reviewers.get("otherwise", "open"),
    )


def agreement(values: Values | None) -> DeclaredAgreement | None:
    """How the reviewers' agreement is measured; None where the set does not say."""
    if values is None:
        return None
    return DeclaredAgreement(
        measurement=values.get("measurement"),
        coefficients=tuple(values.get("coefficients", ())),
        weights=values.get("weights", "quadratic"),
        distances=tuple(
            (key_of(one["between"][0]), key_of(one["between"][1]), exact(one["is"]))
            for one in values.get("distances", ())
        ),
    )


def step(values: Values, whole: Values, language: str) -> Step:
    """One step. `whole` is the set's `scoring`, from which it takes what it does not say itself."""

    def own(key: str, default: Any) -> Any:
        return values.get(key, whole.get(key, default))

    rules = values.get(_RULES.get(values["method"], ""), ())
    counts = {column["id"]: _count(column) for column in values.get("counts", ())}
    return Step(
        method=values["method"],
        not_applicable=_not_applicable(own("not_applicable", "exclude")),
        insufficient_evidence=own("insufficient_evidence", "interval"),
        bands=tuple(_band(band, language) for band in own("bands", ())),
        bands_on=own("bands_on", "exact"),
        rounding=_rounding(own("rounding", {})),
        over=values.get("over", "parts"),
        passes_on=values.get("passes_on", "value"),
        scale=values.get("scale"),
        rules=tuple(_rule(rule, language, counts, is_row=values["method"] == "table") for rule in rules),
        otherwise=key_of(values["otherwise"]) if "otherwise" in values else None,
        counts=tuple(counts.items()),
        critical=tuple(values.get("critical", ())),
        floor=exact(values["floor"]) if "floor" in values else None,
        satisfied_at=key_of(values["satisfied_at"]) if "satisfied_at" in values else None,
        step_up=_move(values.get("step_up")),
        step_down=_move(values.get("step_down")),
        even=values.get("even", "lower"),
        points=_curve(values),
        between=values.get("between", "line"),
        exponent=int(values.get("exponent", 1)),
        trim=_amount(values.get("trim", 0)),
        of=tuple(values.get("of", ())),
    )


def _not_applicable(value: str | Values) -> tuple[str, str]:
    if isinstance(value, str):
        return (value, "")
    return ("share", value["share"]) if "share" in value else ("level", key_of(value["level"]))


def not_applicable_means(value: str | Values | None) -> tuple[str, str] | None:
    """What a question itself says that not applicable counts as, if it says so."""
    return None if value in (None, "allowed", "not_allowed") else _not_applicable(value or "")


def _rounding(values: Values) -> Rounding:
    return Rounding(
        decimals=int(values.get("decimals", 1)),
        mode=values.get("mode", "half_up"),
        percent=values.get("percent", False),
    )


def _band(values: Values, language: str) -> Band:
    end: Any = values.get("to", values.get("below"))
    start: Any = values.get("from", values.get("above", 0))
    return Band(
        start=exact(start),
        id=values["id"],
        label=text(values["label"], language),
        above="from" not in values and "above" in values,
        end=None if end is None else exact(end),
        includes_end="to" in values,
        requires=conditions(values.get("requires", ())),
        points=exact(values["value"]) if "value" in values else None,
        gives=key_of(values["gives"]) if "gives" in values else None,
    )


def _move(values: Values | None) -> Move | None:
    if values is None:
        return None
    number, is_share = _amount(values.get("at_least", 1))
    return Move(number, is_share, int(values.get("by", 1)), key_of(values.get("below", "")))


def _rule(values: Values, language: str, counts: Mapping[str, Condition], *, is_row: bool) -> DecisionRule:
    when: Any = values.get("when", values.get("requires", ()))
    why = text(values.get("why"), language)
    if is_row:
        cells = [
            _cell(counts[name], given) if name in counts else Condition("part", part=name, levels=_keys(given))
            for name, given in when.items()
        ]
        return DecisionRule(key_of(values["gives"]), tuple(cells), why)
    return DecisionRule(key_of(values["gives"]), conditions(when), why)


def _cell(count: Condition, given: Any) -> Condition:
    """How many a row of a table wants: one number, one of several in a list, or `2+`, two or more."""
    wanted = [str(written) for written in (given if isinstance(given, list) else [given])]
    numbers = sorted({number_of(written) or Fraction(0) for written in wanted if not written.endswith(OR_MORE)})
    open_ends = [
        number_of(written.removesuffix(OR_MORE)) or Fraction(0) for written in wanted if written.endswith(OR_MORE)
    ]
    ways: list[Condition] = []
    if len(numbers) > 1 and numbers[-1] - numbers[0] == len(numbers) - 1:  # from the first to the last of them
        ends = (
            replace(count, amount="at_least", number=numbers[0]),
            replace(count, amount="at_most", number=numbers[-1]),
        )
        ways.append(Condition("all", conditions=ends) if numbers[0] else ends[1])
    else:
        ways += [replace(count, amount="exactly", number=number) for number in numbers]
    ways += [replace(count, amount="at_least", number=number) for number in open_ends]
    return ways[0] if len(ways) == 1 else Condition("any", conditions=tuple(ways))


def _gate(values: Values, language: str) -> Gate:
    return Gate(
        id=values["id"],
        when=condition(values["when"]),
        target=values["cap"].get("target"),
        cap=key_of(values["cap"]["at"]),
        why=text(values.get("why"), language),
    )


def conditions(values: Any) -> tuple[Condition, ...]:
    """One condition or a list of them."""
    return tuple(condition(value) for value in (values if isinstance(values, list | tuple) else [values]))


def condition(values: Values) -> Condition:
    """One condition."""
    kinds: tuple[Literal["all", "any"], ...] = ("all", "any")
    for kind in kinds:
        if kind in values:
            return Condition(kind, conditions=conditions(values[kind]))
    if "not" in values:
        return Condition("not", conditions=(condition(values["not"]),))
    if "count" in values:
        return _count(values)
    comparison, levels = _comparison(values)
    part: str = values.get("part") or values.get("criterion") or ""
    return Condition("part", part=part, comparison=comparison, levels=levels)


def _count(values: Values) -> Condition:
    what = values["count"] or {}
    comparison, levels = _comparison(what)
    classes = what.get("class", ())
    amount: Amount = next((amount_name for amount_name in _AMOUNTS if amount_name in values), "at_least")
    number, is_share = _amount(values.get(amount, 1))
    return Condition(
        "count",
        comparison=comparison,
        levels=levels,
        classes=(classes,) if isinstance(classes, str) else tuple(classes),
        critical=what.get("critical"),
        parts=tuple(what.get("parts", ())),
        amount=amount,
        number=number,
        is_share=is_share,
    )


def _comparison(values: Values) -> tuple[Comparison, tuple[str, ...]]:
    for comparison in _COMPARISONS:
        if comparison in values:
            return comparison, _keys(values[comparison])
    return "is", ()


def _keys(value: Any) -> tuple[str, ...]:
    return tuple(key_of(one) for one in (value if isinstance(value, list) else [value]))


def _amount(value: float | str) -> tuple[Fraction, bool]:
    """How many, or which share, `50 %` or `1/3`; `all` is every one."""
    if value == "all":
        value = _HIGHEST
    return exact(value), isinstance(value, str) and tells_share(value)


def goals(values: Values, language: str) -> tuple[Goal, ...]:
    """The goals of policy that the set's targets and criteria can serve."""
    return tuple(
        Goal(
            id=one["id"],
            title=text(one["title"], language),
            within=text(one.get("within"), language),
            text=text(one.get("text"), language),
            rests_on=tuple(one.get("rests_on", ())),
        )
        for one in values.get("goals", ())
    )


def changes(values: Values, language: str) -> tuple[CriteriaChange, ...]:
    """What has changed since earlier versions."""
    return tuple(
        CriteriaChange(
            from_=one["from"],
            kind=one["kind"],
            text=text(one["text"], language),
            criterion=one.get("criterion", ""),
            target=one.get("target", ""),
            into=tuple(one.get("into", ())),
        )
        for one in values.get("changes", ())
    )


def retired(values: Values, language: str) -> tuple[Retired, ...]:
    """The ids that are not used again."""
    return tuple(
        Retired(id=one["id"], version=one["version"], text=text(one.get("text"), language))
        for one in values.get("retired", ())
    )
