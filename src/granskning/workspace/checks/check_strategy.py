"""What can be wrong in one strategy and its editions, and in links between strategies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from granskning.errors import UnreadableFileError, Words
from granskning.files import is_plain
from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.findings.suggestions import KnownNames
from granskning.i18n import N_
from granskning.model.cycles import groups_in_circles
from granskning.workspace.checks.dates import impossible_dates, is_before, wrong_order

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from granskning.files import Files
    from granskning.findings.finding import Path
    from granskning.model.criteria import CriteriaSet
    from granskning.model.strategy import Edition, Strategy

_STAGES = ("draft", "consultation", "adopted", "revised")


def check_strategy(
    strategy: Strategy,
    folder: str,
    criteria: CriteriaSet | None,
    files: Files,
    numbers: Collection[str] = (),
) -> Iterator[Finding]:
    """Yield what is wrong in the strategy. `folder` is its folder's name; areas are those of the default set.

    `numbers` are the ids that the settings declare.
    """
    file = strategy.file
    if strategy.id != folder:
        yield _finding("GR316", file, ("id",), id=strategy.id, name=folder)
    if criteria is not None and criteria.areas and strategy.area not in criteria.areas:
        values = {"set": criteria.reference, "area": strategy.area, "areas": KnownNames(criteria.areas)}
        yield Finding(RULES["GR314"], Pointer(file, ("area",)), values, near=(strategy.area, criteria.areas))
    start, end = strategy.period
    yield from impossible_dates(file, ("period", "from"), start)
    yield from impossible_dates(file, ("period", "to"), end)
    if is_before(end, start):
        yield wrong_order(Pointer(file, ("period", "to")), (N_("the period's end"), end), (N_("its beginning"), start))
    for name in strategy.numbers:
        if name not in numbers:
            values = {"id": name, "known": KnownNames(numbers)}
            yield Finding(RULES["GR340"], Pointer(file, ("numbers", name), key=True), values, near=(name, numbers))
    yield from _check_editions(strategy, folder, files)
    yield from _check_plans(strategy)
    yield from _check_package(strategy)


def _check_plans(strategy: Strategy) -> Iterator[Finding]:
    """That each round is planned once, and that the dates are in the calendar."""
    seen: set[str] = set()
    for number, planned in enumerate(strategy.rounds):
        path: Path = ("rounds", number)
        if planned.round in seen:
            yield _finding("GR803", strategy.file, (*path, "round"), round=planned.round)
        seen.add(planned.round)
        yield from impossible_dates(strategy.file, (*path, "due"), planned.due)
    if strategy.not_reviewed is not None:
        yield from impossible_dates(strategy.file, ("not_reviewed", "date"), strategy.not_reviewed.date)


def _check_package(strategy: Strategy) -> Iterator[Finding]:
    """That each document of the package that is an edition is one of the strategy's, and that dates are dates."""
    ids = [edition.id for edition in strategy.editions]
    for number, document in enumerate(strategy.package):
        path: Path = ("package", number)
        yield from impossible_dates(strategy.file, (*path, "retrieved"), document.retrieved)
        if document.edition is not None and document.edition not in ids:
            values = {"document": document.title or document.kind, "edition": document.edition}
            pointer = Pointer(strategy.file, (*path, "edition"))
            yield Finding(RULES["GR808"], pointer, values, near=(document.edition, ids))


def _check_editions(strategy: Strategy, folder: str, files: Files) -> Iterator[Finding]:
    seen: set[str] = set()
    latest = [""] * len(_STAGES)  # by stage, the latest date so far
    for number, edition in enumerate(strategy.editions):
        path: Path = ("editions", number)
        if edition.id in seen:
            yield _finding("GR318", strategy.file, (*path, "id"), edition=edition.id)
        seen.add(edition.id)
        for key, date in (("date", edition.date), ("retrieved", edition.retrieved)):
            yield from impossible_dates(strategy.file, (*path, key), date)
        if edition.document is not None:
            yield from _check_document(strategy.file, path, edition, f"strategies/{folder}/{edition.document}", files)
        stage = _STAGES.index(edition.stage)
        other = next((date for date in latest[:stage] if is_before(edition.date, date)), None)
        if other is not None:
            before = (N_("the date of an earlier stage"), other)
            at = Pointer(strategy.file, (*path, "date"))
            yield wrong_order(at, (N_("the edition's date"), edition.date), before)
        latest[stage] = max(latest[stage], edition.date or "")


def _check_document(file: str, path: Path, edition: Edition, document: str, files: Files) -> Iterator[Finding]:
    try:
        found = files.fingerprint(document) if is_plain(document) else None
    except UnreadableFileError as error:
        reason = error.message.format(**error.values) if error.values else Words(error.message)
        yield _finding("GR321", file, (*path, "document"), document=edition.document, reason=reason)
        return
    if found is None:
        yield _finding("GR309", file, (*path, "document"), document=edition.document)
    elif edition.sha256 is None:
        yield _finding("GR313", file, (*path, "document"), document=edition.document, found=found[1])
    elif edition.sha256 != found[1]:
        yield _finding("GR310", file, (*path, "sha256"), document=edition.document, found=found[1])


def check_chains(strategies: Mapping[str, Strategy], known: Collection[str]) -> Iterator[Finding]:
    """Yield links between strategies that lead nowhere or in a circle."""
    ordered, known = sorted(known), frozenset(known)
    for strategy in strategies.values():
        for key, names in (("based_on", strategy.based_on), ("succeeds", strategy.succeeds)):
            for number, name in enumerate(names):
                if name not in known:
                    values = {"strategy": name, "strategies": KnownNames(ordered)}
                    pointer = Pointer(strategy.file, (key, number))
                    yield Finding(RULES["GR307"], pointer, values, near=(name, ordered))
        yield from _check_order(strategy, strategies)
    for key in ("based_on", "succeeds"):
        links = {name: tuple(getattr(strategy, key)) for name, strategy in strategies.items()}
        for circle in sorted(_circles(links)):
            values = {"key_name": key, "circle": " → ".join((*circle, circle[0]))}
            yield _finding("GR308", strategies[circle[0]].file, (key,), whole_key=True, **values)


def _check_order(strategy: Strategy, strategies: Mapping[str, Strategy]) -> Iterator[Finding]:
    """What takes over from something cannot begin before it."""
    begins = strategy.period[0]
    for number, name in enumerate(strategy.succeeds):
        other = strategies[name].period[0] if name in strategies else None
        if is_before(begins, other):
            values = {"date": begins, "strategy": name, "other_date": other}
            yield Finding(RULES["GR320"], Pointer(strategy.file, ("succeeds", number)), values)


def _circles(links: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """A shortest circle for each group of strategies that reach each other, from the first name of the group."""
    for group in groups_in_circles(links):
        first = min(group)
        came_from = {first: first}
        waiting = [first]
        for name in waiting:  # grows while it is walked, the nearest first
            for other in links[name]:
                if other == first:
                    waiting.clear()
                    circle = [name]
                    while circle[-1] != first:
                        circle.append(came_from[circle[-1]])
                    yield tuple(reversed(circle))
                    break
                if other in group and other not in came_from:
                    came_from[other] = name
                    waiting.append(other)


def _finding(code: str, file: str, path: Path, *, whole_key: bool = False, **values: object) -> Finding:
    if "key_name" in values:
        values["key"] = values.pop("key_name")
    return Finding(RULES[code], Pointer(file, path, key=whole_key), values)
