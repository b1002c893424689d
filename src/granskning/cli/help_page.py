"""The help as a page: the parser's own parts, laid out so that no word is cut or parted, as wide as the terminal.

The parser would cut a line that is too long, part words at hyphens, and never be narrower than 50 columns.
"""

from __future__ import annotations

import re
import shutil
import textwrap
from typing import TYPE_CHECKING, Any

from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.i18n import Translator

_WIDEST, _NARROWEST = 98, 20
_NARROW = 60
"""Below so many columns a text stands under what it is about, not beside it."""
_LONGEST_TERM = 30
"""So many columns are what a text is about; a longer one has its text on the next line."""
_RANGES = (
    # as the parser says it                    as we do
    (re.compile(r"(?P<low>\d+)<=x<=(?P<high>\d+)"), N_("{low} to {high}")),
    (re.compile(r"x>=(?P<low>\d+)"), N_("at least {low}")),
)  # fmt: skip
_PIECES = (N_("[OPTIONS]"), N_("COMMAND [ARGS]..."))
"""What stands in a usage line besides the names of arguments."""
_STAND_INS = (
    N_("STRATEGY"), N_("ROUND"), N_("ROLE"), N_("REVIEW"), N_("STRATEGY/ROUND/ROLE"), N_("SET"), N_("VERSION"),
    N_("SET@VERSION"), N_("EDITION"), N_("PATH"), N_("FILE"), N_("FILE.pdf"), N_("DIR"), N_("DATE"), N_("TAG"),
    N_("WORDS"), N_("CODE"), N_("KIND"), N_("NAME"), N_("PERIOD"), N_("CHARACTER"), N_("ADDRESS"), N_("PATTERN"),
    N_("TEXT"), N_("PORT"),
)  # fmt: skip
"""What stands in a line for what a user writes there."""


def laid_out(original: Any) -> Any:
    """The parser's way to a page of help, with our page."""

    def get_help(context: Any) -> str:
        base = type(context).formatter_class
        context.formatter_class = type("HelpPage", (_HelpPage, base), {})
        columns = shutil.get_terminal_size((_WIDEST, 24)).columns
        context.terminal_width = max(min(columns - 2, _WIDEST), _NARROWEST)
        text: str = original(context)
        return text

    return get_help


def told_in(parameter: Any, t: Translator) -> None:
    """Put a parameter's help, its bounds and the word that stands for its value in the reader's language."""
    if getattr(parameter, "help", None):
        parameter.help = t(parameter.help)
    if parameter.metavar:
        parameter.metavar = _in_language(parameter.metavar, t)
    original = parameter.get_help_record

    def get_help_record(context: Any) -> tuple[str, str] | None:
        record = original(context)
        if record is None:
            return None
        return record[0], _bounds_in_words(record[1], t)

    parameter.get_help_record = get_help_record


def _bounds_in_words(text: str, t: Translator) -> str:
    for pattern, message in _RANGES:
        if bounds := pattern.search(text):
            text = text.replace(bounds[0], t(message, **bounds.groupdict()))
    return text


def usage_words(pieces: Sequence[str], t: Translator) -> str:
    """The rest of the usage line: an argument that must be there stands as it is, another in brackets."""
    return " ".join(t(piece) if piece in _PIECES else re.sub("[{}]", "", piece) for piece in pieces)


def _in_language(written: str, t: Translator) -> str:
    """What stands in for a value, with brackets and dots around it as they are."""
    match = re.fullmatch(r"(\[?)([^\[\]]+?)(\]?(?:\.\.\.)?)", written)
    return f"{match[1]}{t(match[2])}{match[3]}" if match and match[2] in _STAND_INS else written


class _HelpPage:
    """A page of the parser's: where it writes texts and lists."""

    width: int
    current_indent: int
    write: Any

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the usage line, its arguments below where there is little room beside."""
        start = f"{prefix or ''}{prog} "
        if len(start) <= self.width // 2:
            self._write(args, len(start), start)
        else:
            self._write(start, 0)
            self._write(args, 4)

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        for paragraph in text.split("\n\n"):
            self._write(paragraph, self.current_indent)

    def write_dl(self, rows: Sequence[tuple[str, str]], col_max: int = _LONGEST_TERM, col_spacing: int = 2) -> None:
        """Write what texts are about, and the texts: beside it, or below it on a narrow terminal."""
        terms = [len(term) for term, _ in rows]
        column = self.current_indent + min(max(terms, default=0), col_max) + col_spacing
        for term, text in rows:
            start = f"{'':{self.current_indent}}{term}"
            if self.width < _NARROW or len(start) + col_spacing > column:
                self._write(term, self.current_indent)
                self._write(text, self.current_indent + 4 if self.width < _NARROW else column)
            else:
                self._write(text, column, f"{start:<{column}}")

    def _write(self, text: str, indent: int, start: str | None = None) -> None:
        space = " " * indent
        lines = textwrap.wrap(
            text, self.width, initial_indent=space if start is None else start, subsequent_indent=space,
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip
        for line in lines or ([start.rstrip()] if start else []):
            self.write(f"{line}\n")
