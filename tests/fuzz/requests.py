"""The page: any request. An input is JSON: method, path, query, headers, body; it is answered within the process.

What is uploaded stands in the body, each letter a byte (latin-1).
"""

from __future__ import annotations

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, quote, unquote_to_bytes, urlencode

from fuzz.folders import Folder
from fuzz.judge import Violation, lawful, print_of
from fuzz.mutations import ODD
from granskning.tasks.editing.edit_session import EditSession
from granskning.web.access.request_checks import Access
from granskning.web.app import make_app
from granskning.web.parts.context import AppState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from random import Random

    from starlette.types import Message

HOST = "prov.exempel.se"
_PATIENCE = 5
REVIEW = "/granskning/provplan/2026-11/granskaren"
FILE = "/text/strategies/provplan/reviews/2026-11/granskaren.yaml"
_READS = (
    "/",
    REVIEW,
    f"{REVIEW}/forklaring",
    f"{REVIEW}/rapport",
    f"{REVIEW}/godkann",
    "/strategi/provplan",
    "/strategi/provplan/atgard",
    "/omgang/provplan/2026-11",
    "/omgang/provplan/2026-11/forklaring",
    "/omgang/provplan/2026-11/rapport",
    "/portfolj",
    "/strategi/provplan/rapport",
    "/historik/provplan",
    "/skillnad",
    "/spara",
    FILE,
    "/static/style.css",
    "/x",
    "/text/granskning.yaml",
    "/oversikt",
    "/ny-strategi",
    "/strategi/provplan/utgava",
    "/strategi/provplan/handlingar",
    "/dokument/provplan/remiss",
    f"{REVIEW}/fraga",
    f"{REVIEW}/fraga/resor-barn",
    f"{REVIEW}/lamna-in",
    f"{REVIEW}/soklogg",
    f"{REVIEW}/arbete",
    f"{REVIEW}/versioner",
    "/ut-och-in",
    "/kalender",
    "/excel",
    "/text/.granskning/local.yaml",
)
_QUERIES = (
    ("/", "q=prov&visa=draft&sida=2"),
    ("/", "sida=99999999999"),
    ("/excel", "form=csv-sv&av=provplan"),
    ("/excel", "form=x&av=../x"),
    (f"{REVIEW}/fraga/resor-barn", "sok=resor&sida=1"),
    ("/dokument/provplan/remiss", "sida=1&sok=resor&fraga=resor-barn"),
)
_COMPARED = ("fran=HEAD~1&till=HEAD", "fran=provplan/2026-11", "fran=HEAD&till=provplan/2026-11")
_CHANGES = (
    "/sprak",
    f"{REVIEW}/sok/resor-barn",
    "/strategi/provplan/handlingar",
    f"{REVIEW}/soklogg",
    f"{REVIEW}/svar/resor-barn",
    f"{REVIEW}/huvud",
    f"{REVIEW}/godkann",
    "/strategi/provplan/ny",
    "/strategi/provplan/atgard",
    "/strategi/provplan/atgard/a1",
    FILE,
    "/text/criteria/prov.yaml",
    "/borja",
    "/strategi/provplan/granskas-inte",
    "/omgang/provplan/2026-11/plan",
    "/roller",
    f"{REVIEW}/lamna-in",
    f"{REVIEW}/oppna",
    f"{REVIEW}/flytta",
    f"{REVIEW}/versioner",
    "/matt/prov/version",
)
_UPLOADS = ("/ny-strategi", "/strategi/provplan/utgava", "/excel", "/matt")
_FORM = {"title": "Ny plan", "owner": "Provlän", "area": "infrastruktur", "stage": "adopted", "keep": "1", "write": "1"}
_NAMES = (
    "plan.pdf",
    "plan.txt",
    "../../x.txt",
    "",
    "a" * 300,
    "con",
    "å.docx",
    'x".txt',
    "\x00",
    ".",
    "bok.xlsx",
    "\xff.csv",
)
_DOCUMENTS = (
    "Resor till vård.",
    "",
    "%PDF-1.7\n%%EOF",
    "PK\x03\x04" + "\0" * 40,
    "<html><p>x",
    "\xd0\xcf\x11\xe0",
    "a;b\n1;2\n",
)
_FIELDS = (
    "fran",
    "till",
    "level",
    "justification",
    "state",
    "base",
    "seen",
    "opened",
    "items",
    "judgement",
    "add",
    "drop",
    "settle",
    "text",
    "language",
    "back",
    "role",
    "case_number",
    "body",
    "round",
    "reviewer",
    "kind",
    "from",
    "criteria",
    "title",
    "owner",
    "due",
    "status",
    "evidence-0-quote",
    "evidence-0-page",
    "evidence-0-edition",
    "reason",
    "recommendation",
    "date",
    "reading_depth",
    "id",
    "note",
    "q",
    "visa",
    "sida",
    "sok",
    "form",
    "av",
    "write",
    "version",
    "set",
    "to",
    "why",
    "withdraw",
    "sought",
    "where",
    "outcome",
    "remove",
    "number",
    "was-kind",
    "undo",
    "blind",
    "due",
    "target-resor",
    "number",
    "step-text",
    "undo",
    "cite-quote",
    "cite-page",
    "keep",
    "area",
    "framework",
)
_MARKS = (
    "/",
    "//",
    "%2e%2e/",
    "..",
    "%00",
    "%ff",
    "å",
    "?",
    "#",
    ".yaml",
    "a" * 300,
    "%0a",
    "\\",
    ";",
    "+",
    "😀",
    "%ED%A0%80",
    ":",
    " ",
)
_VALUES = (
    *tuple(str(value) for value in ODD),
    "HEAD",
    "HEAD~1",
    "provplan/2026-11",
    "-x",
    "--output=x",
    "a\x00b",
    "a" * 9000,
    "\r\nx: y",
)
_HEADERS = (
    ("cookie", "granskning-lang=en"),
    ("cookie", "granskning-lang=\xff"),
    ("cookie", ";;==;"),
    ("hx-request", "true"),
    ("content-length", "x"),
    ("content-type", "multipart/form-data; boundary=x"),
    ("content-type", "multipart/form-data"),
    ("content-type", "\xff"),
    ("range", "bytes=9-1"),
    ("content-type", "application/x-www-form-urlencoded; charset=x"),
    ("accept-encoding", "gzip"),
    ("host", "annan"),
    ("origin", "null"),
    ("if-modified-since", "igår"),
    ("accept-language", "\xe5" * 2_000),
    ("sec-fetch-site", "cross-site"),
    ("referer", "x"),
    ("te", "x"),
)


