"""Passages that were found, and who is named in documents, as text and as JSON: pure functions all."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from granskning.cli.tell_findings import spoken
from granskning.evidence.profile import GROUPS
from granskning.i18n import N_
from granskning.json_text import output_text
from granskning.reporting.blocks.tables import Column, Table
from granskning.reporting.tables.text_table import TextLayout, text_table
from granskning.safe_text import printable_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.i18n import Translator
    from granskning.tasks.evidence.search import ProfiledEdition, SearchHit, SearchResult, UnreadEdition

_WIDTH = 96
_TABLE_WIDTH = 118
_GROUP_WORDS = {
    "women": N_("women"),
    "men": N_("men"),
    "girls": N_("girls"),
    "boys": N_("boys"),
    "sex": N_("sex"),
    "equality": N_("equality"),
    "people": N_("people, no sex named"),
}
CAVEAT = N_(
    "Counting is not assessing: a document may name women often and change nothing for them. The last column counts "
    "sentences that speak of people and name no sex."
)


def as_json(result: SearchResult, words: Sequence[str], near: int) -> str:
    """Every passage."""
    return output_text(
        "search",
        {
            "words": list(words),
            "near": near,
            "passages": [_passage(hit) for hit in result.hits],
            "searched": [{"strategy": strategy, "edition": edition} for strategy, edition in result.searched],
            "unread": _unread(result.unread),
            "profiles": [],
        },
    )


def profile_json(profiles: Sequence[ProfiledEdition], unread: Sequence[UnreadEdition]) -> str:
    """Who is named, by chapter."""
    return output_text(
        "search",
        {
            "words": [],
            "near": None,
            "passages": [],
            "searched": [{"strategy": edition.strategy, "edition": edition.edition} for edition in profiles],
            "unread": _unread(unread),
            "profiles": [_profile(edition) for edition in profiles],
        },
    )


def _passage(hit: SearchHit) -> dict[str, Any]:
    passage = hit.passage
    return {
        "strategy": hit.strategy,
        "edition": hit.edition,
        "page": passage.label,
        "pdf_page": None if passage.label is None else passage.page,
        "headings": list(passage.headings),
        "sentence": passage.sentence,
        "words": list(passage.words),
        "exact": passage.is_exact,
    }


def _profile(edition: ProfiledEdition) -> dict[str, Any]:
    profile = edition.profile
    return {
        "strategy": edition.strategy,
        "edition": edition.edition,
        "chapters": [
            {"title": chapter.title, "counts": dict(zip(GROUPS, chapter.counts, strict=True))}
            for chapter in profile.chapters
        ],
        "wordings": [
            {"goal": own.goal, "page": own.label, "pdf_page": None if own.label is None else own.page,
             "similarity": own.similarity, "sentence": own.sentence, "figures_beside": own.has_figures}
            for own in profile.wordings
        ],
    }  # fmt: skip


def _unread(unread: Sequence[UnreadEdition]) -> list[dict[str, str]]:
    return [
        {"strategy": item.strategy, "edition": item.edition, "reason": item.reason.message.format(**item.reason.values)}
        for item in unread
    ]


def as_text(result: SearchResult, t: Translator, limit: int) -> Iterator[str]:
    """Each passage: where it stands, and its sentence."""
    for hit in result.hits[:limit]:
        passage = hit.passage
        parts = [f"{hit.strategy}/{hit.edition}"]
        if passage.label is not None:
            page = passage.label
            if page != str(passage.page):
                page = t("{page} (page {number} of the file)", page=page, number=passage.page)
            parts.append(t("page {page}", page=page))
        if passage.headings:
            parts.append(" › ".join(passage.headings))
        yield printable_line(" · ".join(parts))
        yield from (f"    {line}" for line in textwrap.wrap(printable_line(passage.sentence), _WIDTH - 4))


def summary(result: SearchResult, t: Translator, limit: int) -> str:
    """How many passages there are, and in how many documents."""
    passages = t.plural("{count} passage", "{count} passages", len(result.hits))
    documents = t.plural("{count} document", "{count} documents", len(result.searched))
    line = t("{passages} in {documents}.", passages=passages, documents=documents)
    if len(result.hits) > limit:
        line += " " + t("The first {limit} are shown; more with --limit.", limit=limit)
    return line


def unread_lines(unread: Sequence[UnreadEdition], t: Translator) -> Iterator[str]:
    """A line for each reason why documents could not be searched."""
    reasons: dict[str, list[str]] = {}
    for item in unread:
        reason = str(spoken({"reason": item.reason}, t)["reason"])
        reasons.setdefault(reason, []).append(f"{item.strategy}/{item.edition}")
    for reason, names in reasons.items():
        yield t("not searched, since {reason}: {names}", reason=reason, names=", ".join(names))


def profile_text(profiles: Sequence[ProfiledEdition], t: Translator) -> str:
    """A table for each document, the national wordings in it, and what the figures do not say."""
    blocks = [_profile_block(edition, t) for edition in profiles]
    return "\n\n".join((*blocks, "\n".join(textwrap.wrap(t(CAVEAT), _WIDTH))))


def _profile_block(edition: ProfiledEdition, t: Translator) -> str:
    profile = edition.profile
    columns = (
        Column("chapter", t("chapter")),
        *(Column(group, t(_GROUP_WORDS[group]), "integer") for group in GROUPS),
    )
    rows: list[tuple[str | int, ...]] = [
        (chapter.title or t("(no chapter)"), *chapter.counts) for chapter in profile.chapters
    ]
    if len(rows) > 1:
        rows.append((t("all"), *profile.total))
    table = Table("", "", columns, rows=tuple(rows))
    lines = [f"{edition.strategy}/{edition.edition}", *text_table(table, TextLayout(_TABLE_WIDTH, "chapter"))]
    for own in profile.wordings:
        values = {"page": own.label or "–", "sentence": own.sentence}
        if own.has_figures:
            line = t("national wording, page {page}: {sentence}", **values)
        else:
            line = t("national wording without regional analysis on the page, page {page}: {sentence}", **values)
        lines += textwrap.wrap(line, _WIDTH, subsequent_indent="    ")
    return "\n".join(lines)
