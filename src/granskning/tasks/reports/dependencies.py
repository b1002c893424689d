"""What reports rest on: the files, what git knows of them, the errors in them, and the date that a report speaks of."""

from __future__ import annotations

import dataclasses
import hashlib
import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from granskning import __version__
from granskning.edges.git import read_repository
from granskning.findings.severity import Severity
from granskning.model.criteria import indicators_named
from granskning.model.rounds import earlier_review
from granskning.reporting.blocks.frame import Provenance
from granskning.scoring.results.card import SCORING_VERSION
from granskning.tasks.evidence.quotation_statuses import QuotationStatuses
from granskning.tasks.reports.attachments import fingerprint_of
from granskning.workspace.variants import whole_bytes
from granskning.workspace.yaml.canonical_form import content_hash

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from pathlib import Path

    from granskning.model.criteria import CriteriaSet
    from granskning.model.evidence import QuotationStatus
    from granskning.model.review import Review
    from granskning.model.workspace import Workspace
    from granskning.tasks.folder.score import ScoredReview
    from granskning.tasks.reports.attachments import ReportSources, StatedProvenance
    from granskning.workspace.loaded import Loaded

_WHOLE_DATE = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_DATED = frozenset({"date", "retrieved"})


@dataclass(frozen=True, slots=True)
class ReportTerms:
    """What is given of reports from without."""

    as_of: str | None = None
    """The date that they speak of; None for the latest in what they rest on."""
    stated: StatedProvenance | None = None
    """What a manifest says of the one report that is made again."""


USUAL = ReportTerms()


