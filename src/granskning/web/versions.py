"""Save a version: what git would get, a message, and the commit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.responses import RedirectResponse

from granskning.errors import GranskningError, NoRepositoryError, NothingSavedError, NotSavedError, UsageError
from granskning.i18n import N_
from granskning.tasks.editing.begin_folder import begin_versions
from granskning.tasks.editing.commit import save_version, show_unsaved
from granskning.tasks.editing.restore import restore_version, versions_of_file
from granskning.web.parts.context import form_of, visit_of
from granskning.web.reviews.review import file_of
from granskning.workspace.schema.kinds import kind_of_file

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from granskning.tasks.editing.commit import Saved
    from granskning.web.parts.context import RequestContext


async def show(request: Request) -> Response:
    """What has changed since the last version."""
    return await run_in_threadpool(_page, visit_of(request), None)


async def keep(request: Request) -> Response:
    """Save, and say what was saved."""
    visit = visit_of(request)
    form = await form_of(request)
    return await run_in_threadpool(_keep, visit, form.get("message", "").strip())


async def begin(request: Request) -> Response:
    """Begin saving versions: make the repository, and tell it who saves."""
    visit = visit_of(request)
    form = await form_of(request)
    return await run_in_threadpool(_begin, visit, form.get("name", "").strip(), form.get("email", "").strip())


def _begin(visit: RequestContext, name: str, address: str) -> Response:
    with visit.desk.writing():
        try:
            begin_versions(visit.desk.root, name, address, visit.t)
        except GranskningError as error:
            return _refused(visit, error, "")
        visit.desk.version += 1
    return RedirectResponse("/spara", 303)


async def show_file(request: Request) -> Response:
    """The versions of one review."""
    return await run_in_threadpool(_file_page, visit_of(request), file_of(request))


async def restore(request: Request) -> Response:
    """Put an earlier version of a review back."""
    visit, file = visit_of(request), file_of(request)
    form = await form_of(request)
    return await run_in_threadpool(_restore, visit, file, form.get("version", ""))


def _file_page(visit: RequestContext, file: str) -> Response:
    opened = visit.desk.open_review(file)
    visit.desk.text(file)
    refused = ("", "")
    try:
        versions = versions_of_file(visit.desk.root, file)
    except (NoRepositoryError, NothingSavedError):
        versions = ()
    except GranskningError as error:
        versions, refused = (), visit.error_words(error)
    is_approved = opened is not None and opened.review.status == "approved"
    return visit.page(
        "file_versions", file=file, versions=versions, refused=refused,
        can_restore=visit.may("review", "approve") and not is_approved,
        title=visit.page_t.text(opened.strategy.title) if opened else file,
    )  # fmt: skip


def _restore(visit: RequestContext, file: str, commit: str) -> Response:
    opened = visit.desk.open_review(file)
    visit.desk.text(file)
    if opened is not None and opened.review.status == "approved":
        raise UsageError(N_("{file} is approved and is not changed"), N_("open it again first, with the reason"),
                         file=file)  # fmt: skip
    with visit.desk.writing():
        restore_version(visit.desk.root, file, commit, visit.t)
        visit.desk.version += 1
    return RedirectResponse(visit.review_at(file), 303)


def _keep(visit: RequestContext, message: str) -> Response:
    with visit.desk.writing():
        try:
            done = save_version(visit.desk.root, message or None, visit.t, visit.who)
        except GranskningError as error:
            return _refused(visit, error, message)
        visit.desk.version += 1  # reports tell the commit
    return _page(visit, done)


def _page(visit: RequestContext, done: Saved | None) -> Response:
    try:
        unsaved = show_unsaved(visit.desk.root, visit.t)
    except GranskningError as error:
        return _refused(visit, error, "")
    files = [(file, _where(visit, file)) for file in unsaved.files]
    return visit.page(
        "versions", can_begin=False, done=done, files=files, left_out=unsaved.left_out, message=unsaved.message,
        refused="", hint="",
    )  # fmt: skip


def _refused(visit: RequestContext, error: GranskningError, message: str) -> Response:
    """Why nothing can be saved: no git, no repository, nobody to save as, a merge under way."""
    refused, hint = visit.error_words(error)
    if isinstance(error, NoRepositoryError):
        refused, hint = visit.t("No version has been saved yet."), ""
    can_begin = isinstance(error, NoRepositoryError) or (isinstance(error, NotSavedError) and "user.name" in error.hint)
    return visit.page(
        "versions", 409, can_begin=can_begin, done=None, files=[], message=message, refused=refused, hint=hint
    )


def _where(visit: RequestContext, file: str) -> str:
    """Where a file that has changed is shown; empty where it is shown nowhere."""
    if kind_of_file(file) is None or not (visit.desk.root / file).exists():
        return ""
    return visit.review_at(file) if kind_of_file(file) == "review" else visit.text_at(file)
