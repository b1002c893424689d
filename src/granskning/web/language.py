"""Choose the language of the page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse

from granskning.i18n import LANGUAGES
from granskning.web.parts.context import LANGUAGE_COOKIE, form_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


async def choose(request: Request) -> Response:
    """Remember the language and go back to where the reader was."""
    form = await form_of(request)
    language, back = form.get("lang", ""), form.get("back", "/")
    response = RedirectResponse(back if back.startswith("/") and not back.startswith(("//", "/\\")) else "/", 303)
    if language in LANGUAGES:
        response.set_cookie(LANGUAGE_COOKIE, language, samesite="strict", max_age=365 * 24 * 3600)
    return response
