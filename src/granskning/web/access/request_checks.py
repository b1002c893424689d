"""Who may speak to the page, and what a browser may do with what it gets.

A page on this computer can be reached by anything that runs in a browser here, so each request must come to the
address that the page is known by (against DNS rebinding), carry the secret of the session (against other users), and,
where it would change something, come from our own page (against forgery). What goes out forbids scripts, frames and
addresses from elsewhere.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, RedirectResponse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from granskning.i18n import Translator

LARGEST = 2 << 20
"""Bytes of a request; the largest file that is read is smaller."""
LARGEST_UPLOAD = 120 << 20
"""Bytes of a request that brings a document or a workbook; larger documents are put in the folder by hand."""
_UPLOADS = re.compile(r"/ny-strategi|/strategi/[^/]+/utgava|/excel|/matt/nytt|/granskning/[^/]+/[^/]+/[^/]+/fil/[^/]+")
SAFE_METHODS = frozenset({"GET", "HEAD"})
_ONCE = frozenset({"host", "origin", "sec-fetch-site", "content-length"})
_NAME = re.compile(r"[^\x00-\x1f\x7f<>]{1,200}")
"""A user's name: what can be shown, and be an author in git."""

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
    cookie: str = "granskning"
    """The name of the cookie. Cookies are shared by all ports of a computer, so two pages need two names."""


