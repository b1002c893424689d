"""A client of yaml-language-server: opens a text, and hears what the editor would show of it."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from types import TracebackType

_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One fault that the editor marks; the line counts from 1."""

    line: int
    message: str


class LanguageServer:
    """The server as a process, spoken to over its standard input and output, with the settings that `init` writes."""

    def __init__(self, program: Path, folder: Path, settings: Mapping[str, Any]) -> None:
        self._folder = folder
        self._settings = _nested(settings)
        self._process = subprocess.Popen(
            [program, "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._replies: queue.Queue[dict[str, Any]] = queue.Queue()
        self._told: queue.Queue[tuple[str, list[dict[str, Any]]]] = queue.Queue()
        self._number = 0
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()
        self._shake_hands()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait()
        self._listener.join(_SECONDS)
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()

    def diagnose(self, path: Path, text: str | None = None) -> list[Diagnostic]:
        """Open a file, or a text that is not saved yet, and return what is marked in it."""
        self._open(path, path.read_text("utf-8") if text is None else text)
        return self._hear([path])[path]

    def diagnose_all(self, paths: Sequence[Path]) -> dict[Path, list[Diagnostic]]:
        """What is marked in each of many files, opened together: the server lets each text rest a while first."""
        for path in paths:
            self._open(path, path.read_text("utf-8"))
        marked = self._hear(paths)
        self.close(*paths)
        return marked

    def complete(self, path: Path, line: int, column: int) -> list[dict[str, Any]]:
        """What is offered at a place of an open file; line and column count from 1."""
        answer = self._ask("textDocument/completion", self._place(path, line, column))
        items: list[dict[str, Any]] = answer["items"] if isinstance(answer, dict) else answer
        return items

    def hover(self, path: Path, line: int, column: int) -> str:
        """The text shown over a place of an open file."""
        answer = self._ask("textDocument/hover", self._place(path, line, column))
        return str(answer["contents"]["value"]) if answer else ""

    def close(self, *paths: Path) -> None:
        """Close files; the server then takes their marks away."""
        for path in paths:
            self._note("textDocument/didClose", {"textDocument": {"uri": path.as_uri()}})
        assert not any(self._hear(paths).values())

    def _open(self, path: Path, text: str) -> None:
        self._number += 1  # what the server has made of one version it keeps
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": self._number, "text": text}
        self._note("textDocument/didOpen", {"textDocument": document})

    def _hear(self, paths: Sequence[Path]) -> dict[Path, list[Diagnostic]]:
        """What the server says next of each file."""
        waiting, heard = {path.as_uri(): path for path in paths}, {}
        while waiting:
            about, marks = self._told.get(timeout=_SECONDS)
            if path := waiting.pop(about, None):
                told = [Diagnostic(mark["range"]["start"]["line"] + 1, mark["message"]) for mark in marks]
                heard[path] = sorted(told, key=lambda diagnostic: diagnostic.line)
        return heard

    # --- the protocol -------------------------------------------------------------------------------------------

    def _shake_hands(self) -> None:
        item = {"snippetSupport": True, "documentationFormat": ["markdown"]}
        capabilities = {
            "textDocument": {"completion": {"completionItem": item}, "hover": {"contentFormat": ["markdown"]}},
            "workspace": {"configuration": True},
        }
        uri = self._folder.as_uri()
        folders = [{"uri": uri, "name": "arbetsmapp"}]
        self._ask(
            "initialize",
            {"processId": os.getpid(), "rootUri": uri, "capabilities": capabilities, "workspaceFolders": folders},
        )
        self._note("initialized", {})

    @staticmethod
    def _place(path: Path, line: int, column: int) -> dict[str, Any]:
        return {"textDocument": {"uri": path.as_uri()}, "position": {"line": line - 1, "character": column - 1}}

    def _listen(self) -> None:
        while message := self._receive():
            if message.get("method") == "textDocument/publishDiagnostics":
                self._told.put((message["params"]["uri"], message["params"]["diagnostics"]))
            elif "method" in message and "id" in message:
                self._send({"id": message["id"], "result": self._answer(message)})
            elif "id" in message:
                self._replies.put(message)

    def _answer(self, question: dict[str, Any]) -> Any:
        """What the server asks of an editor: its settings."""
        if question["method"] != "workspace/configuration":
            return None
        return [self._settings.get(item.get("section", "")) for item in question["params"]["items"]]

    def _receive(self) -> dict[str, Any] | None:
        stream = self._process.stdout
        assert stream is not None
        length = 0
        while line := stream.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        if not length:
            return None
        message: dict[str, Any] = json.loads(stream.read(length))
        return message

    def _send(self, message: dict[str, Any]) -> None:
        stream = self._process.stdin
        assert stream is not None
        data = json.dumps({"jsonrpc": "2.0", **message}).encode()
        stream.write(b"Content-Length: %d\r\n\r\n" % len(data) + data)
        stream.flush()

    def _note(self, method: str, params: dict[str, Any]) -> None:
        self._send({"method": method, "params": params})

    def _ask(self, method: str, params: dict[str, Any]) -> Any:
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        while True:
            reply = self._replies.get(timeout=_SECONDS)
            if reply["id"] == self._number:
                assert "error" not in reply, reply["error"]
                return reply.get("result")


def _nested(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Settings by section, from the dotted names of an editor's settings file."""
    sections: dict[str, Any] = {}
    for name, value in settings.items():
        *path, last = name.split(".")
        here = sections
        for part in path:
            here = here.setdefault(part, {})
        if isinstance(here, dict):
            here[last] = value
    return sections
