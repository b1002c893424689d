"""The two things that a comparison is of: commits, the folder as it is, rounds, or files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from granskning.edges.disk import FolderFiles, find_root
from granskning.edges.git_command import Git
from granskning.edges.git_objects import (
    CommitFiles,
    SparseFolder,
    blob_id,
    find_commit,
    is_shallow,
    list_tree,
    same_content,
    sparse_files,
)
from granskning.edges.lookup import exists, is_file, resolved
from granskning.errors import GranskningError, MissingPartError, NoRepositoryError, UnreadableFileError, UsageError
from granskning.findings.severity import Severity
from granskning.findings.suggestions import MEANT, nearest
from granskning.i18n import N_
from granskning.model.rounds import date_of_round, order_rounds, round_order, rounds_of
from granskning.tasks.folder.missing import likely_path
from granskning.tasks.folder.name import path_of
from granskning.workspace.load import load_files, load_workspace
from granskning.workspace.schema.kinds import MARK, kind_of_file
from granskning.workspace.variants import base_paths

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from granskning.files import Files
    from granskning.model.criteria import CriteriaSet
    from granskning.model.rounds import RoundOrder
    from granskning.model.workspace import Workspace
    from granskning.tasks.folder.score import ScoredReview, ScoredRound
    from granskning.workspace.loaded import Loaded

Kind = Literal["folder", "round", "file", "criteria"]

_SHORT = 8
_HEAD = "HEAD"
_SHAPING = ("criteria", "indicator", "workspace")
"""The kinds of files that every review rests on."""


@dataclass(eq=False)
class Side:
    """One of the two: no value but a reading, which fetches what it is asked for once."""

    kind: Kind
    name: str
    """As the user named it; empty for the folder as it is."""
    commit: str | None
    """The commit that it is from; None for what lies in the folder."""
    files: Files
    only: tuple[str, ...] | None
    """The files to read; None for all."""
    pick: str | None = None
    """The one file that it is about, or the folder of the one round."""

    @cached_property
    def loaded(self) -> Loaded:
        """What could be read."""
        return load_files(self.files, only=self.only)

    def scored(self, score: Callable[[Workspace], tuple[ScoredReview, ...]]) -> tuple[ScoredReview, ...]:
        """Its reviews, with their results."""
        return tuple(one for one in score(self.loaded.workspace) if self._is_picked(one.review.file))

    def rounds(self) -> tuple[ScoredRound, ...]:
        """Its rounds, or the one that it is about."""
        from granskning.tasks.folder.score import score_rounds  # two tasks that know of each other

        made = score_rounds(self.loaded.workspace)
        if self.pick is None:
            return made
        return tuple(one for one in made if f"strategies/{one.strategy}/reviews/{one.round}" == self.pick)

    def current_sets(self) -> Mapping[str, CriteriaSet]:
        """The current version of each criteria set, by id."""
        sets = self.loaded.workspace.criteria.values()
        return {criteria_set.id: criteria_set for criteria_set in sets if "/earlier/" not in criteria_set.file}

    def criteria_set(self) -> CriteriaSet | None:
        """The set that its one file is."""
        return next(
            (
                criteria_set
                for criteria_set in self.loaded.workspace.criteria.values()
                if criteria_set.file == self.pick
            ),
            None,
        )

    @cached_property
    def broken(self) -> tuple[tuple[str, str], ...]:
        """Files that keep something from being compared, since they cannot be read or do not count, with the code."""
        found: dict[str, str] = {}
        for finding in self.loaded.findings:
            file = finding.at.file
            unread = kind_of_file(file) == "criteria" and not self._has_set(file)
            if finding.rule.severity is Severity.ERROR and unread:
                found.setdefault(file, finding.rule.code)
        for item in self.loaded.workspace.left_out:
            if item.everywhere and (self.only is None or item.file in self.only):
                found[item.file] = item.code
        return tuple(found.items())

    @cached_property
    def occasion(self) -> tuple[str, str, RoundOrder] | None:
        """The strategy and the round that it is about, and where that comes among rounds; None for a whole folder."""
        picked = [review for review in self.loaded.workspace.reviews if self.pick and self._is_picked(review.file)]
        if not picked or self.kind not in ("round", "file"):
            return None
        key = (picked[0].strategy, picked[0].round)
        made = next(
            scored_round for scored_round in rounds_of(self.loaded.workspace, key[0]) if scored_round.name == key[1]
        )
        return (*key, round_order(made.name, made.date))

    def _is_picked(self, file: str) -> bool:
        return self.pick is None or file == self.pick or file.startswith(f"{self.pick}/")

    def _has_set(self, file: str) -> bool:
        return any(criteria_set.file == file for criteria_set in self.loaded.workspace.criteria.values())


@dataclass(frozen=True, slots=True)
class _Named:
    """What a name stands for."""

    kind: Kind
    name: str
    commit: str | None = None
    pick: str | None = None


class _Place:
    """The working folder, and git if it is asked for."""

    def __init__(self, start: Path) -> None:
        self.start = start
        self.root = find_root(start)
        self.files = FolderFiles(self.root)

    @cached_property
    def git(self) -> Git:
        """Git in the folder."""
        return Git(self.root)

    def find(self, name: str) -> _Named:
        """What a name stands for: a file, the folder, a round or a commit."""
        path = self.start / name
        if name and exists(path) and (is_file(path) or resolved(path) == self.root):
            return self._path(name, path)
        parts = name.split("/")
        if len(parts) == 2 and self._has_reviews(*parts):  # noqa: PLR2004
            return _Named("round", name, pick=f"strategies/{parts[0]}/reviews/{parts[1]}")
        if parts[2:] and exists(self.root / "strategies" / parts[0]):
            return self._path(name, self.start / path_of(self.start, Path(name)))
        if (file := self._set(name)) is not None:
            return _Named("criteria", name, pick=file)
        try:
            commit = find_commit(self.git, name)
        except (MissingPartError, NoRepositoryError):
            if name.startswith(_HEAD):  # which is nothing but git's
                raise
            commit = None
        if commit is None:
            raise self._unknown(name)
        return _Named("folder", name, commit)

    def _set(self, name: str) -> str | None:
        """The file of a criteria set that is named with its version."""
        if "@" not in name or not (paths := [path for path in base_paths(name) if self.files.exists(path)]):
            return None
        criteria = load_files(self.files, only=paths, keep=False).workspace.criteria.get(name)
        return criteria.file if criteria else None

    def _path(self, name: str, path: Path) -> _Named:
        if resolved(path) == self.root:
            return _Named("folder", "")
        try:
            relative = resolved(path).relative_to(self.root).as_posix()
        except ValueError:
            message = N_("{path} lies outside the working folder {root}")
            raise UsageError(message, "", path=name, root=self.root) from None
        kinds: dict[str | None, Kind] = {"review": "file", "criteria": "criteria"}
        kind = kinds.get(kind_of_file(relative))
        if kind is None:
            message = N_("{path} is neither a review nor a criteria set")
            raise UsageError(message, N_("other files are compared as a part of two commits"), path=name)
        return _Named(kind, name, pick=relative)

    def _unknown(self, name: str) -> UsageError:
        rounds = sorted({"/".join((review.split("/")[1], review.split("/")[3])) for review in self._reviews()})
        suggestion = None
        if not name.startswith(_HEAD):  # which is nothing but git's
            suggestion = nearest(name, [_HEAD, *rounds]) or likely_path(self.start, Path(name), self.files)
        if not suggestion and self._is_shallow():
            message = N_("{name} is not here: the repository is a shallow clone, without what came before")
            raise UsageError(message, N_("fetch the rest with: git fetch --unshallow"), name=name)
        message = N_("{name} is no file, no round and nothing that git knows")
        hint = MEANT if suggestion else N_("name a commit, branch or tag, STRATEGY/ROUND, or a file")
        return UsageError(message, hint, name=name, suggestion=suggestion)

    def _is_shallow(self) -> bool:
        try:
            return is_shallow(self.git)
        except GranskningError:
            return False

    @cached_property
    def folder(self) -> Files:
        """The folder as it is, where what a sparse checkout leaves out is as git has it."""
        try:
            left_out = sparse_files(self.git)
        except GranskningError:
            left_out = {}
        return SparseFolder(self.files, CommitFiles(self.git, left_out)) if left_out else self.files

    def _has_reviews(self, strategy: str, round_: str) -> bool:
        """Whether there is a round with a review's file in it, whatever else lies there."""
        paths = self.files.under(f"strategies/{strategy}/reviews/{round_}")
        return any(kind_of_file(path) == "review" for path in paths)

    def _reviews(self) -> list[str]:
        return [one for one in self.files.under("strategies") if kind_of_file(one) == "review"]

    def next_round(self, named: _Named) -> _Named:
        """The round that came after."""
        _, strategy, _, round_ = (named.pick or "").split("/")
        rounds = self._in_order(strategy)
        later = rounds[rounds.index(round_) + 1 :]
        if not later:
            message = N_("no round of {strategy} comes after {round}")
            raise UsageError(message, N_("rounds: {rounds}"), strategy=strategy, round=round_, rounds=", ".join(rounds))
        return _Named("round", f"{strategy}/{later[0]}", pick=f"strategies/{strategy}/reviews/{later[0]}")

    def _in_order(self, strategy: str) -> list[str]:
        """The folders of the rounds of a strategy, the oldest first."""
        paths = [path for path in self._reviews() if path.split("/")[1] == strategy]
        workspace = load_workspace(self.files, only=paths)
        dates: dict[str, str] = {}
        for name in {path.split("/")[3] for path in paths}:
            reviews = [review for review in workspace.reviews if review.file.split("/")[3] == name]
            known = [
                workspace.strategies[review.strategy] for review in reviews if review.strategy in workspace.strategies
            ]
            named = {review.edition for review in reviews}
            editions = [edition.date for held in known for edition in held.editions if edition.id in named]
            dates[name] = date_of_round((review.date for review in reviews), editions)
        return order_rounds(dates)


