"""The page of `granskning serve`, asked in this process: what its server does, without any network."""

from __future__ import annotations

import asyncio
import html
import io
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from ruamel.yaml import YAML

from granskning.tasks.editing.edit_session import EditSession
from granskning.tasks.folder.save import edit_file, open_file
from granskning.web.access.request_checks import Access
from granskning.web.app import make_app
from granskning.web.parts.context import AppState
from granskning.workspace.yaml.edits import Set

if TYPE_CHECKING:
    from pathlib import Path


STATIC = ("/static/page.css", "/static/page.js", "/static/htmx.min.js", "/static/text.woff2", "/static/strong.woff2")
MOST_BYTES = 200_000


class Asked:
    """A page over a folder, and the means to ask it."""

    def __init__(self, folder: Path) -> None:
        self.desk = EditSession(folder)
        self.app = make_app(AppState(self.desk, Access(hosts=frozenset({"bench"})), "sv"))

    def get(self, path: str, *, packed: bool = False) -> bytes:
        """A page that must be there; packed as a browser asks for it."""
        return self._ask("GET", path, b"", packed=packed)

    def post(self, path: str, **fields: str) -> bytes:
        """A form, sent as htmx sends it."""
        return self._ask("POST", path, urlencode(fields).encode())

    def base(self, path: str, criterion: str) -> str:
        """What the form of a question was made with."""
        found = re.search(rf'name="base" value="([^"]*)" form="form-{criterion}"', self.get(path).decode())
        if found is None:
            raise SystemExit(f"{path} has no question {criterion}")
        return html.unescape(found[1])

    def _ask(self, method: str, path: str, body: bytes, *, packed: bool = False) -> bytes:
        got: list[Any] = []
        headers = [
            (b"host", b"bench"),
            (b"origin", b"http://bench"),
            (b"hx-request", b"true" if method == "POST" else b"false"),
            (b"accept-encoding", b"gzip" if packed else b"identity"),
            (b"content-type", b"application/x-www-form-urlencoded"),
        ]
        scope = {
            "type": "http", "http_version": "1.1", "method": method, "path": path, "raw_path": path.encode(),
            "query_string": b"", "root_path": "", "scheme": "http", "headers": headers, "client": None, "server": None,
        }  # fmt: skip

        waiting = [body]

        async def receive() -> dict[str, Any]:
            if not waiting:  # the body has come; then nothing more, as long as the browser stays
                await asyncio.Event().wait()
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}

        async def send(message: Any) -> None:  # what ASGI asks for
            got.append(message)

        asyncio.run(self.app(scope, receive, send))
        if got[0]["status"] != 200:  # fine
            raise SystemExit(f"{path}: {got[0]['status']}")
        return b"".join(message.get("body", b"") for message in got[1:])


def address_of(folder: Path, file: Path) -> str:
    """Where a review is on the page."""
    _, strategy, _, name, reviewer = file.relative_to(folder).with_suffix("").parts
    return f"/granskning/{strategy}/{name}/{reviewer}"


class Trip:
    """One justification changed again and again: by the page, and by ruamel.yaml."""

    def __init__(self, asked: Asked, at: str, file: Path) -> None:
        self.asked, self.at, self.file = asked, at, file
        found = re.search(r'id="form-([a-z-]+)"', asked.get(at).decode())
        if found is None:
            raise SystemExit("the review has no questions")
        self.criterion = found[1]
        self.base = asked.base(at, self.criterion)
        self.number = 0

    def save(self) -> None:
        """A form comes in; the answer is merged, written, read back, scored and shown."""
        self.number += 1
        text = f"Motivering nummer {self.number}."
        got = self.asked.post(f"{self.at}/svar/{self.criterion}", base=self.base, justification=text).decode()
        found = re.search(r'name="base" value="([^"]*)"', got)
        if found is None or text not in (base := html.unescape(found[1])):
            raise SystemExit("the answer was not saved")
        self.base = base

    def write(self) -> None:
        """One field in the file: read, cut, read back and compared, and written whole."""
        self.number += 1
        edit = Set(("answers", self.criterion, "justification"), f"Motivering nummer {self.number}.")
        edit_file(self.file, [edit], opened=open_file(self.file)[1])

    def round_trip(self) -> None:
        """The same change, read and written by a library that keeps comments."""
        yaml = YAML()
        yaml.preserve_quotes, yaml.width = True, 4096
        yaml.indent(mapping=2, sequence=4, offset=2)
        values = yaml.load(self.file.read_text("utf-8"))
        values["answers"][self.criterion]["justification"] = "En annan motivering."
        yaml.dump(values, io.StringIO())
