"""What a report rests on and what made it: the list at its end, and the line at the foot of every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.reporting.cover import commit_words
from granskning.reporting.marks import Fact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.i18n import Translator
    from granskning.model import CriteriaSet
    from granskning.reporting.marks import Provenance


def make_origin(criteria: Sequence[CriteriaSet], origin: Provenance, t: Translator) -> tuple[Fact, ...]:
    """The rows of the list. `criteria` are the sets that the report rests on; the fingerprint is that of the last."""
    sets = [
        Fact(
            t("Criteria set"),
            t(
                "{set}, version {version} ({status})",
                set=one.id,
                version=one.version,
                status=t("proposal") if one.status == "proposal" else t("adopted"),
            ),
        )
        for one in criteria
    ]
    return (
        *sets,
        Fact(t("Fingerprint of the criteria set (SHA-256)"), origin.criteria_hash),
        Fact(t("Fingerprint of the sources (SHA-256)"), origin.fingerprint),
        Fact(t("Commit"), commit_words(origin.commit, t, changed=origin.changed)),
        Fact(t("The report speaks of"), t.date(origin.as_of) or t("unknown date")),
        Fact(
            t("Made with"),
            t("granskning {version}, scoring version {scoring}", version=origin.tool, scoring=origin.scoring),
        ),
    )


def make_foot_line(case_number: str | None, criteria: Sequence[CriteriaSet], origin: Provenance, t: Translator) -> str:
    """Case number, criteria version, fingerprint and commit."""
    parts = [
        t("Case {number}", number=case_number) if case_number else "",
        *(f"{one.id} {one.version}" for one in criteria),
        t("fingerprint {hash}", hash=origin.fingerprint[:12]),
        t("git {commit}", commit=commit_words(origin.commit, t, changed=origin.changed)),
    ]
    return " · ".join(part for part in parts if part)