def find_sides(start: Path, before: str, after: str | None) -> tuple[Side, Side]:
    """The two sides of a comparison. `A..B` is taken as A and B; without B, A is laid beside what came of it."""
    place = _Place(start)
    if after is None and ".." in before and not exists(start / before):
        before, _, after = before.partition("..")
        after = after.lstrip(".") or _HEAD
    one = place.find(before)
    other = place.find(after) if after is not None else None
    if other is None:
        if one.kind == "round":
            other = place.next_round(one)
        elif one.kind == "folder":
            other = _Named("folder", "")
        else:
            head = find_commit(place.git, _HEAD)
            if head is None:
                raise UsageError(N_("nothing has been saved with git yet, so there is nothing to compare with"), "")
            one, other = _Named(one.kind, _HEAD, head, one.pick), one
    one, other = _alike(one, other), _alike(other, one)
    if one.kind != other.kind:
        message = N_("{a} and {b} are not things of a kind, so they can't be compared")
        hint = N_("compare two commits, two rounds (STRATEGY/ROUND) or two files")
        raise UsageError(message, hint, a=before, b=after or other.name)
    return _read(place, one, other)


def _alike(target_name: _Named, other: _Named) -> _Named:
    """A commit beside a file or a round stands for that file or round as it was there."""
    if target_name.kind == "folder" and target_name.commit and other.kind != "folder" and other.commit is None:
        return _Named(other.kind, target_name.name, target_name.commit, other.pick)
    return target_name


