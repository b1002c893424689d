"""One report that looks at more than a review or a round, on demand: a strategy over time, a change, the portfolio."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.edges.disk import FolderFiles
from granskning.edges.lookup import exists, resolved
from granskning.errors import UsageError
from granskning.i18n import N_, Translator
from granskning.model.strategy import predecessors_of
from granskning.reporting.html.render import CHANGE, CRITERIA, PORTFOLIO, STRATEGY
from granskning.scoring.compare import has_result
from granskning.tasks.folder.chosen import Chosen, choose
from granskning.tasks.folder.hidden_reviews import without_reviews
from granskning.tasks.folder.missing import unknown_set
from granskning.tasks.folder.name import name_of
from granskning.tasks.folder.open import find_folder, load_chosen, open_workspace, require_settings
from granskning.tasks.folder.report_files import files_of_reports, read_strategies
from granskning.tasks.reports.over_time import TimeReporter
from granskning.tasks.reports.portfolio import make_portfolio
from granskning.tasks.reports.render import PrintOptions, ReportPage, make_page, only_private, require_printing
from granskning.tasks.reports.report import Reporter
from granskning.tasks.reports.score_histories import Memories
from granskning.workspace.files_by_kind import files_of_kinds, files_of_strategies

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from granskning.findings.finding import Finding
    from granskning.model.criteria import CriteriaSet
    from granskning.model.strategy import Strategy
    from granskning.model.workspace import Workspace
    from granskning.tasks.folder.score import ScoredReview
    from granskning.tasks.reports.render import OnReplaced


def render_wide(  # noqa: PLR0913  # what a user may choose, by name
    start: Path,
    path: Path | None,
    *,
    form: str,
    report: str,
    against: str | None = None,
    archive: bool = False,
    seconds: float | None = None,
    apart: bool = False,
    on_replaced: OnReplaced | None = None,
    own: str = "",
    without: Collection[str] = (),
) -> tuple[str, bytes]:
    """A report as `form` (pdf or html): a file name for it, and its bytes.

    `report` is strategy, change or portfolio. `path` is a review, a strategy's folder or its id; for the portfolio
    anything in the working folder, or nothing. `against` is what a change is told from: another round of the same
    strategy, or the file of a review. `seconds` is how much processor time making it may take; `apart` asks for a
    process to print in; `on_replaced` hears of characters that no font has; `own` is a template of the folder's own to
    make it on; `without` are files of reviews that a portfolio is to be made without.

    Raises UsageError when the path is none of these or what it stands for has errors, and what printing raises.
    """
    require_printing(form)
    named = [path] if report == "portfolio" and path is not None else []
    root = choose(start, named).root
    files = FolderFiles(root)
    chosen = None if report == "portfolio" else _files_over_time(start, files, path, against)
    loaded = load_chosen(Chosen(root, chosen), files, keep=True)
    require_settings(loaded)
    loaded = without_reviews(loaded, without)
    reporter = Reporter(root, loaded, Translator(loaded.workspace.settings.language))
    made = _Wide(start, root, reporter, Memories(root, Translator(reporter.t.asked)))
    name, page = made.portfolio() if path is None or report == "portfolio" else made.of_strategy(path, report, against)
    name = f"{name}.{form}"
    options = PrintOptions(archive=archive, seconds=seconds, apart=apart, on_replaced=on_replaced, own=own)
    return make_page(root, loaded, name, page, reporter.t, options)


def render_criteria(  # noqa: PLR0913  # what a user may choose, by name
    start: Path,
    reference: str,
    *,
    form: str,
    archive: bool = False,
    seconds: float | None = None,
    apart: bool = False,
    on_replaced: OnReplaced | None = None,
    own: str = "",
) -> tuple[str, bytes]:
    """The annex of a criteria set as `form`: a file name for it, and its bytes.

    `reference` is `SET@VERSION`, or the set alone for its current version. Raises UsageError when there is no such set,
    and what printing raises.
    """
    require_printing(form)
    root = find_folder(start)
    files = FolderFiles(root)
    loaded = load_chosen(Chosen(root, tuple(files_of_kinds(files, "criteria", "indicator"))), files, keep=True)
    require_settings(loaded)
    criteria = _find_criteria(loaded.workspace, reference)
    reporter = Reporter(root, loaded, Translator(loaded.workspace.settings.language))
    page = reporter.criteria(criteria)
    basis = reporter.dependencies.basis("criteria", criteria.reference)
    name = f"{annex_name(criteria)}.{form}"
    made = ReportPage(CRITERIA, page, basis)
    options = PrintOptions(archive=archive, seconds=seconds, apart=apart, on_replaced=on_replaced, own=own)
    return make_page(root, loaded, name, made, reporter.t, options)


def annex_name(criteria: CriteriaSet) -> str:
    """What the file of a set's annex is called, without its ending."""
    return f"{criteria.id}-{criteria.version}-bilaga"


