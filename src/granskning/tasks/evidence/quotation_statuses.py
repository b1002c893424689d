"""What came of looking up the quotations that a report shows: a source of the report, as its manifest names it.

The documents that are at hand decide, each by its SHA-256. What has none here says so, and is no fault.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from typing import TYPE_CHECKING

from granskning.edges.cache import opened
from granskning.model.evidence import Evidence, QuotationStatus
from granskning.tasks.evidence.documents import NOT_AT_HAND, DocumentPlace, Documents
from granskning.tasks.evidence.quotations import Quotation, evidence_of, look_up_quotations

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from granskning.model.evidence import CitationKey, QuotationOutcome
    from granskning.model.review import Review
    from granskning.model.workspace import Workspace
    from granskning.tasks.evidence.quotations import QuotationAnswer


class QuotationStatuses:
    """The quotations of a folder's reviews, a strategy at a time, when a report first asks."""

    def __init__(self, root: Path, workspace: Workspace) -> None:
        self._root = root
        self._workspace = workspace
        self._documents: Documents | None = None
        self._known: dict[str, dict[CitationKey, QuotationStatus]] = {}

    def of_reviews(self, reviews: Iterable[Review]) -> tuple[QuotationStatus, ...]:
        """The status of each quotation from an edition, once each, in the order of the reviews."""
        wanted = {review.file: review.strategy for review in reviews}
        for strategy in wanted.values():
            if strategy not in self._known:
                self._known[strategy] = self._look_up(strategy)
        found_statuses: dict[CitationKey, QuotationStatus] = {}
        for item in evidence_of(self._workspace):
            if item.file in wanted and is_looked_up(item):
                key = item.evidence.citation_key(item.strategy)
                found_statuses[key] = self._known[item.strategy][key]
        return tuple(found_statuses.values())

    def between(self, before: Review, after: Review) -> tuple[QuotationStatus, ...]:
        """What became of the earlier review's quotations in the later one's edition; none where that is the same."""
        later, sought_in = (after.strategy, after.edition), f"{after.strategy}/{after.edition}"
        own = {
            item.evidence.citation_key(item.strategy): item
            for item in evidence_of(self._workspace)
            if item.file == before.file and is_looked_up(item) and (item.strategy, item.evidence.edition) != later
        }
        answers = self._answers([replace(item, strategy=later[0], sought_in=later[1]) for item in own.values()])
        pairs = zip(own.values(), answers, strict=True)
        return tuple(replace(_status(item, answer), sought_in=sought_in) for item, answer in pairs)

    def _look_up(self, strategy: str) -> dict[CitationKey, QuotationStatus]:
        quotations = [item for item in evidence_of(self._workspace) if item.strategy == strategy and is_looked_up(item)]
        pairs = zip(quotations, self._answers(quotations), strict=True)
        return {status.key: status for status in (_status(item, answer) for item, answer in pairs)}

    def _answers(self, quotations: Sequence[Quotation]) -> list[QuotationAnswer]:
        if self._documents is None:
            self._documents = Documents(self._root, self._workspace)
        with opened("evidence") if quotations else nullcontext() as cache:
            return look_up_quotations(quotations, self._documents, cache)


def is_looked_up(item: Quotation) -> bool:
    """Whether it is a quotation from an edition of its strategy."""
    return bool(item.evidence.edition and (item.evidence.quote or "").strip())


def look_up_again(
    root: Path, workspace: Workspace, recorded: Sequence[QuotationStatus], seconds: float | None
) -> dict[CitationKey, QuotationStatus]:
    """The quotations of a record, looked up anew where the document of the record is at hand, by its SHA-256."""
    documents = Documents(root, workspace, seconds)
    at_hand = [status for status in recorded if _is_at_hand(status, documents)]
    answers = look_up_quotations([_as_quotation(status) for status in at_hand], documents, None)
    pairs = zip(at_hand, answers, strict=True)
    return {
        status.key: replace(
            _status(_as_quotation(status), answer), strategy=status.strategy, sought_in=status.sought_in
        )
        for status, answer in pairs
    }


def _is_at_hand(status: QuotationStatus, documents: Documents) -> bool:
    if status.sha256 is None:
        return False
    place = documents.place(*_as_quotation(status).document)
    return isinstance(place, DocumentPlace) and place.sha256 == status.sha256


def _as_quotation(status: QuotationStatus) -> Quotation:
    evidence = Evidence(
        edition=status.edition,
        page=status.page,
        pdf_page=status.pdf_page,
        section=status.section,
        quote=status.quote,
    )
    if status.sought_in is None:
        return Quotation("", (), status.strategy, None, evidence)
    strategy, _, edition = status.sought_in.partition("/")
    return Quotation("", (), strategy, None, evidence, sought_in=edition)


def _status(item: Quotation, answer: QuotationAnswer) -> QuotationStatus:
    verdict, unread, sha256 = answer
    outcome: QuotationOutcome = verdict.status
    if unread is not None and unread.message in NOT_AT_HAND:
        outcome = "not_at_hand"
    evidence = item.evidence
    return QuotationStatus(
        strategy=item.strategy,
        edition=evidence.edition or "",
        quote=evidence.quote or "",
        page=evidence.page,
        pdf_page=evidence.pdf_page,
        section=evidence.section,
        status=outcome,
        sha256=sha256,
        found_page=verdict.found_page,
        found_pdf_page=verdict.found_pdf_page,
        closest=verdict.closest,
    )
