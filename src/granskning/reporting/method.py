"""How the result came about, so that a reader can follow it: scale, methods, bands, basic demands, weights, sources."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from granskning.reporting.marks import Fact
from granskning.reporting.sections import Method, ScaleRow, SourceText
from granskning.reporting.sums import make_sums
from granskning.reporting.words import CHOICES, METHODS, READ_REQUIRED, STATE_MEANINGS, TOTALS, paragraphs

if TYPE_CHECKING:
    from fractions import Fraction

    from granskning.method import Gate
    from granskning.model import Source
    from granskning.reporting.material import Material


def make_method(case: Material) -> Method:
    """The method page."""
    t, criteria, words = case.t, case.criteria, case.words
    bands = criteria.scoring.bands
    ends = [words.value(band.start) for band in bands[1:]]
    return Method(
        about=paragraphs(t.text(criteria.about)),
        scale=tuple(
            ScaleRow(mark, t.text(level.description)) for mark, level in zip(words.levels, criteria.scale, strict=True)
        ),
        states=tuple(ScaleRow(words.state(state), t(meaning)) for state, meaning in STATE_MEANINGS.items()),
        steps=_steps(case),
        bands=tuple(
            Fact(
                t.text(band.label),
                t("from {start} to below {end}", start=words.value(band.start), end=end)
                if end
                else t("from {start}", start=words.value(band.start)),
            )
            for band, end in zip_longest(bands, ends)
        ),
        gates=tuple(_gate(case, gate) for gate in criteria.scoring.gates),
        weights=_weights(case),
        sums=make_sums(case),
        sources=make_sources(criteria.sources),
    )


def make_sources(sources: tuple[Source, ...]) -> tuple[SourceText, ...]:
    """A list of sources."""
    return tuple(
        SourceText(source.title, source.address or "", source.retrieved or "", source.note or "") for source in sources
    )


def _steps(case: Material) -> tuple[str, ...]:
    """What is done with the answers, step by step."""
    t, scoring = case.t, case.criteria.scoring
    rounding = scoring.rounding
    decimals = t.plural("{count} decimal", "{count} decimals", rounding.decimals)
    if rounding.decimals == 0:
        decimals = t("whole numbers")
    if rounding.mode == "half_up":
        shown = t("Results are calculated exactly and shown with {decimals}; halves are rounded up.", decimals=decimals)
    else:
        shown = t("Results are calculated exactly and shown with {decimals}; the rest is cut off.", decimals=decimals)
    demands = t(
        "A verdict takes that at least {share} of the applicable questions have been judged.",
        share=t.percent(scoring.coverage),
    )
    steps = [
        t(METHODS[scoring.criteria.method]),
        t(TOTALS[scoring.targets.method]),
        t(CHOICES.get(scoring.targets.not_applicable[0], "")),
        t(CHOICES.get(scoring.targets.insufficient_evidence, "")),
        shown,
        demands if scoring.coverage else "",
        t(READ_REQUIRED[scoring.reading_depth]),
    ]
    return tuple(step for step in steps if step)


def _gate(case: Material, gate: Gate) -> Fact:
    """A basic demand: what it asks, what it caps, and whether it bit here."""
    t, words = case.t, case.words
    below = words.level(gate.when.levels[0])
    target = next((t.text(one.title) for one in case.criteria.targets if one.id == gate.target), "")
    place = t("the result of {target}", target=target) if target else t("the overall result")
    rule = t(
        "If question {number} is below {level}, {place} is at most {cap}.",
        number=case.numbers[gate.when.part],
        level=f"{below.sign} {below.words}",
        place=place,
        cap=gate.cap,
    )
    result = next(one for one in case.card.gates if one.id == gate.id)
    standing = {
        "met": t("Met, or not applicable."),
        "undecided": t("Not decided, since the question has not been judged."),
        "not_met": t("Not met; it changed the result.")
        if result.changed
        else t("Not met, but the result is low anyway."),
    }[result.standing]
    return Fact(standing, " ".join(part for part in (rule, t.text(gate.why)) if part))


def _weights(case: Material) -> tuple[Fact, ...]:
    """The weights other than 1, each with its reason."""
    t = case.t
    weights = []
    for target in case.criteria.targets:
        if target.weight != 1:
            weights.append(_weight(case, target.id, t.text(target.title), target.weight, t.text(target.weight_why)))
        weights += [
            _weight(case, one.id, t.text(one.question), one.weight, t.text(one.weight_why))
            for one in target.criteria
            if one.weight != 1
        ]
    return tuple(weights)


def _weight(case: Material, name: str, title: str, weight: Fraction, why: str) -> Fact:
    number = case.numbers[name]
    return Fact(
        case.t("{number} {title}: weight {weight}", number=number, title=title, weight=case.t.number(weight)), why
    )
