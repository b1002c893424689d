"""The frame of every report, made once: its notices, the running head, the foot, and where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.reporting.blocks.frame import Frame
from granskning.reporting.shared_parts.provenance import contact_words, make_foot_line, provenance_rows
from granskning.reporting.wording.uncounted import faults_line, left_out_line
from granskning.reporting.wording.words import shorten

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.i18n import Translator
    from granskning.model.criteria import CriteriaSet
    from granskning.model.workspace import Settings
    from granskning.reporting.blocks.frame import Caveats, Provenance

_WHOLE_DATE = len("2026-11-23")
_HEAD_LETTERS = 104
"""How much fits on the line of the running head."""


def make_frame(  # noqa: PLR0913  # what surrounds a report, by name
    settings: Settings,
    provenance: Provenance,
    caveats: Caveats,
    t: Translator,
    *,
    title: str,
    subject: str,
    beside: Sequence[str] = (),
    criteria: Sequence[CriteriaSet],
    case_number: str | None = None,
) -> Frame:
    """The frame of a report.

    `subject` is what it is about, and is shortened in the head; `beside` is what stands there after it. `criteria` are
    the sets that it rests on.
    """
    sets = [f"{t.text(one.title)} {one.version}" for one in criteria]
    return Frame(
        language=t.language,
        title=title,
        organisation=settings.organisation,
        notices=(*foreign_notice(t), *make_notices(caveats, t)),
        head=_head(caveats, subject, beside, t),
        foot=make_foot_line(case_number, criteria, provenance, t),
        provenance=provenance_rows(criteria, provenance, t),
        contact=contact_words(settings, t),
        about=". ".join(part for part in (", ".join((subject, *beside)), t.series(sets)) if part),
        keywords=(*sets, *((t("Case {number}", number=case_number),) if case_number else ())),
        twin=f"{settings.web_address.rstrip('/')}/{provenance.page}.html"
        if settings.web_address and provenance.page
        else "",
        dated=as_of if len(as_of := provenance.as_of or "") == _WHOLE_DATE else "",
    )


def foreign_notice(t: Translator) -> tuple[str, ...]:
    """That what is asked for in another language has the program's own words in Swedish; said once."""
    notice = t("[Only in Swedish] The fixed words of the report are in Swedish. Language of the texts: {language}.",
             language=t.foreign)  # fmt: skip
    return (notice,) if t.foreign else ()


def make_notices(caveats: Caveats, t: Translator) -> tuple[str, ...]:
    """What the reader must know before anything else: draft, example, internal, not counted, findings."""
    uncounted = [left_out_line(item, t) for item in caveats.left_out]
    notices = (
        caveats.draft,
        caveats.example,
        t("INTERNAL. This copy has internal notes and is not for publication.") if caveats.internal else "",
        " ".join((f"{t('NOT COUNTED')}.", *uncounted)) if uncounted else "",
        faults_line(caveats.faults, t),
    )
    return tuple(notice for notice in notices if notice)


def _head(caveats: Caveats, subject: str, beside: Sequence[str], t: Translator) -> str:
    """The running head: the subject, after what must be known on every page."""
    signs = (
        t("DRAFT") if caveats.draft else "",
        t("EXAMPLE") if caveats.example else "",
        t("INTERNAL") if caveats.internal else "",
    )
    taken = len(" · ".join(part for part in (*signs, *beside) if part))
    return " · ".join(part for part in (*signs, shorten(subject, _HEAD_LETTERS - taken), *beside) if part)
