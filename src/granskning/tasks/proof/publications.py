"""What has been published in a working folder, by the registers beside the files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning.edges.readers.reading import read_archive
from granskning.errors import UnreadableFileError
from granskning.files import is_plain
from granskning.tasks.reports.attachments import fingerprint
from granskning.workspace.schema.kinds import kind_of_file
from granskning.workspace.schema.schema import check_values
from granskning.workspace.yaml.source import Fault, decode, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from granskning.edges.limits import Limit
    from granskning.files import Files

REGISTER = "publication.yaml"


@dataclass(frozen=True, slots=True)
class Publication:
    """One publication: what was published as that number."""

    folder: str
    values: Mapping[str, Any]

    @property
    def number(self) -> int:
        """Its number."""
        return int(self.values["number"])

    @property
    def strategy(self) -> str:
        """Whose it is."""
        return str(self.values["strategy"])

    @property
    def date(self) -> str | None:
        """The date of what was published."""
        date: str | None = self.values["date"]
        return date

    @property
    def files(self) -> tuple[Mapping[str, Any], ...]:
        """Name, role, size and SHA-256 of each file."""
        return tuple(self.values["files"])

    def is_of(self, manifest: Mapping[str, Any]) -> bool:
        """Whether it is of the same report, made of the same sources."""
        report = manifest["report"]
        same = all(self.values[part] == report[part] for part in ("strategy", "round", "reviewer"))
        return report["kind"] == "review" and same and self.values["fingerprint"] == manifest["fingerprint"]


def read_publications(files: Files, strategy: str | None = None) -> tuple[Publication, ...]:
    """Every publication whose register can be read, by strategy and number."""
    return tuple(sorted(_read(files, strategy), key=lambda item: (item.strategy, item.number)))


def sources_of(publication: Publication, files: Files, limit: Limit | None = None) -> tuple[tuple[str, bytes], ...]:
    """What lies in the zip file of a publication, by name; nothing unless it is the one that was published.

    Raises ReadingStoppedError for one that cannot be unpacked within the limit.
    """
    name = next((one["name"] for one in publication.files if one["role"] == "sources"), None)
    path = f"{publication.folder}/{name}"
    wanted = {one["sha256"] for one in publication.files if one["name"] == name}
    if name is None or not is_plain(name):
        return ()
    try:
        data = files.read(path)
        if fingerprint(data) not in wanted:
            return ()
        return read_archive(data, path, limit)
    except UnreadableFileError:
        return ()


def _read(files: Files, strategy: str | None) -> Iterator[Publication]:
    for path in files.under(f"strategies/{strategy}/published" if strategy else "strategies"):
        if kind_of_file(path) != "publication":
            continue
        try:
            text = decode(files.read(path))
        except UnreadableFileError:
            continue
        reading = None if isinstance(text, Fault) else read(text)
        if reading is not None and reading.whole and not check_values("publication", reading.value, path):
            yield Publication(path.rpartition("/")[0], reading.value)
