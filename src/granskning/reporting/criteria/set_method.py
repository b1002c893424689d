"""How the result comes about in every review of a set, so that a reader can follow it and redo it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.reporting.blocks.badges import Fact
from granskning.reporting.criteria.annex_values import SetMethod
from granskning.reporting.wording.bands import make_bands
from granskning.reporting.wording.procedure import describe_prerequisites, gate_rule, make_rules, make_steps
from granskning.reporting.wording.scale_tables import make_scales

if TYPE_CHECKING:
    from fractions import Fraction

    from granskning.model.criteria import Criterion, Target
    from granskning.model.method import Gate
    from granskning.reporting.wording.report_context import SetContext


def make_set_method(context: SetContext) -> SetMethod:
    """Scales, steps, rules, bands, basic demands and weights."""
    return SetMethod(
        scales=make_scales(context),
        steps=make_steps(context),
        rules=make_rules(context),
        bands=make_bands(context),
        gates=tuple(_gate(context, gate) for gate in context.criteria.scoring.gates),
        prerequisites=_prerequisites(context),
        weights=_weights(context),
    )


def _gate(context: SetContext, gate: Gate) -> str:
    """What a basic demand asks, what it caps, and why."""
    why = context.t.text(gate.why)
    return " ".join(part for part in (gate_rule(context, gate), why) if part)


def _prerequisites(context: SetContext) -> tuple[str, ...]:
    """The answers that count no higher than another one allows."""
    return tuple(words for asked in context.criteria.criteria for words in describe_prerequisites(context, asked))


def _weights(context: SetContext) -> tuple[Fact, ...]:
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


def _weight(context: SetContext, target: Target | Criterion, title: str, weight: Fraction) -> Fact:
    t, number = context.t, context.numbers[target.id]
    label = t("{number} {title}: weight {weight}", number=number, title=title, weight=t.number(weight))
    why = t.text(target.weight_why)
    if weight == 0:
        why = " ".join(part for part in (why, t("It is asked and shown but not counted.")) if part)
    return Fact(label, why)