def _find_criteria(workspace: Workspace, reference: str) -> CriteriaSet:
    """The set by `SET@VERSION`; the one whose file is its current version where no version is named."""
    if (exact := workspace.criteria.get(reference)) is not None:
        return exact
    current = (held for held in workspace.criteria.values() if held.file == f"criteria/{reference}.yaml")
    if (found := next(current, None)) is not None:
        return found
    raise unknown_set(reference, workspace.criteria)


def find_private_wide(start: Path, path: Path | None, report: str) -> tuple[Path, tuple[Finding, ...]]:
    """The root of the working folder, and what looks private in all that the report may tell."""
    if report == "portfolio" or path is None:
        root, loaded = open_workspace(start, [path] if path is not None else [], keep=False)
    else:
        root = find_folder(start)
        files = FolderFiles(root)
        own = files_of_strategies(files, {_strategy_of(path, start, root, read_strategies(files))})
        loaded = load_chosen(Chosen(root, tuple(own)), files, keep=False)
    return root, only_private(loaded.findings)


NOTHING_JUDGED = N_("nothing has been judged in {what}, so there is nothing to compare")


class _Wide:
    """Finds what a path stands for, and makes the report of it."""

    def __init__(self, start: Path, root: Path, reporter: Reporter, memories: Memories | None = None) -> None:
        self._start = start
        self._root = root
        self._reporter = reporter
        self._times = TimeReporter(reporter, memories.of) if memories else TimeReporter(reporter)

    def portfolio(self) -> tuple[str, ReportPage]:
        """All strategies beside each other."""
        page = make_portfolio(self._reporter)
        if page is None:
            message = N_("the criteria set that granskning.yaml names cannot be read, so there is no portfolio")
            raise UsageError(message, N_("see: granskning check"))
        return "portfolio", ReportPage(PORTFOLIO, page, self._reporter.dependencies.basis("portfolio"))

    def of_strategy(self, path: Path, report: str, against: str | None) -> tuple[str, ReportPage]:
        """A strategy over time, or what changed in it."""
        name = _strategy_of(path, self._start, self._root, self._reporter.workspace.strategies)
        occasions = self._times.occasions(name)
        if not occasions:
            raise UsageError(N_("{strategy} has no review to make a report of"), "", strategy=name)
        if report == "strategy":
            if not (any(occasion.has_result for occasion in occasions) or self._reporter.workspace.actions.get(name)):
                raise UsageError(NOTHING_JUDGED, "", what=name)
            made = self._times.strategy(name)
            return f"{name}-over-tid", ReportPage(STRATEGY, made, self._reporter.dependencies.basis("strategy", name))
        before, after = self._pair(name, self._review(path), against)
        for one in (before, after):
            if not has_result(one.card.total):
                raise UsageError(NOTHING_JUDGED, "", what=one.review.file)
        page = self._times.change(before, after)
        basis = self._reporter.dependencies.basis("change", *after.review.identity, *before.review.identity)
        return "-".join((name, *_called(before, after))), ReportPage(CHANGE, page, basis)

    def _review(self, path: Path) -> ScoredReview | None:
        """The review that is a file; None where the path is no review's."""
        relative = _relative(path, self._start, self._root)
        return next(
            (
                scored_review
                for scored_review in self._reporter.reported.scored
                if scored_review.review.file == relative
            ),
            None,
        )

    def _pair(self, name: str, chosen: ScoredReview | None, against: str | None) -> tuple[ScoredReview, ScoredReview]:
        """The two reviews, the earlier first."""
        own = [occasion.round for occasion in self._times.occasions(name) if occasion.strategy.id == name]
        after = chosen or self._times.answering_for(name, own[-1])
        if after is None:
            message = N_("no single review stands for the round {round}, so there is nothing to compare")
            raise UsageError(message, N_("name the file of a review"), round=own[-1])
        if against is not None and (other := self._review(self._start / against)) is not None:
            return self._in_order(other, after)
        round_ = name_of(self._start, against).removeprefix(f"{name}/") if against else self._before(after, own)
        if after.review.strategy != name or round_ not in own:
            message = N_("{strategy} has no round {round}")
            raise UsageError(message, N_("its rounds: {rounds}"), strategy=name, round=round_, rounds=", ".join(own))
        same = (
            scored_review
            for scored_review in self._reporter.reported.scored
            if scored_review.review.identity == (name, round_, after.review.reviewer)
        )
        before = next(same, None) or self._times.answering_for(name, round_)
        if before is None:
            message = N_("no single review stands for the round {round}, so there is nothing to compare")
            raise UsageError(message, N_("name a review's file with --against"), round=round_)
        return self._in_order(before, after)

    def _before(self, after: ScoredReview, own: list[str]) -> str:
        at = own.index(after.review.round)
        if not at:
            message = N_("there is no round before {round} to compare with")
            raise UsageError(message, N_("name a round or a review's file with --against"), round=after.review.round)
        return own[at - 1]

    def _in_order(self, scored_review: ScoredReview, other: ScoredReview) -> tuple[ScoredReview, ScoredReview]:
        """The two in the order of their rounds, whichever way they were named."""
        if scored_review.review.identity == other.review.identity:
            raise UsageError(N_("a review cannot be compared with itself"), "")
        rounds = [occasion.round for occasion in self._times.occasions(other.review.strategy)]
        if scored_review.review.strategy == other.review.strategy and rounds.index(
            scored_review.review.round
        ) > rounds.index(other.review.round):
            return other, scored_review
        return scored_review, other


