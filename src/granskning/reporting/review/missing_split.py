"""What a target's figures cannot tell: the challenges whose indicators are not split by sex."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.model.criteria import Target
    from granskning.model.indicator import Indicator
    from granskning.reporting.wording.report_context import Material


def make_missing_split(context: Material, target: Target) -> tuple[str, ...]:
    """A sentence for each challenge of the target that rests on figures without women and men; none where unjudged.

    That the split is missing is a finding of its own: the target is about women and men, and its figures are not.
    """
    if not context.card.total.assessed:
        return ()
    return tuple(_sentences(context, target))


def _sentences(context: Material, target: Target) -> Iterator[str]:
    t = context.t
    challenges = {challenge.id: challenge for challenge in context.criteria.challenges}
    for name in target.challenges:
        challenge = challenges.get(name)
        named = challenge.indicators if challenge is not None else ()
        indicators = [context.indicators[key] for key in named if key in context.indicators]
        if challenge is None or not indicators or any(map(_is_split, indicators)):
            continue
        titles = "; ".join(t.text(indicator.title) for indicator in indicators)
        yield t("Not split by sex: {titles}.", titles=titles)
        yield from dict.fromkeys(t.text(item.not_by_sex) for item in indicators if item.not_by_sex)


def _is_split(indicator: Indicator) -> bool:
    sexes = ("women", "men", "mixed")
    return any(getattr(figure, sex) is not None or sex in figure.marks for figure in indicator.values for sex in sexes)
