"""What git remembers of scores: git → versions → results, commit by commit, as lines of time.

Each commit is scored with its own tree: the criteria set that a review names is the one that lay beside it then.
Nothing is written but the cache, and of the repository nothing is run.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from granskning.edges.cache import Cache
from granskning.edges.disk import FolderFiles, find_root
from granskning.edges.git_command import Git
from granskning.edges.git_log import FileChange, find_tip, read_log
from granskning.edges.git_objects import (
    blob_id,
    is_partial,
    list_tree,
    read_blobs,
    same_content,
    sparse_files,
    try_list_tree,
)
from granskning.errors import NoHistoryError, UnreadableFileError, UsageError
from granskning.findings.suggestions import advice_on
from granskning.i18n import N_
from granskning.remembering import may_remember
from granskning.scoring.timeline import plain_timelines, timelines_of
from granskning.tasks.history.history_scores import Scores
from granskning.tasks.history.history_sets import Sets
from granskning.tasks.history.history_versions import Versions
from granskning.tasks.history.history_walk import context_paths, take, walk
from granskning.uncollected import uncollected
from granskning.workspace.schema.kinds import MARK, kind_of_file
from granskning.workspace.schema.returned import read_cached

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from granskning.edges.git_log import Log, Tip
    from granskning.edges.git_objects import Tree
    from granskning.errors import GranskningError
    from granskning.files import Files
    from granskning.i18n import Translator
    from granskning.scoring.timeline import Timeline
    from granskning.tasks.history.history_lines import Lines
    from granskning.tasks.history.history_walk import State

_KINDS = ("review", "strategy", "criteria", "indicator", "workspace")
_READ = ("review", "strategy")
"""The kinds of files whose every version is read."""


@dataclass(frozen=True, slots=True)
class History:
    """All lines of time, and what could not be told."""

    timelines: tuple[Timeline, ...]
    damage: GranskningError | None
    submodules: tuple[str, ...]
    """Folders that are repositories of their own, whose history is not told."""
    is_shallow: bool
    is_damaged: bool
    """Whether contents that git should have could not be read; the moments say which."""
    is_committed: bool = True
    """Whether the folder is as the newest commit has it, so that no more was asked than that and the folder's files."""


@uncollected()
def read_history(  # noqa: PLR0913  # what a user may choose, by name
    start: Path,
    t: Translator,
    *,
    name: str | None = None,
    full: bool = False,
    at: str | None = None,
    files: Files | None = None,
    tick: Callable[[int, int], None] = lambda _done, _all: None,
) -> History:
    """The history of the working folder that `start` lies in. With `full`, whole scores too.

    `name` asks for less: STRATEGY, STRATEGY/ROUND or STRATEGY/ROUND/ROLE.

    `at` is a commit: the history up to that, whatever came after. It must be there. `files` are the folder's, for who
    wants to know what is asked of them.
    """
    root = find_root(start)
    git = Git(root)
    tip = find_tip(git) if at is None else find_tip(git)._replace(head=at)
    cache = Cache("history") if may_remember() else None
    try:
        tree = list_tree(git, tip.head)
        contents: dict[str, bytes] = {}
        changes: list[FileChange] = []
        is_whole = False
        if at is None:
            changes, is_whole = _uncommitted(files or FolderFiles(root), git, tree, tip.head, contents)
        ledger = Ledger(cache, root, tip, f"{t.asked}{full:d}") if cache and not changes and at is None else None
        history = ledger.find() if ledger else None
        if history is None:
            history = _Reading(git, tip, cache, t, full, tick).read(
                changes, contents, None if ledger else name and name.split("/")[0]
            )
            if ledger:
                ledger.keep(history)
        history = replace(history, is_committed=is_whole and not changes)
        return history if name is None else _only(history, *name.split("/"))
    finally:
        if cache:
            cache.close()


def _only(history: History, strategy: str, *below: str) -> History:
    """The lines of one strategy, by any id that it has gone by; below that of one round, and of one reviewer."""
    known = sorted({name for line in history.timelines for name in line.names})
    if strategy not in known:
        message, whole = N_("git remembers no review of a strategy {strategy}"), "/".join(("{}", *below))
        advice = advice_on(strategy, known, N_("strategies: {known}"), whole=whole)
        raise UsageError(message, **advice, strategy=strategy)
    lines = tuple(line for line in history.timelines if strategy in line.names)
    chosen = tuple(line for line in lines if (line.round, line.reviewer)[: len(below)] == below)
    if not chosen:
        names = sorted({"/".join((line.strategy, *filter(None, (line.round, line.reviewer)))) for line in lines})
        message, name = N_("git remembers no round or review {name}"), "/".join((strategy, *below))
        names = sorted({"/".join(known.split("/")[: len(below) + 1]) for known in names})
        raise UsageError(message, **advice_on(name, names, N_("those that it does: {known}")), name=name)
    return replace(history, timelines=chosen)


