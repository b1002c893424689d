"""What a reviewer should read before answering: passages with a question's words, and what became of old quotations.

Lines for the comments of a new review. They help to find, and answer nothing.
"""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from granskning.edges.search_index import SearchIndex
from granskning.evidence.lookup import Citation, QuotationLookup
from granskning.evidence.searching import FoundPassage, SearchedDocument
from granskning.evidence.word_forms import search_terms
from granskning.model.document_text import DocumentText
from granskning.tasks.evidence.documents import DocumentPlace, Documents
from granskning.tasks.evidence.search import pages_with

if TYPE_CHECKING:
    from collections.abc import Iterable

    from granskning.evidence.lookup import QuotationVerdict
    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import Review

_MOST_PASSAGES = 5
"""So many passages are shown for a question: more would be a search of one's own."""
_LONGEST = 160


def reading_notes(
    documents: Documents, name: tuple[str, str], criteria: CriteriaSet, t: Translator
) -> dict[str, tuple[str, ...]]:
    """By criterion the passages of an edition that its `look_for` points out; nothing where it cannot be read."""
    asking = [criterion for criterion in criteria.criteria if criterion.look_for]
    if not asking:
        return {}
    place, text = documents.place(*name), documents.text(*name)
    if not isinstance(place, DocumentPlace) or not isinstance(text, DocumentText):
        return {}
    notes = {}
    searched = SearchedDocument(text)
    with closing(SearchIndex()) as index:
        for criterion in asking:
            found_passages: dict[tuple[int, str], list[FoundPassage]] = {}
            for wanted in criterion.look_for:
                terms = search_terms([wanted])
                pages = pages_with(searched, place.sha256, terms, index) if terms else ()
                for passage in searched.passages(terms, pages, len(wanted)):
                    found_passages.setdefault((passage.page, passage.sentence), []).append(passage)
            best = sorted(found_passages.values(), key=_rank)[:_MOST_PASSAGES]
            notes[criterion.id] = tuple(_shown(passages[0], t) for passages in sorted(best, key=_place))
    return {criterion: lines for criterion, lines in notes.items() if lines}


def _rank(passages: list[FoundPassage]) -> tuple[int, int, int, int]:
    """Passages with most of what is sought first, then those with the very words, then as they stand."""
    return (-len(passages), -sum(passage.is_exact for passage in passages), *_place(passages))


def _place(passages: list[FoundPassage]) -> tuple[int, int]:
    return passages[0].page, passages[0].start


def _shown(passage: FoundPassage, t: Translator) -> str:
    sentence = passage.sentence if len(passage.sentence) <= _LONGEST else f"{passage.sentence[: _LONGEST - 1]}…"
    where = [t("page {page}", page=passage.label)] if passage.label is not None else []
    where += passage.headings[-1:]
    return t("Read: {where}: {sentence}", where=", ".join(where) or "–", sentence=sentence)


def edition_notes(documents: Documents, earlier: Review, edition: str, t: Translator) -> dict[str, tuple[str, ...]]:
    """By criterion what has become of the earlier review's quotations in another edition of its strategy."""
    if earlier.edition == edition:
        return {}
    text = documents.text(earlier.strategy, edition)
    if not isinstance(text, DocumentText):
        return {}
    lookup = QuotationLookup(text)
    notes: dict[str, list[str]] = {name: [] for name in earlier.answers}
    for name, answer in earlier.answers.items():
        for evidence in answer.evidence:
            if evidence.edition == earlier.edition and (evidence.quote or "").strip():
                verdict = lookup.look_up(Citation(evidence.quote or "", evidence.page, section=evidence.section))
                notes[name].append(_became(verdict, evidence.page, edition, t))
    return {name: tuple(dict.fromkeys(lines)) for name, lines in notes.items() if lines}


def needs_another_look(lines: Iterable[str], t: Translator) -> bool:
    """Whether any quotation has not stayed as it was: then the judgement may have lost its ground."""
    return any(line.startswith(t("Look again:")) for line in lines)


def _became(verdict: QuotationVerdict, page: str | None, edition: str, t: Translator) -> str:
    if verdict.status in ("found", "moved"):
        if verdict.found_page in (page, None):
            return t("The quotation stands in {edition} too.", edition=edition)
        return t("The quotation stands in {edition} too, on page {page}.", edition=edition, page=verdict.found_page)
    look = t("Look again:")
    if verdict.status == "changed":
        values = {"edition": edition, "page": verdict.found_page or "–", "closest": verdict.closest or ""}
        return f"{look} " + t("in {edition} it says instead, on page {page}: {closest}", **values)
    if verdict.status == "gone":
        return f"{look} " + t("the quotation is not in {edition}.", edition=edition)
    return f"{look} " + t("the quotation cannot be looked up in {edition}.", edition=edition)
