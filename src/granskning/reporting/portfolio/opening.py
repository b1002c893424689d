"""How the portfolio opens: what is known of the strategies, and what is needed to know more.

An invented example is never counted among real strategies; it is told of last.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.i18n import Translator
    from granskning.model.strategy import Strategy
    from granskning.reporting.portfolio.coverage import Carrying
    from granskning.reporting.portfolio.portfolio_values import Reviewed


def in_reading_order(reviewed: Sequence[Reviewed]) -> list[Reviewed]:
    """Those with anything judged first, the invented example last; in the order given apart from that."""
    return sorted(reviewed, key=_reading_place)


def _reading_place(reviewed_strategy: Reviewed) -> tuple[bool, bool]:
    return not reviewed_strategy.compared, reviewed_strategy.assessed == 0


def tell_known(
    reviewed: Sequence[Reviewed], unreviewed: Sequence[Strategy], carrying: Carrying | None, t: Translator
) -> tuple[str, ...]:
    """How many strategies have been reviewed, what they take up, and how much of it rests on judgements."""
    real, waiting = _counted(reviewed, unreviewed)
    total = len(real) + len(waiting)
    sentences = [
        t.plural("{done} of {count} strategy has been reviewed.", "{done} of {count} strategies have been reviewed.",
                 total, done=t.whole(len(real))),
    ]  # fmt: skip
    cards = [one.card for one in real if one.card is not None]
    if asked := sum(card.total.applicable for card in cards):
        judged = sum(card.total.assessed for card in cards)
        sentences.append(
            t("In them {assessed} of {applicable} questions have been judged.", assessed=t.whole(judged),
              applicable=t.whole(asked))
        )  # fmt: skip
    return (*sentences, *(carrying.sentences if carrying is not None else ()))


def tell_needed(reviewed: Sequence[Reviewed], unreviewed: Sequence[Strategy], t: Translator) -> tuple[str, ...]:
    """What stands between the reviews and their verdicts; empty where nothing does."""
    return tuple(_needed(*_counted(reviewed, unreviewed), t))


def _counted(
    reviewed: Sequence[Reviewed], unreviewed: Sequence[Strategy]
) -> tuple[Sequence[Reviewed], Sequence[Strategy]]:
    """The strategies that are counted, reviewed and not: the real ones or, where there are none, the examples."""
    real = [one for one in reviewed if not one.strategy.example]
    waiting = [strategy for strategy in unreviewed if not strategy.example]
    return (real, waiting) if real or waiting else (reviewed, unreviewed)


def _needed(real: Sequence[Reviewed], unreviewed: Sequence[Strategy], t: Translator) -> Iterator[str]:
    verdicts = [one.card.verdict for one in real if one.card is not None]
    without = [verdict for verdict in verdicts if not verdict.given]
    if without:
        yield t.plural(
            "{count} review does not meet the demands for a verdict.",
            "{count} reviews do not meet the demands for a verdict.",
            len(without),
        )
    read = [one for one in real if one.card is not None and "reading_depth" not in one.card.verdict.missing]
    if short := sum(map(_unjudged, read)):
        yield t.plural(
            "{count} more question must be judged in texts that are read as far as the set demands.",
            "{count} more questions must be judged in texts that are read as far as the set demands.",
            short,
        )
    if unread := sum("reading_depth" in verdict.missing for verdict in verdicts):
        yield t.plural(
            "{count} text must be read further before its questions are judged.",
            "{count} texts must be read further before their questions are judged.",
            unread,
        )
    if closed := sum(one.joint.cannot_be_assessed for one in real):
        yield t.plural("{count} strategy cannot be assessed.", "{count} strategies cannot be assessed.", closed)
    if left := len(unreviewed):
        yield t.plural("{count} strategy remains to be reviewed.", "{count} strategies remain to be reviewed.", left)


def _unjudged(reviewed_strategy: Reviewed) -> int:
    """How many questions more a verdict takes."""
    if reviewed_strategy.card is None:
        return 0
    total, verdict = reviewed_strategy.card.total, reviewed_strategy.card.verdict
    return max(0, ceil(verdict.coverage_required * total.applicable) - total.assessed)


def tell_examples(reviewed: Sequence[Reviewed], t: Translator) -> tuple[str, ...]:
    """That invented examples are compared with nothing."""
    left = sum(not one.compared for one in reviewed)
    if not left:
        return ()
    return (
        t.plural(
            "{count} is an invented example; it stands last and is compared with nothing.",
            "{count} are invented examples; they stand last and are compared with nothing.",
            left,
        ),
    )
