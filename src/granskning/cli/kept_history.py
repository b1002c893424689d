"""How a history is told, by the command and at the front door; and where the same is kept."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from granskning.tasks.checking.kept_history import KeptHistory

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.cli.plain_request import PlainRequest
    from granskning.cli.session import Session

_CSV = "csv"


def history_again(session: Session, request: PlainRequest) -> int | None:
    """Tell the history that is kept, if it holds; the exit code then."""
    if len(request.names) > 1:
        return None
    form, name = request.options["--format"], name_in(session, next(iter(request.names), None))
    return 0 if tell_again(session, form, kept_history(session, form, name)) else None


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
    if form == _CSV:
        session.say(text)
    elif text:
        session.show(text)
    for line in aside:
        session.tell(line)
