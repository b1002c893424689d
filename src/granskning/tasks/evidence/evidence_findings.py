"""Quotations that are not where their evidence says, as findings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.errors import Words
from granskning.findings.finding import FilledWords, Finding, Pointer
from granskning.findings.rules import RULES
from granskning.i18n import N_
from granskning.tasks.evidence.document_checks import in_order
from granskning.tasks.evidence.quotations import look_up_evidence, look_up_reviews

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from granskning.evidence.passages import WordChange
    from granskning.tasks.evidence.page_fixes import PageFix
    from granskning.tasks.evidence.quotations import EvidenceFound, LookedUp
    from granskning.workspace.loaded import Loaded

_MOST_CHANGES = 6
_LONGEST = 300
_NO_PAGE = "\N{EN DASH}"


def evidence_findings(found_evidence: EvidenceFound, fixed: Sequence[PageFix] = ()) -> tuple[Finding, ...]:
    """One finding for each quotation that is not found as it says, and for each that gives two pages.

    Those of which the page numbers have been `fixed` are left out.
    """
    done = {(fix.file, fix.path) for fix in fixed}
    left = (row for row in found_evidence.rows if (row.quotation.file, row.quotation.path) not in done)
    return tuple(finding for row in left for finding in _findings(row))


WRONG_QUOTATIONS = ("GR611", "GR612")
"""What speaks against approving and publishing: a quotation that its document does not have."""


def wrong_quotations(root: Path, loaded: Loaded, files: Collection[str]) -> tuple[Finding, ...]:
    """The quotations of some reviews that their documents do not have. What cannot be read here says nothing."""
    findings = evidence_findings(look_up_reviews(root, loaded, files))
    return tuple(finding for finding in findings if finding.rule.code in WRONG_QUOTATIONS)


def wrong_in_approved(root: Path, loaded: Loaded) -> tuple[Finding, ...]:
    """The same, of every approved review."""
    approved = {review.file for review in loaded.workspace.reviews if review.status == "approved"}
    return wrong_quotations(root, loaded, approved) if approved else ()


def with_evidence(start: Path, paths: Sequence[Path], findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """Findings of a folder, or of what is named in it, with those of its quotations, in their order."""
    return in_order((*findings, *evidence_findings(look_up_evidence(start, paths))))


def _findings(row: LookedUp) -> Iterator[Finding]:
    verdict, evidence = row.verdict, row.quotation.evidence
    if verdict.status == "moved":
        yield _finding("GR610", row, where=_where(row, _both_numbers(row)))
    elif verdict.status == "changed":
        changes, closest = changed_words(verdict.changes), _shortened(verdict.closest or "")
        where = _where(row, verdict.found_page)
        yield _finding("GR611", row, where=where, changes=changes, closest=closest)
    elif verdict.status == "gone":
        yield _finding("GR612", row)
    elif verdict.status == "unreadable":
        yield _finding("GR613", row, reason=row.unread or Words(verdict.reason or ""))
    if verdict.pages_disagree:
        yield _finding("GR614", row, page=evidence.page, pdf_page=evidence.pdf_page)


def changed_words(changes: Sequence[WordChange]) -> str:
    """The words that differ: ”those quoted” → ”those that stand there”; – where there are none."""
    listed = [f"{_marked(change.quoted)} → {_marked(change.in_document)}" for change in changes[:_MOST_CHANGES]]
    return "; ".join((*listed, "…") if len(changes) > _MOST_CHANGES else listed)


def _marked(words: str) -> str:
    return f"”{_shortened(words)}”" if words else _NO_PAGE


def _shortened(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _where(row: LookedUp, page: object) -> FilledWords:
    """On which page or, where the document has none, under which heading."""
    if row.verdict.found_page is not None:
        return FilledWords(N_("on page {page}"), {"page": page})
    if row.verdict.path:
        return FilledWords(N_("under “{heading}”"), {"heading": row.verdict.path[-1]})
    return FilledWords(N_("before the first heading") if row.verdict.status == "moved" else N_("in its text"))


def _both_numbers(row: LookedUp) -> object:
    """The printed page, and the counted one where it is another."""
    page, number = row.verdict.found_page or _NO_PAGE, row.verdict.found_pdf_page
    if number is None or str(number) == page:
        return page
    return FilledWords(N_("{page} (page {number} of the file)"), {"page": page, "number": number})


def _finding(code: str, row: LookedUp, **values: object) -> Finding:
    item = row.quotation
    return Finding(RULES[code], Pointer(item.file, item.path), values, place=row.place, excerpt=row.excerpt)
