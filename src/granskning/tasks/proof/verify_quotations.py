"""Whether a report's quotations still stand as it says: looked up again in the documents that are at hand.

What has no document here is taken from the report's own record, and that is said. Nothing comes from a cache.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning import __version__
from granskning.edges.lookup import is_file
from granskning.errors import GranskningError
from granskning.i18n import N_, NN_
from granskning.remembering import remembering_nothing
from granskning.tasks.evidence.quotation_statuses import look_up_again
from granskning.tasks.folder.open import open_workspace
from granskning.tasks.proof.reproduce import recorded_quotations

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from granskning.model.evidence import CitationKey, QuotationOutcome, QuotationStatus
    from granskning.tasks.proof.verification_report import VerificationAnswer

_NOW: dict[QuotationOutcome, str] = {
    "found": N_("looked up again, the quotation is found on its page ({page}); the report tells something else"),
    "moved": N_("looked up again, the quotation is found on page {page}; the report tells something else"),
    "changed": N_("looked up again, page {page} has other words; the report tells something else"),
    "gone": N_("looked up again, the quotation is not in its document; the report tells something else"),
    "unreadable": N_("looked up again, its document cannot be read here; the report tells something else"),
}
_MOST_TOLD = 12
_LONGEST = 60


def try_quotations(
    answer: VerificationAnswer, root: Path | None, manifest: Mapping[str, Any], seconds: float | None = None
) -> None:
    """Look the quotations up again that can be, and say what was taken from the record."""
    recorded = recorded_quotations(manifest)
    looked_up = [status for status in recorded if status.sha256 is not None]
    anew = _anew(root, looked_up, seconds) if root is not None and looked_up else {}
    differing = [status for status in looked_up if status.key in anew and anew[status.key] != status]
    if differing and manifest["tool"]["version"] != __version__:
        message = N_("Quotations that are told otherwise by this version of granskning: {count}.")
        answer.add_skipped(message, count=len(differing))
    else:
        for status in differing[:_MOST_TOLD]:
            _tell_mismatch(answer, status, anew[status.key])
        if len(differing) > _MOST_TOLD:
            answer.remarks_that(N_("More places differ: {count}."), count=len(differing) - _MOST_TOLD)
        if anew:
            answer.add_check(
                NN_(
                    "{count} quotation, looked up again in its document",
                    "{count} quotations, looked up again in their documents",
                ),
                count=len(anew),
            )
    if left := len(looked_up) - len(anew):
        message = N_("Quotations taken from the report's own record, since their document is not at hand: {count}.")
        answer.remarks_that(message, count=left)
    if never := len(recorded) - len(looked_up):
        answer.remarks_that(N_("Quotations that were not looked up when the report was made: {count}."), count=never)


def _anew(root: Path, recorded: Sequence[QuotationStatus], seconds: float | None) -> dict[CitationKey, QuotationStatus]:
    """Nothing where the working folder at hand cannot be read."""
    strategies = sorted({(status.sought_in or status.strategy).partition("/")[0] for status in recorded})
    paths = [root / "strategies" / name / "strategy.yaml" for name in strategies if name.isprintable()]
    known = [path for path in paths if is_file(path)]
    if not known:
        return {}
    try:
        _, loaded = open_workspace(root, known)
    except GranskningError:
        return {}
    with remembering_nothing():
        return look_up_again(root, loaded.workspace, recorded, seconds)


def _tell_mismatch(answer: VerificationAnswer, recorded: QuotationStatus, now: QuotationStatus) -> None:
    quoted = " ".join(recorded.quote.split())
    where = f"”{quoted if len(quoted) <= _LONGEST else f'{quoted[: _LONGEST - 1]}…'}”"
    answer.add_mismatch(where, _NOW[now.status], page=now.found_page or "–")
