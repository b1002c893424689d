"""A call to a statistics service: tried again where that may help, and stopped where it would go on for ever.

httpx2 carries it. It knows proxies and the machine's certificates, and follows no redirect of its own.
"""

from __future__ import annotations

import json
import ssl
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from granskning import __version__
from granskning.edges.network.service_clock import Ceilings, Pace, ServiceClock, seconds_to_wait
from granskning.errors import NetworkError, ServiceRefusedError, UsageError
from granskning.i18n import N_
from granskning.json_text import json_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from granskning.edges.network.service_address import ServiceAddress

USER_AGENT = f"granskning/{__version__} (statistics by sex; one call at a time)"
_WORTH_A_NEW_TRY = frozenset({408, 425, 429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WITH_THE_SAME_CALL = frozenset({307, 308})
_LONGEST = 200
"""Letters of an address in a sentence."""
_AGAIN_LATER = N_("try again later; nothing was changed")


@dataclass(frozen=True, slots=True)
class ServiceAnswer:
    """The bytes that a service gave, and for what."""

    address: str
    body: bytes
    status: int = HTTPStatus.OK


@dataclass(frozen=True, slots=True)
class _Call:
    method: str
    address: str
    body: bytes | None = None

    @property
    def spoken(self) -> str:
        """The address, short enough for a sentence."""
        return self.address if len(self.address) <= _LONGEST else f"{self.address[: _LONGEST - 1]}…"


class _TryAgainError(Exception):
    """This try gave nothing, but another may; `seconds` is what the service asks to wait."""

    def __init__(self, reason: NetworkError, seconds: float | None = None) -> None:
        super().__init__(str(reason))
        self.reason = reason
        self.seconds = seconds


@dataclass(slots=True)
class ServiceDoor:
    """The way to one service. Its calls are made one at a time and counted."""

    service: ServiceAddress
    ceilings: Ceilings = field(default_factory=Ceilings)
    clock: ServiceClock = field(default_factory=ServiceClock)
    pace: Pace = field(default_factory=lambda: Pace(10, 10.0))
    calls: int = 0
    _client: Any = None
    _until: float | None = None

    def begin(self) -> None:
        """Start the time that all calls of one indicator may take together."""
        self._until = self.clock.monotonic() + self.ceilings.total

    def get(self, path: str, query: Sequence[tuple[str, str]] = ()) -> ServiceAnswer:
        """The answer to a path below the service's address. Raises NetworkError."""
        return self._ask(_Call("GET", whole_address(self.service, path, query)))

    def post(self, path: str, query: Sequence[tuple[str, str]], body: Mapping[str, Any]) -> ServiceAnswer:
        """The answer to a path with a body of JSON. Raises NetworkError."""
        data = json_text(body, None).encode()
        return self._ask(_Call("POST", whole_address(self.service, path, query), data))

    def follow(self, target: str, start: str) -> ServiceAnswer:
        """The page that an answer names as the next. Raises NetworkError where it leads elsewhere."""
        return self._ask(_Call("GET", self.service.confined(target, start)))

    def length(self, path: str, query: Sequence[tuple[str, str]]) -> int:
        """How long the address of a path with its query would be."""
        return len(whole_address(self.service, path, query))

    def close(self) -> None:
        """Let go of the connection."""
        if self._client is not None:
            self._client.close()
            self._client = None

    def _ask(self, call: _Call) -> ServiceAnswer:
        wait = self.ceilings.first_wait
        until = self.clock.monotonic() + self.ceilings.call
        for number in range(1, self.ceilings.tries + 1):
            try:
                return self._redirected(call)
            except _TryAgainError as error:
                seconds = wait if error.seconds is None else error.seconds
                if number == self.ceilings.tries or (
                    self.clock.monotonic() + seconds > until and error.seconds is None
                ):
                    raise error.reason from error
                self._pause(seconds, error)
                wait *= 2
        raise AssertionError

    def _pause(self, seconds: float, error: _TryAgainError) -> None:
        """Wait before another try. Raises NetworkError where that would be too long."""
        if seconds > self.ceilings.longest_wait:
            message = N_("{service} is busy and asks to be left alone for {seconds} s: {address}")
            address = error.reason.values.get("address", self.service.base)
            raise NetworkError(message, N_("run the command again then"), service=self.service.name,
                               seconds=round(seconds), address=address) from error  # fmt: skip
        self._require_time(seconds)
        self.clock.sleep(seconds)

    def _require_time(self, more: float = 0.0) -> None:
        if self._until is not None and self.clock.monotonic() + more > self._until:
            message = N_("{service} took more than {seconds} s in all")
            raise NetworkError(message, _AGAIN_LATER, service=self.service.name, seconds=round(self.ceilings.total))

    def _redirected(self, call: _Call) -> ServiceAnswer:
        for _ in range(self.ceilings.redirects + 1):
            outcome = self._once(call)
            if isinstance(outcome, ServiceAnswer):
                return outcome
            call = outcome
        message = N_("{service} sends the call around in a circle: {address}")
        raise NetworkError(message, _AGAIN_LATER, service=self.service.name, address=call.spoken)

    def _once(self, call: _Call) -> ServiceAnswer | _Call:
        """One exchange: the answer, or the call that it is redirected to."""
        import httpx2  # a fifth of a second, for the one command that needs the network

        self._require_time()
        self.pace.wait(self.clock)
        self.calls += 1
        deadline = self.clock.monotonic() + self.ceilings.answer
        try:
            with self._open().stream(call.method, call.address, content=call.body, headers=_headers(call)) as response:
                status = int(response.status_code)
                target = response.headers.get("location")
                if status in _REDIRECTS and target:
                    again = self.service.confined(target, call.address)
                    if call.method == "POST" and status not in _WITH_THE_SAME_CALL:
                        raise self._error(N_("{service} redirects what was sent to it: {address}"), call)
                    return _Call(call.method, again, call.body)
                body = self._body(response, call, deadline)
                return self._judged(status, body, response.headers.get("retry-after"), call)
        except httpx2.TimeoutException as error:
            raise _TryAgainError(self._error(N_("{service} did not answer in time: {address}"), call)) from error
        except httpx2.ProxyError as error:
            raise self._error(N_("the proxy does not let the call through: {address}"), call) from error
        except httpx2.DecodingError as error:
            message = N_("the answer of {service} is packed wrongly: {address}")
            raise _TryAgainError(self._error(message, call)) from error
        except httpx2.TransportError as error:
            if _is_unknown_certificate(error):
                raise self._unknown_certificate(call) from error
            message = N_("{service} cannot be reached: {address} ({reason})")
            raise _TryAgainError(self._error(message, call, reason=_reason(error))) from error
        except httpx2.InvalidURL as error:
            raise self._error(N_("{service} points to something that is no address: {address}"), call) from error

    def _body(self, response: Any, call: _Call, deadline: float) -> bytes:
        """All bytes, unpacked, as they come. Without a chunk size: with one, httpx2 waits until it is full."""
        pieces: list[bytes] = []
        size = 0
        for piece in response.iter_bytes():
            size += len(piece)
            if size > self.ceilings.size:
                message = N_("the answer of {service} is larger than {megabytes} MB: {address}")
                raise self._error(message, call, megabytes=self.ceilings.size // 1_000_000)
            if self.clock.monotonic() > deadline:
                message = N_("the answer of {service} was not whole after {seconds} s: {address}")
                raise _TryAgainError(self._error(message, call, seconds=round(self.ceilings.answer)))
            pieces.append(piece)
        return b"".join(pieces)

    def _judged(self, status: int, body: bytes, retry_after: str | None, call: _Call) -> ServiceAnswer:
        if status == HTTPStatus.OK:
            return ServiceAnswer(call.address, body)
        message = N_("{service} answers {status}: {address}{said}")
        hint = N_("the service may have closed this way in") if status == HTTPStatus.GONE else _AGAIN_LATER
        reason = said_by(body)
        error = ServiceRefusedError(message, hint, service=self.service.name, status=status, address=call.spoken,
                                    said=f" ({reason})" if reason else "")  # fmt: skip
        if status in _WORTH_A_NEW_TRY:
            raise _TryAgainError(error, seconds_to_wait(retry_after, self.clock.now()))
        raise error

    def _error(self, message: str, call: _Call, **values: object) -> NetworkError:
        return NetworkError(message, _AGAIN_LATER, service=self.service.name, address=call.spoken, **values)

    def _unknown_certificate(self, call: _Call) -> NetworkError:
        """Nothing that another try would help: the machine has to know who signed the certificate."""
        message = N_("the certificate of {service} is not one that this computer knows: {address}")
        hint = N_("where the network looks into calls, let SSL_CERT_FILE name the file with its certificate")
        return NetworkError(message, hint, service=self.service.name, address=call.spoken)

    def _open(self) -> Any:
        if self._client is None:
            import httpx2

            is_local = self.service.base.startswith("http://")  # this computer: no proxy, and no certificates to load
            try:
                self._client = httpx2.Client(
                    verify=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT) if is_local else True,
                    trust_env=not is_local,
                    timeout=httpx2.Timeout(self.ceilings.read, connect=self.ceilings.connect),
                    headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip, deflate"},
                    limits=httpx2.Limits(max_connections=1),
                )
            except (ValueError, OSError, httpx2.InvalidURL) as error:
                message = N_("the settings of the network cannot be used: {reason}")
                hint = N_("look at HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and SSL_CERT_FILE in the environment")
                raise UsageError(message, hint, reason=_reason(error)) from error
        return self._client


def whole_address(service: ServiceAddress, path: str, query: Sequence[tuple[str, str]] = ()) -> str:
    """The address of a path with its query, safely written. A comma and brackets stay, as the services write them."""
    asked = "&".join(
        f"{quote(key, safe='[]')}={quote(value, safe=',')}" if value else quote(key) for key, value in query
    )
    where = service.address_of(quote(path, safe="/,"))
    return f"{where}?{asked}" if asked else where


def said_by(body: bytes) -> str:
    """What an answer that refuses says of why, in a few words; empty for a web page."""
    text = body[:2000].decode("utf-8", "replace").strip()
    if text[:1] == "<":
        return ""
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        values = None
    if isinstance(values, dict):
        parts = [values.get(key) for key in ("title", "detail", "error", "message")]
        text = ": ".join(str(part) for part in parts if part)
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]


def _headers(call: _Call) -> dict[str, str]:
    headers = {"Accept": "application/json, */*;q=0.5"}
    return headers | {"Content-Type": "application/json"} if call.body is not None else headers


def _is_unknown_certificate(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False


def _reason(error: Exception) -> str:
    """What the system said, without what may stand in an address (a password in a proxy's)."""
    text = str(error) or type(error).__name__
    hosts = [word for word in text.split() if "@" in word and urlsplit(word).password]
    return "…" if hosts else text[:200]