class ReportDependencies:
    """What the reports of one workspace rest on. What several reports rest on is read once."""

    def __init__(
        self,
        root: Path,
        loaded: Loaded,
        workspace: Workspace,
        terms: ReportTerms,
    ) -> None:
        stated = terms.stated
        self._files = loaded.files
        self._quotations = None if stated else QuotationStatuses(root, loaded.workspace)
        self._workspace = workspace
        self._as_of = terms.as_of
        self._stated = stated
        self._repository = None if stated else read_repository(root, loaded.read)
        self._contents: dict[str, bytes] = {}
        self._bases: dict[tuple[str, ...], ReportSources] = {}
        self._latest: dict[str, str] = {}
        self._annexes: dict[str, str] = {}
        outside = {item.file for item in workspace.left_out}
        faulty = (finding.at.file for finding in loaded.findings if finding.rule.severity is Severity.ERROR)
        self._faults = stated.faults if stated else Counter(file for file in faulty if file not in outside)

    @property
    def has_history(self) -> bool:
        """Whether git knows of the files."""
        return self._repository is not None

    def rests_on(self, basis: ReportSources) -> None:
        """Remember what a report rests on that is being made, and the findings in that."""
        marked = replace(basis, faults=tuple(self.faults(basis.sources).items()))
        self._bases[basis.kind, *basis.identity, *basis.against] = marked

    def quotations(self, reviews: Iterable[Review]) -> tuple[QuotationStatus, ...]:
        """What came of looking up the quotations of some reviews: here and now, or as a manifest says that it was."""
        if self._quotations is not None:
            return self._quotations.of_reviews(reviews)
        return self._stated.quotations if self._stated else ()

    def quotations_between(self, before: Review, after: Review) -> tuple[QuotationStatus, ...]:
        """The same, of an earlier review's quotations in the edition of a later one."""
        if self._quotations is not None:
            return self._quotations.between(before, after)
        return self._stated.quotations if self._stated else ()

    def basis(self, kind: str, *identity: str) -> ReportSources:
        """What a report that has been made rests on."""
        return self._bases[kind, *identity]

    def faults(self, files: Collection[str]) -> dict[str, int]:
        """How many errors there are in each of the files that has any. They exclude nothing, but are marked.

        Actions and indicators that a report lacks since they cannot be read are among them.
        """
        named = {*files}
        homes = [file.removesuffix("strategy.yaml") for file in files if file.endswith("/strategy.yaml")]
        named |= {f"{home}actions.yaml" for home in homes}
        sets = [criteria_set for criteria_set in self._workspace.criteria.values() if criteria_set.file in named]
        named |= {
            f"criteria/statistics/{name}.yaml" for criteria_set in sets for name in indicators_named(criteria_set)
        }
        return {file: self._faults[file] for file in sorted(named) if file in self._faults}

    @property
    def marked(self) -> dict[str, int]:
        """The errors in what the reports made so far rest on, by file."""
        return self.faults({file for basis in self._bases.values() for file in basis.sources})

    def indicators_of(self, criteria: CriteriaSet) -> list[str]:
        """The indicators that a set names and that are there."""
        return sorted(indicators_named(criteria) & self._workspace.indicators.keys())

    def sources_of(self, scored_review: ScoredReview) -> list[str]:
        """The files that a report rests on, sorted."""
        name = scored_review.review.strategy
        there = [f"criteria/statistics/{key}.yaml" for key in self.indicators_of(scored_review.criteria)]
        if name in self._workspace.actions:
            there.append(f"strategies/{name}/actions.yaml")
        if (earlier := earlier_review(self._workspace.reviews, scored_review.review)) is not None:
            there.append(earlier.file)
        strategy = self._workspace.strategies[name].file
        return sorted({scored_review.review.file, scored_review.criteria.file, strategy, *there})

    def provenance(
        self, sources: Sequence[str], criteria: CriteriaSet, dates: Iterable[str], page: str = ""
    ) -> Provenance:
        """What a report that rests on these files came from; it speaks of the latest of the dates.

        `page` is the name of its page in a build, where a build makes it.
        """
        contents = {file: self._read(file) for file in sources}
        said, git = self._stated, self._repository
        saved = contents if said else self._as_saved(contents)
        hashes = {file: said.hashes.get(file, "") if said else _sha256(contents[file]) for file in sources}
        whole = hashlib.sha256("".join(f"{file}\0{hashes[file]}\n" for file in sources).encode())
        return Provenance(
            commit=said.commit if said else git.last_commit(sorted(saved)) if git else None,
            changed=said.changed if said else git.differs(saved) if git else False,
            fingerprint=whole.hexdigest(),
            criteria_hash=content_hash(criteria),
            tool=__version__,
            scoring=SCORING_VERSION,
            as_of=self._as_of or max(dates) or None,
            annex_fingerprint=self.annex_fingerprint(criteria),
            page=said.page if said else page,
        )

    def annex_files(self, criteria: CriteriaSet) -> list[str]:
        """The files that the annex of a criteria set rests on, sorted."""
        return sorted({criteria.file, *(f"criteria/statistics/{name}.yaml" for name in self.indicators_of(criteria))})

    def annex_fingerprint(self, criteria: CriteriaSet) -> str:
        """SHA-256 over the bytes of a criteria set and its indicators: what its annex is known by."""
        if criteria.reference not in self._annexes:
            said = self._stated
            hashes = {
                file: said.hashes.get(file, "") if said else _sha256(self._read(file))
                for file in self.annex_files(criteria)
            }
            self._annexes[criteria.reference] = fingerprint_of(hashes)
        return self._annexes[criteria.reference]

    def _read(self, file: str) -> bytes:
        if file not in self._contents:
            self._contents[file] = whole_bytes(self._files, file)
        return self._contents[file]

    def _as_saved(self, contents: Mapping[str, bytes]) -> dict[str, bytes]:
        """The files as git has them: a variant as it is written, and beside it the set that it builds on."""
        saved = dict(contents)
        for criteria in self._workspace.criteria.values():
            if criteria.base_file and criteria.file in contents:
                saved |= {file: self._files.read(file) for file in (criteria.file, criteria.base_file)}
        return saved

    def dated(self, criteria: CriteriaSet) -> str:
        """The latest date in a criteria set and the indicators it names."""
        if criteria.reference not in self._latest:
            figures = [self._workspace.indicators[name] for name in self.indicators_of(criteria)]
            self._latest[criteria.reference] = max(latest_date(criteria), latest_date(figures))
        return self._latest[criteria.reference]


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def latest_date(value: Any) -> str:
    """The latest whole date that a model value says it is from; plans for the future don't count."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        parts = []
        for field in dataclasses.fields(value):
            inner = getattr(value, field.name)
            if field.name in _DATED and isinstance(inner, str):
                parts.append(inner if _WHOLE_DATE.match(inner) else "")
            else:
                parts.append(latest_date(inner))
        return max(parts, default="")
    if isinstance(value, dict):
        value = value.values()
    elif not isinstance(value, tuple | list):
        return ""
    return max((latest_date(inner) for inner in value), default="")
