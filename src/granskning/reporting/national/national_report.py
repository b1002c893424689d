"""The report of a collection: how many strategies take up what, over all organisations that are read.

What is compared rests on the same questions; where it does not, that is said. Nothing of fewer strategies than the
collection's smallest group is named beside a result. Ranks are intervals.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from granskning.i18n import N_
from granskning.model.collection.collection import SMALLEST_GROUP
from granskning.model.rounds import name_order
from granskning.model.workspace import Settings
from granskning.reporting.blocks.frame import Caveats
from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.national.national_values import NationalReport
from granskning.reporting.national.share_grids import (
    Grouping,
    group_grids,
    group_lines,
    incomparable_grid,
    rank_grid,
    target_grid,
    target_name,
    target_profile,
    targets_of,
)
from granskning.reporting.shared_parts.frame import make_frame
from granskning.reporting.wording.criteria_vocabulary import Lexicon
from granskning.wordings import STANDINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from granskning.i18n import Translator
    from granskning.model.collection.collection import Collection, OrganisationState
    from granskning.model.method import Text
    from granskning.reporting.blocks.frame import Frame, Provenance
    from granskning.reporting.national.national_values import NationalMaterial
    from granskning.scoring.figures import GroupKind

_SHOWN = 12
"""So much of a hash is told: nobody meets two contents with the same by chance."""
_NOT_READ = {
    "GR901": N_("its folder is missing"),
    "GR902": N_("its path leads out of the collection's folder"),
    "GR903": N_("it is no working folder"),
    "GR904": N_("it is itself a collection"),
    "GR905": N_("it is no git repository of its own"),
    "GR906": N_("the repository has no such commit"),
    "GR907": N_("git cannot read it"),
    "GR908": N_("another organisation has the same id"),
    "GR909": N_("the same working folder stands twice"),
    "GR913": N_("its granskning.yaml has errors"),
    "GR914": N_("it has neither a folder nor a repository with a commit"),
}


def make_national_report(material: NationalMaterial, t: Translator, provenance: Provenance) -> NationalReport:
    """The report, in the translator's language."""
    words = Lexicon(t, material.criteria)
    figures, collection = material.figures, material.collection
    groups = {group.id: t.text(group.title) for group in collection.groups}
    groups |= {"": t("without a group")} if "" in figures.group_sizes else {}
    areas = {area: _area(area, material, t) for area in sorted(figures.area_sizes)}
    kinds = Grouping(t("Share that take up each target picture, by group of organisations"), t("Group"),
                     groups if collection.groups else {}, figures.by_group, figures.group_sizes)  # fmt: skip
    fields = Grouping(t("Share that take up each target picture, by the strategies' area"), t("Area"), areas,
                      figures.by_area, figures.area_sizes)  # fmt: skip
    kind_lines, area_lines = group_lines(kinds, material), group_lines(fields, material)
    ranks, notes = rank_grid(material, words, kind_lines, area_lines)
    axis = [(Fraction(0), t.percent(Fraction(0))), (Fraction(1, 2), t.percent(Fraction(1, 2))),
            (Fraction(1), t.percent(Fraction(1)))]  # fmt: skip
    return NationalReport(
        kind="collection",
        frame=_frame(material, provenance, t),
        title_words=t.text(collection.title),
        below=t("against the target pictures of {criteria}", criteria=t.text(material.criteria.title)),
        sentences=tuple(_sentences(material, t)),
        uncounted=tuple(_uncounted(material, t)),
        profile=target_profile(material, words, axis),
        targets=target_grid(material, words),
        results=tuple(_result_grids(material, words)),
        incomparable=incomparable_grid(material, words),
        smallest=_smallest(collection, t),
        groups=group_grids(kinds, kind_lines, material, words),
        areas=group_grids(fields, area_lines, material, words),
        columns=tuple(target_name(name, words) for name in targets_of(material)),
        ranks=ranks,
        rank_notes=notes,
        members=_members(material.organisations, t),
    )  # fmt: skip


def _area(area: str, material: NationalMaterial, t: Translator) -> str:
    """What an area is called: as the set says, else its id with spaces."""
    title = material.criteria.areas.get(area)
    return t.text(title) if title else area.replace("-", " ") or t("without an area")


def _frame(material: NationalMaterial, provenance: Provenance, t: Translator) -> Frame:
    collection = material.collection
    settings = Settings(
        organisation=collection.organisation, language=collection.language, criteria=collection.criteria,
        contact=collection.contact, accessibility_statement=collection.accessibility_statement,
    )  # fmt: skip
    example = t("EXAMPLE. All strategies here are invented, to show how a report looks.")
    caveats = Caveats(example=example if material.figures.only_examples else "")
    title = t("Reviewed strategies, {organisation}", organisation=t.text(collection.title))
    return make_frame(settings, provenance, caveats, t, title=title, subject=t.text(collection.title),
                      criteria=(material.criteria,))  # fmt: skip