def _read(place: _Place, target_name: _Named, other: _Named) -> tuple[Side, Side]:
    if target_name.kind == "folder":
        return _folders(place, target_name, other)
    sides = []
    for named in (target_name, other):
        files = _files(place, named)
        held = [named.pick] if named.kind != "round" else files.under(named.pick or "")
        only = tuple(path for path in held if path and files.exists(path))
        sides.append(Side(named.kind, _label(named), named.commit, files, only, named.pick))
    return sides[0], sides[1]


def _folders(place: _Place, target_name: _Named, other: _Named) -> tuple[Side, Side]:
    """Two states of the folder: of each only what is not the same, unless what all reviews rest on differs."""
    files = [_files(place, named) for named in (target_name, other)]
    like = target_name.commit or other.commit or "0" * 40
    first = _blobs(files[0], like, {})
    blobs = [first, _blobs(files[1], like, first)]
    changed = {path for path in {*blobs[0], *blobs[1]} if blobs[0].get(path) != blobs[1].get(path)}
    only: Collection[str] | None = None
    if not any(kind_of_file(path) in _SHAPING for path in changed):
        renewed = {path.split("/")[1] for path in changed if kind_of_file(path) == "strategy"}
        reviews = {path for held in blobs for path in held if kind_of_file(path) == "review"}
        homes = {path.rpartition("/")[0] for path in reviews if path in changed or path.split("/")[1] in renewed}
        only = {path for held in blobs for path in held if path.rpartition("/")[0] in homes}
    sides = [
        Side(
            named.kind,
            _label(named),
            named.commit,
            held,
            None if only is None else tuple(sorted(path for path in only if path in known)),
        )
        for named, held, known in zip((target_name, other), files, blobs, strict=True)
    ]
    return sides[0], sides[1]


def _files(place: _Place, named: _Named) -> Files:
    if named.commit is None:
        return place.folder
    return CommitFiles(place.git, list_tree(place.git, named.commit).blobs)


def _blobs(files: Files, like: str, beside: Mapping[str, str]) -> dict[str, str]:
    """The ids of the contents of the files that matter; one that differs only in line ends has the other's id."""
    if isinstance(files, CommitFiles):
        return {path: blob for path, blob in files.blobs.items() if kind_of_file(path)}
    found = {}
    for path in (MARK, *files.under("criteria"), *files.under("strategies")):
        if kind_of_file(path):
            try:
                content = files.read(path)
            except UnreadableFileError:
                found[path] = "?"
                continue
            known = beside.get(path)
            found[path] = known if known and same_content(content, known) else blob_id(content, like)
    return found


def _label(named: _Named) -> str:
    """How a side is called in the heading."""
    if named.commit is None:
        return named.name
    short = named.commit[:_SHORT]
    return short if named.commit.startswith(named.name) else f"{named.name} ({short})"
