"""What a report rests on and what made it: the list at its end, and the line at the foot of every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.reporting.blocks.badges import Fact
from granskning.reporting.wording.words import shorten
from granskning.wordings import SET_STATUSES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet
    from granskning.model.workspace import Settings
    from granskning.reporting.blocks.frame import Provenance

_TITLE = 40
"""So many letters of a set's title: the foot has room for three lines, and then runs off the page."""


def provenance_rows(criteria: Sequence[CriteriaSet], origin: Provenance, t: Translator) -> tuple[Fact, ...]:
    """The rows of the list. `criteria` are the sets that the report rests on; the fingerprint is that of the last."""
    owners = {
        fact.value: fact
        for criteria_set in criteria
        if (fact := Fact(t("Owner of the criteria set"), criteria_set.owner)).value
    }
    return (
        *(Fact(t("Criteria set"), _version(criteria_set, t)) for criteria_set in criteria),
        *owners.values(),
        Fact(t("Fingerprint of the criteria set (SHA-256)"), origin.criteria_hash),
        Fact(t("Fingerprint of the sources (SHA-256)"), origin.fingerprint),
        Fact(t("Commit"), commit_words(origin.commit, t, changed=origin.changed)),
        Fact(t("The report speaks of"), as_of_words(origin, t)),
        Fact(
            t("Made with"),
            t("granskning {version}, scoring version {scoring}", version=origin.tool, scoring=origin.scoring),
        ),
    )


def attached_name(path: str) -> str:
    """What a file of the working folder is called in a PDF that carries it."""
    return path.replace("/", "_")


def as_of_words(origin: Provenance, t: Translator) -> str:
    """The date that the report speaks of."""
    return t.date(origin.as_of) or t("unknown date")


def commit_words(commit: str | None, t: Translator, *, changed: bool) -> str:
    """A commit as it is printed: short, and marked when the sources have changed since."""
    if commit is None:
        return t("unknown")
    return t("{commit}, changed since", commit=commit[:10]) if changed else commit[:10]


def make_foot_line(case_number: str | None, criteria: Sequence[CriteriaSet], origin: Provenance, t: Translator) -> str:
    """Case number, criteria version, fingerprint and commit."""
    parts = [
        t("Case {number}", number=case_number) if case_number else "",
        *(f"{shorten(t.text(criteria_set.title), _TITLE)} {criteria_set.version}" for criteria_set in criteria),
        t("fingerprint {hash}", hash=origin.fingerprint[:12]),
        t("version {commit}", commit=commit_words(origin.commit, t, changed=origin.changed)),
    ]
    return " · ".join(part for part in parts if part)


def _version(criteria: CriteriaSet, t: Translator) -> str:
    status = t(SET_STATUSES[criteria.status])
    return t("{set}, version {version} ({status})", set=criteria.id, version=criteria.version, status=status)


def contact_words(settings: Settings, t: Translator) -> str:
    """How a reader reports a fault, in the folder's language, and where the accessibility statement is."""
    words = t.name({settings.language: settings.contact}) if settings.contact else ""
    if settings.accessibility_statement:
        statement = t("Accessibility statement: {address}", address=settings.accessibility_statement)
        words = f"{words} {statement}".strip()
    return words
