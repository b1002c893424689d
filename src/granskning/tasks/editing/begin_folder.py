"""A folder where nothing is yet becomes a working folder, with the organisation's name and, if wished, its versions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from granskning.edges.disk import MARK
from granskning.edges.git_begin import begin_repository, has_git
from granskning.edges.lookup import exists
from granskning.shipped import framework_names
from granskning.tasks.editing.commit import save_version
from granskning.tasks.editing.init import init_workspace, write_git_settings
from granskning.tasks.folder.save import edit_file, open_file
from granskning.workspace.schema.edit_order import order_of
from granskning.workspace.yaml.edits import Set

if TYPE_CHECKING:
    from pathlib import Path

    from granskning.i18n import Translator


@dataclass(frozen=True, slots=True)
class FirstWishes:
    """What the one who begins says of the folder."""

    organisation: str
    framework: str | None = None
    """A framework of the gallery; None for the usual sets."""
    is_example: bool = False
    name: str = ""
    """Who saves versions; with neither name nor address no repository is made."""
    address: str = ""


def is_begun(root: Path) -> bool:
    """Whether the folder is a working folder already."""
    return exists(root / MARK)


def gallery() -> tuple[str, ...]:
    """The frameworks that a folder can begin with."""
    return framework_names()


def begin_folder(root: Path, wishes: FirstWishes, t: Translator) -> None:
    """Make the working folder. Raises WriteRefusedError where a file of it is there already, and what git raises."""
    init_workspace(root, t, example=wishes.is_example, framework=wishes.framework)
    if wishes.organisation:
        _, opened = open_file(root / MARK)
        edit_file(root / MARK, [Set(("organisation",), wishes.organisation)], order_of("workspace"), opened=opened)
    if wishes.name or wishes.address:
        begin_versions(root, wishes.name, wishes.address, t)


def begin_versions(root: Path, name: str, address: str, t: Translator) -> None:
    """Make the repository, tell it who saves, and save the first version, with the settings that git reads."""
    write_git_settings(root, t)
    begin_repository(root, name, address)
    save_version(root, t("The first version"), t)


def keep_versions(root: Path) -> Literal["made", "is_kept", "no_git"]:
    """Make a repository of a working folder where git is on this computer and keeps no versions of it yet.

    Nothing is saved: that is for who works here to do. Raises NotSavedError with what git said.
    """
    if not has_git():
        return "no_git"
    return "made" if begin_repository(root) else "is_kept"
