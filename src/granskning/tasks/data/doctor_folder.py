"""Look over a working folder: who may write in it, who keeps its versions, and what lies in it that should not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.edges import machine
from granskning.edges.claim import find_all_leftovers
from granskning.edges.disk import find_root
from granskning.edges.git_begin import author_of, has_git, is_in_repository
from granskning.edges.lookup import exists
from granskning.errors import GranskningError
from granskning.i18n import N_
from granskning.tasks.data.installed_part import InstalledPart
from granskning.tasks.folder.save import schemas_lacking
from granskning.workspace.checks.check_names import is_lock_or_copy
from granskning.workspace.starter import OF_GIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

_MOST_NAMED = 5
_WRITTEN = ("criteria", "strategies", "templates", ".granskning")
_ROOM = 500_000_000
"""Bytes: the example's reports with their web site take some 40 million, and each is made beside its own."""


def examine_folder(start: Path) -> Iterator[InstalledPart]:
    """The parts of the folder in the order to be told. Nothing is written."""
    purpose = N_("working here")
    try:
        root = find_root(start)
    except GranskningError:
        yield InstalledPart("granskning.yaml", "advice", "", purpose, "granskning init")
        return
    yield InstalledPart("granskning.yaml", "here", str(root), purpose)
    yield _write_rights(root)
    yield _room(root)
    yield from _versions(root)
    yield _schemas(root)
    yield from _sync(root)
    yield from _strays(root)


def _write_rights(root: Path) -> InstalledPart:
    places = [root, *(root / name for name in _WRITTEN if exists(root / name))]
    closed = [place.relative_to(root).as_posix() for place in places if not machine.may_write(place)]
    purpose = N_("saving what is filled in")
    if closed:
        return InstalledPart(N_("write rights"), "missing", ", ".join(closed), purpose, machine.rights_cure(root))
    return InstalledPart(N_("write rights"), "here", "", purpose)


def _room(root: Path) -> InstalledPart:
    free = machine.free_bytes(root)
    shown = f"{free / 1e9:.1f} GB" if free is not None else ""
    return InstalledPart(
        N_("disk"), "advice" if free is not None and free < _ROOM else "here", shown, N_("making reports")
    )


def _versions(root: Path) -> Iterator[InstalledPart]:
    """Whether git keeps versions, knows who saves them, and has been told what it shall leave as it is."""
    if not has_git():
        return
    purpose = N_("saving versions")
    try:
        is_kept, author = is_in_repository(root), author_of(root)
    except GranskningError:  # a git that does not answer; the line on git says so
        return
    yield InstalledPart(N_("git repository"), "here" if is_kept else "advice", "", purpose,
                        "" if is_kept else "granskning init --missing")  # fmt: skip
    cure = "" if author else 'git config --global user.name "…"; git config --global user.email …'
    yield InstalledPart(N_("name in git"), "here" if author else "advice", author or "", purpose, cure)
    lacking = [name for name in OF_GIT if not exists(root / name)]
    yield InstalledPart(N_("git settings"), "advice" if lacking else "here", ", ".join(lacking),
                        N_("documents that keep their bytes, and no outputs among the versions"),
                        "granskning init --missing" if lacking else "")  # fmt: skip


def _schemas(root: Path) -> InstalledPart:
    purpose, cure = N_("questions and levels in the editor"), "granskning schema --write"
    try:
        stale = schemas_lacking(root)
    except GranskningError:  # what cannot be read is told by check
        return InstalledPart(N_("editor schemas"), "advice", "", purpose, cure)
    named = _named(root, (write.path for write in stale))
    return InstalledPart(N_("editor schemas"), "advice" if stale else "here", named, purpose,
                         cure if stale else "")  # fmt: skip


def _sync(root: Path) -> Iterator[InstalledPart]:
    if program := machine.sync_program(root):
        purpose = N_("nothing: a sync program copies the folder; let only one person at a time write in it")
        yield InstalledPart(N_("sync program"), "spare", program, purpose)


def _strays(root: Path) -> Iterator[InstalledPart]:
    """What broken-off writes have left, and copies and locks that other programs have made."""
    if leftovers := find_all_leftovers(root):
        meant = N_("nothing: left by a write that was broken off; the next write in the same folder takes it away")
        yield InstalledPart("*.tmp", "spare", _named(root, leftovers), meant)
    files = (path for place in ("criteria", "strategies") for path in sorted((root / place).rglob("*")))
    if strays := [path for path in files if is_lock_or_copy(path.relative_to(root).as_posix())]:
        meant = N_("nothing: copies and locks of other programs; look at what they hold before you remove them")
        yield InstalledPart(N_("copies"), "spare", _named(root, strays), meant)


def _named(root: Path, paths: Iterable[Path]) -> str:
    names = [path.relative_to(root).as_posix() for path in paths]
    return ", ".join(names[:_MOST_NAMED]) + (" …" if len(names) > _MOST_NAMED else "")
