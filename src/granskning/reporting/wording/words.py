"""Prose of the files made ready to be shown: paragraphs, lists, first sentences; and shares as per cent."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.language_tags import SIGN, cut, retagged, untagged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.i18n import Translator
    from granskning.model.evidence import Evidence
    from granskning.reporting.blocks.badges import Paragraphs

BULLET = "\N{BULLET}"
_ITEM = re.compile(r"([ \t]*)(?:([-*•·‣▪–])|(\d{1,3}[.)]))[ \t]+(?=\S)")
"""How a line of a list begins, as people write them and as Word leaves them when it is pasted from."""
_DEEPEST = 5
_BREAKABLE = re.compile(r"[^\S\u00a0\u202f]+")
"""Space where a line may break; a number and its sign are kept together."""
_PARAGRAPH = re.compile(r"(?<=[.!?:”)])[ \t]*\n")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9”\"])")


def share(t: Translator, part: int, whole: int) -> str:
    """A share in whole per cent, cut off: 79.9 is never shown as 80."""
    return t.percent(Fraction(100 * part // whole, 100)) if whole else t.percent(Fraction(1))


def place_words(item: Evidence, t: Translator) -> tuple[str, ...]:
    """Where in its source a piece of evidence stands: printed page, page of the file, section."""
    place = (
        t("p. {page}", page=item.page) if item.page else "",
        t("page {page} of the file", page=t.whole(item.pdf_page)) if item.pdf_page else "",
        t("section “{section}”", section=item.section) if item.section else "",
        t("SHA-256 {hash}…", hash=item.sha256[:12]) if item.file and item.sha256 else "",
    )
    return tuple(part for part in place if part)


def paragraphs(text: str | None) -> Paragraphs:
    """Prose as paragraphs.

    Between paragraphs the file has an empty line, which a folded block scalar turns into one line end. A line end
    inside a sentence is where a literal block was wrapped: a space. Lines that begin with `-` or `1.` are items of a
    list, told from paragraphs by a tab for each list that they are in.
    """
    if not text:
        return ()
    if SIGN in text:
        return retagged(paragraphs(untagged(text)), text)
    if "\n" in text.strip() and sum(bool(_ITEM.match(line)) for line in text.splitlines()) > 1:
        return tuple(_with_lists(text))
    parts = re.split(r"\n\s*\n", text) if re.search(r"\n\s*\n", text.strip()) else _PARAGRAPH.split(text)
    return tuple(_BREAKABLE.sub(" ", part).strip() for part in parts if part.strip())


def _with_lists(text: str) -> Iterator[str]:
    """Paragraphs and the items of lists: an item begins with a tab for each list that it is in, then its mark."""
    lists: list[int] = []
    mark, words = "", ""
    for line in [*text.splitlines(), ""]:
        item = _ITEM.match(line)
        if item or not line.strip() or (words and not mark and words[-1] in ".!?:”)"):
            if words:
                yield mark + words
            mark, words = "", ""
        if item:
            lists = [*[indent for indent in lists if indent < len(item[1])][: _DEEPEST - 1], len(item[1])]
            mark = "\t" * len(lists) + (f"{item[3]} " if item[3] else f"{BULLET} ")
            line = line[item.end() :]  # noqa: PLW2901  # what is left of it
        elif line.strip() and not mark:
            lists = []
        words = " ".join(f"{words} {line}".split())


def first_sentence(text: str | None, longest: int = 180) -> str:
    """How a text begins: its first sentence, or as much of it as there is room for."""
    whole = " ".join((text or "").split())
    if SIGN in whole:
        return retagged((first_sentence(untagged(whole), longest),), whole)[0]
    sentence = _SENTENCE.split(whole, maxsplit=1)[0]
    if len(sentence) <= longest:
        return sentence
    return f"{sentence[:longest].rsplit(' ', 1)[0].rstrip(',;:')} …"


def shorten(title: str, longest: int) -> str:
    """A title for a narrow place: whole if it fits, else up to its first full stop, else cut between words."""
    if SIGN in title:
        plain = untagged(title)
        kept = shorten(plain, longest)
        return title if kept == plain else cut(title, len(kept.removesuffix(" …"))) + " …" * kept.endswith(" …")
    if len(title) > longest:
        title = title.split(". ", 1)[0]
    return title if len(title) <= longest else f"{title[:longest].rsplit(' ', 1)[0]} …"


def first_of(titles: Sequence[str], t: Translator, most: int = 4) -> str:
    """Things in a row, so many as there is room for, and how many more there are; all where one more is left."""
    if len(titles) <= most + 1:
        return t.series(titles)
    left = t.whole(len(titles) - most)
    return t.series([*titles[:most], t("{count} more", count=left)])
