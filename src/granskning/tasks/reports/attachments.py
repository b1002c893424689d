"""What a report in PDF rests on, as it goes along in the file: sources, own data, templates and a manifest.

The sources are in their public form, without comments and internal notes, unless the report itself is internal. The
manifest names every file with its SHA-256, and what else the pages depend on, so that the report can be made again.

What a report rests on, as its PDF carries it along, and what a manifest says of it afterwards.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from granskning import __version__
from granskning.edges.disk import read_file
from granskning.edges.lookup import exists
from granskning.edges.machine import library_versions
from granskning.edges.printing.deciding_libraries import PRINTERS, RENDERERS
from granskning.edges.printing.pdf import Attached
from granskning.files import is_yaml
from granskning.i18n import LOCALE
from granskning.json_text import indented_json
from granskning.language_tags import untagged
from granskning.reporting.shared_parts.provenance import attached_name
from granskning.scoring.score_history import NO_MEMORY, ScoreHistory, plain_memory
from granskning.shipped import templates_folder
from granskning.tasks.reports.templates import load_templates
from granskning.workspace.public import public_form
from granskning.workspace.variants import whole_bytes
from granskning.workspace.yaml.canonical_form import canonical

if TYPE_CHECKING:
    from collections.abc import Mapping

    from granskning.files import Files
    from granskning.i18n import Translator
    from granskning.model.evidence import QuotationStatus
    from granskning.model.review import LeftOut
    from granskning.reporting.blocks.frame import Provenance

MANIFEST = "manifest.json"
REPORT = "report.json"
HISTORY = "history.json"
"""What git remembers of a strategy, as its report over time tells it."""
TEMPLATES = "templates.json"
_UNDATED = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)
"""The date of attachments where nothing in the sources has one; never today's."""


class Attacher:
    """Makes the attachments of a workspace's reports. What several reports rest on is read and shortened once."""

    def __init__(self, files: Files, templates: Mapping[str, str], t: Translator) -> None:
        self._files = files
        self._t = t
        shipped = load_templates(templates_folder().parent)
        self._own = {name: text for name, text in sorted(templates.items()) if shipped.get(name) != text}
        self._templates = layout_of(templates, t)
        self._held: dict[str, bytes] = {}
        self._public: dict[str, bytes] = {}

    def key(self, basis: ReportSources) -> str:
        """The hash of all that the attachments depend on beside the report itself."""
        contents = {path: fingerprint(self._read(path)) for path in (*basis.sources, *basis.beside)}
        return fingerprint(canonical([basis, contents, self._templates]))

    def attach(self, basis: ReportSources, report: Any) -> tuple[Attached, ...]:
        """The files that the report's PDF carries, the manifest first."""
        contents: dict[str, bytes] = {}
        files: list[dict[str, Any]] = []

        def add(name: str, data: bytes, role: str, path: str, original: bytes) -> None:
            contents[name] = data
            files.append({
                "name": name, "path": path, "role": role, "sha256": fingerprint(data),
                "original_sha256": fingerprint(original), "rests_on": path in basis.sources,
            })  # fmt: skip

        for path in sorted({*basis.sources, *basis.beside}):
            original = self._read(path)
            add(attached_name(path), original if basis.internal else self._shortened(path), "source", path, original)
        data = report_data(basis.kind, report)
        add(REPORT, data, "data", REPORT, data)
        if basis.memory.moments:
            past = _json(plain_memory(basis.memory))
            add(HISTORY, past, "data", HISTORY, past)
        if self._own:
            own = _json(self._own)
            add(TEMPLATES, own, "template", TEMPLATES, own)
        manifest = self._manifest(basis, untagged(report.title), files)
        return make_attachments(_json(manifest), manifest, contents, self._t)

    def _manifest(self, basis: ReportSources, title: str, files: list[dict[str, Any]]) -> dict[str, Any]:
        criteria = basis.identity[0] if basis.kind == "criteria" else None
        strategy, round_, reviewer = (*(() if criteria else basis.identity), None, None, None)[:3]
        origin = basis.provenance
        return {
            "schema": "granskning/manifest/1",
            "tool": {"name": "granskning", "version": origin.tool},
            "scoring": origin.scoring,
            "libraries": versions((*RENDERERS, *PRINTERS)),
            "templates": self._templates,
            "report": {
                "kind": basis.kind, "title": title, "strategy": strategy, "round": round_, "reviewer": reviewer,
                "against": dict(zip(("strategy", "round", "reviewer"), basis.against, strict=True))
                if basis.against else None,
                **({"criteria": criteria} if criteria else {}),
                **({"template": basis.template} if basis.template else {}),
                **({"page": origin.page} if origin.page else {}),
            },
            "language": self._t.asked,
            "internal": basis.internal,
            "as_of": origin.as_of,
            "commit": origin.commit,
            "changed": origin.changed,
            "fingerprint": origin.fingerprint,
            "files": files,
            **({"left_out": [asdict(item) for item in basis.left_out]} if basis.left_out else {}),
            **({"faults": dict(basis.faults)} if basis.faults else {}),
            **({"quotations": [asdict(status) for status in basis.quotations]} if basis.quotations else {}),
        }  # fmt: skip

    def _read(self, path: str) -> bytes:
        if path not in self._held:
            self._held[path] = whole_bytes(self._files, path)
        return self._held[path]

    def _shortened(self, path: str) -> bytes:
        if path not in self._public:
            self._public[path] = public_form(self._read(path)) if is_yaml(path) else self._read(path)
        return self._public[path]