class Ledger:
    """The history as it was last told, which holds as long as nothing has been committed since."""

    def __init__(self, cache: Cache, root: Path, tip: Tip, form: str) -> None:
        self._cache = cache
        self._key = f"h:{hashlib.sha256(f'{root}{chr(0)}{form}'.encode('utf-8', 'surrogateescape')).hexdigest()}"
        self._mark = hashlib.sha256("\n".join([tip.head, *sorted(tip.begins)]).encode()).hexdigest()

    def find(self) -> History | None:
        """The history, if it is of the same commits."""
        mark, _, value = self._cache.get_many([self._key]).get(self._key, "").partition("\n")
        if mark != self._mark:
            return None
        try:
            lines, submodules, is_shallow = read_cached("history", value)
            timelines = timelines_of(lines)
        except (ValueError, IndexError, TypeError):  # not as it was written, or a number that stands for nothing
            return None
        return History(timelines, None, tuple(submodules), is_shallow, is_damaged=False)

    def keep(self, history: History) -> None:
        """Remember it, unless something could not be read, which may be mended tomorrow."""
        if history.damage is None and not history.is_damaged:
            values = [plain_timelines(history.timelines), history.submodules, history.is_shallow]
            told = json.dumps(values, separators=(",", ":"))
            self._cache.put_many([(self._key, f"{self._mark}\n{told}")])


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reading of the history."""

    git: Git
    tip: Tip
    cache: Cache | None
    t: Translator
    full: bool
    tick: Callable[[int, int], None]

    def read(self, changes: list[FileChange], contents: Mapping[str, bytes], strategy: str | None) -> History:
        """All lines, or those of one strategy."""
        from granskning.tasks.history.history_lines import Lines

        log = read_log(self.git, context_paths(), self.tip)
        versions = Versions(lambda blobs: read_blobs(self.git, blobs), self.cache)
        versions.extra.update(contents)
        sets = Sets(versions, self.cache)
        known = {commit.id for commit in log.commits}
        torn = {commit.id for commit in log.commits if commit.parents and commit.parents[0] not in known}
        lines = Lines(versions.facts, versions.strategies, sets, log.begins | torn, self.t.language)
        state = _follow(self.git, log, torn, versions, lines, self.tick)
        read = {change.blob: change.path for change in changes if change.blob and kind_of_file(change.path) in _READ}
        versions.learn(read, lambda _done, _all: None)
        lines.add(take(None, changes, state, versions.facts))
        chosen = strategy if strategy in lines.strategies() else None
        outcomes = Scores(versions, sets, self.cache, self.t, full=self.full).evaluate(lines.wanted(chosen), self.tick)
        submodules = {change.path for commit in log.commits for change in commit.changes if change.is_submodule}
        timelines = lines.timelines(outcomes, chosen)
        damage = log.damage
        if versions.is_damaged and is_partial(self.git):
            message = N_("git has not fetched all contents: the clone is a partial one")
            damage = NoHistoryError(message, N_("fetch the rest with: git fetch --refetch --no-filter"))
        return History(timelines, damage, tuple(sorted(submodules)), bool(log.begins), versions.is_damaged)


def _follow(  # noqa: PLR0913  # the walk's own parts
    git: Git, log: Log, torn: set[str], versions: Versions, lines: Lines, tick: Callable[[int, int], None]
) -> State:
    """Walk the log to its end. Returns the newest commit's state. `torn` are commits whose parents are not there."""
    from granskning.tasks.history.history_walk import State  # named above for types alone

    trees = {commit: _tree(git, commit) for commit in sorted(torn)}
    paths = {
        change.blob: change.path
        for commit in reversed(log.commits)  # git has stored the newest whole and the others as what differs
        for change in commit.changes
        if change.blob and kind_of_file(change.path) in _READ
    }
    for tree in trees.values():
        paths |= {blob: path for path, blob in tree.items() if kind_of_file(path) in _READ}
    versions.learn(paths, tick)
    state = State()
    for step in walk(log.commits, versions.facts, lambda commit: trees[commit]):
        lines.add(step)
        state = step.state
    return state


def _tree(git: Git, commit: str) -> Mapping[str, str]:
    tree = try_list_tree(git, commit)
    return {} if tree is None else tree.blobs


def _uncommitted(
    files: Files, git: Git, tree: Tree, like: str, contents: dict[str, bytes]
) -> tuple[list[FileChange], bool]:
    """What in the folder differs from the newest commit, found by reading and hashing the files here.

    The contents that differ are put into `contents` by id. Also whether all its files are here, changed or not.
    """
    held = {path: blob for path, blob in tree.blobs.items() if kind_of_file(path) in _KINDS}
    apart = tuple(f"{path}/" for path in tree.submodules)
    changes = []
    there = [MARK, *files.under("criteria"), *files.under("strategies")]
    for path in there:
        if kind_of_file(path) not in _KINDS or path.startswith(apart):
            continue
        try:
            content = files.read(path)
        except UnreadableFileError:
            continue
        if not same_content(content, held.get(path)):
            blob = blob_id(content, like)
            contents[blob] = content
            changes.append(FileChange(path, blob))
    gone = held.keys() - set(there)
    left_out = sparse_files(git).keys() if gone else set()
    return changes + [FileChange(path, None) for path in sorted(gone - left_out)], not gone
