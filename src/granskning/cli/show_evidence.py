"""Quotations that have been looked up, as text and as JSON: pure functions both."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.cli import show_findings, tell_findings
from granskning.i18n import N_
from granskning.json_text import output_text
from granskning.safe_text import printable_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.findings.finding import Finding
    from granskning.i18n import Translator
    from granskning.tasks.evidence.page_fixes import PageFix
    from granskning.tasks.evidence.quotations import EvidenceFound, LookedUp


def as_json(result: EvidenceFound, fixes: Sequence[PageFix], *, written: bool) -> str:
    """Every quotation, and what the page numbers should be."""
    return output_text(
        "evidence",
        {
            "evidence": [_row(row) for row in result.rows],
            "fixes": [
                {"file": fix.file, "line": fix.line, "key": fix.key, "before": fix.before, "after": fix.after}
                for fix in fixes
            ],
            "written": written,
            "counts": result.counts,
        },
    )


def _row(row: LookedUp) -> dict[str, Any]:
    item, verdict = row.quotation, row.verdict
    evidence = item.evidence
    reason = _reason(row) if verdict.status == "unreadable" else None
    return {
        "file": item.file,
        "line": row.place.line,
        "criterion": item.criterion,
        "edition": evidence.edition,
        "page": evidence.page,
        "pdf_page": evidence.pdf_page,
        "status": verdict.status,
        "found_page": verdict.found_page,
        "found_pdf_page": verdict.found_pdf_page,
        "similarity": verdict.similarity,
        "strategy": item.strategy,
        "round": item.round,
        "reviewer": item.reviewer,
        "section": evidence.section,
        "sought_in": item.document[1],
        "quote": evidence.quote,
        "closest": verdict.closest,
        "changes": [{"quoted": change.quoted, "in_document": change.in_document} for change in verdict.changes],
        "headings": list(verdict.path),
        "pages_disagree": verdict.pages_disagree,
        "reason": reason,
        "sha256": row.sha256,
    }


def _reason(row: LookedUp) -> str:
    """In English, as other words that scripts read."""
    if row.unread is not None:
        return row.unread.message.format(**row.unread.values)
    return row.verdict.reason or ""


def as_text(result: EvidenceFound, findings: Sequence[Finding], t: Translator, *, color: bool) -> str:
    """What is not as its evidence says, as findings are told."""
    shown = tell_findings.tell(findings, t, show_findings.seen_from(result.root), len(result.rows))
    return show_findings.as_text(shown, color=color)


def fix_lines(fixes: Sequence[PageFix], t: Translator, *, written: bool) -> Iterator[str]:
    """A line for each page number that was written, or that --fix would write."""
    for fix in fixes:
        values = {"file": fix.file, "line": fix.line, "key": fix.key, "before": fix.before, "after": fix.after}
        if written:
            line = t("{file}:{line}: {key}: {before} is now {after}", **values)
        else:
            line = t("{file}:{line}: {key}: {before} would be {after} with --fix", **values)
        yield printable_line(line)


def summary(result: EvidenceFound, t: Translator) -> str:
    """How many quotations there are of each status."""
    counts = result.counts
    parts = [t(_WORDS[status], count=counts[status]) for status in _WORDS if counts[status]]
    quotations = t.plural("{count} quotation", "{count} quotations", len(result.rows))
    line = f"{quotations}: {t.series(parts)}." if parts else t("There is no quotation to look up.")
    if counts["paraphrases"] or counts["addresses"]:
        line += " " + t("Not looked up: {paraphrases} paraphrases, {addresses} quotations from addresses.", **counts)
    return line


_WORDS = {
    "found": N_("found {count}"),
    "moved": N_("moved {count}"),
    "changed": N_("changed {count}"),
    "gone": N_("gone {count}"),
    "unreadable": N_("unreadable {count}"),
}
