"""Words, numbers and dates in the reader's language.

A `Translator` is passed to whoever shows something; there is no global language, since a report, the page and the
terminal may differ. Catalogues are gettext: English msgids, Swedish complete by test.
"""

from __future__ import annotations

import copy
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from granskning.catalogue import read_catalogue
from granskning.figure_references import WrongReference, fill
from granskning.language_tags import tagged, unmarked

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from fractions import Fraction
    from typing import Self

    from granskning.figure_references import FigureReference

    FigureTeller = Callable[[FigureReference | WrongReference, str], str]
    """What stands in place of a figure that a text names, in the language of the text."""

LANGUAGES = ("sv", "en")
"""The languages that the program's own words are in."""
TAG = r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*"
"""A language tag (BCP 47), as texts are marked with: fi, se, nb, sv-FI."""
LOCALE = Path(__file__).parent / "locale"
NO_BREAK = "\N{NO-BREAK SPACE}"
_SEVERAL = 2
"""The number of what nobody has counted."""

_MONTHS = {
    "sv": (
        "januari",
        "februari",
        "mars",
        "april",
        "maj",
        "juni",
        "juli",
        "augusti",
        "september",
        "oktober",
        "november",
        "december",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
_YEAR_AND_MONTH = 2
_ROLE = re.compile("[a-z0-9]+(-[a-z0-9]+)+")
"""A role as files name it; one of a single word reads as it is."""
_SIMPLE = 100
"""A share is told as a fraction when its denominator is no larger."""


def N_(message: str) -> str:  # noqa: N802  # the name that translators' tools look for
    """Mark a msgid for translation where it is shown."""
    return message


class CountedWords(str):
    """A msgid for one of what `{count}` counts, and that for several: who shows it takes the one that fits."""

    __slots__ = ("several",)
    several: str


def NN_(single: str, several: str) -> str:  # noqa: N802  # as N_
    """Mark the msgids for one and for several of what `{count}` counts, for translation where they are shown."""
    words = CountedWords(single)
    words.several = several
    return words


_NAMES = {
    "sv": N_("only in Swedish"),
    "en": N_("only in English"),
    "fi": N_("only in Finnish"),
    "fit": N_("only in Meänkieli"),
    "se": N_("only in Northern Sami"),
    "smj": N_("only in Lule Sami"),
    "sma": N_("only in Southern Sami"),
    "rom": N_("only in Romani"),
    "yi": N_("only in Yiddish"),
    "nb": N_("only in Norwegian"),
    "nn": N_("only in Norwegian"),
    "da": N_("only in Danish"),
}
_FIGURE = N_("[the figure {indicator}]")
_ONLY = N_("only in another language: {language}")
_TWO = N_("{first} and {last}")


@cache
def _wider(tag: str) -> tuple[str, ...]:
    """A language tag and those that it is a kind of, the narrowest first (RFC 4647, 3.4): sv-FI, sv."""
    parts = tag.split("-")
    return tuple("-".join(parts[:count]) for count in range(len(parts), 0, -1))


def known_language(tag: str) -> str:
    """The language of the program's own words for a reader of that language."""
    return next((known for known in _wider(tag) if known in LANGUAGES), LANGUAGES[0])


class Translator:
    """Speaks one language. Call it with a msgid and the values of its fields.

    Content is in the language asked for, which may be any. The program's own words are in that language too where it
    knows it, else in Swedish, which whoever shows them says.
    """

    def __init__(self, language: str, roles: Mapping[str, Mapping[str, str]] | None = None) -> None:
        """`roles` are the titles of a working folder's roles, by id."""
        self._roles = roles or {}
        self._figures: FigureTeller | None = None
        self.asked = language
        """The language tag asked for: that of content."""
        self.language = known_language(language)
        """The language of the program's own words."""
        self.catalogue = read_catalogue(LOCALE / self.language / "LC_MESSAGES" / "messages.mo")

    def naming(self, roles: Mapping[str, Mapping[str, str]]) -> Self:
        """The same language, for the readers of a folder whose roles have these titles, by id."""
        other = copy.copy(self)
        other._roles = roles  # noqa: SLF001  # a copy of its own
        return other

    def telling(self, figures: FigureTeller) -> Self:
        """The same language, for readers who are shown the figures that content names."""
        other = copy.copy(self)
        other._figures = figures  # noqa: SLF001  # a copy of its own
        return other

    def _filled(self, words: str, language: str) -> str:
        """Content with the figures that it names; where nobody knows them, with a mark that says which is meant."""
        tell = self._figures
        if tell is not None:
            return fill(words, lambda reference: tell(reference, language))
        return fill(words, lambda reference: self(_FIGURE, indicator=(
            reference.part if isinstance(reference, WrongReference) else reference.indicator)))  # fmt: skip

    def role(self, name: str) -> str:
        """What a role is called: its title; else what is written, an id with its hyphens as spaces."""
        if name in self._roles:
            return self.text(self._roles[name])
        return name.replace("-", " ") if _ROLE.fullmatch(name) else name

    @property
    def foreign(self) -> str:
        """The language of content where the program's own words are in another; else empty."""
        return "" if self.language in _wider(self.asked) else self.asked

    def __call__(self, message: str, /, **values: object) -> str:
        """The message in this language, with its fields filled in."""
        if isinstance(message, CountedWords):
            count = values.get("count")
            words = self.catalogue.ngettext(message, message.several, count if isinstance(count, int) else _SEVERAL)
        else:
            words = self.catalogue.gettext(message) if message else ""
        return words.format(**values) if values else words

    def plural(self, text: str, many: str, count: int, /, **values: object) -> str:
        """The message for that many; `{count}` is there to use."""
        return self.catalogue.ngettext(text, many, count).format(count=self.whole(count), **values)

    def has(self, text: Mapping[str, str]) -> bool:
        """Whether content has words in this language."""
        return any(tag in text for tag in _wider(self.asked))

    def text(self, text: Mapping[str, str]) -> str:
        """Content in this language; in another one only with a mark that says so."""
        if not text:
            return ""
        language = self._language_of(text)
        return self._mark(language) + self._filled(text[language], language)

    def name(self, text: Mapping[str, str]) -> str:
        """What a thing is called. Where a page tells at its start which languages its parts are only in, no mark."""
        return unmarked(self.text(text))

    def _language_of(self, text: Mapping[str, str]) -> str:
        """The language that content is shown in: that asked for, one that it is a kind of, else the first there is."""
        return next((tag for tag in _wider(self.asked) if tag in text), next(iter(text)))

    def _mark(self, language: str) -> str:
        """The mark before content in a language that was not asked for."""
        if language in _wider(self.asked):
            return ""
        mark = self(_NAMES[language]) if language in _NAMES else self(_ONLY, language=language)
        return f"[{mark}] "

    def whole(self, number: int) -> str:
        """A whole number, its thousands parted: `12 500` or `12,500`."""
        return f"{number:,}".replace(",", NO_BREAK if self.language == "sv" else ",")

    def number(self, number: Fraction | int, decimals: int | None = None) -> str:
        """A decimal number as written, or at that many decimals (halves away from zero), with true minus sign."""
        above, below = number.numerator, number.denominator
        if decimals is None:
            decimals = next((places for places in range(7) if 10**places % below == 0), 6)
        unit = 10**decimals
        whole, rest = divmod((2 * abs(above) * unit + below) // (2 * below), unit)
        digits = self.whole(whole)
        if decimals:
            digits += ("," if self.language == "sv" else ".") + f"{rest:0{decimals}d}"
        return f"−{digits}" if above < 0 and (whole or rest) else digits

    def percent(self, share: Fraction, decimals: int = 0) -> str:
        """A share as a percentage: `80 %` or `80%`."""
        return self.number(share * 100, decimals) + (f"{NO_BREAK}%" if self.language == "sv" else "%")

    def share(self, share: Fraction) -> str:
        """A share as it is declared: `50 %`, `33,3 %`, or `1/3` where no percentage says it whole."""
        decimals = next((count for count in range(2) if (share * 100 * 10**count).denominator == 1), None)
        if decimals is None and share.denominator <= _SIMPLE:
            return str(share)
        return self.percent(share, 1 if decimals is None else decimals)

    def date(self, iso: str | None) -> str:
        """A date for running text: `23 november 2026`, `november 2026`, `2026`."""
        if not iso:
            return ""
        parts = iso.split("-")
        months = _MONTHS.get(self.language, _MONTHS["en"])
        if len(parts) == 1:
            return iso
        month = months[int(parts[1]) - 1]
        if len(parts) == _YEAR_AND_MONTH:
            return f"{month} {parts[0]}"
        return f"{int(parts[2])}{NO_BREAK}{month} {parts[0]}"

    def series(self, items: Sequence[str]) -> str:
        """Things in a row: `a, b och c`."""
        if len(items) < 2:  # noqa: PLR2004  # a row begins with two
            return "".join(items)
        return self(_TWO, first=", ".join(items[:-1]), last=items[-1])


class PageTranslator(Translator):
    """Speaks to a page, which says of each piece of text in what language it is.

    Content in another language than the program's own words carries that language with it (`language_tags`). In a
    sentence it needs no mark beside; standing alone it has the mark as everywhere else.
    """

    def __call__(self, message: str, /, **values: object) -> str:
        """The message in this language, with its fields filled in."""
        return super().__call__(message, **{name: _in_sentence(value) for name, value in values.items()})

    def plural(self, text: str, many: str, count: int, /, **values: object) -> str:
        """The message for that many; `{count}` is there to use."""
        return super().plural(text, many, count, **{name: _in_sentence(value) for name, value in values.items()})

    def series(self, items: Sequence[str]) -> str:
        """Things in a row: `a, b och c`."""
        return super().series([unmarked(item) for item in items])

    def text(self, text: Mapping[str, str]) -> str:
        """Content, with the language that it is in where that is not the page's."""
        if not text:
            return ""
        language = self._language_of(text)
        words = self._filled(text[language], language)
        return self._mark(language) + self.in_language(words, language)

    def in_language(self, words: str, language: str) -> str:
        """Words with the language that they are in, where that is not the page's."""
        return words if self.is_own(language) else tagged(words, language)

    def is_own(self, language: str) -> bool:
        """Whether text in a language needs no telling on this page."""
        return self.language in _wider(language)


def _in_sentence(value: object) -> object:
    return unmarked(value) if isinstance(value, str) else value