def make_attachments(
    data: bytes, manifest: Mapping[str, Any], contents: Mapping[str, bytes], t: Translator
) -> tuple[Attached, ...]:
    """The attachments that a manifest names, with their contents by name."""
    date = _date(manifest["as_of"])
    first = Attached(MANIFEST, data, t("What the report rests on, with SHA-256"), date, "Data")
    return (first, *(_attachment(entry, contents[entry["name"]], date, t) for entry in manifest["files"]))


def _attachment(values: Mapping[str, Any], data: bytes, date: dt.datetime, t: Translator) -> Attached:
    if values["role"] == "source":
        return Attached(values["name"], data, t("Source: {path}", path=values["path"]), date, "Source")
    words = {"data": t("The report's own data"), "template": t("Templates of the working folder")}
    told = t("What git remembers of the results") if values["name"] == HISTORY else words[values["role"]]
    return Attached(values["name"], data, told, date, "Data")


def report_data(kind: str, report: Any) -> bytes:
    """The report's own data, as its PDF carries them."""
    return _json({"kind": kind, "report": json.loads(untagged(canonical(report)))})


def layout_of(templates: Mapping[str, str], t: Translator) -> str:
    """The hash of the templates and words that pages are made with."""
    return fingerprint(canonical([dict(templates), catalogue(t)]))


def identity_of(attached: tuple[Attached, ...]) -> str:
    """What the file's own id is made of: the manifest, and so everything it names."""
    return fingerprint(attached[0].data) if attached else ""


def fingerprint(content: bytes | str) -> str:
    """SHA-256 of bytes, or of text in UTF-8."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def fingerprint_of(hashes: Mapping[str, str]) -> str:
    """The fingerprint of sources, from the SHA-256 of each by path."""
    return fingerprint("".join(f"{path}\0{hashes[path]}\n" for path in sorted(hashes)))


def versions(names: tuple[str, ...]) -> dict[str, str]:
    """The versions of the program and of libraries that decide how an output looks."""
    return {"granskning": __version__, **library_versions(names)}


def catalogue(t: Translator) -> str:
    """The fingerprint of the translations; none where the messages are the originals."""
    path = LOCALE / t.language / "LC_MESSAGES" / "messages.mo"
    return fingerprint(read_file(path)) if exists(path) else ""


def _json(value: Any) -> bytes:
    return f"{indented_json(value, 1)}\n".encode()


def _date(as_of: str | None) -> dt.datetime:
    try:
        return dt.datetime.fromisoformat(as_of or "").replace(tzinfo=dt.UTC)
    except ValueError:
        return _UNDATED


@dataclass(frozen=True, slots=True)
class StatedProvenance:
    """What a manifest says of a report's origin, where that can't be found out from its sources."""

    commit: str | None
    changed: bool
    hashes: Mapping[str, str]
    """SHA-256 of the files as they were in the working folder, by path."""
    left_out: tuple[LeftOut, ...] = ()
    """The files that did not count."""
    faults: Mapping[str, int] = field(default_factory=dict)
    """How many errors were found in its files, by path."""
    page: str = ""
    """The name of its page in a build."""
    quotations: tuple[QuotationStatus, ...] = ()
    """What had come of looking its quotations up."""


@dataclass(frozen=True, slots=True)
class ReportSources:
    """What one report rests on."""

    kind: str
    identity: tuple[str, ...]
    """Strategy, round and reviewer, as far as the kind has them; of a set's annex the set and its version."""
    sources: tuple[str, ...]
    """The files that its fingerprint is of."""
    beside: tuple[str, ...]
    """Files that are needed to make it again but are not counted in."""
    provenance: Provenance
    internal: bool = False
    against: tuple[str, ...] = ()
    """Of a change, the identity of the earlier review."""
    memory: ScoreHistory = NO_MEMORY
    """Of a strategy over time, what git remembers."""
    left_out: tuple[LeftOut, ...] = ()
    """The files that do not count and that it tells of; they may not be readable, so they do not go along."""
    faults: tuple[tuple[str, int], ...] = ()
    """How many errors there are in its sources, by path."""
    quotations: tuple[QuotationStatus, ...] = ()
    """What came of looking up the quotations that it shows."""
    template: str = ""
    """The folder's own report that it is made as; empty for the shipped one of its kind."""