class Guard:
    """ASGI middleware that lets through what `Access` allows, and what the rights of who is logged in do."""

    def __init__(self, app: ASGIApp, access: Access, t: Translator, lacking: Callable[[Scope], str]) -> None:
        self._app, self._access, self._t, self._lacking = app, access, t, lacking

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or pass it on."""
        if scope["type"] != "http":
            return
        sending = _Sending(send, scope["path"])
        app = self._refusal(scope) or self._app
        try:
            if app is self._app and scope["method"] not in SAFE_METHODS and self._access.user_header:
                words = await run_in_threadpool(self._lacking, scope)  # which may read the settings anew
                app = PlainTextResponse(words, 403) if words else app
            await app(scope, _limited(receive, _largest(scope)), sending)
        except _TooLargeError:
            await sending.instead(self._t("That is more than the page takes at once."), 413)
        except Exception:
            await sending.instead(self._t("Something went wrong in the program."), 500)
            raise

    def _refusal(self, scope: Scope) -> Any:
        """What answers instead of the page, if anything."""
        t, access = self._t, self._access
        headers = _single(scope["headers"], access.user_header.lower())
        refusal = None
        if headers is None:
            refusal = PlainTextResponse(t("The request says the same thing twice."), 400)
        elif (
            "transfer-encoding" in headers and "content-length" in headers
        ):  # two lengths: where one request ends differs
            refusal = PlainTextResponse(t("The request says two lengths."), 400, {"connection": "close"})
        elif headers.get("host", "").lower() not in access.hosts:
            refusal = PlainTextResponse(t("This address is not one that the page is known by."), 421)
        elif _number(headers, "content-length") > _largest(scope):
            refusal = PlainTextResponse(t("That is more than the page takes at once."), 413)
        elif scope["method"] not in SAFE_METHODS and access.read_only:
            refusal = PlainTextResponse(t("The page is only for reading."), 403)
        elif scope["method"] not in SAFE_METHODS and _comes_from_elsewhere(headers):
            refusal = PlainTextResponse(t("The request comes from another page."), 403)
        elif access.user_header and not _NAME.fullmatch(headers.get(access.user_header.lower(), "")):
            refusal = PlainTextResponse(t("Nobody is logged in."), 403)
        return refusal or (self._without_token(scope, headers or {}) if access.token else None)

    def _without_token(self, scope: Scope, headers: dict[str, str]) -> Any:
        """The answer to who has not shown the secret; a first visit shows it in the address and gets a cookie."""
        query = parse_qs(scope["query_string"].decode("latin-1"))
        shown = query.pop("token", [""])[0]
        if shown and self._is_secret(shown):
            rest = urlencode(query, doseq=True)
            path = "/" + scope["path"].lstrip("/\\")  # two strokes would name another computer
            response = RedirectResponse(f"{path}?{rest}" if rest else path, 303)
            response.set_cookie(self._access.cookie, self._access.token, httponly=True, samesite="strict", path="/")
            return response
        held = dict(part.strip().partition("=")[::2] for part in headers.get("cookie", "").split(";"))
        if self._is_secret(held.get(self._access.cookie, "")):
            return None
        words = self._t("Open the page by the whole address that granskning serve showed in the terminal.")
        return PlainTextResponse(words, 403)

    def _is_secret(self, shown: str) -> bool:
        return hmac.compare_digest(shown.encode("utf-8", "surrogateescape"), self._access.token.encode())


def user_of(scope: Scope, user_header: str) -> str:
    """Who the login in front of the page says is asking; empty without one, and for a name that cannot be shown."""
    name = user_header.lower().encode()
    values = [value for key, value in scope["headers"] if name and key.lower() == name]
    if len(values) != 1:
        return ""
    try:
        text = values[0].decode("utf-8")
    except UnicodeError:
        text = values[0].decode("latin-1")
    return text if _NAME.fullmatch(text) else ""


class _TooLargeError(Exception):
    """A body turned out to be larger than it may be."""


def _single(pairs: Iterable[tuple[bytes, bytes]], text: str) -> dict[str, str] | None:
    """The headers by name; None where one that decides something is given twice, so that nobody reads another of them.

    Cookies may be sent in several headers.
    """
    headers: dict[str, str] = {}
    for raw, value in pairs:
        name = raw.decode("latin-1").lower()
        if name == "cookie" and name in headers:
            headers[name] += "; " + value.decode("latin-1")
        elif name in headers and (name in _ONCE or name == text):
            return None
        else:
            headers[name] = value.decode("latin-1")
    return headers


def _comes_from_elsewhere(headers: dict[str, str]) -> bool:
    """Whether a request that would change something was sent by another page than ours, or does not say from where.

    Every browser says one of the two when a form is sent.
    """
    origin, site = headers.get("origin"), headers.get("sec-fetch-site")
    if origin is None and site is None:
        return True
    if origin is not None and origin.partition("://")[2].lower() != headers.get("host", "").lower():
        return True
    return site not in (None, "same-origin", "none")


def _number(headers: dict[str, str], name: str) -> int:
    text = headers.get(name, "0")
    return int(text[:20]) if text.isascii() and text.isdigit() else 0


def _largest(scope: Scope) -> int:
    """Bytes that a request to this address may have."""
    return LARGEST_UPLOAD if _UPLOADS.fullmatch(scope["path"]) else LARGEST


def _limited(receive: Receive, most: int) -> Receive:
    """Reading a body that stops when it is too large, also when its length was not told."""
    taken = 0

    async def read() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise _TooLargeError
        return message

    return read


class _Sending:
    """Sending with the headers that tell a browser what it may not do. Knows whether an answer has begun."""

    def __init__(self, send: Send, path: str) -> None:
        self._send = send
        self.begun = False
        kept = "no-cache" if path.startswith("/static/") else "no-store"  # no-cache: ask whether it is the same still
        self._added = [(name.encode(), value.encode()) for name, value in (*_HEADERS, ("cache-control", kept))]

    async def __call__(self, message: Message) -> None:
        """Send a message."""
        if message["type"] == "http.response.start":
            self.begun = True
            given = {name for name, _ in message["headers"]}
            message["headers"] = [*message["headers"], *(pair for pair in self._added if pair[0] not in given)]
        await self._send(message)

    async def instead(self, words: str, status: int) -> None:
        """Answer with these words, unless an answer has begun."""
        if not self.begun:
            text = words.encode()
            headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(text)).encode())]
            await self({"type": "http.response.start", "status": status, "headers": headers})
            await self({"type": "http.response.body", "body": text})
