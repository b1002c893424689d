"""Files in, a workspace and everything that is wrong in it out: source → schema → model → check, file by file.

The room's only way in. One broken file stops no other: what could be read is in the workspace, the rest in the
findings. With `only`, no more is read than those files need, and only their findings are told.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from granskning.files import is_yaml
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.findings.suggestions import KnownNames
from granskning.model.rounds import sort_reviews
from granskning.model.workspace import Settings, Workspace
from granskning.workspace.checks import check_folder
from granskning.workspace.checks.approval import check_approval
from granskning.workspace.checks.check_folder import Digest, dates_of, digest
from granskning.workspace.checks.check_names import check_names, passed_over
from granskning.workspace.checks.check_private import check_publication
from granskning.workspace.checks.check_strategy import check_chains, check_strategy
from granskning.workspace.counting import Known, find_left_out
from granskning.workspace.indicators.check_age import check_age
from granskning.workspace.load_sets import SetLoader
from granskning.workspace.loaded import Loaded
from granskning.workspace.opened import OpenedFiles
from granskning.workspace.own_style import check_style
from granskning.workspace.reviews.check_actions import Setting, check_actions
from granskning.workspace.reviews.check_answers import SetQuestions
from granskning.workspace.reviews.check_evidence import check_evidence_files
from granskning.workspace.reviews.check_review import check_edition, check_review
from granskning.workspace.schema import modelling, modelling_strategy, put
from granskning.workspace.schema.editor import stale_schemas
from granskning.workspace.schema.kinds import LOCAL, MARK, kind_of_file
from granskning.workspace.schema.schema import check_values

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from granskning.files import Files
    from granskning.model.criteria import CriteriaSet
    from granskning.model.decision import Action
    from granskning.model.review import LeftOut, Review
    from granskning.model.strategy import Strategy


def load_files(
    files: Files,
    *,
    only: Collection[str] | None = None,
    keep: bool = True,
    known: Workspace | None = None,
    elsewhere: CheckElsewhere | None = None,
) -> Loaded:
    """Load a working folder, or what the files in `only` need.

    Without `keep`, reviews are checked but not kept, so that a folder with ten thousand reviews takes no more memory
    than one with ten. `known` is the folder as it was loaded before: its settings, criteria sets, indicators and
    strategies are taken from there instead of being read again, for who knows that they have not changed. `elsewhere`
    checks reviews that are not kept; those it gives nothing for are checked here.
    """
    loader = Loader(OpenedFiles(files), keep=keep, elsewhere=None if keep else elsewhere)
    if known is not None:
        loader.take(known)
    loader.load(only)
    asked_for = frozenset(only or ())
    wanted = [one for one in loader.opened.collected.all() if only is None or one.at.file in asked_for]
    uses: dict[str, list[str]] = {}
    for one in loader.digests:
        uses.setdefault(one.criteria, []).append(one.file)
    return Loaded(loader.workspace(), tuple(wanted), files, tuple(loader.opened.read), uses)


def load_workspace(files: Files, *, only: Collection[str] | None = None) -> Workspace:
    """The workspace of a folder alone, for who does not tell of what is wrong in it: half the work of `load_files`."""
    loader = Loader(OpenedFiles(files, is_told=False), keep=True)
    loader.load(only)
    return loader.workspace()


@dataclass(frozen=True, slots=True)
class CheckedReview:
    """What checking one review has come to: all that its file alone decides."""

    findings: tuple[Finding, ...]
    digest: Digest | None
    """None where its text or its form is wrong."""


CheckElsewhere = Callable[[Workspace, Sequence[str]], Mapping[str, CheckedReview]]
"""Checks some reviews, by path, of a workspace whose sets and strategies are loaded; not all of them need be."""


@dataclass(slots=True)
class Loader(SetLoader):
    """The state of one loading: what has been read so far."""

    strategies: dict[str, Strategy | None] = field(default_factory=dict)
    reviews: list[Review] = field(default_factory=list)
    digests: list[Digest] = field(default_factory=list)
    actions: dict[str, tuple[Action, ...]] = field(default_factory=dict)
    checked: set[str] = field(default_factory=set)
    """The reviews whose strategy and criteria set have been looked for."""
    left_out: tuple[LeftOut, ...] = ()
    strategy_names: list[str] | None = None
    questions: dict[str, SetQuestions] = field(default_factory=dict)
    """By reference of a set, what answers are held against."""
    elsewhere: CheckElsewhere | None = None
    checked_elsewhere: dict[str, CheckedReview] = field(default_factory=dict)

    def take(self, known: Workspace) -> None:
        """Take over what has been loaded before."""
        self.settings = known.settings
        self.criteria.update(known.criteria)
        self.strategies.update(known.strategies)
        self.indicators.update(known.indicators)
        self.sets_by_file.update({one.file: one for one in known.criteria.values()})
        self.tried.update(self.sets_by_file)
        self.tried.update(one.file for one in known.indicators.values())

    def load(self, only: Collection[str] | None) -> None:
        """Read what is asked for, and check it."""
        self.only = None if only is None else frozenset(only)
        if self.settings is None and (values := self.opened.open(MARK)):
            self.settings = modelling.settings(values)
        self.opened.language = self.language
        paths = sorted(
            [*self.opened.under("criteria"), *self.opened.under("strategies")] if only is None else set(only)
        )
        by_kind: dict[str | None, list[str]] = {}
        for path in paths:
            by_kind.setdefault(kind_of_file(path), []).append(path)
        handlers: tuple[tuple[str | None, Callable[[str], object]], ...] = (
            (None, self._load_stranger),
            ("indicator", self._load_indicator),
            ("criteria", self._load_criteria),
            ("strategy", lambda path: self.strategy(path.split("/")[1])),
            ("review", self._load_review),
            ("publication", self._load_publication),
        )
        for kind, handle in handlers:
            paths = by_kind.get(kind, [])
            self._ask_elsewhere(kind, paths)
            for path in paths:
                handle(path)
        if only is not None:
            for one in filter(None, list(self.strategies.values())):
                for name in one.succeeds:  # what it takes over from says when it may begin
                    self.strategy(name)
            self._load_siblings([*by_kind.get("review", ()), *by_kind.get("actions", ())], set(only))
        reviews_of: dict[str, list[Digest]] = {}
        for item in self.digests:
            reviews_of.setdefault(item.strategy, []).append(item)
        for path in by_kind.get("actions", ()):
            self._load_actions(path, reviews_of)
        self._check_versions(by_kind.get("criteria", ()))
        self._check_across(only)

    def workspace(self) -> Workspace:
        """What could be read."""
        strategies = self._sound_strategies()
        return Workspace(
            settings=self.settings or Settings(organisation="", language="sv", criteria=""),
            criteria=self.criteria,
            strategies=strategies,
            reviews=sort_reviews(self.reviews, strategies),
            actions=self.actions,
            indicators=self.indicators,
            left_out=self.left_out,
        )

    def _sound_strategies(self) -> dict[str, Strategy]:
        return {name: strategy for name, strategy in self.strategies.items() if strategy is not None}

    def _load_stranger(self, path: str) -> None:
        """A file that is none of ours, or a folder that may not be read, which reading it tells."""
        if path == LOCAL:
            return  # it is for this computer alone, and read by who looks documents up
        if is_yaml(path):
            self.opened.collected.add(passed_over(path))
        else:
            self.opened.read_values(path)

    def strategy(self, name: str) -> Strategy | None:
        """The strategy of that folder, read when first asked for."""
        if name not in self.strategies:
            self.strategies[name] = None
            path = f"strategies/{name}/strategy.yaml"
            if self.opened.files.exists(path) and (values := self.opened.open(path)):
                strategy = modelling_strategy.strategy(values, path, self.language)
                numbers = [number.id for number in self.settings.numbers] if self.settings else []
                if self.opened.is_told:
                    found = check_strategy(strategy, name, self.default_set(), self.opened.files, numbers)
                    self.opened.add(path, found)
                if strategy.id == name:  # else nobody could find it again: what names it names the folder
                    self.strategies[name] = strategy
        return self.strategies[name]

    def _ask_elsewhere(self, kind: str | None, paths: Sequence[str]) -> None:
        """Let the reviews be checked elsewhere, where somebody does so."""
        if kind == "review" and self.elsewhere is not None:
            self.checked_elsewhere.update(self.elsewhere(self.workspace(), paths))

    def _load_review(self, path: str) -> None:
        if (checked := self.checked_elsewhere.pop(path, None)) is not None:
            self._take_checked(path, checked)
        else:
            self.load_review(path)

    def _take_checked(self, path: str, checked: CheckedReview) -> None:
        """Take in what checking a review elsewhere has come to."""
        self.opened.read.append(path)
        for finding in checked.findings:
            self.opened.collected.take(finding)
        if checked.digest is not None:
            self.digests.append(checked.digest)
            self.checked.add(path)

    def load_review(self, path: str) -> None:
        """Read a review, and check it."""
        values, text = self.opened.read_values(path)
        if values is None:
            return
        faults = check_values("review", values, path)
        if faults:
            self.opened.collected.add_placed(faults, text)
            return
        review = modelling.review(values, path, answers=self.keep)
        criteria = self.criteria_set(review.criteria)
        strategy = self.strategy(review.strategy)
        faults = list(check_review(values, review, self._questions_of(criteria), strategy))
        faults += check_evidence_files(values, path, self.opened.files)
        faults += self._unknown(review, criteria, strategy)
        if review.approval is not None or review.status == "approved":
            faults += check_approval(values, review, self.opened.open(criteria.file) if criteria else None, strategy)
        self.opened.collected.add_placed(faults, text)
        self.digests.append(digest(review, values))
        self.checked.add(path)
        if self.keep:
            self.reviews.append(put.as_put(review, criteria, strategy.area if strategy else None))

    def _questions_of(self, criteria: CriteriaSet | None) -> SetQuestions | None:
        if criteria is not None and criteria.reference not in self.questions:
            self.questions[criteria.reference] = SetQuestions(criteria)
        return None if criteria is None else self.questions[criteria.reference]

    def _unknown(self, review: Review, criteria: CriteriaSet | None, strategy: Strategy | None) -> Iterator[Finding]:
        """Yield that the review names a set or a strategy that is not there (a broken one is told of itself)."""
        if criteria is None and not self.opened.collected.is_broken_set(review.criteria):
            yield self._unknown_set(Pointer(review.file, ("criteria",)), review.criteria)
        if strategy is None and not self.opened.files.exists(f"strategies/{review.strategy}/strategy.yaml"):
            known = self._strategy_names()
            found = {"strategy": review.strategy, "strategies": KnownNames(known, empty="")}
            at = Pointer(review.file, ("strategy",))
            yield Finding(RULES["GR301"], at, found, near=(review.strategy, known))

    def _load_siblings(self, paths: Iterable[str], only: set[str]) -> None:
        """Read the other reviews of the same strategies, for what concerns several."""
        for folder in sorted({path.split("/")[1] for path in paths}):
            for path in self.opened.under(f"strategies/{folder}/reviews"):
                if path not in only and kind_of_file(path) == "review":
                    self._load_sibling(path)

    def _load_sibling(self, path: str) -> None:
        """Read what others need to know of a review, and whether it counts."""
        values, text = self.opened.read_values(path)
        if values is None:
            return
        if faults := check_values("review", values, path):
            self.opened.collected.add_placed(faults, text)
            return
        review = modelling.review(values, path, answers=False)
        strategy = self.strategy(review.strategy)
        unknown = list(self._unknown(review, self.criteria_set(review.criteria), strategy))
        if strategy is not None:
            unknown += check_edition(review, strategy)
        self.opened.collected.add_placed(unknown, text)
        self.digests.append(digest(review, values))
        self.checked.add(path)

    def _load_publication(self, path: str) -> None:
        if values := self.opened.open(path):
            self.opened.add(path, check_publication(values, path, self.opened.files))

    def _load_actions(self, path: str, reviews_of: Mapping[str, list[Digest]]) -> None:
        if values := self.opened.open(path):
            folder = path.split("/")[1]
            actions = modelling.actions(values)
            reviews = reviews_of.get(folder, [])
            sets = [held for name in {one.criteria for one in reviews} if (held := self.criteria_set(name))]
            known = {criterion.id for held in sets for criterion in held.criteria}
            dates = dates_of(reviews, self.strategy(folder))
            latest = max(dates, key=lambda name: (dates[name], name), default=None)
            setting = Setting(folder, self.strategy(folder), known, dates, latest)
            self.opened.add(path, check_actions(path, values, actions, setting))
            self.actions[folder] = actions

    def _check_across(self, only: Collection[str] | None) -> None:
        self.digests.sort(key=lambda item: item.file)
        strategies = self._sound_strategies()
        read_reviews = [path for path in self.opened.read if kind_of_file(path) == "review"]
        known = Known(self.strategies, self.criteria, self.checked)
        self.left_out = find_left_out(self.digests, self.opened.collected.kept, read_reviews, known)
        if not self.opened.is_told:
            return
        found = list(check_folder.check_reviews(self.digests, self.left_out, self.opened.files))
        found += check_folder.check_order(self.digests, strategies)
        found += check_folder.check_roles(self.digests, self.settings.role_titles if self.settings else ())
        if only is None:
            found += check_chains(strategies, self._strategy_names())
            found += check_folder.check_reviewed(strategies, self._begun())
            found += check_folder.check_strategy_folders(self.opened.files)
            found += check_style(self.opened.files)
            found += check_names(self.opened.files)
            found += self._check_age()
            self._check_defaults()
            found += stale_schemas(self.criteria.values(), self.opened.files, self.settings)
        elif any(kind_of_file(path) == "strategy" for path in only):  # of others' files nothing is told
            chains = check_chains(strategies, self._strategy_names())
            found += [one for one in chains if one.rule.code != "GR308"]
        self._add_by_file(found)

    def _check_defaults(self) -> None:
        """The default set of granskning.yaml must be there."""
        name = self.settings.criteria if self.settings else ""
        if name and self.default_set() is None and not self.opened.collected.is_broken_set(name):
            finding = self._unknown_set(Pointer(MARK, ("criteria",)), name)
            ids = sorted({known.partition("@")[0] for known in self.criteria})
            self.opened.add(MARK, [replace(finding, near=(name, ids))])

    def _check_age(self) -> Iterator[Finding]:
        """What is told of figures by the dates of the reviews that rest on them, of the sets in use."""
        judged: dict[str, str] = {}
        for item in self.digests:
            judged[item.criteria] = max(judged.get(item.criteria, ""), item.date)
        current = [item for item in self.criteria.values() if not item.file.startswith("criteria/earlier/")]
        return check_age(current, self.indicators, judged)

    def _begun(self) -> set[str]:
        """The strategies that have a review's file, whatever it says."""
        paths = [path for path in self.opened.under("strategies") if kind_of_file(path) == "review"]
        return {path.split("/")[1] for path in paths} | {one.strategy for one in self.digests}

    def _strategy_names(self) -> list[str]:
        if self.strategy_names is None:
            paths = self.opened.under("strategies")
            self.strategy_names = sorted(path.split("/")[1] for path in paths if kind_of_file(path) == "strategy")
        return self.strategy_names
