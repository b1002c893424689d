"""Make a new review file, and the editor's schema that helps to fill it in."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, replace
from typing import TYPE_CHECKING

from granskning.edges.claim import clear_all_leftovers
from granskning.edges.disk import FolderFiles, find_root, place_in
from granskning.edges.lookup import exists
from granskning.edges.writing import FileWrite, write_files
from granskning.errors import UsageError
from granskning.findings.suggestions import advice_on
from granskning.i18n import N_, Translator
from granskning.model.lineage import version_key
from granskning.model.review import form_of
from granskning.model.rounds import earlier_reviews, rounds_of
from granskning.tasks.editing.strategy_file import ensure_role, write_role
from granskning.tasks.evidence.documents import Documents
from granskning.tasks.evidence.reading_notes import edition_notes, needs_another_look, reading_notes
from granskning.tasks.folder.missing import unknown_set, unknown_strategy
from granskning.tasks.folder.question_tags import require_tags
from granskning.tasks.folder.save import schema_writes
from granskning.workspace.answer_merge import can_be_file
from granskning.workspace.files_by_kind import files_of_kinds, files_of_strategies
from granskning.workspace.load import load_workspace
from granskning.workspace.scaffold import Request, review_text
from granskning.workspace.schema.editor import review_schema_path

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from granskning.model.criteria import CriteriaSet
    from granskning.model.review import Review
    from granskning.model.strategy import Strategy
    from granskning.model.workspace import Workspace


@dataclass(frozen=True, slots=True)
class NewReview:
    """What the user asked for. `earlier` is a round whose answers are carried over."""

    strategy: str
    round: str
    reviewer: str
    """The role's id, or its title, which the id is made of."""
    kind: str
    date: str
    _: KW_ONLY
    short: bool = False
    tags: tuple[str, ...] = ()
    """Only questions with one of these are put."""
    earlier: str | None = None
    edition: str | None = None
    """The edition; otherwise that of the round or, in a new round, the strategy's last."""
    criteria: str | None = None
    """The set, as id or id@version; otherwise that of the round or, in a new round, that of the workspace."""


@dataclass(frozen=True, slots=True)
class MadeReview:
    """The review that was made."""

    root: Path
    file: Path
    look_again: int
    """How many answers that were carried over rest on quotations that the new edition does not have as they were."""


@dataclass(frozen=True, slots=True)
class PreparedReview:
    """A review that is not written yet: its text, and what is written with it."""

    root: Path
    file: Path
    text: bytes
    criteria: CriteriaSet
    edition: str
    look_again: int
    _workspace: Workspace
    _role: str

    def write(self, text: bytes | None = None) -> None:
        """Write it, as it is or with answers filled in, and the title of its role. Raises WriteRefusedError."""
        file = FileWrite(self.file, self.text if text is None else text, is_new=True)
        write_files([*schema_writes(self.root, self._workspace), file])
        write_role(self.root, self._role, self._workspace.settings.language)


def new_review(start: Path, wish: NewReview) -> MadeReview:
    """Write the review, and the title of a role that is written as people write it. Never overwrites.

    Raises UsageError for a strategy, round or set that is not there, and WriteRefusedError when the review is.
    """
    clear_all_leftovers(find_root(start))
    prepared = prepare_review(start, wish)
    prepared.write()
    return MadeReview(prepared.root, prepared.file, prepared.look_again)


def prepare_review(start: Path, wish: NewReview) -> PreparedReview:
    """The same without writing it."""
    root = find_root(start)
    if not can_be_file(wish.round):
        message = N_("“{value}” cannot be the name of a round")
        raise UsageError(message, N_("use small letters a–z, digits and hyphens, such as 2026-11"), value=wish.round)
    files = FolderFiles(root)
    own = files_of_strategies(files, {wish.strategy})
    workspace = load_workspace(files, only=[*files_of_kinds(files, "criteria", "strategy"), *own])
    title, wish = wish.reviewer, replace(wish, reviewer=ensure_role(root, wish.reviewer))
    is_there = exists(root / "strategies" / wish.strategy / "strategy.yaml")
    strategy = _strategy(workspace, wish.strategy, exists=is_there)
    begun = [one for one in workspace.reviews if (one.strategy, one.round) == (strategy.id, wish.round)]
    criteria = _wanted(workspace, wish, begun)
    joined = [one for one in begun if not one.is_joint] if wish.kind == "consensus" and not wish.earlier else []
    file = place_in(root, f"strategies/{strategy.id}/reviews/{wish.round}/{wish.reviewer}.yaml")
    schema = review_schema_path(criteria)
    edition = _edition(strategy, wish, begun)
    earlier = _earlier(workspace, wish) if wish.earlier else None
    t = Translator(workspace.settings.language)
    documents = Documents(root, workspace)
    read = reading_notes(documents, (strategy.id, edition), criteria, t)
    became = {} if earlier is None else edition_notes(documents, earlier, edition, t)
    request = Request(
        strategy=strategy,
        edition=edition,
        criteria=criteria,
        round=wish.round,
        reviewer=wish.reviewer,
        kind=wish.kind,
        date=wish.date,
        form=_form(wish, criteria, joined),
        reviews=tuple(joined),
        earlier=earlier,
        actions=tuple(one for one in workspace.actions.get(strategy.id, ()) if not one.is_settled),
        schema_path=f"../../../../{schema}",
        notes={name: (*became.get(name, ()), *read.get(name, ())) for name in {*became, *read}},
    )
    text = review_text(request, workspace.settings.language).encode()
    look_again = sum(needs_another_look(lines, t) for lines in became.values())
    return PreparedReview(root, file, text, criteria, edition, look_again, workspace, title)


