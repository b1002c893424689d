"""Follow the folder from commit to commit: which reviews were there, and with which criteria sets.

Every commit is seen with its own tree: the state of its first parent, with what the commit changed. What a file says
is looked up by the id of its content, so that nothing is read twice.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from granskning.edges.git_log import FileChange
from granskning.workspace.schema.kinds import MARK, kind_of_file

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from granskning.edges.git_log import Commit
    from granskning.tasks.history.history_facts import Facts, Identity, Place, RoundState


@dataclass(slots=True)
class State:
    """The folder at a commit."""

    reviews: dict[str, str] = field(default_factory=dict)
    """Blob by path."""
    context: dict[str, str] = field(default_factory=dict)
    """What reviews are scored with, blob by path: the criteria and the settings. Never changed in place."""
    names: dict[str, Identity] = field(default_factory=dict)
    """What each file was last known as, also while it can't be read."""

    rounds: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict)
    """Paths by strategy and round, as a folder's reading has them; never changed in place below the first level."""
    places: dict[str, Place] = field(default_factory=dict)
    """The strategy and round that each file belongs to: by what it says or, where it cannot be read, by its place."""
    strategies: dict[str, str] = field(default_factory=dict)
    """The content of each strategy's own file, by its id."""
    sound: dict[str, str] = field(default_factory=dict)
    """Of each file that cannot be read: the last content of it that could."""
    made: dict[Place, RoundState] = field(default_factory=dict)
    """The rounds as they were last made up."""

    def copy(self) -> State:
        """The same, to be changed apart."""
        return State(
            dict(self.reviews), self.context, dict(self.names), dict(self.rounds), dict(self.places),
            dict(self.strategies), dict(self.sound), dict(self.made),
        )  # fmt: skip

    def name(self, path: str, identity: Identity | None) -> None:
        """Note what a file is, or (None) that it is gone."""
        if identity is None:
            self.names.pop(path, None)
        else:
            self.names[path] = identity

    def lay(self, path: str, place: Place | None) -> Place | None:
        """Note the round that a file belongs to, or (None) that it is gone. Returns the round that it belonged to."""
        known = self.places.get(path)
        if known == place:
            return known
        self.places.pop(path, None)
        if known is not None:
            held = dict(self.rounds[known[0]])
            held[known[1]] = tuple(other for other in held[known[1]] if other != path)
            self.rounds[known[0]] = held
        if place is not None:
            self.places[path] = place
            held = self.rounds.get(place[0], {})
            if path not in held.get(place[1], ()):
                self.rounds[place[0]] = {**held, place[1]: (*held.get(place[1], ()), path)}
        return known

    def put(self, path: str, blob: str | None) -> str | None:
        """Change one file. Returns the kind of file that it is, of those that matter."""
        kind = kind_of_file(path)
        if kind == "review":
            if blob is None:
                self.reviews.pop(path, None)
            else:
                self.reviews[path] = blob
        elif kind == "strategy":
            name = path.split("/")[1]
            if blob is None:
                self.strategies.pop(name, None)
            else:
                self.strategies[name] = blob
        elif kind in ("criteria", "indicator", "workspace"):
            others = {name: held for name, held in self.context.items() if name != path}
            self.context = others if blob is None else {**others, path: blob}
        return kind


class HistoryStep(NamedTuple):
    """What a commit (None: the folder as it is) did, and the folder after it."""

    commit: Commit | None
    touched: tuple[Touch, ...]
    state: State
    context_before: dict[str, str]
    rounds: tuple[Place, ...]
    """The rounds whose files it changed."""
    strategies: tuple[str, ...]
    """The strategies whose own file it changed."""


class Touch(NamedTuple):
    """One review's file that a commit changed."""

    path: str
    blob: str | None
    before: str | None
    """Its content in the first parent."""
    source: str | None
    """Where it was moved from."""
    identity: Identity
    was: Identity | None
    """What it was in the first parent, under its earlier path if it was moved."""


def walk(
    commits: Sequence[Commit],
    facts: Mapping[str, Facts],
    tree_of: Callable[[str], Mapping[str, str]],
) -> Iterator[HistoryStep]:
    """The steps, oldest first. `tree_of` gives the files of a commit whose parents are not in the log."""
    states: dict[str, State] = {}
    heirs = Counter(commit.parents[0] for commit in commits if commit.parents)
    for commit in commits:
        parent = commit.parents[0] if commit.parents else None
        changes: Iterable[FileChange] = commit.changes
        if parent is None:
            state = State()
        elif parent in states:
            heirs[parent] -= 1
            state = states[parent].copy() if heirs[parent] else states.pop(parent)
        else:
            state = State()
            changes = [FileChange(path, blob) for path, blob in tree_of(commit.id).items()]
        yield take(commit, changes, state, facts)
        if heirs[commit.id]:
            states[commit.id] = state


def take(commit: Commit | None, changes: Iterable[FileChange], state: State, facts: Mapping[str, Facts]) -> HistoryStep:
    """Change the state as a commit did."""
    held = list(changes)
    context = state.context
    before = {path: state.reviews.get(path) for change in held for path in (change.path, change.source) if path}
    known = dict(state.names) if any(change.source for change in held) else state.names
    touched = []
    rounds: dict[Place, None] = {}
    strategies = []
    moved = {change.source for change in held if change.source}
    sound = {path: blob for path in before if (blob := _last_sound(path, before[path], state, facts))}
    for change in held:
        earlier = known.get(change.source or change.path)
        kind = state.put(change.path, change.blob)
        if kind == "strategy":
            strategies.append(change.path.split("/")[1])
        if kind != "review":
            continue
        rounds |= dict.fromkeys(_lay(change, sound.get(change.source or change.path), state, facts))
        if change.blob is None:
            state.name(change.path, None)
            if change.path in moved and kind_of_file(change.path) == "review":
                continue
            identity = earlier or named(change.path, None, facts, None)
        else:
            identity = named(change.path, change.blob, facts, earlier)
            state.name(change.path, identity)
        touched.append(
            Touch(change.path, change.blob, before.get(change.source or change.path), change.source, identity, earlier)
        )
    return HistoryStep(commit, tuple(touched), state, context, tuple(rounds), tuple(strategies))


def _last_sound(path: str, blob: str | None, state: State, facts: Mapping[str, Facts]) -> str | None:
    """The last content of a file that could be read."""
    told = facts.get(blob or "")
    return blob if told is not None and not told.broken else state.sound.get(path)


def _lay(change: FileChange, sound: str | None, state: State, facts: Mapping[str, Facts]) -> list[Place]:
    """Note which round a file belongs to now. Returns the rounds that it belonged and belongs to."""
    path, place = change.path, None
    state.sound.pop(path, None)
    if change.blob is not None:
        told = facts.get(change.blob)
        if told is not None and not told.broken:
            place = (told.strategy, told.round)
        else:
            _, strategy, _, round_, _ = path.split("/")
            place = (strategy, round_)
            if sound is not None:
                state.sound[path] = sound
    was = state.lay(path, place)
    return [one for one in (was, place) if one is not None]


def named(path: str, blob: str | None, facts: Mapping[str, Facts], earlier: Identity | None) -> Identity:
    """What a file is: by what it says, else by what it was, else by its place."""
    told = facts.get(blob or "")
    if told is not None and not told.broken:
        return told.identity
    if earlier is not None:
        return earlier
    _, strategy, _, round_, name = path.split("/")
    return (strategy, round_, name.rpartition(".")[0])


def context_paths() -> tuple[str, ...]:
    """The files and folders whose history matters."""
    return (MARK, "criteria", "strategies")
