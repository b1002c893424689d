"""A page whose words carry their languages in, the same page with elements that say them out.

What is wholly in one language gets `lang` on the element that it stands in, else a `span` (in a drawing a `tspan`).
An attribute has no room for more than one language: its element says it where the whole is in one. Which languages
the page has beside its own is told where the page asks for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from granskning.i18n import TAG
from granskning.language_tags import SIGN, language_runs, untagged
from granskning.wordings import LANGUAGE_NAMES

if TYPE_CHECKING:
    from granskning.i18n import Translator

TOLD_HERE = Markup("<!-- languages of parts -->")
"""Where a page tells which languages it has beside its own."""

_PIECE = re.compile(r"<!--.*?-->|<[^<>]*>|[^<]+|<", re.DOTALL)
_NAME = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)")
_PLAIN = frozenset({"title", "desc", "option", "textarea", "style", "script"})
"""What holds text and no elements."""
_LANGUAGE = re.compile(TAG)
_VALUE = re.compile(r'"([^"]*)"')


def spell_out_languages(html: str, t: Translator) -> str:
    """The page with `lang` on every part that is in another language than the page."""
    if SIGN not in html:
        return html.replace(TOLD_HERE, "")
    page = _Page()
    for match in _PIECE.finditer(html):
        page.add(match[0])
    return "".join(page.made).replace(TOLD_HERE, _told(page.languages, t))


class _Page:
    """A page on its way out, piece by piece."""

    def __init__(self) -> None:
        self.made: list[str] = []
        self.languages: dict[str, None] = {}
        self._opened, self._name = -1, ""
        """Where the start tag stands that came last with nothing but space after it, and its name."""
        self._only: tuple[int, int, str, str] | None = None
        """A start tag, the text right after it, the one language of that text, and its words."""
        self._drawing = False

    def add(self, piece: str) -> None:
        """Take the next tag or text."""
        name = None if piece.startswith("<!") else _NAME.match(piece)
        if name is not None:
            self._tag(piece, name[1])
        elif SIGN in piece and not piece.startswith("<!"):
            self._text(piece)
        else:
            self._opened = -1 if piece.strip() else self._opened
            self.made.append(piece)

    def _tag(self, piece: str, name: str) -> None:
        """A start tag or an end tag; the end of an element that is wholly in one language moves that to its start."""
        ends = piece.startswith("</")
        if ends and self._only is not None and name == self._name:
            opened, at, language, words = self._only
            self.made[opened], self.made[at] = _with_language(self.made[opened], language), words
        self._only = None
        if name == "svg":
            self._drawing = not ends
        self._opened, self._name = (-1, "") if ends else (len(self.made), name)
        self.made.append(self._attributes(piece) if SIGN in piece else piece)

    def _attributes(self, tag: str) -> str:
        """A start tag whose attributes carry languages."""
        values = [value for value in _VALUE.findall(tag) if SIGN in value]
        languages = {self._known(language) for value in values for language, words in language_runs(value)
                     if words.strip()}  # fmt: skip
        return _with_language(untagged(tag), languages.pop() if len(languages) == 1 else "")

    def _text(self, piece: str) -> None:
        """Words that carry their languages."""
        runs = [(self._known(language), words) for language, words in language_runs(piece)]
        languages = {language for language, words in runs if words.strip()}
        words = "".join(words for _, words in runs)
        if self._opened >= 0 and len(languages) == 1 and " lang=" not in self.made[self._opened]:
            self._only = (self._opened, len(self.made), languages.pop(), words)
        self._opened = -1
        inner = "tspan" if self._drawing else "span"
        parts = (
            f'<{inner} lang="{language}">{text}</{inner}>' if language and text.strip() else text
            for language, text in runs
        )
        self.made.append(words if self._name in _PLAIN else "".join(parts))

    def _known(self, language: str) -> str:
        """A language as attributes have it; empty for what is none."""
        if not _LANGUAGE.fullmatch(language):
            return ""
        self.languages.setdefault(language)
        return language


def _with_language(tag: str, language: str) -> str:
    """A start tag with the language of what it holds, unless it says one."""
    if not language or " lang=" in tag:
        return tag
    end = -2 if tag.endswith("/>") else -1
    return f'{tag[:end]} lang="{language}"{tag[end:]}'


def _told(languages: dict[str, None], t: Translator) -> str:
    """The line that tells which languages the page has beside its own; one that was asked for is told elsewhere."""
    names = [t(LANGUAGE_NAMES[one]) if one in LANGUAGE_NAMES else one for one in languages if one != t.foreign]
    line = t("Parts of this report are only in {languages}.", languages=t.series(names))
    return f'<p class="quiet">{escape(line)}</p>' if names else ""