def _edition(strategy: Strategy, wish: NewReview, begun: Sequence[Review]) -> str:
    """The edition that is asked for, else that of the round, else the last one."""
    if wish.edition is None:
        return begun[0].edition if begun else strategy.editions[-1].id
    if strategy.edition(wish.edition) is None:
        message = N_("the strategy {strategy} has no edition {edition}")
        known = ", ".join(strategy.by_id)
        raise UsageError(message, N_("editions: {known}"), strategy=strategy.id, edition=wish.edition, known=known)
    if begun and begun[0].edition != wish.edition:
        message = N_("the round {round} is of the edition {edition}")
        hint = N_("all reviews of a round are of one edition; begin another round")
        raise UsageError(message, hint, round=wish.round, edition=begun[0].edition)
    return wish.edition


def _form(wish: NewReview, criteria: CriteriaSet, joined: Sequence[Review]) -> str:
    """Which questions are put: those asked for, else those that all the reviews put that are joined."""
    require_tags(wish.tags, (criteria,), criteria.reference)
    forms = {review.form for review in joined}
    if not wish.short and not wish.tags and len(forms) == 1:
        return forms.pop()
    return form_of("short" if wish.short else "full", wish.tags)


def _strategy(workspace: Workspace, name: str, *, exists: bool) -> Strategy:
    if name in workspace.strategies:
        return workspace.strategies[name]
    if exists:
        message = N_("the strategy {strategy} has errors")
        raise UsageError(message, N_("see: granskning check"), strategy=name)
    raise unknown_strategy(name, workspace.strategies)


def _wanted(workspace: Workspace, wish: NewReview, begun: Sequence[Review]) -> CriteriaSet:
    """The set that is asked for, else that of the round, else that of the workspace."""
    held = workspace.criteria.get(begun[0].criteria) if begun else None
    if wish.criteria is None:
        return held or _criteria(workspace)
    asked = _find(workspace, wish.criteria)
    if asked is None:
        raise unknown_set(wish.criteria, workspace.criteria)
    if begun and begun[0].criteria != asked.reference:
        message = N_("the round {round} is reviewed with {criteria}")
        hint = N_("all reviews of a round share the criteria set; give another round with --round")
        raise UsageError(message, hint, round=wish.round, criteria=begun[0].criteria)
    return asked


def _criteria(workspace: Workspace) -> CriteriaSet:
    name = workspace.settings.criteria
    found = _find(workspace, name)
    if found is not None:
        return found
    message = N_("the criteria set {criteria} that granskning.yaml names is not there or has errors")
    raise UsageError(message, N_("see: granskning check"), criteria=name)


def _find(workspace: Workspace, name: str) -> CriteriaSet | None:
    """The set of that reference or, by its id alone, in its current version."""
    versions = [criteria for criteria in workspace.criteria.values() if criteria.id == name]
    current = [criteria for criteria in versions if "/earlier/" not in criteria.file]
    latest = max(current or versions, key=lambda criteria: version_key(criteria.version), default=None)
    return workspace.criteria.get(name) or latest


def _earlier(workspace: Workspace, wish: NewReview) -> Review:
    """The review of the earlier round to carry over from: the reviewer's own, else the joint one, else the only one."""
    there = [one for one in workspace.reviews if one.strategy == wish.strategy and one.round == wish.earlier]
    if not there:
        rounds = [of.name for of in rounds_of(workspace, wish.strategy) if of.reviews]
        advice = advice_on(wish.earlier or "", rounds, N_("its rounds: {known}"))
        message = N_("the strategy {strategy} has no round {round}")
        raise UsageError(message, **advice, strategy=wish.strategy, round=wish.earlier)
    there = [one for one in there if any(a.state in ("assessed", "not_applicable") for a in one.answers.values())]
    choice = earlier_reviews(there, wish.strategy, wish.earlier or "", wish.reviewer)
    if len(choice) == 1:
        return choice[0]
    if there:
        message = N_("the round {round} has several reviews and none by {reviewer}")
        hint = N_("name one of its reviewers with --reviewer: {known}")
        known = ", ".join(one.reviewer for one in there)
        raise UsageError(message, hint, round=wish.earlier, reviewer=wish.reviewer, known=known)
    message = N_("the strategy {strategy} has no answers to carry over from the round {round}")
    raise UsageError(message, "", strategy=wish.strategy, round=wish.earlier)
