"""What was promised, strategy by strategy: who is to do it, until when, how it goes, and when git saw it change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning.edges.disk import FolderFiles, find_root
from granskning.edges.git_command import Git
from granskning.edges.git_log import find_tip, read_log
from granskning.edges.git_objects import read_blobs
from granskning.model.figure_change import compare_figures
from granskning.model.rounds import joint_review
from granskning.tasks.folder.chosen import Chosen
from granskning.tasks.folder.missing import unknown_strategy
from granskning.tasks.folder.open import load_chosen
from granskning.workspace.files_by_kind import files_of_kinds, files_of_strategies
from granskning.workspace.schema.schema import check_values
from granskning.workspace.yaml.source import decode, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from granskning.model.decision import Action
    from granskning.model.figure_change import FigureChange
    from granskning.model.review import Review
    from granskning.model.strategy import Strategy
    from granskning.model.workspace import Workspace


@dataclass(frozen=True, slots=True)
class StatusChange:
    """A commit in which the status of an action became another."""

    commit: str
    date: str
    status: str | None
    """None where the action was taken out."""


@dataclass(frozen=True, slots=True)
class Promise:
    """One action with what it is part of."""

    strategy: Strategy
    action: Action
    file: str
    is_overdue: bool
    history: tuple[StatusChange, ...] | None
    """None where it was not asked for."""


@dataclass(frozen=True, slots=True)
class FollowedFigures:
    """The figures that the latest judgement of a strategy rested on, and those of the folder now."""

    strategy: str
    review: Review
    changes: tuple[FigureChange, ...]


@dataclass(frozen=True, slots=True)
class Promised:
    """The actions that were asked for, and the files that something is wrong with."""

    promises: tuple[Promise, ...]
    left_out: tuple[str, ...]
    """Files that cannot be read as actions, or whose strategy cannot: nothing of them is counted."""
    marked: tuple[str, ...]
    """Files with errors in what they say, whose actions are counted all the same."""
    figures: tuple[FollowedFigures, ...] = ()
    """By strategy, what has become of the figures that its latest judgement rested on."""


def list_actions(start: Path, strategy: str | None, as_of: str, *, overdue: bool, history: bool) -> Promised:
    """The actions of one strategy or of all, those due first before others, and what is wrong with their files.

    Raises UsageError for a strategy that is not there, and NoHistoryError where git is asked and has no answer.
    """
    root = find_root(start)
    files = FolderFiles(root)
    known = sorted(path.split("/")[1] for path in files_of_kinds(files, "strategy"))
    if strategy is None:
        chosen = Chosen(root, None)
    elif strategy in known:
        chosen = Chosen(root, (*files_of_kinds(files, "indicator"), *files_of_strategies(files, {strategy})))
    else:
        raise unknown_strategy(strategy, known)
    loaded = load_chosen(chosen, files, keep=True)
    workspace = loaded.workspace
    found = []
    for name, actions in workspace.actions.items():
        if name not in workspace.strategies or strategy not in (None, name):
            continue
        file = f"strategies/{name}/actions.yaml"
        turns = _turns(root, file) if history else {}
        for action in actions:
            late = action.is_overdue(as_of)
            if late or not overdue:
                told = tuple(turns.get(action.id, ())) if history else None
                found.append(Promise(workspace.strategies[name], action, file, late, told))
    found.sort(key=lambda item: (item.action.is_settled, item.action.due or "9999", item.strategy.id))
    own = [one for one in loaded.read if one.endswith("/actions.yaml") and strategy in (None, one.split("/")[1])]
    counted = {f"strategies/{name}/actions.yaml" for name in workspace.actions if name in workspace.strategies}
    left_out = sorted({*own} - counted)
    marked = sorted({*own} & counted & loaded.broken)
    return Promised(tuple(found), tuple(left_out), tuple(marked), tuple(_figures(workspace, strategy)))


def _figures(workspace: Workspace, only: str | None) -> Iterator[FollowedFigures]:
    for name in workspace.strategies:
        own = [review for review in workspace.reviews if review.strategy == name] if only in (None, name) else []
        if (review := _latest_judged(own)) is not None:
            changes = tuple(compare_figures(review.figures, workspace.indicators))
            yield FollowedFigures(name, review, changes)


def _turns(root: Path, file: str) -> dict[str, list[StatusChange]]:
    """For each action, the commits in which its status changed, the oldest first."""
    git = Git(root)
    commits = [
        (commit, change.blob)
        for commit in read_log(git, [file], find_tip(git)).commits
        for change in commit.changes
        if change.path == file
    ]
    blobs = list({blob for _, blob in commits if blob})
    statuses_of = {blob: _statuses(content) for blob, content in read_blobs(git, blobs)}
    turns: dict[str, list[StatusChange]] = {}
    before: dict[str, str] = {}
    for commit, blob in commits:
        statuses = statuses_of.get(blob) if blob else {}
        if statuses is None:
            continue  # broken in that commit: what it says cannot be known
        for name in dict.fromkeys((*before, *statuses)):
            if before.get(name) != statuses.get(name):
                turns.setdefault(name, []).append(StatusChange(commit.id, commit.date, statuses.get(name)))
        before = statuses
    return turns


def _statuses(data: bytes | None) -> dict[str, str] | None:
    """The status of each action in a version of the file, or None where the version cannot be read."""
    text = decode(data) if data is not None else None
    reading = read(text) if isinstance(text, str) else None
    if reading is None or not reading.whole or check_values("actions", reading.value, ""):
        return None
    return dict(_pairs(reading.value))


def _pairs(values: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for action in values["actions"]:
        yield action["id"], action["status"]


def _latest_judged(reviews: Sequence[Review]) -> Review | None:
    """Of the reviews of one strategy, in order of their rounds, the last that kept its figures; the joint one first."""
    kept = [review for review in reviews if review.figures]
    last = [review for review in kept if review.round == kept[-1].round]
    return joint_review(last) or (last[0] if last else None)