@dataclass
class RequestsDoor:
    """The page that `serve` shows, without its socket."""

    name: str = "requests"
    _folder: Folder = field(default_factory=lambda: Folder(in_git=True))
    _app: Any = None

    def seeds(self) -> Mapping[str, bytes]:
        """Each address, read and written to."""
        reads = {f"GET {path}": _request("GET", path) for path in _READS}
        reads |= {f"GET {query}": _request("GET", "/skillnad", query=query) for query in _COMPARED}
        reads |= {f"GET {path}?{query}": _request("GET", path, query=query) for path, query in _QUERIES}
        reads |= {f"POST {path} upload": _upload(path, _NAMES[0], _DOCUMENTS[0]) for path in _UPLOADS}
        return reads | {f"POST {path}": _request("POST", path, body="level=1") for path in _CHANGES}

    def mutate(self, data: bytes, random: Random) -> bytes:
        """Change the address, the fields, the headers or the body."""
        held = json.loads(data)
        if random.random() < 0.1:
            return _upload(
                random.choice(_UPLOADS), random.choice(_NAMES), random.choice(_DOCUMENTS), random.choice(_FIELDS)
            )
        for _ in range(random.choice((1, 1, 2, 3))):
            kind = random.randrange(8)
            if kind > 5:  # a value that is there becomes another
                where = random.choice(("query", "body"))
                fields = dict(parse_qsl(held[where], keep_blank_values=True)) or {"fran": ""}
                fields[random.choice(list(fields))] = random.choice(_VALUES)
                held[where] = urlencode(fields, errors="surrogatepass")
            elif kind == 0:
                at = random.randrange(len(held["path"]) + 1)
                held["path"] = held["path"][:at] + random.choice(_MARKS) + held["path"][at + random.randrange(3) :]
            elif kind == 1:
                fields = {random.choice(_FIELDS): random.choice(_VALUES) for _ in range(random.randrange(1, 5))}
                where = random.choice(("query", "body"))
                held[where] += "&" + urlencode(fields, errors="surrogatepass")
            elif kind == 2:
                held["headers"].append(random.choice(_HEADERS))
            elif kind == 3:
                held["method"] = random.choice(("GET", "HEAD", "POST", "PUT", "OPTIONS", "get", "", "\xe5"))
            elif kind == 4:
                parts = held["path"].split("/")
                parts[random.randrange(len(parts))] = quote(
                    random.choice(_VALUES)[:400], safe="", errors="surrogatepass"
                )
                held["path"] = "/".join(parts)
            else:
                held["body"] = random.choice(
                    ("", "&", "=", "%", "a=%ff", "--x\r\n\r\n\r\n--x--", "a=1&" * 2_000, held["query"], "\0")
                )
        return json.dumps(held).encode()

    def enter(self, data: bytes) -> str:
        """Answer. Reading changes nothing, and no answer is an error of ours."""
        request = json.loads(data)
        folder = self._folder.renew()
        before = print_of(folder) if request["method"] in ("GET", "HEAD") else ""
        # in a thread of its own: where browsers are driven by the same process, its main thread has a loop that runs
        with lawful(), ThreadPoolExecutor(1) as apart:
            status = apart.submit(lambda: asyncio.run(self._answer(folder, request))).result()
            if status is None or status >= 500:
                raise Violation(f"answered {status}")
        if before and print_of(folder) != before:
            raise Violation("reading wrote in the folder")
        return f"{status // 100}xx"

    async def _answer(self, folder: Path, request: dict[str, Any]) -> int | None:
        if self._app is None:
            access = Access(frozenset({HOST}))
            self._app = make_app(AppState(EditSession(folder), access, "sv"))
        statuses: list[int] = []
        body = [{"type": "http.request", "body": request["body"].encode("latin-1", "replace"), "more_body": False}]

        async def receive() -> Message:
            if not body:
                await asyncio.sleep(_PATIENCE)  # whoever asks waits for the answer
            return body.pop() if body else {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            if message["type"] == "http.response.start":
                statuses.append(message["status"])

        raw = request["path"].encode("utf-8", "surrogatepass")
        ours = [("host", HOST), ("content-type", "application/x-www-form-urlencoded"), ("origin", f"http://{HOST}")]
        named = {name for name, _ in request["headers"]}
        headers = [*((name, value) for name, value in ours if name not in named), *request["headers"]]
        scope = {
            "type": "http",
            "http_version": "1.1",
            "asgi": {"version": "3.0"},
            "method": request["method"],
            "scheme": "http",
            "path": unquote_to_bytes(raw).decode("utf-8", "replace"),
            "raw_path": raw,
            "root_path": "",
            "client": ("127.0.0.1", 1),
            "query_string": request["query"].encode("ascii", "replace"),
            "server": (HOST, 80),
            "state": {},
            "headers": [(name.encode(), value.encode("latin-1", "replace")) for name, value in headers],
        }
        await self._app(scope, receive, send)
        return statuses[0] if statuses else None


def _request(method: str, path: str, body: str = "", query: str = "") -> bytes:
    return json.dumps({"method": method, "path": path, "query": query, "headers": [], "body": body}).encode()


def _upload(path: str, name: str, document: str, left_out: str = "") -> bytes:
    """A form with a file in it, as a browser sends one."""
    parts = [f'name="{key}"\r\n\r\n{value}' for key, value in _FORM.items() if key != left_out]
    parts += [f'name="{field}"; filename="{name}"\r\n\r\n{document}' for field in ("document", "workbook")]
    body = "".join(f"--x\r\nContent-Disposition: form-data; {part}\r\n" for part in parts) + "--x--\r\n"
    request = json.loads(_request("POST", path, body))
    request["headers"] = [("content-type", "multipart/form-data; boundary=x")]
    return json.dumps(request).encode()
