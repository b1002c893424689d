"""What can be wrong in the actions of a strategy: promises without an answer, a role, a day, or anything to show."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from granskning.findings.finding import Finding, Pointer
from granskning.findings.rules import RULES
from granskning.findings.suggestions import KnownNames
from granskning.i18n import N_
from granskning.workspace.checks.dates import impossible_dates, is_before, wrong_order
from granskning.workspace.reviews.check_evidence import check_evidence

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from granskning.findings.finding import Path
    from granskning.model.decision import Action
    from granskning.model.strategy import Strategy

_UNDER_WAY = ("accepted", "partly", "ongoing", "done")


@dataclass(frozen=True, slots=True)
class Setting:
    """What the actions of a strategy are held against."""

    folder: str
    strategy: Strategy | None
    criteria: Collection[str]
    """The ids of the questions that its reviews answer."""
    rounds: Mapping[str, str]
    """Each round with the latest date of its reviews."""
    latest: str | None
    """The last of them."""


def check_actions(
    file: str, values: dict[str, Any], actions: tuple[Action, ...], setting: Setting
) -> Iterator[Finding]:
    """Yield what is wrong, action by action."""
    if values["strategy"] != setting.folder:
        told = {"key": "strategy", "value": values["strategy"], "folder": setting.folder}
        yield Finding(RULES["GR306"], Pointer(file, ("strategy",)), told)
    seen: set[str] = set()
    for number, action in enumerate(actions):
        path: Path = ("actions", number)
        if action.id in seen:
            yield _finding("GR401", file, (*path, "id"), id=action.id)
        seen.add(action.id)
        yield from _check_links(file, path, action, setting)
        yield from _check_dates(file, path, action)
        yield from _check_answer(file, path, action)
        yield from _check_closing(file, path, action, setting)
        for place, step in enumerate(values["actions"][number].get("follow_up") or ()):
            for index, item in enumerate(step.get("evidence") or ()):
                at = (*path, "follow_up", place, "evidence", index)
                yield from check_evidence(file, at, item, setting.strategy, None)


def _check_links(file: str, path: Path, action: Action, setting: Setting) -> Iterator[Finding]:
    """The questions and rounds that an action names must be there."""
    for place, name in enumerate(action.criteria):
        if setting.criteria and name not in setting.criteria:
            told = {"id": name, "known": KnownNames(setting.criteria, in_order=False)}
            at = (*path, "criteria", place)
            yield Finding(RULES["GR502"], Pointer(file, at), told, near=(name, setting.criteria))
    named: list[tuple[Path, str | None]] = [((*path, "round"), action.round)]
    named += [((*path, "follow_up", place, "round"), step.round) for place, step in enumerate(action.follow_up)]
    for at, round_ in named:
        if round_ is not None and setting.rounds and round_ not in setting.rounds:
            told = {"round": round_, "rounds": KnownNames(setting.rounds, in_order=False)}
            yield Finding(RULES["GR334"], Pointer(file, at), told, near=(round_, setting.rounds))


def _check_dates(file: str, path: Path, action: Action) -> Iterator[Finding]:
    yield from impossible_dates(file, (*path, "due"), action.due)
    yield from impossible_dates(file, (*path, "answer", "date"), action.decision_date)
    for place, step in enumerate(action.follow_up):
        at = (*path, "follow_up", place, "date")
        yield from impossible_dates(file, at, step.date)
        if is_before(step.date, action.decision_date):
            later, earlier = (N_("the follow-up's date"), step.date), (N_("the owner's answer"), action.decision_date)
            yield wrong_order(Pointer(file, at), later, earlier)


def _check_answer(file: str, path: Path, action: Action) -> Iterator[Finding]:
    """The owner's answer, its reason, and a status that agrees with it."""
    if action.decision == "declines" and not (action.decision_reason or "").strip():
        yield _finding("GR331", file, (*path, "answer", "decision"))
    is_no = action.decision == "declines"
    if action.decision is not None and (action.status == "proposed" or is_no != (action.status == "declined")):
        yield _finding("GR332", file, (*path, "status"), status=action.status, decision=action.decision)
    if action.status in _UNDER_WAY and action.status != "done":
        missing = [key for key in ("responsible", "due") if getattr(action, key) is None]
        if missing:
            yield _finding("GR333", file, (*path, "status"), status=action.status, missing=", ".join(missing))


def _check_closing(file: str, path: Path, action: Action, setting: Setting) -> Iterator[Finding]:
    """Done only with evidence; and what was due before a round is asked about in it."""
    if action.status == "done" and not action.evidence:
        yield _finding("GR330", file, (*path, "status"))
    latest = setting.latest
    if latest is None or latest == action.round or not action.is_overdue(setting.rounds[latest]):
        return
    if all(step.round != latest and is_before(step.date, setting.rounds[latest]) for step in action.follow_up):
        yield _finding("GR335", file, (*path, "due"), due=action.due, round=latest)


def _finding(code: str, file: str, path: Path, **values: object) -> Finding:
    return Finding(RULES[code], Pointer(file, path), values)
