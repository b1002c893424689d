"""How the result came about, so that a reader can follow it and redo it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.reporting.blocks.badges import Fact
from granskning.reporting.review.rationale import make_traces
from granskning.reporting.review.target_values import Method
from granskning.reporting.shared_parts.values import make_sources
from granskning.reporting.wording.bands import make_bands
from granskning.reporting.wording.calculation_table import make_sums
from granskning.reporting.wording.conditions import describe_condition
from granskning.reporting.wording.procedure import make_rules, make_steps, parts_of
from granskning.reporting.wording.scale_tables import make_scales
from granskning.reporting.wording.sensitivity import make_what_ifs
from granskning.reporting.wording.words import paragraphs
from granskning.scoring.results.card import TOTAL

if TYPE_CHECKING:
    from fractions import Fraction

    from granskning.model.criteria import Criterion, Target
    from granskning.model.method import Gate
    from granskning.reporting.wording.report_context import Material


def make_method(context: Material) -> Method:
    """The method page."""
    return Method(
        about=paragraphs(context.t.text(context.criteria.about)),
        scales=make_scales(context),
        steps=make_steps(context),
        rules=make_rules(context),
        bands=make_bands(context),
        gates=tuple(_gate(context, gate) for gate in context.criteria.scoring.gates),
        prerequisites=_prerequisites(context),
        weights=_weights(context),
        sums=make_sums(context),
        what_ifs=make_what_ifs(context),
        traces=make_traces(context),
        sources=make_sources(context.criteria.sources),
    )


def _gate(context: Material, gate: Gate) -> Fact:
    """A basic demand: what it asks, what it caps, and whether it bit here."""
    t, words = context.t, context.words
    holder = gate.target or TOTAL
    place = t("the result of {target}", target=words.title(gate.target)) if gate.target else t("the overall result")
    rule = t(
        "If {condition}, {place} is at most {cap}.",
        condition=describe_condition(gate.when, t, words.names(holder), parts_of(context, holder)),
        place=place,
        cap=words.given(gate.cap, holder),
    )
    result = next(gate_result for gate_result in context.card.gates if gate_result.id == gate.id)
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


def _prerequisites(context: Material) -> tuple[str, ...]:
    """The answers that count no higher than another one allows."""
    t, numbers, level = context.t, context.numbers, context.words.names().level
    return tuple(
        t(
            "As long as question {other} is below {level}, question {number} counts as at most {cap}.",
            other=numbers[needed.criterion],
            level=level(needed.criterion, needed.at_least),
            number=numbers[criterion.id],
            cap=level(criterion.id, needed.otherwise),
        )
        for criterion in context.criteria.criteria
        for needed in criterion.prerequisites
    )


def _weights(context: Material) -> tuple[Fact, ...]:
    """The weights other than 1, each with its reason: of classes first, then of targets and questions."""
    t = context.t
    classes = {one.id: one for one in context.criteria.classes}
    weights = []
    for criteria_class in classes.values():
        members = [own for own in context.criteria.criteria if own.class_ == criteria_class.id]
        if members and (criteria_class.weight != 1 or t.text(criteria_class.weight_why)):
            label = t(
                "The class {title}: weight {weight}",
                title=t.text(criteria_class.title),
                weight=t.number(criteria_class.weight),
            )
            numbers = t("Questions {numbers}.", numbers=t.series([context.numbers[own.id] for own in members]))
            weights.append(Fact(label, " ".join(part for part in (t.text(criteria_class.weight_why), numbers) if part)))
    for target in context.criteria.all_targets:
        if target.weight != 1:
            weights.append(_weight(context, target, t.text(target.title), target.weight))
        weights += [
            _weight(context, own, context.words.short_title(own.id), own.weight)
            for own in target.criteria
            if own.weight != 1 and not (own.class_ in classes and own.weight == classes[own.class_].weight)
        ]
    return tuple(weights)


def _weight(context: Material, target: Target | Criterion, title: str, weight: Fraction) -> Fact:
    t, number = context.t, context.numbers[target.id]
    label = t("{number} {title}: weight {weight}", number=number, title=title, weight=t.number(weight))
    why = t.text(target.weight_why)
    if weight == 0:
        why = " ".join(part for part in (why, t("It is asked and shown but not counted.")) if part)
    return Fact(label, why)
