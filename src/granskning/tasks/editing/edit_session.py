"""The working folder on a desk (arbetsbord): loaded once, kept up with what changes on disk, edited answer by answer.

A page asks for the folder many times a minute. What has not changed is not read again: files are known by size, time
and inode, and when only reviews have changed, only those are loaded. YAML in the folder stays the truth; nothing is
remembered here that is not there.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from granskning.edges.claim import clear_leftovers
from granskning.edges.disk import FolderFiles, stat_files
from granskning.edges.lookup import resolved
from granskning.errors import EditRefusedError, UnknownFileError, UsageError
from granskning.i18n import N_
from granskning.model.rounds import sort_reviews
from granskning.tasks.editing.keep_action import file_of_actions
from granskning.tasks.folder.answer_gate import gate_answer, split_reasonless, understood
from granskning.tasks.folder.hidden_reviews import workspace_without
from granskning.tasks.folder.save import changed_meanwhile, edit_anew, edit_file, open_file, why_not_edited
from granskning.tasks.folder.score import (
    ScoredReview,
    ScoredRound,
    StrategyResult,
    score_all,
    score_rounds,
    strategy_results,
)
from granskning.workspace.answer_merge import is_alike, merge_answer, merge_fields, put_together, take_apart
from granskning.workspace.checks.dates import new_impossible_dates
from granskning.workspace.load import load_files
from granskning.workspace.loaded import Loaded
from granskning.workspace.schema.edit_order import order_of
from granskning.workspace.schema.kinds import kind_of_file
from granskning.workspace.schema.schema import check_values
from granskning.workspace.yaml.edit import edit_bytes
from granskning.workspace.yaml.edits import Remove, Set
from granskning.workspace.yaml.source import Fault, decode, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from granskning.edges.disk import Stamp
    from granskning.findings.finding import Finding
    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import Review
    from granskning.model.strategy import Strategy
    from granskning.model.workspace import Workspace
    from granskning.workspace.answer_merge import Clash, Parts
    from granskning.workspace.yaml.edits import Edit

MOMENT: ContextVar[object | None] = ContextVar("moment", default=None)
"""What a request sets to something of its own: within it the disk is looked at once, and again after a write."""

_ALONE = ("review", "actions", "remarks")
"""The kinds of files that nothing else rests on, so that they can be loaded by themselves."""

_MARK = b"\xef\xbb\xbf"

_MOST_KEPT = 24
"""Pages that are kept because they take long to make."""


@dataclass(frozen=True, slots=True)
class OpenReview:
    """A review as it stands now: model, plain answers, result and findings."""

    review: Review
    strategy: Strategy
    criteria: CriteriaSet
    scored: ScoredReview
    answers: Mapping[str, Any]
    findings: tuple[Finding, ...]
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What came of a save."""

    changed: tuple[str, ...]
    """The parts that were written."""
    clashes: tuple[Clash, ...]
    """The parts that somebody else has changed meanwhile to something else; they are as in the file."""
    values: Mapping[str, Any]
    """The answer as it stands in the file now."""
    refused: tuple[Finding, ...] = ()
    """Why a part was not written: with it, the file could not be shown as a form any more."""
    wanted: Mapping[str, Any] = field(default_factory=dict)
    """What was to be written, where some of it was refused."""