def _files_over_time(start: Path, files: FolderFiles, path: Path | None, against: str | None) -> tuple[str, ...]:
    """What a report over time rests on: the strategy, those that it succeeds, and what it is held against."""
    if path is None:
        raise UsageError(N_("name a review, a strategy's folder or its id"), "")
    strategies = read_strategies(files)
    name = _strategy_of(path, start, files.root, strategies)
    names = {name, *(before.id for before in predecessors_of(name, strategies))}
    if against is not None and (relative := _relative(start / against, start, files.root)).startswith("strategies/"):
        names.add(relative.split("/")[1])
    return files_of_reports(files, names, strategies)


def _strategy_of(path: Path, start: Path, root: Path, strategies: Mapping[str, Strategy]) -> str:
    """The strategy that a path lies in, or that has that id."""
    parts = _relative(path, start, root).split("/")
    if len(parts) > 1 and parts[0] == "strategies" and parts[1] in strategies:
        return parts[1]
    if str(path) in strategies:
        return str(path)
    raise UsageError(N_("{path} is no strategy"), N_("name a review, a strategy's folder or its id"), path=path)


def _relative(path: Path, start: Path, root: Path) -> str:
    """A path as the working folder has it; empty where it lies elsewhere or is not there."""
    absolute = (start / path).absolute()
    if not exists(absolute):
        return ""
    try:
        return resolved(absolute).relative_to(resolved(root)).as_posix()
    except ValueError:
        return ""


def _called(before: ScoredReview, after: ScoredReview) -> tuple[str, str]:
    """What the file of a change is called after: the rounds or, within a round, the reviewers."""
    if before.review.round != after.review.round:
        return before.review.round, after.review.round
    return before.review.reviewer, after.review.reviewer
