"""An assessment that was made earlier and is brought in: the review that it becomes, as text."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from granskning.cli.show_import import import_lines
from granskning.errors import UsageError
from granskning.i18n import N_
from granskning.tasks.data.import_assessment import AssessmentWish, import_assessment
from granskning.tasks.editing.new import NewReview
from granskning.workspace.schema.written_dates import read_date

if TYPE_CHECKING:
    from pathlib import Path

    from granskning.cli.session import Session

_ROUND = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\Z")
_PARTS = 3

Chosen = tuple[str, str | None, str | None, float | None]
"""The review as it is named, the criteria set, the day it was made, and the seconds that reading may take."""


def bring_in_assessment(session: Session, data: bytes, file: Path, chosen: Chosen, *, write: bool) -> int:
    """Bring it in, tell what became of it, and return the exit code: 1 where something was not read."""
    name, criteria, day, seconds = chosen
    today = dt.datetime.now(tz=dt.UTC).astimezone().date().isoformat()
    date = read_date(day) if day else today
    strategy, round_, role = _parts(name)
    called = session.t("standard input") if str(file) == "-" else file.name
    wish = AssessmentWish(
        NewReview(strategy, round_, role, "reviewer", date, criteria=criteria), called, today, session.t.language
    )
    done = import_assessment(session.folder, data, wish, write=write, seconds=seconds)
    lines, _ = import_lines([done], (), session.t, written=write)
    for line in lines:
        session.say(line)
    session.tell(_outcome(session, done.file, len({change.criterion for change in done.changes}), written=write))
    return int(bool(done.remarks))


def _outcome(session: Session, file: str, answers: int, *, written: bool) -> str:
    """What happened, and what to do next."""
    t = session.t
    told = t.plural("{count} answer", "{count} answers", answers)
    if not written:
        return t("{told} would be brought in as {file}. Nothing is written; leave out --dry-run to write.",
                 told=told, file=file)  # fmt: skip
    return t("{told} brought in as {file}, a draft. See what remains with: granskning check {file}",
             told=told, file=file)  # fmt: skip


def _parts(name: str) -> tuple[str, str, str]:
    """Strategy, round and role. Raises UsageError."""
    parts = [part.strip() for part in name.split("/")]
    if len(parts) != _PARTS or not all(parts):
        message = N_("{name} does not name a review that can be made")
        raise UsageError(message, N_("write STRATEGY/ROUND/ROLE, such as plan/2024-05/strateg"), name=name)
    if not _ROUND.match(parts[1]):
        message = N_("“{value}” cannot be the name of a round")
        raise UsageError(message, N_("use small letters a–z, digits and hyphens, such as 2026-11"), value=parts[1])
    return parts[0], parts[1], parts[2]
