"""Who may speak to the page, and what a browser may do with what it gets.

A page on this computer can be reached by anything that runs in a browser here, so each request must come to the
address that the page is known by (against DNS rebinding), carry the secret of the session (against other users), and,
where it would change something, come from our own page (against forgery). What goes out forbids scripts, frames and
addresses from elsewhere.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode

from starlette.responses import PlainTextResponse, RedirectResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from granskning.i18n import Translator

COOKIE = "granskning"
LARGEST = 2 << 20
"""Bytes of a request; the largest file that is read is smaller."""
SAFE_METHODS = frozenset({"GET", "HEAD"})

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'"
)
_HEADERS = (
    ("content-security-policy", _POLICY),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=()"),
)


@dataclass(frozen=True, slots=True)
class Access:
    """How the page is reached. `user_header` names the header in which a login in front of it says who it is."""

    hosts: frozenset[str]
    """The values of the Host header that are ours, in small letters."""
    token: str = ""
    """The secret of the session; empty where a login in front of the page decides."""
    user_header: str = ""
    read_only: bool = False

    def form_token(self) -> str:
        """What a form carries, so that no other page can send one."""
        secret = self.token or "/".join(sorted(self.hosts))
        return hmac.new(secret.encode(), b"granskning form", hashlib.sha256).hexdigest()


class Guard:
    """ASGI middleware that lets through what `Access` allows."""

    def __init__(self, app: ASGIApp, access: Access, t: Translator) -> None:
        self._app, self._access, self._t = app, access, t

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        app = refusal or self._app
        await app(scope, _limited(receive), _with_headers(send))

    def _refusal(self, scope: Scope) -> Any:
        """What answers instead of the page, if anything."""
        t, access = self._t, self._access
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        refusal = None
        if headers.get("host", "").lower() not in access.hosts:
            refusal = PlainTextResponse(t("This address is not one that the page is known by."), 421)
        elif _number(headers, "content-length") > LARGEST:
            refusal = PlainTextResponse(t("That is more than the page takes at once."), 413)
        elif scope["method"] not in SAFE_METHODS and access.read_only:
            refusal = PlainTextResponse(t("The page is only for reading."), 403)
        elif scope["method"] not in SAFE_METHODS and _comes_from_elsewhere(headers):
            refusal = PlainTextResponse(t("The request comes from another page."), 403)
        elif access.user_header and not headers.get(access.user_header.lower()):
            refusal = PlainTextResponse(t("Nobody is logged in."), 403)
        return refusal or (self._without_token(scope, headers) if access.token else None)

    def _without_token(self, scope: Scope, headers: dict[str, str]) -> Any:
        """The answer to who has not shown the secret; a first visit shows it in the address and gets a cookie."""
        secret = self._access.token
        query = parse_qs(scope["query_string"].decode("latin-1"))
        shown = query.pop("token", [""])[0]
        if shown and hmac.compare_digest(shown, secret):
            rest = urlencode(query, doseq=True)
            response = RedirectResponse(f"{scope['path']}?{rest}" if rest else scope["path"], 303)
            response.set_cookie(COOKIE, secret, httponly=True, samesite="strict", path="/")
            return response
        held = dict(part.strip().partition("=")[::2] for part in headers.get("cookie", "").split(";"))
        if hmac.compare_digest(held.get(COOKIE, ""), secret):
            return None
        words = self._t("Open the page by the whole address that granskning serve showed in the terminal.")
        return PlainTextResponse(words, 403)


def _comes_from_elsewhere(headers: dict[str, str]) -> bool:
    """Whether a request that would change something was sent by another page than ours."""
    origin = headers.get("origin")
    if origin is not None and origin.partition("://")[2].lower() != headers.get("host", "").lower():
        return True
    return headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none")


def _number(headers: dict[str, str], name: str) -> int:
    text = headers.get(name, "0")
    return int(text[:20]) if text.isascii() and text.isdigit() else 0


def _limited(receive: Receive) -> Receive:
    """Reading a body that stops when it is too large, also when its length was not told."""
    taken = 0

    async def read() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > LARGEST:
            return {"type": "http.disconnect"}
        return message

    return read


def _with_headers(send: Send) -> Send:
    """Sending with the headers that tell a browser what it may not do."""
    added = [(name.encode(), value.encode()) for name, value in _HEADERS]

    async def write(message: Message) -> None:
        if message["type"] == "http.response.start":
            given = {name for name, _ in message["headers"]}
            message["headers"] = [*message["headers"], *(pair for pair in added if pair[0] not in given)]
        await send(message)

    return write
