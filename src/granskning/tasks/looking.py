"""What takes long to make and is often looked at: reports, history, differences; made once for a state of the folder.

A report is printed in a process of its own.
"""

from __future__ import annotations

import multiprocessing
from concurrent.futures import TimeoutError as TookTooLongError
from typing import TYPE_CHECKING

from granskning.edges.git_command import Git
from granskning.edges.git_log import find_tip
from granskning.edges.pdf import missing_libraries
from granskning.errors import GranskningError, MissingPartError, PrintingFailedError, UsageError
from granskning.i18n import N_
from granskning.tasks.diff import read_diff
from granskning.tasks.history import read_history
from granskning.tasks.render import render_review

if TYPE_CHECKING:
    from pathlib import Path

    from granskning.i18n import Translator
    from granskning.tasks.desk import Desk
    from granskning.tasks.diff import Diff
    from granskning.tasks.history import History

_SECONDS = 180


def preview_report(desk: Desk, file: str, report: str, form: str) -> tuple[str, bytes]:
    """The report of a review, or of its round, as it stands on disk: a file name and its bytes.

    Raises UsageError for what is no review or has errors, and MissingPartError where PDFs cannot be made.
    """
    if file not in {one.file for one in desk.loaded().workspace.reviews}:
        desk.text(file)
        message = N_("{file} has errors, so no report is made of it")
        raise UsageError(message, N_("see: granskning check"), file=file)
    key = ("report", report, form, file)
    made: tuple[str, bytes] = desk.kept.get(
        key, (desk.version, _stamp_of_templates(desk.root)), lambda: _make(desk.root, file, report, form)
    )
    return made


def strategy_history(desk: Desk, strategy: str, t: Translator) -> History:
    """What git remembers of a strategy. Raises what `read_history` raises."""
    key = ("history", strategy, t.language)
    made: History = desk.kept.get(key, _state(desk), lambda: read_history(desk.root, t, strategy=strategy))
    return made


def difference(desk: Desk, before: str, after: str | None, language: str) -> Diff:
    """What differs between two things that the reader names. Raises what `read_diff` raises."""
    key = ("diff", before, after or "", language)
    made: Diff = desk.kept.get(key, _state(desk), lambda: read_diff(desk.root, before, after, language))
    return made


def _state(desk: Desk) -> tuple[int, str]:
    """The state of the folder and of its repository."""
    desk.loaded()
    try:
        return desk.version, find_tip(Git(desk.root)).head
    except GranskningError:
        return desk.version, ""


def _make(root: Path, file: str, report: str, form: str) -> tuple[str, bytes]:
    if form == "pdf":
        if missing := missing_libraries():
            message = N_("PDFs cannot be made here: {libraries} is missing")
            hint = N_("For the cure run: granskning doctor")
            raise MissingPartError(message, hint, libraries=", ".join(missing))
        return _apart(root, root / file, report)
    return _render(root, root / file, report, form)


def _render(root: Path, path: Path, report: str, form: str) -> tuple[str, bytes]:
    return render_review(root, path, form=form, report="round" if report == "round" else "review")


def _print(root: Path, path: Path, report: str) -> tuple[str, bytes] | GranskningError:
    try:
        return _render(root, path, report, "pdf")
    except GranskningError as error:
        return error


def _apart(root: Path, path: Path, report: str) -> tuple[str, bytes]:
    """Print in a process of its own, so that one that dies, gets stuck or takes all memory leaves the page alone."""
    from pebble import ProcessExpired, ProcessPool  # noqa: PLC0415  # only who prints needs it

    forks = "forkserver" in multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if forks else "spawn")
    with ProcessPool(max_workers=1, context=context) as pool:
        try:
            done = pool.schedule(_print, args=(root, path, report), timeout=_SECONDS).result()
        except TookTooLongError as error:
            message = N_("printing was stopped after {seconds} seconds")
            raise PrintingFailedError(message, "", seconds=_SECONDS) from error
        except ProcessExpired as error:
            message = N_("the printing process died (exit code {code})")
            raise PrintingFailedError(message, "", code=error.exitcode) from error
        finally:
            pool.stop()  # type: ignore[no-untyped-call]
    if isinstance(done, GranskningError):
        raise done
    return done


def _stamp_of_templates(root: Path) -> tuple[tuple[str, int, int], ...]:
    """What tells that the folder's own templates are as they were."""
    found = []
    for path in sorted((root / "templates").rglob("*")):
        status = path.stat()
        found.append((path.name, status.st_size, status.st_mtime_ns))
    return tuple(found)
