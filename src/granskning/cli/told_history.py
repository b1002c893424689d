"""A history that was told before, told again where it would be told anew; at the front door without the parser.

To read the parser in takes longer than all the rest. So what is asked for in the plainest way, as nearly always,
is understood here; anything else is left to the parser, faults too.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from granskning.cli.language import VARIABLE, language_of
from granskning.cli.session import Session, drop_output, write_utf8
from granskning.cli.shared_options import spelled_out
from granskning.errors import GranskningError
from granskning.i18n import LANGUAGES, Translator
from granskning.tasks.checking.kept_history import KeptHistory

if TYPE_CHECKING:
    from collections.abc import Sequence

CSV = "csv"
_FORMS = ("table", CSV)
_COMMAND = "history"


class _Request(NamedTuple):
    """What the arguments ask for."""

    folder: Path
    quiet: bool
    verbose: bool
    name: str | None
    form: str


def told_before(arguments: list[str]) -> bool:
    """Whether a history is asked for that was told before and would be told again; if so, it is told."""
    request = _request(arguments)
    if request is None or os.environ.get(VARIABLE, LANGUAGES[0]) not in LANGUAGES:
        return False
    write_utf8()
    t = Translator(language_of(arguments))
    session = Session(request.folder, t, request.quiet, request.verbose, color=False)
    try:
        name = name_in(session, request.name)
        return tell_again(session, request.form, kept_history(session, request.form, name))
    except GranskningError:
        return False
    except BrokenPipeError:
        drop_output()
        return True


def _request(arguments: list[str]) -> _Request | None:
    """What is asked for, where nothing but a history is and in the plainest way."""
    words = iter(spelled_out(arguments))
    folder, flags = ".", set()
    for word in words:
        if word == _COMMAND:
            break
        if word == "-C":
            folder = next(words, "")
        elif word in ("-q", "--quiet", "-v", "--verbose"):
            flags.add(word.lstrip("-")[0])
        else:
            return None
    name, form = None, _FORMS[0]
    for word in words:
        if word == "--format":
            form = next(words, "")
        elif name is None and not word.startswith("-"):
            name = word
        else:
            return None
    return _Request(Path(folder), "q" in flags, "v" in flags, name, form) if folder and form in _FORMS else None


def name_in(session: Session, name: str | None) -> str | None:
    """What a name that the user writes is called in the folder."""
    if not name:
        return name
    from granskning.tasks.folder.name import name_of

    return name_of(session.folder, name)


def kept_history(session: Session, form: str, name: str | None) -> KeptHistory:
    """What is kept of the history in the layout that the session has it in."""
    layout = (form, name, f"{session.verbose:d}", f"{shutil.get_terminal_size((100, 24)).columns}")
    return KeptHistory(session.folder, (*layout, session.t.asked))


def tell_again(session: Session, form: str, kept: KeptHistory) -> bool:
    """Tell what is kept. Whether it was: nothing is that would not be told anew."""
    earlier = kept.find()
    if earlier is not None:
        tell_history(session, form, *earlier)
    return earlier is not None


def tell_history(session: Session, form: str, text: str, aside: Sequence[str]) -> None:
    """Tell the result, and what else there is to know."""
    if form == CSV:
        session.say(text)
    elif text:
        session.show(text)
    for line in aside:
        session.tell(line)
