"""Files in, a workspace and everything that is wrong in it out: source → schema → model → check, file by file.

The room's only way in. One broken file stops no other: what could be read is in the workspace, the rest in the
findings. With `only`, no more is read than those files need, and only their findings are told.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from granskning.errors import UnreadableFileError
from granskning.files import is_yaml
from granskning.findings.finding import Finding, Pointer, Severity, Words
from granskning.findings.rules import RULES
from granskning.findings.suggestions import nearest
from granskning.model.rounds import sort_reviews
from granskning.model.workspace import Settings, Workspace
from granskning.workspace.checks import check_folder
from granskning.workspace.checks.approval import check_approval
from granskning.workspace.checks.check_actions import Setting, check_actions
from granskning.workspace.checks.check_criteria import check_criteria
from granskning.workspace.checks.check_folder import Digest, dates_of, digest
from granskning.workspace.checks.check_private import (
    PEOPLE_ARE_NAMED_IN,
    check_private,
    check_publication,
    may_be_private,
)
from granskning.workspace.checks.check_review import check_edition, check_review
from granskning.workspace.checks.check_strategy import check_chains, check_indicator, check_strategy
from granskning.workspace.checks.check_versions import check_frozen, check_versions
from granskning.workspace.checks.conflict import conflict_findings
from granskning.workspace.collected import CollectedFindings
from granskning.workspace.counting import Known, find_left_out
from granskning.workspace.loaded import Loaded
from granskning.workspace.schema import modelling, put
from granskning.workspace.schema.editor import stale_schemas
from granskning.workspace.schema.schema import MARK, check_values, kind_of_file
from granskning.workspace.yaml.source import Fault, decode, read

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    from granskning.files import Files
    from granskning.model.criteria import CriteriaSet
    from granskning.model.decision import Action
    from granskning.model.indicator import Indicator
    from granskning.model.review import LeftOut, Review
    from granskning.model.strategy import Strategy


def load_files(
    files: Files, *, only: Collection[str] | None = None, keep: bool = True, known: Workspace | None = None
) -> Loaded:
    """Load a working folder, or what the files in `only` need.

    Without `keep`, reviews are checked but not kept, so that a folder with ten thousand reviews takes no more memory
    than one with ten. `known` is the folder as it was loaded before: its settings, criteria sets, indicators and
    strategies are taken from there instead of being read again, for who knows that they have not changed.
    """
    loader = _Loader(files, keep=keep)
    if known is not None:
        loader.take(known)
    loader.load(only)
    told = loader.collected.findings
    asked_for = frozenset(only or ())
    wanted = told if only is None else [one for one in told if one.at.file in asked_for]
    wanted.sort(
        key=lambda item: (item.at.file, item.place.line if item.place else 0, item.place.column if item.place else 0)
    )
    uses: dict[str, list[str]] = {}
    for one in loader.digests:
        uses.setdefault(one.criteria, []).append(one.file)
    return Loaded(loader.workspace(), tuple(wanted), files, tuple(loader.read), uses)


@dataclass(slots=True)
class _Loader:
    """The state of one loading: what has been read so far."""

    files: Files
    keep: bool
    collected: CollectedFindings = field(default_factory=CollectedFindings)
    read: list[str] = field(default_factory=list)
    settings: Settings | None = None
    criteria: dict[str, CriteriaSet] = field(default_factory=dict)
    strategies: dict[str, Strategy | None] = field(default_factory=dict)
    indicators: dict[str, Indicator] = field(default_factory=dict)
    reviews: list[Review] = field(default_factory=list)
    digests: list[Digest] = field(default_factory=list)
    actions: dict[str, tuple[Action, ...]] = field(default_factory=dict)
    tried: set[str] = field(default_factory=set)
    """The criteria sets and indicators that have been loaded, or found to have errors."""
    opened: dict[str, dict[str, Any] | None] = field(default_factory=dict)
    checked: set[str] = field(default_factory=set)
    """The reviews whose strategy and criteria set have been looked for."""
    left_out: tuple[LeftOut, ...] = ()

    def take(self, known: Workspace) -> None:
        """Take over what has been loaded before."""
        self.settings = known.settings
        self.criteria.update(known.criteria)
        self.strategies.update(known.strategies)
        self.indicators.update(known.indicators)
        self.tried.update(one.file for one in known.criteria.values())
        self.tried.update(one.file for one in known.indicators.values())

    def load(self, only: Collection[str] | None) -> None:
        """Read what is asked for, and check it."""
        if self.settings is None and (values := self.open(MARK)):
            self.settings = modelling.settings(values)
        paths = sorted([*self.files.under("criteria"), *self.files.under("strategies")] if only is None else set(only))
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
            for path in by_kind.get(kind, ()):
                handle(path)
        if only is not None:
            for one in filter(None, list(self.strategies.values())):
                for name in one.succeeds:  # what it takes over from says when it may begin
                    self.strategy(name)
            self._load_siblings([*by_kind.get("review", ()), *by_kind.get("actions", ())], set(only))
        for path in by_kind.get("actions", ()):
            self._load_actions(path)
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

    @property
    def language(self) -> str:
        """The workspace's language, which texts are in that do not say theirs."""
        return self.settings.language if self.settings else "sv"

    def open(self, path: str) -> dict[str, Any] | None:
        """The sound values of a file, read once; None when something is wrong with its text or its form."""
        if path not in self.opened:
            values, text = self._read(path)
            if values is None:
                self.opened[path] = None
            else:
                faults = check_values(kind_of_file(path) or "", values, path)
                self.collected.add_placed(faults, text)
                self.opened[path] = None if faults else values
        return self.opened[path]

    def _read(self, path: str) -> tuple[Any, str]:
        self.read.append(path)
        try:
            data = self.files.read(path)
            text = decode(data)
        except UnreadableFileError as error:
            reason = Words(error.message) if not error.values else str(error)
            self.collected.findings.append(Finding(RULES["GR001"], Pointer(path), {"reason": reason}))
            return None, ""
        if isinstance(text, Fault):
            self.collected.add_fault(path, text, "")
            return None, ""
        reading = read(text)
        for fault in reading.faults:
            self.collected.add_fault(path, fault, text)
            if fault.code == "GR007" and kind_of_file(path) == "review":
                for finding in conflict_findings(path, text):
                    self.collected.add(finding, text)
        if reading.whole and may_be_private(data) and kind_of_file(path) in PEOPLE_ARE_NAMED_IN:
            for finding in check_private(reading.value, path, text):
                self.collected.add(finding, text)
        return (reading.value if reading.whole else None), text

    def _check(self, path: str, findings: Iterable[Finding]) -> None:
        """Take in findings of a file that has been read before."""
        held = list(findings)
        if held:
            text = decode(self.files.read(path))
            self.collected.add_placed(held, text if isinstance(text, str) else "")

    def _load_stranger(self, path: str) -> None:
        """A file that is none of ours, or a folder that may not be read, which reading it tells."""
        if is_yaml(path):
            self.collected.add(Finding(RULES["GR008"], Pointer(path)), "")
        else:
            self._read(path)

    def _load_indicator(self, path: str) -> None:
        if path in self.tried:
            return
        self.tried.add(path)
        if values := self.open(path):
            self._check(path, check_indicator(values, path))
            self.indicators[values["id"]] = modelling.indicator(values, path, self.language)

    def _load_criteria(self, path: str) -> CriteriaSet | None:
        if path in self.tried:
            return next((criteria for criteria in self.criteria.values() if criteria.file == path), None)
        self.tried.add(path)
        values = self.open(path)
        if values is None:
            return None
        criteria = modelling.criteria_set(values, path, self.language)
        indicators = {name.rsplit("/", 1)[-1].removesuffix(".yaml") for name in self.files.under("criteria/statistics")}
        faults = list(check_criteria(values, criteria, indicators))
        expected = f"{criteria.id}-{criteria.version}" if path.startswith("criteria/earlier/") else criteria.id
        name = path.rsplit("/", 1)[-1].removesuffix(".yaml")
        if name != expected:
            faults.append(Finding(RULES["GR316"], Pointer(path, ("id",)), {"id": expected, "name": name}))
        self._check(path, faults)
        if any(fault.rule.severity is Severity.ERROR for fault in faults):
            return None
        self.criteria[criteria.reference] = criteria
        if self.keep:
            for indicator in {name for challenge in criteria.challenges for name in challenge.indicators}:
                if indicator not in self.indicators and self.files.exists(f"criteria/statistics/{indicator}.yaml"):
                    self._load_indicator(f"criteria/statistics/{indicator}.yaml")
        return criteria

    def criteria_set(self, reference: str) -> CriteriaSet | None:
        """The criteria set that a reference names, read when first asked for."""
        name, _, version = reference.partition("@")
        for path in (f"criteria/{name}.yaml", f"criteria/earlier/{name}-{version}.yaml"):
            if reference in self.criteria:
                break
            if self.files.exists(path):
                self._load_criteria(path)
        return self.criteria.get(reference)

    def default_set(self) -> CriteriaSet | None:
        """The set that granskning.yaml names."""
        name = self.settings.criteria if self.settings else ""
        if not name or "@" in name:
            return self.criteria_set(name) if name else None
        return self._load_criteria(f"criteria/{name}.yaml") if self.files.exists(f"criteria/{name}.yaml") else None

    def strategy(self, name: str) -> Strategy | None:
        """The strategy of that folder, read when first asked for."""
        if name not in self.strategies:
            self.strategies[name] = None
            path = f"strategies/{name}/strategy.yaml"
            if self.files.exists(path) and (values := self.open(path)):
                strategy = modelling.strategy(values, path, self.language)
                self._check(path, check_strategy(strategy, name, self.default_set(), self.files))
                self.strategies[name] = strategy
        return self.strategies[name]

    def _load_review(self, path: str) -> None:
        values, text = self._read(path)
        if values is None:
            return
        faults = check_values("review", values, path)
        if faults:
            self.collected.add_placed(faults, text)
            return
        review = modelling.review(values, path, answers=self.keep)
        criteria = self.criteria_set(review.criteria)
        strategy = self.strategy(review.strategy)
        faults = list(check_review(values, review, criteria, strategy))
        faults += self._unknown(review, criteria, strategy)
        if review.approval is not None or review.status == "approved":
            faults += check_approval(values, review, self.open(criteria.file) if criteria else None, strategy)
        self.collected.add_placed(faults, text)
        self.digests.append(digest(review, values))
        self.checked.add(path)
        if self.keep:
            self.reviews.append(put.as_put(review, criteria, strategy.area if strategy else None))

    def _unknown(self, review: Review, criteria: CriteriaSet | None, strategy: Strategy | None) -> Iterator[Finding]:
        """Yield that the review names a set or a strategy that is not there (a broken one is told of itself)."""
        if criteria is None and not self.collected.is_broken_set(review.criteria):
            found = {"reference": review.criteria, "found": ", ".join(sorted(self.criteria)) or "–"}
            near = nearest(review.criteria, self.criteria)
            yield Finding(RULES["GR303"], Pointer(review.file, ("criteria",)), found, suggestion=near)
        if strategy is None and not self.files.exists(f"strategies/{review.strategy}/strategy.yaml"):
            known = self._strategy_names()
            found = {"strategy": review.strategy, "strategies": ", ".join(known)}
            near = nearest(review.strategy, known)
            yield Finding(RULES["GR301"], Pointer(review.file, ("strategy",)), found, suggestion=near)

    def _load_siblings(self, paths: Iterable[str], only: set[str]) -> None:
        """Read the other reviews of the same strategies, for what concerns several."""
        for folder in sorted({path.split("/")[1] for path in paths}):
            for path in self.files.under(f"strategies/{folder}/reviews"):
                if path not in only and kind_of_file(path) == "review":
                    self._load_sibling(path)

    def _load_sibling(self, path: str) -> None:
        """Read what others need to know of a review, and whether it counts."""
        values, text = self._read(path)
        if values is None:
            return
        if faults := check_values("review", values, path):
            self.collected.add_placed(faults, text)
            return
        review = modelling.review(values, path, answers=False)
        strategy = self.strategy(review.strategy)
        unknown = list(self._unknown(review, self.criteria_set(review.criteria), strategy))
        if strategy is not None:
            unknown += check_edition(review, strategy)
        self.collected.add_placed(unknown, text)
        self.digests.append(digest(review, values))
        self.checked.add(path)

    def _load_publication(self, path: str) -> None:
        if values := self.open(path):
            self._check(path, check_publication(values, path, self.files))

    def _load_actions(self, path: str) -> None:
        if values := self.open(path):
            folder = path.split("/")[1]
            actions = modelling.actions(values)
            reviews = [one for one in self.digests if one.strategy == folder]
            sets = [held for name in {one.criteria for one in reviews} if (held := self.criteria_set(name))]
            known = {criterion.id for held in sets for criterion in held.criteria}
            setting = Setting(folder, self.strategy(folder), known, dates_of(reviews, self.strategy(folder)))
            self._check(path, check_actions(path, values, actions, setting))
            self.actions[folder] = actions

    def _check_across(self, only: Collection[str] | None) -> None:
        self.digests.sort(key=lambda item: item.file)
        strategies = self._sound_strategies()
        read_reviews = [path for path in self.read if kind_of_file(path) == "review"]
        known = Known(self.strategies, self.criteria, self.checked)
        self.left_out = find_left_out(self.digests, self.collected.findings, read_reviews, known)
        found = list(check_folder.check_reviews(self.digests, self.left_out, self.files))
        found += check_folder.check_order(self.digests, strategies)
        names = self._strategy_names()
        if only is None:
            found += check_chains(strategies, names)
            found += check_folder.check_reviewed(strategies, self._begun())
            found += check_folder.check_strategy_folders(self.files)
            self._check_defaults()
            found += stale_schemas(self.criteria.values(), self.files, self.settings)
        else:
            found += [one for one in check_chains(strategies, names) if one.rule.code != "GR308"]
        by_file: dict[str, list[Finding]] = {}
        for finding in found:
            by_file.setdefault(finding.at.file, []).append(finding)
        for path, findings in by_file.items():
            if self.files.exists(path) and kind_of_file(path):
                self._check(path, findings)
            else:
                self.collected.findings += findings

    def _check_versions(self, paths: Iterable[str]) -> None:
        """Hold the sets at these paths against the other versions of the same sets."""
        wanted = frozenset(paths)
        names = {criteria.id for criteria in self.criteria.values() if criteria.file in wanted}
        for path in self.files.under("criteria/earlier") if names else ():
            if kind_of_file(path) == "criteria" and any(path.startswith(f"criteria/earlier/{name}-") for name in names):
                self._load_criteria(path)
        for finding in check_versions([one for one in self.criteria.values() if one.id in names]):
            self._check(finding.at.file, [finding])
        for name in sorted(names):
            self._check_frozen(f"criteria/{name}.yaml")

    def _check_frozen(self, path: str) -> None:
        """A version that is frozen under earlier/ too must have the same content there."""
        if values := self.opened.get(path):
            frozen = f"criteria/earlier/{values['id']}-{values['version']}.yaml"
            held = self.open(frozen) if self.files.exists(frozen) else None
            self._check(path, check_frozen(path, values, held, frozen))

    def _check_defaults(self) -> None:
        """The default set of granskning.yaml must be there."""
        name = self.settings.criteria if self.settings else ""
        if name and self.default_set() is None and not self.collected.is_broken_set(name):
            values = {"reference": name, "found": ", ".join(sorted(self.criteria)) or "–"}
            near = nearest(name, {known.partition("@")[0] for known in self.criteria})
            self._check(MARK, [Finding(RULES["GR303"], Pointer(MARK, ("criteria",)), values, suggestion=near)])

    def _begun(self) -> set[str]:
        """The strategies that have a review's file, whatever it says."""
        paths = [path for path in self.files.under("strategies") if kind_of_file(path) == "review"]
        return {path.split("/")[1] for path in paths} | {one.strategy for one in self.digests}

    def _strategy_names(self) -> list[str]:
        return sorted(path.split("/")[1] for path in self.files.under("strategies") if kind_of_file(path) == "strategy")
