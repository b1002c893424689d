"""What a build told, told again by the command and at the front door where a build would find nothing to do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from granskning.cli.show_findings import seen_from
from granskning.tasks.folder.chosen import choose
from granskning.tasks.reports.kept_build import KeptBuild

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from granskning.cli.plain_request import PlainRequest
    from granskning.cli.session import Session

FORMATS = ("pdf", "html")
"""What is made unless it is said."""


def build_again(session: Session, request: PlainRequest) -> int | None:
    """Tell what is kept of a build, if it holds; the exit code then."""
    if request.names:
        return None
    form = request.options["--format"]
    earlier = kept_build(session, None, (form,) if form else FORMATS).read()
    return tell_again(session, earlier) if earlier else None


def kept_build(
    session: Session,
    output: Path | None,
    formats: Sequence[str],
    only: str | None = None,
    as_of: str | None = None,
) -> KeptBuild:
    """What is kept of a build of this, in the session's words. Raises NotAWorkspaceError."""
    chosen = choose(session.folder)
    words = (session.t.language, session.t.foreign, seen_from(chosen.root)(""), shown_folder(output).as_posix())
    asked = (",".join(sorted(formats)), only, as_of)  # with --only, even of all, no front page is made
    return KeptBuild(chosen, session.folder / output if output is not None else None, (*words, *asked))


def shown_folder(output: Path | None) -> Path:
    """The output folder as it is told."""
    return output or Path("build")


def tell_again(session: Session, earlier: Mapping[str, Any]) -> int:
    """Tell what was kept; the exit code."""
    for way, line in earlier["lines"]:
        if way == "say":
            session.say(line)
        else:
            session.tell(line)
    return int(earlier["code"])
