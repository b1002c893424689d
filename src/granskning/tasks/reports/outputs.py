"""The output folder: which outputs are up to date, and the key by which the next build knows.

A key is the hash of everything that an output's bytes depend on. An output is up to date when it is there as it was
made and would get the same key. The keys lie in `.granskning.json` beside the outputs.
"""

from __future__ import annotations

import hashlib
from time import monotonic
from typing import TYPE_CHECKING

from granskning.edges.claim import clear_all_leftovers
from granskning.edges.disk import leads_inside, place_in, read_file
from granskning.edges.lookup import is_file
from granskning.edges.writing import write_atomic
from granskning.errors import GranskningError, UnreadableFileError
from granskning.files import is_plain
from granskning.json_text import indented_json
from granskning.workspace.schema.returned import read_returned

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MANIFEST = ".granskning.json"
_SCHEMA = "granskning/build/1"
_PAUSE = 5.0
"""Seconds between two times that the keys are written down while outputs are made: so much a kill may cost."""


class Outputs:
    """The outputs of a folder, by posix path. `tell` hears of each as it is written."""

    def __init__(self, folder: Path, tell: Callable[[str], None]) -> None:
        self.folder = folder
        self.written: set[str] = set()
        self.unchanged: set[str] = set()
        self.removed: set[str] = set()
        self._tell = tell
        clear_all_leftovers(folder)
        self._keys = _read_keys(folder)
        self._gone: set[str] = set()
        self._kept_at = monotonic()

    @property
    def is_new(self) -> bool:
        """Whether nothing was made here before, as far as is known."""
        return not self._keys

    def has(self, output: str) -> bool:
        """Whether an output is there and up to date, new or as it was."""
        return output in self.written or output in self.unchanged

    @property
    def made(self) -> dict[str, str]:
        """The SHA-256 of each output that is up to date, as it was made, and of the record; nothing without one.

        Another may have come since. A build that was killed before it wrote its keys has outputs that no record knows.
        """
        try:
            record = fingerprint(read_file(self.folder / MANIFEST))
        except UnreadableFileError:
            return {}
        outputs = {output: self._keys[output]["sha256"] for output in sorted(self.written | self.unchanged)}
        return {**outputs, MANIFEST: record}

    def is_stale(self, output: str, key: str) -> bool:
        """Whether an output has to be made; one that has not is noted as unchanged."""
        known = self._keys.get(output)
        if known is None or known["key"] != key or not self._is_as_made(output):
            return True
        self.unchanged.add(output)
        return False

    def write(self, output: str, data: bytes, key: str) -> None:
        """Write an output whole. Raises WriteRefusedError."""
        write_atomic(place_in(self.folder, output), data)
        self.written.add(output)
        self._keys[output] = {"key": key, "sha256": fingerprint(data)}
        if monotonic() - self._kept_at >= _PAUSE:
            self.keep_keys()
        self._tell(output)

    def forget(self, gone: Callable[[str], bool]) -> None:
        """Remove outputs whose source is gone, unless somebody has changed them."""
        for output in sorted(filter(gone, self._keys)):
            if self._is_as_made(output):
                try:
                    (self.folder / output).unlink()
                except OSError:
                    continue  # the next build tries again
                self.removed.add(output)
            del self._keys[output]
            self._gone.add(output)

    def keep_keys(self) -> None:
        """Write the keys down for the next build; those of another that writes here at the same time stay."""
        written = _read_keys(self.folder)
        others = {output: key for output, key in written.items() if output not in self._gone}
        own = {output: self._keys[output] for output in self.written | self.unchanged if output in self._keys}
        keys = {**self._keys, **others, **own}
        outputs = {output: keys[output] for output in sorted(keys)}
        if keys != written:
            text = indented_json({"schema": _SCHEMA, "outputs": outputs}, 1)
            write_atomic(place_in(self.folder, MANIFEST), f"{text}\n".encode())
        self._kept_at = monotonic()

    def _is_as_made(self, output: str) -> bool:
        if not leads_inside(self.folder, output) or not is_file(self.folder / output):
            return False
        try:
            return fingerprint(read_file(self.folder / output)) == self._keys[output]["sha256"]
        except UnreadableFileError:
            return False


def fingerprint(content: bytes | str) -> str:
    """SHA-256 of bytes, or of text in UTF-8."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def _read_keys(folder: Path) -> dict[str, dict[str, str]]:
    """The keys of the last build; none where they can't be read or are not as we write them: then all is stale.

    The folder may have come from somebody else, and what stands here is compared with files and removed.
    """
    try:
        record = read_returned("build", read_file(place_in(folder, MANIFEST)))
    except GranskningError:
        return {}
    if record is None or not all(map(is_plain, record["outputs"])):
        return {}
    outputs: dict[str, dict[str, str]] = record["outputs"]
    return outputs
