# ruff: noqa: INP001  # a script beside the pages
"""The handbook's parts on the shipped criteria sets: which there are, what each question rests on, and its trace."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from granskning.edges.disk import FolderFiles, read_file
from granskning.files import OverlaidFiles
from granskning.i18n import Translator
from granskning.model.criteria import challenges_of, goals_of, targets_above
from granskning.model.indicator import is_area
from granskning.shipped import framework_names, frameworks_folder
from granskning.tasks.folder.moved_results import moved_results
from granskning.tasks.folder.reader_words import for_readers
from granskning.tasks.folder.score import score_all
from granskning.workspace.load import load_files
from granskning.workspace.migrate import plan_migration
from granskning.workspace.schema.edit_order import order_of
from granskning.workspace.yaml.edit import edit_bytes
from granskning.workspace.yaml.source import decode, read

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from fractions import Fraction

    from granskning.model.criteria import CriteriaSet, Criterion
    from granskning.model.indicator import Figure, Indicator
    from granskning.model.review import Review
    from granskning.model.workspace import Workspace
    from granskning.tasks.folder.moved_results import MovedResult

ROOT = Path(__file__).resolve().parent.parent
T = Translator("sv")
INVENTED = "Exempellän (påhittat)"

_METHODS = {
    "best": "det bästa svaret",
    "ladder": "en trappa",
    "mean": "medelvärde",
    "none": "vägs inte ihop",
    "rules": "regler i ordning",
    "share_of_possible": "andel av det möjliga",
    "sum": "summa",
    "weakest": "det svagaste",
}
_FATES = {
    "stands": "står kvar",
    "judge_again": "bedöms på nytt",
    "mapped": "flyttas",
    "archived": "läggs undan",
    "new": "ny fråga",
}
_KINDS = {
    "editorial": "Språket",
    "clarified": "Tydligare",
    "substantive": "Ny innebörd",
    "split": "Delad",
    "merged": "Gick upp i en annan",
    "retired": "Borttagen",
    "new": "Ny",
}


@cache
def shipped() -> Workspace:
    """The project's own working folder, in which the shipped sets and statistics lie."""
    return load_files(FolderFiles(ROOT)).workspace


def overview(workspace: Workspace) -> Iterator[str]:
    """A table of the current sets."""
    yield "| Uppsättning | Målbilder | Frågor | Från svar till målbild | Från målbilder till helhet | Källor |"
    yield "|---|---|---|---|---|---|"
    for criteria in _current(workspace):
        steps = {criteria.step_of(target).method for target in criteria.all_targets if target.criteria}
        parts = [criteria.scoring.subtargets.method] if any(target.targets for target in criteria.all_targets) else []
        way = ", sedan ".join(_METHODS[one] for one in (*sorted(steps), *parts))
        yield (
            f"| [{T.text(criteria.title)}](#{criteria.id})<br>`{criteria.reference}` | {len(criteria.all_targets)} "
            f"| {len(criteria.criteria)} | {way} | {_METHODS[criteria.scoring.targets.method]} "
            f"| {len(criteria.sources)} |"
        )


def gallery(_: Workspace) -> Iterator[str]:
    """A table of the published frameworks that come along."""
    yield "| Namn för `--set` | Ramverk | Slag av metod | Vad det visar | Källa |"
    yield "|---|---|---|---|---|"
    for name in framework_names():
        text = decode(read_file(frameworks_folder() / name / "published.yaml"))
        one = read(text).value if isinstance(text, str) else {}
        counts = [sum(case["kind"] == kind for case in one["cases"]) for kind in ("published", "rule")]
        printed = f"{counts[0]} tryckta resultat och " if counts[0] else ""
        shows = f"{one['shows_sv']} Prövat mot {printed}{counts[1]} följder av regeln."
        yield f"| `{name}` | {one['framework']} | {one['method_sv']} | {shows} | [källa]({one['address']}) |"


def sources(workspace: Workspace, name: str) -> Iterator[str]:
    """One set: what it is, its questions with what each rests on, and its sources."""
    criteria = _set(workspace, name)
    yield from (f"### {criteria.id}", "", f"**{T.text(criteria.title)}**, version {criteria.version}.", "")
    yield from (T.text(criteria.about), "")
    traced = bool(criteria.challenges)
    asked = any(one.applies_to for one in criteria.criteria)
    more = (" Utmaning |" if traced else "") + (" Ställs till |" if asked else "")
    yield f"| Kriterium | Fråga |{more} Källor |"
    yield "|---|---|---|" + "---|" * (traced + asked)
    for one in criteria.criteria:
        answers = ", ".join(held.id for held in challenges_of(criteria, one)) or "–"
        rests = ", ".join(one.rests_on) or "projektets förslag"
        areas = ", ".join(T.text(criteria.areas[name]) for name in one.applies_to) or "alla"
        more = (f" {answers} |" if traced else "") + (f" {areas} |" if asked else "")
        yield f"| `{one.id}` | {T.text(one.question)} |{more} {rests} |"
    yield ""
    if traced:
        yield from ("| Utmaning | | Statistik | Källor |", "|---|---|---|---|")
        for held in criteria.challenges:
            figures = ", ".join(held.indicators) or "ingen siffra"
            yield f"| {held.id} | {T.text(held.title)} | {figures} | {', '.join(held.rests_on) or '–'} |"
        yield ""
    yield from ("| Källa | | Hur mycket som lästes |", "|---|---|---|")
    for source in criteria.sources:
        title = f"[{source.title}]({source.address})" if source.address else source.title
        yield f"| {source.id} | {title}, hämtad {source.retrieved} | {source.note or '–'} |"


