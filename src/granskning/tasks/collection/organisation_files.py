"""The files of one organisation in a collection: a folder on disk, or a commit of a repository; or why there are none.

Nothing outside of the collection's own folder is read, whatever its file says and wherever links lead.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from granskning.edges.disk import FolderFiles, leads_inside
from granskning.edges.git_command import Git
from granskning.edges.git_objects import CommitFiles, find_commit, list_tree
from granskning.edges.lookup import is_folder, resolved
from granskning.errors import GranskningError
from granskning.files import is_plain
from granskning.findings.finding import FilledWords
from granskning.workspace.schema.kinds import COLLECTION, MARK

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from granskning.files import Files
    from granskning.model.collection.collection import Organisation


@dataclass(frozen=True, slots=True)
class OrganisationFault:
    """Why an organisation's files cannot be read, and at which of its keys."""

    code: str
    key: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class OrganisationFiles:
    """The files of one organisation."""

    files: Files
    root: Path | None
    """Where the working folder lies on disk; None for a commit's."""
    content: str = ""
    """What tells the whole content, where that is known without reading it: the commit and the folder."""


def open_organisation(root: Path, organisation: Organisation) -> OrganisationFiles | OrganisationFault:
    """The organisation's files, below the collection's folder `root`."""
    for key in ("repository", "folder"):
        path = getattr(organisation, key)
        if path and not is_plain(path):
            return OrganisationFault("GR902", key, {"path": path})
    if not organisation.repository:
        own = _folder(root, organisation.folder)
    else:
        try:
            own = _commit(root, organisation)
        except GranskningError as error:
            reason = FilledWords(error.message, error.values)
            own = OrganisationFault("GR907", "repository", {"repository": organisation.repository, "reason": reason})
    if isinstance(own, OrganisationFault):
        return own
    if own.files.exists(COLLECTION):
        return OrganisationFault("GR904", _key_of(organisation), {"folder": organisation.place})
    if not own.files.exists(MARK):
        return OrganisationFault("GR903", _key_of(organisation), {"folder": organisation.place})
    return own


def _folder(root: Path, folder: str) -> OrganisationFiles | OrganisationFault:
    if not leads_inside(root, folder):
        return OrganisationFault("GR902", "folder", {"path": folder})
    if not is_folder(root / folder):
        return OrganisationFault("GR901", "folder", {"folder": folder})
    return OrganisationFiles(FolderFiles(root / folder), root / folder)


def _commit(root: Path, organisation: Organisation) -> OrganisationFiles | OrganisationFault:
    """The working folder in a repository as a commit has it. Raises what git raises."""
    name, commit = organisation.repository, organisation.commit
    if not leads_inside(root, name):
        return OrganisationFault("GR902", "repository", {"path": name})
    if not is_folder(root / name):
        return OrganisationFault("GR901", "repository", {"folder": name})
    git = Git(root / name)
    if not _is_its_own(git, root, root / name):
        return OrganisationFault("GR905", "repository", {"repository": name})
    if find_commit(git, commit) != commit:
        return OrganisationFault("GR906", "commit", {"repository": name, "commit": commit[:10]})
    prefix = f"{organisation.folder}/" if organisation.folder else ""
    blobs = {path.removeprefix(prefix): blob for path, blob in list_tree(git, commit).blobs.items()
             if path.startswith(prefix)}  # fmt: skip
    if organisation.folder and not blobs:
        return OrganisationFault("GR901", "folder", {"folder": organisation.place})
    return OrganisationFiles(CommitFiles(git, blobs), None, f"{commit}:{organisation.folder}")


def _is_its_own(git: Git, root: Path, place: Path) -> bool:
    """Whether a place is the top of a repository that lies whole in the collection's folder.

    Without that, git would look for one in the folders above, and read whatever lies there.
    """
    answer = git.try_ask("rev-parse", "--is-bare-repository", "--absolute-git-dir")
    bare, _, stored = (answer or b"").decode("utf-8", "surrogateescape").strip().partition("\n")
    if not stored or not leads_inside(root, stored):
        return False
    if bare == "true":
        return resolved(type(root)(stored)) == resolved(place)
    top = (git.try_ask("rev-parse", "--show-toplevel") or b"").decode("utf-8", "surrogateescape").rstrip("\n")
    return bool(top) and resolved(type(root)(top)) == resolved(place)


def _key_of(organisation: Organisation) -> str:
    """The key that says where the working folder is."""
    return "folder" if organisation.folder else "repository"
