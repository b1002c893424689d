"""What became of an earlier review's quotations in a later edition: which questions need another look, and why.

The quotations themselves stand in the earlier review's report, and all of it in the JSON of `evidence --in`.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.language_tags import retagged
from granskning.reporting.over_time.change_values import QuotationsNow
from granskning.reporting.wording.words import place_words, shorten
from granskning.wordings import capital

if TYPE_CHECKING:
    from granskning.i18n import Translator
    from granskning.model.evidence import Evidence, QuotationOutcome, QuotationStatus
from granskning.reporting.over_time.change_values import ChangeMaterial

_LONGEST = 70
_ORDER: dict[QuotationOutcome, str] = {
    "gone": N_("gone: {count}"),
    "changed": N_("reworded: {count}"),
    "unreadable": N_("cannot be read here: {count}"),
    "not_at_hand": N_("not looked up here: {count}"),
    "moved": N_("found on another page: {count}"),
    "found": N_("found again: {count}"),
}
"""In the order of the sentence: first those whose judgements need another look."""
_LOOK_AGAIN: dict[QuotationOutcome, str] = {
    "gone": N_("Gone: {places}"),
    "changed": N_("Reworded: {places}"),
    "unreadable": N_("Cannot be read here: {places}"),
    "not_at_hand": N_("Not looked up here: {places}"),
}
"""What is told question by question; a quotation that only stands elsewhere is counted alone."""


def make_quotations(context: ChangeMaterial) -> QuotationsNow | None:
    """What became of them; None where nothing was looked up in another edition."""
    t, (before, _) = context.t, context.reviews
    cited = [
        (criterion.id, item, status)
        for criterion in context.pair.before.criteria.criteria
        if criterion.id in before.answers
        for item in before.answers[criterion.id].evidence
        if (status := context.quotations.get(item.citation_key(before.strategy))) is not None
    ]
    if not cited:
        return None
    counts = Counter(status.status for _, _, status in cited)
    counted = [t(words, count=t.whole(counts[outcome])) for outcome, words in _ORDER.items() if counts[outcome]]
    where: dict[QuotationOutcome, list[str]] = {outcome: [] for outcome in _LOOK_AGAIN}
    for question, item, status in cited:
        if status.status in where:
            where[status.status].append(f"{context.pair.number(question)} ({_place(item, status, t)})")
    return QuotationsNow(
        summary=(
            t("Each quotation of the earlier review, looked up in {edition}.", edition=context.text(later=True)),
            f"{capital(t.series(counted))}.",
        ),
        look_again=tuple(
            t(words, places="; ".join(dict.fromkeys(where[outcome])))
            for outcome, words in _LOOK_AGAIN.items()
            if where[outcome]
        ),
    )


def _place(item: Evidence, status: QuotationStatus, t: Translator) -> str:
    """Where a quotation stood; of one that is reworded, where and how it stands now too."""
    stood = ", ".join(place_words(item, t)[:1]) or "–"
    if status.status != "changed":
        return stood
    closest = retagged((shorten(" ".join((status.closest or "").split()), _LONGEST),), item.quote or "")[0]
    return t("{place} → p. {page} “{closest}”", place=stood, page=status.found_page or "–", closest=closest)