COUNTY, NATION = "19", "00"
"""Area codes of the county that the shipped figures are of, and of the whole country."""


def trace(workspace: Workspace, name: str, question: str) -> Iterator[str]:
    """One question back to the tables of statistics."""
    criteria = _set(workspace, name)
    one = next(held for held in criteria.criteria if held.id == question)
    yield from (f"**{T.text(one.question)}** (`{one.id}`)", "")
    yield f"- Frågan ställs därför att: {T.text(one.why)}"
    target = targets_above(criteria.targets, one.id)[0]
    yield f"- Målbild: {T.text(target.title)}. {T.text(target.picture)}"
    t = for_readers(T, workspace)
    for challenge in challenges_of(criteria, one):
        yield f"- Utmaning {challenge.id}: {t.text(challenge.title)}. {t.text(challenge.text)}"
        for key in challenge.indicators:
            yield f"    - {_figures(workspace.indicators[key])}"
    yield from _goals(criteria, one)


def trace_in_two_counties(workspace: Workspace, name: str, question: str) -> Iterator[str]:
    """The same question in the county whose figures are shipped, and in an invented one with invented figures."""
    yield from ('I en mapp med `area_code: "19"`:', "")
    yield from _challenge_texts(workspace, name, question)
    yield from ("", f"I en mapp för det påhittade {INVENTED}, med påhittade siffror:", "")
    invented = {key: _invented(indicator) for key, indicator in workspace.indicators.items()}
    yield from _challenge_texts(replace(workspace, indicators=invented), name, question)
    yield from ("", 'I en mapp med `area_code: "13"`, med det som följer med för Hallands län:', "")
    halland = {key: replace(one, own_area="13") for key, one in workspace.indicators.items()}
    yield from _challenge_texts(replace(workspace, indicators=halland), name, question)


def _challenge_texts(workspace: Workspace, name: str, question: str) -> Iterator[str]:
    """What the challenges of a question say, with the figures of a folder."""
    t = for_readers(T, workspace)
    criteria = _set(workspace, name)
    one = next(held for held in criteria.criteria if held.id == question)
    yield f"- Fråga: {t.text(one.question)} (`{one.id}`)"
    for challenge in challenges_of(criteria, one):
        yield f"- Utmaning {challenge.id}, {t.text(challenge.title)}: {t.text(challenge.text)}"
        for key in challenge.indicators:
            indicator = workspace.indicators[key]
            words = next((_figure(figure) for figure in indicator.values if is_area(figure, indicator.own_area)), "")
            source = f"{indicator.producer}, hämtad {indicator.retrieved}"
            yield f"    - {key}: {f'{words}. {source}' if words else 'uppgift saknas för det egna området'}"


def _moved(value: Fraction | None, by: int) -> Fraction | None:
    return None if value is None else value + by


def _invented(indicator: Indicator) -> Indicator:
    """The indicator with figures of the invented county beside: those of the county, moved by two and marked."""
    own = next((figure for figure in indicator.values if figure.area_code == COUNTY), None)
    if own is None:
        return replace(indicator, own_area=INVENTED)
    made = replace(own, area=INVENTED, area_code=None, women=_moved(own.women, 2), men=_moved(own.men, -2), marks={})
    return replace(indicator, own_area=INVENTED, values=(made, *indicator.values), producer="Påhittad källa")


def _goals(criteria: CriteriaSet, one: Criterion) -> Iterator[str]:
    goals = "; ".join(T.text(goal.title) for goal in goals_of(criteria, one))
    if goals:
        yield f"- Bidrar till: {goals}"


def _figures(indicator: Indicator) -> str:
    """The indicator's latest figure for the county, else the nation, and the table that it comes from."""
    place = f"tabell {indicator.table}, " if indicator.table else ""
    told = f"{T.text(indicator.title)}, {T.text(indicator.unit)}: {_figure(_followed(indicator))}"
    second = ", återgiven i andra hand" if indicator.quality == "B" else ""
    return f"{told}. {indicator.producer}, {place}[hämtad {indicator.retrieved}]({indicator.address}){second}"


