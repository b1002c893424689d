"""What came of looking a quotation up, in words: at its place among the evidence, and of all of a report together."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.language_tags import retagged
from granskning.reporting.wording.words import share

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from granskning.i18n import Translator
    from granskning.model.evidence import CitationKey, Evidence, QuotationOutcome, QuotationStatus

VERIFIED = "\N{CHECK MARK}"
"""The sign of a quotation that stands in its document; what it means is told on the first page."""

NOT_LOOKED_UP = "\N{WHITE CIRCLE}"
"""The sign of each quotation where none could be looked up: the same words at all of them would be pages of them."""

_WORDS: dict[QuotationOutcome | None, str] = {
    "gone": N_("Not in the document"),
    "unreadable": N_("Cannot be read here"),
    "not_at_hand": N_("Not looked up here"),
}
_BESIDE: dict[QuotationOutcome, str] = {
    "moved": N_("on another page: {count}"),
    "changed": N_("changed: {count}"),
    "gone": N_("not in the document: {count}"),
    "unreadable": N_("cannot be read here: {count}"),
    "not_at_hand": N_("not looked up here: {count}"),
}
"""What the first page tells beside the share."""


def quotation_outcome(
    item: Evidence, strategy: str, quotations: Mapping[CitationKey, QuotationStatus]
) -> QuotationOutcome | None:
    """What came of it; None where it is no quotation. One from an address is looked up nowhere."""
    if not (item.quote or "").strip():
        return None
    status = quotations.get(item.citation_key(strategy))
    return "not_at_hand" if status is None else status.status


def outcome_words(
    item: Evidence, strategy: str, quotations: Mapping[CitationKey, QuotationStatus], t: Translator
) -> str:
    """The sign of a verified quotation, or why it is not one; empty where it is no quotation."""
    outcome = quotation_outcome(item, strategy, quotations)
    status = quotations.get(item.citation_key(strategy))
    page = status.found_page if status is not None else None
    if outcome == "moved":
        return f"{VERIFIED} {t('stands on p. {page}', page=page) if page else t('stands in another section')}"
    if outcome == "found":
        return VERIFIED
    if outcome == "changed" and status is not None:
        return _changed(item, status, t)
    if outcome == "not_at_hand" and not _is_any_looked_up(quotations):
        return NOT_LOOKED_UP
    return t(_WORDS[outcome]) if outcome in _WORDS else ""


def _is_any_looked_up(quotations: Mapping[CitationKey, QuotationStatus]) -> bool:
    return any(status.status != "not_at_hand" for status in quotations.values())


def _changed(item: Evidence, status: QuotationStatus, t: Translator) -> str:
    """What stands in the document instead, in the language of what is quoted."""
    closest = retagged((" ".join((status.closest or "").split()),), item.quote or "")[0]
    if status.found_page is None:
        return t("Changed: the document has “{closest}”", closest=closest)
    return t("Changed: p. {page} has “{closest}”", page=status.found_page, closest=closest)


def verified_share(
    evidence: Iterable[tuple[str, Evidence]], quotations: Mapping[CitationKey, QuotationStatus], t: Translator
) -> str:
    """How many quotations of a report have been verified, and what became of the rest; empty where it has none.

    `evidence` comes with the strategy that it is of. A quotation that stands on another page than it says is verified.
    """
    found_outcomes = (quotation_outcome(item, strategy, quotations) for strategy, item in evidence)
    counts = Counter(outcome for outcome in found_outcomes if outcome is not None)
    whole, verified = counts.total(), counts["found"] + counts["moved"]
    if not whole:
        return ""
    words = {"verified": t.whole(verified), "whole": t.whole(whole), "share": share(t, verified, whole)}
    if counts["not_at_hand"] == whole:
        return t("{whole}, not looked up here ({sign})", sign=NOT_LOOKED_UP, **words)
    first = t("{verified} of {whole} found in the document ({share},\N{NO-BREAK SPACE}{sign})", sign=VERIFIED, **words)
    if not verified:
        first = t("{verified} of {whole} found in the document ({share})", **words)
    beside = (t(words, count=t.whole(counts[outcome])) for outcome, words in _BESIDE.items() if counts[outcome])
    return "; ".join((first, *beside))
