"""What git remembers of scores: git → versions → results, commit by commit, as lines of time.

Each commit is scored with its own tree: the criteria set that a review names is the one that lay beside it then.
Nothing is written but the cache, and of the repository nothing is run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.edges.cache import Cache
from granskning.edges.disk import FolderFiles, find_root
from granskning.edges.git_command import Git
from granskning.edges.git_log import Change, read_log
from granskning.edges.git_objects import blob_id, read_blobs, same_content, try_list_tree
from granskning.errors import UnreadableFileError, UsageError
from granskning.i18n import N_
from granskning.tasks.history_lines import Lines
from granskning.tasks.history_scores import Scores, Sets, Versions
from granskning.tasks.history_walk import context_paths, take, walk
from granskning.workspace.load import MARK, kind_of_file
from granskning.workspace.near import nearest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from granskning.edges.git_log import Log
    from granskning.errors import GranskningError
    from granskning.i18n import Translator
    from granskning.scoring.timeline import Timeline
    from granskning.tasks.history_walk import State

_KINDS = ("review", "criteria", "indicator", "workspace")


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


def read_history(  # noqa: PLR0913  # what a user may choose, by name
    start: Path,
    t: Translator,
    *,
    strategy: str | None = None,
    full: bool = False,
    cached: bool = True,
    tick: Callable[[int, int], None] = lambda _done, _all: None,
) -> History:
    """The history of the working folder that `start` lies in, or of one strategy. With `full`, whole scores too."""
    root = find_root(start)
    git = Git(root)
    log = read_log(git, context_paths())
    cache = Cache("history") if cached else None
    try:
        versions = Versions(lambda blobs: read_blobs(git, blobs), cache)
        sets = Sets(versions, cache)
        lines = Lines(versions.facts, sets, log.begins, t.language)
        state = _follow(git, log, versions, lines, tick)
        lines.add(take(None, _uncommitted(root, state, log, versions), state, versions.facts))
        if strategy is not None:
            _must_know(strategy, lines.strategies())
        wanted = lines.wanted(strategy)
        outcomes = Scores(versions, sets, cache, t, full=full).work_out(wanted, tick)
        submodules = {one.path for commit in log.commits for one in commit.changes if one.is_submodule}
        return History(lines.timelines(outcomes, strategy), log.damage, tuple(sorted(submodules)), bool(log.begins), versions.is_damaged)
    finally:
        if cache:
            cache.close()


def _follow(git: Git, log: Log, versions: Versions, lines: Lines, tick: Callable[[int, int], None]) -> State:
    """Walk the log to its end. Returns the newest commit's state."""
    from granskning.tasks.history_walk import State  # noqa: PLC0415  # named above for types alone

    known = {commit.id for commit in log.commits}
    torn = [commit.id for commit in log.commits if commit.parents and commit.parents[0] not in known]
    trees = {commit: _tree(git, commit) for commit in torn}
    paths = {
        change.blob: change.path
        for commit in log.commits
        for change in commit.changes
        if change.blob and kind_of_file(change.path) == "review"
    }
    for tree in trees.values():
        paths |= {blob: path for path, blob in tree.items() if kind_of_file(path) == "review"}
    versions.learn(paths, tick)
    state = State()
    for step in walk(log.commits, versions.facts, lambda commit: trees[commit]):
        lines.add(step)
        state = step.state
    return state


def _tree(git: Git, commit: str) -> Mapping[str, str]:
    tree = try_list_tree(git, commit)
    return {} if tree is None else tree.blobs


def _uncommitted(root: Path, state: State, log: Log, versions: Versions) -> list[Change]:
    """What in the folder differs from the newest commit, found by reading and hashing the files here."""
    files = FolderFiles(root)
    held = {**state.reviews, **state.context}
    apart = tuple(f"{one.path}/" for commit in log.commits for one in commit.changes if one.is_submodule)
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
            blob = blob_id(content, log.head)
            versions.extra[blob] = content
            changes.append(Change(path, blob))
    changes += [Change(path, None) for path in sorted(held.keys() - set(there))]
    versions.learn({one.blob: one.path for one in _reviews(changes) if one.blob}, lambda _done, _all: None)
    return changes


def _reviews(changes: list[Change]) -> Iterator[Change]:
    return (one for one in changes if kind_of_file(one.path) == "review")


def _must_know(strategy: str, known: list[str]) -> None:
    if strategy not in known:
        near = nearest(strategy, known)
        message = N_("git remembers no review of a strategy {strategy}")
        hint = N_("did you mean {suggestion}?") if near else N_("strategies: {strategies}")
        raise UsageError(message, hint, strategy=strategy, suggestion=near, strategies=", ".join(known) or "–")
