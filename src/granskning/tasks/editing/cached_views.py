"""What takes long to make and is often looked at: reports, history, differences; made once for a state of the folder.

A report is printed in a process of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from granskning.edges.git_command import Git
from granskning.edges.git_log import find_tip
from granskning.edges.printing.pdf import missing_libraries
from granskning.errors import GranskningError, MissingPartError, UsageError
from granskning.i18n import N_
from granskning.tasks.history.diff import read_diff
from granskning.tasks.history.history import read_history
from granskning.tasks.reports.own_report import choose_report
from granskning.tasks.reports.printing import MORE
from granskning.tasks.reports.render import render_review
from granskning.tasks.reports.render_wide import render_criteria, render_wide

if TYPE_CHECKING:
    from pathlib import Path

    from granskning.i18n import Translator
    from granskning.tasks.editing.edit_session import EditSession
    from granskning.tasks.history.diff import Diff
    from granskning.tasks.history.history import History

WIDE = frozenset({"strategy", "change", "portfolio", "criteria"})
"""The reports of something else than one review or its round."""
PDFS = ("archive", "internal")
"""The forms that are PDFs of another kind: without attachments for an archive, and with internal notes."""
_MORE = N_("make it in a terminal, where more can be allowed: granskning render --seconds")


def preview_report(
    desk: EditSession, name: str, report: str, form: str, without: frozenset[str] = frozenset()
) -> tuple[str, bytes]:
    """A report as it stands on disk: a file name and its bytes.

    `name` is the file of a review, for the reports of it or of its round; the id of a strategy or of a criteria set; or
    nothing, for the portfolio, which is made without the reviews of the files in `without`. `report` is a shipped one
    or one of the folder's own; `form` is html, pdf, docx, or `archive` and `internal` for those PDFs.

    Raises UsageError for what is none or has errors, and MissingPartError where it cannot be printed.
    """
    kind = choose_report(desk.root, report).kind
    if kind not in WIDE and name not in {one.file for one in desk.loaded().workspace.reviews}:
        desk.text(name)
        message = N_("{file} has errors, so no report is made of it")
        raise UsageError(message, N_("see: granskning check"), file=name)
    desk.loaded()
    key = ("report", report, form, name, *sorted(without))
    made: tuple[str, bytes] = desk.kept.get(
        key, (desk.version, _stamp_of_templates(desk.root)), lambda: _make(desk.root, name, report, form, without)
    )
    return made


def strategy_history(desk: EditSession, strategy: str, t: Translator) -> History:
    """What git remembers of a strategy. Raises what `read_history` raises."""
    key = ("history", strategy, t.asked)
    made: History = desk.kept.get(key, _state(desk), lambda: read_history(desk.root, t, name=strategy))
    return made


def difference(desk: EditSession, before: str, after: str | None, language: str) -> Diff:
    """What differs between two things that the reader names. Raises what `read_diff` raises."""
    key = ("diff", before, after or "", language)
    made: Diff = desk.kept.get(key, _state(desk), lambda: read_diff(desk.root, before, after, language))
    return made


def _state(desk: EditSession) -> tuple[int, str]:
    """The state of the folder and of its repository."""
    desk.loaded()
    try:
        return desk.version, find_tip(Git(desk.root)).head
    except GranskningError:
        return desk.version, ""


def _make(root: Path, name: str, report: str, form: str, without: frozenset[str]) -> tuple[str, bytes]:
    """What is printed is printed apart, so that one that dies, gets stuck or takes all memory leaves the page alone."""
    chosen = choose_report(root, report)
    choices: dict[str, Any] = {"form": "pdf" if form in PDFS else form, "apart": True, "own": chosen.own,
                               "archive": form == "archive"}  # fmt: skip
    if form in ("pdf", *PDFS) and (missing := missing_libraries()):
        message = N_("PDFs cannot be made here: {libraries} is missing")
        raise MissingPartError(message, N_("For the cure run: granskning doctor"), libraries=", ".join(missing))
    try:
        if chosen.kind == "portfolio":
            return render_wide(root, None, report=chosen.kind, without=without, **choices)
        if chosen.kind == "criteria":
            return render_criteria(root, name, **choices)
        if chosen.kind in WIDE:
            return render_wide(root, root / "strategies" / name, report=chosen.kind, **choices)
        return render_review(root, root / name, report=chosen.kind, internal=form == "internal", **choices)
    except GranskningError as error:
        if error.hint == MORE:  # an option of the command line
            raise type(error)(error.message, _MORE, **error.values) from error
        raise


def _stamp_of_templates(root: Path) -> tuple[tuple[str, int, int], ...]:
    """What tells that the folder's own templates are as they were."""
    found = []
    for path in sorted((root / "templates").rglob("*")):
        status = path.stat()
        found.append((path.name, status.st_size, status.st_mtime_ns))
    return tuple(found)
