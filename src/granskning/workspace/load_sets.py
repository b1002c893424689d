"""Criteria sets and indicators of a folder: read when something names them, each once, with what is wrong in them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.findings.severity import Severity
from granskning.findings.suggestions import KnownNames
from granskning.model.criteria import indicators_named
from granskning.workspace.checks.approval import judged_by
from granskning.workspace.checks.check_criteria import check_criteria
from granskning.workspace.checks.check_versions import check_file_name, check_frozen, check_versions
from granskning.workspace.effects.check_meaning import check_meaning
from granskning.workspace.indicators.check_figure_texts import check_figure_texts
from granskning.workspace.indicators.check_indicator import check_indicator
from granskning.workspace.schema import modelling
from granskning.workspace.schema.kinds import STATISTICS, kind_of_file
from granskning.workspace.schema.modelling_indicator import indicator as indicator_of
from granskning.workspace.sound_part import HIDING, check_sound_part

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from granskning.model.criteria import CriteriaSet
    from granskning.model.indicator import Indicator
    from granskning.model.workspace import Settings
    from granskning.workspace.opened import OpenedFiles

_SCORED_ALIKE = frozenset({"GR403"})
"""Errors that leave a set as sound as it was: no result rests on an indicator, and where it is missed that is said."""


@dataclass(slots=True)
class SetLoader:
    """What has been read of settings, criteria sets and indicators."""

    opened: OpenedFiles
    keep: bool
    """Whether reviews are kept, and not only checked."""
    settings: Settings | None = None
    criteria: dict[str, CriteriaSet] = field(default_factory=dict)
    indicators: dict[str, Indicator] = field(default_factory=dict)
    tried: set[str] = field(default_factory=set)
    """The criteria sets and indicators that have been loaded, or found to have errors."""
    sets_by_file: dict[str, CriteriaSet] = field(default_factory=dict)
    indicator_names: dict[str, None] | None = None
    known_sets: list[str] = field(default_factory=list)
    """The criteria sets in order, as many as there were when somebody last asked."""
    only: Collection[str] | None = None  # the files whose findings are asked for; None for all

    @property
    def language(self) -> str:
        """The workspace's language, which texts are in that do not say theirs."""
        return self.settings.language if self.settings else "sv"

    def _load_indicator(self, path: str) -> None:
        if path in self.tried:
            return
        self.tried.add(path)
        if values := self.opened.open(path):
            indicator = indicator_of(values, path, self.language, self.settings.area_code if self.settings else "")
            self.opened.add(path, check_indicator(values, indicator))
            self.indicators[values["id"]] = indicator

    def _load_criteria(self, path: str) -> CriteriaSet | None:
        if path in self.tried:
            return self.sets_by_file.get(path)
        self.tried.add(path)
        values = self.opened.open(path)
        if values is None:
            self._check_faulty(path)
        if values is None or not self._has_base(path):
            return None
        criteria = modelling.criteria_set(values, path, self.language)
        if (variant := self.opened.variants.get(path)) is not None:
            criteria = replace(criteria, base_file=variant.base_file)
        faults = list(check_criteria(values, criteria, self._indicators()))
        faults += check_file_name(criteria)
        errors = {fault.rule.code for fault in faults if fault.rule.severity is Severity.ERROR}
        is_sound = errors <= _SCORED_ALIKE
        if self._is_asked(path):
            faults += self._check_further(values, criteria, faults, is_sound=is_sound)
        self.opened.add(path, faults)
        if not is_sound:
            return None
        self.sets_by_file[path] = criteria
        if not self._is_moved(path, values, criteria):
            self.criteria[criteria.reference] = criteria
        if self.keep:
            self._load_indicators_of(criteria)
        return criteria

    def _load_indicators_of(self, criteria: CriteriaSet) -> None:
        """Read the indicators that a set names and that are there."""
        for indicator in indicators_named(criteria):
            path = f"{STATISTICS}/{indicator}.yaml"
            if indicator not in self.indicators and self.opened.files.exists(path):
                self._load_indicator(path)

    def _check_faulty(self, path: str) -> None:
        """What else is wrong in a set that does not fit its schema, for who asks for the file."""
        if path in self.opened.faulty and self._is_asked(path):
            faulty = self.opened.faulty[path]
            self.opened.add(path, check_sound_part(faulty, path, self.language, self._indicators()))

    def _has_base(self, path: str) -> bool:
        """Whether what a set builds on, if anything, is sound; its findings come first, so that none is told twice."""
        variant = self.opened.variants.get(path)
        if variant is None or self._load_criteria(variant.base_file) is not None:
            return True
        values = {"set": variant.reference, "file": variant.base_file}
        self.opened.add(path, [Finding(RULES["GR493"], Pointer(path, ("extends",)), values)])
        return False

    def _is_moved(self, path: str, values: dict[str, Any], criteria: CriteriaSet) -> bool:
        """Whether a variant has been put to use and frozen, and now comes to something else: the frozen copy holds."""
        frozen = f"criteria/earlier/{criteria.id}-{criteria.version}.yaml"
        if path == frozen or not criteria.base_file or not self.opened.files.exists(frozen):
            return False
        kept = self.opened.open(frozen) if self._load_criteria(frozen) is not None else None
        return kept is not None and judged_by(kept) != judged_by(values)

    def _check_further(
        self, values: dict[str, Any], criteria: CriteriaSet, faults: Sequence[Finding], *, is_sound: bool
    ) -> list[Finding]:
        """What is only told to who asks for the file: faults behind others, and what is in vain or unclear."""
        is_hiding = any(fault.rule.code in HIDING for fault in faults)
        args = (values, criteria.file, self.language, self._indicators(), faults)
        self._load_indicators_of(criteria)
        return [
            *check_figure_texts(values, criteria.file, self.indicators, self._indicators()),
            *check_meaning(values, criteria, is_sound=is_sound),
            *(check_sound_part(*args) if is_hiding else ()),
        ]

    def _is_asked(self, path: str) -> bool:
        return self.opened.is_told and (self.only is None or path in self.only)

    def _indicators(self) -> dict[str, None]:
        """The names of the indicators, looked for once."""
        if self.indicator_names is None:
            names = self.opened.under(STATISTICS)
            self.indicator_names = dict.fromkeys(name.rsplit("/", 1)[-1].removesuffix(".yaml") for name in names)
        return self.indicator_names

    def criteria_set(self, reference: str) -> CriteriaSet | None:
        """The criteria set that a reference names, read when first asked for."""
        name, _, version = reference.partition("@")
        for path in (f"criteria/{name}.yaml", f"criteria/earlier/{name}-{version}.yaml"):
            if reference in self.criteria:
                break
            if self.opened.files.exists(path):
                self._load_criteria(path)
        return self.criteria.get(reference)

    def default_set(self) -> CriteriaSet | None:
        """The set that granskning.yaml names."""
        name = self.settings.criteria if self.settings else ""
        if not name or "@" in name:
            return self.criteria_set(name) if name else None
        return (
            self._load_criteria(f"criteria/{name}.yaml") if self.opened.files.exists(f"criteria/{name}.yaml") else None
        )

    def _unknown_set(self, at: Pointer, reference: str) -> Finding:
        """That there is no such set, among those known by now."""
        if len(self.known_sets) != len(self.criteria):
            self.known_sets = sorted(self.criteria)
        values = {"reference": reference, "found": KnownNames(self.known_sets)}
        return Finding(RULES["GR303"], at, values, near=(reference, self.known_sets))

    def _add_by_file(self, findings: Iterable[Finding]) -> None:
        """Take in findings, each file's at once; of what is no file of ours without a place."""
        by_file: dict[str, list[Finding]] = {}
        for finding in findings:
            by_file.setdefault(finding.at.file, []).append(finding)
        for path, of_file in by_file.items():
            if self.opened.files.exists(path) and kind_of_file(path):
                self.opened.add(path, of_file)
            else:
                for finding in of_file:
                    self.opened.collected.add(finding)

    def _check_versions(self, paths: Iterable[str]) -> None:
        """Hold the sets at these paths against the other versions of the same sets."""
        wanted = frozenset(paths)
        names = {criteria.id for criteria in self.sets_by_file.values() if criteria.file in wanted}
        for path in self.opened.under("criteria/earlier") if names else ():
            if kind_of_file(path) == "criteria" and path.removeprefix("criteria/earlier/").rpartition("-")[0] in names:
                self._load_criteria(path)
        self._add_by_file(check_versions([one for one in self.criteria.values() if one.id in names]))
        for name in sorted(names):
            self._check_frozen(f"criteria/{name}.yaml")

    def _check_frozen(self, path: str) -> None:
        """A version that is frozen under earlier/ too must have the same content there."""
        if values := self.opened.values.get(path):
            frozen = f"criteria/earlier/{values['id']}-{values['version']}.yaml"
            held = self.opened.open(frozen) if self.opened.files.exists(frozen) else None
            self.opened.add(path, check_frozen(path, values, held, frozen))
