"""How the result came about, so that a reader can follow it and redo it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.reporting.blocks.marks import Fact
from granskning.reporting.review.origins import make_traces
from granskning.reporting.review.sections import Method
from granskning.reporting.shared_parts.values import make_sources
from granskning.reporting.wording.bands import make_bands
from granskning.reporting.wording.conditions import describe_condition
from granskning.reporting.wording.procedure import make_rules, make_steps, parts_of
from granskning.reporting.wording.scale_tables import make_scales
from granskning.reporting.wording.sums import make_sums
from granskning.reporting.wording.what_if import make_what_ifs
from granskning.reporting.wording.words import paragraphs
from granskning.scoring.results.card import TOTAL

if TYPE_CHECKING:
    from fractions import Fraction

    from granskning.model.criteria import Criterion, Target
    from granskning.model.method import Gate
    from granskning.reporting.wording.material import Material


def make_method(case: Material) -> Method:
    """The method page."""
    return Method(
        about=paragraphs(case.t.text(case.criteria.about)),
        scales=make_scales(case),
        steps=make_steps(case),
        rules=make_rules(case),
        bands=make_bands(case),
        gates=tuple(_gate(case, gate) for gate in case.criteria.scoring.gates),
        prerequisites=_prerequisites(case),
        weights=_weights(case),
        sums=make_sums(case),
        what_ifs=make_what_ifs(case),
        traces=make_traces(case),
        sources=make_sources(case.criteria.sources),
    )


def _gate(case: Material, gate: Gate) -> Fact:
    """A basic demand: what it asks, what it caps, and whether it bit here."""
    t, words = case.t, case.words
    holder = gate.target or TOTAL
    place = t("the result of {target}", target=words.title(gate.target)) if gate.target else t("the overall result")
    rule = t(
        "If {condition}, {place} is at most {cap}.",
        condition=describe_condition(gate.when, t, words.names(holder), parts_of(case, holder)),
        place=place,
        cap=words.given(gate.cap, holder),
    )
    result = next(one for one in case.card.gates if one.id == gate.id)
    standing = {
        "met": t("Met, or not applicable."),
        "undecided": t("Not decided, since the question has not been judged.")
        if result.criterion
        else t("Not decided, since questions have not been judged."),
        "not_met": t("Not met; it changed the result.")
        if result.changed
        else t("Not met, but the result is low anyway."),
    }[result.standing]
    return Fact(standing, " ".join(part for part in (rule, t.text(gate.why)) if part))


def _prerequisites(case: Material) -> tuple[str, ...]:
    """The answers that count no higher than another one allows."""
    t, numbers, level = case.t, case.numbers, case.words.names().level
    return tuple(
        t(
            "As long as question {other} is below {level}, question {number} counts as at most {cap}.",
            other=numbers[needed.criterion],
            level=level(needed.criterion, needed.at_least),
            number=numbers[one.id],
            cap=level(one.id, needed.otherwise),
        )
        for one in case.criteria.criteria
        for needed in one.prerequisites
    )


def _weights(case: Material) -> tuple[Fact, ...]:
    """The weights other than 1, each with its reason: of classes first, then of targets and questions."""
    t = case.t
    classes = {one.id: one for one in case.criteria.classes}
    weights = []
    for one in classes.values():
        members = [own for own in case.criteria.criteria if own.class_ == one.id]
        if members and (one.weight != 1 or t.text(one.weight_why)):
            label = t("The class {title}: weight {weight}", title=t.text(one.title), weight=t.number(one.weight))
            numbers = t("Questions {numbers}.", numbers=t.series([case.numbers[own.id] for own in members]))
            weights.append(Fact(label, " ".join(part for part in (t.text(one.weight_why), numbers) if part)))
    for target in case.criteria.all_targets:
        if target.weight != 1:
            weights.append(_weight(case, target, t.text(target.title), target.weight))
        weights += [
            _weight(case, own, t.text(own.question), own.weight)
            for own in target.criteria
            if own.weight != 1 and not (own.class_ in classes and own.weight == classes[own.class_].weight)
        ]
    return tuple(weights)


def _weight(case: Material, one: Target | Criterion, title: str, weight: Fraction) -> Fact:
    t, number = case.t, case.numbers[one.id]
    label = t("{number} {title}: weight {weight}", number=number, title=title, weight=t.number(weight))
    why = t.text(one.weight_why)
    if weight == 0:
        why = " ".join(part for part in (why, t("It is asked and shown but not counted.")) if part)
    return Fact(label, why)
