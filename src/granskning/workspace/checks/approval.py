"""What an approval vouches for, as one fingerprint: answers, decided values, reading depth, criteria and edition.

It is taken of what the files say and not of how they are laid out, nor of what the program makes of them, so that it
is the same in a later version. Comments, internal notes, summary and status can change without touching it.

    v1: SHA-256 of canonical JSON of {answers, overrides, reading_depth, form, not_read, criteria, edition}
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.errors import Words
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.i18n import N_
from granskning.model.method import key_of
from granskning.model.review import form_of
from granskning.workspace.checks.dates import impossible_dates, is_before, wrong_order
from granskning.workspace.yaml.canonical_form import content_hash

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from granskning.model.review import Review
    from granskning.model.strategy import Strategy

VERSION = "v1"
_JUDGED_BY = ("id", "version", "language", "scale", "scales", "classes", "areas", "requires", "targets", "scoring")
"""What of a criteria set decides how a question is answered and what the answers come to."""
_KEPT = ("level", "not_applicable", "insufficient_evidence", "open", "inherited", "justification", "evidence",
         "recommendation")  # fmt: skip
"""What of an answer is approved; the internal note is nobody else's."""


def approval_fingerprint(values: Mapping[str, Any], criteria: dict[str, Any], sha256: str | None) -> str:
    """The fingerprint of a review's values, given those of its criteria set and its edition's checksum."""
    return f"{VERSION}:{content_hash(approved_parts(values, criteria, sha256))}"


def approved_parts(values: Mapping[str, Any], criteria: dict[str, Any], sha256: str | None) -> dict[str, Any]:
    """What is approved, part by part, so that two of them can be held against each other."""
    return {
        "answers": {key: kept for key, one in (values.get("answers") or {}).items() if (kept := _answer(one or {}))},
        "overrides": [
            _plain({**one, "result": key_of(one["result"]), "date": str(one.get("date", ""))})
            for one in values.get("overrides") or ()
        ],
        "reading_depth": values["reading_depth"],
        "form": form_of(values.get("form", "full"), values.get("tags", ())),
        "not_read": (values.get("not_read") or "").strip(),
        "criteria": {"set": values["criteria"], "hash": judged_by(criteria)},
        "edition": {"id": values["edition"], "sha256": sha256},
    }


def judged_by(criteria: dict[str, Any]) -> str:
    """The hash of what a criteria set judges by; titles, sources and remarks of the set are not among it."""
    return content_hash(_plain({key: criteria[key] for key in _JUDGED_BY if key in criteria}))


def _answer(values: dict[str, Any]) -> Any:
    kept = {key: values[key] for key in _KEPT if values.get(key) not in (None, [], "")}
    if "level" in kept:
        kept["level"] = key_of(kept["level"])
    kept["evidence"] = [
        {key: str(value) if key == "page" else value for key, value in item.items()}
        for item in kept.get("evidence", ())
    ]
    return _plain({key: value for key, value in kept.items() if value != []})


def _plain(value: Any) -> Any:
    """Texts without the space around them, and nothing that is empty."""
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items() if one is not None}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return value.strip() if isinstance(value, str) else value


def check_approval(
    values: dict[str, Any], review: Review, criteria: dict[str, Any] | None, strategy: Strategy | None
) -> Iterator[Finding]:
    """Yield what is wrong with a review's sign-off. Without sound criteria, only what can be told without them."""
    file, approval = review.file, review.approval
    if approval is None:
        if review.status == "approved":
            yield Finding(RULES["GR221"], Pointer(file, ("status",)))
        return
    yield from impossible_dates(file, ("approval", "date"), approval.date)
    if is_before(approval.date, review.date):
        at = Pointer(file, ("approval", "date"))
        yield wrong_order(at, (N_("the approval's date"), approval.date), (N_("the review's date"), review.date))
    edition = strategy.edition(review.edition) if strategy else None
    if review.status != "approved" or criteria is None or edition is None:
        return
    if not approval.fingerprint.startswith(f"{VERSION}:"):
        told: dict[str, object] = {"version": approval.fingerprint.partition(":")[0]}
        yield Finding(RULES["GR222"], Pointer(file, ("approval", "fingerprint")), told)
    elif approval_fingerprint(values, criteria, edition.sha256) != approval.fingerprint:
        what = Words(N_("without git it cannot be told what"))
        told = {"role": approval.role, "date": approval.date, "what": what}
        yield Finding(RULES["GR220"], Pointer(file, ("approval", "fingerprint")), told)
