"""A collection from its file: which organisations there are, where their files lie, and what is wrong with that."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
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
        return ((item, self.files[item.id]) for item in self.collection.organisations if item.id in self.files)


def open_collection(root: Path) -> tuple[Gathered | None, OpenedFiles]:
    """The collection of a folder, None where its file has errors of its own; and all that is wrong with it."""
    reader = _CollectionReader(root)
    return reader.read(), reader.opened


class _CollectionReader:
    """Reads one collection's file and looks where its organisations lie."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.opened = OpenedFiles(FolderFiles(root))

    def read(self) -> Gathered | None:
        values = self.opened.open(COLLECTION)
        if values is None:
            return None
        collection = modelling_collection.collection(values)
        faults = dict(_doubled(self.root, collection))
        files: dict[str, OrganisationFiles] = {}
        for number, organisation in enumerate(collection.organisations):
            if organisation.id in faults:
                continue
            own = _incomplete(organisation) or open_organisation(self.root, organisation)
            if isinstance(own, OrganisationFault):
                faults[organisation.id] = _finding(own.code, number, own.key, **own.values)
            else:
                files[organisation.id] = own
        gathered = Gathered(self.root, collection, files, faults)
        self.opened.add(COLLECTION, [*_all_doubled(self.root, collection), *_others(gathered)])
        return gathered


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
    ids = Counter(organisation.id for organisation in collection.organisations)
    places = Counter(place for organisation in collection.organisations for place in _places(root, organisation))
    for number, organisation in enumerate(collection.organisations):
        if ids[organisation.id] > 1:
            yield _finding("GR908", number, "id", id=organisation.id)
        elif any(places[place] > 1 for place in _places(root, organisation)):
            yield _finding("GR909", number, "", place=organisation.place)


def _doubled(root: Path, collection: Collection) -> Iterator[tuple[str, Finding]]:
    """By id, the first of what is told of it twice."""
    for finding in _all_doubled(root, collection):
        number = finding.at.path[1]
        yield collection.organisations[int(number)].id, finding


def _places(root: Path, organisation: Organisation) -> tuple[object, ...]:
    """What tells a working folder: where it lies, whatever links lead there, and the commit that is read of it."""
    if _incomplete(organisation) is not None:
        return ()
    place = resolved(root / organisation.repository / organisation.folder)
    return (place, (organisation.commit, organisation.folder)) if organisation.commit else (place,)


def _others(gathered: Gathered) -> Iterator[Finding]:
    """What is wrong with the organisations' files, their groups, and the folder of the collection itself."""
    collection = gathered.collection
    known = [group.id for group in collection.groups]
    for number, organisation in enumerate(collection.organisations):
        fault, group = gathered.faults.get(organisation.id), organisation.group
        if fault is not None and fault.rule.code not in ("GR908", "GR909"):
            yield fault
        if group and group not in known:
            finding = _finding("GR911", number, "group", group=group, known=KnownNames(known))
            yield replace(finding, near=(group, known))
    if FolderFiles(gathered.root).exists(MARK):
        yield Finding(RULES["GR917"], Pointer(COLLECTION))
