"""The indicators of a working folder: read whole, with the bytes that a write is guarded by."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from granskning.edges.disk import FolderFiles, find_root, fingerprint_of, read_file
from granskning.errors import UsageError
from granskning.files import TEXT
from granskning.findings.severity import Severity
from granskning.findings.suggestions import advice_on
from granskning.i18n import N_
from granskning.workspace.files_by_kind import files_of_kinds
from granskning.workspace.load import load_files, load_workspace
from granskning.workspace.schema.kinds import STATISTICS
from granskning.workspace.yaml.source import decode, read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from granskning.findings.finding import Finding
    from granskning.model.criteria import CriteriaSet
    from granskning.model.indicator import Indicator
    from granskning.workspace.loaded import Loaded


@dataclass(frozen=True, slots=True)
class IndicatorFile:
    """One indicator as it stands on disk. `indicator` is None where the file has errors."""

    id: str
    path: Path
    data: bytes
    values: Mapping[str, Any]
    indicator: Indicator | None
    errors: tuple[Finding, ...]

    @property
    def fingerprint(self) -> str:
        """What a write of it is guarded by."""
        return fingerprint_of(self.data)


@dataclass(frozen=True, slots=True)
class IndicatorFolder:
    """The indicators of a folder that were asked for."""

    root: Path
    files: tuple[IndicatorFile, ...]


def open_indicators(start: Path, names: Sequence[str] = ()) -> IndicatorFolder:
    """The indicators of the working folder, or those named: no other file is read, however many reviews there are.

    Raises UsageError for a name that is none.
    """
    root = find_root(start)
    folder = FolderFiles(root)
    paths = {path.rsplit("/", 1)[-1].removesuffix(".yaml"): path for path in folder.under(STATISTICS)
             if path.endswith(".yaml") and path.count("/") == 2}  # fmt: skip  # noqa: PLR2004  # the folder's depth
    for name in names:
        if name not in paths:
            written = PurePath(name).stem if "/" in name else name
            advice = advice_on(written, sorted(paths), N_("indicators: {known}"))
            raise UsageError(N_("there is no indicator {id}"), **advice, id=name)
    chosen = dict.fromkeys(names) if names else paths
    loaded = load_files(folder, only=[paths[name] for name in chosen])
    return IndicatorFolder(root, tuple(_open(root, name, paths[name], loaded) for name in chosen))


def open_sets(root: Path) -> list[CriteriaSet]:
    """The criteria sets of a working folder in their current versions, with what they build on and no review."""
    files = FolderFiles(root)
    current = [path for path in files_of_kinds(files, "criteria") if not path.startswith("criteria/earlier/")]
    sets = load_workspace(files, only=current).criteria
    return [criteria for criteria in sets.values() if criteria.file in current]


def _open(root: Path, name: str, path: str, loaded: Loaded) -> IndicatorFile:
    data = read_file(root / path, TEXT)
    errors = tuple(
        finding for finding in loaded.findings if finding.at.file == path and finding.rule.severity is Severity.ERROR
    )
    indicator = next((item for item in loaded.workspace.indicators.values() if item.file == path), None)
    text = decode(data)
    values = read(text).value if isinstance(text, str) else None
    return IndicatorFile(name, root / path, data, values if isinstance(values, dict) else {}, indicator, errors)
