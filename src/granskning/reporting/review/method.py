"""How the result of one review came about, so that a reader can redo it; what all share stands in the set's annex."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.reporting.blocks.badges import Fact
from granskning.reporting.review.short_sums import divide_sums
from granskning.reporting.review.target_values import Method
from granskning.reporting.wording.procedure import gate_rule
from granskning.reporting.wording.sensitivity import sensitivity_lines

if TYPE_CHECKING:
    from granskning.model.method import Gate
    from granskning.reporting.wording.report_context import Material


def make_method(context: Material) -> Method:
    """The method page."""
    sums = divide_sums(context)
    return Method(
        annex=_annex(context),
        gates=tuple(_gate(context, gate) for gate in context.criteria.scoring.gates if context.card.total.assessed),
        sums=sums.whole,
        means=sums.means,
        other_sums=sums.others,
        sensitivity=sensitivity_lines(context),
    )


def _annex(context: Material) -> str:
    """Where the scale, the steps, the reasons for the questions and their statistics are told."""
    return context.t(
        "What the questions take, their reasons and statistics and how results are computed stand under the same"
        " numbers in the annex to {set}, version {version}, fingerprint {fingerprint}.",
        set=context.t.text(context.criteria.title),
        version=context.criteria.version,
        fingerprint=context.annex_fingerprint[:12],
    )


def _gate(context: Material, gate: Gate) -> Fact:
    """A basic demand, and whether it bit here."""
    t = context.t
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
    return Fact(standing, gate_rule(context, gate))