def _followed(indicator: Indicator) -> Figure:
    """One area through the whole trace, whatever the order of the file: the county, else the nation, else any."""
    order = {COUNTY: 0, NATION: 1}
    newest = sorted(indicator.values, key=lambda one: one.period, reverse=True)
    return min(newest, key=lambda one: order.get(one.area_code, 2))


def _figure(figure: Figure) -> str:
    sexes = (("kvinnor", figure.women), ("män", figure.men), ("blandat", figure.mixed), ("totalt", figure.total))
    told = ", ".join(f"{word} {T.number(value)}" for word, value in sexes if value is not None)
    return f"{told} ({figure.area}, {figure.period})"


def changes(workspace: Workspace, name: str) -> Iterator[str]:
    """What has changed in one set."""
    yield from ("| Från | Kriterium | Slag | Vad som ändrades |", "|---|---|---|---|")
    for change in _set(workspace, name).changes:
        about = f"`{change.criterion or change.target}`" if change.criterion or change.target else "hela uppsättningen"
        into = f" → {', '.join(f'`{one}`' for one in change.into)}" if change.into else ""
        yield f"| {change.from_} | {about}{into} | {_KINDS[change.kind]} | {T.text(change.text)} |"


def before_and_after(workspace: Workspace, name: str, *reviews: str) -> Iterator[str]:
    """What reviews come to by target in their own version and, moved as `migrate` moves them, in the current one."""
    criteria = _set(workspace, name)
    own = {target.id for target in criteria.targets}
    chosen = [review for review in workspace.reviews if "/".join(review.identity) in reviews]
    for review, fates, rows in _migrated(workspace, criteria, chosen):
        title, reference = T.text(workspace.strategies[review.strategy].title), "/".join(review.identity)
        yield from (f"**{title}**, `{reference}`, från {review.criteria} till {criteria.reference}: {fates}.", "")
        yield from ("| Målbild | Före | Efter |", "|---|---|---|")
        yield from (f"| {row.title} | {row.before or '–'} | {row.after or '–'} |" for row in rows if row.target in own)
        yield ""


def moved_reviews(workspace: Workspace, name: str) -> Iterator[str]:
    """Every shipped review of a real strategy on an earlier version: its fates, and each target that it moves."""
    criteria = _set(workspace, name)
    earlier = [review for review in workspace.reviews
               if review.criteria.startswith(f"{name}@") and review.criteria != criteria.reference
               and not workspace.strategies[review.strategy].example]  # fmt: skip
    yield from ("| Granskning | Frågornas öden | Målbilder vars resultat ändras |", "|---|---|---|")
    for review, fates, rows in _migrated(workspace, criteria, earlier):
        told = [f"{row.title}: {row.before} → {row.after}" for row in rows if _is_moved(row)]
        yield f"| `{review.strategy}` | {fates} | {'; '.join(told) or 'ingen'} |"


def _migrated(
    workspace: Workspace, criteria: CriteriaSet, reviews: Sequence[Review]
) -> Iterator[tuple[Review, str, tuple[MovedResult, ...]]]:
    """Reviews moved to a set all at once, in what is read and not on disk: the fates of each, and its results."""
    files = FolderFiles(ROOT)
    written, told = {}, {}
    for review in reviews:
        data = files.read(review.file)
        text = decode(data)
        values = read(text).value if isinstance(text, str) else {}
        versions = workspace.criteria[review.criteria], criteria
        plan = plan_migration(review, values, versions, workspace.strategies[review.strategy], T)
        written[review.file] = edit_bytes(data, plan.edits, order_of("review", criteria))
        counts = Counter(fate.fate for fate in plan.fates)
        told[review.file] = ", ".join(f"{words}: {counts[key]}" for key, words in _FATES.items() if counts[key])
    after = load_files(OverlaidFiles(files, written), only=list(written), known=workspace).workspace
    moved = tuple(review for review in after.reviews if review.file in written)
    scored = [{one.review.file: one for one in score_all(replace(workspace, reviews=tuple(some)))}
              for some in (reviews, moved)]  # fmt: skip
    for review in reviews:
        yield review, told[review.file], moved_results(*(one.get(review.file) for one in scored), T)


def _is_moved(row: MovedResult) -> bool:
    """Whether a target that both versions have comes to something else; how many are judged is no result."""
    return bool(row.before and row.after) and row.before.partition(" (")[0] != row.after.partition(" (")[0]


def _current(workspace: Workspace) -> list[CriteriaSet]:
    held = [one for one in workspace.criteria.values() if "/earlier/" not in one.file]
    return sorted(held, key=lambda one: (one.id != workspace.settings.criteria, one.id))


def _set(workspace: Workspace, name: str) -> CriteriaSet:
    return next(one for one in _current(workspace) if one.id == name)