def _sentences(material: NationalMaterial, t: Translator) -> Iterator[str]:
    figures, states = material.figures, material.organisations
    read = sum(not state.why_not for state in states)
    yield t.plural("{read} of {count} organisation is read.", "{read} of {count} organisations are read.", len(states),
                   read=t.whole(read))  # fmt: skip
    every = sum(figures.standings.values()) - figures.standings["not_to_review"]
    yield t.plural("{counted} of their {count} strategy is counted.", "{counted} of their {count} strategies are "
                   "counted.", every, counted=t.whole(figures.standings["counted"]))  # fmt: skip
    yield t("The yardstick is the copy of the criteria set that {organisation} has.", organisation=material.of)


def _uncounted(material: NationalMaterial, t: Translator) -> Iterator[str]:
    """Why strategies are not counted, a sentence for each reason."""
    every = material.figures.standings
    if count := every["draft"]:
        yield t.plural("{count} strategy is not counted, since nothing is handed in.",
                       "{count} strategies are not counted, since nothing is handed in.", count)  # fmt: skip
    if count := every["no_result"]:
        yield t.plural("{count} strategy is not counted, since there is no joint result.",
                       "{count} strategies are not counted, since there is no joint result.", count)  # fmt: skip
    if count := every["other_version"]:
        yield t.plural("{count} strategy is not counted, since it is reviewed with a version that is not alike.",
                       "{count} strategies are not counted, since they are reviewed with versions that are not alike.",
                       count)  # fmt: skip
    if count := every["other_set"]:
        yield t.plural("{count} strategy is not counted, since it is reviewed with another criteria set.",
                       "{count} strategies are not counted, since they are reviewed with other criteria sets.",
                       count)  # fmt: skip
    if count := every["not_reviewed"]:
        yield t.plural("{count} strategy is not reviewed.", "{count} strategies are not reviewed.", count)
    if count := every["not_to_review"]:
        yield t.plural("{count} strategy is not to be reviewed, by decision.",
                       "{count} strategies are not to be reviewed, by decision.", count)  # fmt: skip
    if count := material.figures.examples:
        yield t.plural("{count} invented example is left out.", "{count} invented examples are left out.", count)


def _smallest(collection: Collection, t: Translator) -> str:
    least = collection.smallest_group
    rule = t("Groups of fewer than {least} strategies are never named beside a result; they are told of together, with "
             "a larger one where they would otherwise be what is left.", least=t.whole(least))  # fmt: skip
    if collection.smallest_why is not None and least != SMALLEST_GROUP:
        return f"{rule} {t('Why that number:')} {t.text(collection.smallest_why)}"
    why = t("Among so few each strategy moves the share by more than {points} percentage points, and whoever knows the "
            "others knows the last.", points=t.whole(100 // least))  # fmt: skip
    return f"{rule} {why}"


def _result_grids(material: NationalMaterial, words: Lexicon) -> Iterator[Grid]:
    """How many strategies come to each band or level; targets with the same ones are in one table."""
    t = words.t
    kinds: dict[tuple[tuple[GroupKind, str], ...], list[str]] = {}
    for name in targets_of(material):
        if ends := material.ends.get(name):
            kinds.setdefault(tuple((kind, key) for kind, key, _ in ends), []).append(name)
    others: tuple[tuple[GroupKind, str], ...] = (
        ("interval", t("not settled")), ("cannot_be_assessed", t(STANDINGS["cannot_be_assessed"])),
        ("not_applicable", t(STANDINGS["not_applicable"])),
    )  # fmt: skip
    for places, names in kinds.items():
        ends = material.ends[names[0]]
        heads = (Head(t("Target picture")), *(Head(_end_words(key, label, t), number=True) for _, key, label in ends),
                 *(Head(label, number=True) for _, label in others))  # fmt: skip
        rows = []
        for name in names:
            results = material.figures.by_target[name].results
            cells = [results[place] for place in places] + [results[kind, ""] for kind, _ in others]
            rows.append((GridCell(target_name(name, words)), *(GridCell(t.whole(count)) for count in cells)))
        yield Grid(t("How many strategies come to each result"), heads, tuple(rows))


def _end_words(key: str, label: Text, t: Translator) -> str:
    return t.text(label) or key


def _members(states: Sequence[OrganisationState], t: Translator) -> Grid:
    """The organisations, where they lie, and how it went with reading them. No results."""
    rows = tuple(
        (GridCell(state.title), GridCell(_where(state)), GridCell(_how(state, t)))
        for state in sorted(states, key=lambda state: name_order(state.title.casefold()))
    )
    heads = (Head(t("Organisation")), Head(t("Folder and content, or repository and commit")), Head(t("Read")))
    return Grid(t("The organisations of the collection"), heads, rows)


def _where(state: OrganisationState) -> str:
    """The place, and the beginning of the content's SHA-256 where no commit tells it."""
    organisation = state.organisation
    is_told = bool(organisation.repository) or not state.content
    return organisation.place if is_told else f"{organisation.place} (SHA-256 {state.content[:_SHOWN]})"


def _how(state: OrganisationState, t: Translator) -> str:
    if state.why_not:
        return t("no: {why} ({code})", why=t(_NOT_READ[state.why_not]), code=state.why_not)
    if state.files_with_errors:
        return t.plural("yes; {count} file has errors, and what it says may be missing",
                        "yes; {count} files have errors, and what they say may be missing",
                        state.files_with_errors)  # fmt: skip
    return t("yes")
