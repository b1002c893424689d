"""A collection from its file: which organisations there are, where their files lie, and what is wrong with that."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.edges.disk import FolderFiles, find_collection
from granskning.edges.lookup import resolved
from granskning.errors import NotAWorkspaceError, UsageError
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.findings.suggestions import KnownNames
from granskning.i18n import N_
from granskning.tasks.collection.organisation_files import OrganisationFault, OrganisationFiles, open_organisation
from granskning.workspace.opened import OpenedFiles
from granskning.workspace.schema import modelling_collection
from granskning.workspace.schema.kinds import COLLECTION, MARK

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from granskning.model.collection.collection import Collection, Organisation


@dataclass(frozen=True, slots=True)
class Gathered:
    """A collection whose file could be read."""

    root: Path
    collection: Collection
    files: Mapping[str, OrganisationFiles]
    """By id, the organisations that are read."""
    faults: Mapping[str, Finding]
    """By id, why the others are not."""

    @property
    def read(self) -> Iterator[tuple[Organisation, OrganisationFiles]]:
        """The organisations that are read, in the order of the file."""
        return ((one, self.files[one.id]) for one in self.collection.organisations if one.id in self.files)


def open_collection(root: Path) -> tuple[Gathered | None, OpenedFiles]:
    """The collection of a folder, None where its file has errors of its own; and all that is wrong with it."""
    opened = OpenedFiles(FolderFiles(root))
    values = opened.open(COLLECTION)
    if values is None:
        return None, opened
    collection = modelling_collection.collection(values)
    faults = dict(_doubled(root, collection))
    files: dict[str, OrganisationFiles] = {}
    for number, organisation in enumerate(collection.organisations):
        if organisation.id in faults:
            continue
        found = _incomplete(organisation) or open_organisation(root, organisation)
        if isinstance(found, OrganisationFault):
            faults[organisation.id] = _finding(found.code, number, found.key, **found.values)
        else:
            files[organisation.id] = found
    gathered = Gathered(root, collection, files, faults)
    opened.add(COLLECTION, [*_all_doubled(root, collection), *_others(gathered)])
    return gathered, opened


def require_collection(start: Path) -> Gathered:
    """The collection that a place lies in. Raises NotAWorkspaceError, and UsageError where its file has errors."""
    root = find_collection(start)
    if root is None:
        message = N_("{folder} is not a collection, nor is any folder above it")
        raise NotAWorkspaceError(message, N_("a collection has a granskning.collection.yaml"), folder=start)
    gathered, _ = open_collection(root)
    if gathered is None:
        raise UsageError(N_("granskning.collection.yaml has errors"), N_("see: granskning check"))
    return gathered


def _finding(code: str, number: int, key: str, **values: object) -> Finding:
    return Finding(RULES[code], Pointer(COLLECTION, ("organisations", number, *((key,) if key else ()))), values)


def _incomplete(organisation: Organisation) -> OrganisationFault | None:
    """What keys an organisation needs and lacks."""
    if organisation.repository and not organisation.commit:
        return OrganisationFault("GR914", "", {"missing": "commit"})
    if organisation.commit and not organisation.repository:
        return OrganisationFault("GR914", "", {"missing": "repository"})
    if not (organisation.folder or organisation.repository):
        return OrganisationFault("GR914", "", {"missing": "folder"})
    return None


def _all_doubled(root: Path, collection: Collection) -> Iterator[Finding]:
    """Every organisation whose id or place another has too."""
    ids = Counter(one.id for one in collection.organisations)
    places = Counter(_place(root, one) for one in collection.organisations)
    for number, one in enumerate(collection.organisations):
        if ids[one.id] > 1:
            yield _finding("GR908", number, "id", id=one.id)
        elif places[_place(root, one)] > 1:
            yield _finding("GR909", number, "", place=one.place)


def _doubled(root: Path, collection: Collection) -> Iterator[tuple[str, Finding]]:
    """By id, the first of what is told of it twice."""
    for finding in _all_doubled(root, collection):
        number = finding.at.path[1]
        yield collection.organisations[int(number)].id, finding


def _place(root: Path, organisation: Organisation) -> Path:
    """Where a working folder lies, whatever links lead there and whatever commit is meant."""
    return resolved(root / organisation.repository / organisation.folder)


def _others(gathered: Gathered) -> Iterator[Finding]:
    """What is wrong with the organisations' files, their groups, and the folder of the collection itself."""
    collection = gathered.collection
    known = [group.id for group in collection.groups]
    for number, one in enumerate(collection.organisations):
        fault = gathered.faults.get(one.id)
        if fault is not None and fault.rule.code not in ("GR908", "GR909"):
            yield fault
        if one.group and one.group not in known:
            finding = _finding("GR911", number, "group", group=one.group, known=KnownNames(known))
            yield Finding(finding.rule, finding.at, finding.values, near=(one.group, known))
    if FolderFiles(gathered.root).exists(MARK):
        yield Finding(RULES["GR917"], Pointer(COLLECTION))
