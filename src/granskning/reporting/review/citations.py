"""What judgements rest on, as it is printed: what is alike at most of it is told once, above the first question."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from granskning.reporting.review.target_values import EvidenceText
from granskning.reporting.shared_parts.quotation_words import outcome_words, quotation_outcome
from granskning.reporting.wording.report_context import name_edition
from granskning.reporting.wording.words import paragraphs, place_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from granskning.model.evidence import Evidence
    from granskning.reporting.blocks.badges import Paragraphs
    from granskning.reporting.wording.report_context import Material


@dataclass(frozen=True, slots=True)
class Citations:
    """The evidence of a review, and how the pages of its file are counted."""

    context: Material
    offset: int | None
    """How much higher the pages are in the file than in print, where that is so at all evidence from the text."""

    def note(self) -> Paragraphs:
        """What is told of all evidence at once: whose the pages and the words are."""
        return tuple(self._sentences())

    def _sentences(self) -> Iterator[str]:
        context, t = self.context, self.context.t
        cited = list(_cited(context))
        brief = next(filter(self._is_brief, cited), None)
        if brief is not None:
            edition = self._source(brief)
            if self.offset:
                count = t.whole(self.offset)
                yield t("Pages without a source: {edition}, {count} higher in the file.", edition=edition, count=count)
            elif self.offset == 0:
                yield t("Pages without a source: {edition}, the same in the file.", edition=edition)
            else:
                yield t("Places without a source: {edition}.", edition=edition)
        if any((item.paraphrase or "").strip() for item in cited):
            yield t("Text without quotation marks: the reviewer's words.")

    def text(self, item: Evidence) -> EvidenceText:
        """One piece of evidence in words."""
        context, t, strategy = self.context, self.context.t, self.context.strategy.id
        edition = context.strategy.edition(item.edition) if item.edition else None
        source, place = self._source(item), place_words(item, t)
        return EvidenceText(
            quote=t("“{words}”", words=" ".join(item.quote.split())) if item.quote else "",
            paraphrase=paragraphs(item.paraphrase),
            source=source,
            place=", ".join(place),
            reference=self._reference(item, source),
            address=_at_page(item.address or (edition.address if edition else None), item),
            retrieved=item.retrieved or "",
            status=quotation_outcome(item, strategy, context.quotations),
            status_words=outcome_words(item, strategy, context.quotations, t),
            picture=context.pictures.get(f"strategies/{strategy}/{item.file}", "") if item.file else "",
        )

    def _is_brief(self, item: Evidence) -> bool:
        """Whether its place is enough, since it is in the reviewed text."""
        return item.edition == self.context.review.edition and bool(item.page or item.pdf_page or item.section)

    def _reference(self, item: Evidence, source: str) -> str:
        """Source and place, as short as what is told once allows; a page number never parts from its word."""
        t, brief = self.context.t, self._is_brief(item)
        place = list(place_words(replace(item, pdf_page=None) if brief and self.offset is not None else item, t))
        if item.page:
            place[0] = place[0].replace(" ", "\N{NO-BREAK SPACE}")
        return ", ".join(place if brief else (source, *place))

    def _source(self, item: Evidence) -> str:
        """The title of what it is from."""
        t, strategy = self.context.t, self.context.strategy
        edition = strategy.edition(item.edition) if item.edition else None
        source = (edition.title or name_edition(edition, t)) if edition else _page_title(self.context, item.address)
        return source or (item.edition or "") or (t("The file {name}", name=item.file) if item.file else "")


def make_citations(context: Material) -> Citations:
    """The evidence of a review."""
    edition = context.review.edition
    counted = {_offset(item) for item in _cited(context) if item.edition == edition and (item.page or item.pdf_page)}
    offset = counted.pop() if len(counted) == 1 else None
    return Citations(context, offset if offset is not None and offset >= 0 else None)


def _cited(context: Material) -> Iterator[Evidence]:
    """All evidence of what was asked."""
    return (item for question in context.asked for item in context.answer(question.id).evidence)


def _offset(item: Evidence) -> int | None:
    """How much higher its page is in the file than in print; None where either is not known or is no number."""
    printed = str(item.page or "")
    return item.pdf_page - int(printed) if item.pdf_page and printed.isdecimal() else None


def _at_page(address: str | None, item: Evidence) -> str:
    """Where the text can be read, in a PDF at the page as counted in it; only that number is the file's own."""
    if not address:
        return ""
    is_pdf = "#" not in address and address.partition("?")[0].lower().endswith(".pdf")
    return f"{address}#page={item.pdf_page}" if is_pdf and item.pdf_page else address


def _page_title(context: Material, address: str | None) -> str:
    """The title of the page at an address, if the strategy or the set knows it; else the address itself."""
    if not address:
        return ""
    for source in (*context.strategy.sources, *context.criteria.sources):
        if source.address == address:
            return source.title
    for edition in context.strategy.editions:
        if edition.address == address and edition.title:
            return edition.title
    return address
