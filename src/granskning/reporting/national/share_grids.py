"""Tables of shares: by target picture over all, by groups too large to give anybody away, and by organisation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from granskning.model.rounds import name_order
from granskning.reporting.blocks.grids import Grid, GridCell, Head
from granskning.reporting.charts.chart import Measured, draw_profile
from granskning.reporting.differences.change_words import why_words
from granskning.reporting.national.share_words import NOTHING, place_words, share_words
from granskning.reporting.wording.words import first_of
from granskning.scoring.national.national_figures import TakenUp, merged
from granskning.scoring.national.rank_intervals import rank_intervals
from granskning.scoring.national.small_groups import is_large, named_groups

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from fractions import Fraction

    from granskning.i18n import Translator
    from granskning.reporting.blocks.badges import Paragraphs
    from granskning.reporting.charts.chart import Profile
    from granskning.reporting.national.national_values import NationalMaterial
    from granskning.reporting.wording.criteria_vocabulary import Lexicon
    from granskning.scoring.national.national_figures import OrganisationFigures
    from granskning.scoring.national.small_groups import Sizes

_WIDEST = 8
"""So many columns of targets are beside each other on a page on its side."""


def target_name(target: str, words: Lexicon) -> str:
    """Number and title."""
    return f"{words.numbers[target]} {words.title(target)}"


def targets_of(material: NationalMaterial) -> list[str]:
    """The target pictures, in the order of the set."""
    return [target.id for target in material.criteria.targets]


def target_grid(material: NationalMaterial, words: Lexicon) -> Grid:
    """How many take up each target picture, by target."""
    t = words.t
    rows = []
    for name in targets_of(material):
        taken_up = material.figures.by_target[name].taken_up
        numbers = (taken_up.applicable, taken_up.carried, taken_up.lacking, taken_up.unknown)
        cells = (GridCell(target_name(name, words)), *(GridCell(t.whole(number)) for number in numbers))
        rows.append((*cells, GridCell(share_words(taken_up, t))))
    heads = (
        Head(t("Target picture")), Head(t("Strategies"), number=True), Head(t("Take it up"), number=True),
        Head(t("Judged and do not"), number=True), Head(t("Not settled"), number=True),
        Head(t("Share that take it up"), number=True),
    )  # fmt: skip
    return Grid(t("How many strategies take up each target picture"), heads, tuple(rows))


def target_profile(material: NationalMaterial, words: Lexicon, axis: Sequence[tuple[Fraction, str]]) -> Profile | None:
    """The same shares, drawn: a dot where all is settled, else a line from the lowest to the highest."""
    t = words.t
    measured = []
    for name in targets_of(material):
        taken_up = material.figures.by_target[name].taken_up
        if (share := taken_up.share) is None:
            measured.append(Measured(target_name(name, words), None, None, None, None, "", t("no strategy")))
            continue
        low, high = share
        value = low if low == high else None
        measured.append(Measured(target_name(name, words), value, None, low, high, share_words(taken_up, t), ""))
    if all(item.low is None for item in measured):
        return None
    shares = [t("{target}: {share}", target=item.name, share=item.shown) for item in measured if item.shown]
    question = t("How large a share of the strategies take up each target picture?")
    return draw_profile(question, "; ".join(shares), axis, measured)


def incomparable_grid(material: NationalMaterial, words: Lexicon) -> Grid | None:
    """Where results are not compared, and why; nothing where all are."""
    t = words.t
    rows = []
    for name in targets_of(material):
        for reasons, count in sorted(material.figures.by_target[name].incomparable.items()):
            why = why_words(reasons.split(","), t)  # type: ignore[arg-type]  # they are written so by the one who asks
            rows.append((GridCell(target_name(name, words)), GridCell(t.whole(count)), GridCell(why)))
    if not rows:
        return None
    heads = (Head(t("Target picture")), Head(t("Strategies"), number=True), Head(t("Why")))
    return Grid(t("Results that are not compared, since the organisation's copy of the set differs"), heads,
                tuple(rows))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grouping:
    """Strategies in groups: what the table is called, the groups in order with what they are called, and their shares.

    `sizes` are how many strategies are counted in each.
    """

    caption: str
    head: str
    names: Mapping[str, str]
    shares: Mapping[str, Mapping[str, TakenUp]]
    sizes: Mapping[str, int]


def group_lines(grouping: Grouping, material: NationalMaterial) -> list[tuple[str, ...]]:
    """The groups that are told of in each row of their tables: each by itself and, last, the small ones together.

    Where that leaves fewer than two rows there is nothing to lay side by side, and no table.
    """
    targets = targets_of(material)
    cells = {name: grouping.shares.get(name, {}) for name in grouping.names if grouping.sizes.get(name)}
    sizes = {name: tuple(own.get(target, TakenUp()).compared for target in targets) for name, own in cells.items()}
    named = named_groups(sizes, [sizes], material.collection.smallest_group)
    rest = tuple(name for name in sizes if name not in named)
    lines = [(name,) for name in named] + ([rest] if rest else [])
    return lines if len(lines) > 1 else []


def group_grids(
    grouping: Grouping, lines: Sequence[tuple[str, ...]], material: NationalMaterial, words: Lexicon
) -> tuple[Grid, ...]:
    """The shares by group and target picture, so many columns in each table as there is room for."""
    t, targets = words.t, targets_of(material)
    if not lines:
        return ()
    told = [
        (grouping.names[line[0]] if len(line) == 1 else t("smaller groups, together"),
         sum(grouping.sizes[name] for name in line), merged(grouping.shares, line))
        for line in lines
    ]  # fmt: skip
    grids = []
    for start in range(0, len(targets), _WIDEST):
        part = targets[start : start + _WIDEST]
        heads = (Head(grouping.head), Head(t("Strategies"), number=True),
                 *(Head(words.numbers[name], number=True) for name in part))  # fmt: skip
        rows = tuple(
            (GridCell(label), GridCell(t.whole(size)),
             *(GridCell(share_words(cells.get(name, TakenUp()), t)) for name in part))
            for label, size, cells in told
        )  # fmt: skip
        grids.append(Grid(grouping.caption, heads, rows))
    return tuple(grids)


def rank_grid(
    material: NationalMaterial, words: Lexicon, groups: Sequence[tuple[str, ...]], areas: Sequence[tuple[str, ...]]
) -> tuple[Grid | None, Paragraphs]:
    """The organisations with their shares, and ranks as intervals; and what must be known of them.

    `groups` and `areas` are told of in rows of their own, from which nobody may be found out with the rows here.
    """
    t, least = words.t, material.collection.smallest_group
    figures = {name: own for name, own in material.figures.by_organisation.items() if own.counted}
    ranked = {name: own for name, own in figures.items() if not own.incomparable and own.taken_up.share}
    titles = {state.organisation.id: state.title for state in material.organisations}
    targets = targets_of(material)
    sizes = {name: tuple(own.compared[target] for target in targets) for name, own in figures.items()}
    sums = [list(figures), *([name for name, own in figures.items() if own.group in line] for line in groups),
            *([name for name, own in figures.items() if own.areas <= set(line)] for line in areas)]  # fmt: skip
    named = [name for name in named_groups(sizes, sums, least) if name in ranked]
    places = rank_intervals({name: share for name in named if (share := ranked[name].taken_up.share)})
    rows = [_rank_row(titles[name], ranked[name], place_words(places[name], len(named), t), t)
            for name in sorted(named, key=lambda name: name_order(titles[name].casefold()))]  # fmt: skip
    if rest := [name for name in ranked if name not in places]:
        others = [name for name in figures if name not in ranked]
        is_told = all(_are_large(names, part, sizes, least) for part in sums for names in (rest, others))
        rows.append(_together([ranked[name] for name in rest], words, is_told=is_told))
    notes = [
        t("A rank is the best and the worst place that an organisation can have, whatever comes of that which is not "
          "judged. Its share is of all its strategies and target pictures; a strategy that is not reviewed is not "
          "settled. Places that overlap say nothing of which is before the other."),
    ] if named else []  # fmt: skip
    unranked = [titles[name] for name, own in figures.items()
                if own.incomparable and own.counted >= least]  # fmt: skip
    if unranked:
        notes.append(t("Not ranked, since their copies of the set differ: {organisations}.",
                       organisations=first_of(sorted(unranked), t)))  # fmt: skip
    heads = (
        Head(t("Organisation")), Head(t("Strategies counted"), number=True), Head(t("Of all"), number=True),
        Head(t("Share of target pictures taken up"), number=True), Head(t("Place"), number=True),
    )  # fmt: skip
    return (Grid(t("The organisations, by name"), heads, tuple(rows)) if named else None), tuple(notes)


def _rank_row(title: str, own: OrganisationFigures, place: str, t: Translator) -> tuple[GridCell, ...]:
    cells = (t.whole(own.counted), t.whole(own.every), share_words(own.taken_up, t), place)
    return (GridCell(title), *map(GridCell, cells))


def _are_large(names: Sequence[str], part: Sequence[str], sizes: Mapping[str, Sizes], least: int) -> bool:
    return is_large((sizes[name] for name in names if name in part), least)


def _together(rest: Sequence[OrganisationFigures], words: Lexicon, *, is_told: bool) -> tuple[GridCell, ...]:
    """The organisations that are not named, as one row without a place.

    Their share is not told where those that have no rank would be what is left.
    """
    t, taken_up = words.t, TakenUp()
    for own in rest:
        taken_up.include(own.taken_up)
    label = t.plural("{count} smaller organisation, not named", "{count} smaller organisations, together", len(rest))
    counted, every = sum(own.counted for own in rest), sum(own.every for own in rest)
    share = share_words(taken_up, t) if is_told else NOTHING
    return tuple(map(GridCell, (label, t.whole(counted), t.whole(every), share, NOTHING)))
