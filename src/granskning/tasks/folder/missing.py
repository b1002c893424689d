"""What a name or a path that is not there may have meant: asked here by every command that takes one."""

from __future__ import annotations

import os
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from granskning.edges.lookup import exists, is_file, names_in, nearest_path, resolved
from granskning.errors import UnreadableFileError, UsageError
from granskning.findings.suggestions import MEANT, KnownNames, advice_on, as_typed, folded, is_near
from granskning.i18n import N_

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from granskning.edges.disk import FolderFiles

_FOLDERS = ("strategies", "reviews")
"""What stands in a path and not in a name."""


def no_such_path(start: Path, path: Path, files: FolderFiles, *, following: Sequence[Path] = ()) -> UsageError:
    """That nothing lies at a path, with what was meant; `following` are the paths that were named after it."""
    message = N_("there is no file or folder {path}")
    suggestion = likely_path(start, path, files, following=following)
    if suggestion is not None:
        return UsageError(message, MEANT, path=path, suggestion=suggestion)
    strategies = strategy_names(files)
    hint = N_("strategies: {known}") if strategies else N_("see that the name is right")
    return UsageError(message, hint, path=path, known=KnownNames(strategies))


def likely_path(start: Path, path: Path, files: FolderFiles, *, following: Sequence[Path] = ()) -> str | None:
    """What a path that is not there may have meant, as a shell takes it; None where it is like nothing.

    A path whose spaces were taken to part it, a name with some of its folders, or a path that is nearly so.
    """
    likely = _in_pieces(start, path, following) or _as_name(path, files) or _near_path(start, path, files.root)
    return None if likely is None else as_typed(likely)


def with_what_was_meant(error: UnreadableFileError, path: Path) -> UnreadableFileError:
    """The error about a file that a user named, with the files of the folder that it is, or the path most like it."""
    lying = KnownNames([as_typed(name) for name in names_in(path) if is_file(path / name)])
    if lying.known:
        return UnreadableFileError(error.message, N_("name a file in it: {known}"), known=lying, **error.values)
    nearest = nearest_path(path)
    hint = MEANT if nearest else ""
    return UnreadableFileError(error.message, hint, suggestion=as_typed(str(nearest)), **error.values)


def strategy_names(files: FolderFiles) -> list[str]:
    """The strategies that a folder has, by the files that lie in it."""
    return sorted({file.split("/")[1] for file in files.under("strategies") if file.count("/") > 1})


def _in_pieces(start: Path, path: Path, following: Sequence[Path]) -> str | None:
    """The path that this is the beginning of, where the spaces in it were not put in quotation marks."""
    words = [str(path)]
    for piece in following:
        words.append(str(piece))
        if exists(start / " ".join(words)):
            return " ".join(words)
    return None


def _near_path(start: Path, path: Path, root: Path) -> str | None:
    """The nearest path within the working folder: what lies elsewhere is no business of whoever asks."""
    whole = resolved(start / path)
    nearest = nearest_path(whole) if whole.is_relative_to(resolved(root)) else None
    if nearest is None:
        return None
    return nearest.as_posix() if path.is_absolute() else Path(os.path.relpath(nearest, resolved(start))).as_posix()


def _as_name(path: Path, files: FolderFiles) -> str | None:
    """What is meant by a path that lacks folders, or a name that has some: of several the last."""
    wanted = _without_folders(path)
    names = {_without_folders(PurePath(name)): name for file in files.under("strategies") for name in _names_of(file)}
    fitting = [parts for parts in names if wanted and parts[-len(wanted) :] == wanted]
    return names[max(fitting)] if fitting else None


def _names_of(file: str) -> Iterator[str]:
    """The file, and the strategy and the round that it lies in."""
    _, strategy, *rest = file.split("/")
    yield file
    if rest:
        yield strategy
    if len(rest) > 1 and rest[0] == "reviews":
        yield f"{strategy}/{rest[1]}"


def _without_folders(path: PurePath) -> tuple[str, ...]:
    """The parts of a path that say what it is about, without the file's ending."""
    parts = (part for part in (*path.parent.parts, path.stem) if part)
    return tuple(folded(part) for part in parts if not any(is_near(part, folder) for folder in _FOLDERS))


def unknown_strategy(name: str, known: Collection[str], *, below: Sequence[str] = ()) -> UsageError:
    """That there is no such strategy: the one that was meant, else those that there are, else how one is begun.

    `below` is what was named with it, such as the round and the role. A folder's name before the strategy's is no part.
    """
    message = N_("there is no strategy {strategy}")
    if not known:
        return UsageError(message, N_("there is none yet; begin one on the page: granskning serve"), strategy=name)
    if below and below[0] in known and is_near(name, _FOLDERS[0]):
        return UsageError(message, MEANT, strategy=name, suggestion="/".join(below))
    whole = "/".join(("{}", *below))
    return UsageError(message, **advice_on(name, sorted(known), N_("strategies: {known}"), whole=whole), strategy=name)


def unknown_set(name: str, known: Collection[str], *, own: str = "") -> UsageError:
    """That there is no such criteria set, by SET or SET@VERSION: the one that was meant, else those that there are.

    `known` are references or ids. A version that stands alone is one of the set `own`; a file is the set in it.
    """
    message = N_("there is no criteria set {set}, or it has errors")
    written = PurePath(name).stem if "/" in name or name.endswith((".yaml", ".yml")) else name
    id_ = own if written.replace(".", "").isdigit() else written.partition("@")[0]
    versions = sorted(reference for reference in known if reference.partition("@")[0] == id_)
    if versions and versions != [id_]:
        message = message if "@" in written else N_("{set} does not name a version of a criteria set")
        exact = f"{id_}@{written}"
        hint = MEANT if exact in versions else N_("its versions: {known}")
        return UsageError(message, hint, set=name, suggestion=exact, known=KnownNames(versions))
    if "@" not in written:
        known = {reference.partition("@")[0] for reference in known}
    return UsageError(message, **advice_on(written, sorted(known), N_("those that are there: {known}")), set=name)