class KeptByVersion:
    """What was costly to make, for as long as the folder is as it was; the oldest goes when there is too much."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, ...], tuple[Any, Any]] = {}

    def get(self, key: tuple[str, ...], version: Any, make: Callable[[], Any]) -> Any:
        """What was made before of the same version, or else made now."""
        found = self._held.get(key)
        if found is not None and found[0] == version:
            return found[1]
        made = make()
        self._held.pop(key, None)
        self._held[key] = (version, made)
        while len(self._held) > _MOST_KEPT:
            self._held.pop(next(iter(self._held)), None)
        return made


class EditSession:
    """One working folder, for as long as the page runs. Safe to use from several threads."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._files = FolderFiles(root)
        self.lock = threading.RLock()
        """Held while a file is written, so that two who save at once come one after the other."""
        self._stamps: dict[str, Stamp] = {}
        self._loaded: Loaded | None = None
        self._scored: dict[str, tuple[Review, ScoredReview]] = {}
        self._seen: object | None = None
        self.version = 0
        """Another number whenever the folder has changed; what is kept beside it is good as long as it is the same."""
        self.kept = KeptByVersion()

    # --- reading ------------------------------------------------------------------------------------------------

    def loaded(self) -> Loaded:
        """The folder as it is on disk now."""
        moment = MOMENT.get()
        with self.lock:
            if self._loaded is not None and moment is not None and moment is self._seen:
                return self._loaded
            stamps = stat_files(self.root, ("criteria", "strategies"), ("granskning.yaml",))
            self._seen = moment
            if self._loaded is None or stamps != self._stamps:
                self._loaded = self._reload(stamps)
                self._stamps = stamps
                self.version += 1
            return self._loaded

    def scored(self) -> dict[str, ScoredReview]:
        """The result of every review that can be scored, by file."""
        with self.lock:
            workspace = self.loaded().workspace
            fresh = [one for one in workspace.reviews if self._scored.get(one.file, (None,))[0] is not one]
            part = replace(workspace, reviews=tuple(fresh))
            made = {one.review.file: (one.review, one) for one in score_all(part)}
            held = {one.file: self._scored[one.file] for one in workspace.reviews if one.file in self._scored}
            self._scored = {**held, **made}
            return {file: scored for file, (_, scored) in self._scored.items()}

    def round(self, strategy: str, name: str) -> ScoredRound | None:
        """A round with its joint result and agreement; None where it has but one reviewer, or cannot be scored."""
        scored = self.scored()
        workspace = self.loaded().workspace
        reviews = tuple(one for one in workspace.reviews if (one.strategy, one.round) == (strategy, name))
        left_out = tuple(one for one in workspace.left_out if (one.strategy, one.round) == (strategy, name))
        part = replace(workspace, reviews=reviews, left_out=left_out)
        made = score_rounds(part, [scored[one.file] for one in reviews if one.file in scored])
        return next((one for one in made if one.is_joint), None)

    def results(self, criteria: CriteriaSet | None, without: frozenset[str] = frozenset()) -> dict[str, StrategyResult]:
        """What strategies come to under a criteria set, by id; without the reviews of some files."""
        with self.lock:
            workspace = workspace_without(self.loaded().workspace, without)
            scored = tuple(scored for file, scored in self.scored().items() if file not in without)
            return strategy_results(workspace, score_rounds(workspace, scored), criteria)

    def findings(self, file: str) -> tuple[Finding, ...]:
        """What is wrong in one file."""
        return tuple(one for one in self.loaded().findings if one.at.file == file)

    def open_review(self, file: str) -> OpenReview | None:
        """A review by its file; None where it, its set or its strategy cannot be read."""
        with self.lock:
            loaded = self.loaded()
            workspace = loaded.workspace
            review = next((one for one in workspace.reviews if one.file == file), None)
            scored = self.scored().get(file)
            if review is None or scored is None or review.strategy not in workspace.strategies:
                return None
            data, fingerprint = open_file(self.root / file)
            strategy = workspace.strategies[review.strategy]
            answers = answers_in(data)
            return OpenReview(review, strategy, scored.criteria, scored, answers, self.findings(file), fingerprint)

    def text(self, file: str) -> tuple[str, str]:
        """The text of a file and its fingerprint. Raises UnknownFileError for what is none of the folder's files."""
        self._known(file)
        data, fingerprint = open_file(self.root / file)
        text = decode(data)
        if isinstance(text, Fault):
            return data.decode("utf-8", "replace"), fingerprint
        return text, fingerprint

    def _reload(self, stamps: Mapping[str, Stamp]) -> Loaded:
        """Load what has changed: reviews and actions by themselves, anything else with the whole folder."""
        before = self._loaded
        changed = {file for file, stamp in stamps.items() if self._stamps.get(file) != stamp}
        gone = self._stamps.keys() - stamps.keys()
        if before is None or any(kind_of_file(file) not in _ALONE for file in changed | gone):
            return load_files(self._files)
        touched = changed | gone
        # a round is checked as a whole, and actions are checked against the rounds of their strategy
        beside = {file.rpartition("/")[0] for file in touched if kind_of_file(file) == "review"}
        actions = {"/".join([*file.split("/")[:2], "actions.yaml"]) for file in touched}
        again = sorted(
            file for file in stamps if file in changed or file in actions or file.rpartition("/")[0] in beside
        )
        part = load_files(self._files, only=[file for file in again if kind_of_file(file)], known=before.workspace)
        return _patched(before, part, {*again, *gone})

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold back others who write through the page, and look at the disk again afterwards."""
        with self.lock:
            try:
                yield
            finally:
                self._seen = None

    # --- writing ------------------------------------------------------------------------------------------------

    def keep_answer(self, file: str, criterion: str, base: Mapping[str, Any] | None, parts: Parts) -> Kept:
        """Merge one answer into the file as it is now, and write it when that changes anything.

        `base` is the answer as the page showed it, `parts` what it says now. Raises ChangedOnDiskError when somebody
        else writes all the time, EditRefusedError when the file cannot be edited exactly, and UsageError where there
        is no such review or question.
        """
        with self.writing():
            held = self._editable(file)
            if criterion not in {one.id for one in held.criteria.criteria}:
                raise UsageError(N_("there is no question {criterion} in this review"), "", criterion=criterion)

            sound, reasonless = split_reasonless(file, criterion, understood(parts))

            def merge(data: bytes) -> tuple[list[Edit], Kept]:
                now = answers_in(data).get(criterion) or {}
                merged = merge_answer(base, now, sound)
                if not merged.changed:
                    wanted = put_together({**take_apart(now), **parts}, now) if reasonless else {}
                    return [], Kept((), merged.clashes, now, reasonless, wanted)
                gated = gate_answer(file, data, criterion, merged.values, order_of("review", held.criteria))
                refused = (*reasonless, *gated.withheld)
                wanted = put_together({**take_apart(merged.values), **parts}, now) if refused else {}
                if is_alike(take_apart(gated.values), take_apart(now)):
                    return [], Kept((), merged.clashes, now, refused, wanted)
                return [Set(("answers", criterion), gated.values)], Kept(
                    merged.changed, merged.clashes, gated.values, refused, wanted
                )

            return self._merge(held, merge)

    def keep_head(self, file: str, base: Mapping[str, Any], fields: Mapping[str, Any]) -> Kept:
        """Merge what stands above the answers into the file as it is now; a field of None is taken away."""
        with self.writing():
            held = self._editable(file)

            def merge(data: bytes) -> tuple[list[Edit], Kept]:
                merged = merge_fields(base, values_in(data), fields)
                edits: list[Edit] = [
                    Remove((key,)) if value is None else Set((key,), value) for key, value in merged.values.items()
                ]
                refused = self._faults_of(file, data, edits, held.criteria) if edits else ()
                faulty = {fault.at.path[:1] for fault in refused}
                edits = [edit for edit in edits if edit.path not in faulty]
                if refused and edits and self._faults_of(file, data, edits, held.criteria):
                    edits = []
                return edits, Kept(merged.changed, merged.clashes, merged.values, refused, merged.values)

            return self._merge(held, merge)

    def _merge(self, form: OpenReview, merge: Callable[[bytes], tuple[list[Edit], Kept]]) -> Kept:
        """Make the edits that the file as it is now asks for; anew when somebody else was first."""
        file, criteria = form.review.file, form.criteria
        clear_leftovers((self.root / file).parent)

        def attempt() -> Kept:
            data, fingerprint = open_file(self.root / file)
            if (refused := why_not_edited(data, form.review)) is not None:
                raise refused
            edits, kept = merge(data)
            if edits:
                self._edit(file, edits, criteria, fingerprint)
            return kept

        return edit_anew(file, attempt)

    def _faults_of(self, file: str, data: bytes, edits: Sequence[Edit], criteria: CriteriaSet) -> tuple[Finding, ...]:
        """What would be wrong in the form of a file after these edits."""
        after = values_in(edit_bytes(data, edits, order_of("review", criteria)))
        return (*check_values("review", after, file), *new_impossible_dates(file, after, values_in(data)))

    def keep_text(self, file: str, text: str, opened: str) -> str:
        """Write a whole file as text, for one that cannot be shown as a form. Returns its new fingerprint."""
        from granskning.edges.disk import fingerprint_of  # noqa: PLC0415  # only here
        from granskning.edges.writing import write_guarded  # noqa: PLC0415

        with self.writing():
            self._known(file)
            before, now = open_file(self.root / file)
            if now != opened:
                raise changed_meanwhile(file)
            if not is_text(before):
                message = N_("{file} is not text in UTF-8, so it cannot be saved from here without losing characters")
                raise EditRefusedError(message, N_("save it as UTF-8 in a text editor first"), file=file)
            mark = _MARK if before.startswith(_MARK) else b""
            ends = b"\r\n" if b"\r\n" in before else b"\n"
            data = mark + text.replace("\r\n", "\n").encode("utf-8", "replace").replace(b"\n", ends)
            write_guarded(self.root / file, data, opened)
            return fingerprint_of(data)

    def _edit(self, file: str, edits: Sequence[Edit], criteria: CriteriaSet, opened: str) -> str:
        return edit_file(self.root / file, edits, order_of("review", criteria), opened=opened)

    def _editable(self, file: str) -> OpenReview:
        self._known(file)
        held = self.open_review(file)
        if held is None:
            message = N_("{file} cannot be filled in as a form while it has faults in its form")
            raise UsageError(message, N_("mend it as text first"), file=file)
        return held

    def _known(self, file: str) -> None:
        """Raise UnknownFileError unless the path is one of the folder's own files."""
        self.loaded()
        if file not in self._stamps:
            raise UnknownFileError(N_("there is no file {file} in the folder"), "", file=file)
        if not resolved(self.root / file).is_relative_to(resolved(self.root)):
            raise UnknownFileError(N_("{file} is a link out of the folder, and is not opened here"), "", file=file)


