"""How findings are told, by the command and at the front door; and where the same is kept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from granskning.cli.show_findings import FORMATS, seen_from, summary, telling_of
from granskning.findings.severity import Severity
from granskning.tasks.checking.kept_check import KeptCheck
from granskning.tasks.folder.chosen import choose, collection_root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from granskning.cli.plain_request import PlainRequest
    from granskning.cli.session import Session
    from granskning.cli.show_findings import Telling
    from granskning.tasks.folder.chosen import Chosen


def check_again(session: Session, request: PlainRequest) -> int | None:
    """Tell the findings that are kept, if they hold; the exit code then."""
    if not request.names and collection_root(session.folder):
        return None
    telling = telling_of(kept_check(session, choose(session.folder, named_paths(session, request.names))).read())
    if telling is None:
        return None
    return tell_findings(session, request.options["--format"], telling, request.options["--fail-on"])


def named_paths(session: Session, names: Sequence[str | Path]) -> list[Path]:
    """The paths of what a user names in the folder."""
    if not names:
        return []
    from granskning.tasks.folder.name import path_of

    return [path_of(session.folder, Path(name)) for name in names]


def kept_check(session: Session, chosen: Chosen) -> KeptCheck:
    """What is kept of the check of these files, in the session's words."""
    return KeptCheck(chosen, (session.t.language, session.t.foreign, seen_from(chosen.root)("")))


def tell_findings(session: Session, form: str, telling: Telling, fail_on: str) -> int:
    """Tell the findings in a form; the exit code."""
    output = FORMATS[form](telling, color=session.color)
    is_text = form == "text"
    if output:
        session.say(output, colored=is_text and session.color)
    if is_text:
        session.tell(summary(telling, session.t))
    worst = max((Severity[finding.severity.upper()] for finding in telling.findings), default=Severity.NOTICE)
    return int(worst >= Severity[fail_on.upper()])