def is_text(data: bytes) -> bool:
    """Whether the bytes are UTF-8."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def answers_in(data: bytes) -> dict[str, Any]:
    """The answers as they stand in a review's text; none where it cannot be read."""
    answers = values_in(data).get("answers")
    return answers if isinstance(answers, dict) else {}


def values_in(data: bytes) -> dict[str, Any]:
    """What stands in a file; nothing where it cannot be read."""
    text = decode(data)
    values = None if isinstance(text, Fault) else read(text).value
    return values if isinstance(values, dict) else {}


def _patched(before: Loaded, part: Loaded, files: set[str]) -> Loaded:
    """The folder as it was, with these reviews as they are now."""
    kept = [one for one in before.workspace.reviews if one.file not in files]
    fresh = [one for one in part.workspace.reviews if one.file in files]
    reviews = sort_reviews((*kept, *fresh), before.workspace.strategies)
    homes = {file.split("/")[1] for file in files}  # all reviews of these strategies have been held against each other
    left_out = [one for one in before.workspace.left_out if one.file.split("/")[1] not in homes]
    left_out += [one for one in part.workspace.left_out if one.file.split("/")[1] in homes]
    left_out.sort(key=lambda item: item.file)
    findings = [one for one in before.findings if one.at.file not in files]
    findings += [one for one in part.findings if one.at.file in files]
    findings.sort(key=lambda item: (item.at.file, item.place.line if item.place else 0))
    actions = {name: held for name, held in before.workspace.actions.items() if file_of_actions(name) not in files}
    actions |= {name: held for name, held in part.workspace.actions.items() if file_of_actions(name) in files}
    workspace: Workspace = replace(before.workspace, reviews=reviews, actions=actions, left_out=tuple(left_out))
    read_files = sorted({file for file in before.read if file not in files} | {*part.read} & files)
    return Loaded(workspace, tuple(findings), before.files, tuple(read_files), before.uses)
